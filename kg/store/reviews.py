"""Reviews -> what becomes of assertions: a person accepts, rejects or relabels what was read. No database here.

A review is a correction: kept by number, taken back by it, and holding for whatever is read later. It names assertions
by the ids under which they were read, so that it outlives corrections of their actors and a rebuild of the store.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.codebook import as_told, codebook
from kg.model import Assertion, Polarity, Status, Voice
from kg.relations import ontology

if TYPE_CHECKING:
    from kg.store.corrections import Correction

__all__ = ["REVIEW_KINDS", "Change", "ReviewKind", "reviewed"]

ReviewKind = Literal["accept", "reject", "relabel"]
REVIEW_KINDS: tuple[ReviewKind, ...] = ("accept", "reject", "relabel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a relabelling puts in place of what was read; None leaves it. `turned` swaps source and target."""

    relation: str | None = None
    turned: bool = False
    status: Status | None = None
    polarity: Polarity | None = None

    def then(self, later: Change) -> Change:
        """Both, one after the other."""
        return Change(
            relation=later.relation or self.relation,
            turned=self.turned != later.turned,
            status=later.status or self.status,
            polarity=later.polarity or self.polarity,
        )


@dataclass(slots=True)
class _Verdict:
    """What all reviews of one assertion come to: the last says whether it stands, relabellings add up."""

    stands: bool = True
    change: Change = dataclasses.field(default_factory=Change)
    numbers: list[int] = dataclasses.field(default_factory=list)


def reviewed(
    read: Sequence[str], assertions: Sequence[Assertion], reviews: Iterable[Correction]
) -> tuple[list[Assertion], set[str], list[int]]:
    """What the reviews leave of the assertions; `read` are the ids under which these were read.

    Also the ids of those that stand because somebody said so, and the numbers of the reviews that spoke of any.
    """
    verdicts: dict[str, _Verdict] = {}
    for review in reviews:
        for identity in review.assertions:
            verdict = verdicts.setdefault(identity, _Verdict())
            verdict.stands = review.kind != "reject"
            verdict.numbers.append(review.number)
            if review.change is not None:
                verdict.change = verdict.change.then(review.change)
    kept: list[Assertion] = []
    accepted: set[str] = set()
    numbers: set[int] = set()
    for identity, assertion in zip(read, assertions, strict=True):
        found = verdicts.get(identity)
        if found is None:
            kept.append(assertion)
            continue
        numbers.update(found.numbers)
        if found.stands:
            kept.append(relabelled(assertion, found.change))
            accepted.add(kept[-1].id)
    return kept, accepted, sorted(numbers)


_TURNED: dict[Voice, Voice] = {"self": "target", "target": "self"}


def relabelled(assertion: Assertion, change: Change) -> Assertion:
    """The assertion with the change; codes that no longer fit are those of its relation's card."""
    if change == Change():
        return assertion
    relation = change.relation or assertion.relation
    polarity, status = change.polarity or assertion.polarity, change.status or assertion.status
    codes = (assertion.plover, assertion.cameo, assertion.weight)
    if (relation, polarity, status) != (assertion.relation, assertion.polarity, assertion.status):
        codes = _coded(relation, polarity, status)
    ends = (assertion.target, assertion.source) if change.turned else (assertion.source, assertion.target)
    return dataclasses.replace(
        assertion,
        source=ends[0],
        relation=relation,
        target=ends[1],
        polarity=polarity,
        status=status,
        voice=_TURNED.get(assertion.voice, assertion.voice) if change.turned else assertion.voice,
        plover=codes[0],
        cameo=codes[1],
        weight=codes[2],
    )


def _coded(relation: str, polarity: Polarity, status: Status) -> tuple[str | None, str | None, float | None]:
    """PLOVER type, CAMEO code and weight by the card of the relation; its words' own codes speak of what was read."""
    own = ontology()[relation].cameo
    if own is None:
        return None, None, None
    code = as_told(codebook()[own], polarity, status, called_for=relation == "sanctions")
    return code.plover, code.id, code.weight
