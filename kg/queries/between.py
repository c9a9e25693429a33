"""Everything between two actors as a dated story: turn by turn, with the change of tone and the quotes at the turns.

The tone of a turn is told in the words of the families, with documents and weights beside them, each by itself:
what is friendly is never set off against what is hostile.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import FAMILIES, Actor, Family, Level
from kg.queries.events import KINDS, Event, Reader, backing, family_of, weight_of
from kg.store import Count, Filter, Report, Store

__all__ = ["Between", "Step", "Tone", "Turn", "between"]

Step = Literal["day", "month", "year"]
Change = Literal["first", "warmer", "colder", "resumed"]

_LENGTHS: dict[Step, int] = {"day": 10, "month": 7, "year": 4}
MOST_MONTHS = 24
"""With more months than this, a story is told by years where nobody says how."""

SILENCE = 24
"""Months without a report that end a turn: so long does a standing relation count as current."""

WARMTH: tuple[Family, ...] = ("fighting", "opposing", "engaging", "backing")
"""The families from the coldest to the warmest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How much of one family stands in a turn: documents, the independent originals among them, bounds of weights."""

    family: Family
    documents: int
    originals: int
    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A run of periods whose tone has something in common, without two years of silence in it.

    `first` and `last` are the dates of its first and last report. `leading` are the families that most independent
    originals speak of in every period of it, the coldest first; `tones` all families that occur, the leading ones
    first.
    `change` says how it differs from the turn before: "resumed" after a silence. `events` sum up each triple, by date;
    `more` counts those beyond the limit.
    """

    first: str
    last: str
    leading: tuple[Family, ...]
    tones: tuple[Tone, ...]
    change: Change
    documents: int
    events: tuple[Event, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The story of two actors.

    `turns` are facts (affirmed, actual) with a date. `standing` are facts that a text presupposes rather than
    reports, or that have no date; `structure` what one is to the other as named (claims, member of). `others` hold
    what was planned, alleged, hypothetical, ended or negated, each kind by itself. `step` is the length of the
    periods compared.
    """

    a: Actor
    b: Actor
    level: Level
    step: Step
    turns: tuple[Turn, ...] = ()
    standing: tuple[Event, ...] = ()
    structure: tuple[Event, ...] = ()
    others: tuple[tuple[Count, tuple[Event, ...]], ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.turns or self.standing or self.structure or self.others)


def between(
    store: Store,
    a: Actor,
    b: Actor,
    *,
    level: Level = "state",
    step: Step | None = None,
    bounds: Filter | None = None,
    include: Collection[Count] = KINDS[1:],
    quotes: int = 1,
    limit: int = 10,
) -> Between:
    """The story of two actors, with up to `quotes` quotes an event and `limit` events a turn or heading.

    Without a `step`, periods are months, or years where there are more than two dozen months. `bounds` bounds dates
    and confidence; its level, ends, relations, status and polarity are not looked at. `include` are the kinds told
    beside the facts.
    """
    acts = [family for family in FAMILIES if family != "structure"]
    reader = Reader(store, a.id, b.id, level=level, bounds=bounds or Filter(), families=acts, quotes=quotes)
    facts = list(reader.reports("actual"))
    dated = sorted((report for report in facts if report.date and not report.background), key=lambda r: r.date or "")
    standing = [report for report in facts if report.date is None or report.background]
    named = Reader(store, a.id, b.id, level="actor", bounds=bounds or Filter(), families=["structure"], quotes=quotes)
    step = step or ("month" if len({_period(r, "month") for r in dated}) <= MOST_MONTHS else "year")
    others = [(kind, _summed(reader, reader.reports(kind), limit)) for kind in KINDS[1:] if kind in include]
    return Between(
        a=a,
        b=b,
        level=level,
        step=step,
        turns=tuple(_turns(reader, dated, step, limit)),
        standing=_summed(reader, standing, limit),
        structure=_summed(named, named.reports("actual"), limit),
        others=tuple((kind, events) for kind, events in others if events),
    )


def _period(report: Report, step: Step) -> str:
    return (report.date or "")[: _LENGTHS[step]]


def _turns(reader: Reader, dated: Sequence[Report], step: Step, limit: int) -> Iterable[Turn]:
    runs: list[tuple[frozenset[Family], list[Report]]] = []
    for _, found in itertools.groupby(dated, key=lambda report: _period(report, step)):
        reports = list(found)
        leading = _leading(reports)
        if runs and runs[-1][0] & leading and not _silent(runs[-1][1][-1].date, reports[0].date):
            runs[-1] = (runs[-1][0] & leading, [*runs[-1][1], *reports])
        else:
            runs.append((leading, reports))
    before: frozenset[Family] = frozenset()
    for leading, reports in runs:
        yield _turn(reader, reports, leading, _change(before, leading), limit)
        before = leading


def _silent(last: str | None, next: str | None) -> bool:
    """Whether more than two years lie between two dates, wherever within them it was."""
    last, next = last or "", next or ""
    end = int(last[:4]) * 12 + int(last[5:7] or 12)
    return int(next[:4]) * 12 + int(next[5:7] or 1) - end > SILENCE


def _leading(reports: Iterable[Report]) -> frozenset[Family]:
    """The families that most independent originals speak of."""
    origins: dict[Family, set[str]] = defaultdict(set)
    for report in reports:
        origins[family_of(report)].add(report.origin)
    most = max(map(len, origins.values()))
    return frozenset(family for family, ids in origins.items() if len(ids) == most)


def _change(before: frozenset[Family], now: frozenset[Family]) -> Change:
    """By the coldest family that leads."""
    if not before:
        return "first"
    was, is_now = min(map(WARMTH.index, before)), min(map(WARMTH.index, now))
    return "resumed" if was == is_now else "warmer" if is_now > was else "colder"


def _turn(reader: Reader, reports: Sequence[Report], leading: frozenset[Family], change: Change, limit: int) -> Turn:
    by_family: dict[Family, list[Report]] = defaultdict(list)
    for report in reports:
        by_family[family_of(report)].append(report)
    order = sorted(by_family, key=lambda family: (family not in leading, WARMTH.index(family)))
    groups = _triples(reports)
    groups.sort(key=lambda group: (family_of(group[0]) not in leading, *backing(group)))
    shown = sorted(reader.events(groups[:limit]), key=lambda event: event.first or "")
    dates = [report.date for report in reports if report.date]
    return Turn(
        first=dates[0],
        last=max(dates),
        leading=tuple(family for family in order if family in leading),
        tones=tuple(_tone(family, by_family[family]) for family in order),
        change=change,
        documents=len({report.document for report in reports}),
        events=tuple(shown),
        more=max(0, len(groups) - limit),
    )


def _tone(family: Family, reports: Sequence[Report]) -> Tone:
    weights = [weight for report in reports if (weight := weight_of(report)) is not None]
    return Tone(
        family=family,
        documents=len({report.document for report in reports}),
        originals=len({report.origin for report in reports}),
        least=min(weights),
        most=max(weights),
    )


def _summed(reader: Reader, reports: Iterable[Report], limit: int) -> tuple[Event, ...]:
    """An event for each triple, the best backed ones, by date."""
    groups = sorted(_triples(reports), key=backing)
    return tuple(sorted(reader.events(groups[:limit]), key=lambda event: event.first or ""))


def _triples(reports: Iterable[Report]) -> list[list[Report]]:
    groups: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for report in reports:
        groups[report.source, report.relation, report.target].append(report)
    return list(groups.values())
