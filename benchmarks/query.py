"""What questions cost on a big store: `python benchmarks/query.py [STORE] [DOCUMENTS]`.

Makes the store of synthetic readings where there is none (100,000 documents, a million assertions, by default in a
temporary folder) and prints the CPU seconds, user and system, of each command as a whole process: the least of five
runs after one that compiles the modules, as they are where kg is installed. `python -c pass` is what Python itself
costs there.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
if __name__ == "__main__":  # run by hand from a checkout
    sys.path.insert(0, str(ROOT))

from benchmarks import synthetic  # noqa: E402 - after the path is set

RUNS = 5
COMMANDS: tuple[tuple[str, tuple[str, ...], float | None], ...] = (
    ("python -c pass", ("-c", "pass"), None),
    ("import click", ("-c", "import click"), None),
    ("kg --help", ("-m", "cli", "--help"), 0.120),
    ("who sanctions Iran", ("-m", "cli", "query", "who sanctions Iran"), 0.150),
    ("who backs Pakistan", ("-m", "cli", "query", "who backs Pakistan"), 0.150),
    ("does China back Pakistan", ("-m", "cli", "query", "does China back Pakistan"), 0.150),
    ("whom does the United States back", ("-m", "cli", "query", "whom does the United States back"), None),
    ("who backs Pakistan since 2024", ("-m", "cli", "query", "who backs Pakistan since 2024"), None),
    ("who backs Pakistan but opposes India", ("-m", "cli", "query", "who backs Pakistan but opposes India"), None),
    ("how are Chad and Fiji connected", ("-m", "cli", "query", "how are Chad and Fiji connected"), 0.400),
    ("kg path Chad Fiji", ("-m", "cli", "path", "Chad", "Fiji"), 0.400),
)


def cpu(arguments: tuple[str, ...], store: Path, compiled: str) -> float:
    """The CPU seconds of one run, in which nothing may fail; modules are kept compiled in a folder."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, "KG_STORE": str(store), "PYTHONPYCACHEPREFIX": compiled},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: list[str]) -> int:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(arguments[0]) if arguments else Path(folder) / "big.db"
        if not store.exists():
            synthetic.main([str(store), arguments[1] if len(arguments) > 1 else "100000"])
        print(f"{'question':38} {'CPU s':>6} {'goal':>6}")
        for name, command, goal in COMMANDS:
            cpu(command, store, folder)
            least = min(cpu(command, store, folder) for _ in range(RUNS))
            print(f"{name:38} {least:6.3f} {'' if goal is None else f'{goal:6.3f}'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
