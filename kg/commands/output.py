"""Rows -> standard output in the format asked for. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from kg.commands.layout import Block, draw_plain, wrapped
from kg.commands.pager import later
from kg.commands.terminal import styled, utf8_output, width
from kg.errors import Problem
from kg.export.plain import neutral, visible
from kg.export.rows import Row, flat

__all__ = ["FORMATS", "draw", "json_text", "note", "problems_told", "rows_text", "write_rows"]

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md")

# What JSON lets stand in a string and a terminal may obey, or that no encoding holds.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|])")


def draw(blocks: Iterable[Block], no_color: bool = False, *, after: bool = False) -> None:
    """Draw an answer for people: coloured on a terminal, plain text elsewhere; `after` another, apart from it."""
    if after:
        sys.stdout.write("\n")
    if styled(no_color):
        from kg.commands.rich_layout import draw_rich

        draw_rich(blocks, width())
    else:
        for line in draw_plain(blocks, width()):
            sys.stdout.write(line + "\n")
    sys.stdout.flush()


def json_text(value: Any) -> str:
    """JSON on one line, without any character that a terminal would obey."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def write_rows(rows: Iterable[Row], format: str, columns: Sequence[str]) -> int:
    """Write rows to standard output as they come, in UTF-8, and return how many there were.

    `columns` are the keys of the flattened rows that csv, tsv and md show, in this order.
    """
    utf8_output()
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    for part in rows_text(counted(), format, columns):
        sys.stdout.write(part)
    sys.stdout.flush()
    return count


def rows_text(rows: Iterable[Row], format: str, columns: Sequence[str]) -> Iterator[str]:
    """The rows as text, in parts as they come."""
    if format in ("csv", "tsv", "md"):
        yield _line(list(columns), format)
        if format == "md":
            yield "|" + " --- |" * len(columns) + "\n"
    empty = True
    for row in rows:
        if format == "jsonl":
            yield json_text(row) + "\n"
        elif format == "json":
            yield ("[\n" if empty else ",\n") + json_text(row)
        else:
            cells = flat(row)
            yield _line([cells.get(column, "") for column in columns], format)
        empty = False
    if format == "json":
        yield "[]\n" if empty else "\n]\n"


def _line(cells: Sequence[Any], format: str) -> str:
    if format == "md":
        return "| " + " | ".join(_MARKDOWN.sub(r"\\\1", str(cell)) for cell in cells) + " |\n"
    cells = [neutral(cell) if isinstance(cell, str) else cell for cell in cells]
    if format == "tsv":
        return "\t".join(map(str, cells)) + "\n"
    import csv

    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def note(text: str) -> None:
    """Say something on standard error; after the answer, where that is shown through a pager."""
    shown = visible(text)
    if sys.stderr.isatty():
        shown = "\n".join(wrapped(shown, width()))
    if not later(shown):
        click.echo(shown, err=True)


def problems_told(problems: Iterable[Problem]) -> None:
    """Name what was passed over, each once, on standard error; of one problem on many lines of a file the first few."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        alike.setdefault((problem.where, problem.message), []).append(problem)
    for (where, _), lines in alike.items():
        for problem in lines[:_ALIKE]:
            note(f"problem: {problem}")
        if len(lines) > _ALIKE:
            note(f"problem: {where}: the same on {len(lines) - _ALIKE} more lines, the last of them {lines[-1].line}.")


_ALIKE = 3
"""How many lines with the same problem are named."""
