"""data/triggers/*.toml -> the frames: which word says which relation, and where its source and target stand.

A trigger is one or more words; the first verb, noun or adjective of it is its head and the others must hang on it in
the tree ("stand by", "throw {weight} behind"). ``{weapon}`` stands for any word of the class of that name.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.codebook import codebook
from kg.datafiles import DATA, read_table, read_toml
from kg.errors import DataError
from kg.extract.frame_entry import DEFAULTS, SLOT, FrameEntry, Part, Trigger
from kg.extract.vocabulary import vocabulary
from kg.relations import Ontology, ontology

__all__ = ["Lexicon", "lexicon", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class _ClassEntry:
    """Words for a place in braces: nouns, or a noun with the word before it, which then is of no other class by its
    noun alone ("medical equipment" is no weapon though equipment is). It has the words of those it includes."""

    id: str
    words: tuple[str, ...]
    includes: tuple[str, ...] = ()


class Lexicon:
    """All triggers, by part of speech and head lemma, those of more words first."""

    def __init__(
        self, entries: Iterable[tuple[str, FrameEntry]], classes: dict[str, frozenset[str]], relations: Ontology
    ) -> None:
        self.classes = classes
        self.phrases = frozenset(
            word for name, members in classes.items() if name not in _SORTS for word in members if " " in word
        )
        self.partitive = vocabulary().partitive
        self._classes_of: dict[str, list[str]] = {}
        for name, members in classes.items():
            for word in members:
                for form in {word, word.rpartition(" ")[2]}:
                    self._classes_of.setdefault(form, []).append(f"{{{name}}}")
        self.triggers: list[Trigger] = []
        self._index: dict[tuple[Part, str], list[Trigger]] = {}
        for where, entry in entries:
            self._add(where, entry, relations)
        for found in self._index.values():
            found.sort(key=lambda t: -len(t.words))
        self.heads = frozenset(head for _, head in self._index)
        # By part and head, in order: triggers that need no other word, and others by the rarest word that they need.
        self._alone: dict[tuple[Part, str], list[tuple[int, Trigger]]] = {}
        self._with: dict[tuple[Part, str], dict[str, list[tuple[int, Trigger]]]] = {}
        for key, found in self._index.items():
            self._alone[key] = [one for one in enumerate(found) if not one[1].others]
            for order, trigger in enumerate(found):
                if trigger.others:
                    rarest = max(trigger.others, key=lambda word: (word not in _PREPOSITIONS, len(word), word))
                    self._with.setdefault(key, {}).setdefault(rarest, []).append((order, trigger))

    @property
    def lemmas(self) -> frozenset[str]:
        """Every word of every trigger and class."""
        words = {word for trigger in self.triggers for word in trigger.words}
        return frozenset(words | {word for members in self.classes.values() for word in members})

    @property
    def verbs(self) -> frozenset[str]:
        """The first words of all verb triggers."""
        return frozenset(trigger.words[0] for trigger in self.triggers if trigger.part == "verb")

    @functools.cached_property
    def stances(self) -> frozenset[str]:
        """The verbs by which one speaks for or against somebody's deed, supporting it among them."""
        found = (t for t in self.triggers if t.part == "verb" and t.frame.deed and len(t.words) == 1)
        return frozenset(
            t.words[0] for t in found if t.frame.relation == "supports" or ontology()[t.frame.relation].stance
        )

    def get(self, part: Part, lemma: str) -> list[Trigger]:
        """The triggers whose head is this lemma."""
        return self._index.get((part, lemma), [])

    def at_hand(self, words: Iterable[str]) -> set[str]:
        """The words, and in braces the classes that they or phrases that end in them may be of."""
        found = set(words)
        for word in self._classes_of.keys() & found:
            found.update(self._classes_of[word])
        return found

    def possible(self, part: Part, lemma: str, at_hand: set[str]) -> list[Trigger]:
        """The triggers whose head is this lemma and whose other words are all at hand, those of more words first."""
        found, others = self._alone.get((part, lemma), []), self._with.get((part, lemma))
        if others:
            words = others.keys() & at_hand
            found = [*found, *(one for word in words for one in others[word] if one[1].others <= at_hand)]
            found.sort(key=_by_order)
        return [trigger for _, trigger in found]

    def _add(self, where: str, entry: FrameEntry, relations: Ontology) -> None:
        if entry.relation not in relations.relations:
            raise DataError(f"{where}: {entry.relation!r} is no relation of relations.toml.")
        for code in (entry.cameo, *entry.finer):
            if code is not None and code not in codebook():
                raise DataError(f"{where}: {code!r} is no code of cameo.toml; correct it or add the code there.")
        finer = {text: code for code, texts in entry.finer.items() for text in texts}
        for slot in (*entry.source, *entry.target):
            if not SLOT.fullmatch(slot):
                raise DataError(
                    f"{where}: {slot!r} is no place; write subj, obj, prep:WORD or another of FrameEntry's."
                )
        parts: tuple[tuple[Part, tuple[str, ...]], ...] = (
            ("verb", entry.verbs),
            ("noun", entry.nouns),
            ("adjective", entry.adjectives),
            ("role", entry.roles),
            ("joined", (*entry.joined, *entry.prefix)),
        )
        if not any(found for _, found in parts):
            raise DataError(f"{where}: has no trigger; add verbs, nouns, adjectives, roles, joined or prefix.")
        strange = finer.keys() - {text for _, found in parts for text in found}
        if strange:
            raise DataError(f"{where}: `finer` names {min(strange)!r}, which is no trigger of the frame; add it there.")
        for part, found in parts:
            for text in found:
                words = tuple(text.split())
                for word in words:
                    if word.startswith("{") and word[1:-1] not in self.classes:
                        raise DataError(f"{where}: {text!r}: no [[class]] has the id {word[1:-1]!r}.")
                at = _head(words, part)
                if words[at].startswith("{"):
                    raise DataError(f"{where}: {text!r} cannot match; its head must be a word, not a class.")
                source, target = DEFAULTS[part]
                if text in entry.prefix:
                    source, target = ("head",), ("mod",)
                trigger = Trigger(
                    words,
                    at,
                    part,
                    replace(entry, cameo=finer[text]) if text in finer else entry,
                    entry.source or source,
                    entry.target or target,
                    relations[entry.relation].symmetric,
                )
                known = self._index.setdefault((part, words[at]), [])
                if any(t.words == words and t.frame.relation == entry.relation for t in known):
                    raise DataError(f"{where}: {part} {text!r} stands twice for {entry.relation}; remove one.")
                known.append(trigger)
                self.triggers.append(trigger)


