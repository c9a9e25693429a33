"""Communities of mutual backing: who stands together, by whose words, and what divides them all the same.

Hostile acts are never set off against backing: they stand beside it, as rifts within a bloc.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.model import Actor, Level
from kg.queries.links import Link, Links, Pair, relations_of
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["Bloc", "Blocs", "Tie", "blocs", "communities"]

SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What joins (or divides) two actors: the best backed edge each way, and the originals behind the best of them."""

    links: tuple[Link, ...]
    originals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """Actors that back one another more than others, those with the most ties first.

    `ties` are pairs of members that back one another, `rifts` pairs of members of whom one opposes or fights the
    other, the best evidenced first; `ties_in_all` and `rifts_in_all` count those beyond the limit too.
    """

    members: tuple[Actor, ...]
    ties: tuple[Tie, ...]
    rifts: tuple[Tie, ...]
    ties_in_all: int
    rifts_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocs:
    """The blocs, the largest first; `more` counts those beyond the limit, `actors` all who back somebody mutually."""

    level: Level
    blocs: tuple[Bloc, ...]
    actors: int
    more: int = 0


def blocs(
    store: Store,
    *,
    level: Level = "state",
    bounds: Filter | None = None,
    one_way: bool = False,
    limit: int = 10,
    ties: int = 5,
) -> Blocs:
    """Groups of actors that back one another, with up to `ties` ties and rifts each.

    Two actors are tied where each backs the other or they are allied; with `one_way`, where one backs the other.
    A tie weighs as much as its edges have independent originals. Only facts count; `bounds` bounds dates, originals
    and the like. The same store gives the same blocs: Louvain with a fixed seed, on ids in their order.
    """
    links = Links(store, replace(bounds or Filter(), level=level))
    backing, hostile = relations_of(["backing"]), relations_of(["opposing", "fighting"])
    weights = _mutual(links, backing, one_way)
    groups = communities(weights)
    shown = groups[:limit]
    actors = {actor.id: actor for actor in store.actors(member for group in shown for member in group)}
    found = []
    for group in shown:
        inside = {pair: weight for pair, weight in weights.items() if set(pair) <= set(group)}
        apart: dict[Pair, int] = defaultdict(int)
        for (source, target), originals in links.arrows(hostile, group).items():
            pair = min(source, target), max(source, target)
            apart[pair] = max(apart[pair], originals)
        degree = {member: sum(member in pair for pair in inside) for member in group}
        found.append(
            Bloc(
                members=tuple(actors[member] for member in sorted(group, key=lambda id: (-degree[id], id))),
                ties=_ties(links, inside, backing, ties),
                rifts=_ties(links, apart, hostile, ties),
                ties_in_all=len(inside),
                rifts_in_all=len(apart),
            )
        )
    return Blocs(
        level=level,
        blocs=tuple(found),
        actors=len({end for pair in weights for end in pair}),
        more=len(groups) - len(shown),
    )


def communities(weights: Mapping[Pair, float]) -> list[tuple[str, ...]]:
    """The communities of two and more in an undirected graph of positive weights, the largest first, ids in order."""
    import networkx as nx

    names = sorted({end for pair in weights for end in pair})
    number = {name: n for n, name in enumerate(names)}
    graph = nx.Graph()
    # Numbers in the order of the ids: a set of strings would come in another order in another process.
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from((number[a], number[b], weight) for (a, b), weight in sorted(weights.items()))
    if not graph:
        return []
    groups = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    named = [tuple(names[n] for n in sorted(group)) for group in groups if len(group) > 1]
    return sorted(named, key=lambda group: (-len(group), group))


def _mutual(links: Links, backing: tuple[str, ...], one_way: bool) -> dict[Pair, float]:
    """The tied pairs with their weight."""
    cards = ontology()
    weights: dict[Pair, float] = defaultdict(float)
    ways: dict[Pair, set[Pair]] = defaultdict(set)
    for relation in backing:
        for (source, target), originals in links.arrows([relation]).items():
            pair = min(source, target), max(source, target)
            weights[pair] += originals
            ways[pair] |= {pair, pair[::-1]} if cards[relation].symmetric else {(source, target)}
    return {pair: weight for pair, weight in weights.items() if one_way or len(ways[pair]) == 2}


def _ties(links: Links, pairs: Mapping[Pair, float], relations: tuple[str, ...], limit: int) -> tuple[Tie, ...]:
    best = sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:limit]
    return tuple(Tie(links=each, originals=each[0].edge.originals) for each in links.between(best, relations))
