"""Questions about a SQLite store as a whole: how much and what exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.model import Document, Level, Sentence
from kg.store import rows
from kg.store.database import Database
from kg.store.totals import Coverage, Presence, Stats

__all__ = ["coverage", "dump", "presence", "sentences_naming", "stats"]

_COUNTS = (
    ("documents", "SELECT count(*) FROM documents"),
    ("outlets", "SELECT count(DISTINCT outlet) FROM documents"),
    ("sentences", "SELECT count(*) FROM sentences"),
    ("mentions", "SELECT count(*) FROM mentions"),
    ("actors", "SELECT count(DISTINCT id) FROM actors"),
    ("assertions", "SELECT count(*) FROM assertions"),
    ("actor_edges", "SELECT count(CASE WHEN level = 'actor' THEN 1 END) FROM edges WHERE actual > 0"),
    ("state_edges", "SELECT count(CASE WHEN level = 'state' THEN 1 END) FROM edges WHERE actual > 0"),
)
# Counted in the order of an index first: sorting all assertions by their relation takes longer.
_RELATIONS = (
    "SELECT relation, CAST(sum(n) AS BIGINT) FROM (SELECT relation, count(*) AS n FROM assertions "
    "GROUP BY target, relation) r GROUP BY relation ORDER BY 2 DESC, 1"
)
_STATUSES = (
    "SELECT CASE polarity WHEN 'negated' THEN 'negated' ELSE status END, count(*) FROM assertions "
    "GROUP BY 1 ORDER BY 2 DESC, 1"
)

# What a dump says of each table, without the numbers that depend on the order of writing.
_DUMPS = (
    (
        "document",
        "SELECT id, digest, text, title, publisher, date, url, kind, paraphrase, original_title, original_publisher, "
        "original_date, original_url, outlet, origin, extractor, model, catalogue FROM documents ORDER BY id",
    ),
    (
        "sentence",
        'SELECT d.id, s.seq, s.start, s."end" FROM sentences s JOIN documents d ON d.pk = s.document '
        "ORDER BY d.id, s.seq",
    ),
    (
        "mention",
        'SELECT d.id, m.seq, m.start, m."end", a.id, a.name, a.kind, a.sector, a.iso3, '
        "s.id, s.name, s.kind, s.sector, s.iso3, m.how, m.confidence "
        "FROM mentions m JOIN documents d ON d.pk = m.document JOIN actors a ON a.pk = m.actor "
        "JOIN actors s ON s.pk = m.state ORDER BY d.id, m.seq",
    ),
    (
        "assertion",
        "SELECT d.id, a.seq, a.id, a.day, s.id, s.name, s.kind, s.sector, s.iso3, ss.id, ss.name, ss.kind, ss.sector, "
        "ss.iso3, a.relation, t.id, t.name, t.kind, t.sector, t.iso3, ts.id, ts.name, ts.kind, ts.sector, ts.iso3, "
        "a.polarity, a.status, a.background, a.date, a.confidence, a.grade, a.reviewed, "
        "a.sentence_start, a.sentence_end, "
        "a.source_start, a.source_end, a.source_how, a.source_confidence, a.target_start, a.target_end, a.target_how, "
        "a.target_confidence, a.trigger_start, a.trigger_end, a.attributed_to, a.voice, a.about, a.against, a.rule, "
        "a.plover, a.cameo, a.weight FROM assertions a JOIN documents d ON d.pk = a.document "
        "JOIN actors s ON s.pk = a.source JOIN actors ss ON ss.pk = a.source_state "
        "JOIN actors t ON t.pk = a.target JOIN actors ts ON ts.pk = a.target_state ORDER BY d.id, a.seq",
    ),
    (
        "actor",
        "SELECT id, name, kind, sector, iso3 FROM actors ORDER BY id, name, kind, sector NULLS FIRST, iso3 NULLS FIRST",
    ),
    ("name", "SELECT actor, name, folded FROM actor_names ORDER BY actor, name"),
    (
        "edge",
        "SELECT level, source, relation, target, actual, planned, alleged, hypothetical, ended, negated, documents, "
        "originals, outlets, first, last FROM edges ORDER BY level, source, relation, target",
    ),
    (
        "outlet",
        "SELECT e.level, e.source, e.relation, e.target, o.outlet, o.documents FROM edge_outlets o "
        "JOIN edges e ON e.pk = o.edge ORDER BY e.level, e.source, e.relation, e.target, o.outlet",
    ),
    ("correction", "SELECT number, time, kind, what, note FROM corrections WHERE undone IS NULL ORDER BY number"),
    (
        "corrected",
        "SELECT d.id, c.correction FROM corrected c JOIN documents d ON d.pk = c.document ORDER BY d.id, c.correction",
    ),
    ("as_read", "SELECT d.id, r.reading FROM as_read r JOIN documents d ON d.pk = r.document ORDER BY d.id"),
)


def stats(db: Database) -> Stats:
    """How much is kept."""
    counts: dict[str, int] = {name: db.execute(statement).fetchone()[0] for name, statement in _COUNTS}
    first, last = db.execute("SELECT min(date), max(date) FROM documents").fetchone()
    relations = dict(db.execute(_RELATIONS).fetchall())
    statuses: dict[str, int] = dict(db.execute(_STATUSES).fetchall())
    facts = statuses.get("actual", 0)
    return Stats(**counts, facts=facts, first=first, last=last, relations=relations, statuses=statuses)


def coverage(db: Database) -> Coverage:
    """Which documents are kept: an index holds all that is asked."""
    statement = "SELECT count(*), count(DISTINCT outlet), min(date), max(date) FROM documents"
    documents, outlets, first, last = db.execute(statement).fetchone()
    return Coverage(documents=documents, outlets=outlets, first=first, last=last)


def presence(db: Database, actor: str) -> Presence:
    """How often the documents name an actor."""
    found = db.execute(
        "WITH these AS (SELECT pk FROM actors WHERE id = ?) SELECT count(*), count(DISTINCT d.pk), "
        "(SELECT count(*) FROM assertions WHERE source IN (SELECT pk FROM these)), "
        "(SELECT count(*) FROM assertions WHERE target IN (SELECT pk FROM these)), min(d.date), max(d.date) "
        "FROM mentions m JOIN documents d ON d.pk = m.document WHERE m.actor IN (SELECT pk FROM these)",
        (actor,),
    ).fetchone()
    names = ("mentions", "documents", "as_source", "as_target", "first", "last")
    return Presence(**dict(zip(names, found, strict=True)))


def dump(db: Database) -> Iterator[str]:
    """All that is kept, a JSON array a line, in a fixed order."""
    for table, statement in _DUMPS:
        for chunk in db.stream(statement):
            for row in chunk:
                yield json.dumps([table, *row], ensure_ascii=False)


def sentences_naming(
    db: Database, first: str, second: str, level: Level, limit: int | None
) -> Iterator[tuple[Document, Sentence]]:
    """The sentences that mention both actors, latest document first."""
    actor, state = (
        "m.actor IN (SELECT pk FROM actors WHERE id = :first)",
        "m.state IN (SELECT pk FROM actors WHERE id = :first)",
    )
    found = actor
    if level == "state":  # each half has its index
        found = " ".join(("(m.state <> m.actor AND", state, "OR m.state = m.actor AND", actor, ")"))
    statement = " ".join(
        (
            'SELECT s.document, s.start, s."end" FROM mentions m JOIN sentences s ON s.document = m.document',
            'AND m.start >= s.start AND m."end" <= s."end" JOIN documents d ON d.pk = s.document WHERE',
            found,
            "AND EXISTS (SELECT 1 FROM mentions o WHERE",
            'o.document = m.document AND o.start >= s.start AND o."end" <= s."end" AND',
            "o.state" if level == "state" else "o.actor",
            'IN (SELECT pk FROM actors WHERE id = :second)) GROUP BY s.document, s.start, s."end", s.seq, d.date, d.id',
            "ORDER BY d.date DESC NULLS LAST, d.id, s.seq",
            "" if limit is None else "LIMIT :limit",
        )
    )
    values = {"first": first, "second": second} | ({} if limit is None else {"limit": limit})
    fetch = " ".join(("SELECT", rows.DOCUMENT_COLUMNS, "FROM documents WHERE pk = ?"))
    for pk, start, end in db.execute(statement, values).fetchall():
        document = rows.document_from_row(db.execute(fetch, (pk,)).fetchone())
        yield document, Sentence(start, end, document.text[start:end])
