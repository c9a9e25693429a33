"""Whether a store says of itself what its documents, mentions and assertions say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.model import LEVELS
from kg.store import correcting, rows
from kg.store.corrections import actors_read
from kg.store.database import Database
from kg.store.filters import Filter
from kg.store.names import fold
from kg.store.select import grouped_edges, grouped_outlets, kept_edges

__all__ = ["check"]


def check(db: Database) -> list[str]:
    """What is wrong, a sentence each. To be asked within one snapshot, else a writer is taken for damage."""
    wrong = list(db.damage())
    if wrong:
        return wrong
    return [*_edges(db), *_outlets(db), *_corrections(db), *_documents(db), *_days(db), *_spans(db), *_actors(db)]


def _edges(db: Database) -> Iterator[str]:
    for level in LEVELS:
        where = Filter(level=level, private_people=True)
        kept = _counts(db, kept_edges(where, having=None, limit=None))
        counted = _counts(db, grouped_edges(where, having=None, limit=None))
        for key in sorted(kept.keys() | counted.keys()):
            if kept.get(key) != counted.get(key):
                yield (
                    f"The edge {' '.join(key)} at {level} level says {kept.get(key, 'nothing')}, "
                    f"its assertions {counted.get(key, 'nothing')}."
                )


def _counts(db: Database, statement: tuple[str, list[Any]]) -> dict[tuple[str, str, str], str]:
    return {(row[1], row[2], row[3]): str(row[4:]) for row in db.execute(*statement)}


def _outlets(db: Database) -> Iterator[str]:
    """Each outlet of an edge is counted as often as documents of it say that the edge is so."""
    for level in LEVELS:
        where = Filter(level=level, private_people=True)
        statement, values = grouped_outlets(where)
        counted = {tuple(row[:4]): row[4] for row in db.execute(statement, values)}
        kept = {
            tuple(row[:4]): row[4]
            for row in db.execute(
                "SELECT e.source, e.relation, e.target, o.outlet, o.documents FROM edge_outlets o "
                "JOIN edges e ON e.pk = o.edge WHERE e.level = ?",
                (level,),
            )
        }
        for key in sorted(kept.keys() | counted.keys()):
            if kept.get(key) != counted.get(key):
                *edge, outlet = key
                yield (
                    f"The edge {' '.join(edge)} at {level} level counts {kept.get(key, 0)} documents of {outlet}, "
                    f"its assertions {counted.get(key, 0)}."
                )


def _corrections(db: Database) -> Iterator[str]:
    """What was undone is undone, and what corrected documents said before is kept, and of no others."""
    stale = db.execute(
        "SELECT c.correction, d.id FROM corrected c JOIN documents d ON d.pk = c.document "
        "JOIN corrections k ON k.number = c.correction WHERE k.undone IS NOT NULL ORDER BY 1, 2"
    )
    for number, document in stale:
        yield f"The document {document!r} is still as correction {number} made it, which was undone."
    unequal = db.execute(
        "SELECT d.id, r.document IS NULL FROM documents d LEFT JOIN as_read r ON r.document = d.pk "
        "WHERE (r.document IS NULL) <> (d.pk NOT IN (SELECT document FROM corrected)) ORDER BY d.id"
    )
    for document, lost in unequal:
        if lost:
            yield f"The document {document!r} is corrected, and what was read from it is not kept."
        else:
            yield f"Of the document {document!r} two readings are kept, and no correction that made the second."


def _documents(db: Database) -> Iterator[str]:
    """What is kept of a document beside itself is what follows from it."""
    columns = " ".join(("SELECT", rows.DOCUMENT_COLUMNS, ", digest, origin, outlet FROM documents ORDER BY id"))
    for chunk in db.stream(columns):
        for *fields, digest, origin, outlet in chunk:
            document = rows.document_from_row(fields)
            if document.digest != digest:
                yield f"The document {document.id!r} is not the one that was written: its digest differs."
            if document.origin != origin:
                yield f"The document {document.id!r} is counted as of an origin that is not its own."
            if rows.outlet(document) != outlet:
                yield f"The document {document.id!r} of {document.publisher!r} is counted as of the outlet {outlet!r}."


def _days(db: Database) -> Iterator[str]:
    statement = (
        "SELECT d.id, count(*) FROM assertions a JOIN documents d ON d.pk = a.document "
        "WHERE coalesce(a.day, '') <> coalesce(d.date, '') GROUP BY d.id ORDER BY d.id"
    )
    for document, count in db.execute(statement):
        yield f"The document {document!r} has {count} assertions of another day than its own."


def _spans(db: Database) -> Iterator[str]:
    statement = (
        "SELECT d.id, count(*) FROM documents d JOIN (SELECT document, sentence_end AS last FROM assertions "
        "UNION ALL SELECT document, source_end FROM assertions UNION ALL SELECT document, target_end FROM assertions "
        "UNION ALL SELECT document, trigger_end FROM assertions WHERE trigger_end IS NOT NULL "
        'UNION ALL SELECT document, "end" FROM mentions UNION ALL SELECT document, "end" FROM sentences) s '
        "ON s.document = d.pk WHERE s.last > length(d.text) GROUP BY d.id ORDER BY d.id"
    )
    for document, outside in db.execute(statement):
        yield f"The document {document!r} is shorter than {outside} of the spans read from it."


def _actors(db: Database) -> Iterator[str]:
    """Every actor is named in a document, and every name is one of somebody whom the store knows."""
    unmentioned = (
        "SELECT id, name FROM actors p WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE actor = p.pk) "
        "AND NOT EXISTS (SELECT 1 FROM mentions WHERE state = p.pk AND state <> actor) "
        "AND NOT EXISTS (SELECT 1 FROM assertions WHERE source = p.pk) "
        "AND NOT EXISTS (SELECT 1 FROM assertions WHERE source_state = p.pk) "
        "AND NOT EXISTS (SELECT 1 FROM assertions WHERE target = p.pk) "
        "AND NOT EXISTS (SELECT 1 FROM assertions WHERE target_state = p.pk) ORDER BY id, name"
    )
    for id, name in db.execute(unmentioned):
        yield f"The actor {id} ({name}) is kept, and no document names it."
    known = set()
    for id, name, folded in db.execute("SELECT id, name, folded FROM actors ORDER BY id, name").fetchall():
        known.add(id)
        if fold(name) != folded:
            yield f"The actor {id} ({name}) is looked for as {folded!r}, not as {fold(name)!r}."
    known |= {id for (text,) in db.execute("SELECT reading FROM as_read") for id in actors_read(text)}
    known |= {one.source for one in correcting.all_of(db)} - {None}
    for actor, name, folded in db.execute("SELECT actor, name, folded FROM actor_names ORDER BY actor, name"):
        if fold(name) != folded:
            yield f"The name {name!r} of {actor} is looked for as {folded!r}, not as {fold(name)!r}."
        if actor not in known:
            yield f"The name {name!r} is of {actor}, whom no document names."
