"""A SQLite connection whose errors are ours: transactions, rows, rows as they come."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.errors import StoreError
from kg.store.schema import connect

__all__ = ["Connected"]

_CHUNK = 500  # rows read at once: what bounds the memory of a long answer


class Connected:
    """A store file that is open. Raises `StoreError`, and no other error, where the database fails."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._connection = connect(path, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
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

    def _rows(self, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        with self._errors():
            return self._connection.execute(statement, values).fetchall()

    def _stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[list[Any]]:
        with self._errors():
            cursor = self._connection.execute(statement, values)
        while True:
            with self._errors():
                chunk = cursor.fetchmany(_CHUNK)
            if not chunk:
                return
            yield chunk
