"""Communities of mutual backing: who stands together, by whose words, and what divides them all the same.

This is what kg calls a bloc everywhere: in `kg blocs`, and where the map colours actors by the bloc they are of. An
analyst means by it actors that are known to back one another. So talking or trading with everybody makes none, backing
that is not returned makes none (unless one asks for that), and hostile acts are never set off against backing: a net
sum would hide that two allies quarrel, which is what one wants to see. They stand beside it, as rifts within a bloc.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import Actor, Edge, Level
from kg.queries.links import Link, Links, Pair, relations_of
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["Bloc", "Blocs", "Tie", "blocs", "communities", "tied"]

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
    weights = tied(store.edges(replace(links.bounds, relations=backing), having="actual"), one_way=one_way)
    groups = communities(weights)
    shown = groups[:limit]
    place = {member: n for n, group in enumerate(shown) for member in group}
    apart: dict[Pair, int] = defaultdict(int)
    for (source, target), originals in links.arrows(hostile).items():
        pair = min(source, target), max(source, target)
        apart[pair] = max(apart[pair], originals)
    inside, rifts = (_within(pairs, place, len(shown)) for pairs in (weights, apart))
    actors = {actor.id: actor for actor in store.actors(place)}
    found = []
    for n, group in enumerate(shown):
        degree = Counter(end for pair in inside[n] for end in pair)
        found.append(
            Bloc(
                members=tuple(actors[member] for member in sorted(group, key=lambda id: (-degree[id], id))),
                ties=_ties(links, inside[n], backing, ties),
                rifts=_ties(links, rifts[n], hostile, ties),
                ties_in_all=len(inside[n]),
                rifts_in_all=len(rifts[n]),
            )
        )
    return Blocs(
        level=level,
        blocs=tuple(found),
        actors=len({end for pair in weights for end in pair}),
        more=len(groups) - len(shown),
    )


def tied(edges: Iterable[Edge], *, one_way: bool = False) -> dict[Pair, int]:
    """The pairs that back one another, with the independent originals of all backing between them.

    Two are tied where each backs the other by a fact or they are allied; with `one_way`, where one backs the other.
    Edges of other families, and those without a fact, are passed over.
    """
    cards = {card.id: card for card in ontology().family("backing")}
    weights: dict[Pair, int] = defaultdict(int)
    ways: dict[Pair, set[Pair]] = defaultdict(set)
    for edge in edges:
        card = cards.get(edge.relation)
        if card is None or not edge.actual or edge.source == edge.target:
            continue
        one, other = edge.source, edge.target
        pair = min(one, other), max(one, other)
        weights[pair] += edge.originals
        ways[pair] |= {pair, pair[::-1]} if card.symmetric else {(one, other)}
    return {pair: weight for pair, weight in weights.items() if one_way or len(ways[pair]) == 2}


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


def _within(pairs: Mapping[Pair, int], place: Mapping[str, int], groups: int) -> list[dict[Pair, int]]:
    """For each group the pairs of which both are in it."""
    found: list[dict[Pair, int]] = [{} for _ in range(groups)]
    for pair, n in pairs.items():
        one, other = (place.get(end) for end in pair)
        if one is not None and one == other:
            found[one][pair] = n
    return found


def _ties(links: Links, pairs: Mapping[Pair, int], relations: tuple[str, ...], limit: int) -> tuple[Tie, ...]:
    best = sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:limit]
    return tuple(Tie(links=each, originals=each[0].edge.originals) for each in links.between(best, relations))
