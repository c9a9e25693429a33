"""Long answers on a terminal, a screen at a time, as git shows them.

The pager is KG_PAGER, else PAGER, else less; it starts with the first word of an answer, so that a message needs none.
What fits on one screen is just shown (less -FRX, unless LESS says otherwise). Notes wait until the answer was read.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

__all__ = ["later", "paged", "pager_command"]

_SHELL = set("|&;<>()$`\"'*?[#~=%")
_waiting: list[str] | None = None


def pager_command(env: Mapping[str, str]) -> list[str] | None:
    """The pager that the environment asks for; None where it asks for none ("" or cat)."""
    wanted = next((env[name] for name in ("KG_PAGER", "PAGER") if name in env), "less")
    if wanted.strip() in ("", "cat"):
        return None
    return ["sh", "-c", wanted] if _SHELL & set(wanted) else wanted.split()


def later(text: str) -> bool:
    """Keeps a note until the pager is left; False where none is open, so that it can be said at once."""
    if _waiting is None:
        return False
    _waiting.append(text)
    return True


@contextlib.contextmanager
def paged(wanted: bool = True) -> Iterator[None]:
    """Standard output through a pager while the block runs, if it is `wanted` and standard output is a terminal.

    The terminal stays what it was for whoever asks: its colours and its width. Whoever leaves the pager before the
    end ends the block: that is no error.
    """
    global _waiting
    command = pager_command(os.environ) if wanted and sys.stdout.isatty() else None
    if command is None or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    terminal, pipe = sys.stdout, _Pipe(command)
    errors = getattr(terminal, "errors", "replace")
    stream = io.TextIOWrapper(io.BufferedWriter(pipe), encoding=terminal.encoding, errors=errors, newline="\n")
    notes: list[str] = []
    sys.stdout, _waiting = stream, notes
    try:
        yield
    except BrokenPipeError:
        pass
    finally:
        sys.stdout, _waiting = terminal, None
        with contextlib.suppress(BrokenPipeError):
            stream.flush()
        pipe.leave()
        for text in notes:
            print(text, file=sys.stderr)  # noqa: T201 # what a command had to say


class _Pipe(io.RawIOBase):
    """The way into a pager that starts when something is written; a terminal, for all who ask."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._left = False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self._left:  # what was still buffered when the reader left
            return len(data)
        if self._process is None:
            self._process = self._started()
        out = self._process.stdin if self._process is not None else getattr(sys.__stdout__, "buffer", None)
        assert out is not None, "it was opened with a pipe, or standard output is the terminal seen before"
        out.write(data)
        out.flush()
        return len(data)

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The pager, or None where there is no such program: what it would show is then just written."""
        import subprocess

        env = {"LESS": "FRX", "LV": "-c", **os.environ}
        try:
            return subprocess.Popen(self._command, stdin=subprocess.PIPE, env=env)
        except OSError:
            return None

    def leave(self) -> None:
        """Waits until the reader has left the pager; what ^C does meanwhile is the pager's business."""
        self._left = True
        if self._process is None:
            return
        import signal

        with contextlib.suppress(BrokenPipeError):
            assert self._process.stdin is not None, "it was opened with a pipe"
            self._process.stdin.close()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._process.wait()
        finally:
            signal.signal(signal.SIGINT, before)
