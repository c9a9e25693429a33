"""Answers for people: headings, tables with notes under their rows, lines of text -> a terminal or a pipe.

One description, two ways to draw it: plain text where it is piped or colour is off, rich on a terminal. Both keep to
the same widths. Nothing that a document says reaches the terminal as anything but visible characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.export.plain import visible

__all__ = ["Block", "Column", "Heading", "Line", "Note", "Table", "Text", "draw_plain", "fit", "wrapped"]

GAP = 2
LEAST = 8
"""No column is squeezed below this many characters."""


class Column(NamedTuple):
    """A column of a table; numbers stand on the right. Those to `keep` whole give way last where room is short.

    No column is squeezed below its `least` characters.
    """

    title: str
    right: bool = False
    keep: bool = False
    least: int = LEAST


class Note(NamedTuple):
    """What stands under a row: a quote, and below it where it is from."""

    text: str
    source: str = ""


class Line(NamedTuple):
    """A row of a table with the notes under it."""

    cells: tuple[str, ...]
    notes: tuple[Note, ...] = ()


class Table(NamedTuple):
    """Columns and rows; not drawn at all without rows."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class Heading(NamedTuple):
    """A title over what follows; `main` ones stand over others."""

    text: str
    main: bool = False


class Text(NamedTuple):
    """A paragraph."""

    text: str


Block = Table | Heading | Text


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces, and inside a word only where it is longer."""
    if columns_of(text) <= width and not text.startswith(" "):
        return [text]
    lines, line, taken = [], "", 0
    for word in text.split(" "):
        size = columns_of(word)
        if line and taken + 1 + size > width:
            lines.append(line)
            line = ""
        line, taken = (f"{line} {word}", taken + 1 + size) if line else (word, size)
        while taken > width:
            cut = _cut(line, width)
            lines.append(line[:cut])
            line = line[cut:]
            taken = columns_of(line)
    return [*lines, line] if line or not lines else lines


def _cut(line: str, width: int) -> int:
    cut = width
    while cut > 1 and columns_of(line[:cut]) > width:
        cut -= 1
    hyphen = max(line.rfind(mark, 0, cut) for mark in "-/_.")
    return hyphen + 1 if hyphen > cut // 2 else cut


def fit(table: Table, width: int) -> tuple[list[int], int]:
    """The width of each column and the gap between two, so that the whole fits: the widest give way first."""
    rows = [tuple(column.title for column in table.columns), *(line.cells for line in table.lines)]
    widths = [max(columns_of(visible(row[n])) for row in rows) for n in range(len(table.columns))]
    gap = GAP if sum(widths) + GAP * (len(widths) - 1) <= width else 1
    for some in ([n for n, column in enumerate(table.columns) if not column.keep], list(range(len(widths)))):
        while sum(widths) + gap * (len(widths) - 1) > width:
            wide = [n for n in some if widths[n] > table.columns[n].least]
            if not wide:
                break
            widths[max(wide, key=lambda n: widths[n])] -= 1
    return widths, gap


def draw_plain(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """The lines of the blocks, an empty one between two blocks."""
    first = True
    for block in blocks:
        if isinstance(block, Table) and not block.lines:
            continue
        if not first:
            yield ""
        first = False
        if isinstance(block, Heading):
            lines = wrapped(visible(block.text), width)
            yield from lines
            yield ("=" if block.main else "-") * max(map(columns_of, lines))
        elif isinstance(block, Text):
            yield from wrapped(visible(block.text), width)
        else:
            yield from _plain_table(block, width)


def _plain_table(table: Table, width: int) -> Iterator[str]:
    widths, gap = fit(table, width)
    yield from _plain_row([column.title.upper() for column in table.columns], table.columns, widths, gap)
    for line in table.lines:
        yield from _plain_row(line.cells, table.columns, widths, gap)
        for note in line.notes:
            yield from (f"    {part}" for part in wrapped(visible(note.text), width - 4))
            if note.source:
                yield from (f"      {part}" for part in wrapped(visible(note.source), width - 6))


def _plain_row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: int) -> Iterator[str]:
    parts = [wrapped(visible(cell), width) for cell, width in zip(cells, widths, strict=True)]
    for n in range(max(map(len, parts))):
        line = ""
        for part, column, width in zip(parts, columns, widths, strict=True):
            cell = part[n] if n < len(part) else ""
            space = " " * (width - columns_of(cell))
            line += (space + cell if column.right else cell + space) + " " * gap
        yield line.rstrip()
