"""What a document has said so far: who was named, who holds which office, who spoke last.

Everything learned here holds inside one document: results never depend on the order of documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Actor, Mention

__all__ = ["Deed", "Discourse", "Seen"]

_GROUPS = ("armed group", "organisation", "bloc")

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Seen:
    """An actor named before: where, and whether as the subject of its clause."""

    actor: Actor
    state: Actor
    sentence: int
    position: int
    subject: bool
    together: bool = False
    """Was it named in one breath with others ("China and Pakistan")?"""
    venue: bool = False
    """Does it only say where ("in Cairo")?"""
    stance: bool = False
    """Did it take a stance to a deed ("denounced the pact")? Then "it" may be that deed."""
    title: bool = False
    """Does it only say whose somebody is ("Chad's premier")?"""
    text: str = ""
    """What it was called there ("Chad's junta")."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done, as read: in which sentence, where its word stands, by whom and to whom."""

    relation: str
    source: Mention
    target: Mention
    sentence: int
    position: int


@dataclass(slots=True)
class Discourse:
    """The memory of one document."""

    day: str | None
    seen: list[Seen] = field(default_factory=list)
    people: dict[str, Actor] = field(default_factory=dict)
    """Persons by surname (and by full name), as the document taught them."""
    learned_state: dict[str, Actor] = field(default_factory=dict)
    """What a person rolls up to because the document gives the office: person id -> actor."""
    titles: dict[str, Actor] = field(default_factory=dict)
    """The last person called by a title ("premier")."""
    former: set[str] = field(default_factory=set)
    speaker: Actor | None = None
    speaker_state: Actor | None = None
    sentence: int = 0
    named: set[str] = field(default_factory=set)
    """Ids of all actors that the whole document names."""
    organisations: dict[str, Actor] = field(default_factory=dict)
    groups: list[tuple[int, tuple[Actor, ...], str]] = field(default_factory=list)
    """Actors that acted together, with the sentence and the noun they were called by: whom "they" means."""
    dyads: list[tuple[int, Actor, Actor]] = field(default_factory=list)
    """The state-level ends of what was read so far, with the sentence: whom "both sides" most likely means."""

    deeds: list[Deed] = field(default_factory=list)
    """What was done so far, as far as it was read: whose "the attack" is."""

    year: str | None = None
    """A year before the document's that the last sentences were about, as far as they gave one."""

    def enter(self, text: str) -> None:
        """Begin a sentence. It is about the past year that it gives, or else about the last that was given."""
        self.sentence += 1
        years = [y for y in _YEAR.findall(text) if self.day is not None and y < self.day[:4]]
        if years:
            self.year = years[0]

    def remember(self, seen: Iterable[Seen]) -> None:
        """Add what a sentence named, in text order."""
        self.seen.extend(seen)

    # --- who a phrase can mean; all return nothing where two fit equally well ---------------------------------------

    def recent(
        self,
        position: int,
        *kinds: str,
        window: int = 3,
        skip: frozenset[str] = frozenset(),
        among: frozenset[str] | None = None,
        apart: bool = False,
    ) -> Seen | None:
        """The last actor of these kinds named before a position: of the same sentence if any, else the last subject.

        With `among`, one that rolls up to a state of these ids; `apart` leaves out the bodies of states, and prefers
        what is named for itself to what is named in somebody's title.
        """
        fitting = [s for s in self.seen if s.position < position and _is_of(s, kinds) and s.actor.id not in skip]
        if among is not None:
            fitting = [s for s in fitting if s.state.id in among]
        fitting = [s for s in fitting if s.sentence >= self.sentence - window]
        if apart and "state" not in kinds:
            fitting = [s for s in fitting if s.state.id == s.actor.id]
        if not fitting:
            return None
        last = max(s.sentence for s in fitting)
        here = [s for s in fitting if s.sentence == last]
        if apart:
            here = [s for s in here if not s.title] or here
        subjects = [s for s in here if s.subject]
        return (subjects or here)[-1] if last == self.sentence else (subjects or here)[0]

    def only(self, kind: str) -> Seen | None:
        """The one actor of a kind that was named so far, however long ago."""
        named = {s.actor.id: s for s in self.seen if s.actor.kind == kind}
        return next(iter(named.values())) if len(named) == 1 else None

    def called(self, position: int, noun: str, window: int = 3) -> Seen | None:
        """The last actor whose mention before a position ended in a noun: "Chad's junta", then "the junta"."""
        near = [s for s in self.seen if s.position < position and s.sentence >= self.sentence - window]
        return next((s for s in reversed(near) if s.text.lower().endswith(f" {noun}")), None)

    def called_together(self, noun: str, count: int, window: int = 12) -> tuple[Actor, ...]:
        """The last that acted together under a noun: "the Thai and Lao foreign ministers", then "the ministers"."""
        near = (g for n, g, called in reversed(self.groups) if n >= self.sentence - window and _ends(called, noun))
        return next((g for g in near if len(g) == count), ())

    def together_before(self, window: int = 2) -> tuple[Actor, ...]:
        """The last ones that acted together in a sentence before this: whom "their" means."""
        near = (g for n, g, _ in reversed(self.groups) if self.sentence - window <= n < self.sentence)
        return next(near, ())

    def nearest(self, position: int, *kinds: str, window: int = 3) -> Seen | None:
        """The last actor of these kinds named before a position, subject or not."""
        fitting = [s for s in self.seen if s.position < position and s.actor.kind in kinds]
        return fitting[-1] if fitting and fitting[-1].sentence >= self.sentence - window else None

    def states_before(
        self,
        position: int,
        count: int,
        window: int = 4,
        among: frozenset[str] | None = None,
        skip: frozenset[str] = frozenset(),
    ) -> list[Seen]:
        """The `count` different states (or groups) that the text is about at a position, one Seen each.

        The nearest sentence that names exactly so many decides; else the last ones named together; else nothing.
        With `among`, those of these ids that were named lately, if they are exactly so many; never one of `skip`.
        """
        if among is not None:
            near = [s for s in self.seen if s.position < position and s.sentence >= self.sentence - window]
            named = {s.state.id: s for s in near if s.state.id in among}
            return list(named.values()) if len(named) == count else []
        here = self._named_in(self.sentence, position)
        joint = {key: s for key, s in here.items() if s.together}
        for named in (here, joint):
            if len(named) == count and not named.keys() & skip:
                return list(named.values())
        together = self._last_read(count, position, window, skip)
        if together:
            return together
        if count == 2 and (pair := self._main_pair(position, skip)):
            return pair
        for sentence in range(self.sentence, self.sentence - (window if count == 2 else 1) - 1, -1):
            here = self._named_in(sentence, position)
            if here.keys() & skip:
                continue
            if len(here) == count:
                return list(here.values())
            if len(here) > count:
                return (
                    list({s.state.id: s for s in here.values() if s.together}.values())
                    if sum(s.together for s in here.values()) == count
                    else []
                )
        if count != 2:
            return []
        last = {
            s.state.id: s
            for s in self.seen
            if s.position < position
            and s.sentence >= self.sentence - window
            and s.state.kind == "state"
            and s.state.id not in skip
        }
        return list(last.values()) if len(last) == count else []

    def _main_pair(self, position: int, skip: frozenset[str]) -> list[Seen]:
        """The two of whom the text has told most so far, if that is one pair alone."""
        told = {frozenset((one.id, other.id)): (one, other) for _, one, other in self.dyads}
        counts = Counter(frozenset((one.id, other.id)) for _, one, other in self.dyads)
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < 2 or ranked[0][1] == ranked[-1][1] != len(self.dyads):
            return []
        pair = told[ranked[0][0]]
        return [] if skip & {a.id for a in pair} else [Seen(a, a, self.sentence, position, False) for a in pair]

    def _named_in(self, sentence: int, position: int) -> dict[str, Seen]:
        here: dict[str, Seen] = {}
        for s in self.seen:
            if (
                s.sentence == sentence
                and s.position < position
                and (s.state.kind in ("state", "armed group", "territory") or s.state.sector in ("party", "opposition"))
            ) and (s.state.id not in here or s.together):
                here[s.state.id] = s
        return here

    def _last_read(self, count: int, position: int, window: int, skip: frozenset[str]) -> list[Seen]:
        """The actors that acted together last, or that the last sentence read was about, if they were so many."""
        for sentence in range(self.sentence, self.sentence - window - 3, -1):
            found = next((g for n, g, _ in reversed(self.groups) if n == sentence and len(g) == count), ())
            if not found:
                ends = {a.id: a for n, *pair in self.dyads if n == sentence for a in pair if a.kind != "territory"}
                found = tuple(ends.values())
            if skip & {actor.id for actor in found}:
                continue
            if len(found) == count:
                return [Seen(actor, actor, sentence, position, False) for actor in found]
            if len(found) > count:
                return []
        return []


def _ends(called: str, noun: str) -> bool:
    return called == noun or called.endswith(f" {noun}")


def _is_of(seen: Seen, kinds: tuple[str, ...]) -> bool:
    """Is the actor of these kinds, or a body of such a state ("Ethiopian forces")?"""
    return seen.actor.kind in kinds or ("state" in kinds and seen.state.kind == "state" and seen.actor.kind != "person")
