"""The store in a database: all that `kg.store.Store` promises, in SQL that SQLite and PostgreSQL share.

It is not two modules: one class keeps the whole promise of `kg.store.Store`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from kg.model import LEVELS, Actor, Assertion, Document, Edge, Level, Reading, Sentence
from kg.store import rows, triples
from kg.store.filters import Filter, Order
from kg.store.names import fold, standing
from kg.store.reports import Count, Report, Sums
from kg.store.select import (
    documents_by_year,
    grouped_edges,
    joined_pairs,
    kept_edges,
    select_assertions,
    select_reports,
)

if TYPE_CHECKING:
    from types import TracebackType

    from kg.model import Family
    from kg.store.corrections import Corrected, Correction, Lookup
    from kg.store.database import Database
    from kg.store.totals import Coverage, Presence, Stats, Versions, WriteReport

__all__ = ["SqlStore"]

# The fullest description first; the rest only makes the choice the same whatever came first.
_FULLEST = (
    "ORDER BY id, CASE WHEN sector IS NULL THEN 0 ELSE 1 END + CASE WHEN iso3 IS NULL THEN 0 ELSE 1 END DESC, "
    "length(name) DESC, name, kind, sector NULLS FIRST, iso3 NULLS FIRST"
)
_ALL = Filter(level="actor", private_people=True)


class SqlStore:
    """See `kg.store.Store` for what its methods promise."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __repr__(self) -> str:
        return f"SqlStore({self._db.place!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    # -- writing: what an answer does without is loaded here

    def write(
        self,
        readings: Iterable[Reading],
        *,
        aliases: Callable[[str], Sequence[str]] | None = None,
        versions: Versions | None = None,
        lookup: Lookup | None = None,
    ) -> WriteReport:
        from kg.store import changing

        return changing.write(self._db, self, readings, aliases=aliases, versions=versions, lookup=lookup)

    def correct(
        self,
        correction: Correction,
        *,
        lookup: Lookup | None = None,
        aliases: Callable[[str], Sequence[str]] | None = None,
        time: str | None = None,
    ) -> Corrected:
        from kg.store import changing

        return changing.correct(self._db, self, correction, lookup=lookup, aliases=aliases, time=time)

    def undo(
        self,
        number: int,
        *,
        lookup: Lookup | None = None,
        aliases: Callable[[str], Sequence[str]] | None = None,
        time: str | None = None,
    ) -> Corrected:
        from kg.store import changing

        return changing.undo(self._db, self, number, lookup=lookup, aliases=aliases, time=time)

    def remove(self, document: str) -> bool:
        from kg.store import changing

        return changing.remove(self._db, self, document)

    def corrections(self, *, undone: bool = False) -> list[Correction]:
        if not self._db.rows("SELECT 1 FROM corrections LIMIT 1"):
            return []
        from kg.store import correcting

        return correcting.all_of(self._db, undone=undone)

    # -- documents

    def is_current(self, document: Document, versions: Versions | None = None) -> bool:
        read_with = (versions.extractor, versions.model, versions.catalogue) if versions else (None, None, None)
        wanted = (document.digest, *read_with)
        kept = self._db.rows("SELECT digest, extractor, model, catalogue FROM documents WHERE id = ?", (document.id,))
        return kept == [wanted]

    def outdated(self, versions: Versions) -> Iterator[str]:
        read_with = (versions.extractor or "", versions.model or "", versions.catalogue or "")
        last = ""
        while page := self._db.rows(
            "SELECT id FROM documents WHERE id > ? AND NOT (coalesce(extractor, '') = ? AND coalesce(model, '') = ? "
            "AND coalesce(catalogue, '') = ?) ORDER BY id LIMIT 500",
            (last, *read_with),
        ):
            yield from (id for (id,) in page)
            ((last,),) = page[-1:]

    def documents(self, *, texts: bool = True) -> Iterator[Document]:
        if not texts:
            columns = rows.DOCUMENT_COLUMNS.replace("text", "''")
            for chunk in self._db.stream(" ".join(("SELECT", columns, "FROM documents ORDER BY id"))):
                yield from map(rows.document_from_row, chunk)
            return
        for (identity,) in self._db.rows("SELECT id FROM documents ORDER BY id"):
            document = self.document(identity)
            if document is not None:
                yield document

    def document(self, document: str) -> Document | None:
        found = self._db.rows(" ".join(("SELECT", rows.DOCUMENT_COLUMNS, "FROM documents WHERE id = ?")), (document,))
        return rows.document_from_row(found[0]) if found else None

    def versions(self, document: str) -> Versions | None:
        found = self._db.rows("SELECT pk, extractor, model, catalogue FROM documents WHERE id = ?", (document,))
        if not found:
            return None
        pk, extractor, model, catalogue = found[0]
        changed = self._db.rows("SELECT correction FROM corrected WHERE document = ? ORDER BY correction", (pk,))
        if changed:
            catalogue = f"{catalogue or ''}+{'.'.join(str(number) for (number,) in changed)}"
        from kg.store.totals import Versions

        return Versions(extractor=extractor, model=model, catalogue=catalogue)

    def reading(self, document: str, *, corrected: bool = True) -> Reading | None:
        kept = self.document(document)
        if kept is None:
            return None
        (pk,) = self._db.rows("SELECT pk FROM documents WHERE id = ?", (document,))[0]
        sentences = self._db.rows('SELECT start, "end" FROM sentences WHERE document = ? ORDER BY seq', (pk,))
        mentions = self._db.rows(
            'SELECT start, "end", actor, state, how, confidence FROM mentions WHERE document = ? ORDER BY seq', (pk,)
        )
        actors = self._actor_rows(row[2:4] for row in mentions)
        now = Reading(
            document=kept,
            sentences=tuple(Sentence(start, end, kept.text[start:end]) for start, end in sentences),
            mentions=tuple(rows.mention_from_row(row, kept.text, actors) for row in mentions),
            assertions=tuple(self.assertions(dataclasses.replace(_ALL, document=document), order="text")),
        )
        changed = [] if corrected else self._db.rows("SELECT reading FROM as_read WHERE document = ?", (pk,))
        if not changed:
            return now
        from kg.store.corrections import restored

        return restored(changed[0][0], now)

    # -- assertions and edges

    def assertion(self, assertion: str) -> Assertion | None:
        found = self._db.rows(
            " ".join(("SELECT", rows.ASSERTION_COLUMNS, "FROM assertions WHERE id = ?")), (assertion,)
        )
        return next(self._assembled(found), None)

    def assertions(
        self, where: Filter | None = None, *, order: Order = "best", limit: int | None = None
    ) -> Iterator[Assertion]:
        where = where or _ALL
        if order == "best" and limit is not None and triples.is_one(where):
            ids = [report.id for report in self.best((where,), limit)[0]]
            found = self.cited(ids)
            yield from (found[id][0] for id in ids)
            return
        statement = select_assertions(where, rows.ASSERTION_COLUMNS, order=order, limit=limit)
        for chunk in self._db.stream(*statement):
            yield from self._assembled(chunk)

    def best(self, wheres: Sequence[Filter], limit: int) -> list[list[Report]]:
        return triples.best_of(self._db, wheres, limit) if wheres else []

    def cited(self, assertions: Iterable[str]) -> dict[str, tuple[Assertion, Document]]:
        found = self._db.rows(_these(rows.ASSERTION_COLUMNS, "assertions", "id"), (rows.listed(assertions),))
        kept = self._db.rows(
            _these("pk, " + rows.DOCUMENT_COLUMNS, "documents", "pk"), (rows.listed(row[1] for row in found),)
        )
        documents = {pk: rows.document_from_row(fields) for pk, *fields in kept}
        actors = self._actor_rows((row[2], row[3], row[5], row[6]) for row in found)
        cited = {}
        for row in found:
            document = documents[row[1]]
            cited[row[0]] = (rows.assertion_from_row(row, document.id, document.text, actors), document)
        return cited

    def assertion_ids(self, prefix: str, limit: int = 10) -> list[str]:
        statement = "SELECT id FROM assertions WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [identity for (identity,) in self._db.rows(statement, (prefix, prefix + "\U0010ffff", limit))]

    def _assembled(self, found: list[Any]) -> Iterator[Assertion]:
        kept = self._db.rows(_these("pk, id, text", "documents", "pk"), (rows.listed(row[1] for row in found),))
        texts = {pk: (identity, text) for pk, identity, text in kept}
        actors = self._actor_rows((row[2], row[3], row[5], row[6]) for row in found)
        for row in found:
            yield rows.assertion_from_row(row, *texts[row[1]], actors)

    def edges(
        self, where: Filter | None = None, *, having: Count | None = None, limit: int | None = None
    ) -> Iterator[Edge]:
        where = where or Filter()
        facts = where.min_originals is None or having in (None, "actual")  # which the figures of an edge speak of
        statement = kept_edges if where.counted and facts else grouped_edges
        for chunk in self._db.stream(*statement(where, having=having, limit=limit)):
            yield from rows.edges_from_rows(chunk)

    def pairs(self, where: Filter | None = None) -> Iterator[tuple[str, str, int]]:
        for chunk in self._db.stream(*joined_pairs(where or Filter())):
            yield from chunk

    def reports(self, where: Filter) -> Iterator[Report]:
        for chunk in self._db.stream(*select_reports(where)):
            yield from map(rows.report_from_row, chunk)

    def reports_of(self, wheres: Sequence[Filter]) -> list[list[Report]]:
        return triples.reports_of(self._db, wheres) if wheres else []

    def years(self, *wanted: Filter) -> Iterator[tuple[str, Family, int]]:
        for chunk in self._db.stream(*documents_by_year(wanted)):
            yield from chunk

    def sums_of(self, wheres: Sequence[Filter]) -> list[Sums]:
        return triples.sums_of(self._db, wheres) if wheres else []

    # -- actors

    def _actor_rows(self, wanted: Iterable[Iterable[int]]) -> dict[int, Actor]:
        pks = rows.listed(pk for group in wanted for pk in group)
        found = self._db.rows(_these("pk, id, name, kind, sector, iso3", "actors", "pk"), (pks,))
        return {pk: Actor(*fields) for pk, *fields in found}

    def actor(self, actor: str) -> Actor | None:
        return next(self.actors((actor,)), None)

    def actors(self, ids: Iterable[str] | None = None) -> Iterator[Actor]:
        statement, values = ["SELECT id, name, kind, sector, iso3 FROM actors"], []
        if ids is not None:
            statement.append("WHERE id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(set(ids))))
        last = None
        for row in self._db.rows(" ".join((*statement, _FULLEST)), values):
            if row[0] != last:
                last = row[0]
                yield Actor(*row)

    def levels(self, actor: str) -> frozenset[Level]:
        (found,) = self._db.rows(
            "WITH these AS (SELECT pk FROM actors WHERE id = ?) SELECT "
            "EXISTS (SELECT 1 FROM assertions WHERE source IN (SELECT pk FROM these)) "
            "OR EXISTS (SELECT 1 FROM assertions WHERE target IN (SELECT pk FROM these)), "
            "EXISTS (SELECT 1 FROM assertions WHERE source_state IN (SELECT pk FROM these)) "
            "OR EXISTS (SELECT 1 FROM assertions WHERE target_state IN (SELECT pk FROM these))",
            (actor,),
        )
        return frozenset(level for level, stands in zip(LEVELS, found, strict=True) if stands)

    def find_actors(self, text: str) -> list[Actor]:
        merges = self._merges()
        if (exact := self.actor(standing(text.strip(), merges))) is not None:
            return [exact]
        folded = fold(text)
        named = self._db.rows(
            "SELECT actor FROM actor_names WHERE folded = :name UNION SELECT id FROM actors WHERE folded = :name",
            {"name": folded},
        )
        replaced = {merge.source or "" for merge in merges if folded in map(fold, merge.names)}
        found = self.actors(standing(identity, merges) for identity in (*replaced, *(row[0] for row in named)))
        return sorted(found, key=lambda actor: (fold(actor.name) != folded, actor.id))

    def names(self, actor: str) -> list[str]:
        kept = self.actor(actor)
        own = [kept.name] if kept else []
        said = self._db.rows("SELECT DISTINCT name FROM actors WHERE id = ?", (actor,))
        merges = self._merges()
        merged = [merge for merge in merges if standing(merge.source or "", merges) == actor]
        known = self._db.rows(
            "SELECT name FROM actor_names WHERE actor IN (SELECT value FROM json_each(?))",
            (json.dumps([actor, *(merge.source for merge in merged)]),),
        )
        names = {name for (name,) in (*said, *known)}.union(*(merge.names for merge in merged))
        return own + sorted(names - set(own))

    def standing(self, actor: str) -> str:
        return standing(actor, self._merges())

    def _merges(self) -> list[Correction]:
        return [correction for correction in self.corrections() if correction.kind == "merge"]

    def presence(self, actor: str) -> Presence:
        from kg.store import upkeep

        with self._db.errors():
            return upkeep.presence(self._db, actor)

    def suggest(self, text: str, n: int = 5) -> list[str]:
        import difflib

        folded = fold(text)
        near = self._db.rows(
            "SELECT folded, name FROM actors WHERE length(folded) BETWEEN :least AND :most "
            "UNION SELECT folded, name FROM actor_names WHERE length(folded) BETWEEN :least AND :most "
            "ORDER BY folded, name DESC",
            {"least": len(folded) // 2, "most": 2 * len(folded) + 2},
        )
        names = {fold(name): name for merge in self._merges() for name in merge.names} | dict(near)
        return [names[key] for key in difflib.get_close_matches(folded, names, n=n, cutoff=0.6)]

    # -- the whole

    def sentences_naming(
        self, first: str, second: str, *, level: Level = "state", limit: int | None = None
    ) -> Iterator[tuple[Document, Sentence]]:
        from kg.store import upkeep

        with self._db.errors():
            yield from upkeep.sentences_naming(self._db, first, second, level, limit)

    def latest(self) -> str | None:
        ((last,),) = self._db.rows("SELECT max(date) FROM documents")
        return None if last is None else str(last)

    def coverage(self) -> Coverage:
        from kg.store import upkeep

        with self._db.errors():
            return upkeep.coverage(self._db)

    def stats(self) -> Stats:
        from kg.store import upkeep

        with self._db.errors():
            return upkeep.stats(self._db)

    def dump(self) -> Iterator[str]:
        from kg.store import upkeep

        with self._db.errors():
            yield from upkeep.dump(self._db)

    def check(self) -> list[str]:
        from kg.store import checking

        with self._db.snapshot():
            return checking.check(self._db)


def _these(columns: str, table: str, key: str) -> str:
    """The rows of a table whose key is one of those in the JSON array that is bound; all names are our own."""
    listed = "SELECT value" if key == "id" else "SELECT CAST(value AS BIGINT)"
    return " ".join(("SELECT", columns, "FROM", table, "WHERE", key, "IN (", listed, "FROM json_each(?))"))
