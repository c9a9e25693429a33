"""Filters -> the conditions of statements. Joined from the constant pieces in this module; every value is bound."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.relations import ontology
from kg.store.filters import Filter
from kg.store.names import fold
from kg.store.private import not_private

__all__ = ["COLUMNS", "Sql", "among", "bounded", "by_sides", "either_end", "sides", "symmetric_ids", "wanted"]

COLUMNS = {"actor": ("a.source", "a.target"), "state": ("a.source_state", "a.target_state")}


class Sql:
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


def sides(where: Filter) -> tuple[bool, ...]:
    """Whether the ends need be looked for as they stand only, or the other way round as well."""
    if where.sources is None and where.targets is None:
        return (False,)
    if where.relations is not None and not set(where.relations) & set(symmetric_ids()):
        return (False,)
    return (False, True)


def wanted(sql: Sql, where: Filter) -> None:
    """The assertions `a` that the filter asks for, each side found by an index of its own."""
    both = sides(where)
    if len(both) == 1:
        _conditions(sql, where, swapped=False)
        return
    sql.add("a.pk IN (SELECT a.pk FROM assertions a WHERE")
    _conditions(sql, where, swapped=False)
    sql.add("UNION ALL SELECT a.pk FROM assertions a WHERE")
    _conditions(sql, where, swapped=True)
    sql.add(")")


def by_sides(sql: Sql, select: str, where: Filter) -> None:
    """What is selected of the assertions `a` that the filter asks for, each once: a statement for each side."""
    for n, swapped in enumerate(sides(where)):
        sql.add("UNION ALL" if n else "", select, "FROM assertions a WHERE")
        _conditions(sql, where, swapped=swapped)


def _conditions(sql: Sql, where: Filter, *, swapped: bool) -> None:
    source, target = COLUMNS[where.level]
    sql.add("TRUE")
    if where.level == "state":
        never = tuple(r.id for r in ontology().family("structure"))
        if where.relations is None or set(where.relations) & set(never):
            structure, names = among("a.relation", never)
            sql.add("AND NOT", structure, values=names)
        # Rows of `actors` may differ and still be the same actor, seldom enough to be looked at last.
        sql.add("AND (SELECT id FROM actors WHERE pk =", source, ")")
        sql.add("<> (SELECT id FROM actors WHERE pk =", target, ")")
    either_end(sql, where, source, target, swapped=swapped, ids=False)
    bounded(sql, where)


def bounded(sql: Sql, where: Filter) -> None:
    """What the filter asks of an assertion beside its triple."""
    source, target = COLUMNS[where.level]
    if where.status is not None:
        condition, values = among("a.status", where.status)
        sql.add("AND", condition, values=values)
    if where.polarity is not None:
        sql.add("AND a.polarity = ?", values=[where.polarity])
    if where.since is not None:
        # Compared as exactly as the less exact of the two dates.
        date = "coalesce(a.date, a.day)"
        sql.add("AND", date, ">= substr(CAST(? AS TEXT), 1, length(", date, "))", values=[where.since])
    if where.until is not None:
        sql.add(
            "AND substr(coalesce(a.date, a.day), 1, length(CAST(? AS TEXT))) <= ?", values=[where.until, where.until]
        )
    if where.min_confidence is not None:
        sql.add("AND a.confidence >= ?", values=[where.min_confidence])
    if where.reviewed:
        sql.add("AND a.reviewed = 1")
    if where.official:
        sql.add("AND (SELECT sector IS NULL OR sector IN ('government', 'military', 'intelligence')")
        sql.add("FROM actors WHERE pk = a.source)")
    if where.as_of is not None:
        sql.add("AND substr(a.day, 1, length(CAST(? AS TEXT))) <= ?", values=[where.as_of, where.as_of])
    for column, asked in (("a.about", where.about), ("a.against", where.against)):
        if asked is not None:
            named, them = among("value", asked)
            sql.add("AND EXISTS (SELECT 1 FROM json_each(", column, ") WHERE", named, ")", values=them)
    if where.according_to is not None:
        _said_by(sql, where.according_to)
    if not where.private_people:
        sql.add("AND", not_private(source, target))
    if where.document is not None:
        sql.add("AND a.document = (SELECT pk FROM documents WHERE id = ?)", values=[where.document])


def _said_by(sql: Sql, names: Sequence[str]) -> None:
    folded = sorted({fold(name) for name in names})
    # A publisher is not kept in the form in which names are compared, but for the article and accents it is the same.
    lower = {name.casefold() for name in names} | {*folded, *(f"the {name}" for name in folded)}
    publishers = sorted({*names, *lower})  # lower() of a database may know English letters only
    outlet, values = among("outlet", folded)
    retold, more = among("lower(original_publisher)", publishers)
    sql.add("AND (a.document IN (SELECT pk FROM documents WHERE", outlet, "OR", retold, values=[*values, *more])
    retold, more = among("original_publisher", publishers)
    sql.add("OR", retold, ")", values=more)
    named, values = among("a.attributed_to", names)
    sql.add("OR", named, ")", values=values)


def either_end(sql: Sql, where: Filter, source: str, target: str, *, swapped: bool, ids: bool) -> None:
    """The conditions on relation and ends; swapped ones hold for what the others leave of symmetric relations."""
    relation = "relation" if ids else "a.relation"
    relations = where.relations
    if swapped:
        relations = tuple(r for r in symmetric_ids() if where.relations is None or r in where.relations)
    if relations is not None:
        condition, values = among(relation, relations)
        sql.add("AND", condition, values=values)
    ends = [(source, where.sources), (target, where.targets)]
    if swapped:
        sql.add("AND NOT (TRUE")
        _these(sql, ends, ids=ids)
        sql.add(")")
        ends = [(target, where.sources), (source, where.targets)]
    _these(sql, ends, ids=ids)


def _these(sql: Sql, sides: list[tuple[str, Sequence[str] | None]], *, ids: bool) -> None:
    for column, asked in sides:
        if asked is None:
            continue
        if ids:
            condition, values = among(column, asked)
            sql.add("AND", condition, values=values)
        else:
            condition, values = among("id", asked)
            sql.add("AND", column, "IN (SELECT pk FROM actors WHERE", condition, ")", values=values)


def among(column: str, ids: Sequence[str]) -> tuple[str, list[Any]]:
    """The condition that a column holds one of these values, and what to bind."""
    if len(ids) == 1:
        return column + " = ?", [ids[0]]
    return " ".join((column, "IN (SELECT value FROM json_each(?))")), [json.dumps(list(ids))]


def symmetric_ids() -> tuple[str, ...]:
    """The relations that have no direction."""
    return tuple(relation.id for relation in ontology().relations.values() if relation.symmetric)
