"""Assertions -> events: what is said of one triple within a stretch of time, with its figures and best quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from kg.model import FAMILIES, Actor, Assertion, Document, Family, Level
from kg.queries.who import Quote
from kg.relations import ontology
from kg.store import Count, Filter, Store, fold

__all__ = ["KINDS", "Event", "Reader", "Told"]

KINDS: tuple[Count, ...] = get_args(Count)


@dataclass(frozen=True, slots=True)
class Told:
    """An assertion of a document: `date` is the event's, else the document's; `kind` is how it counts."""

    assertion: Assertion
    document: Document
    source: str
    target: str

    @property
    def date(self) -> str | None:
        """When it was so, as exactly as the text says; else the day of the document."""
        return self.assertion.date or self.document.date

    @property
    def kind(self) -> Count:
        """Actual, another status, or negated whatever the status."""
        return "negated" if self.assertion.polarity == "negated" else self.assertion.status

    @property
    def family(self) -> Family:
        """The family of its relation."""
        return ontology()[self.assertion.relation].family

    @property
    def weight(self) -> float | None:
        """Its place on the Goldstein scale: that of its own code, else of its relation."""
        own = self.assertion.weight
        return ontology()[self.assertion.relation].weight if own is None else own


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is said of one triple on a day or in a span of time, all of one kind.

    `first` and `last` are ISO 8601, as exact as known, None where no report has a date. `count` counts assertions;
    `documents` and `outlets` those they stand in, `originals` the independent ones among the documents. `least` and `most` bound their weights. The best quotes come first.
    """

    kind: Count
    source: Actor
    relation: str
    target: Actor
    first: str | None
    last: str | None
    count: int
    documents: int
    originals: int
    outlets: int
    least: float | None
    most: float | None
    quotes: tuple[Quote, ...]


@dataclass(slots=True)
class Reader:
    """Reads the reports of one actor, or of two, from a store, and sums them up as events."""

    store: Store
    actor: str
    other: str | None = None
    level: Level = "state"
    bounds: Filter = field(default_factory=Filter)
    families: Collection[Family] | None = None
    quotes: int = 1
    _documents: dict[str, Document] = field(default_factory=dict)

    def reports(self, kind: Count) -> Iterator[Told]:
        """All reports of a kind, the latest first, the undated last; each once.

        A symmetric one has the actor asked about as its source, whichever end the text names first.
        """
        for where in self._sides(kind):
            for assertion in self.store.assertions(where, order="latest"):
                yield self._report(assertion)

    def latest(self, kind: Count) -> Iterator[Told]:
        """The same in one stream, by date: what is not asked for is not read."""
        import heapq

        streams = [map(self._report, self.store.assertions(where, order="latest")) for where in self._sides(kind)]
        return heapq.merge(*streams, key=lambda report: report.date or "", reverse=True)

    def _sides(self, kind: Count) -> Iterator[Filter]:
        families = FAMILIES if self.families is None else self.families
        cards = [card for card in ontology().relations.values() if card.family in families]
        one = (self.actor,)
        two = None if self.other is None else (self.other,)
        # A symmetric relation answers from either end, so the second side leaves it out.
        sides = ((one, two, cards), (two, one, [card for card in cards if not card.symmetric]))
        for sources, targets, relations in sides:
            if relations:
                yield replace(
                    self.bounds,
                    level=self.level,
                    sources=sources,
                    targets=targets,
                    relations=tuple(card.id for card in relations),
                    status=None if kind == "negated" else (kind,),
                    polarity="negated" if kind == "negated" else "affirmed",
                )

    def _report(self, assertion: Assertion) -> Told:
        if assertion.document not in self._documents:
            document = self.store.document(assertion.document)
            assert document is not None, "the store keeps no assertion without its document"
            self._documents[assertion.document] = document
        ends = (assertion.source, assertion.target)
        source, target = (mention.state.id if self.level == "state" else mention.actor.id for mention in ends)
        if ontology()[assertion.relation].symmetric and target == self.actor:
            source, target = target, source
        return Told(assertion, self._documents[assertion.document], source, target)

    def events(self, groups: Iterable[Sequence[Told]]) -> tuple[Event, ...]:
        """An event for each group of reports, which are of one kind and one triple."""
        groups = [group for group in groups if group]
        ends = {end for group in groups for end in (group[0].source, group[0].target)}
        actors = {actor.id: actor for actor in self.store.actors(ends)}
        return tuple(self._event(group, actors) for group in groups)

    def _event(self, group: Sequence[Told], actors: dict[str, Actor]) -> Event:
        first = group[0]
        dates = sorted(report.date for report in group if report.date)
        weights = sorted(report.weight for report in group if report.weight is not None)
        return Event(
            kind=first.kind,
            source=actors[first.source],
            relation=first.assertion.relation,
            target=actors[first.target],
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            count=len(group),
            documents=len({report.document.id for report in group}),
            originals=len({report.document.origin for report in group}),
            outlets=len({name for report in group if (name := fold(report.document.publisher or ""))}),
            least=weights[0] if weights else None,
            most=weights[-1] if weights else None,
            quotes=self._best(group),
        )

    def _best(self, group: Sequence[Told]) -> tuple[Quote, ...]:
        """The most direct and certain first, then the latest; each sentence once, other documents before the same."""
        ranked = sorted(group, key=lambda report: (report.document.id, report.assertion.sentence.start))
        ranked.sort(key=lambda report: report.date or "", reverse=True)
        ranked.sort(key=lambda report: (-_directness(report.assertion), -round(report.assertion.confidence, 1)))
        sentences: dict[tuple[str, int], Quote] = {}
        for report in ranked:
            key = (report.document.id, report.assertion.sentence.start)
            sentences.setdefault(key, Quote(report.assertion, report.document))
        by_document: dict[str, Quote] = {}
        for quote in sentences.values():
            by_document.setdefault(quote.document.id, quote)
        chosen = dict.fromkeys((*by_document.values(), *sentences.values()))
        return tuple(chosen)[: self.quotes]


def _directness(assertion: Assertion) -> int:
    named = sum(mention.how == "name" for mention in (assertion.source, assertion.target))
    return 2 * named + (not assertion.background)
