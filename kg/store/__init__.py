"""Assertions <-> database, behind one protocol. The only package that holds SQL.

with open_store("news.db", create=True) as store:
    store.write(readings)
    for edge in store.edges(Filter(targets=("pk",)), having="actual"): ...
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError
from kg.store.corrections import Corrected, Correction, Lookup
from kg.store.names import fold
from kg.store.protocol import (
    Count,
    Coverage,
    Filter,
    Order,
    Presence,
    Report,
    Stats,
    Store,
    Versions,
    WriteReport,
)

__all__ = [
    "Corrected",
    "Correction",
    "Count",
    "Coverage",
    "Filter",
    "Lookup",
    "Order",
    "Presence",
    "Report",
    "Stats",
    "Store",
    "Versions",
    "WriteReport",
    "fold",
    "open_store",
]


def open_store(url_or_path: str | Path, *, create: bool = False) -> Store:
    """The store at a path (or ``sqlite:PATH``, ``sqlite:///PATH``); close it after use, or use it in a ``with``.

    With `create` a store is made where no file is, or an empty one; nothing else is ever overwritten. Raises
    `StoreError` where there is none, where the file is not one of ours, or where it has another version.
    """
    from kg.store.connection import SqliteDatabase
    from kg.store.sqlstore import SqlStore

    text = str(url_or_path)
    scheme, colon, rest = text.partition(":")
    if colon and scheme in ("postgresql", "postgres"):
        raise StoreError(f"{text}: this version of kg keeps its store in SQLite only; name a file instead.")
    if colon and scheme == "sqlite":
        text = rest.removeprefix("//")
    if not text.strip():
        raise StoreError("The store has no name; give a file, such as --store news.db.")
    return SqlStore(SqliteDatabase(Path(text), create=create))
