"""How two actors are connected: the best paths between them, each hop with its relations and a quote.

The store is asked who is joined to whom, from both ends, one layer at a time, never for the whole graph; NetworkX
ranks paths on the pairs found, and only for the paths shown are relations and quotes read.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.model import Actor, Edge, Level
from kg.queries.links import Links, by_evidence
from kg.queries.quoting import Quote
from kg.queries.verdict import Verdict
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["Hop", "Path", "paths"]

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a path, in its direction; an edge may point the other way.

    `edges` are all relations that hold between the two, best backed first; `verdict` and `quote` are of the first.
    """

    source: Actor
    target: Actor
    edges: tuple[Edge, ...]
    verdict: Verdict
    quote: Quote | None

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations of the hop, best backed first."""
        return tuple(dict.fromkeys(edge.relation for edge in self.edges))


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A chain of hops without a repeated actor.

    `documents` and `originals` (independent ones) are how many the best edge of its weakest hop has.
    """

    hops: tuple[Hop, ...]
    documents: int
    originals: int

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
    via: Collection[str] | None = None,
    directed: bool = False,
    level: Level = "state",
    bounds: Filter | None = None,
) -> list[Path]:
    """Up to `k` paths between two actors of at most `max_hops` hops: the shortest first, then the best evidenced.

    Of two equally long, the one with more independent originals, weak hops weighing most; then the one of lower ids.

    Only affirmed, actual assertions connect. `via` names the families and relations that may be used. Undirected by
    default; directed ones go from source to target (symmetric relations either way). `bounds` bounds dates, originals
    and the like; its level, ends, relations, status and polarity are not looked at.
    """
    if start == end or max_hops < 1 or k < 1:
        return []
    cards = ontology().relations.values()
    relations = tuple(card.id for card in cards if via is None or card.family in via or card.id in via)
    where = dataclasses.replace(bounds or Filter(), level=level, relations=relations)
    search = _Search(Links(store, where), where, directed, start, end)
    chosen: list[tuple[str, ...]] = []
    for hops in range(1, max_hops + 1):
        if not search.widen(hops):
            chosen = search.best(k, max_hops)  # one end has nobody left to reach: every path has been seen
            break
        chosen = search.best(k, hops)
        if len(chosen) == k:
            break
    return search.paths(chosen)


@dataclass(slots=True)
class _Side:
    """What has been reached from one end: all nodes, and those of the last layer."""

    nodes: set[str]
    frontier: set[str]
    layers: int = 0


@dataclass(slots=True)
class _Search:
    """The arcs that a path may take, as far as they were asked for, each with the originals of its best backed edge."""

    links: Links
    where: Filter
    directed: bool
    start: str
    end: str
    arcs: dict[_Pair, int] = field(default_factory=dict)
    sides: list[_Side] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sides = [_Side({self.start}, {self.start}), _Side({self.end}, {self.end})]

    def widen(self, hops: int) -> bool:
        """Makes sure that every path of that many hops has been seen; False where all paths have been.

        All but one of the hops lead through what is near to an end; the one between is looked for from both sides.
        """
        near, far = self.sides
        while near.layers + far.layers < hops - 1:
            side = min(self.sides, key=lambda side: (len(side.frontier), side.layers))
            if not side.frontier:
                return False
            self._expand(side)
        self._add(near.nodes, far.nodes)
        return True

    def _expand(self, side: _Side) -> None:
        forward = side is self.sides[0]
        found = self._add(side.frontier, None) if forward else self._add(None, side.frontier)
        side.frontier = found - side.nodes
        side.nodes |= found
        side.layers += 1

    def _add(self, sources: Collection[str] | None, targets: Collection[str] | None) -> set[str]:
        """Asks for the arcs from some to others, None for any, and returns the ends of those found."""
        ends: set[str] = set()
        for symmetric in (True, False):
            where = self._between(sources, targets, symmetric)
            for a, b, originals in self.links.pairs(where):
                ends |= {a, b}
                self._arc(a, b, originals)
                if symmetric or not self.directed:
                    self._arc(b, a, originals)
        if not self.directed:
            for a, b, originals in self.links.pairs(self._between(targets, sources, symmetric=False)):
                ends |= {a, b}
                self._arc(a, b, originals)
                self._arc(b, a, originals)
        return ends

    def _arc(self, source: str, target: str, originals: int) -> None:
        self.arcs[source, target] = max(originals, self.arcs.get((source, target), 0))

    def _between(
        self, sources: Collection[str] | None, targets: Collection[str] | None, symmetric: bool | None = None
    ) -> Filter:
        cards = [ontology()[id] for id in self.where.relations or ()]
        return dataclasses.replace(
            self.where,
            sources=None if sources is None else sorted(sources),
            relations=tuple(card.id for card in cards if symmetric is None or card.symmetric is symmetric),
            targets=None if targets is None else sorted(targets),
        )

    def best(self, k: int, hops: int) -> list[tuple[str, ...]]:
        """The `k` best paths of at most that many hops."""
        import networkx as nx

        graph: Any = nx.DiGraph()
        rank = {node: n for n, node in enumerate(sorted({end for arc in self.arcs for end in arc}))}
        for (source, target), originals in sorted(self.arcs.items()):
            # What evidence weighs never adds up to a hop, nor the place among the ids to an original.
            tie = rank[target] / len(rank) * 1e-10
            graph.add_edge(source, target, weight=1 + 0.1 / (1 + originals) + tie)
        if self.start not in graph or self.end not in graph:
            return []
        try:
            found = nx.shortest_simple_paths(graph, self.start, self.end, weight="weight")
            short = itertools.takewhile(lambda nodes: len(nodes) <= hops + 1, found)
            return [tuple(nodes) for nodes in itertools.islice(short, k)]
        except nx.NetworkXNoPath:
            return []

    def paths(self, chosen: Sequence[tuple[str, ...]]) -> list[Path]:
        """The paths with their relations and quotes, which nobody asked for before they were chosen."""
        steps = list(dict.fromkeys(step for nodes in chosen for step in itertools.pairwise(nodes)))
        edges = [tuple(by_evidence(self._edges(*step))) for step in steps]
        links = self.links.links([these[0] for these in edges])
        hops = {}
        for step, these, best in zip(steps, edges, links, strict=True):
            names = {best.source.id: best.source, best.target.id: best.target}
            source, target = (names[id] for id in step)
            hops[step] = Hop(source=source, target=target, edges=these, verdict=best.verdict, quote=best.quote)
        return [_path([hops[step] for step in itertools.pairwise(nodes)]) for nodes in chosen]

    def _edges(self, source: str, target: str) -> Iterator[Edge]:
        yield from self.links.store.edges(self._between((source,), (target,)), having="actual")
        if not self.directed:
            yield from self.links.store.edges(self._between((target,), (source,), symmetric=False), having="actual")


def _path(hops: Sequence[Hop]) -> Path:
    return Path(
        hops=tuple(hops),
        documents=min(hop.edges[0].documents for hop in hops),
        originals=min(hop.edges[0].originals for hop in hops),
    )
