"""How sure an assertion is: data/confidence.toml weighs what it was read by."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from kg.datafiles import DATA, build, read_toml
from kg.errors import DataError
from kg.extract.names import CONFIDENCE
from kg.model import Mention, Polarity, Status

__all__ = ["Doubts", "load_doubts", "sure"]

LONG = 40
"""Words of a sentence from which on the parser errs more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What makes an assertion less sure: log odds, none above zero."""

    anaphora: float
    stranger: float
    place: float
    loose: float
    noun: float
    predicate: float
    title: float
    told: float
    hypothetical: float
    alleged: float
    ended: float
    negated: float
    long: float
    start: float = 0.0
    """The log odds of an assertion without any doubt."""


def load_doubts(path: Path) -> Doubts:
    """The weights in a file. Raises `DataError` that names the file and the entry."""
    content = read_toml(path)
    entry = content.get("doubts", {})
    if isinstance(entry, dict):
        entry = {**entry, "start": content.get("start", 0.0)}
    doubts = build(Doubts, entry, f"{path}: [doubts]")
    for field in fields(doubts):
        if field.name != "start" and getattr(doubts, field.name) > 0:
            raise DataError(f"{path}: [doubts]: `{field.name}` is above zero; a doubt never makes surer.")
    return doubts


@functools.cache
def _shipped() -> Doubts:
    return load_doubts(DATA / "confidence.toml")


def sure(
    ends: Iterable[Mention],
    said: str,
    words: int,
    polarity: Polarity = "affirmed",
    status: Status = "actual",
    *,
    loose: bool = False,
) -> float:
    """The probability that an assertion between these ends is right, 0 to 1.

    `said` is how it is said: the part of speech of its trigger, "title" or "told"; `words` counts the sentence's.
    """
    doubts = _shipped()
    odds = doubts.start + (getattr(doubts, _KINDS[said]) if said in _KINDS else 0.0)
    for end in ends:
        if end.how == "anaphora":
            odds += doubts.anaphora
        elif end.confidence <= CONFIDENCE["unknown"]:
            odds += doubts.stranger
        elif end.confidence == CONFIDENCE["place"]:
            odds += doubts.place
    if status in ("hypothetical", "alleged", "ended"):
        odds += getattr(doubts, status)
    if polarity == "negated":
        odds += doubts.negated
    if loose:
        odds += doubts.loose
    if words >= LONG:
        odds += doubts.long
    return round(1 / (1 + math.exp(-odds)), 3)


_KINDS = {"noun": "noun", "adjective": "predicate", "role": "predicate", "title": "title", "told": "told"}
