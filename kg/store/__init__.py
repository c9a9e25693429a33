"""Assertions <-> database, behind one protocol. The only package that holds SQL.

with open_store("news.db", create=True) as store:
    store.write(readings)
    for edge in store.edges(Filter(targets=("pk",)), having="actual"): ...
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.store.filters import Filter, Order
from kg.store.names import fold
from kg.store.protocol import Store
from kg.store.reports import Count, Report, Sums

if TYPE_CHECKING:
    from kg.store.corrections import Corrected, Correction, Lookup
    from kg.store.totals import Coverage, Presence, Stats, Versions, WriteReport

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
    "Sums",
    "Versions",
    "WriteReport",
    "fold",
    "is_url",
    "open_store",
    "store_name",
]


# What an answer does without is loaded when it is asked for.
_LATER = {
    **dict.fromkeys(("Corrected", "Correction", "Lookup"), "kg.store.corrections"),
    **dict.fromkeys(("Coverage", "Presence", "Stats", "Versions", "WriteReport"), "kg.store.totals"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)


def open_store(url_or_path: str | Path, *, create: bool = False) -> Store:
    """The store at a path, or at an URL; close it after use, or use it in a ``with``.

    ``sqlite:PATH`` and ``sqlite:///PATH`` are a path too. ``postgresql://USER@HOST/DATABASE`` is a PostgreSQL server's,
    in the schema `kg` or, after a ``#``, another; it needs the extra `postgres`. With `create` a store is made where no
    file is or an empty one, or where the schema is not there or empty; nothing else is ever overwritten. A store of an
    older version is brought up to this one. Raises `StoreError` where there is none, where it is not one of ours, or
    where it is of a version that cannot be read.
    """
    from kg.store.sqlstore import SqlStore

    text = str(url_or_path)
    if is_url(text):
        try:
            from kg.store.postgres import PostgresDatabase
        except ImportError as error:
            raise StoreError("A store in PostgreSQL needs psycopg: pip install 'who-backs-whom[postgres]'.") from error
        return SqlStore(PostgresDatabase(text, create=create))
    from kg.store.connection import SqliteDatabase

    scheme, colon, rest = text.partition(":")
    if colon and scheme == "sqlite":
        text = rest.removeprefix("//")
    elif "://" in text:
        known = "a file, or the URL of a PostgreSQL server: postgresql://USER@HOST/DATABASE"
        raise StoreError(f"{scheme}: is no place for a store; give {known}.")
    if not text.strip():
        raise StoreError("The store has no name; give a file, such as --store news.db.")
    return SqlStore(SqliteDatabase(Path(text), create=create))


def is_url(text: str) -> bool:
    """Whether a store is named by the URL of a server, not by a path."""
    return text.startswith(("postgresql://", "postgres://"))


def store_name(url_or_path: str | Path) -> str:
    """A short name of a store for messages: of the file, or of the database."""
    return Path(str(url_or_path).partition("?")[0].partition("#")[0]).name
