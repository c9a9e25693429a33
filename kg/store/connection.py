"""A store file of SQLite, open: see `kg.store.database.Database` for what its methods promise."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.store.database import Rows, Values
from kg.store.schema import connect, journal
from kg.store.tables import INDEXES, MADE_LAST

__all__ = ["SqliteDatabase"]

_CHUNK = 500  # rows read at once: what bounds the memory of a long answer


class SqliteDatabase:
    """WAL, foreign keys, one writer, readers that never wait."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._connection = connect(path, create=create)

    @property
    def place(self) -> str:
        return str(self.path)

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self.errors():
            self._connection.execute("PRAGMA cache_size = -65536")  # KiB: the indexes are written in no order
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        with self.errors():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        if not self._is_empty():
            with self.transaction():
                yield
            return
        with self.errors(), contextlib.ExitStack() as stack:
            # Every row that is written points at one that was written just before it; `check` looks at all of them.
            self._connection.execute("PRAGMA foreign_keys = OFF")
            stack.callback(self._connection.execute, "PRAGMA foreign_keys = ON")
            # A WAL would hold all of it a second time; the journal that takes it back is a page long. Left as it is
            # where somebody else has the store open. Who opens it meanwhile waits for what there is to read.
            journal(self._connection, "DELETE")
            stack.callback(journal, self._connection, "WAL")
            with self.transaction():
                if not self._is_empty():
                    raise StoreError(f"{self.path}: another process has begun to fill it; run again.")
                for name in MADE_LAST:
                    self._connection.execute("DROP INDEX " + name)
                yield
                for name in MADE_LAST:
                    self._connection.execute(INDEXES[name])

    def _is_empty(self) -> bool:
        with self.errors():
            (filled,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM documents)").fetchone()
        return not filled

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            text = str(error)
            if "locked" in text:
                text += ": another process is writing; try again when it has ended"
            elif "full" in text or "disk I/O" in text:
                text += ": make room on the disk and run again; nothing of this batch was kept"
            elif "readonly" in text:
                text += ": the file may not be written to; change its permissions or write to a copy"
            elif "malformed" in text or "corrupt" in text:
                text += ": the file is damaged; restore it from a copy or build it again from its sources"
            raise StoreError(f"{self.path}: {text}.") from error

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        return self._connection.execute(statement, values)

    def many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        self._connection.executemany(statement, values)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        places = ", ".join("?" * len(columns))
        self._connection.executemany(" ".join(("INSERT INTO", table, "(", names, ") VALUES (", places, ")")), rows)

    def rows(self, statement: str, values: Values = ()) -> list[Any]:
        with self.errors():
            return self._connection.execute(statement, values).fetchall()

    def stream(self, statement: str, values: Values = ()) -> Iterator[list[Any]]:
        with self.errors():
            cursor = self._connection.execute(statement, values)
        while True:
            with self.errors():
                chunk = cursor.fetchmany(_CHUNK)
            if not chunk:
                return
            yield chunk

    def damage(self) -> Iterator[str]:
        for (text,) in self._connection.execute("PRAGMA integrity_check"):
            if text != "ok":
                yield f"The file is damaged: {text}."
        for table, row, parent, _ in self._connection.execute("PRAGMA foreign_key_check"):
            yield f"Row {row} of {table} points at a row of {parent} that is not there."
