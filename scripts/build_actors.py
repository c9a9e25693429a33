"""Compile data/actors/**/*.toml into data/actors.json: `python scripts/build_actors.py [--check]`."""

from __future__ import annotations

import json
import sys

from kg.actors.compiler import COMPILED, compile_files, shipped_files, write_compiled


def main(arguments: list[str]) -> int:
    """Write the compiled catalogue, or with --check only say whether it is up to date (exit 1 if not)."""
    compiled = compile_files(shipped_files())
    if arguments == ["--check"]:
        current = json.loads(COMPILED.read_text(encoding="utf-8"))["version"] if COMPILED.exists() else None
        if current != compiled["version"]:
            print(f"{COMPILED.name} is out of date; run `python scripts/build_actors.py`.", file=sys.stderr)
            return 1
        return 0
    write_compiled(compiled)
    print(f"{len(compiled['actors'])} actors, {len(compiled['keys'])} names -> {COMPILED.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
