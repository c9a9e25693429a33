"""What changes a store: each in one transaction. An answer loads none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.model import Reading
from kg.store import correcting
from kg.store.corrections import Corrected, Correction, Lookup
from kg.store.database import Database
from kg.store.protocol import Store
from kg.store.totals import Versions, WriteReport
from kg.store.writing import Batch

__all__ = ["correct", "remove", "undo", "write"]

Aliases = Callable[[str], Sequence[str]]


def write(
    db: Database,
    store: Store,
    readings: Iterable[Reading],
    *,
    aliases: Aliases | None,
    versions: Versions | None,
    lookup: Lookup | None,
) -> WriteReport:
    """See `kg.store.Store.write`."""
    with db.writing():
        batch = Batch(db, store.corrections(), aliases=aliases, versions=versions, lookup=lookup)
        for reading in readings:
            batch.add(reading)
        return batch.finish()


def correct(
    db: Database,
    store: Store,
    correction: Correction,
    *,
    lookup: Lookup | None,
    aliases: Aliases | None,
    time: str | None,
) -> Corrected:
    """See `kg.store.Store.correct`."""
    with db.transaction():
        kept = correcting.keep(db, correction, time)
        _rewrite(db, store, correcting.documents_naming(db, kept), lookup, aliases)
        return Corrected(correction=kept, documents=correcting.changed_by(db, kept.number))


def undo(
    db: Database, store: Store, number: int, *, lookup: Lookup | None, aliases: Aliases | None, time: str | None
) -> Corrected:
    """See `kg.store.Store.undo`."""
    with db.transaction():
        documents = correcting.documents_changed(db, number)
        undone = correcting.take_back(db, number, time)
        _rewrite(db, store, documents, lookup, aliases)
        correcting.forget_names(db, undone, store.corrections())
        return Corrected(correction=undone, documents=len(documents))


def remove(db: Database, store: Store, document: str) -> bool:
    """See `kg.store.Store.remove`."""
    with db.transaction():
        batch = Batch(db, store.corrections())
        removed = batch.remove(document)
        batch.finish()
        return removed


def _rewrite(
    db: Database, store: Store, documents: Iterable[str], lookup: Lookup | None, aliases: Aliases | None
) -> None:
    """Brings documents in step with the corrections in force; who is new by one of these gets names.

    So does who is replaced, in a document or not: else a store would remember corrections that were taken back.
    """
    corrections = store.corrections()
    before = {id for (id,) in db.execute("SELECT DISTINCT id FROM actors")}
    replaced = {correction.source for correction in corrections if correction.source is not None}
    batch = Batch(db, corrections, lookup=lookup)
    for document in documents:
        read = store.reading(document, corrected=False)
        assert read is not None, "it stands in the same transaction"
        batch.rewrite(read)
    batch.finish()
    if aliases is not None:
        for identity in sorted((batch.actors | replaced) - before):
            batch.name(identity, aliases(identity))
