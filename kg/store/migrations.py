"""A SQLite store of an older version -> this version, step by step in one transaction.

A step names its own tables and columns in full: those in `tables.py` are of today, and a step must stay as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from kg.errors import StoreError
from kg.store import rows
from kg.store.tables import SCHEMA_VERSION

__all__ = ["OLDEST", "STEPS", "migrate"]

Step = tuple[str | Callable[[Any], None], ...]
"""SQL statements, and functions for what SQL cannot say, run in order.

A function is given what has the `execute` of `kg.store.database.Database`. From version 5 on, where stores in
PostgreSQL begin, both must be read by PostgreSQL as well.
"""

OLDEST = 2
"""The oldest version that is brought up to date; the one before was never released."""

_ASSERTIONS_4 = """
    CREATE TABLE assertions_4 (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
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
        grade INTEGER NOT NULL, -- how good a quote: 100 named directly, 50 no background, 0 to 10 tenths of confidence
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
"""


_BEHIND_5 = """
    CREATE TEMP TABLE behind AS
    SELECT DISTINCT e.pk AS edge, d.pk AS document, d.origin AS origin, d.outlet AS outlet
    FROM assertions a JOIN documents d ON d.pk = a.document
    JOIN (SELECT 'actor' AS level UNION ALL SELECT 'state') l
    JOIN actors s ON s.pk = CASE l.level WHEN 'actor' THEN a.source ELSE a.source_state END
    JOIN actors t ON t.pk = CASE l.level WHEN 'actor' THEN a.target ELSE a.target_state END
    JOIN edges e ON e.level = l.level AND e.relation = a.relation
        AND e.source = CASE WHEN t.id < s.id AND a.relation IN ('allied_with', 'consults', 'agrees_with',
            'cooperates_with', 'trades_with', 'rival_of', 'fights', 'borders') THEN t.id ELSE s.id END
        AND e.target = CASE WHEN t.id < s.id AND a.relation IN ('allied_with', 'consults', 'agrees_with',
            'cooperates_with', 'trades_with', 'rival_of', 'fights', 'borders') THEN s.id ELSE t.id END
    WHERE a.polarity = 'affirmed' AND a.status = 'actual'
"""


def _origins(connection: sqlite3.Connection) -> None:
    """The origin of each document."""
    columns = " ".join(("SELECT pk,", rows.DOCUMENT_COLUMNS, "FROM documents"))
    for pk, *fields in connection.execute(columns).fetchall():
        values = (rows.document_from_row(fields).origin, pk)
        connection.execute("UPDATE documents SET origin = ? WHERE pk = ?", values)


STEPS: dict[int, Step] = {
    # 2 -> 3: what is no independent source is told apart.
    2: (
        "ALTER TABLE documents ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE edges ADD COLUMN originals INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX documents_by_date ON documents (date, outlet)",
        "CREATE INDEX documents_by_origin ON documents (origin)",
        _origins,
        _BEHIND_5,
        "CREATE INDEX temp.behind_by_edge ON behind (edge)",
        "UPDATE edges SET originals = (SELECT count(DISTINCT origin) FROM behind WHERE edge = edges.pk)",
        "DROP TABLE behind",
    ),
    # 3 -> 4: an edge counts its outlets, an assertion is graded as a quote.
    3: (
        "ALTER TABLE edges ADD COLUMN outlets INTEGER NOT NULL DEFAULT 0",
        "UPDATE edges SET outlets = (SELECT count(*) FROM edge_outlets WHERE edge = pk)",
        _ASSERTIONS_4,
        "INSERT INTO assertions_4 SELECT pk, id, document, seq, day, source, source_state, relation, "
        "target, target_state, polarity, status, background, date, confidence, "
        "direct * 100 + (1 - background) * 50 + CAST(confidence * 10 + 0.5 AS INTEGER), "
        "sentence_start, sentence_end, source_start, source_end, source_how, source_confidence, "
        "target_start, target_end, target_how, target_confidence, trigger_start, trigger_end, attributed_to, voice, "
        "about, against, rule, plover, cameo, weight FROM assertions ORDER BY pk",
        "DROP TABLE assertions",
        "ALTER TABLE assertions_4 RENAME TO assertions",
        "CREATE UNIQUE INDEX assertions_by_id ON assertions (id)",
        "CREATE INDEX assertions_by_document ON assertions (document, seq)",
        "CREATE INDEX assertions_by_actors ON assertions (source, relation, target, grade DESC, day DESC)",
        "CREATE INDEX assertions_by_states ON assertions (source_state, relation, target_state, grade DESC, day DESC)",
        "CREATE INDEX assertions_by_target ON assertions (target, relation)",
        "CREATE INDEX assertions_by_target_state ON assertions (target_state, relation)",
    ),
    # 4 -> 5: an edge counts the documents of each outlet.
    4: (
        "ALTER TABLE edge_outlets ADD COLUMN documents INTEGER NOT NULL DEFAULT 0",
        _BEHIND_5,
        "DELETE FROM edge_outlets",
        "INSERT INTO edge_outlets (edge, outlet, documents) "
        "SELECT edge, outlet, count(*) FROM behind WHERE outlet IS NOT NULL GROUP BY edge, outlet",
        "DROP TABLE behind",
    ),
    # 5 -> 6: an assertion says whether a person accepted it.
    5: (
        "ALTER TABLE assertions ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX assertions_by_review ON assertions (document) WHERE reviewed = 1",
    ),
    # 6 -> 7: an index finds the best of one polarity and status, and those of a time, without a look at the others.
    6: (
        "DROP INDEX assertions_by_actors",
        "DROP INDEX assertions_by_states",
        "CREATE INDEX assertions_by_actors ON assertions "
        "(source, relation, target, polarity, status, grade DESC, day DESC, date)",
        "CREATE INDEX assertions_by_states ON assertions "
        "(source_state, relation, target_state, polarity, status, grade DESC, day DESC, date)",
    ),
    # 7 -> 8: of mentions the index of states holds those alone that roll up to another actor.
    7: (
        "DROP INDEX mentions_by_state",
        "CREATE INDEX mentions_by_state ON mentions (state) WHERE state <> actor",
    ),
}


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the store up to this version, all of it or nothing.

    Raises `StoreError` where rows would be left that point nowhere, `sqlite3.Error` where the database fails.
    """
    connection.execute("PRAGMA foreign_keys = OFF")  # else a table that is made anew takes the rows below it along
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()  # another process may have come first
        for step in range(version, SCHEMA_VERSION):
            for part in STEPS[step]:
                if isinstance(part, str):
                    connection.execute(part)
                else:
                    part(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StoreError(
                "The store was written by an older kg and is damaged: rows of it point at others that are not there. "
                "It is left as it was; build it again from its sources."
            )
        connection.execute("PRAGMA user_version = " + str(SCHEMA_VERSION))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")
