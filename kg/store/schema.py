"""The files of a SQLite store: how they are told from others, made, and brought up to this version."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kg.errors import StoreError
from kg.store.migrations import OLDEST, migrate
from kg.store.tables import INDEXES, SCHEMA_VERSION, TABLES

__all__ = ["APPLICATION_ID", "connect", "journal"]

APPLICATION_ID = 0x6B677462  # "kgtb"

WAIT = 30  # seconds for another process to end its transaction


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the store at `path`, made if `create` and nothing is there yet; a foreign file is not touched.

    A store of an older version is brought up to this one, all of it or nothing. Transactions are begun and ended by the
    caller. Raises `StoreError` where the file is not a store that this version can read.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file for the store.")
    if not path.exists():
        if not create:
            raise StoreError(f"There is no store at {path}. `kg build SOURCES --store {path}` makes one.")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first.")
    elif not _looks_like_sqlite(path):  # which SQLite itself does not tell of a file of a few bytes
        raise StoreError(_foreign(path))
    try:
        try:
            return _checked(path, "rwc" if create else "rw", create=create)
        except sqlite3.OperationalError as error:
            if create or "locked" in str(error):
                raise
            # A store in a folder that may not be written to: SQLite cannot lay its shared memory beside it, and
            # needs none, because nobody can be writing.
            return _checked(path, "ro&immutable=1", create=False)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise StoreError(f"{path} is being filled by another process; try again when it has ended.") from error
        raise StoreError(
            f"{path} cannot be opened as a store: {error}. Look at its permissions and the disk."
        ) from error
    except sqlite3.DatabaseError as error:
        if not _is_ours(path):
            raise StoreError(_foreign(path)) from None
        raise StoreError(
            f"{path} is damaged: {error}. Restore it from a copy, or build it again from its sources into a new file."
        ) from error


def _checked(path: Path, mode: str, *, create: bool) -> sqlite3.Connection:
    with contextlib.ExitStack() as stack:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=WAIT,
            isolation_level=None,
            cached_statements=256,
        )
        stack.callback(connection.close)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -8192")  # KiB; more of it costs an answer more than it saves
        connection.execute("PRAGMA temp_store = MEMORY")
        if create and _is_empty(connection):
            _make(connection)
        # With WAL a commit need not wait for the disk to keep the file whole; what a power cut takes, a rerun brings.
        connection.execute("PRAGMA synchronous = NORMAL")
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise StoreError(_foreign(path))
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"{path} was written by a newer kg (store version {version}, this one reads {SCHEMA_VERSION}); "
                "install that kg, or build another store from the sources."
            )
        if version < OLDEST:
            raise StoreError(
                f"{path} was written by an older kg (store version {version}); build it again from its sources."
            )
        if version < SCHEMA_VERSION:
            try:
                migrate(connection)
            except sqlite3.OperationalError as error:
                raise StoreError(
                    f"{path} was written by an older kg (store version {version}) and could not be brought up to "
                    f"date: {error}. It is as it was; look at the disk and its permissions, or open a copy of it."
                ) from error
        journal(connection, "WAL")  # which a first load that was killed has left off
        stack.pop_all()
        return connection
    raise AssertionError("unreachable: the stack lets every error through")


def _looks_like_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) in (b"", b"SQLite format 3\x00")
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}. Look at its permissions.") from error


def _is_ours(path: Path) -> bool:
    """Whether the head of the file says that it is a store, however damaged the rest may be."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(72)[68:], "big") == APPLICATION_ID


def _foreign(path: Path) -> str:
    return f"{path} is not a store of kg and is left as it is. Name another file with --store."


def _is_empty(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return not application and not objects


def journal(connection: sqlite3.Connection, mode: str) -> None:
    """Has the store keep its journal so from now on, as WAL or DELETE, unless somebody else has it open."""
    if connection.execute("PRAGMA journal_mode").fetchone() != (mode.lower(),):
        with contextlib.suppress(sqlite3.OperationalError):  # somebody has, or it may not be written to
            connection.execute("PRAGMA journal_mode = " + mode)


def _make(connection: sqlite3.Connection) -> None:
    journal(connection, "WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _is_empty(connection):  # still, now that nobody else can be making it
        for statement in (*TABLES, *INDEXES.values()):
            connection.execute(statement)
        connection.execute("PRAGMA application_id = " + str(APPLICATION_ID))
        connection.execute("PRAGMA user_version = " + str(SCHEMA_VERSION))
    connection.execute("COMMIT")
