"""Structural balance: which three actors fit together as friends and enemies, which do not, and by whose words.

A pair is friendly where one backs the other, hostile where one opposes or fights the other. A pair that is both is
neither: it is listed by itself and stands in no triad, because what is friendly is not set off against the hostile.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from kg.model import Actor, Level
from kg.queries.links import Link, Links, Pair, relations_of
from kg.store import Filter, Store

__all__ = ["Balance", "Both", "Pattern", "Side", "Triad", "Triads", "balance"]

Sign = Literal["friendly", "hostile"]
Pattern = Literal["three friends", "friend of enemies", "common enemy", "three enemies"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
"""By the number of hostile sides: where it is even, the three fit together."""

_FRIENDLY, _HOSTILE = relations_of(["backing"]), relations_of(["opposing", "fighting"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Two of the three, and the best backed edge each way that makes them friendly or hostile."""

    sign: Sign
    links: tuple[Link, ...]
    originals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triad:
    """Three actors with their three sides; `originals` is how many the best edge of the weakest side has.

    Where one side differs from the others, the actor opposite to it comes last.
    """

    actors: tuple[Actor, Actor, Actor]
    sides: tuple[Side, Side, Side]
    originals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triads:
    """The triads of one pattern, the best evidenced first; `count` counts those beyond the limit too."""

    pattern: Pattern
    count: int
    triads: tuple[Triad, ...]

    @property
    def fits(self) -> bool:
        """Whether theory calls it balanced: an even number of hostile sides."""
        return PATTERNS.index(self.pattern) % 2 == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A pair that is friendly and hostile."""

    friendly: tuple[Link, ...]
    hostile: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The triads by pattern, those that fit first, and the pairs that are both, of which `both_in_all` were found."""

    level: Level
    groups: tuple[Triads, ...]
    both: tuple[Both, ...]
    both_in_all: int
    friendly: int
    hostile: int

    @property
    def found(self) -> bool:
        """Whether there is a triad or a pair that is both."""
        return bool(self.groups or self.both)


def balance(
    store: Store,
    focus: str | None = None,
    *,
    level: Level = "state",
    bounds: Filter | None = None,
    limit: int = 5,
) -> Balance:
    """The signed triads of a store, or of one actor, up to `limit` of each pattern and pairs that are both.

    Only affirmed, actual assertions make a side; `bounds` bounds dates, originals and the like.
    """
    links = Links(store, replace(bounds or Filter(), level=level))
    friendly, hostile = (_pairs(links.arrows(relations)) for relations in (_FRIENDLY, _HOSTILE))
    if focus is not None:
        near = {focus}.union(*(pair for pair in (*friendly, *hostile) if focus in pair))
        friendly, hostile = ({p: n for p, n in pairs.items() if near.issuperset(p)} for pairs in (friendly, hostile))
    both = sorted(friendly.keys() & hostile.keys(), key=lambda pair: (-min(friendly[pair], hostile[pair]), pair))
    if focus is not None:
        both = [pair for pair in both if focus in pair]
    signed = {**{pair: (1, n) for pair, n in friendly.items()}, **{pair: (-1, n) for pair, n in hostile.items()}}
    for pair in friendly.keys() & hostile.keys():
        del signed[pair]
    counts, best = _best(signed, focus, limit)
    return Balance(
        level=level,
        groups=tuple(
            Triads(pattern=PATTERNS[n], count=counts[n], triads=tuple(_triad(links, ids, signed) for ids in best[n]))
            for n in (0, 2, 1, 3)
            if counts[n]
        ),
        both=tuple(
            Both(friendly=friends, hostile=enemies)
            for friends, enemies in zip(
                *(links.between(both[:limit], some) for some in (_FRIENDLY, _HOSTILE)), strict=True
            )
        ),
        both_in_all=len(both),
        friendly=sum(sign > 0 for sign, _ in signed.values()),
        hostile=sum(sign < 0 for sign, _ in signed.values()),
    )


def _pairs(arrows: Mapping[Pair, int]) -> dict[Pair, int]:
    """The better backed of both ways."""
    pairs: dict[Pair, int] = {}
    for (source, target), originals in arrows.items():
        pair = min(source, target), max(source, target)
        pairs[pair] = max(originals, pairs.get(pair, 0))
    return pairs


Ids = tuple[str, str, str]
_Signed = Mapping[Pair, tuple[int, int]]


def _best(signed: _Signed, focus: str | None, limit: int) -> tuple[list[int], list[list[Ids]]]:
    """For each number of hostile sides: how many triads there are, and the best evidenced."""
    counts = [0] * len(PATTERNS)
    best: list[list[tuple[tuple[int, int], tuple[int, ...], Ids]]] = [[] for _ in PATTERNS]
    place = {id: n for n, id in enumerate(sorted({end for pair in signed for end in pair}))}
    for ids in _triangles(signed):
        if focus is not None and focus not in ids:
            continue
        sides = [signed[pair] for pair in itertools.combinations(ids, 2)]
        hostile = sum(sign < 0 for sign, _ in sides)
        counts[hostile] += 1
        originals = [n for _, n in sides]
        # The higher the better: evidence first, then the lower ids.
        item = (min(originals), sum(originals)), tuple(-place[id] for id in ids), ids
        (heapq.heappush if len(best[hostile]) < limit else heapq.heappushpop)(best[hostile], item)
    return counts, [[ids for *_, ids in sorted(items, reverse=True)] for items in best]


def _triangles(signed: _Signed) -> Iterator[Ids]:
    """Every three of which all sides are signed, once, ids in order."""
    above: dict[str, set[str]] = defaultdict(set)
    for a, b in signed:
        above[a].add(b)
    for a, b in sorted(signed):
        for c in sorted(above[a] & above[b]):
            yield a, b, c


def _triad(links: Links, ids: Ids, signed: _Signed) -> Triad:
    pairs = list(itertools.combinations(ids, 2))
    odd = [pair for pair in pairs if sum(signed[pair][0] == signed[other][0] for other in pairs) == 1]
    if odd:  # the side that differs comes first
        pairs.sort(key=lambda pair: pair != odd[0])
        ids = (*odd[0], next(id for id in ids if id not in odd[0]))
    sides = tuple(_side(links, pair, signed[pair][0]) for pair in pairs)
    actors = {actor.id: actor for side in sides for link in side.links for actor in (link.source, link.target)}
    return Triad(
        actors=(actors[ids[0]], actors[ids[1]], actors[ids[2]]),
        sides=(sides[0], sides[1], sides[2]),
        originals=min(side.originals for side in sides),
    )


def _side(links: Links, pair: Pair, sign: int) -> Side:
    (found,) = links.between([pair], _FRIENDLY if sign > 0 else _HOSTILE)
    return Side(sign="friendly" if sign > 0 else "hostile", links=found, originals=found[0].edge.originals)
