"""Demands told by a modal or a wish: "Kyiv said Budapest must pay", "Kyiv hopes that Budapest pays"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.mentions import Resolver
from kg.extract.syntax import surface_subject
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Mention

__all__ = ["Demand", "read_demands"]


@dataclass(frozen=True, slots=True)
class Demand:
    """Who demands of whom, and the modal and verb that say it."""

    source: Mention
    target: Mention
    modal: Token
    verb: Token


def read_demands(tree: Tree, resolver: Resolver, words: Vocabulary) -> list[Demand]:
    """The demands of a sentence, in text order."""
    found = []
    for token in tree.tokens:
        verb = token.head
        if token.dep != "ccomp" or verb is None or verb.kid("neg") is not None:
            continue
        modal = next((a for a in token.kids("aux") if a.text.lower() in words.demands), None)
        if verb.lemma in words.wishes:
            told = verb.lemma in words.says and token.tag in ("VBZ", "VBP", "VBD") and token.kid("aux") is None
            modal = None if told else verb  # "insists that Chad is neutral" asks nothing of it
        elif verb.lemma not in words.says:
            continue
        speaker, addressee = verb.kid("nsubj"), surface_subject(token, words)
        if modal is None or speaker is None or addressee is None:
            continue
        for source in resolver.actors(speaker):
            for target in resolver.actors(addressee):
                if source.state.id != target.state.id and target.how != "anaphora":
                    found.append(Demand(source, target, modal, token))
    return found
