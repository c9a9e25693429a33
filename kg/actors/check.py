"""What the schema alone cannot see in data/actors/**/*.toml: references, terms, names and gaps.

`problems` never stops at the first wrong entry: whoever edits the data sees all of them at once.
"""

from __future__ import annotations

import collections
import datetime
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kg.actors.schema import ActorEntry, Holder, OfficeEntry, PhraseEntry, slug
from kg.actors.text import name_key
from kg.datafiles import DATA, build, read_toml
from kg.errors import DataError

__all__ = ["HEADS", "Entries", "Gap", "gaps", "problems", "read_entries"]

HEADS = ("head_of_state", "head_of_government")
"""Offices that one person holds at a time."""

_TABLES: dict[str, type] = {"actor": ActorEntry, "office": OfficeEntry, "phrase": PhraseEntry}
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_QID = re.compile(r"Q[1-9]\d*")
_ISO3 = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_BELOW_STATE = ("person", "organisation", "armed group", "office")

T = TypeVar("T")


@dataclass(slots=True)
class Entries:
    """All entries of some files, each with a label that names file and entry, and what could not be read."""

    actors: list[tuple[str, ActorEntry]] = field(default_factory=list)
    offices: list[tuple[str, OfficeEntry]] = field(default_factory=list)
    phrases: list[tuple[str, PhraseEntry]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def terms(self) -> int:
        """The number of terms of office."""
        return sum(len(office.holders) for _, office in self.offices)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a known head, in days as ISO 8601: from the day after `after` to the day before `before`."""

    state: str
    after: str
    before: str


def read_entries(paths: Iterable[Path]) -> Entries:
    """Every entry that follows the schema; the others are told in `problems`."""
    found = Entries()
    for path in paths:
        where = path.relative_to(DATA).as_posix() if path.is_relative_to(DATA) else path.name
        try:
            content = read_toml(path)
        except DataError as error:
            found.problems.append(str(error))
            continue
        for table in content:
            if table not in _TABLES:
                found.problems.append(f"{where}: unknown table {table!r}; the tables are {', '.join(_TABLES)}")
        found.actors += _read(where, "actor", ActorEntry, content, found.problems)
        found.offices += _read(where, "office", OfficeEntry, content, found.problems)
        found.phrases += _read(where, "phrase", PhraseEntry, content, found.problems)
    return found


def problems(paths: Iterable[Path]) -> list[str]:
    """Everything wrong in the files taken together, each in one line that names file and entry."""
    entries = read_entries(paths)
    known: dict[str, str] = {}
    found = list(entries.problems)
    for where, actor in entries.actors:
        if actor.id in known:
            found.append(f"{where}: the id stands also in {known[actor.id]}; give one of them another id")
        known.setdefault(actor.id, where)
        found += (f"{where}: {text}" for text in _actor(actor))
    for where, office in entries.offices:
        found += (f"{where}: {text}" for text in _office(office))
    found += _references(entries, known)
    found += _names(entries)
    return found


def gaps(entries: Entries, since: str = "2000-01-01", until: str | None = None, days: int = 366) -> list[Gap]:
    """Where a state with known heads has none for longer than `days` between `since` and `until` (today).

    A head is whoever holds an office of the state itself as head of state, head of government or leader.
    """
    last = until or datetime.date.today().isoformat()
    born = {actor.id: actor.since for _, actor in entries.actors if actor.kind == "state" and actor.since}
    ended = {actor.id: actor.until for _, actor in entries.actors if actor.kind == "state" and actor.until}
    states = {actor.id for _, actor in entries.actors if actor.kind == "state"}
    terms: dict[str, list[tuple[datetime.date, datetime.date]]] = collections.defaultdict(list)
    for _, office in entries.offices:
        if office.of in states and office.role in (*HEADS, "leader"):
            terms[office.of] += [(_first(h.since), _last(h.until or last)) for h in office.holders]
    found = []
    for state, held in sorted(terms.items()):
        covered = max(_first(since), _first(born.get(state, since))) - datetime.timedelta(days=1)
        end = min(_last(last), _last(ended.get(state, last)))
        for start, stop in [*sorted(held), (end + datetime.timedelta(days=1), end)]:
            if (start - covered).days > days:
                found.append(Gap(state, covered.isoformat(), start.isoformat()))
            covered = max(covered, stop)
    return found


# --- one table, one entry ---------------------------------------------------------------------------------------------


def _read(where: str, table: str, cls: type[T], content: dict[str, Any], wrong: list[str]) -> Iterator[tuple[str, T]]:
    for n, raw in enumerate(content.get(table, ()), 1):
        label = f"{where}: [[{table}]] {_label(raw, n)}"
        try:
            yield label, build(cls, raw, label)
        except DataError as error:
            wrong.append(str(error))


def _label(raw: object, n: int) -> str:
    if not isinstance(raw, dict):
        return f"number {n}"
    if "of" in raw:
        return f"{raw.get('title', n)!r} of {raw['of']!r}"
    return repr(raw["id"]) if "id" in raw else f"number {n}"


def _actor(actor: ActorEntry) -> Iterator[str]:
    if not _ID.fullmatch(actor.id):
        yield "an id is made of a-z, 0-9, dots and hyphens"
    if actor.qid is not None and not _QID.fullmatch(actor.qid):
        yield f"`qid`: {actor.qid!r} is no Wikidata id; write Q and a number"
    if actor.iso3 is not None and not _ISO3.fullmatch(actor.iso3):
        yield f"`iso3`: {actor.iso3!r} is not three capitals"
    if actor.kind in _BELOW_STATE and actor.sector is None:
        yield "the key `sector` is missing; every actor below state level has one"
    for name in (actor.name, *actor.names, *actor.demonyms, *actor.seats, *actor.places):
        if name != " ".join(name.split()):
            yield f"{name!r} has blanks too many"
        elif not name_key(name):
            yield f"{name!r} has no word in it"
    for since, until in ((actor.since, actor.until), *((m.since, m.until) for m in actor.dated_members)):
        yield from _span(since, until)
    twice = collections.Counter((*actor.members, *{m.id for m in actor.dated_members}))
    for member, times in twice.items():
        if times > 1:
            yield f"{member!r} is a member twice; keep it in `members` or in `dated_members`"


def _office(office: OfficeEntry) -> Iterator[str]:
    for holder in office.holders:
        for text in _span(holder.since, holder.until):
            yield f"{holder.name}: {text}"
        if not holder.id and not slug(holder.name):
            yield f"{holder.name!r} gives no slug; add `id`"
    by_person: dict[str, list[Holder]] = collections.defaultdict(list)
    for holder in sorted(office.holders, key=lambda h: h.since):
        by_person[holder.id or slug(holder.name)].append(holder)
    for own in by_person.values():
        for one, other in itertools.pairwise(own):
            if one.until is None or one.until > other.since + "~":
                yield f"{one.name} holds it twice at once (until {one.until}, since {other.since})"
    if office.role in HEADS:
        for one, other in itertools.pairwise(sorted(office.holders, key=lambda h: h.since)):
            if one.until is None:
                yield f"{one.name} has no end though {other.name} follows"
            elif one.until > other.since + "~":  # parts of dates may meet: 2011 and 2011-05 do not overlap
                yield f"{one.name} (until {one.until}) overlaps {other.name} (since {other.since})"


def _span(since: str | None, until: str | None) -> Iterator[str]:
    dates = [date for date in (since, until) if date is not None]
    wrong = [date for date in dates if not _is_date(date)]
    for date in wrong:
        yield f"{date!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY"
    if since and until and not wrong and until < since[: len(until)]:
        yield f"ends {until} before it begins {since}"


def _is_date(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return bool(_first(text))
    except ValueError:
        return False


def _first(date: str) -> datetime.date:
    """The first day that a date or a part of one can mean."""
    return datetime.date.fromisoformat(date + "-01-01"[: 10 - len(date)] if len(date) == 4 else (date + "-01")[:10])


def _last(date: str) -> datetime.date:
    """The last day that a date or a part of one can mean."""
    if len(date) == 10:
        return datetime.date.fromisoformat(date)
    if len(date) == 4:
        return datetime.date(int(date), 12, 31)
    following = _first(date).replace(day=28) + datetime.timedelta(days=4)
    return following.replace(day=1) - datetime.timedelta(days=1)


# --- all entries together ---------------------------------------------------------------------------------------------


def _references(entries: Entries, known: dict[str, str]) -> Iterator[str]:
    above = {actor.id: actor.rolls_up_to for _, actor in entries.actors}
    for where, actor in entries.actors:
        members = (*actor.members, *(m.id for m in actor.dated_members))
        parents = (*actor.part_of, *((actor.rolls_up_to,) if actor.rolls_up_to else ()))
        for ref in (*parents, *members, *actor.claimed_by, *actor.controlled_by):
            if ref not in known:
                yield f"{where}: no actor has the id {ref!r}"
            elif ref == actor.id:
                yield f"{where}: it cannot be its own part, member or owner"
        seen, step = {actor.id}, actor.rolls_up_to
        while step is not None and step not in seen:
            seen.add(step)
            step = above.get(step)
        if step == actor.id:
            yield f"{where}: rolls up to itself in a circle ({' -> '.join(sorted(seen))})"
    for where, office in entries.offices:
        if office.of not in known:
            yield f"{where}: no actor has the id {office.of!r}"


def _names(entries: Entries) -> Iterator[str]:
    owners: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for where, actor in entries.actors:
        for name in (actor.name, *actor.names, *actor.seats, *actor.demonyms):
            owners[name][actor.id] = where
    for name, found in owners.items():
        if len(found) > 1:
            yield f"the name {name!r} belongs to {' and to '.join(found.values())}; keep it with one"
    keys = {name_key(name): where for name, found in owners.items() for where in found.values()}
    for where, phrase in entries.phrases:
        for text in phrase.texts:
            if name_key(text) in keys:
                yield f"{where}: {text!r} is also a name ({keys[name_key(text)]}); a phrase blocks it"
