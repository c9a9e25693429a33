"""The figures and the verdict of a row, from as few of its reports as decide them.

A triple that is often in the news has thousands of reports, of which the last decide. What is found here is what
`kg.queries.verdict` says of all of them.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable

from kg.model import Edge, Status
from kg.queries.verdict import PERIOD, Figures, Verdict, bears_since, figures, verdict
from kg.relations import ontology
from kg.store import Count, Filter, Report, Store

__all__ = ["judged"]


def judged(store: Store, kind: Count, edge: Edge, ends: Filter, as_of: str | None) -> tuple[Figures, Verdict]:
    """The figures and the verdict of what is said of a triple, from as few of its reports as decide it."""
    standing = ontology()[edge.relation].standing
    every = dataclasses.replace(ends, status=None, polarity=None)
    if kind != "actual":
        reports = tuple(store.reports(ends))
        told = figures(reports, kind)
        if told.last is not None:
            reports += _against(store, kind, edge, every, told.last)
    else:
        told = Figures(
            assertions=edge.actual,
            documents=edge.documents,
            originals=edge.originals,
            outlets=edge.outlets,
            first=edge.first,
            last=edge.last,
        )
        reports = ()
        if edge.last is not None:
            since = max(bears_since(edge.last), every.since or "")
            reports = tuple(store.reports(dataclasses.replace(every, since=since)))
        if not _decisive(reports):
            reports = tuple(store.reports(every))
    found = verdict(reports, kind, standing=standing, as_of=as_of)
    assert found is not None, "the edge counts an assertion of that kind"
    return told, found


def _against(store: Store, kind: Count, edge: Edge, every: Filter, last: str) -> tuple[Report, ...]:
    """What bears on a kind that is no fact and was last reported then: facts, else denials."""
    since = max(bears_since(last), every.since or "")
    if kind not in ("ended", "negated"):
        status: dict[Count, tuple[Status, ...]] = {
            "planned": ("planned",),
            "alleged": ("alleged", "actual"),
            "hypothetical": ("hypothetical",),
        }
        denied = dataclasses.replace(every, since=since, polarity="negated", status=status[kind])
        return tuple(store.reports(denied)) if edge.negated else ()
    facts = dataclasses.replace(every, since=since, polarity="affirmed", status=("actual",))
    if not edge.actual or (edge.last is not None and edge.last < since[: len(edge.last)]):
        return ()
    # Any fact of a later period decides, and one comes soon where facts are many.
    if len(last) == 10:
        day = datetime.date.fromisoformat(last)
        soon = (day + datetime.timedelta(2 * PERIOD)).isoformat()
        found = tuple(store.reports(dataclasses.replace(facts, until=min(soon, every.until or soon))))
        period_later = (day + datetime.timedelta(PERIOD)).isoformat()
        if all(report.date is not None and len(report.date) == 10 for report in found) and any(
            (report.date or "") > period_later and not report.background for report in found
        ):
            return found
    return tuple(store.reports(facts))


def _decisive(reports: Iterable[Report]) -> bool:
    """Whether the reports that bear on the last ones are all that is needed: see `bears_since`."""
    facts = [report for report in reports if report.kind == "actual"]
    others = (report.date for report in reports if report.kind != "actual" and report.date is not None)
    return any(report.voice in ("outlet", "third party") for report in facts) and all(
        len(date) == 10 for date in others
    )
