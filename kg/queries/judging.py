"""The figures and the verdict of rows, from as few of their reports as decide them.

A triple that is often in the news has thousands of reports, of which the last decide. What is found here is what
`kg.queries.verdict` says of all of them. Rows are judged together: what one needs of the store is asked for with
what all others need, so that however many they are the store is asked a few times.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Generator, Iterable, Sequence
from typing import TypeAlias

from kg.model import Edge, Status
from kg.queries.verdict import PERIOD, Figures, Verdict, bears_since, only_parties, verdict
from kg.relations import ontology
from kg.store import Count, Filter, Report, Store, Sums

__all__ = ["Judged", "judged"]

Judged: TypeAlias = tuple[Figures, Verdict]

_Asking: TypeAlias = Generator[Filter, Sequence[Report], Judged]
"""What a row asks for, one filter after another, each answered by its reports."""


def judged(store: Store, rows: Iterable[tuple[Count, Edge, Filter]], as_of: str | None) -> list[Judged]:
    """The figures and the verdict of each row, a kind of an edge; the filter asks for its assertions of that kind."""
    rows = list(rows)
    sums = iter(store.sums_of([where for kind, _, where in rows if kind != "actual"]))
    asking = [
        _fact(edge, where, as_of) if kind == "actual" else _told(kind, edge, where, as_of, next(sums))
        for kind, edge, where in rows
    ]
    found: dict[int, Judged] = {}
    waiting: dict[int, Filter] = {}

    def answered(n: int, reports: Sequence[Report] | None) -> None:
        try:
            waiting[n] = next(asking[n]) if reports is None else asking[n].send(reports)
        except StopIteration as end:
            found[n] = end.value

    for n in range(len(asking)):
        answered(n, None)
    while waiting:
        wanted, waiting = waiting, {}
        for n, reports in zip(wanted, store.reports_of(list(wanted.values())), strict=True):
            answered(n, reports)
    return [found[n] for n in range(len(asking))]


def _fact(edge: Edge, ends: Filter, as_of: str | None) -> _Asking:
    reports: Sequence[Report] = ()
    bearing = dataclasses.replace(ends, status=("actual", "ended"), polarity=None)
    if edge.last is not None:
        since = max(bears_since(edge.last), ends.since or "")
        reports = yield dataclasses.replace(bearing, since=since)
    if not _decisive(reports):
        reports = yield bearing
    found = verdict(reports, standing=ontology()[edge.relation].standing, as_of=as_of)
    assert found is not None, "the edge counts a fact"
    told = Figures(
        assertions=edge.actual,
        documents=edge.documents,
        originals=edge.originals,
        outlets=edge.outlets,
        first=edge.first,
        last=edge.last,
    )
    return told, found


def _told(kind: Count, edge: Edge, ends: Filter, as_of: str | None, sums: Sums) -> _Asking:
    """Of what is no fact: its figures are counted by the store, and only what is contested or reversed is read."""
    told = Figures(*sums[:6])
    against = () if told.last is None else (yield from _against(kind, edge, ends, told.last))
    if told.last is None or not against:
        by = only_parties(sums.voices)
        return told, Verdict(kind="claimed" if by else "reported", by=by)
    said = yield dataclasses.replace(ends, since=max(bears_since(told.last), ends.since or ""))
    standing = ontology()[edge.relation].standing
    found = verdict([*said, *against], kind, standing=standing, as_of=as_of, voices=sums.voices)
    assert found is not None, "the last report is among them"
    return told, found


def _against(kind: Count, edge: Edge, ends: Filter, last: str) -> Generator[Filter, Sequence[Report], Sequence[Report]]:
    """What bears on a kind that is no fact and was last reported then: facts, else denials."""
    since = max(bears_since(last, periods=1), ends.since or "")
    if kind not in ("ended", "negated"):
        status: dict[Count, tuple[Status, ...]] = {
            "planned": ("planned",),
            "alleged": ("alleged", "actual"),
            "hypothetical": ("hypothetical",),
        }
        if not edge.negated:
            return ()
        return (yield dataclasses.replace(ends, since=since, polarity="negated", status=status[kind]))
    facts = dataclasses.replace(ends, since=since, polarity="affirmed", status=("actual",))
    if not edge.actual or (edge.last is not None and edge.last < since[: len(edge.last)]):
        return ()
    # Any fact of a later period decides, and one comes soon where facts are many.
    if len(last) == 10:
        day = datetime.date.fromisoformat(last)
        soon = (day + datetime.timedelta(2 * PERIOD)).isoformat()
        found = yield dataclasses.replace(facts, until=min(soon, ends.until or soon))
        if edge.last is not None and edge.last <= soon[: len(edge.last)]:
            return found
        period_later = (day + datetime.timedelta(PERIOD)).isoformat()
        if all(report.date is not None and len(report.date) == 10 for report in found) and any(
            (report.date or "") > period_later and not report.background for report in found
        ):
            return found
    return (yield facts)


def _decisive(reports: Iterable[Report]) -> bool:
    """Whether the reports that bear on the last ones are all that is needed: see `bears_since`."""
    facts = [report for report in reports if report.kind == "actual"]
    others = (report.date for report in reports if report.kind != "actual" and report.date is not None)
    return any(report.voice in ("outlet", "third party") for report in facts) and all(
        len(date) == 10 for date in others
    )
