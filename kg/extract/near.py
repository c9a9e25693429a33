"""What came closest to a triple between two actors of a sentence that have none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.tree import Token, Tree
from kg.model import Assertion, Mention

if TYPE_CHECKING:
    from kg.extract.explain import Trace

__all__ = ["Gap", "gaps"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Two actors without a triple. `closest` is the trigger that came closest, None where there was none.

    `stands` says where each of the two stands in the parse: a wrong one is the most frequent cause.
    """

    a: Mention
    b: Mention
    closest: Trace | None
    reason: str
    stands: tuple[str, str]


def gaps(tree: Tree, mentions: Sequence[Mention], traces: Sequence[Trace], told: Sequence[Assertion]) -> Iterator[Gap]:
    """The pairs of states (or what rolls up to none) named in a sentence between which nothing was read."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.end > tree.start and mention.start < tree.end:
            first.setdefault(mention.state.id, mention)
    linked = {frozenset((x, y)) for a in told for x in _ids(a.source) for y in _ids(a.target)}
    for a, b in itertools.combinations(first.values(), 2):
        if not any(frozenset((x, y)) in linked for x in _ids(a) for y in _ids(b)):
            closest, reason = _closest(a, b, traces)
            yield Gap(a, b, closest, reason, (_stands(a, tree), _stands(b, tree)))


def _ids(mention: Mention) -> tuple[str, str]:
    return mention.actor.id, mention.state.id


def _closest(a: Mention, b: Mention, traces: Sequence[Trace]) -> tuple[Trace | None, str]:
    if not traces:
        return None, "no trigger in the sentence"
    ranked = [(*_rank(a, b, trace), trace) for trace in traces]
    rank, _, reason, trace = max(ranked, key=lambda one: (one[0], -one[1]))
    if not rank:
        return None, "no trigger of the sentence speaks of them together"
    return trace, reason


def _rank(a: Mention, b: Mention, trace: Trace) -> tuple[int, int, str]:
    """How close a trigger came to joining the two, how many characters it stands off them, and what was missing."""
    away = max(0, min(a.start, b.start) - trace.words.end, trace.words.start - max(a.end, b.end))
    pair = {a.state.id, b.state.id}
    for left in trace.left_out:
        if {left.source.state.id, left.target.state.id} == pair:
            return 4, away, left.reason
    if trace.read or trace.covered:
        return 0, away, ""
    found = {mention.state.id for looked in trace.looked for mention in looked.found}
    if found and not found & pair:
        return 0, away, ""  # it speaks of others
    return 1 + len(found & pair), away, trace.reason


def _stands(mention: Mention, tree: Tree) -> str:
    """Where the mention hangs in the parse, such as "“Syria” is compound of “border”"."""
    inside = [t for t in tree.tokens if t.start < mention.end and mention.start < t.end]
    top: Token | None = next((t for t in inside if t.head is None or t.head not in inside), None)
    if top is None:
        return f"“{mention.text}” stands elsewhere"
    if top.head is None:
        return f"“{mention.text}” is the head of the sentence"
    return f"“{mention.text}” is {top.dep} of “{top.head.text}”"
