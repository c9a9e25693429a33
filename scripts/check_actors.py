"""Check data/actors/**/*.toml against the schema: `python scripts/check_actors.py [FILE…]`.

Prints every problem it finds and exits 1 if there is any. (Cross-references are checked over all files.)
"""

from __future__ import annotations

import collections
import itertools
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.actors.schema import ActorEntry, OfficeEntry, PhraseEntry, slug
from kg.datafiles import DATA, build, read_toml
from kg.errors import DataError

DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")


def main(only: list[str]) -> int:
    problems: list[str] = []
    actors: dict[str, str] = {}
    names: dict[str, list[tuple[str, str]]] = collections.defaultdict(list)
    references: list[tuple[str, str, str]] = []
    offices = holders = 0
    for path in sorted((DATA / "actors").rglob("*.toml")):
        where = str(path.relative_to(DATA))
        try:
            content = read_toml(path)
        except DataError as error:
            problems.append(str(error))
            continue
        for table in content:
            if table not in ("actor", "office", "phrase"):
                problems.append(f"{where}: unknown table {table!r}")
        for n, raw in enumerate(content.get("actor", ()), 1):
            try:
                a = build(ActorEntry, raw, f"{where}: [[actor]] {raw.get('id', n)!r}")
            except DataError as error:
                problems.append(str(error))
                continue
            if a.id in actors:
                problems.append(f"{where}: [[actor]] {a.id!r}: stands also in {actors[a.id]}")
            actors[a.id] = where
            for name in (a.name, *a.names, *a.seats, *a.demonyms):
                names[name].append((a.id, where))
            for ref in (
                *a.part_of,
                *a.members,
                *(m.id for m in a.dated_members),
                *a.claimed_by,
                *a.controlled_by,
                *([a.rolls_up_to] if a.rolls_up_to else []),
            ):
                references.append((where, a.id, ref))
            for day in (a.since, a.until, *(m.since for m in a.dated_members), *(m.until for m in a.dated_members)):
                if day and not DAY.match(day):
                    problems.append(f"{where}: [[actor]] {a.id!r}: {day!r} is no date; write YYYY-MM-DD or a part")
        for n, raw in enumerate(content.get("office", ()), 1):
            label = f"{where}: [[office]] {raw.get('title', n)!r} of {raw.get('of')!r}"
            try:
                o = build(OfficeEntry, raw, label)
            except DataError as error:
                problems.append(str(error))
                continue
            offices += 1
            references.append((where, o.title, o.of))
            terms = []
            for h in o.holders:
                holders += 1
                for day in (h.since, h.until):
                    if day and not DAY.match(day):
                        problems.append(f"{label}: {h.name}: {day!r} is no date")
                if h.until and h.until < h.since[: len(h.until)]:
                    problems.append(f"{label}: {h.name}: ends {h.until} before it begins {h.since}")
                if not h.id and not slug(h.name):
                    problems.append(f"{label}: {h.name!r} gives no slug; add `id`")
                terms.append(h)
            terms.sort(key=lambda h: h.since)
            for a, b in itertools.pairwise(terms):
                if o.role in ("head_of_state", "head_of_government") and a.until and a.until > b.since + "~":
                    problems.append(f"{label}: {a.name} (until {a.until}) overlaps {b.name} (since {b.since})")
                if o.role in ("head_of_state", "head_of_government") and not a.until:
                    problems.append(f"{label}: {a.name} has no end though {b.name} follows")
        for n, raw in enumerate(content.get("phrase", ()), 1):
            try:
                build(PhraseEntry, raw, f"{where}: [[phrase]] {n}")
            except DataError as error:
                problems.append(str(error))
    for where, entry, ref in references:
        if ref not in actors:
            problems.append(f"{where}: {entry!r}: no actor has the id {ref!r}")
    for name, owners in names.items():
        if len({o for o, _ in owners}) > 1:
            problems.append(f"name {name!r} belongs to {', '.join(f'{o} ({w})' for o, w in owners)}; keep one")
    if only:
        problems = [p for p in problems if any(Path(o).name in p for o in only)]
    print("\n".join(problems))
    print(f"{len(actors)} actors, {offices} offices, {holders} terms, {len(problems)} problems", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
