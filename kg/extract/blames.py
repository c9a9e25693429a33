"""Blame told by what is said of somebody: "Chad said Niger's raid was illegal", "called the ban a crime".

Whoever says of another, or of what the other did, that it is wrong or does harm criticises him.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Resolver
from kg.extract.syntax import called_noun, conjuncts, is_passive
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Mention

__all__ = ["Blame", "read_blames"]

_NAMING = frozenset(
    ("call", "declare", "label", "brand", "describe", "term", "dub", "designate", "deem", "recognize", "recognise")
)
"""Verbs that say what somebody takes another's deed for."""


@dataclass(frozen=True, slots=True)
class Blame:
    """Who blames whom, the verb that says so, and the word that says what is wrong."""

    source: Mention
    target: Mention
    verb: Token
    word: Token
    direct: bool
    """Is the target itself blamed, rather than a deed or thing of it?"""


def read_blames(tree: Tree, resolver: Resolver, words: Vocabulary, lexicon: Lexicon) -> list[Blame]:
    """The blames of a sentence, in text order."""
    found = []
    for token in tree.tokens:
        for speaker, verb, blamed, word in _said(token, words, lexicon):
            owners = resolver.actors(blamed)
            direct = bool(owners)
            for part in conjuncts(blamed) if not owners else ():
                owners += resolver.owners(part, of=False) or tuple(
                    m
                    for p in part.kids("prep")
                    if p.text.lower() == "by"
                    for t in p.kids("pobj")
                    for m in resolver.actors(t)
                )
            found += [
                Blame(source, target, verb, word, direct)
                for source in resolver.actors(speaker)
                for target in owners
                if source.state.id != target.state.id
                and source.state.kind in ("state", "organisation", "armed group", "bloc", "territory")
                and not resolver.is_place(target)
            ]
    return found


def _said(token: Token, words: Vocabulary, lexicon: Lexicon) -> Iterator[tuple[Token, Token, Token, Token]]:
    """Speaker, verb of saying, what is blamed, and the word that blames."""
    if not token.is_verb:
        return
    verb = token.head
    if token.dep == "ccomp" and verb is not None and verb.lemma in words.says and verb.kid("neg") is None:
        speaker, blamed = verb.kid("nsubj"), token.kid("nsubj")
        word = _wrong(token, lexicon)
        if speaker is not None and blamed is not None and word is not None and not is_passive(verb):
            yield speaker, verb, blamed, word
    if token.lemma in _NAMING and token.kid("neg") is None and not is_passive(token):
        speaker, blamed = token.kid("nsubj"), token.kid("dobj")
        if speaker is None:
            return
        called = called_noun(token)
        if called is not None and _is_wrong(called, lexicon):  # "what Chad called Nigerien aggression"
            yield speaker, token, called, called
        if blamed is None:
            return
        names = [*token.kids("oprd"), *blamed.kids("appos")]
        names += [
            t for anchor in (token, blamed) for p in anchor.kids("prep") if p.text == "as" for t in p.kids("pobj")
        ]
        for name in names:
            if _is_wrong(name, lexicon):
                yield speaker, token, blamed, name


def _wrong(verb: Token, lexicon: Lexicon) -> Token | None:
    """The word by which a clause says that its subject is wrong or does harm."""
    if verb.kid("neg") is not None:
        return None
    if verb.lemma in lexicon.classes["harm"]:
        return verb if verb.kid("dobj") is not None and not is_passive(verb) else None
    if verb.lemma not in ("be", "remain", "constitute", "amount", "represent"):
        return None
    told = [
        *verb.kids("acomp", "attr", "dobj"),
        *(t for p in verb.kids("prep") for t in p.kids("pobj") if p.text == "to"),
    ]
    return next((t for t in told if _is_wrong(t, lexicon)), None)


def _is_wrong(word: Token, lexicon: Lexicon) -> bool:
    """Is it a word of blame, or an act or case of it ("an act of aggression", "a terrorist state")?"""
    if any(c.dep == "det" and c.text.lower() == "no" for c in word.children):
        return False
    wrongs = lexicon.classes["insult"] | lexicon.classes["wrong"]
    inner = [t for p in word.kids("prep") if p.text.lower() == "of" for t in p.kids("pobj")]
    return any(t.lemma in wrongs for t in (word, *inner, *word.kids("amod", "compound")))
