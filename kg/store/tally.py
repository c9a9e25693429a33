"""The edges of a SQLite store, kept in step with its assertions.

Counts of edges that only grow are added up in memory and upserted once a batch; edges that lost an assertion are
counted again from what is left, so both ways end alike. Which originals stand behind an edge is kept nowhere: nearly
every document is the only one of its origin, and where it is not, the assertions of the others are looked at.
"""

from __future__ import annotations

import dataclasses
import sqlite3

from kg.model import Assertion, Document, Level, Polarity, Status
from kg.relations import ontology
from kg.store import rows
from kg.store.protocol import Filter
from kg.store.select import tallied

__all__ = ["Edges"]

_EdgeKey = tuple[Level, str, str, str]

# max and min of SQLite are NULL where one side is, so each falls back on the other.
_UPSERT_EDGE = (
    "INSERT INTO edges (level, source, relation, target, actual, planned, alleged, hypothetical, ended, negated, "
    "documents, originals, first, last) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT (level, source, relation, target) DO UPDATE SET actual = actual + excluded.actual, "
    "planned = planned + excluded.planned, alleged = alleged + excluded.alleged, "
    "hypothetical = hypothetical + excluded.hypothetical, ended = ended + excluded.ended, "
    "negated = negated + excluded.negated, documents = documents + excluded.documents, "
    "originals = originals + excluded.originals, "
    "first = coalesce(min(first, excluded.first), first, excluded.first), "
    "last = coalesce(max(last, excluded.last), last, excluded.last) RETURNING pk"
)


class _Tally:
    """What a batch adds to one edge."""

    __slots__ = ("counts", "documents", "first", "last", "origins", "outlets")

    def __init__(self) -> None:
        self.counts = dict.fromkeys(rows.EDGE_COUNTS, 0)
        self.documents: set[int] = set()
        self.origins: set[str] = set()
        self.outlets: set[str] = set()
        self.first: str | None = None
        self.last: str | None = None

    def add(
        self,
        document: int,
        origin: str,
        outlet: str | None,
        date: str | None,
        polarity: Polarity,
        status: Status,
        background: bool,
    ) -> None:
        """Counts one assertion; the arguments are the columns of `select.tallied`."""
        self.counts[status if polarity == "affirmed" else "negated"] += 1
        if polarity != "affirmed" or status != "actual":
            return
        self.documents.add(document)
        self.origins.add(origin)
        if outlet is not None:
            self.outlets.add(outlet)
        if date is not None and not background:
            self.first = date if self.first is None else min(self.first, date)
            self.last = date if self.last is None else max(self.last, date)


class Edges:
    """What a batch adds to the edges and takes from them; `settle` writes it down."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._relations = ontology().relations
        self._tallies: dict[_EdgeKey, _Tally] = {}
        self._shrunk: set[_EdgeKey] = set()
        self._origins: dict[int, tuple[str, bool]] = {}

    def add(self, assertion: Assertion, document: Document, pk: int) -> None:
        """Counts a new assertion of the document with that row."""
        source, target = assertion.source, assertion.target
        if pk not in self._origins:
            origin = document.origin
            others = self._connection.execute("SELECT pk FROM documents WHERE origin = ? LIMIT 2", (origin,))
            self._origins[pk] = origin, len(others.fetchall()) > 1
        origin = self._origins[pk][0]
        for key in (
            self._key("actor", source.actor.id, assertion.relation, target.actor.id),
            self._key("state", source.state.id, assertion.relation, target.state.id),
        ):
            if key is not None:
                tally = self._tallies.get(key)
                if tally is None:
                    tally = self._tallies[key] = _Tally()
                date = assertion.date or document.date
                outlet = rows.outlet(document)
                tally.add(pk, origin, outlet, date, assertion.polarity, assertion.status, assertion.background)

    def lose(self, document: int) -> None:
        """Notes the edges that the assertions of a document, about to be deleted, stand behind."""
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
                (document,),
            )
            for source_id, relation, target_id in ends:
                key = self._key("state" if level == "state" else "actor", source_id, relation, target_id)
                if key is not None:
                    self._shrunk.add(key)

    def settle(self) -> None:
        """Brings the edges in step with the assertions."""
        for key in self._shrunk:
            self._count_again(key)
        shared = {origin for origin, others in self._origins.values() if others}
        for key, tally in self._tallies.items():
            if key not in self._shrunk:
                known = sum(self._stands_behind(key, origin, tally.documents) for origin in tally.origins & shared)
                self._upsert(key, tally, known)

    def _key(self, level: Level, source: str, relation: str, target: str) -> _EdgeKey | None:
        card = self._relations.get(relation)
        if source == target or (level == "state" and card is not None and card.family == "structure"):
            return None
        if card is not None and card.symmetric and target < source:
            source, target = target, source
        return level, source, relation, target

    def _stands_behind(self, key: _EdgeKey, origin: str, new: set[int]) -> bool:
        """Whether a document of that origin, other than the new ones, says that the edge is so."""
        level, source, relation, target = key
        where = Filter(
            level=level,
            sources=(source,),
            relations=(relation,),
            targets=(target,),
            polarity="affirmed",
            status=("actual",),
            private_people=True,
        )
        others = self._connection.execute("SELECT pk, id FROM documents WHERE origin = ?", (origin,)).fetchall()
        return any(
            self._connection.execute(*tallied(dataclasses.replace(where, document=document))).fetchone()
            for pk, document in others
            if pk not in new
        )

    def _upsert(self, key: _EdgeKey, tally: _Tally, known: int = 0) -> None:
        """Adds the tally to the edge; `known` of its origins stand behind it already."""
        figures = (len(tally.documents), len(tally.origins) - known, tally.first, tally.last)
        values = (*key, *tally.counts.values(), *figures)
        (pk,) = self._connection.execute(_UPSERT_EDGE, values).fetchone()
        self._connection.executemany(
            "INSERT OR IGNORE INTO edge_outlets (edge, outlet) VALUES (?,?)", [(pk, outlet) for outlet in tally.outlets]
        )
        self._connection.execute(
            "UPDATE edges SET outlets = (SELECT count(*) FROM edge_outlets WHERE edge = pk) WHERE pk = ?", (pk,)
        )

    def _count_again(self, key: _EdgeKey) -> None:
        self._connection.execute("DELETE FROM edges WHERE level=? AND source=? AND relation=? AND target=?", key)
        level, source, relation, target = key
        where = Filter(level=level, sources=(source,), relations=(relation,), targets=(target,), private_people=True)
        tally = None
        for row in self._connection.execute(*tallied(where)):
            tally = tally or _Tally()
            tally.add(*row)
        if tally is not None:
            self._upsert(key, tally)
