"""The tables of a store, in SQL that SQLite and PostgreSQL share.

Assertions and mentions point at a row of `actors`: one of what was ever said of an actor (a person's sector differs
by date, a learned organisation's kind by document), so that what was written is read back exactly and the order of
documents leaves no trace. They say what the corrections make of it; `as_read` keeps what these changed. Edges hold
the actors' ids, so that a graph is one scan. The words of a span are not stored again: they are sliced out of the
document's text.

Whoever changes a table raises `SCHEMA_VERSION`, adds the step to `migrations.py`, and first writes down a store of the
version before (`python tests/old_stores.py`). A new column stands last and has a default, as ALTER TABLE makes it.
"""

from __future__ import annotations

__all__ = ["INDEXES", "MADE_LAST", "SCHEMA_VERSION", "TABLES"]

SCHEMA_VERSION = 8

TABLES = (
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
        extractor TEXT,
        model TEXT,
        catalogue TEXT,
        origin TEXT NOT NULL DEFAULT '' -- equal for copies of one text and for paraphrases of one original
    )
    """,
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
    """
    CREATE TABLE actor_names (
        folded TEXT NOT NULL,
        actor TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (folded, actor, name)
    ) WITHOUT ROWID
    """,
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
    """
    CREATE TABLE assertions (
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
        weight REAL,
        reviewed INTEGER NOT NULL DEFAULT 0 -- 1 where a person accepted it, as read or relabelled
    )
    """,
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
        first TEXT,
        last TEXT,
        originals INTEGER NOT NULL DEFAULT 0,
        outlets INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TABLE edge_outlets (
        edge INTEGER NOT NULL REFERENCES edges ON DELETE CASCADE,
        outlet TEXT NOT NULL,
        documents INTEGER NOT NULL DEFAULT 0, -- of this outlet, that say that the edge is so
        PRIMARY KEY (edge, outlet)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        what TEXT NOT NULL, -- a JSON object: the other fields of a Correction that say something
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
    """
    CREATE TABLE as_read ( -- what corrected documents said before, so that every correction can be taken back
        document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        reading TEXT NOT NULL -- JSON: mentions and assertions, a number for one that stands unchanged at that place
    )
    """,
)

INDEXES = {
    "documents_by_date": "CREATE INDEX documents_by_date ON documents (date, outlet)",
    "documents_by_origin": "CREATE INDEX documents_by_origin ON documents (origin)",
    "actors_by_id": "CREATE INDEX actors_by_id ON actors (id)",
    "actors_by_name": "CREATE INDEX actors_by_name ON actors (folded)",
    "actor_names_by_actor": "CREATE INDEX actor_names_by_actor ON actor_names (actor)",
    "mentions_by_actor": "CREATE INDEX mentions_by_actor ON mentions (actor)",
    # Most actors roll up to none but themselves, and are found by the index above.
    "mentions_by_state": "CREATE INDEX mentions_by_state ON mentions (state) WHERE state <> actor",
    "assertions_by_id": "CREATE UNIQUE INDEX assertions_by_id ON assertions (id)",
    "assertions_by_document": "CREATE INDEX assertions_by_document ON assertions (document, seq)",
    "assertions_by_actors": (
        "CREATE INDEX assertions_by_actors ON assertions "
        "(source, relation, target, polarity, status, grade DESC, day DESC, date)"
    ),
    "assertions_by_states": (
        "CREATE INDEX assertions_by_states ON assertions "
        "(source_state, relation, target_state, polarity, status, grade DESC, day DESC, date)"
    ),
    "assertions_by_target": "CREATE INDEX assertions_by_target ON assertions (target, relation)",
    "assertions_by_target_state": "CREATE INDEX assertions_by_target_state ON assertions (target_state, relation)",
    "assertions_by_review": "CREATE INDEX assertions_by_review ON assertions (document) WHERE reviewed = 1",
    "edges_by_source": "CREATE UNIQUE INDEX edges_by_source ON edges (level, source, relation, target)",
    "edges_by_target": "CREATE INDEX edges_by_target ON edges (level, target, relation)",
    "corrected_by_document": "CREATE INDEX corrected_by_document ON corrected (document)",
}

# Cheaper to make when all rows are there; the others grow at their ends, are small, or are asked for meanwhile.
MADE_LAST = (
    "mentions_by_actor",
    "mentions_by_state",
    "assertions_by_id",
    "assertions_by_actors",
    "assertions_by_states",
    "assertions_by_target",
    "assertions_by_target_state",
    "edges_by_source",
    "edges_by_target",
)
