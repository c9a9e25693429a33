"""Whose a deed is that is only pointed at: "condemned the attack", "denied these allegations", "welcomed the move".

What was read before tells it, in the same sentence or the ones before: the last deed that such a noun can mean. Where
two actors did such a deed nobody is meant.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.discourse import Deed
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Resolver
from kg.extract.tree import Token
from kg.model import Mention

__all__ = ["doers", "pointing"]

_POINTING = ("the", "this", "that", "these", "those", "such")
_VIOLENT = frozenset(("attacks", "coerces"))
_ANSWERED = frozenset(("accuses", "criticizes", "appeals_to", "threatens"))
"""What is answered by whom it was said to: "the allegations" that somebody denies were made against him."""
_NOTABLE = _VIOLENT | {
    "sanctions",
    "mobilizes_against",
    "recognizes",
    "arms",
    "concedes_to",
    "claims",
    "invests_in",
    "aids",
}
"""What "the move" can be."""
_HELP = frozenset(("aids", "arms", "invests_in"))
"""What a word that can mean force does not point at: "the operation"."""
_FAR, _NEAR = 3, 1
"""How many sentences back a deed named by its kind ("the raid") or not ("the move") is looked for."""


def doers(
    noun: Token,
    relation: str,
    holders: Iterable[Mention],
    earlier: Iterable[Deed],
    resolver: Resolver,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """Who did what a noun points at, for somebody who takes a stance of that relation to it.

    `holders` are those who take it, `earlier` are the deeds read in the same sentence.
    """
    if not _points(noun):
        return ()
    kinds = _kinds(noun, relation, lexicon)
    if relation == "rejects":
        kinds -= _VIOLENT  # who denies an attack says that he did not do it
    if not kinds:
        return ()
    own = {m.state.id for m in holders}
    discourse = resolver.discourse
    window = _FAR if lexicon.get("noun", noun.lemma) else _NEAR
    told = [*discourse.deeds, *(deed for deed in earlier if deed.position < noun.start)]
    for sentence in range(discourse.sentence, discourse.sentence - window - 1, -1):
        found: dict[str, Deed] = {}
        for deed in told:
            if deed.sentence != sentence or deed.relation not in kinds or deed.source.state.id in own:
                continue
            if deed.relation in _ANSWERED and relation == "rejects" and deed.target.state.id not in own:
                continue
            found.setdefault(deed.source.state.id, deed)
        if found:
            if len(found) > 1:
                return ()
            deed = next(iter(found.values()))
            start = min(noun.start, *(c.start for c in noun.children if c.dep == "det"))
            return (resolver.pointed_at(deed.source, start, noun.end),)
    return ()


def pointing(lexicon: Lexicon) -> frozenset[str]:
    """The nouns that can point at a deed told before."""
    nouns = {t.words[t.at] for t in lexicon.triggers if t.part == "noun" and t.frame.relation in _NOTABLE | _ANSWERED}
    return frozenset(nouns) | lexicon.classes["move"] | lexicon.classes["force"]


def _points(noun: Token) -> bool:
    """Does the noun point at something told before, and say of nobody that it is his?"""
    determiner = noun.kid("det")
    if determiner is None or not noun.is_noun or noun.kid("poss") is not None or any(c.hits for c in noun.children):
        return False
    if noun.dep == "appos":  # "bombed a camp, an attack that Ghana condemned"
        return True
    return determiner.text.lower() in _POINTING and noun.kid("relcl") is None


def _kinds(noun: Token, relation: str, lexicon: Lexicon) -> frozenset[str]:
    kinds = frozenset(t.frame.relation for t in lexicon.get("noun", noun.lemma)) & (_NOTABLE | _ANSWERED)
    if kinds & _VIOLENT:
        kinds = _VIOLENT | (kinds - _HELP)
    if not kinds and noun.lemma in lexicon.classes["force"]:
        kinds = _VIOLENT | {"mobilizes_against"}
    if not kinds and noun.lemma in lexicon.classes["move"]:
        kinds = _NOTABLE
    return kinds
