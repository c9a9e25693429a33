"""What happened to an actor, or between two, by date: each event with its quote, facts apart from all the rest."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.model import FAMILIES, Actor, Family, Level
from kg.queries.events import Event, Reader, Told
from kg.store import Count, Filter, Store

__all__ = ["Timeline", "timeline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The latest events, oldest first.

    `events` are facts (affirmed, actual) with a date, one for each date and triple. What a text presupposes rather
    than reports is no event of its day and left out, as is what has no date: `undated` counts these assertions, and
    is None where not all were looked at.
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


def _events(reader: Reader, kind: Count, limit: int) -> tuple[tuple[Event, ...], bool, int | None]:
    """The latest events, oldest first; whether there are more; how many assertions have no day of their own."""
    groups: list[list[Told]] = []
    undated = 0
    for date, reports in itertools.groupby(reader.latest(kind), key=lambda report: report.date):
        of_date: dict[tuple[str, str, str], list[Told]] = {}
        for report in reports:
            if date is None or report.assertion.background:
                undated += 1
            else:
                of_date.setdefault((report.source, report.assertion.relation, report.target), []).append(report)
        groups += [of_date[key] for key in _ranked(of_date)]
        if len(groups) > limit:
            break
    more = len(groups) > limit
    events = sorted(reader.events(groups[:limit]), key=lambda event: event.first or "")
    return tuple(events), more, None if more else undated


def _ranked(of_date: dict[tuple[str, str, str], list[Told]]) -> Iterator[tuple[str, str, str]]:
    """Those of one date, the best backed first."""
    yield from sorted(of_date, key=lambda key: (-len({report.document.id for report in of_date[key]}), key))
