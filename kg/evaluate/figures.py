"""Gold + readings -> figures: how much is right of what is read, and how much is read of what is right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from kg.evaluate.claims import LEVELS, Claim, Gold, Level, Predicted, key, norm, same
from kg.relations import ontology

__all__ = ["GROUPS", "Danger", "Error", "Evaluation", "Figures", "Rate", "evaluate"]

GROUPS = ("acts", "structure")


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
        if norm(p.claim.source) == norm(p.claim.target):
            continue  # between parts of one state
        once = (best, *key(p.claim, "full"))
        if once not in seen:
            seen.add(once)
            placed[best].append(p.claim)
    return placed, outside


def _meet(
    labels: list[Claim], read: list[Claim], level: Level, alts: Mapping[str, Sequence[str]]
) -> tuple[list[bool], list[bool]]:
    """Which readings are right and which labels are met. A label is met by one reading, a mere pair by any number."""
    right, met = [], [False] * len(labels)
    for claim in read:
        fits = [n for n, label in enumerate(labels) if same(label, claim, level, alts)]
        free = next((n for n in fits if not met[n]), None)
        if free is not None:
            met[free] = True
        right.append(free is not None or (level == "pair" and bool(fits)))
    if level == "pair":
        met = [hit or any(same(labels[n], c, level, alts) for c in read) for n, hit in enumerate(met)]
    return right, met


def _danger(gold: Sequence[Gold], placed: list[list[Claim]]) -> Danger:
    leaked, facts, turned, directed, confirmed, backing = 0, 0, 0, 0, 0, 0
    for g, claims in zip(gold, placed, strict=True):
        for claim in claims:
            if claim.relation not in ontology().relations or claim.group == "structure":
                continue
            doubtless = dataclasses.replace(claim, polarity="")
            near = [c for c in g.claims if same(dataclasses.replace(c, polarity=""), doubtless, "family", g.alts)]
            if claim.is_fact and near:
                facts += 1
                leaked += not any(c.polarity == "affirmed" and c.status == "actual" for c in near)
            if not claim.symmetric:
                back = dataclasses.replace(claim, source=claim.target, target=claim.source)
                along = any(same(c, claim, "family", g.alts) for c in g.claims)
                against = any(not c.symmetric and same(c, back, "family", g.alts) for c in g.claims)
                directed += along or against
                turned += against and not along
            if claim.is_fact and _is_strong(claim):
                backing += 1
                labels = [c for c in g.claims if _is_strong(c) and c.polarity == "affirmed" and c.status == "actual"]
                alike = (dataclasses.replace(c, relation=claim.relation) for c in labels)
                confirmed += any(same(c, claim, "exact", g.alts) for c in alike)
    return Danger(Rate(leaked, facts), Rate(turned, directed), Rate(confirmed, backing))


def _is_strong(claim: Claim) -> bool:
    card = ontology().relations.get(claim.relation)
    return card is not None and card.tier == "strong"
