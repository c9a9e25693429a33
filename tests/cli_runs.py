"""The command line as a real process."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from kg.model import Reading
from kg.store import open_store

ROOT = Path(__file__).parent.parent


def kg(*arguments, cwd, stdin=b"", env=None, python=()):
    """`kg` with the arguments in a folder; text is decoded as UTF-8 so that a wrong byte fails the test."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "NO_COLOR", "COLUMNS"))}
    done = subprocess.run(
        [sys.executable, *python, "-m", "cli", *map(str, arguments)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), **(env or {})},
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    done.stdout, done.stderr = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in done.stderr, done.stderr
    return done


def on_a_terminal(*arguments, cwd, code=0, **env):
    """What `kg` writes to a terminal of 80 columns, without a pager unless one is asked for."""
    parent, child = pty.openpty()
    given = {"TERM": "xterm-256color", "NO_COLOR": "", "COLUMNS": "80", "KG_PAGER": "", **env}
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **given},
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    written = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not part:
            break
        written += part
    os.close(parent)
    assert process.wait(60) == code, written
    return written.decode()


def store_of(path: Path, *readings: Reading) -> Path:
    """A store that holds these readings."""
    with open_store(path, create=True) as store:
        store.write(readings)
    return path
