"""Which triggers stand in a sentence: words of the lexicon that hang together in the tree."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.frame_entry import Part, Trigger
from kg.extract.lexicon import Lexicon
from kg.extract.syntax import conjuncts
from kg.extract.tree import Token, Tree

__all__ = ["Match", "find_triggers", "owner_of"]

Match = tuple[Trigger, tuple[Token, ...]]
"""A trigger and the tokens of its words, its head first."""


def find_triggers(tree: Tree, lexicon: Lexicon) -> list[Match]:
    """All triggers of a sentence, those of more words first.

    Of frames for the same words those that ask for a kind of actor come first: "a NATO ally" is a member.
    """
    heads = lexicon.heads
    tokens = [t for t in tree.tokens if t.lemma in heads or t.joined or t.text.lower() in heads]
    if not tokens:
        return []
    words = lexicon.at_hand([*tree.texts, *(token.lemma for token in tree.tokens)])
    matches = [match for token in tokens for match in _matches(token, lexicon, words)]
    matches.sort(key=lambda m: (-len(m[1]), not (m[0].frame.target_kinds or m[0].frame.source_kinds)))
    return matches


def _matches(token: Token, lexicon: Lexicon, at_hand: set[str]) -> Iterator[Match]:
    parts: list[Part] = []
    lemma = token.lemma
    if token.joined:
        for trigger in lexicon.get("joined", token.joined):
            yield trigger, (token,)
        stem = token.joined
        for trigger in lexicon.get("joined", stem.split("-")[-1]) if "-" in stem else ():
            yield trigger, (token,)
        return
    if token.hits or token.text in _MONTHS or (token.text == "War" and any(c.text == "Cold" for c in token.children)):
        return
    if token.is_verb:
        parts = ["verb"]
        if token.tag in ("VBN", "VBG"):
            parts.append("adjective")
    elif token.is_noun:
        parts = ["noun", "role"]
    elif token.tag.startswith("JJ"):
        parts = ["adjective"]
        if token.text.endswith(("ed", "ing")):
            parts.append("verb")
    elif token.text[:1].isupper() or token.tag in ("RB", "IN"):
        parts = ["adjective"]
    for part in parts:
        form = lemma if not (part == "adjective" and token.is_verb) else token.text.lower()
        for trigger in lexicon.possible(part, form, at_hand):
            found = _words(trigger, token, lexicon)
            if found:
                yield trigger, found


def _words(trigger: Trigger, token: Token, lexicon: Lexicon) -> tuple[Token, ...] | None:
    """The tokens of the trigger's words, its head first, or None where one is missing."""
    if len(trigger.words) == 1:
        return (token,)
    found = [token]
    last = token
    inner: Token | None = None
    for i, word in enumerate(trigger.words):
        if i == trigger.at:
            continue
        if inner is not None:  # found with the word before it
            found.append(inner)
            last, inner = inner, None
            continue
        before = i < trigger.at
        hit = _hanging(token, last, word, before, lexicon)
        if (
            hit is None and not before and i + 1 < len(trigger.words)
        ):  # "common" hangs on the "cause" of "make common cause"
            inner = _hanging(token, last, trigger.words[i + 1], before, lexicon)
            words = inner.kids("amod", "compound", "nmod", "aux") if inner is not None else []
            hit = next((c for c in words if _is_word(c, word, lexicon)), None)
            if hit is None:
                return None
            found.append(hit)
            continue
        if hit is None:
            if (
                word == "of"
                and i == len(trigger.words) - 1
                and last is not token
                and owner_of(last, lexicon) is not None
            ):
                return tuple(found)
            return None
        found.append(hit)
        if not before:
            last = hit
    return tuple(found)


def owner_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """Whose a noun is that a trigger names with "of": "came to Togo's rescue", "froze Togolese assets".

    Whoever stands so before a deed of force does it: "ended the Chadian occupation" tells of Chad's.
    """
    deeds = {trigger.frame.relation for trigger in lexicon.get("noun", noun.lemma)}
    owner = noun.kid("poss") if not deeds & _FORCE else None
    if owner is not None or deeds:
        return owner
    return next((c for c in noun.kids("amod", "compound", "nmod") if c.hits and not c.joined), None)


_FORCE = frozenset(
    ("attacks", "fights", "coerces", "controls", "mobilizes_against", "threatens", "sanctions", "opposes")
)


def _hanging(head: Token, last: Token, word: str, before: bool, lexicon: Lexicon) -> Token | None:
    for parent in dict.fromkeys((last, head)):
        # "sanctions imposed on": the preposition may hang on a participle
        inner = [c for p in parent.kids("acl") if p.tag == "VBN" for c in p.kids("prep")] if parent.is_noun else []
        if parent.lemma in lexicon.partitive:  # "withdrew a batch of troops from"
            inner += [c for p in parent.kids("prep") for noun in p.kids("pobj") for c in noun.kids("prep")]
        for child in (*parent.children, *inner):
            if child.dep in ("relcl", "advcl", "nsubj") and not before:
                continue
            if (child.start < head.start) != before and not (child.dep in ("nsubjpass", "dobj") or before):
                continue
            if _is_word(child, word, lexicon):
                return child
            what = head.head if child.dep == "dobj" and child.tag in ("WDT", "WP") and head.dep == "relcl" else None
            if what is not None and _is_word(what, word, lexicon):
                return child  # "the tanks that Germany supplied"
            for part in conjuncts(child)[1:] if child.dep in ("dobj", "pobj", "nsubjpass") else ():
                if _is_word(part, word, lexicon):
                    return part
    what = head.head if head.tag == "VBN" and head.dep == "acl" else None
    if what is not None and word.startswith("{") and not before and _is_word(what, word, lexicon):
        return what  # "the tanks supplied to Chad"
    return None


_MONTHS = ("March", "May")
"""Words that a capital makes a month."""


def _is_word(token: Token, word: str, lexicon: Lexicon) -> bool:
    if word.startswith("{"):
        of = next((p.kid("pobj") for p in token.kids("prep") if p.text.lower() == "of"), None)
        if of is not None and token.lemma not in lexicon.classes[word[1:-1]] and token.lemma in lexicon.partitive:
            token = of  # "a team of soldiers"
        members = lexicon.classes[word[1:-1]]
        phrases = {f"{c.text.lower()} {token.lemma}" for c in token.kids("amod", "compound", "nmod")} & lexicon.phrases
        written = token.text.lower()
        named = {token.lemma, written, written.removesuffix("s") if written[-2:-1].isdigit() else written}  # "F-16s"
        return not (phrases or named).isdisjoint(members)
    if token.lemma in lexicon.partitive and token.is_noun and token.lemma != word:  # "a batch of peacekeepers"
        of = next((p.kid("pobj") for p in token.kids("prep") if p.text.lower() == "of"), None)
        token = of if of is not None else token
    return token.lemma == word or token.text.lower() == word
