"""Which pairs of actors are joined by some relations, and by what: for questions about groups of actors."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Actor, Document, Edge, Family
from kg.queries.who import Quote, best_quotes
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["Link", "Links", "Pair", "relations_of"]

Pair = tuple[str, str]
"""Two ids, the lower first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge as the store keeps it (a symmetric one from the lower id), with its best quote."""

    source: Actor
    target: Actor
    edge: Edge
    quote: Quote | None


@dataclass(slots=True)
class Links:
    """Reads pairs and their best edges. Only affirmed, actual assertions join; `bounds` bound level and dates.

    An edge that stands in fewer than `least` documents joins nobody.
    """

    store: Store
    bounds: Filter
    least: int = 1
    _documents: dict[str, Document] = field(default_factory=dict)

    def arrows(self, relations: Sequence[str], among: Sequence[str] | None = None) -> dict[Pair, int]:
        """(source, target) -> documents of the best backed edge; with `among`, both ends are of these."""
        where = dataclasses.replace(self.bounds, relations=tuple(relations), sources=among, targets=among)
        return {(source, target): n for source, target, n in self._pairs(where) if n >= self.least}

    def touching(self, actor: str, relations: Sequence[str]) -> set[str]:
        """Who is joined to the actor, whichever way."""
        wanted = dataclasses.replace(self.bounds, relations=tuple(relations))
        found: set[str] = set()
        for where in (
            dataclasses.replace(wanted, sources=(actor,)),
            dataclasses.replace(wanted, targets=(actor,)),
        ):
            for source, target, n in self._pairs(where):
                found |= {source, target} if n >= self.least else set()
        return found - {actor}

    def _pairs(self, where: Filter) -> Iterator[tuple[str, str, int]]:
        if where.counted:
            yield from self.store.pairs(where)
        else:
            for edge in self.store.edges(where, having="actual"):
                yield edge.source, edge.target, edge.documents

    def between(self, pair: Pair, relations: Sequence[str], *, quoted: bool = True) -> tuple[Link, ...]:
        """The best backed edge each way, and the best one without a direction; the best of them first."""
        best: dict[tuple[str, str, bool], Edge] = {}
        where = dataclasses.replace(self.bounds, relations=tuple(relations), sources=pair, targets=pair)
        for edge in sorted(self.store.edges(where, having="actual"), key=_worst_last):
            if edge.documents >= self.least:
                best.setdefault((edge.source, edge.target, ontology()[edge.relation].symmetric), edge)
        actors = {actor.id: actor for actor in self.store.actors(pair)}
        return tuple(
            Link(
                source=actors[edge.source],
                target=actors[edge.target],
                edge=edge,
                quote=self._quote(edge) if quoted else None,
            )
            for edge in best.values()
        )

    def _quote(self, edge: Edge) -> Quote | None:
        where = dataclasses.replace(
            self.bounds,
            sources=(edge.source,),
            relations=(edge.relation,),
            targets=(edge.target,),
            status=("actual",),
            polarity="affirmed",
        )
        return next(iter(best_quotes(self.store, where, 1, self._documents)), None)


def _worst_last(edge: Edge) -> tuple[int, int, tuple[int, ...], str, str]:
    latest = tuple(-int(part) for part in (edge.last or "").split("-") if part)
    return -edge.documents, -edge.actual, latest or (0,), edge.relation, edge.source


def relations_of(families: Iterable[Family]) -> tuple[str, ...]:
    """The ids of the relations of some families."""
    return tuple(card.id for family in families for card in ontology().family(family))
