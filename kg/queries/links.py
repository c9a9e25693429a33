"""Which pairs of actors are joined by some relations, and by what: for questions about groups of actors."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Actor, Edge, Family
from kg.queries.judging import judged
from kg.queries.quoting import Quote, best_quotes
from kg.queries.verdict import Verdict
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["Link", "Links", "Pair", "by_evidence", "relations_of"]

Pair = tuple[str, str]
"""Two ids, the lower first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge as the store keeps it (a symmetric one from the lower id), with its verdict and its best quote."""

    source: Actor
    target: Actor
    edge: Edge
    verdict: Verdict
    quote: Quote | None


@dataclass(slots=True)
class Links:
    """Reads pairs and their best edges. Only affirmed, actual assertions join; `bounds` bound level, dates and so on.

    Verdicts are given for the day of `bounds.as_of`, else for that of the store's latest document.
    """

    store: Store
    bounds: Filter
    _as_of: str | None = None

    def __post_init__(self) -> None:
        self._as_of = self.bounds.as_of or self.store.coverage().last

    def arrows(self, relations: Sequence[str], among: Sequence[str] | None = None) -> dict[Pair, int]:
        """(source, target) -> originals behind the best backed edge; with `among`, both ends are of these."""
        where = dataclasses.replace(self.bounds, relations=tuple(relations), sources=among, targets=among)
        found: dict[Pair, int] = {}
        for source, target, originals in self.pairs(where):
            found[source, target] = max(originals, found.get((source, target), 0))
        return found

    def pairs(self, where: Filter) -> Iterator[tuple[str, str, int]]:
        """As `Store.pairs`, whatever the filter bounds."""
        if where.counted:
            yield from self.store.pairs(where)
        else:
            for edge in self.store.edges(where, having="actual"):
                yield edge.source, edge.target, edge.originals

    def between(self, pairs: Sequence[Pair], relations: Sequence[str]) -> list[tuple[Link, ...]]:
        """Of each pair the best backed edge each way, and the best one without a direction; the best of them first."""
        chosen = []
        for pair in pairs:
            best: dict[tuple[str, str, bool], Edge] = {}
            where = dataclasses.replace(self.bounds, relations=tuple(relations), sources=pair, targets=pair)
            for edge in by_evidence(self.store.edges(where, having="actual")):
                best.setdefault((edge.source, edge.target, ontology()[edge.relation].symmetric), edge)
            chosen.append(list(best.values()))
        links = iter(self.links([edge for edges in chosen for edge in edges]))
        return [tuple(next(links) for _ in edges) for edges in chosen]

    def links(self, edges: Sequence[Edge]) -> list[Link]:
        """The edges with their ends, verdicts and quotes."""
        actors = {
            actor.id: actor for actor in self.store.actors(end for edge in edges for end in (edge.source, edge.target))
        }
        wheres = [
            dataclasses.replace(
                self.bounds,
                level=edge.level,
                sources=(edge.source,),
                relations=(edge.relation,),
                targets=(edge.target,),
                min_originals=None,
            )
            for edge in edges
        ]
        facts = [dataclasses.replace(where, status=("actual",), polarity="affirmed") for where in wheres]
        told = judged(self.store, [("actual", *one) for one in zip(edges, wheres, strict=True)], self._as_of)
        best = best_quotes(self.store, facts, 1)
        return [
            Link(
                source=actors[edge.source],
                target=actors[edge.target],
                edge=edge,
                verdict=verdict,
                quote=next(iter(quotes), None),
            )
            for edge, (_, verdict), quotes in zip(edges, told, best, strict=True)
        ]


def by_evidence(edges: Iterable[Edge]) -> list[Edge]:
    """The edges with the most independent originals first, then the latest, as the store ranks them too."""
    ordered = sorted(edges, key=lambda edge: (-edge.documents, -edge.actual, edge.source, edge.relation, edge.target))
    ordered.sort(key=lambda edge: edge.last or "", reverse=True)
    return sorted(ordered, key=lambda edge: -edge.originals)


def relations_of(families: Iterable[Family]) -> tuple[str, ...]:
    """The ids of the relations of some families."""
    return tuple(card.id for family in families for card in ontology().family(family))
