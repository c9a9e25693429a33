"""What happened to an actor, or between two, by date: each event with its quote, facts apart from all the rest."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.model import FAMILIES, Actor, Family, Level
from kg.queries.events import Event, Reader, backing
from kg.store import Count, Filter, Report, Store

__all__ = ["Timeline", "timeline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The latest events, oldest first.

    `events` are facts (affirmed, actual) with a date, one for each date and triple. What a text presupposes rather
    than reports is no event of its day and left out, as is what has no date: `undated` counts these reports.
    `others` hold what was planned, alleged, hypothetical, ended or negated, where it was asked for, each kind by
    itself. `more` says that there are earlier ones beyond the limit.
    """

    actor: Actor
    other: Actor | None
    level: Level
    events: tuple[Event, ...] = ()
    others: tuple[tuple[Count, tuple[Event, ...]], ...] = ()
    more: bool = False
    undated: int = 0

    @property
    def found(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.events or self.others)


def timeline(
    store: Store,
    actor: Actor,
    other: Actor | None = None,
    *,
    level: Level = "state",
    families: Collection[Family] | None = None,
    include: Sequence[Count] = (),
    bounds: Filter | None = None,
    quotes: int = 1,
    limit: int = 50,
) -> Timeline:
    """The `limit` latest events of the actor, or of the two, oldest first, with up to `quotes` quotes each.

    Without `families`, all but structure, which happens on no day. `include` names the kinds to be shown beside the
    facts. `bounds` bounds dates and confidence; its level, ends, relations, status and polarity are not looked at.
    """
    reader = Reader(
        store,
        actor.id,
        None if other is None else other.id,
        level=level,
        bounds=bounds or Filter(),
        families=families if families is not None else [family for family in FAMILIES if family != "structure"],
        quotes=quotes,
    )
    facts, more, undated = _events(reader, "actual", limit)
    others = []
    for kind in include:
        found, beyond, _ = _events(reader, kind, limit)
        more = more or beyond
        if found:
            others.append((kind, found))
    return Timeline(
        actor=actor,
        other=other,
        level=level,
        events=facts,
        others=tuple(others),
        more=more,
        undated=undated,
    )


def _events(reader: Reader, kind: Count, limit: int) -> tuple[tuple[Event, ...], bool, int]:
    """The latest events, oldest first; whether there are more; how many reports have no day of their own."""
    reports = reader.reports(kind)
    dated = [report for report in reports if report.date is not None and not report.background]
    groups: list[list[Report]] = []
    for _, of_date in itertools.groupby(dated, key=lambda report: report.date):
        triples: dict[tuple[str, str, str], list[Report]] = {}
        for report in of_date:
            triples.setdefault((report.source, report.relation, report.target), []).append(report)
        groups += sorted(triples.values(), key=backing)
        if len(groups) > limit:
            break
    events = sorted(reader.events(groups[:limit]), key=lambda event: event.first or "")
    return tuple(events), len(groups) > limit, len(reports) - len(dated)
