"""Gold + assertions -> figures: how much of what a careful reader would sign is read, and how much of what is read he would sign.

A gold file holds one line of JSON for each labelled sentence::

    {"doc": "d1", "start": 0, "end": 22, "text": "China backs Pakistan.", "date": "2019-10-09",
     "triples": [{"source": "China", "relation": "supports", "target": "Pakistan", "polarity": "affirmed",
                  "status": "actual", "core": true}],
     "alts": {"Pakistan": ["Islamabad"]}}

A sentence that says nothing has no triples. Acts are compared between what both ends roll up to, structure relations
between the actors as named. `alts` are other names that are as right. A label that is not `core` is right where it is
read and not missed where it is not. Symmetric relations have no direction. A reading is judged only where its sentence
shares at least half of the shorter of the two with a labelled one. Nothing here reads a model or a store.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal

from kg.datafiles import DATA, read_table
from kg.errors import DocumentError
from kg.model import POLARITIES, STATUSES, Assertion
from kg.relations import ontology

__all__ = [
    "GROUPS",
    "LEVELS",
    "Claim",
    "Danger",
    "Error",
    "Evaluation",
    "Figures",
    "Gold",
    "Predicted",
    "Rate",
    "as_predicted",
    "evaluate",
    "load_gold",
    "load_predicted",
]

GROUPS = ("acts", "structure")
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
        return self.polarity == "affirmed" and _status(self.status) == "actual"

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


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one level and what follows from them. `core` counts the labels that any careful reader would sign."""

    right: int
    predicted: int
    found: int
    core: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.core if self.core else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`; there is no rate of nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Danger:
    """The errors that do harm.

    `leaked`: of acts told as facts and labelled at all, those that no label calls a fact. `turned`: of directed acts
    that meet a label one way or the other, those that meet it the wrong way only. `backing`: of facts that somebody
    supports, aids or arms somebody, those that a label confirms.
    """

    leaked: Rate
    turned: Rate
    backing: Rate


@dataclass(frozen=True, slots=True)
class Error:
    """An act that is wrong or missed at the level of families, and the sentence it is about."""

    doc: str
    text: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures: `levels` by group and level. `outside` counts readings of sentences that have no label."""

    sentences: int
    levels: dict[tuple[str, Level], Figures]
    danger: Danger
    outside: int
    wrong: tuple[Error, ...] = ()
    missed: tuple[Error, ...] = ()


def evaluate(gold: Sequence[Gold], predicted: Iterable[Predicted]) -> Evaluation:
    """Measure the readings against the labels."""
    placed, outside = _place(gold, predicted)
    levels: dict[tuple[str, Level], Figures] = {}
    wrong: list[Error] = []
    missed: list[Error] = []
    for group in GROUPS:
        for level in LEVELS:
            total = [0, 0, 0, 0]
            for g, claims in zip(gold, placed, strict=True):
                read = [claim for claim in claims if claim.group == group]
                # A certain label is met before an arguable one, so that none is missed for want of order.
                labels = sorted((c for c in g.claims if c.group == group), key=lambda c: not c.core)
                right, met = _meet(labels, read, level, g.alts)
                core = [n for n, label in enumerate(labels) if label.core]
                counts = (sum(right), len(read), sum(met[n] for n in core), len(core))
                total = [a + b for a, b in zip(total, counts, strict=True)]
                if (group, level) == ("acts", "family"):
                    wrong += [Error(g.doc, g.text, c) for c, hit in zip(read, right, strict=True) if not hit]
                    missed += [Error(g.doc, g.text, labels[n]) for n in core if not met[n]]
            levels[group, level] = Figures(*total)
    return Evaluation(len(gold), levels, _danger(gold, placed), outside, tuple(wrong), tuple(missed))


def _place(gold: Sequence[Gold], predicted: Iterable[Predicted]) -> tuple[list[list[Claim]], int]:
    """For each labelled sentence what was read there, each claim once; and how many readings lie elsewhere."""
    by_document: dict[str, list[int]] = {}
    for n, g in enumerate(gold):
        by_document.setdefault(g.doc, []).append(n)
    placed: list[list[Claim]] = [[] for _ in gold]
    seen: set[tuple[object, ...]] = set()
    outside = 0
    for p in predicted:
        path = PurePath(p.document)
        doc = next((name for name in (p.document, path.name, path.stem) if name in by_document), None)
        best, most = None, 0
        for n in by_document.get(doc, ()) if doc is not None else ():
            g = gold[n]
            shared = min(p.end, g.end) - max(p.start, g.start)
            if shared > most and 2 * shared >= min(p.end - p.start, g.end - g.start):
                best, most = n, shared
        if best is None:
            outside += 1
            continue
        if _norm(p.claim.source) == _norm(p.claim.target):
            continue  # between parts of one state
        key = (best, *_key(p.claim, "full"))
        if key not in seen:
            seen.add(key)
            placed[best].append(p.claim)
    return placed, outside


def _meet(
    labels: list[Claim], read: list[Claim], level: Level, alts: Mapping[str, Sequence[str]]
) -> tuple[list[bool], list[bool]]:
    """Which readings are right and which labels are met. A label is met by one reading, a mere pair by any number."""
    right, met = [], [False] * len(labels)
    for claim in read:
        fits = [n for n, label in enumerate(labels) if _same(label, claim, level, alts)]
        free = next((n for n in fits if not met[n]), None)
        if free is not None:
            met[free] = True
        right.append(free is not None or (level == "pair" and bool(fits)))
    if level == "pair":
        met = [hit or any(_same(labels[n], c, level, alts) for c in read) for n, hit in enumerate(met)]
    return right, met


def _danger(gold: Sequence[Gold], placed: list[list[Claim]]) -> Danger:
    leaked, facts, turned, directed, confirmed, backing = 0, 0, 0, 0, 0, 0
    for g, claims in zip(gold, placed, strict=True):
        for claim in claims:
            if claim.relation not in ontology().relations or claim.group == "structure":
                continue
            doubtless = dataclasses.replace(claim, polarity="")
            near = [c for c in g.claims if _same(dataclasses.replace(c, polarity=""), doubtless, "family", g.alts)]
            if claim.is_fact and near:
                facts += 1
                leaked += not any(c.polarity == "affirmed" and c.status == "actual" for c in near)
            if not claim.symmetric:
                back = dataclasses.replace(claim, source=claim.target, target=claim.source)
                along = any(_same(c, claim, "family", g.alts) for c in g.claims)
                against = any(not c.symmetric and _same(c, back, "family", g.alts) for c in g.claims)
                directed += along or against
                turned += against and not along
            if claim.is_fact and _is_strong(claim):
                backing += 1
                labels = [c for c in g.claims if _is_strong(c) and c.polarity == "affirmed" and c.status == "actual"]
                alike = (dataclasses.replace(c, relation=claim.relation) for c in labels)
                confirmed += any(_same(c, claim, "exact", g.alts) for c in alike)
    return Danger(Rate(leaked, facts), Rate(turned, directed), Rate(confirmed, backing))


def _is_strong(claim: Claim) -> bool:
    card = ontology().relations.get(claim.relation)
    return card is not None and card.tier == "strong"


# --- one label and one reading ------------------------------------------------------------------------------------


def _same(label: Claim, read: Claim, level: Level, alts: Mapping[str, Sequence[str]]) -> bool:
    if alts:
        source, target = (_as_labelled(end, label, alts) for end in (read.source, read.target))
        read = dataclasses.replace(read, source=source, target=target)
    if label.relation == read.relation == "represents":  # a surname is the person
        one, other = set(_norm(label.source).split()), set(_norm(read.source).split())
        if one <= other or other <= one:
            read = dataclasses.replace(read, source=label.source)
    if level == "family" and (label.symmetric or read.symmetric):
        # A family holds relations with and without direction; beside one without, the other's says nothing.
        level = "pair"
        if (label.family, label.polarity) != (read.family, read.polarity):
            return False
    return _key(label, level) == _key(read, level)


def _as_labelled(name: str, label: Claim, alts: Mapping[str, Sequence[str]]) -> str:
    """The labelled name that this one is as right as; the name itself where it is none."""
    for own in (label.source, label.target):
        if _norm(name) in map(_norm, alts.get(own, ())):
            name = own
    return name


def _key(claim: Claim, level: Level) -> tuple[object, ...]:
    """What two claims must share to be the same at a level."""
    ends = (_norm(claim.source), _norm(claim.target))
    pair = (min(ends), max(ends))
    if level == "pair":
        return pair
    ends = pair if claim.symmetric else ends
    if level == "family":
        return ends, claim.family, claim.polarity
    exact = (ends, claim.relation, claim.polarity)
    return exact if level == "exact" else (*exact, _status(claim.status))


def _status(status: str) -> str:
    return "actual" if status == "ended" else status


@functools.cache
def _norm(name: str) -> str:
    """A name as it is compared."""
    plain = _folded(name)
    return _synonyms().get(plain, plain)


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return " ".join(letters.casefold().replace("-", " ").split()).removeprefix("the ")


@dataclass(frozen=True, slots=True)
class _SameEntry:
    name: str
    also: tuple[str, ...]


@functools.cache
def _synonyms() -> dict[str, str]:
    entries = read_table(DATA / "evaluation.toml", "same", _SameEntry)
    return {_folded(other): _folded(entry.name) for entry in entries for other in entry.also}


# --- files --------------------------------------------------------------------------------------------------------


def as_predicted(assertion: Assertion) -> Predicted:
    """An assertion as it is compared: acts between states, structure between the actors as named."""
    source, target = assertion.source, assertion.target
    claim = Claim(source.state.name, assertion.relation, target.state.name, assertion.polarity, assertion.status)
    if claim.group == "structure":
        claim = dataclasses.replace(claim, source=source.actor.name, target=target.actor.name)
    return Predicted(assertion.document, assertion.sentence.start, assertion.sentence.end, claim)


def load_gold(path: Path) -> list[Gold]:
    """The labelled sentences of a file, in order. Raises `DocumentError` that names the line and what is wrong."""
    return _lines(path, _gold)


def load_predicted(path: Path) -> list[Predicted]:
    """The readings in a file as `kg extract --format jsonl` writes it. Raises `DocumentError` as `load_gold` does."""
    return _lines(path, _predicted)


def _lines(path: Path, made: Callable[[dict[str, Any]], T]) -> list[T]:
    found: list[T] = []
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                where = f"{path}:{number}"
                try:
                    row = json.loads(line)
                except (json.JSONDecodeError, RecursionError) as error:
                    raise DocumentError(f"{where}: is not JSON ({error}); each line must be one object.") from None
                if not isinstance(row, dict):
                    raise DocumentError(f"{where}: is not a JSON object.")
                try:
                    found.append(made(row))
                except KeyError as error:
                    raise DocumentError(f"{where}: has no {error}; the format is in docs/evaluation.md.") from None
                except (TypeError, ValueError, AttributeError) as error:
                    raise DocumentError(f"{where}: {error}; the format is in docs/evaluation.md.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: could not be read: {error}.") from None
    if not found:
        raise DocumentError(f"{path}: holds nothing; it needs a line of JSON for each sentence or assertion.")
    return found


def _gold(row: dict[str, Any]) -> Gold:
    claims = tuple(_claim(t, t["source"], t["target"], core=bool(t.get("core", True))) for t in row["triples"])
    alts = {str(name): tuple(map(str, others)) for name, others in (row.get("alts") or {}).items()}
    start = int(row.get("start", -1))
    return Gold(str(row["doc"]), start, int(row.get("end", -1)), row["text"], claims, alts, row.get("date") or None)


def _predicted(row: dict[str, Any]) -> Predicted:
    place = row["sentence"]
    ends = [row[end] for end in ("source", "target")]
    claim = _claim(row, ends[0]["state"], ends[1]["state"])
    if claim.group == "structure":
        claim = dataclasses.replace(claim, source=ends[0]["name"], target=ends[1]["name"])
    return Predicted(str(row["document"]), int(place["start"]), int(place["end"]), claim)


def _claim(row: dict[str, Any], source: str, target: str, core: bool = True) -> Claim:
    claim = Claim(
        source or "",
        row["relation"],
        target or "",
        row.get("polarity", "affirmed"),
        row.get("status", "actual"),
        core,
    )
    for what, value, known in (
        ("relation", claim.relation, ontology().relations),
        ("polarity", claim.polarity, POLARITIES),
        ("status", claim.status, STATUSES),
    ):
        if value not in known:
            raise ValueError(f"{value!r} is no {what}; it is one of {', '.join(known)}")
    return claim
