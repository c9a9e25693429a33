"""Filters -> SQL. Statements are joined from constant pieces; every value is bound."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from kg.model import FAMILIES
from kg.relations import ontology
from kg.store.conditions import COLUMNS, Sql, among, by_sides, either_end, sides, symmetric_ids, wanted
from kg.store.filters import Filter, Order
from kg.store.orders import ordered
from kg.store.private import may_harm, private_edge
from kg.store.reports import Count
from kg.store.rows import REPORT_COLUMNS

__all__ = [
    "dated",
    "documents_by_year",
    "grouped_edges",
    "grouped_outlets",
    "joined_pairs",
    "kept_edges",
    "select_assertions",
    "select_reports",
    "tallied",
]

_BEST_BACKED = "originals DESC, last DESC NULLS LAST, documents DESC, actual DESC, source, relation, target"
_BY_KEY = "ORDER BY source, relation, target"

_OF_KIND: dict[Count, str] = {
    "actual": "a.polarity = 'affirmed' AND a.status = 'actual'",
    "planned": "a.polarity = 'affirmed' AND a.status = 'planned'",
    "alleged": "a.polarity = 'affirmed' AND a.status = 'alleged'",
    "hypothetical": "a.polarity = 'affirmed' AND a.status = 'hypothetical'",
    "ended": "a.polarity = 'affirmed' AND a.status = 'ended'",
    "negated": "a.polarity = 'negated'",
}


def select_assertions(
    where: Filter, columns: str, *, order: Order = "best", limit: int | None = None
) -> tuple[str, list[Any]]:
    """The given columns of the assertions that the filter asks for."""
    sql = Sql()
    names = ", ".join("a." + column for column in columns.split(", "))
    sql.add("SELECT", names, "FROM assertions a WHERE")
    wanted(sql, where)
    sql.add(ordered(order))
    if limit is not None:
        sql.add("LIMIT ?", values=[limit])
    return sql.statement


def grouped_edges(where: Filter, *, having: Count | None, limit: int | None) -> tuple[str, list[Any]]:
    """Edges counted from the assertions that the filter asks for, as rows of `edges_from_rows`."""
    source, target = COLUMNS[where.level]
    symmetric, names = among("a.relation", symmetric_ids())
    sql = Sql()
    sql.add("SELECT ? AS level, CASE WHEN", symmetric, values=[where.level, *names])
    sql.add("AND t.id < s.id THEN t.id ELSE s.id END AS source, a.relation AS relation, CASE WHEN", symmetric)
    sql.add("AND t.id < s.id THEN s.id ELSE t.id END AS target,", values=names)
    sql.add(
        """
        count(CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN 1 END) AS actual,
        count(CASE WHEN a.polarity = 'affirmed' AND a.status = 'planned' THEN 1 END) AS planned,
        count(CASE WHEN a.polarity = 'affirmed' AND a.status = 'alleged' THEN 1 END) AS alleged,
        count(CASE WHEN a.polarity = 'affirmed' AND a.status = 'hypothetical' THEN 1 END) AS hypothetical,
        count(CASE WHEN a.polarity = 'affirmed' AND a.status = 'ended' THEN 1 END) AS ended,
        count(CASE WHEN a.polarity = 'negated' THEN 1 END) AS negated,
        count(DISTINCT CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN d.pk END) AS documents,
        count(DISTINCT CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN d.origin END) AS originals,
        count(DISTINCT CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN d.outlet END) AS outlets,
        min(CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' AND a.background = 0
            THEN coalesce(a.date, a.day) END) AS first,
        max(CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' AND a.background = 0
            THEN coalesce(a.date, a.day) END) AS last
        FROM assertions a JOIN documents d ON d.pk = a.document
        """
    )
    sql.add("JOIN actors s ON s.pk =", source, "JOIN actors t ON t.pk =", target)
    sql.add("WHERE s.id <> t.id AND")
    wanted(sql, where)
    # By number: the output names are also names of columns of the tables joined.
    sql.add("GROUP BY 2, 3, 4 HAVING count(CASE WHEN", _OF_KIND[having] if having else "TRUE", "THEN 1 END) > 0")
    if where.min_originals is not None:
        told = _OF_KIND[having or "actual"]
        sql.add("AND count(DISTINCT CASE WHEN", told, "THEN d.origin END) >= ?", values=[where.min_originals])
    _rank(sql, having, limit)
    return sql.statement


def grouped_outlets(where: Filter) -> tuple[str, list[Any]]:
    """Source, relation, target, outlet, and how many of its documents state such a fact that the filter asks for."""
    source, target = COLUMNS[where.level]
    symmetric, names = among("a.relation", symmetric_ids())
    sql = Sql()
    sql.add("SELECT CASE WHEN", symmetric, "AND t.id < s.id THEN t.id ELSE s.id END, a.relation,", values=names)
    sql.add("CASE WHEN", symmetric, "AND t.id < s.id THEN s.id ELSE t.id END,", values=names)
    sql.add("d.outlet, count(DISTINCT d.pk) FROM assertions a JOIN documents d ON d.pk = a.document")
    sql.add("JOIN actors s ON s.pk =", source, "JOIN actors t ON t.pk =", target, "WHERE s.id <> t.id")
    sql.add("AND d.outlet IS NOT NULL AND a.polarity = 'affirmed' AND a.status = 'actual' AND")
    wanted(sql, where)
    sql.add("GROUP BY 1, 2, 3, 4")
    return sql.statement


def tallied(where: Filter) -> tuple[str, list[Any]]:
    """Document, origin, outlet, date, polarity, status and background of the assertions that the filter asks for."""
    sql = Sql()
    sql.add("SELECT d.pk, d.origin, d.outlet, coalesce(a.date, a.day), a.polarity, a.status, a.background")
    sql.add("FROM assertions a JOIN documents d ON d.pk = a.document WHERE")
    wanted(sql, where)
    return sql.statement


def dated(where: Filter) -> tuple[str, list[Any]]:
    """The first and the last date of the facts that the filter asks for, background left out."""
    sql = Sql()
    sql.add("SELECT min(coalesce(a.date, a.day)), max(coalesce(a.date, a.day)) FROM assertions a")
    sql.add("WHERE a.polarity = 'affirmed' AND a.status = 'actual' AND a.background = 0 AND")
    wanted(sql, where)
    return sql.statement


def select_reports(where: Filter) -> tuple[str, list[Any]]:
    """What the assertions that the filter asks for say, as rows of `report_from_row`."""
    source, target = COLUMNS[where.level]
    symmetric, names = among("a.relation", symmetric_ids())
    sql = Sql()
    sql.add("SELECT CASE WHEN", symmetric, "AND t.id < s.id THEN t.id ELSE s.id END, a.relation,", values=names)
    sql.add("CASE WHEN", symmetric, "AND t.id < s.id THEN s.id ELSE t.id END,", values=names)
    sql.add(REPORT_COLUMNS, "FROM assertions a JOIN documents d ON d.pk = a.document")
    sql.add("JOIN actors s ON s.pk =", source, "JOIN actors t ON t.pk =", target, "WHERE s.id <> t.id AND")
    wanted(sql, where)
    return sql.statement


def documents_by_year(wanted: Sequence[Filter]) -> tuple[str, list[Any]]:
    """Year, family and documents of the dated facts that one of the filters asks for, background left out."""
    sql = Sql()
    sql.add("SELECT substr(date, 1, 4), CASE")
    for family in FAMILIES:
        condition, values = among("relation", [card.id for card in ontology().family(family)])
        sql.add("WHEN", condition, "THEN ?", values=[*values, family])
    sql.add("END, count(DISTINCT document) FROM (")
    for n, where in enumerate(wanted):
        facts = dataclasses.replace(where, polarity="affirmed", status=("actual",))
        sql.add("UNION ALL" if n else "")
        by_sides(sql, "SELECT coalesce(a.date, a.day) AS date, a.relation, a.document, a.background", facts)
    # By number: PostgreSQL would take the name for that of the whole date.
    sql.add(") e WHERE background = 0 AND date IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2")
    return sql.statement


def kept_edges(where: Filter, *, having: Count | None, limit: int | None) -> tuple[str, list[Any]]:
    """Edges as the store keeps them, as rows of `edges_from_rows`."""
    sql = Sql()
    sql.add(
        "SELECT level, source, relation, target, actual, planned, alleged, hypothetical, ended, negated, documents,"
    )
    sql.add("originals, outlets, first, last FROM (")
    for n, swapped in enumerate(sides(where)):
        sql.add("UNION ALL" if n else "", "SELECT * FROM edges WHERE level = ?", values=[where.level])
        if having is not None:
            sql.add("AND", having, "> 0")
        if where.min_originals is not None:
            sql.add("AND originals >= ?", values=[where.min_originals])
        if not where.private_people and may_harm(where.relations, having):
            sql.add("AND NOT", private_edge(having, whole=where.sources is None and where.targets is None))
        either_end(sql, where, "source", "target", swapped=swapped, ids=True)
    sql.add(") e")
    _rank(sql, having, limit)
    return sql.statement


def joined_pairs(where: Filter) -> tuple[str, list[Any]]:
    """Source, target and originals of the best backed edge of each pair that is joined by a fact."""
    sql = Sql()
    # By itself first: else the order that grouping wants decides by which index the edges are looked for.
    sql.add("WITH e AS MATERIALIZED (")
    for n, swapped in enumerate(sides(where)):
        sql.add("UNION ALL" if n else "", "SELECT source, target, originals FROM edges")
        sql.add("WHERE level = ? AND actual > 0", values=[where.level])
        if where.min_originals is not None:
            sql.add("AND originals >= ?", values=[where.min_originals])
        if not where.private_people and may_harm(where.relations, "actual"):
            sql.add("AND NOT", private_edge("actual", whole=where.sources is None and where.targets is None))
        either_end(sql, where, "source", "target", swapped=swapped, ids=True)
    sql.add(") SELECT source, target, max(originals) FROM e GROUP BY source, target ORDER BY source, target")
    return sql.statement


def _rank(sql: Sql, having: Count | None, limit: int | None) -> None:
    if limit is None:
        sql.add(_BY_KEY)
    else:
        # The figures of an edge speak of facts: of another kind, the most often asserted.
        often = "" if having in (None, "actual") else " ".join((having, "DESC,"))
        sql.add("ORDER BY", often, _BEST_BACKED, "LIMIT ?", values=[limit])
