"""One batch of readings -> rows, as the corrections in force make them.

Runs inside a transaction that the store begins and ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kg.errors import Problem
from kg.model import Actor, Reading
from kg.relations import ontology
from kg.store import rows
from kg.store.corrections import Correction, Lookup, actor_ids, corrected, differences, surest
from kg.store.names import fold
from kg.store.protocol import Versions, WriteReport
from kg.store.tally import Edges

__all__ = ["Batch"]

_INSERT_ASSERTION = " ".join(
    ("INSERT INTO assertions (seq, day, grade,", rows.ASSERTION_COLUMNS, ") VALUES (?", ",?" * 34, ")")
)
_INSERT_DOCUMENT = " ".join(
    (
        "INSERT INTO documents (digest, outlet, origin, extractor, model, catalogue,",
        rows.DOCUMENT_COLUMNS,
        ") VALUES (?",
        ",?" * 17,
        ")",
    )
)
_INSERT_ACTOR = "INSERT INTO actors (id, name, kind, sector, iso3, folded) VALUES (?,?,?,?,?,?)"
_INSERT_MENTION = (
    'INSERT INTO mentions (document, seq, start, "end", actor, state, how, confidence) VALUES (?,?,?,?,?,?,?,?)'
)


class Batch:
    """What is written, corrected or removed in one transaction; `finish` brings edges, actors and names in step."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        corrections: Iterable[Correction] = (),
        *,
        aliases: Callable[[str], Sequence[str]] | None = None,
        versions: Versions | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        self._connection = connection
        self._corrections = tuple(corrections)
        self._aliases = aliases
        self._versions = versions or Versions()
        self._lookup = lookup
        self._relations = ontology().relations
        self._edges = Edges(connection)
        self._actors: dict[Actor, int] = {}
        self._named: set[str] = set()  # the actors of the readings as read
        self._unsure: set[int] = set()  # rows of actors that may have lost their last mention
        self._seen: dict[str, str] = {}
        self._added = self._replaced = self._unchanged = self._assertions = 0
        self._problems: list[Problem] = []

    def add(self, reading: Reading) -> None:
        """Writes one reading, in place of what was read from its document before."""
        document, versions = reading.document, self._versions
        digest = document.digest
        if self._seen.setdefault(document.id, digest) != digest:
            self._pass_over(document.id, "another document of this batch has the same id; give one an id of its own")
            return
        if (fault := rows.flaw(reading, self._relations)) is not None:
            self._pass_over(document.id, fault)
            return
        kept = self._connection.execute(
            "SELECT digest, extractor, model, catalogue FROM documents WHERE id = ?", (document.id,)
        ).fetchone()
        if kept == (digest, versions.extractor, versions.model, versions.catalogue):
            self._unchanged += 1
            return
        if kept is None:
            self._added += 1
        else:
            self.remove(document.id)
            self._replaced += 1
        told = (digest, rows.outlet(document), document.origin)
        read = (versions.extractor, versions.model, versions.catalogue)
        pk = self._insert(_INSERT_DOCUMENT, (*told, *read, *rows.document_row(document)))
        self._connection.executemany(
            'INSERT INTO sentences (document, seq, start, "end") VALUES (?,?,?,?)',
            [(pk, seq, sentence.start, sentence.end) for seq, sentence in enumerate(reading.sentences)],
        )
        self._named |= actor_ids(reading)
        self._assertions += self._put(reading, pk)

    def rewrite(self, reading: Reading) -> None:
        """Writes what was read from a stored document anew, as the corrections make it now."""
        row = self._connection.execute("SELECT pk FROM documents WHERE id = ?", (reading.document.id,)).fetchone()
        self._lose(row[0])
        for statement in (
            "DELETE FROM mentions WHERE document = ?",
            "DELETE FROM assertions WHERE document = ?",
            "DELETE FROM as_read WHERE document = ?",
            "DELETE FROM corrected WHERE document = ?",
        ):
            self._connection.execute(statement, row)
        self._put(reading, row[0])

    def remove(self, document: str) -> bool:
        """Removes a document with all that was read from it; False where there is none."""
        row = self._connection.execute("SELECT pk FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            return False
        self._lose(row[0])
        self._connection.execute("DELETE FROM documents WHERE pk = ?", row)
        return True

    def finish(self) -> WriteReport:
        """Brings edges, actors and names in step with the assertions."""
        self._edges.settle()
        self._forget_actors()
        if self._aliases is not None:
            # Of an actor that a correction replaced the names are kept too: they still lead to the other.
            for identity in sorted({actor.id for actor in self._actors} | self._named):
                self._connection.execute("DELETE FROM actor_names WHERE actor = ?", (identity,))
                self.name(identity, self._aliases(identity))
        return WriteReport(
            added=self._added,
            replaced=self._replaced,
            unchanged=self._unchanged,
            assertions=self._assertions,
            problems=tuple(self._problems),
        )

    def name(self, actor: str, names: Iterable[str]) -> None:
        """Adds names under which an actor is found."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO actor_names (folded, actor, name) VALUES (?,?,?)",
            [(fold(name), actor, name) for name in names if fold(name)],
        )

    def _pass_over(self, document: str, why: str) -> None:
        self._problems.append(Problem(document, f"{why}. The document is left out."))

    def _insert(self, statement: str, values: Sequence[Any]) -> int:
        pk = self._connection.execute(statement, values).lastrowid
        assert pk is not None
        return pk

    def _actor(self, actor: Actor) -> int:
        pk = self._actors.get(actor)
        if pk is None:
            values = (actor.id, actor.name, actor.kind, actor.sector, actor.iso3)
            row = self._connection.execute(
                "SELECT pk FROM actors WHERE id = ? AND name = ? AND kind = ? AND sector IS ? AND iso3 IS ?", values
            ).fetchone()
            pk = row[0] if row else self._insert(_INSERT_ACTOR, (*values, fold(actor.name)))
            self._actors[actor] = pk
        return pk

    def _put(self, read: Reading, pk: int) -> int:
        """Writes the mentions and assertions of a document that has none; returns how many assertions."""
        read = Reading(
            document=read.document,
            sentences=read.sentences,
            mentions=read.mentions,
            assertions=surest(read.assertions),
        )
        reading, numbers = corrected(read, self._corrections, self._lookup)
        if numbers:
            self._connection.execute("INSERT INTO as_read VALUES (?,?)", (pk, differences(read, reading)))
            self._connection.executemany("INSERT INTO corrected VALUES (?,?)", [(number, pk) for number in numbers])
        self._connection.executemany(
            _INSERT_MENTION,
            [
                (pk, seq, m.start, m.end, self._actor(m.actor), self._actor(m.state), m.how, m.confidence)
                for seq, m in enumerate(reading.mentions)
            ],
        )
        day, written = reading.document.date, []
        for seq, assertion in enumerate(reading.assertions):
            source, target = assertion.source, assertion.target
            ends = (source.actor, source.state, target.actor, target.state)
            actors = (self._actor(ends[0]), self._actor(ends[1]), self._actor(ends[2]), self._actor(ends[3]))
            written.append(
                (
                    seq,
                    day,
                    rows.grade(assertion),
                    *rows.assertion_row(assertion, assertion.id, pk, actors),
                )
            )
            self._edges.add(assertion, reading.document, pk)
        self._connection.executemany(_INSERT_ASSERTION, written)
        return len(written)

    def _lose(self, document: int) -> None:
        self._edges.lose(document)
        for actors in self._connection.execute(
            "SELECT actor, state FROM mentions WHERE document = :pk UNION SELECT source, source_state FROM assertions "
            "WHERE document = :pk UNION SELECT target, target_state FROM assertions WHERE document = :pk",
            {"pk": document},
        ):
            self._unsure.update(actors)

    def _forget_actors(self) -> None:
        replaced = {correction.source for correction in self._corrections}
        for pk in self._unsure - set(self._actors.values()):
            gone = self._connection.execute(
                "DELETE FROM actors WHERE pk = :pk AND NOT EXISTS (SELECT 1 FROM mentions WHERE actor = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM mentions WHERE state = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE source = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE source_state = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE target = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE target_state = :pk) RETURNING id",
                {"pk": pk},
            ).fetchone()
            if gone and gone[0] not in replaced:
                self._connection.execute(
                    "DELETE FROM actor_names WHERE actor = :id AND NOT EXISTS (SELECT 1 FROM actors WHERE id = :id)",
                    {"id": gone[0]},
                )
