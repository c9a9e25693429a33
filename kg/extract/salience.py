"""How a name stands in its sentence, for what later looks back at it: as subject, at a venue, together with others."""

from __future__ import annotations

from kg.extract.discourse import Seen
from kg.extract.lexicon import lexicon
from kg.extract.syntax import conjuncts
from kg.extract.tree import Token
from kg.model import Mention

__all__ = ["salient"]


def salient(token: Token, mentions: tuple[Mention, ...], sentence: int) -> list[Seen]:
    """What is to be remembered of the mentions that a token of that sentence names."""
    subject = _is_subject(token)
    together = len(conjuncts(token)) > 1 or token.dep == "conj" or len(mentions) > 1
    venue = _is_venue(token)
    stance = subject and _takes_stance(token.head)
    title = _is_in_title(token)
    return [
        Seen(m.actor, m.state, sentence, token.start, subject, together, venue, stance, title, m.text) for m in mentions
    ]


def _is_subject(token: Token) -> bool:
    while token.dep in ("conj", "compound", "appos") and token.head is not None:
        token = token.head
    return token.dep in ("nsubj", "nsubjpass") or (
        token.dep == "pobj" and token.head is not None and token.head.dep == "agent"
    )


def _is_in_title(token: Token) -> bool:
    """Does the name only say whose somebody is ("Chad's premier Ali Bello")?"""
    head = token.head
    return (
        token.dep in ("compound", "amod", "nmod", "poss")
        and head is not None
        and (bool(head.title) or any(a.startswith("person.") for hit in head.hits for a, _ in hit.meanings))
    )


def _takes_stance(verb: Token | None) -> bool:
    """Does the verb speak for or against something that is no actor ("denounced the pact")?"""
    direct = verb.kid("dobj") if verb is not None and verb.lemma in lexicon().stances else None
    return direct is not None and not direct.hits


def _is_venue(token: Token) -> bool:
    """Does the name stand after a preposition of place ("talks in Cairo")?"""
    while token.dep == "conj" and token.head is not None:
        token = token.head
    return token.dep == "pobj" and token.head is not None and token.head.text.lower() in ("in", "at", "near", "inside")
