"""Who does what to whom, over a store: rows with their figures and quotes, facts apart from all the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from kg.model import FAMILIES, Actor, Assertion, Document, Edge, Level
from kg.queries.judging import judged
from kg.queries.verdict import Figures, Verdict
from kg.relations import Relation, Tier, ontology
from kg.store import Count, Filter, Store

__all__ = ["OTHER_KINDS", "Answer", "Group", "Quote", "Row", "best_quotes", "who"]

OTHER_KINDS: tuple[Count, ...] = ("planned", "alleged", "hypothetical", "ended", "negated")
"""What is shown beside the facts, each under its own heading."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An assertion with the document whose words it is."""

    assertion: Assertion
    document: Document

    @property
    def text(self) -> str:
        """The sentence, as it stands in the document."""
        return self.assertion.sentence.text

    @property
    def is_paraphrase(self) -> bool:
        """Whether the words retell somebody else's text, which must be said wherever they are shown."""
        return self.document.based_on is not None


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
    ends = tuple(free if end is None else (end,) for end in (source, target))
    asked = _Asked(store, source, target, ends, level, bounds, as_of, quotes, limit)
    cards = [ontology()[relation] for relation in relations]
    groups: list[Group] = []
    for heading in (*get_args(Tier), *FAMILIES):
        here = [card for card in cards if (card.tier or card.family) == heading]
        groups += asked.groups(heading, "actual", here)
    others: list[Group] = []
    for kind in OTHER_KINDS:
        if kind not in include:
            continue
        others += asked.groups(kind, kind, cards)
    structure = {card.family for card in cards} == {"structure"}
    return Answer(
        relations=tuple(relations),
        source=asked.actor(source),
        target=asked.actor(target),
        level="actor" if structure else asked.level,
        as_of=as_of,
        bounds=bounds,
        groups=tuple(groups),
        others=tuple(others),
    )


def best_quotes(store: Store, where: Filter, n: int, documents: dict[str, Document] | None = None) -> tuple[Quote, ...]:
    """The best quotes of what the filter asks for: the most direct, then the most recent; each sentence once.

    Other originals go before a second quote of the same; `documents` remembers those looked up.
    """
    documents = {} if documents is None else documents
    found: dict[tuple[str, int], Quote] = {}
    if n < 1:
        return ()
    # One sentence may say a triple more than once ("its president and its army"), seldom more often.
    for assertion in store.assertions(where, limit=2 * n + 1):
        if assertion.document not in documents:
            document = store.document(assertion.document)
            assert document is not None, "the store keeps no assertion without its document"
            documents[assertion.document] = document
        quote = Quote(assertion, documents[assertion.document])
        found.setdefault((assertion.document, assertion.sentence.start), quote)
    first: dict[str, Quote] = {}
    again = []
    for quote in found.values():
        if len(first) == n:
            break
        origin = quote.document.origin
        if origin in first:
            again.append(quote)
        else:
            first[origin] = quote
    return (*first.values(), *again)[:n]


def _level(store: Store, source: str | None, target: str | None) -> Level:
    levels = [store.levels(end) for end in (source, target) if end is not None]
    return "actor" if any(at == {"actor"} for at in levels) else "state"


@dataclass(slots=True)
class _Asked:
    """The fixed part of a question while its groups are filled."""

    store: Store
    source: str | None
    target: str | None
    ends: tuple[tuple[str, ...] | None, ...]
    level: Level
    bounds: Filter
    as_of: str | None
    quotes: int
    limit: int
    documents: dict[str, Document] = field(default_factory=dict)

    def actor(self, identity: str | None) -> Actor | None:
        return None if identity is None else (self.store.actor(identity) or Actor(identity, identity, "organisation"))

    def groups(self, heading: str, kind: Count, cards: Sequence[Relation]) -> Iterator[Group]:
        """The one group of that heading, or none where it is empty."""
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
        if not ranked:
            return
        shown = ranked[:limit]
        actors = {
            actor.id: actor
            for actor in self.store.actors(end for edge, _ in shown for end in (edge.source, edge.target))
        }
        rows = [self._row(kind, edge, where, actors) for edge, where in shown]
        # A second sort keeps the order of the first where it finds none.
        rows.sort(key=lambda row: row.figures.last or "", reverse=True)
        rows.sort(key=lambda row: -row.figures.originals)
        yield Group(heading=heading, rows=tuple(rows), more=len(ranked) > len(shown))

    def _row(self, kind: Count, edge: Edge, where: Filter, actors: dict[str, Actor]) -> Row:
        source, target = edge.source, edge.target
        if ontology()[edge.relation].symmetric and (self.source == target or self.target == source):
            source, target = target, source
        ends = dataclasses.replace(where, sources=(edge.source,), relations=(edge.relation,), targets=(edge.target,))
        actors_known = {actors[source].kind, actors[target].kind}
        if "person" not in actors_known:
            ends = dataclasses.replace(ends, private_people=True)  # which spares the store a look at each assertion
        told, found = judged(self.store, kind, edge, ends, self.as_of)
        return Row(
            kind=kind,
            source=actors[source],
            relation=edge.relation,
            target=actors[target],
            edge=edge,
            figures=told,
            verdict=found,
            quotes=best_quotes(self.store, ends, self.quotes, self.documents),
        )
