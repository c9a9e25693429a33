"""golden/triples/*.toml: sentences of our own with the triples that a careful reader would sign.

    [[case]]
    date = "2008-03-04"
    text = "Colombia accused Venezuela of supporting the FARC."
    triples = ["Colombia accuses Venezuela", "Venezuela supports FARC | alleged"]

A triple reads SOURCE relation TARGET, then what is not affirmed and actual: `negated`, a status, `by: WHO` for who says
so. `triples` are acts between states (or what rolls up to none), `structure` are who belongs to whom between the actors
as named; the structure of a case is compared only where the key stands. `xfail` says why a case is not read yet.
A file is a construction; nothing.toml holds what must give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.actors.catalogue import catalogue
from kg.datafiles import read_table
from kg.model import POLARITIES, STATUSES, Assertion, Document
from kg.relations import ontology

GOLDEN = Path(__file__).parent / "golden" / "triples"

_RELATION = re.compile(rf" ({'|'.join(sorted(ontology().relations, key=len, reverse=True))}) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    date: str
    text: str
    triples: tuple[str, ...] = ()
    structure: tuple[str, ...] | None = None
    xfail: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Triple:
    """What is compared: ends by name, in the order of names where the relation has no direction."""

    source: str
    relation: str
    target: str
    polarity: str = "affirmed"
    status: str = "actual"

    def __str__(self) -> str:
        marks = [m for m in (self.polarity, self.status) if m not in ("affirmed", "actual")]
        return " | ".join((f"{self.source} {self.relation} {self.target}", *marks))


@dataclass(frozen=True, slots=True)
class Case:
    """One text and what it says; `speakers` holds who says it for the triples that name one."""

    id: str
    document: Document
    triples: frozenset[Triple]
    structure: frozenset[Triple] | None
    speakers: dict[Triple, str]
    xfail: str | None


def triple(source: str, relation: str, target: str, polarity: str = "affirmed", status: str = "actual") -> Triple:
    if ontology()[relation].symmetric:
        source, target = sorted((source, target))
    return Triple(source, relation, target, polarity, status)


def parse(text: str) -> tuple[Triple, str | None]:
    """A triple of the notation above and who says so. Raises ValueError where it cannot be read."""
    head, *marks = (part.strip() for part in text.split("|"))
    found = list(_RELATION.finditer(head))
    if len(found) != 1:
        raise ValueError(f"{text!r}: must be SOURCE relation TARGET with one relation of relations.toml")
    source, target = actor_name(head[: found[0].start()]), actor_name(head[found[0].end() :])
    relation = found[0].group(1)
    polarity, status, speaker = "affirmed", "actual", None
    for mark in marks:
        if mark.startswith("by: "):
            speaker = actor_name(mark[4:])
        elif mark in POLARITIES:
            polarity = mark
        elif mark in STATUSES:
            status = mark
        else:
            raise ValueError(f"{text!r}: {mark!r} is no polarity, no status and no `by: WHO`")
    return triple(source, relation, target, polarity, status), speaker


def actor_name(text: str) -> str:
    """The name by which the catalogue calls an actor, the text itself where it knows none or several."""
    known = catalogue().lookup(text)
    return known[0].name if len(known) == 1 else text


def load_cases() -> list[Case]:
    cases = []
    for path in sorted(GOLDEN.glob("*.toml")):
        for number, entry in enumerate(read_table(path, "case", _Entry), 1):
            name = f"{path.stem}-{number}"
            acts = [parse(text) for text in entry.triples]
            structure = None if entry.structure is None else frozenset(parse(text)[0] for text in entry.structure)
            cases.append(
                Case(
                    name,
                    Document(id=name, text=entry.text, date=entry.date),
                    frozenset(act for act, _ in acts),
                    structure,
                    {act: speaker for act, speaker in acts if speaker is not None},
                    entry.xfail,
                )
            )
    return cases


def acts(assertions: Iterable[Assertion]) -> frozenset[Triple]:
    """The acts among the assertions, between states."""
    return frozenset(
        triple(a.source.state.name, a.relation, a.target.state.name, a.polarity, a.status)
        for a in assertions
        if ontology()[a.relation].family != "structure"
    )


def structures(assertions: Iterable[Assertion]) -> frozenset[Triple]:
    """Who belongs to whom among the assertions, between the actors as named."""
    return frozenset(
        triple(a.source.actor.name, a.relation, a.target.actor.name, a.polarity, a.status)
        for a in assertions
        if ontology()[a.relation].family == "structure"
    )
