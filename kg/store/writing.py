"""One batch of readings -> rows, and the edges kept in step with them.

Runs inside a transaction that the store begins and ends. Counts of edges that only grow are added up in memory and
upserted once a batch; edges that lost an assertion are counted again from what is left, so both ways end alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from kg.errors import Problem
from kg.model import Actor, Assertion, Level, Polarity, Reading, Status
from kg.relations import ontology
from kg.store import rows
from kg.store.names import fold
from kg.store.protocol import Filter, Versions, WriteReport
from kg.store.select import tallied

__all__ = ["Batch"]

_EdgeKey = tuple[Level, str, str, str]

_INSERT_ASSERTION = " ".join(
    ("INSERT INTO assertions (seq, day, direct,", rows.ASSERTION_COLUMNS, ") VALUES (?", ",?" * 34, ")")
)
_INSERT_DOCUMENT = " ".join(
    (
        "INSERT INTO documents (digest, outlet, extractor, model, catalogue,",
        rows.DOCUMENT_COLUMNS,
        ") VALUES (?",
        ",?" * 16,
        ")",
    )
)
_INSERT_ACTOR = "INSERT INTO actors (id, name, kind, sector, iso3, folded) VALUES (?,?,?,?,?,?)"

class Batch:
    """What is written or removed in one transaction; `finish` brings the edges in step."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        aliases: Callable[[str], Sequence[str]] | None = None,
        versions: Versions | None = None,
    ) -> None:
        self._connection = connection
        self._aliases = aliases
        self._versions = versions or Versions()
        self._relations = ontology().relations
        self._actors: dict[Actor, int] = {}
        self._tallies: dict[_EdgeKey, _Tally] = {}
        self._shrunk: set[_EdgeKey] = set()
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
        outlet = rows.outlet(document)
        identity = (digest, outlet, versions.extractor, versions.model, versions.catalogue)
        pk = self._insert(_INSERT_DOCUMENT, (*identity, *rows.document_row(document)))
        self._connection.executemany(
            'INSERT INTO sentences (document, seq, start, "end") VALUES (?,?,?,?)',
            [(pk, seq, sentence.start, sentence.end) for seq, sentence in enumerate(reading.sentences)],
        )
        self._connection.executemany(
            'INSERT INTO mentions (document, seq, start, "end", actor, state, how, confidence) '
            "VALUES (?,?,?,?,?,?,?,?)",
            [
                (pk, seq, m.start, m.end, self._actor(m.actor), self._actor(m.state), m.how, m.confidence)
                for seq, m in enumerate(reading.mentions)
            ],
        )
        self._add_assertions(reading, pk, outlet)

    def remove(self, document: str) -> bool:
        """Removes a document with all that was read from it; False where there is none."""
        row = self._connection.execute("SELECT pk FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            return False
        for level, source, target in (("actor", "source", "target"), ("state", "source_state", "target_state")):
            ends = self._connection.execute(
                " ".join(
                    (
                        "SELECT s.id, a.relation, t.id FROM assertions a",
                        "JOIN actors s ON s.pk =",
                        source,
                        "JOIN actors t ON t.pk =",
                        target,
                        "WHERE a.document = ?",
                    )
                ),
                row,
            )
            for source_id, relation, target_id in ends:
                key = self._edge_key("state" if level == "state" else "actor", source_id, relation, target_id)
                if key is not None:
                    self._shrunk.add(key)
        for actors in self._connection.execute(
            "SELECT actor, state FROM mentions WHERE document = :pk UNION SELECT source, source_state FROM assertions "
            "WHERE document = :pk UNION SELECT target, target_state FROM assertions WHERE document = :pk",
            {"pk": row[0]},
        ):
            self._unsure.update(actors)
        self._connection.execute("DELETE FROM documents WHERE pk = ?", row)
        return True

    def finish(self) -> WriteReport:
        """Brings edges, actors and names in step with the assertions."""
        for key in self._shrunk:
            self._count_again(key)
        for key, tally in self._tallies.items():
            if key not in self._shrunk:
                self._upsert(key, tally)
        self._forget_actors()
        if self._aliases is not None:
            for identity in sorted({actor.id for actor in self._actors}):
                self._connection.execute("DELETE FROM actor_names WHERE actor = ?", (identity,))
                self._connection.executemany(
                    "INSERT OR IGNORE INTO actor_names (folded, actor, name) VALUES (?,?,?)",
                    [(fold(name), identity, name) for name in self._aliases(identity) if fold(name)],
                )
        return WriteReport(
            added=self._added,
            replaced=self._replaced,
            unchanged=self._unchanged,
            assertions=self._assertions,
            problems=tuple(self._problems),
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

    def _add_assertions(self, reading: Reading, document: int, outlet: str | None) -> None:
        surest: dict[str, Assertion] = {}
        for assertion in reading.assertions:
            identity = assertion.id
            if identity not in surest or assertion.confidence > surest[identity].confidence:
                surest[identity] = assertion
        day, written = reading.document.date, []
        for seq, (identity, assertion) in enumerate(surest.items()):
            source, target = assertion.source, assertion.target
            ends = (source.actor, source.state, target.actor, target.state)
            actors = (self._actor(ends[0]), self._actor(ends[1]), self._actor(ends[2]), self._actor(ends[3]))
            direct = {source.how, target.how} <= {"name", "title"}
            written.append((seq, day, direct, *rows.assertion_row(assertion, identity, document, actors)))
            for key in (
                self._edge_key("actor", source.actor.id, assertion.relation, target.actor.id),
                self._edge_key("state", source.state.id, assertion.relation, target.state.id),
            ):
                if key is not None:
                    tally = self._tallies.get(key)
                    if tally is None:
                        tally = self._tallies[key] = _Tally()
                    date = assertion.date or day
                    tally.add(document, outlet, date, assertion.polarity, assertion.status, assertion.background)
        self._connection.executemany(_INSERT_ASSERTION, written)
        self._assertions += len(written)

    def _forget_actors(self) -> None:
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
            if gone:
                self._connection.execute(
                    "DELETE FROM actor_names WHERE actor = :id AND NOT EXISTS (SELECT 1 FROM actors WHERE id = :id)",
                    {"id": gone[0]},
                )
