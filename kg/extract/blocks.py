"""A document's text -> blocks: stretches that are parsed on their own, because no sentence runs across their ends."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

__all__ = ["Block", "blocks", "capitalised_names"]

_MARKUP = re.compile(r"\s*(?:#{1,6}\s+|[-*•>]\s+|\d{1,2}[.)]\s+)?")
_PLACE = r"[A-Z][\w.'’ ,/-]{2,60}"
_AGENCY = r"\([A-Z][\w ./’'-]{1,30}\)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_SHOUTED = r"[A-ZÀ-Ý]{3,}[A-ZÀ-Ý.'’ ,/-]{0,50}"
_DATELINE = re.compile(
    rf"{_PLACE},?\s*(?:,\s*\w+\.? \d{{1,2}}\s*)?{_AGENCY}\s*[-–—:]+\s*"
    rf"|{_PLACE}, {_DAY}\s*(?:{_AGENCY}\s*)?[-–—:]+\s+"
    rf"|{_SHOUTED}, {_DAY}\.\s+"
    rf"|{_SHOUTED}(?:,\s*{_PLACE})?\s+[-–—]{{1,2}}\s+"
    rf"|{_SHOUTED}:\s+"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MID_SENTENCE = re.compile(r"(?<=[a-z,;] )([A-Z][\w’-]*[a-z]\w*)")
_ENDS = (".", "!", "?", '."', ".”", '?"', "?”", '!"', "!”", ".'", ".’", ":", ";")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document's text, `text[start:end]`; `headline` where it is written in Title Case."""

    start: int
    end: int
    headline: bool


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order.

    A line break ends a block, unless the text is hard-wrapped: then a blank line does. List and heading marks and
    datelines ("GENEVA (Agency) -") belong to no block.
    """
    found = []
    for start, end in _paragraphs(text):
        mark = _MARKUP.match(text, start, end)
        start = mark.end() if mark else start
        dateline = _DATELINE.match(text, start, end)
        if dateline and end - dateline.end() > 20:
            start = dateline.end()
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            headline = _is_headline(text[start:end])
            found += [Block(a, b, headline) for a, b in _cut(text, start, end)]
    return found


_LONGEST = 20_000
"""Code points of the longest block: the parser's memory grows with it."""


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch that is too long, cut after ends of sentences."""
    pieces = []
    while end - start > _LONGEST:
        stop = text.rfind(". ", start, start + _LONGEST) + 1
        stop = stop if stop > start else start + _LONGEST
        pieces.append((start, stop))
        start = stop + (text[stop : stop + 1] == " ")
    return [*pieces, (start, end)]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    lines = []
    position = 0
    for line in text.split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    wrapped = _is_wrapped([text[a:b] for a, b in lines])
    merged: list[tuple[int, int]] = []
    join = False
    for a, b in lines:
        line = text[a:b]
        if not line.strip():
            join = False
            continue
        if join and not re.match(r"\s*(?:#|[-*•>]\s|\d{1,2}[.)]\s)", line):
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
        join = wrapped and len(line.rstrip()) > 45 and not line.lstrip().startswith("#")
    return merged


def _is_wrapped(lines: list[str]) -> bool:
    """Are sentences broken over lines of about equal length, as in mail and Markdown?"""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < 2 or max(map(len, lines)) > 130:
        return False
    broken = [b for a, b in pairs if len(a) > 45 and not a.rstrip().endswith(_ENDS)]
    within = [b for b in broken if not b.lstrip()[:1].isupper()]  # headlines, one a line, all begin with a capital
    return len(broken) >= len(pairs) / 2 and len(within) >= len(broken) / 4


def _is_headline(text: str) -> bool:
    words = [w for w in _WORD.findall(text) if len(w) > 3]
    if not 2 <= len(words) <= 24 or text.rstrip().endswith((".", ".”", '."')):
        return False
    capital = sum(w[0].isupper() for w in words)
    return bool(capital >= max(2, 0.7 * len(words)))


def capitalised_names(text: str, parts: list[Block]) -> set[str]:
    """Words written with a capital inside a sentence of running text: in a headline they keep it."""
    return {m.group(1) for b in parts if not b.headline for m in _MID_SENTENCE.finditer(text, b.start, b.end)}
