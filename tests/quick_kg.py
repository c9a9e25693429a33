"""kg with a quick reader in the model's place, for tests that kill it: `python -m tests.quick_kg build …`.

All else is the command line as it is: the store, the pool, the workers. A document that `made` gave is read as `made`
says. Where KG_QUICK_GATE names a file, documents from FREE on wait until it is there. With KG_QUICK_SIGNAL="2 0.01 9"
the process sends itself signal 9 (its whole group any other, as a terminal does) while it writes: after two batches, a
hundredth of a second into one that takes as long, or sooner into one of those after it.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import kg.extract
from kg.actors.catalogue import Catalogue, catalogue
from kg.errors import Problem
from kg.extract import Versions
from kg.model import Document, Reading
from kg.store.sqlstore import SqlStore
from tests.builders import CN, PK, STATES, fact, reading

ROOT = Path(__file__).parent.parent
FREE = 64 if "KG_QUICK_GATE" in os.environ else sys.maxsize
RELATIONS = ("supports", "arms", "opposes", "attacks")


def made(n: int) -> Reading:
    """A reading of four made-up facts; the same number gives the same."""
    chance = random.Random(n)
    ends = [chance.sample(STATES, 2) for _ in range(4)]
    facts = [fact(source, chance.choice(RELATIONS), target) for source, target in ends]
    outlet, month = f"Outlet {chance.randrange(9)}", chance.randint(1, 12)
    return reading(f"n{n:05}", *facts, publisher=outlet, date=f"2024-{month:02}-01", preface=f"Number {n}. ")


def write_corpus(path: Path, n: int, first: int = 0) -> Path:
    """A file of JSON Lines with so many documents."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, first + n):
            one = made(number).document
            fields = {"id": one.id, "text": one.text, "title": one.title, "publisher": one.publisher, "date": one.date}
            file.write(json.dumps(fields) + "\n")
    return path


class Reader:
    """What the extractor is to the rest of kg."""

    def __init__(self, actors: Catalogue | None = None, **_: object) -> None:
        self.catalogue = actors or catalogue()

    @property
    def versions(self) -> Versions:
        from kg.parallel.worker import versions_of

        return versions_of(self.catalogue.version)

    def read(self, documents: Iterable[Document], problems: list[Problem]) -> Iterator[Reading]:
        for document in documents:
            if document.id == "doctor":
                yield reading("doctor", fact(CN, "supports", PK))
            elif "poison" in document.text:
                os.kill(os.getpid(), signal.SIGKILL)
            else:
                number = int(document.id[1:])
                while number >= FREE and not Path(os.environ["KG_QUICK_GATE"]).exists():
                    time.sleep(0.01)
                yield made(number)


_write = SqlStore.write
_batches = itertools.count()
_writing: int | None = None


def _disturbed(self: SqlStore, readings: Iterable[Reading], **options: object) -> object:
    global _writing
    number = next(_batches)
    passed, seconds, what = os.environ["KG_QUICK_SIGNAL"].split()

    def send() -> None:
        if _writing == number:
            if int(what) == signal.SIGKILL:
                os.kill(os.getpid(), signal.SIGKILL)
            os.killpg(0, int(what))

    _writing = number
    if number >= int(passed):
        sooner = 2 ** (number - int(passed))  # where a batch was written before its time came
        timer = threading.Timer(float(seconds) / sooner, send)
        timer.daemon = True
        timer.start()
    report = _write(self, readings, **options)  # type: ignore[arg-type]
    _writing = None
    return report


if "KG_QUICK" in os.environ:  # in the process of a test everything stays as it is
    kg.extract.Extractor = Reader  # type: ignore[assignment,misc]
if "KG_QUICK_SIGNAL" in os.environ:
    SqlStore.write = _disturbed  # type: ignore[assignment,method-assign]


def command(*arguments: object) -> list[str]:
    """How it is run."""
    return [sys.executable, "-m", "tests.quick_kg", *map(str, arguments)]


def environment(**more: object) -> dict[str, str]:
    """What it is run in."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "KG_QUICK": "1", **{key: str(value) for key, value in more.items()}}


def run(*arguments: object, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Runs it to its end, in a process group of its own."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        start_new_session=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


if __name__ == "__main__":
    from cli import main

    main(prog_name="kg")
