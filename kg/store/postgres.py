"""A store in PostgreSQL, by URL: see `kg.store.database.Database` for what its methods promise.

The tables stand in a schema of their own, `kg` unless the URL ends in `#another`. Statements are those written for
SQLite; what the two say differently is translated here. Text is compared by code points, whatever the database's own
collation, so that both stores give the same answers in the same order.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from kg.errors import StoreError
from kg.store.database import Rows, Values
from kg.store.migrations import STEPS
from kg.store.tables import INDEXES, MADE_LAST, SCHEMA_VERSION, TABLES

__all__ = ["PostgresDatabase"]

_CHUNK = 500  # rows fetched at once: what bounds the memory of a long answer
_WAIT = "30s"  # for another writer to end, as with SQLite
_REFERENCE = re.compile(r"(\w+) INTEGER ((?:NOT NULL|PRIMARY KEY) )REFERENCES (\w+)( ON DELETE CASCADE)?")


class PostgresDatabase:
    """One writer at a time, by an advisory lock; readers see the last whole batch."""

    def __init__(self, url: str, *, create: bool = False) -> None:
        address, _, schema = url.partition("#")
        self._schema = schema or "kg"
        self.place = _without_password(url)
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", self._schema) or self._schema.startswith("pg_"):
            raise StoreError(f"{self.place}: what follows the # names a schema; take small letters, digits and _ only.")
        self._streams = 0
        with contextlib.ExitStack() as stack:
            with self.errors():
                self._connection = psycopg.connect(
                    address, autocommit=True, connect_timeout=10, client_encoding="UTF8", application_name="kg"
                )
            stack.callback(self._connection.close)
            self._open(create)
            stack.pop_all()

    def _open(self, create: bool) -> None:
        with self.errors():
            (encoding,) = self._connection.execute("SHOW server_encoding").fetchone() or ("",)
            if encoding != "UTF8":
                raise StoreError(f"{self.place}: the database keeps text as {encoding}; make one with ENCODING 'UTF8'.")
            self._connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(self._schema)))
            version = self._version()
            if version is None and create:
                self._make()
                version = self._version()
        if version is None:
            raise StoreError(
                f"There is no store in schema {self._schema} of {self.place}. "
                f"`kg build SOURCES --store {self.place}` makes one."
            )
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"{self.place} was written by a newer kg (store version {version}, this one reads {SCHEMA_VERSION}); "
                "install that kg, or build another store from the sources."
            )
        if version < SCHEMA_VERSION:
            self._migrate()

    def _migrate(self) -> None:
        """Brings the store up to this version by the steps that SQLite takes, all of it or nothing."""
        with self.transaction():
            for step in range(self._version() or 0, SCHEMA_VERSION):
                for part in STEPS[step]:
                    if isinstance(part, str):
                        self._connection.execute(_definition(part))
                    else:
                        part(self)
            self._connection.execute("UPDATE kg_store SET version = %s", (SCHEMA_VERSION,))

    def _version(self) -> int | None:
        """The version of the store; None where there is none. Raises `StoreError` where the schema is another's."""
        found = self._connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", (self._schema,)
        ).fetchall()
        if not found:
            return None
        if ("kg_store",) not in found:
            raise StoreError(
                f"The schema {self._schema} of {self.place} holds tables that are no store of kg, and is left as it "
                "is. Name another schema after a #."
            )
        (version,) = self._connection.execute("SELECT version FROM kg_store").fetchone() or (0,)
        return int(version)

    def _make(self) -> None:
        with self._connection.transaction():
            self._lock()
            if self._version() is not None:  # another process was first
                return
            name = sql.Identifier(self._schema)
            self._connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
            later = [INDEXES[name] for name in INDEXES if name not in MADE_LAST]
            for statement in (*TABLES, *later):
                self._connection.execute(_definition(statement))
            self._connection.execute("CREATE TABLE kg_store (version INTEGER NOT NULL)")
            self._connection.execute("INSERT INTO kg_store VALUES (%s)", (SCHEMA_VERSION,))

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            text = str(error).strip().split("\n")[0] or type(error).__name__
            if isinstance(error, psycopg.errors.LockNotAvailable):
                text = "another process is writing; try again when it has ended"
            elif isinstance(error, psycopg.errors.DiskFull):
                text += ": make room on the server's disk and run again; nothing of this batch was kept"
            elif isinstance(error, psycopg.errors.InsufficientPrivilege | psycopg.errors.ReadOnlySqlTransaction):
                text += ": the role of the URL may not do that; ask for the right to it"
            elif isinstance(error, psycopg.OperationalError):
                text += ": see that the server runs and the URL is right"
            raise StoreError(f"{self.place}: {text}.") from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self.errors(), self._connection.transaction():
            self._lock()
            yield

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        with self.errors(), self._connection.transaction(force_rollback=True):
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        with self.transaction():
            kept = self._connection.execute("SELECT indexname FROM pg_indexes WHERE schemaname = %s", (self._schema,))
            present = {name for (name,) in kept}
            yield
            # The first batch comes before its indexes; making them keeps nobody from reading.
            missing = [name for name in MADE_LAST if name not in present]
            for name in missing:
                self._connection.execute(_definition(INDEXES[name]))
            if missing:
                for table, column, parent, deleted in _references():
                    statement = "ALTER TABLE {} ADD FOREIGN KEY ({}) REFERENCES {}" + deleted
                    names = map(sql.Identifier, (table, column, parent))
                    self._connection.execute(sql.SQL(statement).format(*names))
                self._connection.execute("ANALYZE")

    def _lock(self) -> None:
        self._connection.execute("SELECT set_config('lock_timeout', %s, TRUE)", (_WAIT,))
        self._connection.execute("SELECT pg_advisory_xact_lock(hashtext('kg'), hashtext(%s))", (self._schema,))

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        return self._connection.execute(_translated(statement), values)

    def many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        if values:
            self._connection.cursor().executemany(_translated(statement), values)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        rows = list(rows)  # while a COPY goes on nothing else can be asked, as what makes the rows may have to
        if not rows:
            return
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self._connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def rows(self, statement: str, values: Values = ()) -> list[Any]:
        with self.errors():
            return self._connection.execute(_translated(statement), values).fetchall()

    def stream(self, statement: str, values: Values = ()) -> Iterator[list[Any]]:
        self._streams += 1
        with self.errors():
            # Outside a transaction the server keeps the answer until it is fetched.
            cursor = self._connection.cursor(f"kg{self._streams}", withhold=True)
            cursor.execute(_translated(statement), values)
        with contextlib.closing(cursor):
            while True:
                with self.errors():
                    chunk = cursor.fetchmany(_CHUNK)
                if chunk:
                    yield chunk
                if len(chunk) < _CHUNK:
                    return

    def damage(self) -> Iterator[str]:
        for table, column, parent, _ in _references():
            key = "number" if parent == "corrections" else "pk"
            statement = sql.SQL("SELECT count(*) FROM {} c WHERE NOT EXISTS (SELECT 1 FROM {} p WHERE p.{} = c.{})")
            names = map(sql.Identifier, (table, parent, key, column))
            (count,) = self._connection.execute(statement.format(*names)).fetchone() or (0,)
            if count:
                yield f"{count} rows of {table} point at rows of {parent} that are not there."


