"""Filters -> SQL. Statements are joined from the constant pieces in this module; every value is bound."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.relations import ontology
from kg.store.names import fold
from kg.store.orders import ordered
from kg.store.private import not_private, private_edge
from kg.store.protocol import Filter, Order
from kg.store.reports import Count

__all__ = ["dated", "grouped_edges", "joined_pairs", "kept_edges", "select_assertions", "select_reports", "tallied"]

_BEST_BACKED = "originals DESC, coalesce(last, '') DESC, documents DESC, actual DESC, source, relation, target"
_BY_KEY = "ORDER BY source, relation, target"

_OF_KIND: dict[Count, str] = {
    "actual": "a.polarity = 'affirmed' AND a.status = 'actual'",
    "planned": "a.polarity = 'affirmed' AND a.status = 'planned'",
    "alleged": "a.polarity = 'affirmed' AND a.status = 'alleged'",
    "hypothetical": "a.polarity = 'affirmed' AND a.status = 'hypothetical'",
    "ended": "a.polarity = 'affirmed' AND a.status = 'ended'",
    "negated": "a.polarity = 'negated'",
}

_COLUMNS = {"actor": ("a.source", "a.target"), "state": ("a.source_state", "a.target_state")}


class _Sql:
    """A statement being joined, with the values bound so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, *parts: str, values: Sequence[Any] = ()) -> None:
        self.parts.extend(parts)
        self.values.extend(values)

    @property
    def statement(self) -> tuple[str, list[Any]]:
        return " ".join(self.parts), self.values


def select_assertions(
    where: Filter, columns: str, *, order: Order = "best", limit: int | None = None
) -> tuple[str, list[Any]]:
    """The given columns of the assertions that the filter asks for."""
    sql = _Sql()
    names = ", ".join("a." + column for column in columns.split(", "))
    sql.add("SELECT", names, "FROM assertions a WHERE")
    _wanted(sql, where)
    sql.add(ordered(order))
    if limit is not None:
        sql.add("LIMIT ?", values=[limit])
    return sql.statement


def grouped_edges(where: Filter, *, having: Count | None, limit: int | None) -> tuple[str, list[Any]]:
    """Edges counted from the assertions that the filter asks for, as rows of `edge_from_row`."""
    source, target = _COLUMNS[where.level]
    symmetric, names = _among("a.relation", _symmetric())
    sql = _Sql()
    sql.add("SELECT ? AS level, CASE WHEN", symmetric, values=[where.level, *names])
    sql.add("AND t.id < s.id THEN t.id ELSE s.id END AS source, a.relation AS relation, CASE WHEN", symmetric)
    sql.add("AND t.id < s.id THEN s.id ELSE t.id END AS target,", values=names)
    sql.add(
        """
        sum(a.polarity = 'affirmed' AND a.status = 'actual') AS actual,
        sum(a.polarity = 'affirmed' AND a.status = 'planned') AS planned,
        sum(a.polarity = 'affirmed' AND a.status = 'alleged') AS alleged,
        sum(a.polarity = 'affirmed' AND a.status = 'hypothetical') AS hypothetical,
        sum(a.polarity = 'affirmed' AND a.status = 'ended') AS ended,
        sum(a.polarity = 'negated') AS negated,
        count(DISTINCT CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN d.pk END) AS documents,
        count(DISTINCT CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN d.origin END) AS originals,
        count(DISTINCT CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' THEN d.outlet END),
        min(CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' AND NOT a.background
            THEN coalesce(a.date, a.day) END),
        max(CASE WHEN a.polarity = 'affirmed' AND a.status = 'actual' AND NOT a.background
            THEN coalesce(a.date, a.day) END) AS last
        FROM assertions a JOIN documents d ON d.pk = a.document
        """
    )
    sql.add("JOIN actors s ON s.pk =", source, "JOIN actors t ON t.pk =", target)
    sql.add("WHERE s.id <> t.id AND")
    _wanted(sql, where)
    # By number: the output names are also names of columns of the tables joined.
    sql.add("GROUP BY 2, 3, 4 HAVING", having or "1", "> 0")
    if where.min_originals is not None:
        told = _OF_KIND[having or "actual"]
        sql.add("AND count(DISTINCT CASE WHEN", told, "THEN d.origin END) >= ?", values=[where.min_originals])
    _rank(sql, having, limit)
    return sql.statement


def tallied(where: Filter) -> tuple[str, list[Any]]:
    """Document, origin, outlet, date, polarity, status and background of the assertions that the filter asks for."""
    sql = _Sql()
    sql.add("SELECT d.pk, d.origin, d.outlet, coalesce(a.date, a.day), a.polarity, a.status, a.background")
    sql.add("FROM assertions a JOIN documents d ON d.pk = a.document WHERE")
    _wanted(sql, where)
    return sql.statement


