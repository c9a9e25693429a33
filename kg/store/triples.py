"""What is asked of many triples at once: a few statements for all of them, however many they are.

The triples asked about are a table of values, joined with the assertions by their indexes.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from kg.model import Polarity, Status
from kg.relations import ontology
from kg.store.conditions import COLUMNS, Sql, bounded
from kg.store.database import Database
from kg.store.filters import Filter
from kg.store.orders import ordered
from kg.store.reports import Report, Sums
from kg.store.rows import REPORT_COLUMNS, listed, report_from_row

__all__ = ["best_of", "is_one", "reports_of", "sums_of"]

_POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
_STATUSES: tuple[Status, ...] = get_args(Status)

_MOST = 1000  # rows of values in one statement: a database takes some thousand values


def is_one(where: Filter) -> bool:
    """Whether the filter names one source, one relation and one target."""
    return all(wanted is not None and len(wanted) == 1 for wanted in (where.sources, where.relations, where.targets))


def reports_of(db: Database, wheres: Sequence[Filter]) -> list[list[Report]]:
    """What the assertions of each filter say, in no order; each names one source, one relation and one target."""
    found: list[list[Report]] = [[] for _ in wheres]
    for asked in _alike(db, wheres, by_kind=False):
        for rows in asked.chunks():
            sql = asked.beginning(rows)
            sql.add("SELECT w.n,", REPORT_COLUMNS, "FROM w CROSS JOIN assertions a CROSS JOIN documents d WHERE")
            asked.matching(sql)
            sql.add("AND d.pk = a.document")
            for n, *report in db.rows(*sql.statement):
                found[n].append(report_from_row((*asked.triples[n], *report)))
    return found


def sums_of(db: Database, wheres: Sequence[Filter]) -> list[Sums]:
    """What the reports of each filter come to; each names one source, one relation and one target.

    They are counted here: a database sorts all of them first, once for each column that it counts apart.
    """
    found: list[list[Sequence[Any]]] = [[] for _ in wheres]
    for asked in _alike(db, wheres, by_kind=False):
        for rows in asked.chunks():
            sql = asked.beginning(rows)
            sql.add("SELECT a.document, d.origin, d.outlet, a.voice, CASE WHEN a.background = 0 THEN")
            sql.add("coalesce(a.date, a.day) END, w.n FROM w CROSS JOIN assertions a CROSS JOIN documents d WHERE")
            asked.matching(sql)
            sql.add("AND d.pk = a.document")
            for row in db.rows(*sql.statement):
                found[row[-1]].append(row)
    return [_sums(rows) for rows in found]


def _sums(rows: Sequence[Sequence[Any]]) -> Sums:
    if not rows:
        return Sums(0, 0, 0, 0, None, None, frozenset())
    documents, origins, outlets, voices, dates, _ = map(set, zip(*rows, strict=True))
    outlets.discard(None)
    dates.discard(None)
    first, last = min(dates, default=None), max(dates, default=None)
    return Sums(len(rows), len(documents), len(origins), len(outlets), first, last, frozenset(voices))


def best_of(db: Database, wheres: Sequence[Filter], limit: int) -> list[list[Report]]:
    """As `reports_of`, of each the best in the order "best"; an index has nearly that order."""
    found: list[list[tuple[Any, Report]]] = [[] for _ in wheres]
    for asked in _alike(db, wheres, by_kind=True):
        for rows in asked.chunks():
            sql = asked.beginning(rows)
            sql.add("SELECT g.n,", REPORT_COLUMNS, ", a.day, a.seq FROM (SELECT w.n AS n,")
            sql.add("(SELECT json_group_array(b.pk) FROM (SELECT a.pk FROM assertions a WHERE")
            asked.matching(sql)
            sql.add(ordered("best"), "LIMIT ?", values=[limit])
            sql.add(") b) AS best FROM w) g CROSS JOIN json_each(g.best) CROSS JOIN assertions a")
            sql.add("CROSS JOIN documents d WHERE a.pk = CAST(value AS BIGINT) AND d.pk = a.document")
            for n, *columns, day, seq in db.rows(*sql.statement):
                report = report_from_row((*asked.triples[n], *columns))
                found[n].append(((day or "", report.document, seq), report))
    return [[report for _, report in _ranked(some)[:limit]] for some in found]


def _ranked(found: list[tuple[Any, Report]]) -> list[tuple[Any, Report]]:
    """By grade and day, the highest first, then by document and place."""
    found.sort(key=lambda item: item[0][1:])
    return sorted(found, key=lambda item: (item[1].grade, item[0][0]), reverse=True)  # keeps the order of equals


class _Alike:
    """Filters that differ in their triples, dates and kinds only: by number the triple as an edge holds it, and rows.

    A row is number, source, relation, target, since and until, then polarity and status where the filters ask for some.
    """

    def __init__(self, where: Filter, by_kind: bool) -> None:
        self.where = where
        self.by_kind = by_kind
        self.triples: dict[int, tuple[str, str, str]] = {}
        self.rows: list[tuple[Any, ...]] = []

    def chunks(self) -> Iterator[list[tuple[Any, ...]]]:
        """The rows, some at a time, those of one filter together."""
        chunk: list[tuple[Any, ...]] = []
        for _, rows in itertools.groupby(self.rows, key=lambda row: row[0]):
            chunk += rows
            if len(chunk) >= _MOST:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def beginning(self, rows: Sequence[Sequence[Any]]) -> Sql:
        sql = Sql()
        row = "(?, ?, ?, ?, ?, ?, ?, ?)" if self.by_kind else "(?, ?, ?, ?, ?, ?)"
        sql.add("WITH w (n, s, r, t, since, until", ", p, x) AS (" if self.by_kind else ") AS (")
        sql.add("VALUES", ", ".join([row] * len(rows)), ")", values=[*itertools.chain.from_iterable(rows)])
        return sql

    def matching(self, sql: Sql) -> None:
        """The conditions on the assertion `a` that belongs to a row of `w`."""
        source, target = COLUMNS[self.where.level]
        sql.add(source, "= w.s AND a.relation = w.r AND", target, "= w.t")
        if self.by_kind:
            sql.add("AND a.polarity = w.p AND a.status = w.x")
        # Compared as exactly as the less exact of the two dates.
        date = "coalesce(a.date, a.day)"
        sql.add("AND (w.since = '' OR", date, ">= substr(w.since, 1, length(", date, ")))")
        sql.add("AND (w.until = '' OR substr(", date, ", 1, length(w.until)) <= w.until)")
        bounded(sql, self.where)


def _alike(db: Database, wheres: Sequence[Filter], *, by_kind: bool) -> list[_Alike]:
    """The filters in as few groups as differ in more than statements can tell by row; `by_kind` each by its kinds."""
    groups: list[_Alike] = []
    pks = _rows_of_actors(db, wheres)
    for n, where in enumerate(wheres):
        (source,), (relation,), (target,) = where.sources or (), where.relations or (), where.targets or ()
        card = ontology().relations.get(relation)
        if source == target or card is None or (where.level == "state" and card.family == "structure"):
            continue  # which no edge is
        kinds = by_kind or not (where.status is None and where.polarity is None)
        shared = dataclasses.replace(
            where, sources=None, relations=None, targets=None, status=None, polarity=None, since=None, until=None
        )
        group = next((one for one in groups if one.by_kind is kinds and one.where == shared), None)
        if group is None:
            groups.append(group := _Alike(shared, kinds))
        turned = card.symmetric and target < source
        group.triples[n] = (target, relation, source) if turned else (source, relation, target)
        ends = list(itertools.product(pks[source], pks[target]))
        polarities = _POLARITIES if where.polarity is None else (where.polarity,)
        said = itertools.product(polarities, where.status or _STATUSES) if kinds else [()]
        for (s, t), kind in itertools.product(ends + [(t, s) for s, t in ends] if card.symmetric else ends, said):
            group.rows.append((n, s, relation, t, where.since or "", where.until or "", *kind))
    return groups


def _rows_of_actors(db: Database, wheres: Sequence[Filter]) -> dict[str, list[int]]:
    ids = listed(id for where in wheres for ends in (where.sources, where.targets) for id in ends or ())
    found: dict[str, list[int]] = defaultdict(list)
    for pk, id in db.rows("SELECT pk, id FROM actors WHERE id IN (SELECT value FROM json_each(?))", (ids,)):
        found[id].append(pk)
    return found
