"""The table of corrections, and which documents one touches. Each function runs inside the store's transaction."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable

from kg.errors import StoreError
from kg.relations import ontology
from kg.store.corrections import Correction
from kg.store.database import Database
from kg.store.records import correction_from_row, correction_row
from kg.store.reviews import REVIEW_KINDS, Change

__all__ = ["all_of", "changed_by", "documents_changed", "documents_naming", "forget_names", "keep", "take_back"]

_COLUMNS = "SELECT number, time, kind, what, note, undone FROM corrections"


def all_of(db: Database, *, undone: bool = False) -> list[Correction]:
    """The corrections in force by number, or all that were ever made."""
    where = "ORDER BY number" if undone else "WHERE undone IS NULL ORDER BY number"
    return [correction_from_row(row) for row in db.execute(" ".join((_COLUMNS, where)))]


def keep(db: Database, correction: Correction, time: str | None) -> Correction:
    """Writes a correction down under the next number. Raises `StoreError` for one that cannot hold."""
    if (fault := _fault(db, correction)) is not None:
        raise StoreError(f"The correction cannot be kept: {fault}.")
    (number,) = db.execute("SELECT coalesce(max(number), 0) + 1 FROM corrections").fetchone()
    values = (number, time or _now(), *correction_row(correction))
    db.execute("INSERT INTO corrections (number, time, kind, what, note) VALUES (?,?,?,?,?)", values)
    return correction_from_row(db.execute(" ".join((_COLUMNS, "WHERE number = ?")), (number,)).fetchone())


def take_back(db: Database, number: int, time: str | None) -> Correction:
    """Marks a correction as undone. Raises `StoreError` where none of that number is in force."""
    found = db.execute(" ".join((_COLUMNS, "WHERE number = ?")), (number,)).fetchone()
    if found is None:
        raise StoreError(f"There is no correction {number}; `kg actors corrections` lists them.")
    if found[5] is not None:
        raise StoreError(f"Correction {number} was undone at {found[5]} already.")
    time = time or _now()
    db.execute("UPDATE corrections SET undone = ? WHERE number = ?", (time, number))
    return correction_from_row((*found[:5], time))


def documents_naming(db: Database, correction: Correction) -> list[str]:
    """The documents that a new correction may change."""
    if correction.kind in REVIEW_KINDS:
        return list(correction.documents)
    rows = db.execute(
        "WITH these AS (SELECT pk FROM actors WHERE id = ?) SELECT id FROM documents WHERE pk IN ("
        "SELECT document FROM mentions WHERE actor IN (SELECT pk FROM these) "
        "UNION SELECT document FROM mentions WHERE state IN (SELECT pk FROM these) AND state <> actor "
        "UNION SELECT document FROM assertions WHERE source IN (SELECT pk FROM these) "
        "UNION SELECT document FROM assertions WHERE target IN (SELECT pk FROM these) "
        "UNION SELECT document FROM assertions WHERE source_state IN (SELECT pk FROM these) "
        "UNION SELECT document FROM assertions WHERE target_state IN (SELECT pk FROM these)) ORDER BY id",
        (correction.source,),
    )
    return [id for (id,) in rows if not correction.documents or id in correction.documents]


def documents_changed(db: Database, number: int) -> list[str]:
    """The documents that a correction changed."""
    rows = db.execute(
        "SELECT d.id FROM corrected c JOIN documents d ON d.pk = c.document WHERE c.correction = ? ORDER BY d.id",
        (number,),
    )
    return [id for (id,) in rows]


def changed_by(db: Database, number: int) -> int:
    """How many documents a correction changed."""
    (count,) = db.execute("SELECT count(*) FROM corrected WHERE correction = ?", (number,)).fetchone()
    return int(count)


def forget_names(db: Database, undone: Correction, corrections: Iterable[Correction]) -> None:
    """Drops the names that were kept for the sake of a correction only."""
    if undone.source not in {correction.source for correction in corrections}:
        db.execute(
            "DELETE FROM actor_names WHERE actor = :id AND NOT EXISTS (SELECT 1 FROM actors WHERE id = :id)",
            {"id": undone.source},
        )


def _fault(db: Database, correction: Correction) -> str | None:
    if correction.kind == "add":
        return None if correction.entries else "it adds no entries"
    fault = _review_fault(correction) if correction.kind in REVIEW_KINDS else _actor_fault(correction)
    if fault is not None:
        return fault
    missing = db.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM documents) LIMIT 1",
        (json.dumps(correction.documents),),
    ).fetchone()
    return f"there is no document {missing[0]!r} in the store" if missing else None


def _review_fault(correction: Correction) -> str | None:
    if not correction.assertions or not correction.documents:
        return "a review needs assertions and the documents they stand in"
    if not correction.reviewer:
        return "a review needs a reviewer"
    if (correction.kind == "relabel") != (correction.change not in (None, Change())):
        return "a relabelling needs what to change, and no other review has that"
    relation = correction.change.relation if correction.change else None
    return f"there is no relation {relation!r}" if relation and relation not in ontology().relations else None


def _actor_fault(correction: Correction) -> str | None:
    if correction.source is None or correction.target is None:
        return "it needs an actor and who that is from now on"
    if correction.source == correction.target.id:
        return f"{correction.source!r} is that actor already"
    if correction.kind == "split" and not (correction.documents or correction.texts):
        return "a split needs documents or texts; to replace an actor everywhere, merge it"
    return None


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