@functools.lru_cache(maxsize=512)
def _translated(statement: str) -> str:
    """A statement as psycopg and PostgreSQL take it."""
    statement = statement.replace("%", "%%").replace("json_group_array(", "json_agg(")
    statement = re.sub(
        r"json_each\(\s*([^)\s]+)\s*\)", r"jsonb_array_elements_text(CAST(\1 AS JSONB)) AS each (value)", statement
    )
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", statement.replace("?", "%s"))


def _definition(statement: str) -> str:
    """A table or an index as PostgreSQL has it."""
    statement = _REFERENCE.sub(lambda match: f"{match[1]} INTEGER {match[2]}", statement)
    for ours, theirs in (
        (" INTEGER", " BIGINT"),
        (" REAL", " DOUBLE PRECISION"),
        (" TEXT", ' TEXT COLLATE "C"'),
        ("day DESC", "day DESC NULLS LAST"),
        (") WITHOUT ROWID", ")"),
    ):
        statement = statement.replace(ours, theirs)
    return statement


def _references() -> Iterator[tuple[str, str, str, str]]:
    """Table, column, the table it points at, and what happens when the row there is deleted."""
    for statement in TABLES:
        table = re.search(r"CREATE TABLE (\w+)", statement)
        assert table is not None
        for column, _, parent, deleted in _REFERENCE.findall(statement):
            yield table[1], column, parent, deleted


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))
