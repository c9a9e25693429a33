"""Verbs that carry a trigger noun ("held talks", "sanctions imposed by"), and nouns that lead it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.reach import Reach
from kg.extract.tree import Token

__all__ = ["Carriers"]

_HAPPEN = frozenset(
    [
        "take",
        "begin",
        "start",
        "continue",
        "resume",
        "erupt",
        "break",
        "last",
        "occur",
        "collapse",
        "stall",
        "fail",
        "conclude",
        "end",
        "focus",
        "aim",
    ]
)
"""Verbs whose subject is a deed ("talks took place")."""
_INTO = frozenset(
    ["engage", "enter", "participate", "join", "go", "agree", "embark", "meet", "come", "bring", "work", "lead"]
)
"""Verbs that carry a deed after a preposition ("entered into talks")."""
_PARTITIVE = frozenset(
    [
        "team",
        "group",
        "unit",
        "round",
        "series",
        "number",
        "set",
        "package",
        "lot",
        "range",
        "form",
        "kind",
        "type",
        "wave",
        "deal",
        "bit",
        "piece",
        "sort",
        "string",
        "host",
        "spate",
        "array",
        "barrage",
        "flurry",
    ]
)
"""Nouns that stand for the deeds after their "of" ("a round of talks")."""


class Carriers(Reach):
    """Finds what carries the noun of a trigger."""

    carrier: Token | None

    def _noun_chain(self) -> Iterator[Token]:
        """The trigger noun, and the noun it modifies or that leads it ("ceasefire violations", "support package")."""
        yield self.head
        token = self.head
        if token.dep in ("compound", "nmod") and token.head is not None and token.head.is_noun and not token.head.hits:
            yield token.head
        if (
            token.dep == "conj"
            and token.head is not None
            and token.head.is_noun
            and not token.head.hits
            and token.kid("det", "poss") is None  # "B's ally and an arms supplier of C" is no supplier of B
        ):
            yield token.head

    def _carrier(self) -> Token | None:
        """The verb that carries a trigger noun ("held talks", "talks were held", "engaged in talks")."""
        token = self.head
        for _ in range(4):
            above = token.head
            if above is None:
                return None
            participle = next((c for c in token.kids("acl", "relcl") if self._bears(c)), None)
            if participle is not None:
                return participle
            if token.dep in ("dobj", "nsubjpass", "attr", "oprd") and (above.is_verb or above.lemma == "be"):
                return above if self._carries(above) else None
            if token.dep == "nsubj" and above.is_verb and above.lemma in _HAPPEN:
                own = above.kid("dobj")  # "talks took place", not "the talks ended the war"
                return above if own is None or own.lemma in ("place", "shape") else None
            if (
                token.dep == "pobj"
                and above.head is not None
                and above.head.is_verb
                and above.text.lower() in ("in", "into", "on", "for", "to", "through", "at")
            ):
                into = above.head.lemma in _INTO
                beside = above.text.lower() == "in" and above.head.kid("dobj") is not None  # "fired in retaliation"
                return above.head if into or (self._carries(above.head) and not beside) else None
            if (
                token.dep == "pobj"
                and above.text.lower() == "of"
                and above.head is not None
                and above.head.lemma in self.lexicon.partitive | _PARTITIVE
            ):
                token = above.head
                continue
            if (
                token.dep == "pobj"
                and above.text.lower() == "for"
                and above.head is not None
                and above.head.lemma in ("responsibility", "credit")
            ):
                token = above.head  # "claimed responsibility for the attack"
                continue
            if token.dep in ("conj", "compound", "nmod") and above.is_noun:
                token = above
                continue
            return None
        return None

    def _bears(self, verb: Token) -> bool:
        """Does a clause on the noun carry it: "sanctions imposed by the EU", "talks that Oman held"?"""
        if not self._carries(verb):
            return False
        if verb.dep == "acl":
            return verb.tag == "VBN"
        direct = verb.kid("dobj")
        return verb.kid("nsubjpass") is not None or (
            verb.kid("nsubj") is not None and (direct is None or direct.tag in ("WDT", "WP"))
        )

    def _carries(self, verb: Token) -> bool:
        own = self.trigger.frame.light
        return verb.lemma in own if own else verb.lemma in self.words.light or verb.lemma in self.words.receiving
