"""How two actors are connected: the best paths between them, each hop with its relations and a quote.

The store is asked for the neighbours of both ends, one layer at a time, never for the whole graph; NetworkX ranks
paths on the pairs found.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.model import Actor, Document, Edge, Family, Level
from kg.queries.who import Quote, best_quotes
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["Hop", "Path", "paths"]

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a path, in its direction; an edge may point the other way.

    `edges` are all relations that hold between the two, best backed first; `quote` is the best of the first.
    """

    source: Actor
    target: Actor
    edges: tuple[Edge, ...]
    quote: Quote | None

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations of the hop, best backed first."""
        return tuple(dict.fromkeys(edge.relation for edge in self.edges))


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A chain of hops without a repeated actor; `documents` is how many the best edge of its weakest hop has."""

    hops: tuple[Hop, ...]
    documents: int

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors passed, both ends included."""
        return (self.hops[0].source, *(hop.target for hop in self.hops))


def paths(
    store: Store,
    start: str,
    end: str,
    *,
    k: int = 5,
    max_hops: int = 4,
    families: Sequence[Family] | None = None,
    directed: bool = False,
    level: Level = "state",
) -> list[Path]:
    """Up to `k` paths between two actors of at most `max_hops` hops: the shortest first, then the best evidenced.

    Only affirmed, actual assertions connect. `families` bounds the relations that may be used. Undirected by default;
    directed ones go from source to target (symmetric relations either way).
    """
    if start == end or max_hops < 1 or k < 1:
        return []
    cards = ontology().relations.values()
    relations = None if families is None else tuple(card.id for card in cards if card.family in families)
    search = _Search(store, Filter(level=level, relations=relations), directed, start, end)
    chosen: list[tuple[str, ...]] = []
    for hops in range(1, max_hops + 1):
        if not search.widen(hops):
            chosen = search.best(k, max_hops)  # one end has nobody left to reach: every path has been seen
            break
        chosen = search.best(k, hops)
        if len(chosen) == k:
            break
    names = {actor.id: actor for actor in store.actors(set(itertools.chain.from_iterable(chosen)))}
    documents: dict[str, Document] = {}
    return [search.path(nodes, names, documents) for nodes in chosen]


@dataclass(slots=True)
class _Side:
    """What has been reached from one end: all nodes, and those of the last layer."""

    nodes: set[str]
    frontier: set[str]
    layers: int = 0


@dataclass(slots=True)
class _Search:
    store: Store
    where: Filter
    directed: bool
    start: str
    end: str
    pairs: dict[_Pair, dict[tuple[str, str, str], Edge]] = field(default_factory=dict)
    sides: list[_Side] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sides = [_Side({self.start}, {self.start}), _Side({self.end}, {self.end})]

    def widen(self, hops: int) -> bool:
        """Makes sure that every path of that many hops has been seen; False where all of them have been."""
        while sum(side.layers for side in self.sides) < hops:
            side = min(self.sides, key=lambda side: (len(side.frontier), side.layers))
            if not side.frontier:
                return False
            self._expand(side)
        return True

    def _expand(self, side: _Side) -> None:
        forward = side is self.sides[0]
        found: set[str] = set()
        frontier = tuple(sorted(side.frontier))
        if forward or not self.directed:
            found |= self._add(self.store.edges(dataclasses.replace(self.where, sources=frontier), having="actual"))
        if not forward or not self.directed:
            found |= self._add(self.store.edges(dataclasses.replace(self.where, targets=frontier), having="actual"))
        side.frontier = found - side.nodes
        side.nodes |= found
        side.layers += 1

    def _add(self, edges: Iterable[Edge]) -> set[str]:
        ends: set[str] = set()
        for edge in edges:
            key = (edge.source, edge.relation, edge.target)
            self.pairs.setdefault((edge.source, edge.target), {})[key] = edge
            card = ontology().relations.get(edge.relation)
            if not self.directed or (card is not None and card.symmetric):
                self.pairs.setdefault((edge.target, edge.source), {})[key] = edge
            ends |= {edge.source, edge.target}
        return ends

    def best(self, k: int, hops: int) -> list[tuple[str, ...]]:
        """The `k` best paths of at most that many hops."""
        import networkx as nx

        graph: Any = nx.DiGraph()
        for (source, target), edges in self.pairs.items():
            # The part after the point never adds up to a hop, so it only ranks paths of the same length.
            graph.add_edge(source, target, weight=1 + 0.1 / (1 + sum(edge.documents for edge in edges.values())))
        if self.start not in graph or self.end not in graph:
            return []
        try:
            found = nx.shortest_simple_paths(graph, self.start, self.end, weight="weight")
            short = itertools.takewhile(lambda nodes: len(nodes) <= hops + 1, found)
            return [tuple(nodes) for nodes in itertools.islice(short, k)]
        except nx.NetworkXNoPath:
            return []

    def path(self, nodes: tuple[str, ...], names: dict[str, Actor], documents: dict[str, Document]) -> Path:
        hops = []
        for source, target in itertools.pairwise(nodes):
            edges = sorted(
                self.pairs[source, target].values(),
                key=lambda edge: (edge.documents, edge.actual, edge.last or "", edge.relation),
                reverse=True,
            )
            where = dataclasses.replace(
                self.where,
                sources=(edges[0].source,),
                relations=(edges[0].relation,),
                targets=(edges[0].target,),
                status=("actual",),
                polarity="affirmed",
            )
            quote = next(iter(best_quotes(self.store, where, 1, documents)), None)
            hops.append(Hop(source=names[source], target=names[target], edges=tuple(edges), quote=quote))
        return Path(hops=tuple(hops), documents=min(max(edge.documents for edge in hop.edges) for hop in hops))
