"""Which actors stand together: groups that back and engage one another more than others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import networkx as nx

from kg.export.lines import Line

__all__ = ["MAX_BLOCS", "blocs"]

MAX_BLOCS = 7
"""No more than can be told apart by colour."""

WARMTH = {"backing": 2.0, "engaging": 1.0}


def blocs(lines: Iterable[Line]) -> dict[str, int]:
    """Actor id -> number of its bloc, 0 the largest; actors without one are left out.

    A bloc has at least two members. Only affirmed, actual backing and engaging count; hostile acts between two
    actors are taken off what joins them. The same lines give the same blocs.
    """
    joined: dict[tuple[str, str], float] = defaultdict(float)
    for line in lines:
        if line.drawn and line.family != "structure":
            pair = min(line.source, line.target), max(line.source, line.target)
            joined[pair] += line.documents * WARMTH.get(line.family, -2.0)
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(joined.items()) if weight > 0)
    if not graph:
        return {}
    groups = nx.community.louvain_communities(graph, weight="weight", seed=0)
    large = sorted((group for group in groups if len(group) >= 2), key=lambda group: (-len(group), min(group)))
    return {actor: number for number, group in enumerate(large[:MAX_BLOCS]) for actor in group}
