"""What happened to an actor, or between two, by date: each event with its quote, facts apart from all the rest."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.model import FAMILIES, Actor, Family, Level
from kg.queries.events import Event, Reader, backing
from kg.store import Count, Filter, Report, Store

__all__ = ["Timeline", "latest_events", "timeline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The latest events, oldest first.

    `events` are facts (affirmed, actual) with a date, one for each date and triple. What a text presupposes rather
    than reports is no event of its day and left out, as is what has no date: `undated` counts these reports, and is
    None where not all were read.
    `others` hold what was planned, alleged, hypothetical, ended or negated, where it was asked for, each kind by
    itself. `more` says that there are earlier ones beyond the limit.
    """

    actor: Actor
    other: Actor | None
    level: Level
    events: tuple[Event, ...] = ()
    others: tuple[tuple[Count, tuple[Event, ...]], ...] = ()
    more: bool = False
    undated: int | None = 0

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
    facts, more, undated = latest_events(reader, "actual", limit)
    others = []
    for kind in include:
        found, beyond, _ = latest_events(reader, kind, limit)
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


def latest_events(reader: Reader, kind: Count, limit: int) -> tuple[tuple[Event, ...], bool, int | None]:
    """The latest events, oldest first; whether there are more; how many reports have no day of their own, if known.

    Of an actor that is often in the news only the last months are read.
    """
    for since in _windows(reader):
        reports = reader.reports(kind, since=since)
        # What is dated by its year only may lie before the window as well.
        groups = _groups([report for report in reports if since is None or (report.date or "") >= since])
        more = len(groups) > limit
        if more or since is None:
            events = sorted(reader.events(groups[:limit]), key=lambda event: event.first or "")
            undated = sum(report.date is None or report.background for report in reports)
            return tuple(events), more, undated if since is None else None
    raise AssertionError("unreachable: the last window has no bound")


def _windows(reader: Reader) -> Iterator[str | None]:
    """Ever earlier days to read from, at last none."""
    last = reader.bounds.until or reader.bounds.as_of or reader.store.coverage().last
    if last is not None and len(last) == 10 and reader.bounds.since is None and reader.bounds.min_originals is None:
        day = datetime.date.fromisoformat(last)
        yield from ((day - datetime.timedelta(days)).isoformat() for days in (30, 365))
    yield None


def _groups(reports: Sequence[Report]) -> list[list[Report]]:
    """The reports that have a day of their own by date and triple, the latest first, the best backed of a day first."""
    dated = [report for report in reports if report.date is not None and not report.background]
    groups: list[list[Report]] = []
    for _, of_date in itertools.groupby(dated, key=lambda report: report.date):
        triples: dict[tuple[str, str, str], list[Report]] = {}
        for report in of_date:
            triples.setdefault((report.source, report.relation, report.target), []).append(report)
        groups += sorted(triples.values(), key=backing)
    return groups
