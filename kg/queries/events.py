"""Reports -> events: what is said of one triple within a stretch of time, with its figures and best quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from kg.model import FAMILIES, Actor, Family, Level
from kg.queries.quoting import Quote, quoted, various
from kg.queries.verdict import Figures, figures
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
        for where in self.sides(kind):
            bounded = where if since is None else replace(where, since=since)
            found += [self._turned(report) for report in self.store.reports(bounded)]
        if self.bounds.min_originals is not None:
            origins: dict[tuple[str, str, str], set[str]] = defaultdict(set)
            for report in found:
                origins[_triple(report)].add(report.origin)
            found = [report for report in found if len(origins[_triple(report)]) >= self.bounds.min_originals]
        found.sort(key=lambda report: (report.document, report.id))
        return sorted(found, key=lambda report: report.date or "", reverse=True)

    def sides(self, kind: Count) -> Iterator[Filter]:
        """What asks for all that the actor does, and for all that is done to it; nothing twice."""
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
            return report._replace(source=report.target, target=report.source)
        return report

    def events(self, groups: Iterable[Sequence[Report]]) -> tuple[Event, ...]:
        """An event for each group of reports, which are of one kind and one triple."""
        groups = [group for group in groups if group]
        ends = {end for group in groups for end in (group[0].source, group[0].target)}
        actors = {actor.id: actor for actor in self.store.actors(ends)}
        best = quoted(self.store, [various(_ranked(group), self.quotes) for group in groups])
        return tuple(_event(group, actors, quotes) for group, quotes in zip(groups, best, strict=True))


def _event(group: Sequence[Report], actors: dict[str, Actor], quotes: tuple[Quote, ...]) -> Event:
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
        quotes=quotes,
    )


def _ranked(group: Sequence[Report]) -> list[Report]:
    """The best graded first, then the latest."""
    ranked = sorted(group, key=lambda report: (report.document, report.id))
    ranked.sort(key=lambda report: report.date or "", reverse=True)
    ranked.sort(key=lambda report: -report.grade)
    return ranked


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
