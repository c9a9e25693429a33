"""Compile data/relations.toml into data/relations.json: `python scripts/build_relations.py [--check]`."""

from __future__ import annotations

import sys

from kg.relations import COMPILED, compiled


def main(arguments: list[str]) -> int:
    """Write the compiled relations, or with --check only say whether they are up to date (exit 1 if not)."""
    text = compiled()
    if arguments == ["--check"]:
        if not COMPILED.exists() or COMPILED.read_text(encoding="utf-8") != text:
            print(f"{COMPILED.name} is out of date; run `python scripts/build_relations.py`.", file=sys.stderr)
            return 1
        return 0
    COMPILED.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
