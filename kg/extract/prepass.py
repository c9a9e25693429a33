"""Which paragraphs can hold a triple, told from their words alone: what comes after the last of them is not parsed.

It errs on the side of parsing: a word counts as a trigger in any form that it may have, and whatever may stand for an
actor counts as one. What is passed over has no part in any assertion, for what a paragraph teaches is asked only later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.actors.catalogue import NameHit
from kg.extract.deeds import pointing
from kg.extract.frame_entry import Trigger
from kg.extract.lexicon import Lexicon
from kg.extract.vocabulary import Vocabulary

__all__ = ["Prepass", "is_nobody", "sentences_of"]

_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?][\"”’')\]]*\s+")
_ONE = frozenset(
    ("it", "its", "itself", "he", "she", "him", "her", "hers", "his", "himself", "herself", "i", "my", "me")
)
_PLURAL = ("they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "both", "each", "others")
_SEVERAL = frozenset((*_PLURAL, "former", "latter", "other", "another", "two", "three", "four", "five", "2", "3"))


class Prepass:
    """Knows every form of every trigger. `rules` and `exceptions` are the lemmatizer's tables by part of speech."""

    def __init__(
        self,
        lexicon: Lexicon,
        words: Vocabulary,
        rules: Mapping[str, Sequence[Sequence[str]]],
        exceptions: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        persons = {word for word, nouns in words.nouns.items() if any(noun.sort == "person" for noun in nouns)}
        heads = {_telling(trigger) for trigger in lexicon.triggers}
        blames = lexicon.classes["harm"] | lexicon.classes["insult"] | lexicon.classes["wrong"]
        lemmas = {_longest(head) for head in {*heads, *words.wishes, *blames, *map(_head, persons)}}
        suffixes = {(old, new) for found in rules.values() for old, new in found}
        self._triggers = frozenset(_forms(lemmas, suffixes, exceptions)) | words.demands
        nouns = {part for noun in (*words.nouns, *words.plural) for part in _WORD.findall(_head(noun))}
        deeds = {_head(noun) for noun in pointing(lexicon)}
        self._one = frozenset(_forms(deeds, suffixes, exceptions)) | _ONE
        self._several = frozenset(_forms(nouns, suffixes, exceptions)) | _SEVERAL

    def holds(self, text: str) -> bool:
        """Whether a triple may stand in the text: a trigger, and two actors, pronouns and phrases counted."""
        found = _WORD.findall(text)
        lower = [word.lower() for word in found]
        if self._triggers.isdisjoint(lower):
            return False
        actors = 0
        for word, small in zip(found, lower, strict=True):
            if small in self._several:
                return True
            if word != small or small in self._one:
                actors += 1
                if actors > 1:
                    return True
        return False

    def needed(self, texts: Sequence[str]) -> int:
        """How many of a document's paragraphs have to be parsed: all up to the last that may hold a triple."""
        return next((n for n in range(len(texts), 0, -1) if self.holds(texts[n - 1])), 0)


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """About where the sentences of a paragraph stand that is not parsed."""
    start = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        stop = start + len(text[start:end].rstrip())
        if stop > start:
            yield start, stop
        start = end


def is_nobody(hit: NameHit, text: str) -> bool:
    """Is a name in what is not parsed a language or anybody of a people, as far as the words beside it tell?

    "said in French", "a Mexican who", "non-Greek"; what a tree would tell besides is left as it stands.
    """
    if hit.start >= 4 and text[hit.start - 4 : hit.start].lower() in ("non-", "non–"):
        return True
    if not hit.meanings or any(sort != "demonym" for _, sort in hit.meanings) or hit.text.endswith("s"):
        return False
    return _ALONE.match(text, hit.end) is not None and _BEFORE_NOBODY.search(text, 0, hit.start) is not None


_ALONE = re.compile(r"\s*(?:$|[.,;:!?)\"”]|(?:who|whose|that|and|or|in|from|of|at|with|was|is|has|had|to|on|by|for)\b)")
_BEFORE_NOBODY = re.compile(r"(?i)\b(?:an?|in|spoken?|(?:learn|speak|teach|study|studi|translat)\w*)\s+$")


def _telling(trigger: Trigger) -> str:
    """The head of a trigger, or where that is a preposition ("in league with") the longest of its words."""
    head = trigger.words[trigger.at]
    return max((word for word in trigger.words if "{" not in word), key=len) if len(head) < 3 else head


def _longest(word: str) -> str:
    """All parts of "tete-a-tete" stand in a text that says it; the longest tells most."""
    parts: list[str] = _WORD.findall(word)
    return max(parts, key=len)


def _head(noun: str) -> str:
    """The word of a noun or title that takes the plural: "chief of staff", "foreign minister"."""
    parts = noun.split()
    at = next((i for i, part in enumerate(parts) if part in ("of", "for", "in", "d'affaires")), len(parts)) - 1
    return parts[max(at, 0)]


def _forms(
    lemmas: Iterable[str], suffixes: set[tuple[str, str]], exceptions: Mapping[str, Mapping[str, Sequence[str]]]
) -> Iterator[str]:
    lemmas = set(lemmas)
    for lemma in lemmas:
        yield lemma
        for ending in ("s", "es", "d", "ed", "ing", "r", "er", "st", "est"):
            yield lemma + ending
            yield lemma + lemma[-1] + ending
            yield lemma[:-1] + ending
            yield lemma[:-1] + "i" + ending
        for old, new in suffixes:
            if lemma.endswith(new):
                yield lemma.removesuffix(new) + old
    for found in exceptions.values():
        yield from (form for form, of in found.items() if not lemmas.isdisjoint(of))
