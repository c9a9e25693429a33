"""Which lines to draw first: the backbone of a graph too large to read whole.

The disparity filter (Serrano, Boguñá and Vespignani, 2009) asks how surprising a line is for its two actors if each
spread its weight evenly. It keeps what matters to a small actor, where a cut by weight keeps only the largest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from kg.export.lines import Line

__all__ = ["MAX_ACTORS", "MAX_LINES", "Order", "order_lines"]

MAX_ACTORS = 54
MAX_LINES = 96
STRUCTURE = 0.3
"""Borders and memberships are background to who backs whom: they come in later than acts as often reported."""


@dataclass(frozen=True, slots=True)
class Order:
    """Drawn lines as indices, most telling first; the first `start` make the start view."""

    lines: tuple[int, ...]
    start: int


def order_lines(lines: tuple[Line, ...], max_actors: int = MAX_ACTORS, max_lines: int = MAX_LINES) -> Order:
    """Put the drawn lines in the order in which the page brings them in.

    The start view has at most `max_actors` actors and `max_lines` lines, and is the whole where that fits. The order
    depends on the lines alone.
    """
    drawn = [n for n, line in enumerate(lines) if line.drawn]
    worth = _worth(lines, drawn)
    ranked = sorted(drawn, key=lambda n: (-worth[n], lines[n].source, lines[n].target, n))
    start: list[int] = []
    actors: set[str] = set()
    for n in ranked:
        ends = {lines[n].source, lines[n].target}
        if len(start) < max_lines and len(actors | ends) <= max_actors:
            start.append(n)
            actors |= ends
    first = set(start)
    start = _by_actor(lines, start, worth)
    return Order(tuple(start) + tuple(n for n in ranked if n not in first), len(start))


def _by_actor(lines: tuple[Line, ...], start: list[int], worth: dict[int, float]) -> list[int]:
    """The start view's lines, so that a part of them is a picture of the strongest actors and all between them."""
    strength: dict[str, float] = defaultdict(float)
    for n in start:
        strength[lines[n].source] += worth[n]
        strength[lines[n].target] += worth[n]
    place = {actor: n for n, actor in enumerate(sorted(strength, key=lambda actor: (-strength[actor], actor)))}
    return sorted(start, key=lambda n: max(place[lines[n].source], place[lines[n].target]))


def _worth(lines: tuple[Line, ...], drawn: list[int]) -> dict[int, float]:
    weight = {n: lines[n].documents * (STRUCTURE if lines[n].family == "structure" else 1.0) for n in drawn}
    strength: dict[str, float] = defaultdict(float)
    degree: dict[str, int] = defaultdict(int)
    for n in drawn:
        for end in (lines[n].source, lines[n].target):
            strength[end] += weight[n]
            degree[end] += 1
    worth = {}
    for n in drawn:
        chance = min((1 - weight[n] / strength[end]) ** (degree[end] - 1) for end in (lines[n].source, lines[n].target))
        worth[n] = (0.15 + 1 - chance) * math.log2(1 + weight[n])
    return worth
