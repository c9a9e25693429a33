"""Check data/actors/**/*.toml: `python scripts/check_actors.py [FILE…] [--gaps]`.

Prints every problem (of the files named, though all are read, since entries refer to each other) and exits 1 if there
is any. With --gaps also prints where a state has no known head for more than a year since 2000.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.actors.check import gaps, problems, read_entries
from kg.actors.compiler import shipped_files


def main(arguments: list[str]) -> int:
    only = [Path(argument).name for argument in arguments if not argument.startswith("--")]
    found = [p for p in problems(shipped_files()) if not only or any(name in p for name in only)]
    entries = read_entries(shipped_files())
    for line in found:
        print(line)
    if "--gaps" in arguments:
        for gap in gaps(entries):
            print(f"{gap.state}: no head known between {gap.after} and {gap.before}")
    counts = f"{len(entries.actors)} actors, {len(entries.offices)} offices, {entries.terms} terms"
    print(f"{counts}, {len(found)} problems", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
