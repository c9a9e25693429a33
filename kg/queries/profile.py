"""What a store says of one actor: who backs and opposes it, whom it backs and opposes, year by year and lately."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from kg.model import FAMILIES, Actor, Family, Level
from kg.queries.events import KINDS, Event, Reader, family_of
from kg.queries.timeline import latest_events
from kg.queries.who import Row, who
from kg.relations import Relation, Tier, ontology
from kg.store import Count, Filter, Presence, Store

__all__ = ["Profile", "Section", "Told", "Year", "profile"]

ACTS: tuple[Family, ...] = tuple(family for family in FAMILIES if family != "structure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Facts of one kind: `way` says who does it, `group` is a tier of backing or another family.

    "by" others to the actor, "to" others by the actor, "with" others in a relation without a direction.
    """

    way: str
    group: str
    rows: tuple[Row, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """How many documents speak of facts of each family in a year, whoever acts; each by itself."""

    year: str
    documents: dict[Family, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How often something of the actor is said that is no fact."""

    kind: Count
    assertions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One actor as the documents show it.

    `sections` hold the facts, backing before engaging before hostile; `mutual` are who backs it and is backed by it, by
    name. `years` count documents; `latest` are the last dated facts, oldest first. `others` count what is no fact.
    `as_of` is the day that verdicts are given for.
    """

    actor: Actor
    level: Level
    as_of: str | None
    presence: Presence
    sections: tuple[Section, ...]
    mutual: tuple[Actor, ...]
    years: tuple[Year, ...]
    latest: tuple[Event, ...]
    others: tuple[Told, ...]

    @property
    def found(self) -> bool:
        """Whether any document says anything of the actor."""
        return bool(self.sections or self.latest or self.others or self.presence.mentions)


def profile(
    store: Store,
    actor: Actor,
    *,
    level: Level | None = None,
    bounds: Filter | None = None,
    quotes: int = 1,
    limit: int = 3,
) -> Profile:
    """The profile of an actor, with up to `limit` rows a section and `quotes` quotes a row.

    Without a `level`, it is the state level, unless the actor stands in the store below it only. `bounds` bounds dates,
    confidence and the like.
    """
    bounds = bounds or Filter()
    level = level or ("actor" if store.levels(actor.id) == {"actor"} else "state")
    bounds = replace(bounds, level=level)
    reader = Reader(store, actor.id, level=level, bounds=bounds, families=ACTS, quotes=quotes)
    return Profile(
        actor=actor,
        level=level,
        as_of=bounds.as_of or store.coverage().last,
        presence=store.presence(actor.id),
        sections=tuple(_sections(store, actor, level, bounds, quotes, limit)),
        mutual=_mutual(store, actor, bounds),
        years=tuple(_years(reader)),
        latest=latest_events(reader, "actual", limit)[0],
        others=tuple(_others(store, actor, bounds)),
    )


def _sections(store: Store, actor: Actor, level: Level, bounds: Filter, quotes: int, limit: int) -> Iterator[Section]:
    cards = [card for card in ontology().relations.values() if card.family != "structure"]

    def asked(way: str, cards: Sequence[Relation]) -> Iterator[Section]:
        ends = {"target": actor.id} if way == "by" else {"source": actor.id}
        relations = [card.id for card in cards]
        found = who(store, relations, **ends, level=level, bounds=bounds, include=(), quotes=quotes, limit=limit)
        yield from (Section(way=way, group=group.heading, rows=group.rows, more=group.more) for group in found.groups)

    for group in (*get_args(Tier), *ACTS):
        of_group = [card for card in cards if (card.tier or card.family) == group]
        one_way = [card for card in of_group if not card.symmetric]
        for way, some in (("by", one_way), ("to", one_way), ("with", [card for card in of_group if card.symmetric])):
            if some:
                yield from asked(way, some)


def _mutual(store: Store, actor: Actor, bounds: Filter) -> tuple[Actor, ...]:
    """Who backs the actor and is backed by it, and its allies."""
    backers: set[str] = set()
    backed: set[str] = set()
    for symmetric in (False, True):
        cards = tuple(card.id for card in ontology().family("backing") if card.symmetric is symmetric)
        for edge in store.edges(replace(bounds, relations=cards, targets=(actor.id,)), having="actual"):
            backers |= {edge.source, edge.target}
        for edge in store.edges(replace(bounds, relations=cards, sources=(actor.id,)), having="actual"):
            backed |= {edge.source, edge.target}
    both = (backers & backed) - {actor.id}
    return tuple(sorted(store.actors(both), key=lambda one: (one.name, one.id))) if both else ()


def _years(reader: Reader) -> Iterator[Year]:
    """By year; the database counts, unless the filter asks for triples of several originals."""
    counts: dict[str, dict[Family, int]] = defaultdict(lambda: dict.fromkeys(ACTS, 0))
    if reader.bounds.min_originals is None:
        for year, family, documents in reader.store.years(*reader.sides("actual")):
            counts[year][family] = documents
    else:
        said: dict[tuple[str, Family], set[str]] = defaultdict(set)
        for report in reader.reports("actual"):
            if report.date and not report.background:
                said[report.date[:4], family_of(report)].add(report.document)
        for (year, family), told in said.items():
            counts[year][family] = len(told)
    yield from (Year(year=year, documents=counts[year]) for year in sorted(counts))


def _others(store: Store, actor: Actor, bounds: Filter) -> Iterator[Told]:
    """What edges count beside facts; one without a direction is found from either end, so the second side leaves it."""
    cards = [card for card in ontology().relations.values() if card.family in ACTS]
    counts: Counter[Count] = Counter()
    for where in (
        replace(bounds, sources=(actor.id,), relations=tuple(card.id for card in cards)),
        replace(bounds, targets=(actor.id,), relations=tuple(card.id for card in cards if not card.symmetric)),
    ):
        for edge in store.edges(where):
            for kind in KINDS[1:]:
                counts[kind] += getattr(edge, kind)
    yield from (Told(kind=kind, assertions=counts[kind]) for kind in KINDS[1:] if counts[kind])
