"""Corrections -> what a reading becomes, and back: no database here, only values.

corrected(reading, corrections, lookup)  ->  the reading with other actors and without what was rejected, and why
restored(differences(reading, corrected.reading), corrected.reading)  ->  the reading
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from kg.model import Actor, Assertion, Mention, Reading
from kg.store import rows
from kg.store.names import fold
from kg.store.reviews import REVIEW_KINDS, Change, ReviewKind, reviewed

__all__ = [
    "Corrected",
    "Correction",
    "CorrectionKind",
    "Lookup",
    "Outcome",
    "actor_ids",
    "actors_read",
    "as_read",
    "corrected",
    "differences",
    "restored",
    "surest",
]

T = TypeVar("T", bound=Hashable)

Lookup = Callable[[str, str | None], tuple[Actor, Actor] | None]
"""The actor of an id and what it rolls up to on a day (None: on any); None where nobody knows."""

CorrectionKind = Literal["merge", "split", "add"] | ReviewKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person put right. `number`, `time` and `undone` (ISO 8601, UTC) are the store's to give.

    merge: `source` is `target`, everywhere; `names` are those under which `source` is still to be found.
    split: `source` is `target` in these `documents` (all if none), where it is called by one of `texts` (any if none).
    add: `entries` are further entries of the catalogue, a JSON object of tables; `note` may say where they are from.
    accept, reject, relabel: the `assertions` (ids as read) of these `documents` are so, are not so, or are so with the
    `change`; `reviewer` says who decided, `note` why. The last of several decides.
    Corrections hold in the order of their numbers, each on what the ones before leave. `state` is what the target
    acts for; None leaves that to what the documents and the catalogue know of it.
    """

    kind: CorrectionKind
    source: str | None = None
    target: Actor | None = None
    state: Actor | None = None
    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    entries: str | None = None
    assertions: tuple[str, ...] = ()
    change: Change | None = None
    reviewer: str | None = None
    note: str | None = None
    number: int = 0
    time: str | None = None
    undone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What one `correct` or `undo` did: how many documents now read otherwise."""

    correction: Correction
    documents: int = 0


def surest(assertions: Iterable[Assertion]) -> dict[str, Assertion]:
    """Each assertion once, by id: of those with equal ids the one of highest confidence, at the place of the first."""
    found: dict[str, Assertion] = {}
    for assertion in assertions:
        identity = assertion.id
        if identity not in found or assertion.confidence > found[identity].confidence:
            found[identity] = assertion
    return found


def actor_ids(reading: Reading) -> set[str]:
    """The ids of all actors that the reading names or rolls up to."""
    return {id for mention in _ends(reading) for id in (mention.actor.id, mention.state.id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A reading as the corrections make it, the numbers of those that made it so, and the ids of what is accepted."""

    reading: Reading
    numbers: tuple[int, ...] = ()
    accepted: frozenset[str] = frozenset()


def corrected(reading: Reading, corrections: Iterable[Correction], lookup: Lookup | None) -> Outcome:
    """What the corrections make of the reading. Two mentions that become the same are one, and so are two assertions.

    Reviews of other documents may be among them and say nothing.
    """
    numbers: list[int] = []
    reviews: list[Correction] = []
    read, named = reading.assertions, actor_ids(reading)
    for correction in corrections:
        if correction.kind in REVIEW_KINDS:
            if reading.document.id in correction.documents:
                reviews.append(correction)
        elif correction.source is not None and correction.source in named:
            changed = _applied(reading, correction, lookup)
            if changed is not reading:
                numbers.append(correction.number)
                reading, named = changed, actor_ids(changed)
    if not numbers and not reviews:
        return Outcome(reading=reading)
    kept, accepted, spoken = reviewed([one.id for one in read], reading.assertions, reviews)
    return Outcome(
        reading=dataclasses.replace(reading, assertions=tuple(surest(kept).values())),
        numbers=tuple(sorted({*numbers, *spoken})),
        accepted=frozenset(accepted),
    )


def as_read(reading: Reading, corrections: Iterable[Correction], assertion: str) -> tuple[str, ...]:
    """The ids under which that was read which the corrections made this assertion; its own where it stands as read.

    `reading` is what was read. Of an assertion that is neither there nor in a review, none.
    """
    corrections = list(corrections)
    mine = [c for c in corrections if reading.document.id in c.documents and c.kind in REVIEW_KINDS]
    found = []
    for one in reading.assertions:
        alone = dataclasses.replace(reading, assertions=(one,))
        now = {left.id for left in corrected(alone, corrections, None).reading.assertions}
        if assertion in now or (not now and assertion == one.id):
            found.append(one.id)
    return tuple(found) or ((assertion,) if any(assertion in c.assertions for c in mine) else ())


def _ends(reading: Reading) -> Iterator[Mention]:
    yield from reading.mentions
    for assertion in reading.assertions:
        yield assertion.source
        yield assertion.target


