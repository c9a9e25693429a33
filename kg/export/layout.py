"""Where actors stand: computed once, seeded, so that the page draws at once and the same view looks the same."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

__all__ = ["HEIGHT", "WIDTH", "place"]

WIDTH, HEIGHT = 760.0, 520.0
"""The box, in pixels, that the start view is laid out for; the page stretches it to the screen it has."""

ITERATIONS = 250
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

Points = npt.NDArray[np.float64]


def place(
    core: Sequence[str],
    others: Sequence[str],
    links: Mapping[tuple[str, str], float],
    boxes: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[int, int]]:
    """Actor id -> x, y in pixels.

    `core` is the start view, laid out by force (ForceAtlas2) into WIDTH × HEIGHT; `others` stand near whom they are
    linked with. `boxes` gives width and height that an actor and its label take; they are pushed apart until no two
    overlap, as far as there is room. Depends on the arguments alone.
    """
    if not core:
        return {}
    points = _apart(_fill(_force(core, links)), np.array([boxes[a] for a in core]), pinned=0)
    points = _scaled(points)
    if others:
        guesses = _near(core, points, others, links)
        sizes = np.array([boxes[a] for a in (*core, *others)])
        # Every round compares all with all: thousands get a few rounds, and stand closer.
        rounds = max(4, min(60, 40_000_000 // len(sizes) ** 2))
        points = _apart(np.vstack([points, guesses]), sizes, pinned=len(core), rounds=rounds)
    return {a: (round(float(x)), round(float(y))) for a, (x, y) in zip((*core, *others), points, strict=True)}


def _force(actors: Sequence[str], links: Mapping[tuple[str, str], float]) -> Points:
    if len(actors) == 1:
        return np.zeros((1, 2))
    inside = set(actors)
    graph = nx.Graph()
    graph.add_nodes_from(actors)
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in links.items() if a in inside and b in inside)
    # Parts without a link to the rest would drift far away and squeeze it: a thread too weak to show holds them.
    largest, *others = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    hub = max(sorted(largest), key=graph.degree)
    graph.add_weighted_edges_from((hub, min(part), 0.3) for part in others)
    start = {
        a: np.array([math.cos(2 * math.pi * n / len(actors)), math.sin(2 * math.pi * n / len(actors))])
        for n, a in enumerate(actors)
    }
    found = nx.forceatlas2_layout(
        graph,
        pos=start,
        max_iter=ITERATIONS,
        scaling_ratio=3.0,
        gravity=1.5,
        distributed_action=True,
        weight="weight",
        seed=0,
    )
    return np.array([found[a] for a in actors], dtype=np.float64)


def _scaled(points: Points) -> Points:
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.where(high - low < 1e-9, 1.0, high - low)
    unit = np.where(high - low < 1e-9, 0.5, (points - low) / span)
    scaled: Points = (unit - 0.5) * np.array([WIDTH, HEIGHT])
    return scaled


def _fill(points: Points) -> Points:
    """Mostly by rank, the rest where the forces put them: a force layout crowds the middle and leaves the rim empty."""
    if len(points) < 3:
        return _scaled(points)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable").astype(np.float64)
    return 0.3 * _scaled(points) + 0.7 * _scaled(ranks)


def _apart(points: Points, sizes: Points, pinned: int, rounds: int = 200) -> Points:
    """Push overlapping boxes apart along the axis where less is missing; the first `pinned` stay where they are."""
    points = points.copy()
    reach_x = (sizes[:, None, 0] + sizes[None, :, 0]) / 2
    reach_y = (sizes[:, None, 1] + sizes[None, :, 1]) / 2
    free = np.arange(len(points)) >= pinned
    share = np.where(free[:, None] & ~free[None, :], 1.0, np.where(free[:, None], 0.5, 0.0))
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :]).astype(np.float64)
    for _ in range(rounds):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        miss_x, miss_y = reach_x - np.abs(dx), reach_y - np.abs(dy)
        hit = (miss_x > 0) & (miss_y > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        by_x = miss_x < miss_y
        push_x = np.where(hit & by_x, miss_x * np.where(dx == 0, order, np.sign(dx)), 0.0) * share
        push_y = np.where(hit & ~by_x, miss_y * np.where(dy == 0, order, np.sign(dy)), 0.0) * share
        points[:, 0] += 0.6 * push_x.sum(axis=1)
        points[:, 1] += 0.6 * push_y.sum(axis=1)
    return points


def _near(core: Sequence[str], placed: Points, others: Sequence[str], links: Mapping[tuple[str, str], float]) -> Points:
    """A first guess for the rest: beside the middle of whom they are linked with, turned a little each."""
    neighbours: dict[str, list[tuple[str, float]]] = {}
    for (a, b), weight in links.items():
        neighbours.setdefault(a, []).append((b, weight))
        neighbours.setdefault(b, []).append((a, weight))
    where = {a: (float(x), float(y)) for a, (x, y) in zip(core, placed, strict=True)}
    waiting = list(others)
    while waiting:
        left = []
        for actor in waiting:
            known = [(where[b], w) for b, w in neighbours.get(actor, []) if b in where]
            if not known:
                left.append(actor)
                continue
            total = sum(w for _, w in known)
            angle = len(where) * GOLDEN_ANGLE
            x = sum(p[0] * w for p, w in known) / total + 90 * math.cos(angle)
            y = sum(p[1] * w for p, w in known) / total + 70 * math.sin(angle)
            where[actor] = (x * 1.15, y * 1.15)
        if len(left) == len(waiting):
            for actor in left:
                angle = len(where) * GOLDEN_ANGLE
                where[actor] = (WIDTH * 0.75 * math.cos(angle), HEIGHT * 0.75 * math.sin(angle))
            break
        waiting = left
    return np.array([where[a] for a in others])
