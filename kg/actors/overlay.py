"""A user's own TOML over the compiled catalogue, without compiling what kg ships again.

The tables are those of `kg.actors.schema` and one more, ``[[names]]``, which gives further names to a known actor.
An ``[[actor]]`` with a known id replaces its entry, names and all; terms of office stay. The holders of an
``[[office]]`` are added to what is known; a person who is known to hold it (same `of` and `title`) gets the new terms
instead of the old ones. A name that is also a blocked phrase is no longer blocked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.actors.catalogue import Catalogue, catalogue
from kg.actors.compiler import COMPILED, add_actor, add_holder, add_key, pack
from kg.actors.schema import ActorEntry, OfficeEntry, PhraseEntry, slug
from kg.actors.text import name_key
from kg.datafiles import read_table, read_toml
from kg.errors import DataError
from kg.model import Actor

__all__ = ["Layer", "NamesEntry", "described", "holder_id", "overlaid", "parsed_layer", "read_layer"]

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesEntry:
    """Further names of a known actor, whose entry stays as it is; the sorts of names are those of an actor."""

    of: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """The entries of one file, checked by themselves. `content` is the file as parsed: strings, numbers, lists."""

    where: str
    actors: tuple[ActorEntry, ...]
    offices: tuple[OfficeEntry, ...]
    phrases: tuple[PhraseEntry, ...]
    names: tuple[NamesEntry, ...]
    content: dict[str, Any]

    @property
    def actor_ids(self) -> list[str]:
        """The actors that the entries speak of, holders of offices included, each once."""
        holders = (holder_id(holder.name, holder.id) for office in self.offices for holder in office.holders)
        return list(dict.fromkeys((*(a.id for a in self.actors), *holders, *(n.of for n in self.names))))


def read_layer(path: Path) -> Layer:
    """The entries of a user's TOML file. Raises `DataError` that names file, entry and fix."""
    return parsed_layer(str(path), read_toml(path))


def parsed_layer(where: str, content: dict[str, Any]) -> Layer:
    """The entries of a parsed file; `where` opens the message of any error."""
    tables = {"actor": ActorEntry, "office": OfficeEntry, "phrase": PhraseEntry, "names": NamesEntry}
    for table in content:
        if table not in tables:
            known = ", ".join(f"[[{name}]]" for name in tables)
            raise DataError(f"{where}: there is no table `{table}`; the tables are {known}.")
    path = Path(where)
    layer = Layer(
        where,
        tuple(read_table(path, "actor", ActorEntry, content)),
        tuple(read_table(path, "office", OfficeEntry, content)),
        tuple(read_table(path, "phrase", PhraseEntry, content)),
        tuple(read_table(path, "names", NamesEntry, content)),
        content,
    )
    for label, fault in _faults(layer):
        raise DataError(f"{where}: {label}: {fault}.")
    return layer


def holder_id(name: str, id: str | None) -> str:
    """The id of a person who holds an office."""
    return id or f"person.{slug(name)}"


