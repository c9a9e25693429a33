"""What the rest of the store needs of a database: statements in SQL that SQLite and PostgreSQL share, and their errors.

Values are bound as ``?`` or ``:name``, a list as JSON text read by ``json_each(?)``. What the two say differently stays
in the modules that follow this protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

__all__ = ["Database", "Rows", "Values"]

Values = Sequence[Any] | Mapping[str, Any]


class Rows(Protocol):
    """The rows that a statement gives."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:
        """The next row, None where there is none."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""


class Database(Protocol):
    """One connection. Within `errors` or `transaction` whatever the database says is a `StoreError`."""

    @property
    def place(self) -> str:
        """What the store is called in messages."""

    def close(self) -> None:
        """Gives the connection back."""

    def errors(self) -> AbstractContextManager[None]:
        """Turns the database's errors into ours."""

    def transaction(self) -> AbstractContextManager[None]:
        """One transaction, and the only one that writes: all of it is kept, or nothing."""

    def snapshot(self) -> AbstractContextManager[None]:
        """What is read within is of one moment, whoever writes meanwhile."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction for a batch of documents: into an empty store it loads much at once, indexes last."""

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        """Runs one statement."""

    def many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        """Runs one statement for each of the rows of values."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows in the fastest way there is."""

    def rows(self, statement: str, values: Values = ()) -> list[Any]:
        """All rows that a statement gives; errors are ours."""

    def stream(self, statement: str, values: Values = ()) -> Iterator[list[Any]]:
        """The rows that a statement gives, some hundred at a time; errors are ours."""

    def damage(self) -> Iterator[str]:
        """What the database itself finds wrong with what it keeps, a sentence each."""
