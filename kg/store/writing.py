"""One batch of readings -> rows, as the corrections in force make them.

Runs inside a transaction that the store begins and ends. Readings are gathered and written some hundred at a time, so
that the database is asked once for what many of them need to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kg.errors import Problem
from kg.model import Assertion, Reading
from kg.relations import ontology
from kg.store import rows
from kg.store.cast import Cast
from kg.store.corrections import Correction, Lookup, actor_ids, corrected, differences, surest
from kg.store.database import Database
from kg.store.memory import uncollected
from kg.store.reviews import REVIEW_KINDS
from kg.store.tally import Edges
from kg.store.totals import Versions, WriteReport

__all__ = ["Batch"]

_GATHERED = 250  # readings written together; what bounds the memory of a long batch

_DOCUMENT = (
    *("pk", "digest", "outlet", "origin", "extractor", "model", "catalogue"),
    *rows.DOCUMENT_COLUMNS.split(", "),
)
_SENTENCE = ("document", "seq", "start", "end")
_MENTION = ("document", "seq", "start", "end", "actor", "state", "how", "confidence")


class Batch:
    """What is written, corrected or removed in one transaction; `finish` brings edges, actors and names in step."""

    def __init__(
        self,
        db: Database,
        corrections: Iterable[Correction] = (),
        *,
        aliases: Callable[[str], Sequence[str]] | None = None,
        versions: Versions | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        self._db = db
        self._corrections = tuple(corrections)
        self._lasting = [one for one in self._corrections if one.kind not in REVIEW_KINDS]
        self._reviews: dict[str, list[Correction]] = {}  # of each document, so that many cost the others nothing
        for one in self._corrections:
            for document in one.documents if one.kind in REVIEW_KINDS else ():
                self._reviews.setdefault(document, []).append(one)
        self._aliases = aliases
        self._versions = versions or Versions()
        self._lookup = lookup
        self._relations = ontology().relations
        self._edges = Edges(db)
        self._cast = Cast(db, self._number)
        self._named: set[str] = set()  # the actors of the readings as read
        self._seen: dict[str, str] = {}
        self._gathered: list[tuple[Reading, str]] = []
        self._next: dict[str, int] = {}
        self._added = self._replaced = self._unchanged = self._assertions = 0
        self._problems: list[Problem] = []

    def add(self, reading: Reading) -> None:
        """Takes one reading, to be written in place of what was read from its document before."""
        document = reading.document
        digest = document.digest
        seen = self._seen.setdefault(document.id, digest)
        if seen != digest:
            self._pass_over(document.id, "another document of this batch has the same id; give one an id of its own")
        elif (fault := rows.flaw(reading, self._relations)) is not None:
            self._pass_over(document.id, fault)
        else:
            self._gathered.append((reading, digest))
            if len(self._gathered) >= _GATHERED:
                with uncollected():
                    self._write()

    def rewrite(self, reading: Reading) -> None:
        """Writes what was read from a stored document anew, as the corrections make it now."""
        (pk,) = self._db.execute("SELECT pk FROM documents WHERE id = ?", (reading.document.id,)).fetchone()
        self._lose(pk)
        for statement in (
            "DELETE FROM mentions WHERE document = ?",
            "DELETE FROM assertions WHERE document = ?",
            "DELETE FROM as_read WHERE document = ?",
            "DELETE FROM corrected WHERE document = ?",
        ):
            self._db.execute(statement, (pk,))
        self._put([(reading, pk, reading.document.origin)])

    def remove(self, document: str) -> bool:
        """Removes a document with all that was read from it; False where there is none."""
        row = self._db.execute("SELECT pk FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            return False
        self._lose(row[0])
        self._db.execute("DELETE FROM documents WHERE pk = ?", row)
        return True

    def finish(self) -> WriteReport:
        """Writes what waits, and brings edges, actors and names in step with the assertions."""
        with uncollected():
            self._write()
            self._edges.settle()
        self._cast.forget({correction.source for correction in self._corrections})
        if self._aliases is not None:
            # Of an actor that a correction replaced the names are kept too: they still lead to the other.
            self._cast.rename(self._cast.ids | self._named, self._aliases)
        return WriteReport(
            added=self._added,
            replaced=self._replaced,
            unchanged=self._unchanged,
            assertions=self._assertions,
            problems=tuple(self._problems),
        )

    @property
    def actors(self) -> set[str]:
        """The ids of those who stand in what was written."""
        return self._cast.ids

    def name(self, actor: str, names: Iterable[str]) -> None:
        """Adds names under which an actor is found."""
        self._cast.name(actor, names)

    def _pass_over(self, document: str, why: str) -> None:
        self._problems.append(Problem(document, f"{why}. The document is left out."))

    # -- rows

    def _write(self) -> None:
        """Writes what was gathered, but for what is kept as it is."""
        gathered, self._gathered = self._gathered, []
        kept = {
            id: (pk, versions)
            for id, pk, *versions in self._db.execute(
                "SELECT id, pk, digest, extractor, model, catalogue FROM documents "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (rows.listed(reading.document.id for reading, _ in gathered),),
            )
        }
        read_with = (self._versions.extractor, self._versions.model, self._versions.catalogue)
        documents, sentences, written = [], [], []
        for reading, digest in gathered:
            document = reading.document
            versions = [digest, *read_with]
            if document.id in kept:
                before, known = kept[document.id]
                if versions == known:
                    self._unchanged += 1
                    continue
                self._lose(before)
                self._db.execute("DELETE FROM documents WHERE pk = ?", (before,))
                self._replaced += 1
            else:
                self._added += 1
            pk = self._number("documents")
            kept[document.id] = (pk, versions)
            origin = document.origin
            told = (digest, rows.outlet(document), origin)
            documents.append((pk, *told, *read_with, *rows.document_row(document)))
            sentences += [(pk, seq, one.start, one.end) for seq, one in enumerate(reading.sentences)]
            written.append((reading, pk, origin))
        self._db.insert("documents", _DOCUMENT, documents)
        self._db.insert("sentences", _SENTENCE, sentences)
        self._assertions += self._put(written)

    def _put(self, written: Sequence[tuple[Reading, int, str]]) -> int:
        """Writes the mentions and assertions of documents that have none, given with row and origin.

        Returns how many assertions.
        """
        if not written:
            return 0
        now = [(*self._corrected(reading, pk), pk, origin) for reading, pk, origin in written]
        known = self._cast.rows_of(reading for reading, *_ in now)
        self._edges.share(origin for *_, origin in written)
        mentions: list[tuple[Any, ...]] = []
        assertions: list[tuple[Any, ...]] = []
        for reading, found, accepted, pk, origin in now:
            mentions += [
                (pk, seq, m.start, m.end, actor, state, m.how, m.confidence)
                for seq, m in enumerate(reading.mentions)
                for actor, state in (known[id(m)],)
            ]
            day = reading.document.date
            number = self._number("assertions", len(found))
            assertions += rows.assertion_rows(found, (pk, day), number, known, accepted)
            self._edges.add(found.values(), pk, day, origin, rows.outlet(reading.document))
        self._db.insert("mentions", _MENTION, mentions)
        self._db.insert("assertions", rows.WRITTEN_COLUMNS, assertions)
        return len(assertions)

    def _corrected(self, reading: Reading, pk: int) -> tuple[Reading, dict[str, Assertion], frozenset[str]]:
        """What is kept of a reading, its assertions by id, and the ids of those that a person accepted.

        Keeps what was read where that is something else.
        """
        found = surest(reading.assertions)
        corrections = (*self._lasting, *self._reviews.get(reading.document.id, ()))
        if not corrections:
            return reading, found, frozenset()
        read = Reading(
            document=reading.document,
            sentences=reading.sentences,
            mentions=reading.mentions,
            assertions=tuple(found.values()),
        )
        self._named |= actor_ids(read)
        outcome = corrected(read, corrections, self._lookup)
        now, numbers = outcome.reading, outcome.numbers
        if not numbers:
            return read, found, frozenset()
        self._db.execute("INSERT INTO as_read (document, reading) VALUES (?,?)", (pk, differences(read, now)))
        self._db.insert("corrected", ("correction", "document"), [(number, pk) for number in numbers])
        return now, surest(now.assertions), outcome.accepted

    def _number(self, table: str, rows: int = 1) -> int:
        """The number of a new row, or of the first of some: nobody else is writing."""
        number = self._next.get(table)
        if number is None:
            (number,) = self._db.execute(_HIGHEST[table]).fetchone()
            number = (number or 0) + 1
        self._next[table] = number + rows
        return number

    def _lose(self, document: int) -> None:
        self._edges.lose(document)
        self._cast.lose(document)


_HIGHEST = {
    "documents": "SELECT max(pk) FROM documents",
    "actors": "SELECT max(pk) FROM actors",
    "assertions": "SELECT max(pk) FROM assertions",
}
