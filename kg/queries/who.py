"""Who does what to whom, over a store: rows with their figures and quotes, facts apart from all the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from kg.model import FAMILIES, Actor, Edge, Level
from kg.queries.judging import judged
from kg.queries.quoting import Quote, best_quotes
from kg.queries.verdict import Figures, Verdict
from kg.relations import Relation, Tier, ontology
from kg.store import Count, Filter, Store

__all__ = ["OTHER_KINDS", "Answer", "Group", "Quote", "Row", "who"]

OTHER_KINDS: tuple[Count, ...] = ("planned", "alleged", "hypothetical", "ended", "negated")
"""What is shown beside the facts, each under its own heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One triple of an answer.

    `source` and `target` stand as the question asks; `edge` as the store keeps it (a symmetric one by id). `kind` says
    what of the triple the row is about: facts ("actual"), or what was planned, alleged, hypothetical, ended or negated;
    `figures`, `verdict` and `quotes` are of that kind only.
    """

    kind: Count
    source: Actor
    relation: str
    target: Actor
    edge: Edge
    figures: Figures
    verdict: Verdict
    quotes: tuple[Quote, ...] = ()

    @property
    def count(self) -> int:
        """How many assertions say so."""
        return self.figures.assertions


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under one heading: a tier of backing, another family, or a kind that is no fact.

    Ranked by independent originals, then recency; `more` says that there are others beyond the limit.
    """

    heading: str
    rows: tuple[Row, ...]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a store says to a who-question.

    `groups` hold the facts (affirmed, actual): backing in its tiers strong, tie, signal, other families under their
    names; empty ones are left out. `others` hold what was planned, alleged, hypothetical, ended or negated, each by
    itself; nothing of it is counted among the facts. None as `source` or `target` asked for anybody. `as_of` is the
    day that verdicts are given for, None where no document has a date; `bounds` what else the question was bounded by.
    `also` are the answers to the other parts of a question that has several.
    """

    relations: tuple[str, ...]
    source: Actor | None
    target: Actor | None
    level: Level
    as_of: str | None = None
    bounds: Filter = field(default_factory=Filter)
    groups: tuple[Group, ...] = ()
    others: tuple[Group, ...] = ()
    also: tuple[Answer, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is anything to show, fact or not."""
        return bool(self.groups or self.others or any(answer.found for answer in self.also))

    @property
    def facts(self) -> tuple[Row, ...]:
        """The rows of all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def who(
    store: Store,
    relations: Sequence[str],
    *,
    source: str | None = None,
    target: str | None = None,
    among: Collection[str] | None = None,
    level: Level | None = None,
    bounds: Filter | None = None,
    include: Collection[Count] = OTHER_KINDS,
    quotes: int = 3,
    limit: int = 50,
) -> Answer:
    """Who stands in these relations to whom, with up to `quotes` quotes a row and `limit` rows a group.

    Of what is no fact a third as many rows are given.

    `source` and `target` are actor ids, None for anybody, or for one of those in `among`; a symmetric relation answers
    from either end. Without a `level`, it is the state level, unless an actor asked about stands in the store below it
    only. Structure relations are always answered at actor level. `bounds` bounds dates, confidence and the like; its
    level, ends, relations, status and polarity are not looked at. `include` are the kinds shown beside the facts.

    Verdicts are given for the day of `bounds.as_of`, else for that of the store's latest document, or for the end of
    the time asked about where that is earlier: never for today, so that the same store always answers alike.
    """
    bounds = bounds or Filter()
    as_of = min((day for day in (bounds.as_of or store.latest(), bounds.until) if day is not None), default=None)
    level = level or _level(store, source, target)
    free = None if among is None else tuple(sorted(among))
    asked = _Asked(store, source, target, free, level, bounds, limit)
    cards = [ontology()[relation] for relation in relations]
    for heading in (*get_args(Tier), *FAMILIES):
        asked.find(heading, "actual", [card for card in cards if (card.tier or card.family) == heading])
    for kind in OTHER_KINDS:
        if kind in include:
            asked.find(kind, kind, cards)
    groups = asked.groups(as_of, quotes)
    structure = {card.family for card in cards} == {"structure"}
    return Answer(
        relations=tuple(relations),
        source=asked.actor(source),
        target=asked.actor(target),
        level="actor" if structure else asked.level,
        as_of=as_of,
        bounds=bounds,
        groups=tuple(group for kind, group in groups if kind == "actual"),
        others=tuple(group for kind, group in groups if kind != "actual"),
    )


def _level(store: Store, source: str | None, target: str | None) -> Level:
    levels = [store.levels(end) for end in (source, target) if end is not None]
    return "actor" if any(at == {"actor"} for at in levels) else "state"


class _Found(NamedTuple):
    """What a group is made of: the edges with the filter that asks for what is said of each, the best backed first."""

    heading: str
    kind: Count
    edges: list[tuple[Edge, Filter]]
    more: bool


class _Asked:
    """The fixed part of a question, and what is found while its groups are filled; then all rows are made at once."""

    def __init__(
        self,
        store: Store,
        source: str | None,
        target: str | None,
        among: tuple[str, ...] | None,
        level: Level,
        bounds: Filter,
        limit: int,
    ) -> None:
        self.store = store
        self.source = source
        self.target = target
        self.ends = tuple(among if end is None else (end,) for end in (source, target))
        self.level: Level = level
        self.bounds = bounds
        self.limit = limit
        self.found: list[_Found] = []

    def actor(self, identity: str | None) -> Actor | None:
        return None if identity is None else (self.store.actor(identity) or Actor(identity, identity, "organisation"))

    def find(self, heading: str, kind: Count, cards: Sequence[Relation]) -> None:
        """Finds what stands under that heading."""
        ranked: list[tuple[Edge, Filter]] = []
        limit = self.limit if kind == "actual" else max(1, self.limit // 3)
        for structure in (False, True):
            relations = [card.id for card in cards if (card.family == "structure") is structure]
            if not relations:
                continue
            where = dataclasses.replace(
                self.bounds,
                level="actor" if structure else self.level,
                sources=self.ends[0],
                relations=tuple(relations),
                targets=self.ends[1],
                status=None if kind == "negated" else (kind,),
                polarity="negated" if kind == "negated" else "affirmed",
            )
            # The bounds on status and polarity are for the quotes; an edge is wanted with all its counts.
            every = dataclasses.replace(where, status=None, polarity=None)
            ranked += [(edge, where) for edge in self.store.edges(every, having=kind, limit=limit + 1)]
        if ranked:
            self.found.append(_Found(heading, kind, ranked[:limit], len(ranked) > limit))

    def groups(self, as_of: str | None, quotes: int) -> list[tuple[Count, Group]]:
        """The groups in the order in which they were found, with the kind of their rows."""
        edges = [edge for found in self.found for edge, _ in found.edges]
        actors = {
            actor.id: actor for actor in self.store.actors(end for edge in edges for end in (edge.source, edge.target))
        }
        asked = [
            (found.kind, edge, _of_edge(edge, where, actors)) for found in self.found for edge, where in found.edges
        ]
        told = judged(self.store, asked, as_of)
        best = best_quotes(self.store, [where for _, _, where in asked], quotes)
        rows = iter(
            [
                self._row(kind, edge, actors, *judgement, quoted)
                for (kind, edge, _), judgement, quoted in zip(asked, told, best, strict=True)
            ]
        )
        groups: list[tuple[Count, Group]] = []
        for found in self.found:
            these = [next(rows) for _ in found.edges]
            # A second sort keeps the order of the first where it finds none.
            these.sort(key=lambda row: row.figures.last or "", reverse=True)
            these.sort(key=lambda row: -row.figures.originals)
            groups.append((found.kind, Group(heading=found.heading, rows=tuple(these), more=found.more)))
        return groups

    def _row(
        self,
        kind: Count,
        edge: Edge,
        actors: dict[str, Actor],
        told: Figures,
        verdict: Verdict,
        quotes: tuple[Quote, ...],
    ) -> Row:
        source, target = edge.source, edge.target
        if ontology()[edge.relation].symmetric and (self.source == target or self.target == source):
            source, target = target, source
        return Row(
            kind=kind,
            source=actors[source],
            relation=edge.relation,
            target=actors[target],
            edge=edge,
            figures=told,
            verdict=verdict,
            quotes=quotes,
        )


def _of_edge(edge: Edge, where: Filter, actors: dict[str, Actor]) -> Filter:
    """The filter that asks for what is said of an edge."""
    ends = dataclasses.replace(where, sources=(edge.source,), relations=(edge.relation,), targets=(edge.target,))
    if "person" in {actors[edge.source].kind, actors[edge.target].kind}:
        return ends
    return dataclasses.replace(ends, private_people=True)  # which spares the store a look at each assertion
