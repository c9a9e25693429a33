"""Reports -> events: what is said of one triple within a stretch of time, with its figures and best quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from kg.model import FAMILIES, Actor, Document, Family, Level
from kg.queries.verdict import Figures, figures
from kg.queries.who import Quote
from kg.relations import ontology
from kg.store import Count, Filter, Report, Store

__all__ = ["KINDS", "Event", "Reader", "backing", "family_of", "weight_of"]

KINDS: tuple[Count, ...] = get_args(Count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is said of one triple on a day or in a span of time, all of one kind.

    `first` and `last` are ISO 8601, as exact as known, None where no report has a date; background moves them too.
    `least` and `most` bound the weights of its reports. The best quotes come first.
    """

    kind: Count
    source: Actor
    relation: str
    target: Actor
    first: str | None
    last: str | None
    figures: Figures
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
    families: Collection[Family] = FAMILIES
    quotes: int = 1
    _documents: dict[str, Document] = field(default_factory=dict)
    _read: dict[tuple[Count, str | None], list[Report]] = field(default_factory=dict)

    def reports(self, kind: Count, *, since: str | None = None) -> list[Report]:
        """All reports of a kind, the latest first, the undated last; each once. `since` reads no earlier ones.

        A symmetric one has the actor asked about as its source, whichever end the text names first.
        """
        if (kind, since) not in self._read:
            self._read[kind, since] = self._reports(kind, since)
        return self._read[kind, since]

    def _reports(self, kind: Count, since: str | None) -> list[Report]:
        found = []
        for where in self._sides(kind):
            bounded = where if since is None else replace(where, since=since)
            found += [self._turned(report) for report in self.store.reports(bounded)]
        if self.bounds.min_originals is not None:
            origins: dict[tuple[str, str, str], set[str]] = defaultdict(set)
            for report in found:
                origins[_triple(report)].add(report.origin)
            found = [report for report in found if len(origins[_triple(report)]) >= self.bounds.min_originals]
        found.sort(key=lambda report: (report.document, report.id))
        return sorted(found, key=lambda report: report.date or "", reverse=True)

    def _sides(self, kind: Count) -> Iterator[Filter]:
        cards = [card for card in ontology().relations.values() if card.family in self.families]
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

    def _turned(self, report: Report) -> Report:
        if report.target == self.actor and ontology()[report.relation].symmetric:
            return replace(report, source=report.target, target=report.source)
        return report

    def events(self, groups: Iterable[Sequence[Report]]) -> tuple[Event, ...]:
        """An event for each group of reports, which are of one kind and one triple."""
        groups = [group for group in groups if group]
        ends = {end for group in groups for end in (group[0].source, group[0].target)}
        actors = {actor.id: actor for actor in self.store.actors(ends)}
        return tuple(self._event(group, actors) for group in groups)

    def _event(self, group: Sequence[Report], actors: dict[str, Actor]) -> Event:
        one = group[0]
        dates = sorted(report.date for report in group if report.date)
        weights = sorted(weight for report in group if (weight := weight_of(report)) is not None)
        return Event(
            kind=one.kind,
            source=actors[one.source],
            relation=one.relation,
            target=actors[one.target],
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            figures=figures(group, one.kind),
            least=weights[0] if weights else None,
            most=weights[-1] if weights else None,
            quotes=tuple(self._best(group)),
        )

    def _best(self, group: Sequence[Report]) -> Iterator[Quote]:
        """The best graded first, then the latest; each sentence once, other originals before a second of the same."""
        ranked = sorted(group, key=lambda report: (report.document, report.id))
        ranked.sort(key=lambda report: report.date or "", reverse=True)
        ranked.sort(key=lambda report: -report.grade)
        of_origin: dict[str, Report] = {}
        for report in ranked:
            of_origin.setdefault(report.origin, report)
        first = list(of_origin.values())
        seen: set[tuple[str, int]] = set()
        for report in (*first, *(report for report in ranked if of_origin[report.origin] is not report)):
            if len(seen) == self.quotes:
                return
            quote = self._quote(report)
            place = (report.document, quote.assertion.sentence.start)
            if place not in seen:
                seen.add(place)
                yield quote

    def _quote(self, report: Report) -> Quote:
        assertion = self.store.assertion(report.id)
        if report.document not in self._documents:
            document = self.store.document(report.document)
            assert document is not None, "the store keeps no assertion without its document"
            self._documents[report.document] = document
        assert assertion is not None, "the report is of an assertion of the store"
        return Quote(assertion, self._documents[report.document])


def _triple(report: Report) -> tuple[str, str, str]:
    return report.source, report.relation, report.target


def family_of(report: Report) -> Family:
    """The family of its relation."""
    return ontology()[report.relation].family


def weight_of(report: Report) -> float | None:
    """Its place on the Goldstein scale: that of its own code, else of its relation."""
    return ontology()[report.relation].weight if report.weight is None else report.weight


def backing(group: Sequence[Report]) -> tuple[int, int, str, str, str]:
    """The key to sort groups of reports by: the most independent originals first, then the most reports."""
    one = group[0]
    return -len({report.origin for report in group}), -len(group), one.source, one.relation, one.target
