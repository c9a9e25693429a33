"""Phrases that stand for somebody named before ("both sides", "the premier"); none where two fit equally."""

from __future__ import annotations

import dataclasses

from kg.actors.schema import slug
from kg.extract.discourse import Seen
from kg.extract.names import CONFIDENCE
from kg.extract.pronouns import Pronouns
from kg.extract.syntax import conjuncts, surface_subject
from kg.extract.tree import Token
from kg.extract.vocabulary import Noun
from kg.model import Actor, Mention

__all__ = ["COUNTS", "NOMINAL", "Anaphora", "count_of"]

COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3}
_PARTICULAR = frozenset(
    ["king", "queen", "emir", "sultan", "chancellor", "ayatollah", "prince", "pope", "shah", "regent", "monarch"]
) | {"crown prince", "supreme leader"}
"""Titles of particular offices: not every head of state is an emir."""
_CRITICS = ("legislature", "judiciary", "party", "opposition", "civilians", "media")
"""Sectors whose "the government" is that of their own state."""
_UNSURE = ("junta", "regime", "capital")
"""Whose they are is unclear where several states were named last."""
NOMINAL = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj")
"""Where a word stands for somebody rather than describes him."""


_UNIONS = ("bloc", "alliance", "union", "federation", "grouping")
"""What a body of a single state is not."""


