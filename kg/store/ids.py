"""Ids that have been met, on disk: a run over any number of documents holds none of them in memory."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from types import TracebackType

from kg.errors import StoreError

__all__ = ["Ids"]


class Ids:
    """A set of ids in a file of its own, gone with it. Use it in a ``with``. Raises `StoreError` where the disk fails.

    Ids are told apart by 128 bits of a hash: among a hundred million of them two never meet.
    """

    def __init__(self) -> None:
        with _errors():
            # Without a name it is a temporary file, which SQLite makes when its cache of 2 MB is full.
            self._connection = sqlite3.connect("", isolation_level=None)
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("CREATE TABLE ids (digest BLOB PRIMARY KEY) WITHOUT ROWID")
            self._connection.execute("BEGIN")

    def __enter__(self) -> Ids:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def add(self, id: str) -> bool:
        """Takes an id up; whether it is new."""
        digest = hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with _errors():
            return self._connection.execute("INSERT OR IGNORE INTO ids VALUES (?)", (digest,)).rowcount == 1


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"The ids of documents could not be kept in a temporary file: {error}; make room on the disk, or name "
            "another folder for such files as TMPDIR."
        ) from error
