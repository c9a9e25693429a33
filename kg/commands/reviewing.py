"""Reviews of assertions in a store: which one is meant, what was read, making and taking back. Prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.actor import known_actors
from kg.export.rows import Row
from kg.model import Actor, Assertion
from kg.store import Correction, Filter, Order, Store
from kg.store.corrections import as_read
from kg.store.reviews import REVIEW_KINDS, Change

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue

__all__ = ["REVIEW_COLUMNS", "Meant", "Reviews", "said"]

REVIEW_COLUMNS = (
    "number",
    "time",
    "kind",
    "says",
    "change",
    "reviewer",
    "reason",
    "document",
    "quote",
    "applies",
    "undone",
)


def said(assertion: Assertion) -> str:
    """The triple as a sentence, with what makes it no fact."""
    denied = "not " if assertion.polarity == "negated" else ""
    status = "" if assertion.is_fact else f" ({denied}{assertion.status})"
    return f"{assertion.source.actor.name} {assertion.relation} {assertion.target.actor.name}{status}"


@dataclass(frozen=True, slots=True)
class Meant:
    """An assertion that a review may speak of: its document and the ids under which it was read."""

    id: str
    document: str
    read: tuple[str, ...]


class Reviews:
    """The reviews of an open store. The catalogue is loaded only where actors were corrected as well."""

    def __init__(self, store: Store, actor_files: Sequence[Path] = ()) -> None:
        self.store = store
        self._files = actor_files
        self._catalogue: Catalogue | None = None

    @property
    def _known(self) -> Catalogue:
        if self._catalogue is None:
            self._catalogue = known_actors(self.store, self._files)
        return self._catalogue

    def _lookup(self, actor: str, day: str | None) -> tuple[Actor, Actor] | None:
        from kg.store.known import lookup_in

        return lookup_in(self._known)(actor, day)

    def _aliases(self, actor: str) -> Sequence[str]:
        return self._known.aliases(actor)

    def in_force(self, *, undone: bool = False) -> list[Correction]:
        """The reviews by number, with `undone` all that were ever made."""
        return [one for one in self.store.corrections(undone=undone) if one.kind in REVIEW_KINDS]

    def meant(self, text: str) -> Meant:
        """The assertion of that id, or of the one id that begins so; a rejected one too. Raises `click.UsageError`."""
        asked = text.strip().lower()
        found = set(self.store.assertion_ids(asked, limit=3)) if asked else set()
        found |= {id for one in self.in_force() for id in one.assertions if asked and id.startswith(asked)}
        if len(found) > 1 and asked not in found:
            raise click.UsageError(f"{text!r} begins several ids: {', '.join(sorted(found))}. Give more of it.")
        if not found:
            raise click.UsageError(f"No assertion of the store has the id {text!r}; `kg review` shows ids.")
        id = asked if asked in found else found.pop()
        assertion = self.store.assertion(id)
        if assertion is not None:
            document = assertion.document
        else:
            document = next(one.documents[0] for one in self.in_force() if id in one.assertions)
        reading = self.store.reading(document, corrected=False)
        read = as_read(reading, self.store.corrections(), id) if reading is not None else (id,)
        return Meant(id, document, read or (id,))

    def make(
        self, meant: Meant, kind: str, reviewer: str, reason: str | None = None, change: Change | None = None
    ) -> Correction:
        """Keeps a review, and applies it."""
        assert kind in REVIEW_KINDS, kind
        review = Correction(
            kind=kind,
            assertions=meant.read,
            documents=(meant.document,),
            change=change,
            reviewer=reviewer,
            note=reason or None,
        )
        return self.apply(review)

    def apply(self, review: Correction) -> Correction:
        """Keeps a review as it is given."""
        done = self.store.correct(review, lookup=self._lookup, aliases=self._aliases_or_none(), time=review.time)
        return done.correction

    def undo(self, number: int) -> Correction:
        """Takes a review back. Raises `click.UsageError` where none of that number is in force."""
        if number not in [one.number for one in self.in_force()]:
            raise click.UsageError(f"No review {number} is in force; `kg review list` lists them.")
        return self.store.undo(number, lookup=self._lookup, aliases=self._aliases_or_none()).correction

    def _aliases_or_none(self) -> Callable[[str], Sequence[str]] | None:
        """Names are given anew only where actors were corrected; a review names nobody."""
        corrected = any(one.kind not in REVIEW_KINDS for one in self.store.corrections())
        return self._aliases if corrected else None

    def waiting(self, where: Filter, order: Order, limit: int | None) -> list[Assertion]:
        """The assertions that nobody has reviewed, in that order."""
        accepted = {one.id for one in self.store.assertions(Filter(level="actor", reviewed=True))}
        some = None if limit is None else limit + len(accepted)
        found = (one for one in self.store.assertions(where, order=order, limit=some) if one.id not in accepted)
        return [one for one, _ in zip(found, range(limit), strict=False)] if limit is not None else list(found)

    def rows(self, reviews: Sequence[Correction]) -> Iterator[Row]:
        """What each review says of what was read, and whether that is still read."""
        for one in reviews:
            read = self.read(one)
            change = one.change or Change()
            changes = [
                *([change.relation] if change.relation else []),
                *(["turned"] if change.turned else []),
                *([change.status] if change.status else []),
                *([change.polarity] if change.polarity else []),
            ]
            yield {
                "number": one.number,
                "time": one.time,
                "kind": one.kind,
                "assertions": list(one.assertions),
                "says": "; ".join(dict.fromkeys(map(said, read))) or None,
                "change": ", ".join(changes) or None,
                "reviewer": one.reviewer,
                "reason": one.note,
                "document": one.documents[0],
                "quote": read[0].sentence.text if read else None,
                "applies": bool(read),
                "undone": one.undone,
            }

    def read(self, review: Correction) -> list[Assertion]:
        """The assertions of a review as they were read; none where they are no longer read."""
        found = []
        for document in review.documents:
            reading = self.store.reading(document, corrected=False)
            found += [one for one in reading.assertions if one.id in review.assertions] if reading is not None else []
        return found
