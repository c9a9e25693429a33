"""What the data files say of one actor beyond what the compiled catalogue keeps: sources, terms, notes, structure.

Read from the TOML files when a person asks; only the entries that name the actor are parsed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.actors.catalogue import Catalogue
from kg.actors.compiler import shipped_files
from kg.actors.overlay import Layer, holder_id, parsed_layer
from kg.actors.schema import ActorEntry, Holder, OfficeEntry

__all__ = ["Details", "Link", "Term", "details"]

_ENTRY = "\n[["


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of one person in an office, where it is from, and whether it was checked there."""

    person: str
    name: str
    of: str
    title: str
    role: str
    since: str
    until: str | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A structural link to another actor, with its dates where they are known."""

    what: str
    actor: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything about one actor: `terms` are its own, `holders` those of the offices that act for it."""

    qid: str | None
    note: str | None
    since: str | None
    until: str | None
    terms: tuple[Term, ...]
    holders: tuple[Term, ...]
    links: tuple[Link, ...]


def details(actor: str, known: Catalogue, layers: Sequence[Layer] = ()) -> Details:
    """What is on file about an actor of the catalogue; the layers are those that the catalogue was made with."""
    entry: ActorEntry | None = None
    terms: dict[tuple[str, str, str], list[Term]] = {}
    for layer in (*_shipped(actor, known), *layers):
        for one in layer.actors:
            if one.id == actor:
                entry = one
        said: dict[tuple[str, str, str], list[Term]] = {}
        for office in layer.offices:
            for holder in office.holders:
                person = holder_id(holder.name, holder.id)
                if actor in (person, office.of):
                    said.setdefault((office.of, office.title, person), []).append(_term(office, holder, person))
        terms.update(said)  # whoever gives a person's terms in an office again, gives all of them
    found = sorted((term for each in terms.values() for term in each), key=lambda term: (term.since, term.person))
    return Details(
        qid=entry.qid if entry else None,
        note=entry.note if entry else None,
        since=entry.since if entry else None,
        until=entry.until if entry else None,
        terms=tuple(term for term in found if term.person == actor),
        holders=tuple(term for term in found if term.of == actor),
        links=tuple(_links(actor, known)),
    )


def _shipped(actor: str, known: Catalogue) -> Iterator[Layer]:
    """What the shipped files say of the actor: a holder without an id of its own stands there by name."""
    marks = [f'"{mark}"' for mark in (actor, *known.aliases(actor))]
    for path in shipped_files():
        entries = ("\n" + path.read_text(encoding="utf-8")).split(_ENTRY)[1:]
        naming = [entry for entry in entries if any(mark in entry for mark in marks)]
        if naming:
            yield parsed_layer(path.name, tomllib.loads(_ENTRY + _ENTRY.join(naming)))


def _term(office: OfficeEntry, holder: Holder, person: str) -> Term:
    return Term(
        person=person,
        name=holder.name,
        of=office.of,
        title=office.title,
        role=office.role,
        since=holder.since,
        until=holder.until,
        source=holder.source or office.source,
        verified=office.verified if holder.verified is None else holder.verified,
    )


_LINKS = (
    ("part_of", "part of", "has the part"),
    ("members", "has the member", "member of"),
    ("claimed_by", "claimed by", "claims"),
    ("controlled_by", "controlled by", "controls"),
)


def _links(actor: str, known: Catalogue) -> Iterator[Link]:
    """Both directions of the structure that the catalogue holds."""
    structure = known._structure
    for key, here, there in _LINKS:
        for other in structure.get(actor, {}).get(key, ()):
            id, since, until = (other, None, None) if isinstance(other, str) else other
            yield Link(here, id, since, until)
        for owner, of in sorted(structure.items()):
            for other in of.get(key, ()):
                id, since, until = (other, None, None) if isinstance(other, str) else other
                if id == actor:
                    yield Link(there, owner, since, until)
