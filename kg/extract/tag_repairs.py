"""Verbs that the tagger took for something else: a deed that is named, a participle that is done."""

from __future__ import annotations

from kg.extract.tree import Token, move

__all__ = ["tag_verb"]


def tag_verb(verb: Token) -> None:
    """Set right what the tagger made of a verb."""
    _gerund(verb)
    _finite_participle(verb)
    _perfect(verb)


def _perfect(verb: Token) -> None:
    """ "which has armed Togo": a participle between "has" and a name is the verb."""
    named = verb.head
    have = named.head if named is not None else None
    if (
        verb.dep != "amod"
        or verb.tag != "VBN"
        or named is None
        or have is None
        or named.dep != "dobj"
        or not (named.hits or named.tag.startswith("NNP"))
        or have.lemma != "have"
        or have.i + 1 != verb.i
    ):
        return
    named.children.remove(verb)
    verb.head, verb.dep = have.head, have.dep
    if have.head is not None:
        have.head.children[have.head.children.index(have)] = verb
    for child in have.children:
        child.head = verb
    verb.children = sorted((*verb.children, *have.children, have), key=lambda t: t.i)
    have.children, have.head, have.dep = [], verb, "aux"


def _gerund(verb: Token) -> None:
    """ "Fighting between A and B raged": a deed that is named, not done by the clause's subject."""
    if (
        verb.tag == "VBG"
        and verb.dep in ("csubj", "nsubj", "ROOT")
        and not verb.kids("nsubj", "dobj", "aux")
        and any(prep.text.lower() == "between" for prep in verb.kids("prep"))
    ):
        verb.tag, verb.lemma = "NN", verb.text.lower()
        verb.dep = "nsubj" if verb.dep == "csubj" else verb.dep


def _finite_participle(verb: Token) -> None:
    """ "Chad fired shells at the camp": what has a subject does not describe the noun after it, it is done to it."""
    noun = verb.head
    if (
        verb.dep != "amod"
        or verb.tag != "VBN"
        or noun is None
        or noun.start < verb.start
        or verb.kid("nsubj") is None
        or noun.kid("det", "poss") is not None
        or noun.dep not in ("ROOT", "ccomp", "conj", "dep")
    ):
        return
    above, dep = noun.head, noun.dep
    verb.tag = "VBD"
    if above is None:
        noun.children.remove(verb)
        verb.head, verb.dep = None, "ROOT"
    else:
        move(verb, above, dep)
    move(noun, verb, "dobj")