def overlaid(layers: Sequence[Layer]) -> Catalogue:
    """The shipped catalogue with the layers over it, the last one on top. Its version tells the layers.

    Raises `DataError` where an entry refers to an actor that none of them knows.
    """
    if not layers:
        return catalogue()
    try:
        compiled: dict[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{COMPILED}: missing; run `python scripts/build_actors.py`.") from None
    digest = hashlib.sha256()
    for layer in layers:
        _merge(compiled, layer)
        digest.update(json.dumps(layer.content, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    compiled["version"] = f"{compiled['version']}+{digest.hexdigest()[:8]}"
    return Catalogue(compiled)


def described(known: Catalogue, actor: str, day: str | None) -> tuple[Actor, Actor] | None:
    """An actor and what it rolls up to on a day; None for an unknown id."""
    return (known.actor(actor), known.state(actor, day)) if actor in known else None


# --- checks -----------------------------------------------------------------------------------------------------------


def _faults(layer: Layer) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for actor in layer.actors:
        label = f"[[actor]] {actor.id!r}"
        if not _ID.fullmatch(actor.id):
            yield label, "an id is made of a-z, 0-9, dots and hyphens; change `id`"
        if actor.id in seen:
            yield label, "the id stands twice; give one of them another id or make one entry of both"
        seen.add(actor.id)
        if actor.id == actor.rolls_up_to:
            yield label, "it rolls up to itself; leave `rolls_up_to` out"
        yield from _dates(label, (actor.since, actor.until), *((m.since, m.until) for m in actor.dated_members))
        yield from _words(label, actor.name, *actor.names, *actor.demonyms, *actor.seats, *actor.places)
    for office in layer.offices:
        label = f"[[office]] {office.title!r} of {office.of!r}"
        for holder in office.holders:
            if not holder.id and not slug(holder.name):
                yield label, f"{holder.name!r} gives no id; add `id` to the holder"
            yield from _dates(f"{label}: {holder.name}", (holder.since, holder.until))
            yield from _words(label, holder.name, *holder.names)
    for names in layer.names:
        label = f"[[names]] of {names.of!r}"
        words = (*names.names, *names.demonyms, *names.seats, *names.places)
        if not words:
            yield label, "it gives no name; fill `names`, `demonyms`, `seats` or `places`"
        yield from _words(label, *words)


def _dates(label: str, *spans: tuple[str | None, str | None]) -> Iterator[tuple[str, str]]:
    for since, until in spans:
        for day in filter(None, (since, until)):
            if not _DAY.fullmatch(day):
                yield label, f"{day!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY"
        if since and until and until < since[: len(until)]:
            yield label, f"it ends {until} before it begins {since}; change one"


def _words(label: str, *names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if not name_key(name) or set("\t|") & set(name):
            yield label, f"{name!r} is no name; take it out"


def _check_references(compiled: dict[str, Any], layer: Layer) -> None:
    known = compiled["actors"]
    for actor in layer.actors:
        above = (actor.rolls_up_to,) if actor.rolls_up_to else ()
        members = (*actor.members, *(member.id for member in actor.dated_members))
        for id in (*above, *actor.part_of, *members, *actor.claimed_by, *actor.controlled_by):
            if id not in known:
                raise _unknown(layer, f"[[actor]] {actor.id!r}", id)
    for of, label in (
        *((office.of, f"[[office]] {office.title!r}") for office in layer.offices),
        *((names.of, f"[[names]] of {names.of!r}") for names in layer.names),
    ):
        if of not in known:
            raise _unknown(layer, label, of)


def _unknown(layer: Layer, label: str, id: str) -> DataError:
    return DataError(f"{layer.where}: {label}: no actor has the id {id!r}; `kg actors` lists ids, or add it first.")


# --- merging ----------------------------------------------------------------------------------------------------------


def _merge(compiled: dict[str, Any], layer: Layer) -> None:
    """Compile the layer by itself, then lay it over what is there, both in the packed form."""
    tables = ("actors", "keys", "terms", "surnames", "structure")
    new: dict[str, Any] = {**{table: {} for table in tables}, "offices": []}
    for entry in layer.actors:
        add_actor(new, entry)
    first = len(compiled["offices"])
    for n, office in enumerate(layer.offices, first):
        new["offices"].append([office.of, office.title, office.role, office.sector])
        for holder in office.holders:
            add_holder(new, holder, n, office.sector)
    for names in layer.names:
        for sort in ("names", "demonyms", "seats", "places"):
            for word in getattr(names, sort):
                add_key(new, word, names.of, sort.removesuffix("s"))
    pack(new)
    for entry in layer.actors:
        _forget(compiled, entry.id)
    _merge_actors(compiled, new, layer)
    _check_references(compiled, layer)
    _merge_terms(compiled, new)
    compiled["structure"].update(new["structure"])
    for table in ("keys", "surnames"):
        for key, owners in new[table].items():
            compiled[table][key] = _joined(compiled[table].get(key, ""), owners, ordered=table == "keys")
    for key, owners in new["keys"].items():
        if key[:1].islower():  # as at the beginning of a sentence
            compiled["keys"].setdefault(key[0].upper() + key[1:], owners)
    blocked = {name_key(text) for phrase in layer.phrases for text in phrase.texts}
    compiled["stops"] = sorted((set(compiled["stops"]) - new["keys"].keys()) | blocked)
    for key in (*new["keys"], *blocked):
        for form in (key, key[0].upper() + key[1:]):
            first_word, *rest = form.split(" ")
            compiled["reach"][first_word] = max(compiled["reach"].get(first_word, 0), len(rest) + 1)


def _forget(compiled: dict[str, Any], actor: str) -> None:
    """Take a known actor's names and structure away, before another entry stands in its place."""
    if compiled["actors"].pop(actor, None) is None:
        return
    compiled["structure"].pop(actor, None)
    for table in ("keys", "surnames"):
        for key in [key for key, owners in compiled[table].items() if actor in owners]:
            left = [owner for owner in compiled[table][key].split(" ") if owner.partition(":")[0] != actor]
            if left:
                compiled[table][key] = " ".join(left)
            else:
                del compiled[table][key]


def _merge_actors(compiled: dict[str, Any], new: dict[str, Any], layer: Layer) -> None:
    actors = compiled["actors"]
    for actor, packed in new["actors"].items():
        known = actors.get(actor)
        actors[actor] = packed if known is None else _named(known, packed.split("\t")[7].split("|"))
    for names in layer.names:
        if names.of in actors:
            actors[names.of] = _named(actors[names.of], (*names.names, *names.seats))


def _named(packed: str, names: Iterable[str]) -> str:
    *fields, known = packed.split("\t")
    return "\t".join((*fields, "|".join(dict.fromkeys((*known.split("|"), *names)))))


def _merge_terms(compiled: dict[str, Any], new: dict[str, Any]) -> None:
    compiled["offices"] += new["offices"]
    offices = compiled["offices"]
    for person, terms in new["terms"].items():
        said = {tuple(offices[int(term.split(":")[0])][:2]) for term in terms.split(" ")}
        kept = [
            term
            for term in compiled["terms"].get(person, "").split(" ")
            if term and tuple(offices[int(term.split(":")[0])][:2]) not in said
        ]
        compiled["terms"][person] = " ".join((*kept, terms))


def _joined(known: str, new: str, *, ordered: bool) -> str:
    owners = {owner.partition(":")[0]: owner for owner in (*known.split(" "), *new.split(" ")) if owner}
    return " ".join(sorted(owners.values()) if ordered else owners.values())
