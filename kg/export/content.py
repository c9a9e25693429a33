"""What a map shows, before anybody draws it: actors, edges, and the quotes behind each edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.model import Actor, Assertion, Document, Edge, Level
from kg.queries.verdict import Verdict

__all__ = ["GROUPS", "MapActor", "MapEdge", "MapView", "Quote", "QuoteLength", "Totals", "group_of", "origin_of"]

GROUPS = ("actual", "planned", "alleged", "hypothetical", "ended", "negated")
"""The six ways an assertion counts in an edge, facts first. Only the first is ever drawn."""

QuoteLength = Literal["none", "short", "full"]
"""How much of a sentence travels: the marked words alone, about 30 words, all."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One assertion and the document it was read from.

    The document's `text` is not needed and may be empty: the assertion's sentence carries its own words.
    """

    assertion: Assertion
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class MapActor:
    """An actor on the map.

    `names` are further names to search by, `bloc` the number of its bloc as `kg blocs` finds them (0 is the largest;
    None where it is of none), `degree` the number of other actors it has a drawn link with in the whole store.
    """

    actor: Actor
    names: tuple[str, ...] = ()
    bloc: int | None = None
    degree: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEdge:
    """An edge and what is quoted for it, facts and non-facts alike; `verdict` is what its facts amount to, if any."""

    edge: Edge
    quotes: tuple[Quote, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the whole store holds, so that the page can say which part of it is shown.

    `links` counts drawn links: one for each source, target, family and having a direction or not.
    """

    documents: int = 0
    outlets: int = 0
    first: str | None = None
    last: str | None = None
    actors: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """Everything a map of one level says. Every end of an edge is one of `actors`.

    `bounds` tells in words what was left out before the map was made ("since 2024", "only backing").
    """

    title: str
    level: Level = "state"
    actors: tuple[MapActor, ...] = ()
    edges: tuple[MapEdge, ...] = ()
    totals: Totals = Totals()
    bounds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {each.actor.id for each in self.actors}
        for each in self.edges:
            for end in (each.edge.source, each.edge.target):
                if end not in known:
                    raise ValueError(f"edge {each.edge.relation!r} has the end {end!r}, which is no actor of the view")


def group_of(assertion: Assertion) -> str:
    """Under which of `GROUPS` an assertion counts: a denial is negated whatever its status."""
    return "negated" if assertion.polarity == "negated" else assertion.status


def origin_of(document: Document) -> str:
    """Who first published what the document says: the original's publisher where it is a paraphrase."""
    original = document.based_on.publisher if document.based_on else None
    return original or document.publisher or document.id
