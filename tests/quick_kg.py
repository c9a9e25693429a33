"""kg with a quick reader in the model's place, for tests that kill it: `python -m tests.quick_kg build …`.

All else is the command line as it is: the store, the pool, the workers. A document that `made` gave is read as `made`
says. KG_QUICK_PAUSE is how many seconds a document takes; into the file KG_QUICK_MARK goes whether a batch is being
written.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
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
            time.sleep(float(os.environ.get("KG_QUICK_PAUSE", "0")))
            if document.id == "doctor":
                yield reading("doctor", fact(CN, "supports", PK))
            elif "poison" in document.text:
                os.kill(os.getpid(), 9)
            else:
                yield made(int(document.id[1:]))


_write = SqlStore.write


def _marked(self: SqlStore, readings: Iterable[Reading], **options: object) -> object:
    path = Path(os.environ["KG_QUICK_MARK"])
    path.write_text("writing")
    report = _write(self, readings, **options)  # type: ignore[arg-type]
    path.write_text("written")
    return report


if "KG_QUICK" in os.environ:  # in the process of a test everything stays as it is
    kg.extract.Extractor = Reader  # type: ignore[assignment,misc]
if "KG_QUICK_MARK" in os.environ:
    SqlStore.write = _marked  # type: ignore[assignment,method-assign]


def command(*arguments: object) -> list[str]:
    """How it is run."""
    return [sys.executable, "-m", "tests.quick_kg", *map(str, arguments)]


def environment(**more: object) -> dict[str, str]:
    """What it is run in."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "KG_QUICK": "1", **{key: str(value) for key, value in more.items()}}


def run(*arguments: object, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Runs it to its end."""
    done = subprocess.run(
        command(*arguments), cwd=cwd, env=environment(**more), capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


if __name__ == "__main__":
    from cli import main

    main(prog_name="kg")