def dated(where: Filter) -> tuple[str, list[Any]]:
    """The first and the last date of the facts that the filter asks for, background left out."""
    sql = _Sql()
    sql.add("SELECT min(coalesce(a.date, a.day)), max(coalesce(a.date, a.day)) FROM assertions a")
    sql.add("WHERE a.polarity = 'affirmed' AND a.status = 'actual' AND a.background = 0 AND")
    _wanted(sql, where)
    return sql.statement


def select_reports(where: Filter) -> tuple[str, list[Any]]:
    """What the assertions that the filter asks for say, as rows of `report_from_row`."""
    source, target = _COLUMNS[where.level]
    symmetric, names = _among("a.relation", _symmetric())
    sql = _Sql()
    sql.add("SELECT CASE WHEN", symmetric, "AND t.id < s.id THEN t.id ELSE s.id END, a.relation,", values=names)
    sql.add("CASE WHEN", symmetric, "AND t.id < s.id THEN s.id ELSE t.id END,", values=names)
    sql.add("a.polarity, a.status, a.background, a.voice, a.attributed_to, coalesce(a.date, a.day), d.id, d.origin,")
    sql.add("d.outlet, a.id, a.grade, a.weight FROM assertions a JOIN documents d ON d.pk = a.document")
    sql.add("JOIN actors s ON s.pk =", source, "JOIN actors t ON t.pk =", target, "WHERE s.id <> t.id AND")
    _wanted(sql, where)
    return sql.statement


def kept_edges(where: Filter, *, having: Count | None, limit: int | None) -> tuple[str, list[Any]]:
    """Edges as the store keeps them, as rows of `edge_from_row`."""
    sql = _Sql()
    sql.add(
        "SELECT level, source, relation, target, actual, planned, alleged, hypothetical, ended, negated, documents,"
    )
    sql.add("originals, outlets, first, last FROM (")
    for n, swapped in enumerate(_sides(where)):
        sql.add("UNION ALL" if n else "", "SELECT * FROM edges WHERE level = ?", values=[where.level])
        if having is not None:
            sql.add("AND", having, "> 0")
        if where.min_originals is not None:
            sql.add("AND originals >= ?", values=[where.min_originals])
        if not where.private_people:
            sql.add("AND NOT", private_edge(having))
        _either_end(sql, where, "source", "target", swapped=swapped, ids=True)
    sql.add(") e")
    _rank(sql, having, limit)
    return sql.statement


def joined_pairs(where: Filter) -> tuple[str, list[Any]]:
    """Source, target and originals of the best backed edge of each pair that is joined by a fact."""
    sql = _Sql()
    # By itself first: else the order that grouping wants decides by which index the edges are looked for.
    sql.add("WITH e AS MATERIALIZED (")
    for n, swapped in enumerate(_sides(where)):
        sql.add("UNION ALL" if n else "", "SELECT source, target, originals FROM edges")
        sql.add("WHERE level = ? AND actual > 0", values=[where.level])
        if where.min_originals is not None:
            sql.add("AND originals >= ?", values=[where.min_originals])
        if not where.private_people:
            sql.add("AND NOT", private_edge("actual"))
        _either_end(sql, where, "source", "target", swapped=swapped, ids=True)
    sql.add(") SELECT source, target, max(originals) FROM e GROUP BY source, target ORDER BY source, target")
    return sql.statement


def _rank(sql: _Sql, having: Count | None, limit: int | None) -> None:
    if limit is None:
        sql.add(_BY_KEY)
    else:
        # The figures of an edge speak of facts: of another kind, the most often asserted.
        often = "" if having in (None, "actual") else " ".join((having, "DESC,"))
        sql.add("ORDER BY", often, _BEST_BACKED, "LIMIT ?", values=[limit])


def _sides(where: Filter) -> tuple[bool, ...]:
    """Whether the ends need be looked for as they stand only, or the other way round as well."""
    if where.sources is None and where.targets is None:
        return (False,)
    if where.relations is not None and not set(where.relations) & set(_symmetric()):
        return (False,)
    return (False, True)


def _wanted(sql: _Sql, where: Filter) -> None:
    """The assertions `a` that the filter asks for, each side found by an index of its own."""
    sides = _sides(where)
    if len(sides) == 1:
        _conditions(sql, where, swapped=False)
        return
    sql.add("a.pk IN (SELECT a.pk FROM assertions a WHERE")
    _conditions(sql, where, swapped=False)
    sql.add("UNION ALL SELECT a.pk FROM assertions a WHERE")
    _conditions(sql, where, swapped=True)
    sql.add(")")