def _by_order(one: tuple[int, Trigger]) -> int:
    return one[0]


_SORTS = ("person", "body", "people", "country", "group")
"""Sorts of noun in words.toml that are classes besides."""
_PREPOSITIONS = frozenset(
    [
        "of",
        "to",
        "for",
        "in",
        "on",
        "by",
        "with",
        "from",
        "at",
        "into",
        "over",
        "under",
        "behind",
        "against",
        "between",
        "among",
        "as",
        "toward",
        "towards",
        "up",
    ]
)


def _head(words: tuple[str, ...], part: Part) -> int:
    """The word that the others hang on: the first of a verb or adjective, the last before a preposition of a noun."""
    if part in ("noun", "role"):
        return next((i for i, word in enumerate(words) if word in _PREPOSITIONS), len(words)) - 1
    return 0


def load_lexicon(paths: Iterable[Path], relations: Ontology) -> Lexicon:
    """The frames in TOML files. Raises `DataError` that names the file and the entry."""
    entries: list[tuple[str, FrameEntry]] = []
    classes: dict[str, frozenset[str]] = {}
    for path in paths:
        content = read_toml(path)
        for known in read_table(path, "class", _ClassEntry, content):
            for word in known.words:
                if word.count(" ") > 1:
                    raise DataError(
                        f"{path}: [[class]] {known.id!r}: {word!r} cannot match; "
                        "write a noun, or a noun and the one word before it."
                    )
            for other in known.includes:
                if other not in classes:
                    raise DataError(f"{path}: [[class]] {known.id!r} includes {other!r}; define that class before it.")
            members = frozenset(known.words).union(*(classes[other] for other in known.includes))
            classes[known.id] = classes.get(known.id, frozenset()) | members
        for n, entry in enumerate(read_table(path, "frame", FrameEntry, content), 1):
            entries.append((f"{path}: [[frame]] number {n} ({entry.relation})", entry))
    for sort in _SORTS:
        classes[sort] = frozenset(w for w, nouns in vocabulary().nouns.items() if any(n.sort == sort for n in nouns))
    return Lexicon(entries, classes, relations)


@functools.cache
def lexicon() -> Lexicon:
    """The frames that kg ships."""
    return load_lexicon(sorted((DATA / "triggers").glob("*.toml")), ontology())
