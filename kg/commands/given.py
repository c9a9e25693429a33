"""What a command is given as words or on standard input -> text."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

__all__ = ["as_text", "standard_input", "words_or_input"]


def as_text(words: str) -> str:
    """An argument as text: UTF-8 wherever it is typed. Raises `UsageError` for bytes that are not."""
    try:
        # Python keeps a byte that the locale cannot read as half a character.
        return words.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        raise click.UsageError(f"{words!r} is not UTF-8; set the terminal to UTF-8 and type it again.") from None


def standard_input() -> str:
    """All that comes on standard input. Raises `UsageError` where it is not UTF-8."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"Standard input is not UTF-8 at byte {error.start}; convert it first.") from None


def words_or_input(words: Sequence[str]) -> str:
    """The words as one text; a single - stands for what comes on standard input."""
    return standard_input().strip() if tuple(words) == ("-",) else as_text(" ".join(words))
