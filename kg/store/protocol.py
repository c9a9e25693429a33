"""What every store can do, whichever database keeps it.

A store holds documents, what was read from them, and the edges that sum it up, always in step with each other:
each `write` or `remove` is one transaction, and a failure leaves the store as it was.

It is not two modules: the promise of a store is read as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from kg.store.filters import Filter, Order
from kg.store.reports import Count, Report, Sums

if TYPE_CHECKING:
    from types import TracebackType

    from kg.model import Actor, Assertion, Document, Edge, Family, Level, Reading, Sentence
    from kg.store.corrections import Corrected, Correction, Lookup
    from kg.store.totals import Coverage, Presence, Stats, Versions, WriteReport

__all__ = ["Store"]


class Store(Protocol):
    """Every method raises `StoreError`, and no other error, where the database fails."""

    def __enter__(self) -> Store: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def close(self) -> None:
        """Gives the database back; the store is of no use afterwards."""

    def write(
        self,
        readings: Iterable[Reading],
        *,
        aliases: Callable[[str], Sequence[str]] | None = None,
        versions: Versions | None = None,
        lookup: Lookup | None = None,
    ) -> WriteReport:
        """Keeps the readings, all in one transaction; whatever it or the iterable raises undoes the whole batch.

        The corrections in force hold for them: what is kept is as corrected, and what was read is kept beside it.
        `lookup` tells a correction what its target is on a document's date, where the document does not.

        A document whose digest and versions are those kept is passed over; another digest or version replaces all
        that was read from it. `aliases` gives the names under which the actor of an id is found; they replace the
        names kept for each actor of the batch, and left out leave them as they are. An assertion that stands twice
        in a reading (equal ids) is kept once, the one of the highest confidence.
        """

    def remove(self, document: str) -> bool:
        """Removes a document with all that was read from it; False where there is none of that id."""

    def is_current(self, document: Document, versions: Versions | None = None) -> bool:
        """Whether `write` would pass the document over: need not be read again."""

    def outdated(self, versions: Versions) -> Iterator[str]:
        """The ids, in their order, of documents read with other versions; the store may be written to meanwhile."""

    def documents(self, *, texts: bool = True) -> Iterator[Document]:
        """All documents by id. Without `texts` theirs are empty, so that a list of citations reads no text."""

    def document(self, document: str) -> Document | None:
        """The document of that id."""

    def reading(self, document: str, *, corrected: bool = True) -> Reading | None:
        """All that was read from the document, as corrected; else equal to what was written."""

    def versions(self, document: str) -> Versions | None:
        """What the document was read with; corrections that changed it stand after the catalogue ("5f1c+1.4").

        They never make a document out of date: see `is_current`.
        """

    def assertion(self, assertion: str) -> Assertion | None:
        """The assertion of that id."""

    def assertions(
        self, where: Filter | None = None, *, order: Order = "best", limit: int | None = None
    ) -> Iterator[Assertion]:
        """The assertions that the filter asks for.

        `best` puts actors named directly before those meant by pronouns or phrases, reports before background, then
        the higher confidence (in tenths), then the most recent; `text` goes by document id and place in the text;
        `certainty` puts the least certain first; `harm` what would do most if it were wrong: what is told as done or
        alleged, hostile before other acts, of people before others, then the least certain.
        """

    def assertion_ids(self, prefix: str, limit: int = 10) -> list[str]:
        """The ids of assertions that begin so, in their order."""

    def edges(
        self, where: Filter | None = None, *, having: Count | None = None, limit: int | None = None
    ) -> Iterator[Edge]:
        """The edges that the filter asks for, by source, relation and target; symmetric ones hold the lower id first.

        `having` leaves out those without an assertion of that kind: "actual" gives the edges that stand in the
        graph. With a `limit`, the best backed instead: by independent originals, then recency; of a kind that is no
        fact the most often asserted. Where the filter bounds more than the ends and the relation,
        the counts and dates speak of the assertions it asks for only.
        """

    def pairs(self, where: Filter | None = None) -> Iterator[tuple[str, str, int]]:
        """Which source is joined to which target by an affirmed, actual assertion that the filter asks for.

        Each pair once for each direction in which edges hold it, by source and target, with the independent originals
        of the best backed of its edges. Of the filter only what edges can answer is looked at: level, ends, relations,
        `min_originals` and `private_people`.
        """

    def reports(self, where: Filter) -> Iterator[Report]:
        """What the assertions that the filter asks for say of their triples, in no order."""

    def reports_of(self, wheres: Sequence[Filter]) -> list[list[Report]]:
        """As `reports` of each filter, asked at once: each names one source, one relation and one target.

        However many they are, the store is asked a few times only, once for each set of bounds beside triples, kinds
        and dates.
        """

    def sums_of(self, wheres: Sequence[Filter]) -> list[Sums]:
        """What `reports_of` would give for each filter comes to."""

    def best(self, wheres: Sequence[Filter], limit: int) -> list[list[Report]]:
        """As `reports_of`, of each filter no more than `limit`, in the order "best" of `assertions`."""

    def cited(self, assertions: Iterable[str]) -> dict[str, tuple[Assertion, Document]]:
        """The assertions of these ids with their documents, by id; what is not there is left out."""

    def years(self, *wanted: Filter) -> Iterator[tuple[str, Family, int]]:
        """Year, family, and how many documents have a fact of it dated in that year, by year.

        Counted are the assertions that one of the filters asks for. What is no fact, has no date, or is presupposed
        rather than reported is left out; `min_originals`, which bounds edges, is not looked at.
        """

    def actor(self, actor: str) -> Actor | None:
        """The actor of that id, as the documents read so far describe it most fully."""

    def actors(self, ids: Iterable[str] | None = None) -> Iterator[Actor]:
        """The actors of these ids, all by default, each once, by id."""

    def levels(self, actor: str) -> frozenset[Level]:
        """The levels at which the actor is an end of an assertion."""

    def find_actors(self, text: str) -> list[Actor]:
        """The actors of that id or name, without regard to case, accents or a leading "the"; own names first."""

    def suggest(self, text: str, n: int = 5) -> list[str]:
        """The nearest names of actors, best first."""

    def names(self, actor: str) -> list[str]:
        """All names under which the actor is found, its own first."""

    def sentences_naming(
        self, first: str, second: str, *, level: Level = "state", limit: int | None = None
    ) -> Iterator[tuple[Document, Sentence]]:
        """The sentences that mention both actors, latest document first, whether a triple was read from them or not."""

    def correct(
        self,
        correction: Correction,
        *,
        lookup: Lookup | None = None,
        aliases: Callable[[str], Sequence[str]] | None = None,
        time: str | None = None,
    ) -> Corrected:
        """Keeps a correction and applies it to all that is stored, in one transaction; it holds for later writes too.

        `lookup` and `aliases` are as for `write`. Raises `StoreError` for one that says nothing or names a document
        that is not in the store.
        """

    def undo(
        self,
        number: int,
        *,
        lookup: Lookup | None = None,
        aliases: Callable[[str], Sequence[str]] | None = None,
        time: str | None = None,
    ) -> Corrected:
        """Takes a correction back, in one transaction: the store is as though it had never been made.

        It stays on record as undone. Raises `StoreError` where there is none of that number in force.
        """

    def corrections(self, *, undone: bool = False) -> list[Correction]:
        """The corrections in force by number, with `undone` all that were ever made."""

    def standing(self, actor: str) -> str:
        """The id of the actor that an actor has been merged into, its own where none."""

    def presence(self, actor: str) -> Presence:
        """How often the documents name the actor."""

    def latest(self) -> str | None:
        """The date of the latest document, None where none has one."""

    def coverage(self) -> Coverage:
        """Which documents are kept: found without reading them."""

    def stats(self) -> Stats:
        """How much is kept."""

    def dump(self) -> Iterator[str]:
        """All that is kept, as lines in a fixed order: two stores with equal dumps answer alike.

        Corrections in force are among it; undone ones leave no trace.
        """

    def check(self) -> list[str]:
        """What is wrong with the store, a sentence each: a sound one gives none. Reads everything."""
