"""data/triggers/*.toml -> the frames: which word says which relation, and where its source and target stand.

A trigger is one or more words; the first verb, noun or adjective of it is its head and the others must hang on it in
the tree ("stand by", "throw {weight} behind"). ``{weapon}`` stands for any word of the class of that name.
It is not two modules because the schema of a frame and what becomes of it are read together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from kg.codebook import codebook
from kg.datafiles import DATA, read_table, read_toml
from kg.errors import DataError
from kg.extract.vocabulary import vocabulary
from kg.model import Kind
from kg.relations import Ontology, ontology

__all__ = ["FrameEntry", "Lexicon", "Trigger", "lexicon", "load_lexicon"]

Part = Literal["verb", "noun", "adjective", "role", "joined"]

_SLOT = re.compile(
    r"subj|obj|iobj|poss|mod|light|head|is|comp|compobj|compwith|clause|ties|patient"
    r"|under|amid|whose|beneficiary|land|bearer|inside|purpose|prep:[a-z]+(?: [a-z]+)?"
)
_DEFAULTS: dict[Part, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subj",), ("obj",)),
    "noun": (
        ("poss", "mod", "prep:by", "prep:from", "prep:of", "light"),
        ("prep:on", "prep:against", "prep:to", "prep:for"),
    ),
    "adjective": (("subj",), ("obj",)),
    "role": (("is",), ("poss", "mod", "prep:of", "prep:to", "prep:for", "prep:with", "prep:in")),
    "joined": (("mod",), ("head",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameEntry:
    """Triggers that share a relation and the places of source and target.

    Places; the first that holds an actor wins:
    ``subj``, ``obj``, ``iobj``
        of a verb; the object of the preposition where the trigger ends in one
    ``patient``
        to whom a verb is done ("are known as")
    ``prep:to``
        after that preposition of the trigger, or of the verb that carries it
    ``poss``, ``mod``
        a noun's owner ("China's", "Chinese")
    ``light``
        the subject of the light verb that carries the noun
    ``clause``
        the subject of the clause that a noun stands in ("after talks with B, A said")
    ``is``, ``head``
        what a role noun is said of; the noun that an adjective or compound describes
    ``comp``, ``compobj``, ``compwith``
        the subject of the clause that it governs, that clause's object, whom it is done with
    ``inside``, ``purpose``
        whom the clause that it governs is about; whom its purpose clause is ("sent food to help orphans in Chad")
    ``amid``
        who acts under it ("amid threats from B, A withdrew")
    ``whose``
        whose the trigger's object is ("recognised Kosovo's independence")
    ``beneficiary``
        who has what is given ("with B's backing, A acted", "A thanked B for its help")
    ``land``
        where a passive without an agent is done ("was jailed in Dubai")
    ``bearer``
        who is on a visit ("the king, on a visit to Mali")
    ``ties``
        those between whom the ties are that it is said of ("relations between A and B soured")
    ``under``
        what is under a noun ("the strip under its rule")

    With ``deed`` the object may be a deed or possession of the target ("condemned the shelling by …"). ``joined`` are
    second parts of compounds ("Iran-backed"), ``prefix`` first ones ("pro-Iranian"). ``roles`` are nouns for the source
    itself ("ally").
    """

    relation: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    deed: bool = False
    places: bool = False
    """With `deed`: a thing may stand for the land that it is in ("shelled a village in Chad")."""
    unless: tuple[str, ...] = ()
    """Words of purpose that make it another deed ("sent troops to help", "as peacekeepers")."""
    only: tuple[str, ...] = ()
    """Words of purpose without one of which it is not this deed."""
    unless_prep: tuple[str, ...] = ()
    """Prepositions on it that make it another deed ("calls by Chad for a truce" are no phone calls)."""
    infinitive: bool = False
    """The verb counts only with an infinitive ("told Chad to withdraw")."""
    plain: bool = False
    """The verb takes no clause and no predicate in this sense (to call somebody, not to call him a liar)."""
    carried: bool = False
    """The noun counts only under one of its light verbs ("strengthened ties", not bare "ties")."""
    singular: bool = False
    """Two owners before the noun share it only in the singular ("the Chad-Libya border")."""
    clause: bool = False
    """The trigger may take a clause whose subject is the target ("said that Chad had armed rebels")."""
    cameo: str | None = None
    """The code of the deed where it is finer than the relation's; PLOVER type and weight follow from it."""
    finer: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """A code that is finer than the frame's -> those of the frame's triggers that have it."""
    polarity: Literal["affirmed", "negated"] = "affirmed"
    status: Literal["actual", "planned", "alleged", "hypothetical", "ended"] = "actual"
    source_kinds: tuple[Kind, ...] = ()
    target_kinds: tuple[Kind, ...] = ()
    """The kinds of actor that may stand there, where not all may."""
    light: tuple[str, ...] = ()
    """The light verbs that carry the noun, where not all may."""


@dataclass(frozen=True, slots=True)
class _ClassEntry:
    """Words for a place in braces: nouns, or a noun with the word before it, which then is of no other class by its
    noun alone ("medical equipment" is no weapon though equipment is)."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its words (the head first for verbs and adjectives, last for nouns), part of speech and frame."""

    words: tuple[str, ...]
    at: int
    part: Part
    frame: FrameEntry
    source: tuple[str, ...]
    target: tuple[str, ...]
    mutual: bool

    @property
    def rule(self) -> str:
        """The name by which `explain` and every assertion call this trigger."""
        return f"{self.frame.relation}/{self.part}/{' '.join(self.words)}"


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
        self.triggers: list[Trigger] = []
        self._index: dict[tuple[Part, str], list[Trigger]] = {}
        for where, entry in entries:
            self._add(where, entry, relations)
        for found in self._index.values():
            found.sort(key=lambda t: -len(t.words))

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

    def _add(self, where: str, entry: FrameEntry, relations: Ontology) -> None:
        if entry.relation not in relations.relations:
            raise DataError(f"{where}: {entry.relation!r} is no relation of relations.toml.")
        for code in (entry.cameo, *entry.finer):
            if code is not None and code not in codebook():
                raise DataError(f"{where}: {code!r} is no code of cameo.toml; correct it or add the code there.")
        finer = {text: code for code, texts in entry.finer.items() for text in texts}
        for slot in (*entry.source, *entry.target):
            if not _SLOT.fullmatch(slot):
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
                source, target = _DEFAULTS[part]
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
            classes[known.id] = classes.get(known.id, frozenset()) | frozenset(known.words)
        for n, entry in enumerate(read_table(path, "frame", FrameEntry, content), 1):
            entries.append((f"{path}: [[frame]] number {n} ({entry.relation})", entry))
    for sort in _SORTS:
        classes[sort] = frozenset(w for w, nouns in vocabulary().nouns.items() if any(n.sort == sort for n in nouns))
    return Lexicon(entries, classes, relations)


@functools.cache
def lexicon() -> Lexicon:
    """The frames that kg ships."""
    return load_lexicon(sorted((DATA / "triggers").glob("*.toml")), ontology())
