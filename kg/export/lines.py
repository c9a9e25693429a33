"""Edges -> lines: what is drawn between two actors.

One line stands for all relations of one family in one direction, so that seven relations between two states are
not seven arrows. Symmetric relations have no direction and so make a line of their own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.export.content import MapEdge, MapView, group_of, origin_of
from kg.model import FAMILIES, Family
from kg.relations import Ontology

__all__ = ["Line", "bends", "draw_lines", "line_key"]

STEP = 0.15
"""How far parallel lines stand apart: vis-network's roundness between one and the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All edges of one source, target, family and directedness.

    `documents` and `outlets` count distinct ones behind affirmed, actual assertions only; a line without any is never
    drawn (`drawn`), whatever is planned, alleged or denied.
    """

    source: str
    target: str
    family: Family
    symmetric: bool
    edges: tuple[MapEdge, ...]
    documents: int
    outlets: int

    @property
    def drawn(self) -> bool:
        return self.documents > 0 and self.source != self.target

    @property
    def single_source(self) -> bool:
        """Rests on one article or one outlet."""
        return min(self.documents, self.outlets) <= 1


def line_key(edge: MapEdge, ontology: Ontology) -> tuple[str, str, Family, bool]:
    """What decides which line an edge belongs to."""
    card = ontology[edge.edge.relation]
    return edge.edge.source, edge.edge.target, card.family, card.symmetric


def draw_lines(view: MapView, ontology: Ontology) -> tuple[Line, ...]:
    """The lines of a view, in an order that depends on ids alone."""
    gathered: dict[tuple[str, str, Family, bool], list[MapEdge]] = defaultdict(list)
    for each in view.edges:
        gathered[line_key(each, ontology)].append(each)
    rank = {relation: n for n, relation in enumerate(ontology.relations)}
    lines = []
    for key in sorted(gathered, key=lambda key: (key[0], key[1], FAMILIES.index(key[2]), key[3])):
        edges = sorted(gathered[key], key=lambda each: (-each.edge.documents, rank[each.edge.relation]))
        lines.append(_line(key, tuple(edges)))
    return tuple(lines)


def _line(key: tuple[str, str, Family, bool], edges: tuple[MapEdge, ...]) -> Line:
    facts = [quote for each in edges for quote in each.quotes if group_of(quote.assertion) == "actual"]
    # A caller may leave quotes out; the edge's own counts then say how many there are at least.
    documents = max(len({q.document.id for q in facts}), *(each.edge.documents for each in edges))
    outlets = max(len({origin_of(q.document) for q in facts}), *(each.edge.outlets for each in edges))
    return Line(
        source=key[0],
        target=key[1],
        family=key[2],
        symmetric=key[3],
        edges=edges,
        documents=documents if any(each.edge.actual for each in edges) else 0,
        outlets=outlets,
    )


def bends(lines: tuple[Line, ...]) -> list[float]:
    """How far each line bends, so that no two between the same actors lie on one another.

    Positive is clockwise as seen from its source. A line alone between two actors is straight (0). Lines without a
    fact lie outside the drawn ones, which bend as though they were alone.
    """
    between: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if line.source != line.target:
            between[min(line.source, line.target), max(line.source, line.target)].append(n)
    result = [0.0] * len(lines)
    for members in between.values():
        members.sort(key=lambda n: (not lines[n].drawn, n))
        drawn = sum(lines[n].drawn for n in members) or 1
        for place, n in enumerate(members):
            offset = (place - (drawn - 1) / 2) * STEP
            # Clockwise turns round with the direction: a reversed line needs the opposite sign to bend to one side.
            result[n] = offset if lines[n].source < lines[n].target else -offset
    return result
