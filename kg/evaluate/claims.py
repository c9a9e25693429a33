"""What is compared, label or reading, and when two of them are the same."""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.datafiles import DATA, read_table
from kg.relations import ontology

__all__ = ["LEVELS", "Claim", "Gold", "Level", "Predicted", "key", "norm", "same"]

Level = Literal["pair", "family", "exact", "full"]
LEVELS: tuple[Level, ...] = ("pair", "family", "exact", "full")
"""The same two actors; and family, direction and polarity; and relation; and status."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who does what to whom, as labelled or as read. `core` speaks of labels only."""

    source: str
    relation: str
    target: str
    polarity: str = "affirmed"
    status: str = "actual"
    core: bool = True

    @property
    def family(self) -> str:
        card = ontology().relations.get(self.relation)
        return self.relation if card is None else card.family

    @property
    def symmetric(self) -> bool:
        card = ontology().relations.get(self.relation)
        return card is not None and card.symmetric

    @property
    def group(self) -> str:
        return "structure" if self.family == "structure" else "acts"

    @property
    def is_fact(self) -> bool:
        """Told as a fact. What has ended was one: labels do not tell the two apart."""
        return self.polarity == "affirmed" and _told(self.status) == "actual"

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target} ({self.polarity}, {self.status})"


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled sentence; `start` and `end` are offsets into its document's text, -1 where the file gives none."""

    doc: str
    start: int
    end: int
    text: str
    claims: tuple[Claim, ...] = ()
    alts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Predicted:
    """A reading, and the place of the sentence that it was read from."""

    document: str
    start: int
    end: int
    claim: Claim


def same(label: Claim, read: Claim, level: Level, alts: Mapping[str, Sequence[str]]) -> bool:
    """Is the reading right by the label, at a level? `alts` are other names for labelled ends that are as right."""
    if alts:
        source, target = (_as_labelled(end, label, alts) for end in (read.source, read.target))
        read = dataclasses.replace(read, source=source, target=target)
    if label.relation == read.relation == "represents":  # a surname is the person
        one, other = set(norm(label.source).split()), set(norm(read.source).split())
        if one <= other or other <= one:
            read = dataclasses.replace(read, source=label.source)
    if level == "family" and (label.symmetric or read.symmetric):
        # A family holds relations with and without direction; beside one without, the other's says nothing.
        level = "pair"
        if (label.family, label.polarity) != (read.family, read.polarity):
            return False
    return key(label, level) == key(read, level)


def _as_labelled(name: str, label: Claim, alts: Mapping[str, Sequence[str]]) -> str:
    """The labelled name that this one is as right as; the name itself where it is none."""
    for own in (label.source, label.target):
        if norm(name) in map(norm, alts.get(own, ())):
            name = own
    return name


def key(claim: Claim, level: Level) -> tuple[object, ...]:
    """What two claims must share to be the same at a level."""
    ends = (norm(claim.source), norm(claim.target))
    pair = (min(ends), max(ends))
    if level == "pair":
        return pair
    ends = pair if claim.symmetric else ends
    if level == "family":
        return ends, claim.family, claim.polarity
    exact = (ends, claim.relation, claim.polarity)
    return exact if level == "exact" else (*exact, _told(claim.status))


def _told(status: str) -> str:
    return "actual" if status == "ended" else status


@functools.cache
def norm(name: str) -> str:
    """A name as it is compared."""
    plain = _folded(name)
    return _synonyms().get(plain, plain)


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return " ".join(letters.casefold().replace("-", " ").split()).removeprefix("the ")


@dataclass(frozen=True, slots=True)
class _Synonyms:
    name: str
    also: tuple[str, ...]


@functools.cache
def _synonyms() -> dict[str, str]:
    entries = read_table(DATA / "evaluation.toml", "same", _Synonyms)
    return {_folded(other): _folded(entry.name) for entry in entries for other in entry.also}
