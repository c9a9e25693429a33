"""The edges of a store, kept in step with its assertions.

What a batch adds to each edge and takes from it is added up in memory and written once, so that what a heavy edge costs
does not depend on its weight. The store counts, for each edge, the documents of each outlet behind it. Which originals
stand behind it is kept nowhere: nearly every document is the only one of its origin, and where it is not, the
assertions of the others are looked at. First and last are looked for anew only where what gave them is gone.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import Assertion, Level
from kg.relations import ontology
from kg.store import rows
from kg.store.database import Database
from kg.store.filters import Filter
from kg.store.select import dated, tallied

__all__ = ["Edges"]

_EdgeKey = tuple[Level, str, str, str]

_COLUMNS = (
    *("pk", "level", "source", "relation", "target", *rows.EDGE_COUNTS),
    *("documents", "originals", "first", "last", "outlets"),
)
_THIS = "level = ? AND source = ? AND relation = ? AND target = ?"
_UPSERT = (
    "INSERT INTO edges (pk, level, source, relation, target, actual, planned, alleged, hypothetical, ended, negated, "
    "documents, originals, first, last) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT (level, source, relation, target) DO UPDATE SET actual = edges.actual + excluded.actual, "
    "planned = edges.planned + excluded.planned, alleged = edges.alleged + excluded.alleged, "
    "hypothetical = edges.hypothetical + excluded.hypothetical, ended = edges.ended + excluded.ended, "
    "negated = edges.negated + excluded.negated, documents = edges.documents + excluded.documents, "
    "originals = edges.originals + excluded.originals, "
    "first = CASE WHEN edges.first IS NULL OR excluded.first < edges.first THEN excluded.first ELSE edges.first END, "
    "last = CASE WHEN edges.last IS NULL OR excluded.last > edges.last THEN excluded.last ELSE edges.last END"
)
_ADD_OUTLET = " ".join(
    (
        "INSERT INTO edge_outlets (edge, outlet, documents) SELECT pk, ?, ? FROM edges WHERE",
        _THIS,
        "ON CONFLICT (edge, outlet) DO UPDATE SET documents = edge_outlets.documents + excluded.documents",
    )
)
_DROP_OUTLETS = " ".join(
    ("DELETE FROM edge_outlets WHERE documents = 0 AND edge = (SELECT pk FROM edges WHERE", _THIS, ")")
)
_COUNT_OUTLETS = " ".join(
    ("UPDATE edges SET outlets = (SELECT count(*) FROM edge_outlets WHERE edge = edges.pk) WHERE", _THIS)
)
_DROP_EMPTY = " ".join(
    ("DELETE FROM edges WHERE", _THIS, "AND actual + planned + alleged + hypothetical + ended + negated = 0")
)

_DATES = " ".join(("SELECT first, last FROM edges WHERE", _THIS))
_DATE = " ".join(("UPDATE edges SET first = ?, last = ? WHERE", _THIS))


_NEGATED = rows.EDGE_COUNTS.index("negated")


class _Tally:
    """What a batch adds to one edge and takes from it."""

    __slots__ = (
        *("counts", "document", "documents", "first", "gained", "last", "lost", "lost_first", "lost_last"),
        *("originals", "outlets"),
    )

    def __init__(self) -> None:
        self.counts = [0] * len(rows.EDGE_COUNTS)
        self.document: object = None  # the one counted last
        self.documents = 0
        self.originals = 0  # of documents that share their origin with none
        self.gained: dict[str, set[int]] | None = None  # by origin, the documents that share it
        self.lost: dict[str, set[int]] | None = None
        self.outlets: dict[str, int] = {}
        self.first: str | None = None
        self.last: str | None = None
        self.lost_first: str | None = None
        self.lost_last: str | None = None

    def shared(self, origin: str, document: int, sign: int) -> None:
        if sign > 0:
            self.gained = self.gained or {}
            self.gained.setdefault(origin, set()).add(document)
        else:
            self.lost = self.lost or {}
            self.lost.setdefault(origin, set()).add(document)


class Edges:
    """What a batch adds to the edges and takes from them; `settle` writes it down."""

    def __init__(self, db: Database) -> None:
        self._db = db
        cards = ontology().relations.values()
        self._symmetric = {card.id for card in cards if card.symmetric}
        self._structure = {card.id for card in cards if card.family == "structure"}
        self._kinds = {kind: n for n, kind in enumerate(rows.EDGE_COUNTS)}
        self._tallies: dict[_EdgeKey, _Tally] = {}
        self._shared: set[str] = set()  # origins that several documents have, or had in this batch

    def share(self, origins: Iterable[str]) -> None:
        """Notes which of the origins several documents of the store have."""
        self._shared.update(
            origin
            for (origin,) in self._db.execute(
                "SELECT origin FROM documents WHERE origin IN (SELECT value FROM json_each(?)) "
                "GROUP BY origin HAVING count(*) > 1",
                (rows.listed(origins),),
            )
        )

    def add(self, assertions: Iterable[Assertion], pk: int, day: str | None, origin: str, outlet: str | None) -> None:
        """Counts the assertions of the document with that row; its origin has been given to `share`."""
        self._count(
            (
                (
                    one.source.actor.id,
                    one.source.state.id,
                    one.relation,
                    one.target.actor.id,
                    one.target.state.id,
                    one.polarity,
                    one.status,
                    one.background,
                    one.date or day,
                )
                for one in assertions
            ),
            (pk, origin, outlet),
            1,
        )

    def lose(self, document: int) -> None:
        """Takes away what the assertions of a document, about to be deleted, stand behind."""
        told = self._db.execute("SELECT pk, origin, outlet FROM documents WHERE pk = ?", (document,)).fetchone()
        self.share((told[1],))
        self._count(
            self._db.execute(
                "SELECT s.id, ss.id, a.relation, t.id, ts.id, a.polarity, a.status, a.background, "
                "coalesce(a.date, a.day) FROM assertions a "
                "JOIN actors s ON s.pk = a.source JOIN actors ss ON ss.pk = a.source_state "
                "JOIN actors t ON t.pk = a.target JOIN actors ts ON ts.pk = a.target_state WHERE a.document = ?",
                (document,),
            ),
            told,
            -1,
        )

    def _count(self, assertions: Iterable[Any], document: tuple[int, str, str | None], sign: int) -> None:
        pk, origin, outlet = document
        shared, this = origin in self._shared, object()
        tallies, symmetric, structure, kinds = self._tallies, self._symmetric, self._structure, self._kinds
        for source, source_state, relation, target, target_state, polarity, status, background, date in assertions:
            kind = kinds[status] if polarity == "affirmed" else _NEGATED
            keys: list[_EdgeKey] = []
            swaps = relation in symmetric
            if source != target:
                keys.append(
                    ("actor", target, relation, source)
                    if swaps and target < source
                    else ("actor", source, relation, target)
                )
            if source_state != target_state and relation not in structure:
                keys.append(
                    ("state", target_state, relation, source_state)
                    if swaps and target_state < source_state
                    else ("state", source_state, relation, target_state)
                )
            for key in keys:
                tally = tallies.get(key)
                if tally is None:
                    tally = tallies[key] = _Tally()
                tally.counts[kind] += sign
                if kind:  # no fact
                    continue
                if tally.document is not this:
                    tally.document = this
                    tally.documents += sign
                    if outlet is not None:
                        tally.outlets[outlet] = tally.outlets.get(outlet, 0) + sign
                    if shared:
                        tally.shared(origin, pk, sign)
                    else:
                        tally.originals += sign
                if date is None or background:
                    continue
                if sign > 0:
                    if tally.first is None or date < tally.first:
                        tally.first = date
                    if tally.last is None or date > tally.last:
                        tally.last = date
                else:
                    if tally.lost_first is None or date < tally.lost_first:
                        tally.lost_first = date
                    if tally.lost_last is None or date > tally.lost_last:
                        tally.lost_last = date

    def settle(self) -> None:
        """Brings the edges in step with the assertions, which are written."""
        (highest,) = self._db.execute("SELECT max(pk) FROM edges").fetchone()
        if highest:
            self._merge(highest)
        else:
            self._write()
        self._tallies.clear()

    def _write(self) -> None:
        """All edges, where there are none; in the order in which a graph is loaded, so that it is read in one go."""
        numbered = list(enumerate(sorted(self._tallies.items(), key=operator.itemgetter(0)), start=1))
        self._db.insert(
            "edges",
            _COLUMNS,
            ((n, *key, *self._figures(key, tally), len(tally.outlets)) for n, (key, tally) in numbered),
        )
        self._db.insert(
            "edge_outlets",
            ("edge", "outlet", "documents"),
            ((n, outlet, count) for n, (_, tally) in numbered for outlet, count in tally.outlets.items()),
        )

    def _merge(self, highest: int) -> None:
        """The tallies into what is kept; the number given to an edge that is there already is left out."""
        db, tallies = self._db, self._tallies
        numbered = enumerate(tallies.items(), start=highest + 1)
        db.many(_UPSERT, [(n, *key, *self._figures(key, tally)) for n, (key, tally) in numbered])
        outlets = [(outlet, n, *key) for key, tally in tallies.items() for outlet, n in tally.outlets.items() if n]
        db.many(_ADD_OUTLET, outlets)
        fewer = [key for key, tally in tallies.items() if any(n < 0 for n in (*tally.counts, *tally.outlets.values()))]
        db.many(_DROP_OUTLETS, fewer)
        db.many(_COUNT_OUTLETS, list(dict.fromkeys(values[2:] for values in outlets)))
        for key, tally in tallies.items():
            if tally.lost_first is not None and tally.lost_last is not None:
                self._date_again(key, tally.lost_first, tally.lost_last)
        db.many(_DROP_EMPTY, fewer)

    def _figures(self, key: _EdgeKey, tally: _Tally) -> tuple[Any, ...]:
        originals = tally.originals
        if tally.gained or tally.lost:  # as hardly any have
            originals += sum(self._originals(key, tally))
        return (*tally.counts, tally.documents, originals, tally.first, tally.last)

    def _originals(self, key: _EdgeKey, tally: _Tally) -> Iterator[int]:
        """For each origin that several documents share, whether one of it stands behind the edge now and did not."""
        gained, lost = tally.gained or {}, tally.lost or {}
        for origin in gained.keys() | lost.keys():
            new = gained.get(origin, set())
            others = self._stands_behind(key, origin, new)
            yield (bool(new) or others) - (origin in lost or others)

    def _stands_behind(self, key: _EdgeKey, origin: str, new: set[int]) -> bool:
        """Whether a document of that origin, other than the new ones, says that the edge is so."""
        where = dataclasses.replace(_behind(key), polarity="affirmed", status=("actual",))
        others = self._db.execute("SELECT pk, id FROM documents WHERE origin = ?", (origin,)).fetchall()
        return any(
            self._db.execute(*tallied(dataclasses.replace(where, document=document))).fetchone()
            for pk, document in others
            if pk not in new
        )

    def _date_again(self, key: _EdgeKey, lost_first: str, lost_last: str) -> None:
        first, last = self._db.execute(_DATES, key).fetchone()
        if first is not None and (lost_first <= first or lost_last >= last):
            found = self._db.execute(*dated(_behind(key))).fetchone()
            self._db.execute(_DATE, (*found, *key))


def _behind(key: _EdgeKey) -> Filter:
    """The assertions behind an edge."""
    level, source, relation, target = key
    return Filter(level=level, sources=(source,), relations=(relation,), targets=(target,), private_people=True)