class Anaphora(Pronouns):
    """Finds antecedents of pronouns and phrases for the resolver whose sentence it is."""

    def half(self, token: Token) -> tuple[Mention, ...]:
        """ "the North" where the document is about one state whose name begins so."""
        fitting = {s.state.id: s.state for s in self.discourse.seen if s.state.name.startswith(f"{token.text} ")}
        fitting = {i: state for i, state in fitting.items() if state.kind == "state"}
        if not fitting:
            other = "South " if token.text == "North" else "North "
            halves = {
                s.state.name[6:]
                for s in self.discourse.seen
                if s.state.name.startswith(other) and s.state.kind == "state"
            }
            fitting = {a.id: a for half in halves for a in self.catalogue.lookup(f"{token.text} {half}")}
        if len(fitting) != 1:
            return ()
        state = next(iter(fitting.values()))
        return (self._anaphor(state, state, token.start, token.end),)

    def opposition(self, token: Token, owner: Mention, start: int) -> Mention:
        """Those who fight or oppose a state are an actor of their own: "Malian rebels" are not Mali."""
        lemma = token.lemma if token.lemma in ("opposition", "resistance", "insurgency") else f"{token.lemma}s"
        name = f"{self.catalogue.demonym(owner.state.id)} {lemma}" if owner.state.id in self.catalogue else lemma
        known = self.catalogue.lookup(name)
        actor = known[0] if known else Actor(f"group.{slug(name)}", name, "armed group", "opposition")
        start, end = min(start, token.start), max(token.end, owner.end)
        return self.resolver.mention(
            actor, start, end, self.resolver.slice(start, end), "title", CONFIDENCE["title"] * owner.confidence, actor
        )

    def group_before(self, token: Token) -> Mention | None:
        """The armed group named before that a definite singular such as "the Libyan militia" means."""
        determiner = token.kid("det")
        if token.is_plural or determiner is None or determiner.text.lower() not in ("the", "this"):
            return None
        if not token.lemma.endswith(("group", "militia", "movement", "faction")):
            return None
        seen = self.discourse.recent(determiner.start, "armed group")
        return None if seen is None else self._anaphor(seen.actor, seen.state, determiner.start, token.end)

    def definite(self, token: Token, entry: Noun) -> tuple[Mention, ...]:
        """A noun without owner that means somebody named before: "the premier", "the country", "the group"."""
        determiner = token.kid("det")
        definite = (determiner is not None and determiner.text.lower() in ("the", "this", "that")) or (
            token.title and token.tag.startswith("NNP")
        )
        if not definite or count_of(token):
            return ()
        lemma, position = token.lemma, token.start
        if lemma in ("side", "party", "country") and any(c.text.lower() == "other" for c in token.children):
            return self._other_side(token)
        sorts = {noun.sort for noun in self.words.nouns.get(lemma, ())}
        start = determiner.start if determiner is not None else token.start
        if "person" in sorts and not token.is_plural:
            noun = self.words.noun(lemma, "person")
            assert noun is not None
            person = self.discourse.titles.get(lemma) or self._by_role(noun, lemma, position) or self._by_title(lemma)
            if person is not None:
                return (self._anaphor(person, None, start, token.end),)
            if (same := self.discourse.called(position, lemma)) is not None:  # "the Saudi king", then "the king"
                return (self._anaphor(same.actor, same.state, start, token.end),)
            return ()
        if entry.sector == "opposition" and (token.is_plural or lemma in ("opposition", "resistance", "insurgency")):
            group = self.discourse.recent(position, "armed group")
            if group is not None and token.is_plural and self._among_several(group):
                return ()
            if group is None and token.is_plural:
                group = self.discourse.only("armed group")
            if group is not None:
                return (self._anaphor(group.actor, group.state, start, token.end),)
            if lemma == "opposition":
                home = self.discourse.nearest(position, "state", "person", window=6)
                if home is not None and home.state.kind == "state":
                    owner = self._anaphor(home.state, home.state, start, token.end)
                    return (
                        dataclasses.replace(
                            self.opposition(token, owner, start), how="anaphora", confidence=CONFIDENCE["phrase"]
                        ),
                    )
            return ()
        if token.is_plural:
            return self.plural(token, 2) if lemma in self.words.unnumbered else ()
        if entry.sort == "body" and (same := self.discourse.called(position, lemma)) is not None:
            return (self._anaphor(same.actor, same.state, start, token.end),)
        if "country" in sorts:
            kinds = ("state",) if lemma in ("country", "nation", "government", "republic") else ("state", "territory")
            among = self.words.described(self.resolver.slice(start, token.end))
            apart = lemma in ("country", "nation", "republic")
            seen = self.discourse.recent(position, *kinds, skip=self._subject_of(token), among=among, apart=apart)
            own = self._home_of_subject(token) if entry.sort == "body" else None
            if own is not None:
                return (self._anaphor(own, own, start, token.end),)
            if lemma in ("junta", "regime") and (called := self._called_so(lemma)):
                return (self._anaphor(called[0], called[0], start, token.end),) if len(called) == 1 else ()
            if lemma in _UNSURE and token.dep != "nsubj" and seen is not None and self._several(seen):
                return ()
            if seen is None or (
                entry.sort == "body" and lemma not in ("government", "junta", "regime") and not seen.subject
            ):
                return ()
            return (self._anaphor(seen.state, seen.state, start, token.end),)
        if "group" in sorts:
            seen = self.discourse.recent(position, "armed group") or self.discourse.only("armed group")
            if seen is not None and lemma not in ("organization", "organisation"):
                return (self._anaphor(seen.actor, seen.state, start, token.end),)
        if "organisation" in sorts and not any(c.tag.startswith("NNP") and not c.hits for c in token.children):
            seen = self.discourse.recent(position, "organisation", "bloc", apart=lemma in _UNIONS)
            if seen is not None:
                return (self._anaphor(seen.actor, seen.state, start, token.end),)
        return ()

    def _called_so(self, lemma: str) -> list[Actor]:
        """The states of which the text has said that they have one ("Niger's junta chief")."""
        return list({s.state.id: s.state for s in self.discourse.seen if lemma in s.text.lower().split()}.values())

    def _among_several(self, group: Seen) -> bool:
        """Does the text name other armed groups as well, so that "the rebels" may be others?"""
        return any(s.actor.kind == "armed group" and s.state.id != group.state.id for s in self.discourse.seen)

    def _several(self, seen: Seen) -> bool:
        """Does the sentence that named it name other states as well, so that "the junta" may be another's?"""
        return any(s.sentence == seen.sentence and s.state.id != seen.state.id for s in self.discourse.seen)

    def _other_side(self, token: Token) -> tuple[Mention, ...]:
        """ "the other side": of the two that the text is about the one that is neither subject nor speaker."""
        own = set(self._subject_of(token))
        speaker = self.discourse.speaker_state
        if speaker is not None and self.resolver.tree is not None and self.resolver.tree.quoted:
            own.add(speaker.id)
        pair = self.plural(token, 2)
        others = tuple(m for m in pair if m.state.id not in own)
        return others if len(others) == 1 else ()

    def _subject_of(self, token: Token) -> frozenset[str]:
        """Whoever acts in the token's clause: "Russia struck the country" does not mean Russia."""
        for above in token.above():
            if above.is_verb:
                subject = surface_subject(above, self.words)
                if subject is not None and subject is not token and subject.i not in self.resolver.busy:
                    named = [m for part in conjuncts(subject) for m in self.resolver.name(part)] or [
                        m for c in subject.kids("compound", "amod", "poss") for m in self.resolver.name(c)
                    ]  # "US sanctions hit the country"
                    return frozenset(m.state.id for m in named) | frozenset(m.actor.id for m in named)
                break
        return frozenset()

    def _home_of_subject(self, token: Token) -> Actor | None:
        """The state whose parliament, court or party asks something of "the government": it is its own."""
        for above in token.above():
            if above.is_verb:
                subject = surface_subject(above, self.words)
                if subject is None or subject is token or subject.i in self.resolver.busy:
                    return None
                found = self.resolver.actors(subject)
                homes = {m.state.id: m.state for m in found if m.actor.sector in _CRITICS and m.state.kind == "state"}
                return next(iter(homes.values())) if len(homes) == 1 else None
        return None

    def _by_title(self, lemma: str) -> Actor | None:
        """The one holder of an office so called among the states that the text is about ("the crown prince")."""
        states = dict.fromkeys(s.state.id for s in self.discourse.seen if s.sentence >= self.discourse.sentence - 12)
        holders = {h for state in states if (h := self.catalogue.title_holder(state, lemma, self.discourse.day))}
        return self.catalogue.actor(holders.pop()) if len(holders) == 1 else None

    def _by_role(self, noun: Noun, lemma: str, position: int) -> Actor | None:
        """The one person named so far who holds such an office on the day."""
        found: dict[str, Actor] = {}
        for seen in reversed(self.discourse.seen):
            if seen.actor.kind != "person" or seen.position >= position or seen.sentence < self.discourse.sentence - 6:
                continue
            offices = self.catalogue.offices(seen.actor.id, self.discourse.day)
            if lemma in _PARTICULAR:
                offices = [office for office in offices if lemma in office.title.lower()]
            if {office.role for office in offices} & set(noun.roles):
                found.setdefault(seen.actor.id, seen.actor)
        return next(iter(found.values())) if len(found) == 1 else None

    def plural(self, token: Token, count: int) -> tuple[Mention, ...]:
        """ "the two countries", "both sides", "the three foreign ministers"."""
        start = min([c.start for c in token.children if c.dep in ("det", "nummod", "predet", "amod")] + [token.start])
        noun = self.words.noun(token.lemma, "person")
        if noun is not None and count_of(token) and (people := self._people_before(noun, start, count)):
            return tuple(self._anaphor(s.actor, s.state, start, token.end) for s in people)
        among = self.words.described(self.resolver.slice(start, token.end))
        above = token.head.head if token.dep == "pobj" and token.head is not None else token.head
        told = token.dep in ("dobj", "pobj", "dative") and above is not None and above.is_verb
        skip = self._subject_of(token) if told else frozenset()  # "China urged both sides": two others
        found = self.discourse.states_before(start, count, among=among, skip=skip)
        return tuple(self._anaphor(s.state, s.state, start, token.end) for s in found)

    def _people_before(self, noun: Noun, position: int, count: int, window: int = 12) -> list[Seen]:
        """The people of such an office named lately ("the two generals"), if they are so many, of as many states."""
        named: dict[str, Seen] = {}
        for seen in self.discourse.seen:
            if seen.position < position and seen.sentence >= self.discourse.sentence - window:
                offices = self.catalogue.offices(seen.actor.id, self.discourse.day)
                if seen.actor.kind == "person" and {office.role for office in offices} & set(noun.roles):
                    named[seen.actor.id] = seen
        states = {seen.state.id for seen in named.values()}
        return list(named.values()) if len(named) == len(states) == count else []


def count_of(token: Token) -> int:
    """The number that a noun phrase gives ("the two leaders", "both"), else 0."""
    for child in token.children:
        if child.dep in ("nummod", "det", "predet", "amod", "advmod") and child.text.lower() in COUNTS:
            return COUNTS[child.text.lower()]
    return 0
