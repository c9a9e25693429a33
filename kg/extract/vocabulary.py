"""data/words.toml, cues.toml and regions.toml -> the closed-class words that the reader needs, checked on load."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kg.datafiles import DATA, build, read_table, read_toml
from kg.errors import DataError
from kg.model import Sector

__all__ = ["Cue", "Effect", "Noun", "Vocabulary", "load_vocabulary", "vocabulary"]

Effect = Literal["planned", "hypothetical", "alleged", "ended", "negated"]
NounSort = Literal["person", "body", "people", "country", "group", "organisation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """Common nouns that stand for an actor: see the head of words.toml."""

    sort: NounSort
    words: tuple[str, ...]
    sector: Sector | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that turn a deed into something else than a fact: see the head of cues.toml."""

    effect: Effect
    verbs: tuple[str, ...] = ()
    clause_verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    words: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    words: tuple[str, ...]
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plural:
    words: tuple[str, ...]
    unnumbered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    before: tuple[str, ...]
    former: tuple[str, ...]
    shared: tuple[str, ...]
    honorifics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Modals:
    planned: tuple[str, ...]
    hypothetical: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clauses:
    hypothetical: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Control:
    object: tuple[str, ...]
    laying: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Says:
    verbs: tuple[str, ...]
    claims: tuple[str, ...]
    doubted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Light:
    doing: tuple[str, ...]
    receiving: tuple[str, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of it, indexed by lower-case lemma."""

    nouns: dict[str, list[Noun]] = field(default_factory=dict)
    plural: frozenset[str] = frozenset()
    unnumbered: frozenset[str] = frozenset()
    title_before: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    noise: frozenset[str] = frozenset()
    partitive: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    sport: frozenset[str] = frozenset()
    sport_phrases: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    makes: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    cues: dict[tuple[str, str], list[Effect]] = field(default_factory=dict)
    modals: dict[str, Effect] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    object_control: frozenset[str] = frozenset()
    laying: frozenset[str] = frozenset()
    says: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    regions: dict[str, frozenset[str]] = field(default_factory=dict)
    """Words that tell states apart ("island", "south asian"): the ids of those that are so."""

    @property
    def lemmas(self) -> frozenset[str]:
        """Every noun, cue, light verb and verb of saying."""
        cues = frozenset(word for _, word in self.cues)
        return frozenset(self.nouns) | cues | self.light | self.receiving | self.says | self.plural | self.partitive

    def noun(self, word: str, sort: str | None = None) -> Noun | None:
        """The first entry of a noun or title (lower case, singular), of the given sort if any."""
        return next((n for n in self.nouns.get(word, ()) if sort is None or n.sort == sort), None)

    def described(self, phrase: str) -> frozenset[str] | None:
        """The states that a phrase such as "the tiny Himalayan nation" can mean, None where it says nothing of that.

        Of words inside each other the longest counts ("south asian", not "asian").
        """
        words = re.findall(r"[\w-]+", phrase.lower())
        found: frozenset[str] | None = None
        at = 0
        while at < len(words):
            for size in (3, 2, 1):
                states = self.regions.get(" ".join(words[at : at + size])) if at + size <= len(words) else None
                if states is not None:
                    found = states if found is None else found & states
                    at += size - 1
                    break
            at += 1
        return found

    def cue(self, part: str, lemma: str) -> list[Effect]:
        """The effects of a word as a verb, noun, adjective, adverb or preposition."""
        return self.cues.get((part, lemma), [])

    def clause_cue(self, lemma: str) -> list[Effect]:
        """The effects of a verb on the clause that it governs."""
        return self.cue("verb", lemma) + self.cue("clause_verb", lemma)


def load_vocabulary(words: Path, cues: Path, regions: Path) -> Vocabulary:
    """The vocabulary in three TOML files. Raises `DataError` that names the file and the entry."""
    lexical, factual = read_toml(words), read_toml(cues)
    nouns: dict[str, list[Noun]] = {}
    for noun in read_table(words, "noun", Noun, lexical):
        for word in noun.words:
            if any(other.sort == noun.sort for other in nouns.get(word, ())):
                raise DataError(f"{words}: [[noun]] {word!r} stands twice as {noun.sort}; remove one.")
            nouns.setdefault(word, []).append(noun)
    cue_index: dict[tuple[str, str], list[Effect]] = {}
    for cue in read_table(cues, "cue", Cue, factual):
        for part in ("verbs", "clause_verbs", "nouns", "adjectives", "adverbs", "prepositions"):
            for word in getattr(cue, part):
                cue_index.setdefault((part[:-1], word), []).append(cue.effect)
    where: dict[str, frozenset[str]] = {}
    for region in read_table(regions, "region", _Region):
        for word in region.words:
            if word in where or word != word.lower():
                raise DataError(f"{regions}: [[region]] {word!r} must stand once, in lower case; mend it.")
            where[word] = frozenset(region.states)
    title = build(_Title, lexical.get("title"), f"{words}: [title]")
    plural = build(_Plural, lexical.get("plural"), f"{words}: [plural]")
    documents = build(_Documents, lexical.get("documents"), f"{words}: [documents]")
    control = build(_Control, factual.get("control"), f"{cues}: [control]")
    sport = build(_Words, lexical.get("sport"), f"{words}: [sport]")
    says = build(_Says, factual.get("says"), f"{cues}: [says]")
    light = build(_Light, factual.get("light"), f"{cues}: [light]")
    modals = build(_Modals, factual.get("modals"), f"{cues}: [modals]")
    return Vocabulary(
        nouns=nouns,
        plural=frozenset(plural.words),
        unnumbered=frozenset(plural.unnumbered),
        title_before=frozenset(title.before),
        former=frozenset(title.former),
        shared=frozenset(title.shared),
        honorifics=frozenset(title.honorifics),
        noise=frozenset(build(_Words, lexical.get("noise"), f"{words}: [noise]").words),
        partitive=frozenset(build(_Words, lexical.get("partitive"), f"{words}: [partitive]").words),
        documents=frozenset(documents.words),
        makes=frozenset(documents.made),
        sport=frozenset(sport.words),
        sport_phrases=tuple(word for word in sport.words if " " in word),
        local=frozenset(build(_Words, lexical.get("local"), f"{words}: [local]").words),
        areas=frozenset(build(_Words, lexical.get("areas"), f"{words}: [areas]").words),
        institutions=frozenset(build(_Words, lexical.get("institutions"), f"{words}: [institutions]").words),
        wishes=frozenset(build(_Words, factual.get("wishes"), f"{cues}: [wishes]").words),
        demands=frozenset(build(_Words, factual.get("demands"), f"{cues}: [demands]").words),
        cues=cue_index,
        modals={**dict.fromkeys(modals.planned, "planned"), **dict.fromkeys(modals.hypothetical, "hypothetical")},
        conditions=frozenset(build(_Clauses, factual.get("clauses"), f"{cues}: [clauses]").hypothetical),
        object_control=frozenset(control.object),
        laying=frozenset(control.laying),
        says=frozenset(says.verbs),
        claims=frozenset(says.claims),
        doubted=frozenset(says.doubted),
        light=frozenset(light.doing),
        receiving=frozenset(light.receiving),
        apart=frozenset(light.apart),
        regions=where,
    )


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary that kg ships."""
    return load_vocabulary(DATA / "words.toml", DATA / "cues.toml", DATA / "regions.toml")
