"""What the reports of one triple amount to: a word, never a sum.

    verdict(reports, standing=True, as_of="2025-05-21")  ->  Verdict(kind="stale", date="2019-10-09")

Pure: the same reports, in whatever order, give the same verdict; no clock is read. In this order:

- *reversed*: the last report says that it is no longer so. An end that is reported later than the last report that
  it is so reverses any relation; a later denial reverses a standing one only ("does not recognize"), because what
  did not happen once may have happened before.
- *contested*: within one period (`PERIOD` days) one source says that it is so and another that it is not, and nobody
  says so in a later period. Sources are whoever a sentence names as saying it, else the original that the document is
  or retells.
- *stale*: a standing relation whose last report is two years older than the day of the question.
- *claimed*: only parties say so: the source itself, the target, or an opponent.
- *reported*: a third party or an outlet says so in its own words.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Sequence, Set
from typing import Literal, NamedTuple, get_args

from kg.model import VOICES, Voice
from kg.store import Count, Report

__all__ = [
    "PERIOD",
    "STALE_YEARS",
    "VERDICTS",
    "Figures",
    "Verdict",
    "VerdictKind",
    "bears_since",
    "figures",
    "only_parties",
    "verdict",
]

VerdictKind = Literal["reported", "claimed", "contested", "reversed", "stale"]
VERDICTS: tuple[VerdictKind, ...] = get_args(VerdictKind)

PERIOD = 90
"""Days: what is said of a triple within them is said of one time."""

STALE_YEARS = 2

_PARTIES: frozenset[Voice] = frozenset({"self", "target", "opponent"})


class Verdict(NamedTuple):
    """What the reports of a triple amount to.

    `by` are the parties who alone say so, whatever the kind; empty where anybody else does. `date` (ISO 8601, as exact
    as known) is when a reversal was reported, when a contested triple was last denied (where the denial stands in
    question: last affirmed), or the last report of a stale one; else None.
    """

    kind: VerdictKind
    by: tuple[Voice, ...] = ()
    date: str | None = None

    def __str__(self) -> str:
        """A few words: "reported", "claimed only by the target", "reversed 2021-08-15", "stale since 2019-10-09"."""
        words: str = self.kind
        if self.kind == "stale":
            words += f" since {self.date}"
        elif self.date is not None:
            words += f" {self.date}"
        if self.by:
            who = " and ".join({"self": "itself", "target": "the target"}.get(v, "an opponent") for v in self.by)
            words += f" only by {who}" if self.kind == "claimed" else f", claimed only by {who}"
        return words


class Figures(NamedTuple):
    """How often and when something is said: assertions, their documents, independent originals and outlets.

    `first` and `last` are dates of reports, background left out.
    """

    assertions: int
    documents: int
    originals: int
    outlets: int
    first: str | None
    last: str | None


def figures(reports: Iterable[Report], kind: Count = "actual") -> Figures:
    """The figures of the reports of one kind; those of "actual" are what an edge says."""
    chosen = [report for report in reports if report.kind == kind]
    dates = [report.date for report in chosen if report.date is not None and not report.background]
    return Figures(
        assertions=len(chosen),
        documents=len({report.document for report in chosen}),
        originals=len({report.origin for report in chosen}),
        outlets=len({report.outlet for report in chosen if report.outlet is not None}),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def verdict(
    reports: Iterable[Report],
    kind: Count = "actual",
    *,
    standing: bool = False,
    as_of: str | None = None,
    voices: Set[Voice] = frozenset(),
) -> Verdict | None:
    """What the reports of one triple amount to, of all that say this `kind` of it; None where none does.

    `reports` are all reports of the triple, of every kind. `standing` says that its relation is; `as_of` is the day of
    the question (ISO 8601), without which nothing is stale. Of a `kind` that is no fact only what bears on it counts: a
    plan or an allegation is contested by a denial of it, an end or a denial reversed by a later report that it is so.
    `voices` are those of reports of the kind that are left out, because their dates bear on nothing.
    """
    ordered = sorted(reports, key=_order)
    chosen = [report for report in ordered if report.kind == kind]
    if not chosen:
        return None
    by = only_parties({report.voice for report in chosen} | voices)
    against = [report for report in ordered if _counters(report, kind)]
    if (day := _reversed(chosen, against, kind, standing)) is not None:
        return Verdict(kind="reversed", by=by, date=day)
    if (day := _contested(chosen, against)) is not None:
        return Verdict(kind="contested", by=by, date=day)
    last = _last(chosen)
    if kind == "actual" and standing and as_of is not None and last is not None and _is_stale(last, as_of):
        return Verdict(kind="stale", by=by, date=last)
    return Verdict(kind="claimed" if by else "reported", by=by)


def bears_since(last: str, periods: int = 2) -> str:
    """The day before which nothing bears on the verdict of a fact whose last report (no background) is of that date.

    But who alone says so is told by all reports, and a denial or an end whose date is no day may reach further back.
    With one of the `periods`, the day before which no report contests or reverses what was last reported then.
    """
    return (_earliest(last) - datetime.timedelta(periods * PERIOD)).isoformat()


def _order(report: Report) -> str:
    """By date alone: among reports of one date it makes no odds which comes first."""
    return report.date or ""


def _counters(report: Report, kind: Count) -> bool:
    """Whether the report says that what is said of this kind is not so."""
    denied = report.polarity == "negated"
    if kind == "actual":
        return report.kind == "ended" or (denied and report.status == "actual")
    if kind in ("ended", "negated"):
        return report.kind == "actual"
    return denied and report.status in (kind, "actual" if kind == "alleged" else kind)


def only_parties(voices: Set[Voice]) -> tuple[Voice, ...]:
    """The parties among the voices where nobody else is, else none."""
    return tuple(voice for voice in VOICES if voice in voices) if voices <= _PARTIES else ()


def _last(reports: Sequence[Report]) -> str | None:
    """The date of the last report that does not only presuppose it, else of the last at all."""
    dates = [report.date for report in reports if report.date is not None and not report.background]
    return max(dates or [report.date for report in reports if report.date is not None], default=None)


def _reversed(said: Sequence[Report], against: Sequence[Report], kind: Count, standing: bool) -> str | None:
    """When it was first reported not to be so any more, where nobody says so afterwards."""
    last = max((_latest(report.date) for report in said if report.date is not None), default=None)
    if last is None or kind not in ("actual", "ended", "negated"):
        return None
    for report in against:
        if report.date is None or _earliest(report.date) <= last:
            continue
        if report.kind == "ended":
            return report.date
        # A denial soon after, by somebody else, is another opinion; later, or by who said so, it is news.
        news = _earliest(report.date) - last > datetime.timedelta(PERIOD) or all(
            _source(report) == _source(other) for other in reversed(said) if _same_period(report, other)
        )
        if standing and not report.background and (kind == "ended" or news):
            return report.date
    return None


def _contested(said: Sequence[Report], against: Sequence[Report]) -> str | None:
    """The last date on which a source denied what another said in the same period, if nobody said so later."""
    last = max((_earliest(r.date) for r in said if r.date is not None and not r.background), default=None)
    for report in reversed(against):  # the latest first
        if report.date is None or last is None:
            return None
        if last > _latest(report.date) + datetime.timedelta(PERIOD):
            return None
        if any(_same_period(report, other) and _source(report) != _source(other) for other in reversed(said)):
            return report.date
    return None


def _source(report: Report) -> str:
    return f"by {report.attributed_to}" if report.attributed_to else f"in {report.origin}"


def _same_period(one: Report, other: Report) -> bool:
    if one.date is None or other.date is None or one.background or other.background:
        return False
    apart = max(_earliest(one.date), _earliest(other.date)) - min(_latest(one.date), _latest(other.date))
    return apart <= datetime.timedelta(PERIOD)


def _is_stale(last: str, as_of: str) -> bool:
    day, asked = _latest(last), _latest(as_of)
    # By month and day, so that two years are two years whether one of them is a leap year or not.
    return (asked.year - STALE_YEARS, asked.month, asked.day) >= (day.year, day.month, day.day)


@functools.lru_cache(4096)
def _earliest(date: str) -> datetime.date:
    return datetime.date.fromisoformat((date + "-01-01")[:10] if len(date) < 10 else date[:10])


@functools.lru_cache(4096)
def _latest(date: str) -> datetime.date:
    first = _earliest(date)
    if len(date) >= 10:
        return first
    year, month = (first.year + 1, 1) if len(date) < 7 or first.month == 12 else (first.year, first.month + 1)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, 1) - datetime.timedelta(1)
