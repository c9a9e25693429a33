"""Assertions without their words: what is counted and judged of them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kg.model import Polarity, Status, Voice

__all__ = ["Count", "Report", "Sums"]

Count = Literal["actual", "planned", "alleged", "hypothetical", "ended", "negated"]
"""The counts that an edge keeps apart: the status of affirmed assertions, and `negated`."""


class Report(NamedTuple):
    """What one assertion says of its triple, without its words: what a verdict is found from.

    `source` and `target` are ids at the level asked for, as an edge holds them. `date` is when it is said to be so,
    the document's date where the text gives none; `origin` and `outlet` are the document's. `id` is the assertion's,
    `start` where its sentence begins, `grade` how good a quote it makes (the higher the better), `weight` the one of
    its own code, None where it has none. A tuple, because thousands are made for one answer.
    """

    source: str
    relation: str
    target: str
    document: str
    origin: str
    outlet: str | None = None
    polarity: Polarity = "affirmed"
    status: Status = "actual"
    background: bool = False
    voice: Voice = "outlet"
    attributed_to: str | None = None
    date: str | None = None
    id: str = ""
    start: int = 0
    grade: int = 0
    weight: float | None = None

    @property
    def kind(self) -> Count:
        """Which count of an edge it belongs to."""
        return self.status if self.polarity == "affirmed" else "negated"


class Sums(NamedTuple):
    """What some reports come to: how many, of how many documents, independent originals and outlets, and who speaks.

    `first` and `last` are dates of those that do not only presuppose it, None where none of them has one.
    """

    assertions: int
    documents: int
    originals: int
    outlets: int
    first: str | None
    last: str | None
    voices: frozenset[Voice]
