"""Edges -> networkx.MultiDiGraph and back: node = actor id, key = relation, the whole Edge under one attribute.

graph = to_graph(store.edges(having="actual"), store.actors())
graph["cn"]["pk"]["supports"][EDGE].documents
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx

from kg.model import Actor, Edge, Level
from kg.relations import ontology

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["ACTOR", "EDGE", "actors_of", "from_graph", "load_graph", "to_graph"]

EDGE = "edge"
"""The attribute of an arc that holds its `kg.model.Edge`."""

ACTOR = "actor"
"""The attribute of a node that holds its `kg.model.Actor`; name, kind, sector and iso3 stand beside it."""


def to_graph(edges: Iterable[Edge], actors: Iterable[Actor] = ()) -> nx.MultiDiGraph:
    """The graph of the edges of one level.

    Only edges with an affirmed, actual assertion stand in it. An arc points from source to target; of a symmetric
    relation there is one arc, from the lower id, marked `symmetric`. Nodes are the ends of its arcs; those of
    `actors` carry name, kind, sector and iso3, others their id as name. Raises ValueError for edges of both levels:
    the same id means another thing at each.
    """
    graph = nx.MultiDiGraph()
    symmetric = {card.id for card in ontology().relations.values() if card.symmetric}
    level = None
    for edge in edges:
        if edge.actual <= 0:
            continue
        if edge.level != level:
            if level is not None:
                raise ValueError("A graph holds edges of one level; ask the store for actor or state level.")
            level = graph.graph["level"] = edge.level
        relation = edge.relation
        graph.add_edge(edge.source, edge.target, relation, edge=edge, symmetric=relation in symmetric)
    for node in graph:
        graph.nodes[node]["name"] = node
    for actor in actors:
        if actor.id in graph:
            graph.nodes[actor.id].update(
                {ACTOR: actor, "name": actor.name, "kind": actor.kind, "sector": actor.sector, "iso3": actor.iso3}
            )
    return graph


def from_graph(graph: nx.MultiDiGraph) -> tuple[Edge, ...]:
    """The edges of a graph by source, relation and target: the inverse of `to_graph`."""
    edges = (edge for _, _, edge in graph.edges(data=EDGE))
    return tuple(sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target)))


def actors_of(graph: nx.MultiDiGraph) -> tuple[Actor, ...]:
    """The actors that `to_graph` was given and that stand in the graph, by id."""
    actors = (actor for _, actor in graph.nodes(data=ACTOR) if actor is not None)
    return tuple(sorted(actors, key=lambda actor: actor.id))


def load_graph(store: Store, level: Level = "state") -> nx.MultiDiGraph:
    """The whole graph of a store at one level."""
    from kg.store import Filter
    from kg.store.memory import uncollected

    with uncollected():
        edges = list(store.edges(Filter(level=level), having="actual"))
        return to_graph(edges, store.actors({end for edge in edges for end in (edge.source, edge.target)}))
