"""The catalogue: names -> actors, and what an actor rolls up to on a day.

Loaded from one compiled file (`scripts/build_actors.py` makes it); nothing here imports spaCy. It is not two modules
because finding a name and dating its bearer read the same packed tables.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from kg.actors.compiler import COMPILED, FORMAT
from kg.actors.text import name_key, skeleton, words
from kg.errors import DataError
from kg.model import Actor

__all__ = ["Catalogue", "NameHit", "Office", "Sort", "catalogue", "load_catalogue"]

Sort = Literal["name", "demonym", "seat", "place", "surname"]

_RANK = {
    "head_of_state": 0,
    "head_of_government": 0,
    "leader": 0,
    "secretary_general": 0,
    "foreign_minister": 1,
    "defence_minister": 1,
    "monarch_heir": 1,
    "army_chief": 2,
}


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name of the catalogue found in a text: offsets, and the actors it can mean, each with the sort of name.

    No actors: a phrase that holds an actor's name and is none.
    """

    start: int
    end: int
    text: str
    meanings: tuple[tuple[str, Sort], ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office: the actor it acts for, its title, role and CAMEO sector."""

    of: str
    title: str
    role: str
    sector: str


class Catalogue:
    """All known actors, found by name and by date. Days are ISO 8601, whole or in part ("2019-10")."""

    def __init__(self, compiled: dict[str, Any]) -> None:
        if compiled.get("format") != FORMAT:
            raise DataError("The compiled catalogue is of another version; run `python scripts/build_actors.py`.")
        self.version: str = compiled["version"]
        self._actors: dict[str, str] = compiled["actors"]
        self._offices = [Office(*office) for office in compiled["offices"]]
        self._terms: dict[str, str] = compiled["terms"]
        self._surnames: dict[str, str] = compiled["surnames"]
        self._structure: dict[str, dict[str, list[Any]]] = compiled["structure"]
        self._keys: dict[str, str] = compiled["keys"]
        self._stops = set(compiled["stops"])
        self._made: dict[str, Actor] = {}
        self._meanings: dict[str, tuple[tuple[str, Sort], ...]] = {}
        self._states: dict[tuple[str, str | None], Actor] = {}
        self._held: dict[tuple[str, str | None], list[Office]] = {}
        # The longest name that begins with a word, in words: how far a match may have to look.
        self._reach: dict[str, int] = compiled["reach"]

    # --- actors ---------------------------------------------------------------------------------------------------

    def __contains__(self, actor: str) -> bool:
        return actor in self._actors

    def actor(self, actor: str) -> Actor:
        """The actor of that id. Raises KeyError for an unknown one."""
        made = self._made.get(actor)
        if made is None:
            name, kind, sector, iso3, *_ = self._actors[actor].split("\t")
            made = self._made[actor] = Actor(actor, name, kind, sector or None, iso3 or None)  # type: ignore[arg-type]
        return made

    def aliases(self, actor: str) -> tuple[str, ...]:
        """All names of an actor, the usual one first; none for an unknown id."""
        return tuple(self._actors[actor].split("\t")[7].split("|")) if actor in self._actors else ()

    def ids(self) -> Iterable[str]:
        return self._actors.keys()

    def lookup(self, name: str) -> tuple[Actor, ...]:
        """The actors that a person who types this name can mean: exact case first, then any case."""
        key = name_key(name.removeprefix("the ").removeprefix("The "))
        owners = self._owners(key) or tuple(o for k in self._any_case.get(key.casefold(), ()) for o in self._owners(k))
        return tuple(dict.fromkeys(self.actor(actor) for actor, _ in owners))

    def _owners(self, key: str) -> tuple[tuple[str, Sort], ...]:
        known = self._meanings.get(key)
        if known is not None:
            return known
        packed = self._keys.get(key)
        if packed is None:
            return ()
        parts = (part.partition(":") for part in packed.split(" "))
        found = self._meanings[key] = tuple((actor, sort or "name") for actor, _, sort in parts)  # type: ignore[misc]
        return found

    @functools.cached_property
    def _any_case(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._keys:
            found.setdefault(key.casefold(), []).append(key)
        return found

    def suggest(self, name: str, n: int = 3) -> tuple[str, ...]:
        """The nearest known names, best first."""
        import difflib

        near = difflib.get_close_matches(name_key(name).casefold(), list(self._any_case), n=3 * n, cutoff=0.75)
        return tuple(dict.fromkeys(self.actor(self._owners(self._any_case[key][0])[0][0]).name for key in near))[:n]

    # --- names in a text ------------------------------------------------------------------------------------------

    def find(self, text: str) -> list[NameHit]:
        """All names in the text, longest first, none overlapping, in order. Case counts, except in ALL CAPITALS."""
        cut = words(text)
        reach, keys, stops, beginnings = self._reach, self._keys, self._stops, self._beginnings
        hits: list[NameHit] = []
        end_of_last = 0
        for i in [i for i, (word, _, _) in enumerate(cut) if word in reach or word.isupper()]:
            if i < end_of_last:
                continue
            word, after = cut[i][0], cut[i + 1][0] if i + 1 < len(cut) else ""
            begins = word in keys or word in stops or f"{word} {after}" in beginnings
            if not begins and not (word.isupper() and len(word) > 1):
                continue  # it begins longer names, none of which stands here
            match = self._match(cut, i)
            if match is None:
                continue
            length, meanings = match
            if length > 1 and hits and i > 1 and cut[i - 1][0] == "-" and hits[-1].end == cut[i - 1][1]:
                single = self._owners(cut[i][0])  # "Iran-Iraq war" is no "Iraq war"
                if single:
                    length, meanings = 1, single
            if any((m := self._match(cut, j)) and j + m[0] > i + length for j in range(i + 1, i + length)):
                continue  # "President Xi" must not cut "Xi Jinping" in two
            start, end = cut[i][1], cut[i + length - 1][2]
            hits.append(NameHit(start, end, text[start:end], meanings))
            end_of_last = i + length
        return hits

    def _match(self, cut: Sequence[tuple[str, int, int]], i: int) -> tuple[int, tuple[tuple[str, Sort], ...]] | None:
        word = cut[i][0]
        reach = self._reach.get(word, 0)
        loud = len(word) > 1 and word.isupper()
        if loud:
            reach = max(reach, self._reach.get(word.capitalize(), 0), self._reach.get(word.lower(), 0))
        if not reach:
            return None
        if i and cut[i][1] == cut[i - 1][2] and cut[i - 1][0] in (".", "@", "#", "_"):
            return None  # part of an address or a handle
        if reach > 1 and not loud and (i + 1 == len(cut) or f"{word} {cut[i + 1][0]}" not in self._beginnings):
            reach = 1
        for length in range(min(reach, len(cut) - i), 0, -1):
            key = " ".join(word for word, _, _ in cut[i : i + length])
            if length == 1 and key in _ENGLISH and _shouted(cut, i):
                return None
            if key in self._stops:
                return length, ()
            owners = self._owners(key)
            if not owners and loud and key.isupper() and (length > 1 or len(key) > 3):
                calm = " ".join(_calm(word) for word in key.split(" "))
                owners = self._owners(calm) or self._owners(calm[0].lower() + calm[1:])
            if owners:
                return length, owners
        return None

    @functools.cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first two words of all names that have more than one."""
        longer = (key.split(" ", 2) for key in (*self._keys, *self._stops) if " " in key)
        return frozenset([f"{first} {second}" for first, second, *_ in longer])

    # --- time -----------------------------------------------------------------------------------------------------

    def offices(self, person: str, day: str | None) -> list[Office]:
        """The offices that a person holds on a day, most senior first; without a day, all that he ever held."""
        held = self._held.get((person, day))
        if held is None:
            terms = self._terms_of(person)
            held = [office for office, since, until in terms if day is None or _within(day, since, until)]
            held.sort(key=lambda office: _RANK.get(office.role, 3))
            _keep(self._held, (person, day), held)
        return held

    def led(self, person: str, day: str | None) -> str | None:
        """The one state that a person led before a day and no longer does, None where there is none or several."""
        if day is None or self.offices(person, day):
            return None
        past = [office for office, since, _ in self._terms_of(person) if since <= day]
        states = {office.of for office in past if office.role in ("head_of_state", "head_of_government")}
        return states.pop() if len(states) == 1 else None

    def _terms_of(self, person: str) -> list[tuple[Office, str, str | None]]:
        packed = self._terms.get(person)
        if packed is None:
            return []
        parts = (term.split(":") for term in packed.split(" "))
        return [(self._offices[int(n)], since, until or None) for n, since, until in parts]

    def surname(self, surname: str, day: str | None) -> list[str]:
        """The persons of that surname in office on the day, the most senior rank only; by any term without a day."""
        ranked: dict[int, list[str]] = {}
        for person in self.surname_bearers(surname):
            held = self.offices(person, day)
            if held:
                ranked.setdefault(_RANK.get(held[0].role, 3), []).append(person)
        return ranked[min(ranked)] if ranked else []

    def only_bearer(self, surname: str, day: str | None) -> str | None:
        """The one head of state or government of that surname on the day (on any, without one).

        Only where nobody else in office bears it, but for people of the same state. Where several headed that state
        ("Bush"), the state.
        """
        held = {person: self.offices(person, day) for person in self.surname_bearers(surname)}
        held = {person: offices for person, offices in held.items() if offices}
        heads = [p for p, offices in held.items() if _RANK.get(offices[0].role, 3) == 0]
        states = {offices[0].of for offices in held.values()}
        if not heads or len(states) != 1:
            return None
        return heads[0] if len(heads) == 1 else states.pop()

    def surname_bearers(self, surname: str) -> list[str]:
        """All known persons whom news calls by that surname."""
        return self._surnames.get(name_key(surname), "").split()

    def surnames_of(self, person: str) -> list[str]:
        """What news calls a person by after the first mention."""
        return self._surnames_of.get(person, [])

    @functools.cached_property
    def _surnames_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for surname, persons in self._surnames.items():
            for person in persons.split():
                found.setdefault(person, []).append(surname)
        return found

    def holder(self, of: str, roles: Iterable[str], day: str | None) -> str | None:
        """The one person who holds such an office of an actor on the day, None where nobody or several do."""
        if day is None:
            return None
        wanted = set(roles)
        found = {
            person
            for person, terms in self._by_office.get(of, {}).items()
            for office, since, until in terms
            if office.role in wanted and _within(day, since, until)
        }
        return found.pop() if len(found) == 1 else None

    @functools.cached_property
    def _by_office(self) -> dict[str, dict[str, list[tuple[Office, str, str | None]]]]:
        table: dict[str, dict[str, list[tuple[Office, str, str | None]]]] = {}
        for person in self._terms:
            for office, since, until in self._terms_of(person):
                table.setdefault(office.of, {}).setdefault(person, []).append((office, since, until))
        return table

    def state(self, actor: str, day: str | None) -> Actor:
        """What an actor rolls up to on a day, itself where nothing.

        Without a day a person rolls up where all terms of office agree.
        """
        known = self._states.get((actor, day))
        if known is None:
            known = self._state(actor, day)
            _keep(self._states, (actor, day), known)
        return known

    def _state(self, actor: str, day: str | None) -> Actor:
        seen = {actor}
        while True:
            above = self._actors[actor].split("\t")[4] or None if actor in self._actors else None
            if above is None:
                owners = list(dict.fromkeys(office.of for office in self.offices(actor, day)))
                if owners and (day is not None or len(owners) == 1):
                    above = owners[0]
            if above is None or above in seen:
                return self.actor(actor)
            seen.add(above)
            actor = above

    def title_holder(self, of: str, title: str, day: str | None) -> str | None:
        """The one person who on the day holds an office of an actor that is called by this word ("king")."""
        if day is None:
            return None
        found = {
            person
            for person, terms in self._by_office.get(of, {}).items()
            for office, since, until in terms
            if title in office.title.lower() and _RANK.get(office.role, 3) < 2 and _within(day, since, until)
        }
        return found.pop() if len(found) == 1 else None

    def respelt(self, name: str, day: str | None) -> str | None:
        """The one person in office on the day whose name is this one in another spelling ("Sergey" for "Sergei").

        Names of two words and more are compared by their consonants, given name and surname alike.
        """
        key = skeleton(name)
        if " " not in key or len(key) < 5:
            return None
        found = [p for p in self._skeletons.get(key, ()) if day is None or self.offices(p, day)]
        return found[0] if len(found) == 1 else None

    @functools.cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for person in self._terms:
            for key in {skeleton(name) for name in self.aliases(person)}:
                found.setdefault(key, []).append(person)
        return found

    def demonym(self, actor: str) -> str:
        """The first adjective of a state ("Malian"), else its name."""
        return self._actors[actor].split("\t")[8] or self.actor(actor).name

    def members(self, actor: str) -> list[str]:
        """The members of an organisation or bloc, past ones included."""
        return [m if isinstance(m, str) else m[0] for m in self._structure.get(actor, {}).get("members", ())]

    def part_of(self, actor: str) -> list[str]:
        return list(self._structure.get(actor, {}).get("part_of", ()))


ANSWERS = 20_000
"""Answers by actor and day that are kept at hand: documents of one day ask the same."""


_Answer = TypeVar("_Answer")


def _keep(answers: dict[tuple[str, str | None], _Answer], key: tuple[str, str | None], answer: _Answer) -> None:
    if len(answers) >= ANSWERS:
        answers.clear()
    answers[key] = answer


_ENGLISH = frozenset(
    ("US", "IT", "IS", "WHO", "AID", "CAN", "AS", "AM", "AN", "OR", "SO", "IN", "ON", "DO", "SHE", "HE")
)
"""Short names that are words: in a line of capitals they are read as words."""


def _calm(word: str) -> str:
    """A word in capitals as a name would have it: "PAKISTAN" is Pakistan, "OF" is of."""
    return word.lower() if word in ("OF", "THE", "AND", "FOR") else word.capitalize()


def _shouted(cut: Sequence[tuple[str, int, int]], i: int) -> bool:
    """Does the word stand among words in capitals, where "IS" is a verb and "US" a pronoun?"""
    near = [cut[j][0] for j in (i - 1, i + 1) if 0 <= j < len(cut) and cut[j][0].isalpha() and len(cut[j][0]) > 1]
    return bool(near) and all(word.isupper() for word in near)


def _within(day: str, since: str, until: str | None) -> bool:
    """Is the day in the term? Parts of a date ("2018") count as the whole year or month."""
    return since[: len(day)] <= day and (until is None or day[: len(until)] <= until[: len(day)])


def load_catalogue() -> Catalogue:
    """The catalogue that kg ships. Raises `DataError` where it was not compiled."""
    try:
        compiled = json.loads(COMPILED.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{COMPILED}: missing; run `python scripts/build_actors.py`.") from None
    return Catalogue(compiled)


@functools.cache
def catalogue() -> Catalogue:
    """The catalogue that kg ships, loaded once."""
    return load_catalogue()