def _conditions(sql: _Sql, where: Filter, *, swapped: bool) -> None:
    source, target = _COLUMNS[where.level]
    sql.add("1")
    if where.level == "state":
        structure, names = _among("a.relation", tuple(r.id for r in ontology().family("structure")))
        sql.add("AND NOT", structure, values=names)
        # Rows of `actors` may differ and still be the same actor, seldom enough to be looked at last.
        sql.add("AND (SELECT id FROM actors WHERE pk =", source, ")")
        sql.add("<> (SELECT id FROM actors WHERE pk =", target, ")")
    _either_end(sql, where, source, target, swapped=swapped, ids=False)
    if where.status is not None:
        condition, values = _among("a.status", where.status)
        sql.add("AND", condition, values=values)
    if where.polarity is not None:
        sql.add("AND a.polarity = ?", values=[where.polarity])
    if where.since is not None:
        # Compared as exactly as the less exact of the two dates.
        date = "coalesce(a.date, a.day)"
        sql.add("AND", date, ">= substr(?, 1, length(", date, "))", values=[where.since])
    if where.until is not None:
        sql.add("AND substr(coalesce(a.date, a.day), 1, length(?)) <= ?", values=[where.until, where.until])
    if where.min_confidence is not None:
        sql.add("AND a.confidence >= ?", values=[where.min_confidence])
    if where.reviewed:
        sql.add("AND a.reviewed = 1")
    if where.official:
        sql.add("AND (SELECT sector IS NULL OR sector IN ('government', 'military', 'intelligence')")
        sql.add("FROM actors WHERE pk = a.source)")
    if where.as_of is not None:
        sql.add("AND substr(a.day, 1, length(?)) <= ?", values=[where.as_of, where.as_of])
    for column, asked in (("a.about", where.about), ("a.against", where.against)):
        if asked is not None:
            named, them = _among("value", asked)
            sql.add("AND EXISTS (SELECT 1 FROM json_each(", column, ") WHERE", named, ")", values=them)
    if where.according_to is not None:
        _said_by(sql, where.according_to)
    if not where.private_people:
        sql.add("AND", not_private(source, target))
    if where.document is not None:
        sql.add("AND a.document = (SELECT pk FROM documents WHERE id = ?)", values=[where.document])


def _said_by(sql: _Sql, names: Sequence[str]) -> None:
    folded = sorted({fold(name) for name in names})
    # A publisher is not kept in the form in which names are compared, but for the article and accents it is the same.
    lower = {name.casefold() for name in names} | {*folded, *(f"the {name}" for name in folded)}
    publishers = sorted({*names, *lower})  # lower() of a database may know English letters only
    outlet, values = _among("outlet", folded)
    retold, more = _among("lower(original_publisher)", publishers)
    sql.add("AND (a.document IN (SELECT pk FROM documents WHERE", outlet, "OR", retold, values=[*values, *more])
    retold, more = _among("original_publisher", publishers)
    sql.add("OR", retold, ")", values=more)
    named, values = _among("a.attributed_to", names)
    sql.add("OR", named, ")", values=values)


def _either_end(sql: _Sql, where: Filter, source: str, target: str, *, swapped: bool, ids: bool) -> None:
    """The conditions on relation and ends; swapped ones hold for what the others leave of symmetric relations."""
    relation = "relation" if ids else "a.relation"
    relations = where.relations
    if swapped:
        relations = tuple(r for r in _symmetric() if where.relations is None or r in where.relations)
    if relations is not None:
        condition, values = _among(relation, relations)
        sql.add("AND", condition, values=values)
    sides = [(source, where.sources), (target, where.targets)]
    if swapped:
        sql.add("AND NOT (1")
        _these(sql, sides, ids=ids)
        sql.add(")")
        sides = [(target, where.sources), (source, where.targets)]
    _these(sql, sides, ids=ids)


def _these(sql: _Sql, sides: list[tuple[str, Sequence[str] | None]], *, ids: bool) -> None:
    for column, wanted in sides:
        if wanted is None:
            continue
        if ids:
            condition, values = _among(column, wanted)
            sql.add("AND", condition, values=values)
        else:
            condition, values = _among("id", wanted)
            sql.add("AND", column, "IN (SELECT pk FROM actors WHERE", condition, ")", values=values)


def _among(column: str, wanted: Sequence[str]) -> tuple[str, list[Any]]:
    if len(wanted) == 1:
        return column + " = ?", [wanted[0]]
    return " ".join((column, "IN (SELECT value FROM json_each(?))")), [json.dumps(list(wanted))]


def _symmetric() -> tuple[str, ...]:
    return tuple(relation.id for relation in ontology().relations.values() if relation.symmetric)
