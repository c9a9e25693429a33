"""What standard output and standard error can show: encoding, colour, width."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

__all__ = ["UNWRITABLE", "give_up_output", "prepare_streams", "progress_shown", "styled", "utf8_output", "width"]

UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a system says where standard output leads to a disk that is full or gone."""

WIDEST = 120
"""Longer lines are hard to read, however wide the window."""


def prepare_streams() -> None:
    """Let no character that the terminal's encoding lacks stop the output."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def give_up_output() -> None:
    """Lets what is still to be written go nowhere, so that nothing more is said of it when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def utf8_output() -> None:
    """Data that programs read is UTF-8 wherever it is written; people's tables follow the terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")


def styled(no_color: bool = False) -> bool:
    """Whether colour may be used on standard output: a terminal that knows it, and nobody said no."""
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb":
        return False
    return sys.stdout.isatty()


def progress_shown() -> bool:
    """Whether progress may be drawn: standard error is a terminal that can go back in a line."""
    return sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def width() -> int:
    """How many columns a table may take: the terminal's or COLUMNS, 80 where nobody says."""
    return max(40, min(_columns(), WIDEST))


def _columns() -> int:
    """As shutil.get_terminal_size has it, which would load three compressors first."""
    with contextlib.suppress(ValueError):
        if (said := int(os.environ.get("COLUMNS", "0"))) > 0:
            return said
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80
