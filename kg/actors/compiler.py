"""data/actors/**/*.toml -> one compiled structure of plain lists and dicts that loads fast.

The same function compiles a user's own TOML files over the shipped ones: an entry with a known id replaces it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.actors.schema import ActorEntry, Holder, OfficeEntry, PhraseEntry, slug
from kg.actors.text import name_key
from kg.datafiles import DATA, read_table, read_toml
from kg.errors import DataError

__all__ = [
    "COMPILED",
    "FORMAT",
    "add_actor",
    "add_holder",
    "add_key",
    "compile_files",
    "pack",
    "shipped_files",
    "write_compiled",
]

FORMAT = 4
"""Rises when the compiled structure changes."""

COMPILED = DATA / "actors.json"


def shipped_files() -> list[Path]:
    """The TOML files of the catalogue that kg ships, sorted."""
    return sorted((DATA / "actors").rglob("*.toml"))


def compile_files(paths: Iterable[Path]) -> dict[str, Any]:
    """All entries of the files as one structure. Raises `DataError` that names the offending entry.

    Entries are flat strings, so that the file loads fast:

    - ``actors``: id -> name, kind, sector, iso3, rolls_up_to, since, until, names (with "|" between), first demonym,
      all with tabs between
    - ``keys``: name key -> ids, each with ":sort" where it is a demonym, seat or place
    - ``stops``: keys that are no actor
    - ``offices``: [of, title, role, sector]
    - ``terms``: person -> "office number:since:until"
    - ``surnames``: surname key -> persons
    - ``structure``: part_of, members, claimed_by and controlled_by as written
    - ``reach``: first word -> words of the longest name
    """
    actors: dict[str, ActorEntry] = {}
    offices: list[tuple[Path, OfficeEntry]] = []
    stops: list[str] = []
    for path in paths:
        content = read_toml(path)
        for entry in read_table(path, "actor", ActorEntry, content):
            actors[entry.id] = entry
        offices += [(path, office) for office in read_table(path, "office", OfficeEntry, content)]
        stops += [text for phrase in read_table(path, "phrase", PhraseEntry, content) for text in phrase.texts]
    compiled: dict[str, Any] = {
        "format": FORMAT,
        "actors": {},
        "keys": {},
        "stops": sorted({name_key(text) for text in stops}),
        "offices": [],
        "terms": {},
        "surnames": {},
        "structure": {},
    }
    for entry in actors.values():
        add_actor(compiled, entry)
    for path, office in offices:
        if office.of not in actors:
            raise DataError(
                f"{path}: [[office]] {office.title!r}: `of` names no actor: {office.of!r}; add the actor first."
            )
        compiled["offices"].append([office.of, office.title, office.role, office.sector])
        for holder in office.holders:
            add_holder(compiled, holder, len(compiled["offices"]) - 1, office.sector)
    for key in [key for key in compiled["keys"] if key[:1].islower()]:
        # "al-Shabaab" begins a sentence as "Al-Shabaab"
        compiled["keys"].setdefault(key[0].upper() + key[1:], compiled["keys"][key])
    reach: dict[str, int] = {}
    for key in (*compiled["keys"], *compiled["stops"]):
        first, *rest = key.split(" ")
        reach[first] = max(reach.get(first, 0), len(rest) + 1)
    compiled["reach"] = reach
    pack(compiled)
    content_bytes = json.dumps(compiled, sort_keys=True, ensure_ascii=False).encode()
    compiled["version"] = hashlib.sha256(content_bytes).hexdigest()[:12]
    return compiled


def pack(compiled: dict[str, Any]) -> None:
    """Entries as flat strings: JSON then loads three times as fast; an entry is cut up when it is asked for."""
    compiled["actors"] = {
        actor: "\t".join([*(value or "" for value in entry[:7]), "|".join(entry[7]), entry[8]])
        for actor, entry in compiled["actors"].items()
    }
    compiled["keys"] = {
        key: " ".join(actor if sort == "name" else f"{actor}:{sort}" for actor, sort in sorted(owners))
        for key, owners in compiled["keys"].items()
    }
    compiled["terms"] = {
        person: " ".join(f"{office}:{since}:{until or ''}" for office, since, until in terms)
        for person, terms in compiled["terms"].items()
    }
    compiled["surnames"] = {surname: " ".join(persons) for surname, persons in compiled["surnames"].items()}


def write_compiled(compiled: dict[str, Any], path: Path = COMPILED) -> None:
    """Write the structure, one key a line where that helps a reader of diffs."""
    lines = []
    for key, value in compiled.items():
        if isinstance(value, dict):
            items = ",\n".join(f"{_json(k)}:{_json(v)}" for k, v in sorted(value.items()))
            lines.append(f"{_json(key)}:{{\n{items}\n}}")
        else:
            lines.append(f"{_json(key)}:{_json(value)}")
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def add_actor(compiled: dict[str, Any], entry: ActorEntry) -> None:
    """Add an actor with its names to the structure, not yet packed."""
    names = list(dict.fromkeys((entry.name, *entry.names)))
    sector = entry.sector or ("government" if entry.kind in ("state", "organisation", "bloc") else None)
    compiled["actors"][entry.id] = [
        entry.name,
        entry.kind,
        sector,
        entry.iso3,
        entry.rolls_up_to,
        entry.since,
        entry.until,
        [*names, *entry.seats],
        entry.demonyms[0] if entry.demonyms else "",
    ]
    for sort, words in (("name", names), ("demonym", entry.demonyms), ("seat", entry.seats), ("place", entry.places)):
        for word in words:
            add_key(compiled, word, entry.id, sort)
    if entry.kind == "person":
        _add_surname(compiled, entry.surname or entry.name.split()[-1], entry.id)
    structure = {
        "part_of": list(entry.part_of),
        "members": [*entry.members, *([m.id, m.since, m.until] for m in entry.dated_members)],
        "claimed_by": list(entry.claimed_by),
        "controlled_by": list(entry.controlled_by),
    }
    kept = {key: value for key, value in structure.items() if value}
    if kept:
        compiled["structure"][entry.id] = kept


def add_holder(compiled: dict[str, Any], holder: Holder, office: int, sector: str) -> None:
    """Add one term of a person in the office of that number."""
    person = holder.id or f"person.{slug(holder.name)}"
    entry = compiled["actors"].setdefault(
        person, [holder.name, "person", sector, None, None, None, None, [holder.name], ""]
    )
    surname = holder.surname or holder.name.split()[-1]
    for name in (holder.name, *holder.names):
        if name.endswith(f" {surname}") and name.removesuffix(f" {surname}") in _TITLES:
            continue  # "President Xi" is read as a title and a surname
        if name not in entry[7]:
            entry[7].append(name)
        add_key(compiled, name, person, "name")
    _add_surname(compiled, surname, person)
    if holder.surname is None:
        for name in holder.names:  # "Zaluzhny" for "Zaluzhnyi"
            if " " in name:
                _add_surname(compiled, name.split()[-1], person)
    compiled["terms"].setdefault(person, []).append([office, holder.since, holder.until])


_TITLES = frozenset(
    (
        "President",
        "Prime Minister",
        "Premier",
        "Chancellor",
        "General",
        "Gen",
        "Foreign Minister",
        "Secretary",
        "Minister",
    )
)


def add_key(compiled: dict[str, Any], name: str, actor: str, sort: str) -> None:
    """Let a name mean an actor; the first sort in which it does is kept."""
    key = name_key(name)
    owners = compiled["keys"].setdefault(key, [])
    # One word for both, as "Taliban" is name and demonym: the stronger sense stands first and is kept.
    if not any(owner == actor for owner, _ in owners):
        owners.append([actor, sort])


def _add_surname(compiled: dict[str, Any], surname: str, person: str) -> None:
    persons = compiled["surnames"].setdefault(name_key(surname), [])
    if person not in persons:
        persons.append(person)
