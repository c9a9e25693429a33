"""Text from anywhere -> text that is safe to show. Imports nothing of kg: `kg --help` needs it too."""

from __future__ import annotations

import re

__all__ = ["UNSEEN", "neutral", "visible"]

# What a terminal obeys or a reader cannot see: control characters, marks that turn the direction of writing (a quote
# could be made to read backwards), line and paragraph separators, halves of surrogate pairs.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
# A whole escape sequence goes, not only its first character.
_SEQUENCES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)"  # OSC and other strings
    "|\x1b[ -/]*[0-~]"
)
_FORMULA = re.compile(r"\s*[=+\-@]")


def visible(text: str) -> str:
    """The text on one line, without anything that a terminal would obey: escape sequences and control characters.

    >>> visible("a\\x1b[31mred\\x1b[0m\\nline")
    'ared line'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(UNSEEN.sub(" ", _SEQUENCES.sub("", text)).split())


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe before a leading =, +, - or @."""
    return "'" + text if _FORMULA.match(text) else text
