"""Work for the tests of the pool, importable by its workers."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

marks = Path()


def prepare(folder: str) -> None:
    global marks
    marks = Path(folder)
    (marks / f"prepared-{os.getpid()}").touch()


def fail_to_prepare(folder: str) -> None:
    raise ValueError("no model")


def work(items: list[str]) -> list[str]:
    """Each item in capitals; "die" kills the worker always, "once" the first time it is seen, "fail" raises,
    "interrupt" sends it Ctrl-C, to which it would listen.
    """
    for item in items:
        if item == "die" or (item == "once" and not (marks / "once").exists()):
            (marks / "once").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "fail":
            raise ValueError("failed")
        if item == "interrupt":
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
        if item == "slow":
            time.sleep(0.3)
    return [item.upper() for item in items]


def lost(item: str) -> list[str]:
    return [f"lost {item}"]
