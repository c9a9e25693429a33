"""With whom, where only one side is named: "Xi thanked Modi for the talks", "discussed bilateral trade".

What was read before tells it: the other side of what the two did together last.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.discourse import Deed
from kg.extract.mentions import Resolver
from kg.extract.tree import Token
from kg.model import Mention
from kg.relations import ontology

__all__ = ["has_partners", "partners"]

_TOGETHER = frozenset(("consults", "agrees_with", "cooperates_with", "trades_with"))
_BOTH = frozenset(("bilateral", "mutual", "two-way"))
_KNOWN = frozenset(("the", "this", "these", "their", "his", "her", "its"))
_WINDOW = 3
"""How many sentences back the two are looked for."""


def partners(
    relation: str, noun: Token, named: tuple[Mention, ...], earlier: Iterable[Deed], resolver: Resolver
) -> tuple[Mention, Mention] | None:
    """The two sides of something done together, of which at most one is `named`; `earlier` is the sentence's own."""
    states = {m.state.id for m in named}
    if len(states) > 1 or not has_partners(relation, noun) or not (states or _is_bilateral(noun)):
        return None
    found = _last(states, [*resolver.discourse.deeds, *earlier], resolver.discourse.sentence)
    if found is None or (named and not _is_alone(named[0], found, resolver)):
        return None
    word = _pointer(noun)
    if not named:
        return resolver.pointed_at(found[0], word.start, word.end), resolver.pointed_at(found[1], word.start, word.end)
    other = found[0] if found[1].state.id in states else found[1]
    return named[0], resolver.pointed_at(other, word.start, word.end)


def has_partners(relation: str, noun: Token) -> bool:
    """May the noun mean something that two known from before did together ("the talks", "bilateral trade")?"""
    if relation not in _TOGETHER or not noun.is_noun:
        return False
    if _is_bilateral(noun):
        return True
    determiner = noun.kid("det", "poss") if relation == "consults" else None
    return determiner is not None and (determiner.text.lower() in _KNOWN or determiner.dep == "poss")


def _is_bilateral(noun: Token) -> bool:
    return any(c.text.lower() in _BOTH for c in noun.kids("amod", "compound"))


def _pointer(noun: Token) -> Token:
    """The word beside the noun that points at the two: "bilateral", "the", "his"."""
    words = [c for c in noun.kids("amod", "compound") if c.text.lower() in _BOTH] + noun.kids("det", "poss")
    return words[0] if words else noun


def _last(states: set[str], told: list[Deed], sentence: int) -> tuple[Mention, Mention] | None:
    """The two of the last deed done together, if one of them is of these states and nobody else is with them."""
    for near in range(sentence, sentence - _WINDOW - 1, -1):
        pairs = {
            frozenset((d.source.state.id, d.target.state.id)): (d.source, d.target)
            for d in told
            if d.sentence == near
            and ontology()[d.relation].family == "engaging"
            and (not states or states & {d.source.state.id, d.target.state.id})
        }
        if pairs:
            return next(iter(pairs.values())) if len(pairs) == 1 else None
    return None


def _is_alone(side: Mention, pair: tuple[Mention, Mention], resolver: Resolver) -> bool:
    """Is nobody else named in the sentence who could be the other side?"""
    ours = {side.state.id, *(m.state.id for m in pair)}
    discourse = resolver.discourse
    here = {s.state.id for s in discourse.seen if s.sentence == discourse.sentence and s.state.kind == "state"}
    return here <= ours