def _applied(reading: Reading, correction: Correction, lookup: Lookup | None) -> Reading:
    source, target = correction.source, correction.target
    if target is None or (correction.documents and reading.document.id not in correction.documents):
        return reading
    texts = {fold(text) for text in correction.texts}
    known = _known(reading, target, correction.state, lookup)
    renamed = {} if texts else {m.actor.name: known[0].name for m in _ends(reading) if m.actor.id == source}

    def other(mention: Mention) -> Mention:
        actor, above = known
        if mention.actor.id == source and (not texts or fold(mention.text) in texts):
            # Of a target that nobody knows, all that can be said is what the document said of the source.
            state = above or (actor if mention.state.id in (source, target.id) else mention.state)
            return dataclasses.replace(mention, actor=actor, state=state)
        if mention.state.id == source and not texts:
            return dataclasses.replace(mention, state=above or actor)
        return mention

    def renaming(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(renamed.get(name, name) for name in names))

    mentions = tuple(map(other, reading.mentions))
    assertions = tuple(
        dataclasses.replace(
            assertion,
            source=other(assertion.source),
            target=other(assertion.target),
            attributed_to=renamed.get(assertion.attributed_to or "", assertion.attributed_to),
            about=renaming(assertion.about),
            against=renaming(assertion.against),
        )
        for assertion in reading.assertions
    )
    if (mentions, assertions) == (reading.mentions, reading.assertions):
        return reading
    once = {(m.start, m.end, m.actor.id): m for m in reversed(mentions)}  # of equals the first
    mentions = tuple(m for m in mentions if once[m.start, m.end, m.actor.id] is m)
    return dataclasses.replace(reading, mentions=mentions, assertions=assertions)


def _known(reading: Reading, target: Actor, state: Actor | None, lookup: Lookup | None) -> tuple[Actor, Actor | None]:
    """Who the target is in the document: as the correction says, as the document has it, as the catalogue has it."""
    if state is not None:
        return target, state
    for mention in _ends(reading):
        if mention.actor.id == target.id:
            return mention.actor, mention.state
    found = lookup(target.id, reading.document.date) if lookup is not None else None
    return found if found is not None else (target, None)


# --- what was read, beside what it became -----------------------------------------------------------------------------


def differences(read: Reading, now: Reading) -> str:
    """What the reading was before, as JSON: the place of what stands unchanged, all of what does not."""
    return json.dumps(
        {
            "mentions": _places(read.mentions, now.mentions, _mention_fields),
            "assertions": _places(read.assertions, now.assertions, _assertion_fields),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def restored(text: str, now: Reading) -> Reading:
    """The inverse of `differences`."""
    kept = json.loads(text)
    words = now.document.text
    return dataclasses.replace(
        now,
        mentions=tuple(
            now.mentions[one]
            if isinstance(one, int)
            else rows.mention_from_row(_numbered(one, 2), words, _actors(one, 2))
            for one in kept["mentions"]
        ),
        assertions=tuple(
            now.assertions[one]
            if isinstance(one, int)
            else rows.assertion_from_row(_numbered_ends(one), now.document.id, words, _end_actors(one))
            for one in kept["assertions"]
        ),
    )


def actors_read(text: str) -> set[str]:
    """The ids of the actors that `differences` kept, which may stand in no document any more."""
    kept = json.loads(text)
    rows = [(one, (2, 3)) for one in kept["mentions"]] + [(one, _END_COLUMNS) for one in kept["assertions"]]
    return {one[column][0] for one, columns in rows if not isinstance(one, int) for column in columns}


def _places(read: Sequence[T], now: Sequence[T], fields: Any) -> list[Any]:
    places = {one: n for n, one in enumerate(now)}
    return [places[one] if one in places else fields(one) for one in read]


def _mention_fields(mention: Mention) -> list[Any]:
    ends = (dataclasses.astuple(mention.actor), dataclasses.astuple(mention.state))
    return [mention.start, mention.end, *ends, mention.how, mention.confidence]


def _assertion_fields(assertion: Assertion) -> list[Any]:
    """The columns of an assertion with the actors themselves where their rows would stand."""
    ends = (assertion.source.actor, assertion.source.state, assertion.target.actor, assertion.target.state)
    nowhere = dict.fromkeys((id(assertion.source), id(assertion.target)), (0, 0))
    (written,) = rows.assertion_rows({assertion.id: assertion}, (0, None), 0, nowhere)
    row: list[Any] = list(written[-len(rows.ASSERTION_COLUMNS.split(", ")) :])
    row[_BACKGROUND] = assertion.background  # a boolean, as JSON has them
    for column, actor in zip(_END_COLUMNS, ends, strict=True):
        row[column] = dataclasses.astuple(actor)
    return row


_END_COLUMNS = (2, 3, 5, 6)
_BACKGROUND = 9


def _numbered(row: list[Any], first: int) -> list[Any]:
    return [*row[:first], 0, 1, *row[first + 2 :]]


def _actors(row: list[Any], first: int) -> dict[int, Actor]:
    return {0: Actor(*row[first]), 1: Actor(*row[first + 1])}


def _numbered_ends(row: list[Any]) -> list[Any]:
    numbers = {column: n for n, column in enumerate(_END_COLUMNS)}
    return [numbers.get(column, value) for column, value in enumerate(row)]


def _end_actors(row: list[Any]) -> dict[int, Actor]:
    return {n: Actor(*row[column]) for n, column in enumerate(_END_COLUMNS)}
