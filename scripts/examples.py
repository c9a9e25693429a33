"""One example of each command, run on seeds/: docs/commands.md shows it, tests/test_manners.py tries all manners on it.

A new command adds its line here. Each example is run in a folder of its own that holds seeds/, tests/, the files below
and kg.db as `kg build seeds` makes it.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

__all__ = ["EXAMPLES", "FILES", "Example", "answered", "folder", "leaves"]

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Example:
    """A command line; `before` are others that it needs, `shown` how many lines of its answer are shown (0: all).

    What matches `varies` differs from one computer to the next and is shown as an ellipsis.
    """

    line: str
    before: tuple[str, ...] = ()
    shown: int = 12
    varies: str = ""


_SEED = "2019-10-09-xi-backs-pakistan-on-kashmir"
_REVIEWS = "kg review import reviews.jsonl"
_MERGE = "kg actors merge 'Qamar Javed Bajwa' 'Pakistan Army'"
FILES = {
    "news.jsonl": '{"id": "1", "date": "2019-10-09", "text": "China supports Pakistan."}\n'
    '{"id": "2", "date": "2019-10-10", "text": "Ghana thanked Togo for its help."}\n',
    "my.toml": '[[actor]]\nid = "example-brigades"\nname = "Example Brigades"\nkind = "armed group"\n',
    "mine.jsonl": '{"number": 1, "time": "2026-01-01T00:00:00Z", "kind": "merge", "says": "", "what": {"source": '
    '"person.qamar-javed-bajwa", "target": {"id": "pk.army", "name": "Pakistan Army", "kind": "organisation", '
    '"sector": "military", "iso3": null}}, "note": null, "undone": null}\n',
}
_ACCEPTED = {
    "number": 1,
    "time": "2026-01-01T00:00:00Z",
    "kind": "accept",
    "what": {"assertions": ["171a3b9375b14613"], "documents": [_SEED], "reviewer": "ada"},
    "note": "plainly so",
}
FILES["reviews.jsonl"] = json.dumps({"doc": _SEED, "reviews": [_ACCEPTED]}) + "\n"
EXAMPLES = {
    "build": Example("kg build seeds --store news.db"),
    "distribute": Example("kg distribute news.jsonl --out read --engine pool"),
    "extract": Example(f"kg extract seeds/{_SEED}.md"),
    "mentions": Example(f"kg mentions seeds/{_SEED}.md"),
    "explain": Example('kg explain "China backs Pakistan on Kashmir." --date 2019', shown=0),
    "query": Example('kg query "does China aid Pakistan"'),
    "path": Example("kg path India Taliban --k 1", shown=0),
    "show": Example("kg show Pakistan --limit 1 --quotes 0", shown=24),
    "between": Example("kg between India Pakistan", shown=24),
    "timeline": Example("kg timeline Pakistan --since 2021"),
    "blocs": Example("kg blocs"),
    "balance": Example("kg balance Pakistan"),
    "cite": Example("kg cite 171a3b93", shown=0, varies=r"[0-9a-f]{12}$"),
    "map": Example("kg map -o map.html"),
    "export": Example("kg export --family aids --format csv"),
    "review step": Example("kg review step --by harm --limit 2"),
    "review accept": Example("kg review accept 171a3b93 --reviewer ada"),
    "review reject": Example("kg review reject 171a3b93 --reviewer ada --reason 'only an example'"),
    "review relabel": Example("kg review relabel 171a3b93 --relation praises --status planned --reviewer ada"),
    "review list": Example("kg review list", before=(_REVIEWS,)),
    "review undo": Example("kg review undo 1", before=(_REVIEWS,)),
    "review export": Example("kg review export -o gold.jsonl", before=(_REVIEWS,)),
    "review import": Example(_REVIEWS),
    "sources list": Example("kg sources list"),
    "sources show": Example(f"kg sources show {_SEED}", shown=20),
    "sources remove": Example(f"kg sources remove {_SEED} --yes"),
    "actors list": Example("kg actors list taliban"),
    "actors show": Example("kg actors show 'Imran Khan' --date 2019-10"),
    "actors merge": Example(_MERGE),
    "actors split": Example("kg actors split Taliban --new 'Kabul Taliban' --kind 'armed group' --text Taliban"),
    "actors add": Example("kg actors add --file my.toml"),
    "actors corrections": Example("kg actors corrections", before=("kg actors restore mine.jsonl",)),
    "actors undo": Example("kg actors undo 1", before=(_MERGE,)),
    "actors restore": Example("kg actors restore mine.jsonl"),
    "stats": Example("kg stats"),
    "relations": Example("kg relations arms"),
    "evaluate": Example("kg evaluate tests/golden/gold.jsonl --errors 1"),
    "doctor": Example("kg doctor", shown=6, varies=r"\d+\.\d+\.\d+ on \w+"),
    "completion": Example("kg completion bash", shown=4),
}


def leaves() -> Iterator[tuple[str, click.Command]]:
    """Every command that can be run, by its words after kg."""
    import click

    from cli import main

    root = click.Context(main, info_name="kg")
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        assert command is not None
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command
        else:
            yield from ((f"{name} {inner}", one) for inner, one in below.items())


def folder(path: Path) -> Path:
    """Makes the folder in which an example is run."""
    for name in ("seeds", "tests"):
        (path / name).symlink_to(ROOT / name)
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8")
    shutil.copyfile(_built(), path / "kg.db")
    return path


@functools.cache
def _built() -> Path:
    """kg.db as `kg build seeds` makes it, once."""
    place = Path(_kept().name)
    (place / "seeds").symlink_to(ROOT / "seeds")
    run(("build", "seeds"), place)
    return place / "kg.db"


@functools.cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()  # as long as the program runs


@functools.cache
def answered(example: Example) -> list[str]:
    """The lines that the example prints on both outputs. Raises `SystemExit` where it fails."""
    with tempfile.TemporaryDirectory() as place:
        path = folder(Path(place))
        for line in (*example.before, example.line):
            lines = run(shlex.split(line)[1:], path)
    return [re.sub(example.varies, "…", line) for line in lines] if example.varies else lines


def run(arguments: Sequence[str], place: Path, *, leaves: int = 0) -> list[str]:
    """What `kg` prints at 80 columns, whoever runs it wherever; `leaves` is the exit code it must have."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("KG_", "COV_", "LC_", "LANG", "XDG_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=place,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "80", "TERM": "dumb", "HOME": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != leaves:
        raise SystemExit(f"kg {shlex.join(arguments)} left with {done.returncode}:\n{done.stdout}")
    return done.stdout.rstrip().split("\n")
