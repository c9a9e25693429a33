"""The tables of a SQLite store, and how its files are told from others.

Assertions and mentions point at a row of `actors`: one of what was ever said of an actor (a person's sector differs
by date, a learned organisation's kind by document), so that what was written is read back exactly and the order of
documents leaves no trace. They say what the corrections make of it; `as_read` keeps what these changed. Edges hold
the actors' ids, so that a graph is one scan. The words of a span are not stored again: they are sliced out of the
document's text.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kg.errors import StoreError

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "connect"]

APPLICATION_ID = 0x6B677462  # "kgtb"
SCHEMA_VERSION = 3

_TABLES = (
    """
    CREATE TABLE documents (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        title TEXT,
        publisher TEXT,
        date TEXT,
        url TEXT,
        kind TEXT,
        paraphrase INTEGER NOT NULL,
        original_title TEXT,
        original_publisher TEXT,
        original_date TEXT,
        original_url TEXT,
        outlet TEXT, -- who says these words, for counting; never the original's publisher
        origin TEXT NOT NULL, -- equal for copies of one text and for paraphrases of one original
        extractor TEXT,
        model TEXT,
        catalogue TEXT
    )
    """,
    "CREATE INDEX documents_by_date ON documents (date, outlet)",
    "CREATE INDEX documents_by_origin ON documents (origin)",
    """
    CREATE TABLE sentences (
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (document, seq)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE actors (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        sector TEXT,
        iso3 TEXT,
        folded TEXT NOT NULL -- the name as names are compared
    )
    """,
    "CREATE INDEX actors_by_id ON actors (id)",
    "CREATE INDEX actors_by_name ON actors (folded)",
    """
    CREATE TABLE actor_names (
        folded TEXT NOT NULL,
        actor TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (folded, actor, name)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX actor_names_by_actor ON actor_names (actor)",
    """
    CREATE TABLE mentions (
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        actor INTEGER NOT NULL REFERENCES actors,
        state INTEGER NOT NULL REFERENCES actors,
        how TEXT NOT NULL,
        confidence REAL NOT NULL,
        PRIMARY KEY (document, seq)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX mentions_by_actor ON mentions (actor)",
    "CREATE INDEX mentions_by_state ON mentions (state)",
    """
    CREATE TABLE assertions (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        day TEXT, -- the document's date
        source INTEGER NOT NULL REFERENCES actors,
        source_state INTEGER NOT NULL REFERENCES actors,
        relation TEXT NOT NULL,
        target INTEGER NOT NULL REFERENCES actors,
        target_state INTEGER NOT NULL REFERENCES actors,
        polarity TEXT NOT NULL,
        status TEXT NOT NULL,
        background INTEGER NOT NULL,
        date TEXT,
        confidence REAL NOT NULL,
        direct INTEGER NOT NULL, -- neither end is named by a pronoun, a phrase or something learned
        sentence_start INTEGER NOT NULL,
        sentence_end INTEGER NOT NULL,
        source_start INTEGER NOT NULL,
        source_end INTEGER NOT NULL,
        source_how TEXT NOT NULL,
        source_confidence REAL NOT NULL,
        target_start INTEGER NOT NULL,
        target_end INTEGER NOT NULL,
        target_how TEXT NOT NULL,
        target_confidence REAL NOT NULL,
        trigger_start INTEGER,
        trigger_end INTEGER,
        attributed_to TEXT,
        voice TEXT NOT NULL,
        about TEXT NOT NULL, -- a JSON array of names, as is against
        against TEXT NOT NULL,
        rule TEXT NOT NULL,
        plover TEXT,
        cameo TEXT,
        weight REAL
    )
    """,
    "CREATE INDEX assertions_by_document ON assertions (document, seq)",
    "CREATE INDEX assertions_by_actors ON assertions (source, relation, target, day DESC)",
    "CREATE INDEX assertions_by_states ON assertions (source_state, relation, target_state, day DESC)",
    "CREATE INDEX assertions_by_target ON assertions (target, relation)",
    "CREATE INDEX assertions_by_target_state ON assertions (target_state, relation)",
    """
    CREATE TABLE edges (
        pk INTEGER PRIMARY KEY,
        level TEXT NOT NULL,
        source TEXT NOT NULL,
        relation TEXT NOT NULL,
        target TEXT NOT NULL,
        actual INTEGER NOT NULL,
        planned INTEGER NOT NULL,
        alleged INTEGER NOT NULL,
        hypothetical INTEGER NOT NULL,
        ended INTEGER NOT NULL,
        negated INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        originals INTEGER NOT NULL,
        first TEXT,
        last TEXT
    )
    """,
    "CREATE UNIQUE INDEX edges_by_source ON edges (level, source, relation, target)",
    "CREATE INDEX edges_by_target ON edges (level, target, relation)",
    """
    CREATE TABLE edge_outlets (
        edge INTEGER NOT NULL REFERENCES edges ON DELETE CASCADE,
        outlet TEXT NOT NULL,
        PRIMARY KEY (edge, outlet)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        what TEXT NOT NULL, -- a JSON object: source, target, state, names, documents, texts, entries
        note TEXT,
        undone TEXT -- when it was taken back
    )
    """,
    """
    CREATE TABLE corrected ( -- which corrections changed which documents
        correction INTEGER NOT NULL REFERENCES corrections,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        PRIMARY KEY (correction, document)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX corrected_by_document ON corrected (document)",
    """
    CREATE TABLE as_read ( -- what corrected documents said before, so that every correction can be taken back
        document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        reading TEXT NOT NULL -- JSON: mentions and assertions, a number for one that stands unchanged at that place
    )
    """,
)


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the store at `path`, made if `create` and nothing is there yet; a foreign file is not touched.

    Transactions are begun and ended by the caller. Raises `StoreError` where the file is not a store of this version.
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
        except sqlite3.OperationalError:
            if create:
                raise
            # A store in a folder that may not be written to: SQLite cannot lay its shared memory beside it, and
            # needs none, because nobody can be writing.
            return _checked(path, "ro&immutable=1", create=False)
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"{path} cannot be opened as a store: {error}. Look at its permissions and the disk."
        ) from error
    except sqlite3.DatabaseError:
        raise StoreError(_foreign(path)) from None


def _checked(path: Path, mode: str, *, create: bool) -> sqlite3.Connection:
    with contextlib.ExitStack() as stack:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=30, isolation_level=None, cached_statements=256
        )
        stack.callback(connection.close)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")  # KiB: the indexes are written in no order
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
            raise StoreError(f"{path} was written by a newer kg (store version {version}); install that one.")
        if version < SCHEMA_VERSION:
            raise StoreError(
                f"{path} was written by an older kg (store version {version}); build it again from its sources."
            )
        stack.pop_all()
        return connection
    raise AssertionError("unreachable: the stack lets every error through")


def _looks_like_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) in (b"", b"SQLite format 3\x00")
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}. Look at its permissions.") from error


def _foreign(path: Path) -> str:
    return f"{path} is not a store of kg and is left as it is. Name another file with --store."


def _is_empty(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return not application and not objects


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _is_empty(connection):  # still, now that nobody else can be making it
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute("PRAGMA application_id = " + str(APPLICATION_ID))
        connection.execute("PRAGMA user_version = " + str(SCHEMA_VERSION))
    connection.execute("COMMIT")
