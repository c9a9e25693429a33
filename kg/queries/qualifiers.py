"""What bounds a question: when, who says so, in how many sources, about what, against whom.

    since 2020 · after May 2021 · before 3 May 2021 · until 2021-05 · in 2019 · between 2019 and 2021 · as of 2021-05-02
    according to Reuters · at least 2 sources · on Kashmir · against India

They stand after the question in any order, each once, or before it. A date is ISO 8601 or a year, a month with its year
or a day of one; both ends of a span belong to it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["QUALIFIER_WORDS", "Qualifiers", "qualified"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?", re.ASCII)

_ABOUT = frozenset({"on", "over", "about", "regarding", "concerning"})
_SOURCES = frozenset({"source", "sources", "original", "originals"})
_KINDS = frozenset({"independent", "different", "separate"})
_NO_NAMES = frozenset({"who", "whom", "which", "what"})
_LED_BY = frozenset({"with", "from", "by", "in"})

QUALIFIER_WORDS = (
    *("since", "after", "before", "until", "during", "between", "according", "against", "least", "about"),
    *("sources", *_MONTHS),
)
"""What a misspelt word of a question may have been, beside verbs."""


class Qualifiers(NamedTuple):
    """The bounds of a question as typed; `since` and `until` are ISO 8601 and included, names are words."""

    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    according_to: str | None = None
    min_originals: int | None = None
    about: str | None = None
    against: str | None = None

    def joined(self, other: Qualifiers) -> Qualifiers | None:
        """Both together, None where both bound the same."""
        set_ = {name: value for name, value in other._asdict().items() if value}
        if any(getattr(self, name) is not None for name in set_):
            return None
        return self._replace(**set_)


_UNBOUNDED = Qualifiers()


def qualified(words: Sequence[str], names: Sequence[str]) -> Iterator[tuple[int, int, Qualifiers]]:
    """All ways to take qualifiers off a question, as where what is left begins and ends; those that take most first.

    `words` are in lower case, `names` the same as typed.
    """
    reader = _Reader(words, names)
    n = len(words)
    fronts = [(k, found) for k in range(n) for found in reader.sequence(0, k)]
    for start, before in sorted(fronts, key=lambda front: front[0] or n):
        for end in range(start + 1, n + 1):
            for after in reader.sequence(end, n):
                both = before.joined(after)
                if both is not None:
                    yield start, end, both


class _Reader:
    def __init__(self, words: Sequence[str], names: Sequence[str]) -> None:
        self._words = words
        self._names = names

    def sequence(self, start: int, end: int, before: Qualifiers = _UNBOUNDED) -> Iterator[Qualifiers]:
        """The readings of these words as nothing but qualifiers, one after another, each joined to those before."""
        if start == end:
            yield before
            return
        if self._word(start) == "and":
            start += 1
        for stop, one in self._one(start, end):
            if (both := before.joined(one)) is not None:
                yield from self.sequence(stop, end, both)

    def _one(self, i: int, end: int) -> Iterator[tuple[int, Qualifiers]]:
        yield from self._time(i, end)
        for lead in (i, i + 1):
            if lead > i and self._word(i) not in _LED_BY:
                break
            yield from self._sources(lead)
        for n, words in (("according_to", ("according", "to")), ("according_to", ("as", "reported", "by"))):
            if tuple(self._words[i : i + len(words)]) == words:
                yield from self._named(i + len(words), end, n)
        if self._word(i) in _ABOUT:
            yield from self._named(i + 1, end, "about")
        if self._word(i) == "against":
            yield from self._named(i + 1, end, "against")

    def _time(self, i: int, end: int) -> Iterator[tuple[int, Qualifiers]]:
        word, after = self._word(i), i + 1
        if (word, self._word(i + 1)) in (("as", "of"), ("up", "to")):
            after = i + 2
        found = self._date(after)
        if found is None or found[0] > end:
            return
        stop, date = found
        if word == "since":
            yield stop, Qualifiers(since=date)
        elif word == "after":
            yield stop, Qualifiers(since=_beside(date, 1))
        elif word == "before":
            yield stop, Qualifiers(until=_beside(date, -1))
        elif word in ("until", "till", "through") or (word == "up" and after == i + 2):
            yield stop, Qualifiers(until=date)
        elif word in ("in", "during", "throughout") or (word == "on" and len(date) == 10):
            yield stop, Qualifiers(since=date, until=date)
        elif word == "as" and after == i + 2:
            yield stop, Qualifiers(as_of=date)
        elif word in ("between", "from"):
            to = self._date(stop + 1) if self._word(stop) in ("and", "to", "until", "till", "through") else None
            if to is not None and to[0] <= end and (self._word(stop) == "and") == (word == "between"):
                yield to[0], Qualifiers(since=date, until=to[1])
            elif word == "from":
                yield stop + (self._word(stop) in ("on", "onward", "onwards")), Qualifiers(since=date)

    def _sources(self, i: int) -> Iterator[tuple[int, Qualifiers]]:
        if (self._word(i), self._word(i + 1)) != ("at", "least"):
            return
        number, k = self._word(i + 2), i + 3
        count = _NUMBERS.index(number) + 1 if number in _NUMBERS else int(number) if _is_number(number) else None
        if self._word(k) in _KINDS:
            k += 1
        if count and self._word(k) in _SOURCES:
            yield k + 1, Qualifiers(min_originals=count)

    def _named(self, start: int, end: int, field: str) -> Iterator[tuple[int, Qualifiers]]:
        if self._word(start) in _NO_NAMES:
            return
        for stop in range(start + 1, end + 1):
            # A name ends where the next qualifier begins, or with the words.
            if stop == end or any(True for _ in self._one(stop + (self._word(stop) == "and"), end)):
                yield stop, Qualifiers(**{field: " ".join(self._names[start:stop])})  # type: ignore[arg-type]

    def _word(self, i: int) -> str:
        return self._words[i] if i < len(self._words) else ""

    def _date(self, i: int) -> tuple[int, str] | None:
        """Where the date that begins at word `i` ends, and the date in ISO 8601."""
        one, two, three = (self._word(k) for k in (i, i + 1, i + 2))
        if _ISO.fullmatch(one):
            return (i + 1, one) if _is_date(one) else None
        if (month := _month(one)) and _is_year(two):
            return i + 2, f"{two}-{month:02}"
        for day, name in ((one, two), (two, one)):
            if (match := _DAY.fullmatch(day)) and (month := _month(name)) and _is_year(three):
                date = f"{three}-{month:02}-{int(match[1]):02}"
                return (i + 3, date) if _is_date(date) else None
        return None


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 5


def _is_year(word: str) -> bool:
    return len(word) == 4 and _is_number(word) and word != "0000"


def _month(word: str) -> int | None:
    found = [n for n, name in enumerate(_MONTHS, 1) if word == name or (len(word) > 2 and word.rstrip(".") == name[:3])]
    return found[0] if found else (9 if word.rstrip(".") == "sept" else None)


def _is_date(date: str) -> bool:
    try:
        datetime.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _beside(date: str, step: int) -> str:
    """The year, month or day after a date (or before it, with a step of -1), as exact as it is."""
    year, month, day = int(date[:4]), int(date[5:7] or 1), int(date[8:10] or 1)
    if len(date) == 4:
        return f"{year + step:04}"
    if len(date) == 7:
        months = 12 * year + month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    try:
        return (datetime.date(year, month, day) + datetime.timedelta(step)).isoformat()
    except OverflowError:
        return date
