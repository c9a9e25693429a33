"""Pronouns -> the actors they stand for ("it", "his", "they", "each other"). All abstain where two fit equally well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.discourse import Seen
from kg.extract.names import CONFIDENCE
from kg.extract.syntax import conjuncts, surface_subject
from kg.extract.tree import Token
from kg.model import Actor, Mention

if TYPE_CHECKING:
    from kg.extract.mentions import Resolver

__all__ = ["Pronouns"]

_PERSONAL = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_NEUTER = frozenset(("it", "its", "itself"))
_PLURAL = frozenset(("they", "their", "them", "theirs", "themselves", "both"))
_FIRST = frozenset(("we", "our", "us", "ours", "i", "my", "me"))


class Pronouns:
    """Finds antecedents of pronouns for the resolver whose sentence it is."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.catalogue = resolver.catalogue
        self.words = resolver.words
        self.discourse = resolver.discourse

    def pronoun(self, token: Token) -> tuple[Mention, ...]:
        """The actors that a personal or possessive pronoun stands for."""
        word = token.text.lower()
        if token.tag == "PRP$":
            ahead = self._subject_ahead(token, word)
            if ahead:
                return tuple(self._anaphor(m.actor, m.state, token.start, token.end, "pronoun") for m in ahead)
        if word in _PERSONAL:
            official = self._official(token) if token.tag == "PRP$" else ()
            if official:
                return tuple(self._anaphor(m.actor, m.state, token.start, token.end, "pronoun") for m in official)
            said = self._titled_subject(token)
            if said is not None:
                return (self._anaphor(said.actor, said.state, token.start, token.end, "pronoun"),)
            seen = self._person_before(token)
            return (self._anaphor(seen.actor, seen.state, token.start, token.end, "pronoun"),) if seen else ()
        if word in _FIRST:
            discourse = self.discourse
            speaker = self._speaker_of(token)
            if speaker is not None:
                return (self._anaphor(speaker.state, speaker.state, token.start, token.end, "pronoun"),)
            if discourse.speaker_state is not None and self.resolver.tree is not None and self.resolver.tree.quoted:
                state = discourse.speaker_state
                return (self._anaphor(state, state, token.start, token.end, "pronoun"),)
            return ()
        if word in _NEUTER:
            found = self._subject_before(token, plural=False)
            return tuple(self._anaphor(m.actor, m.state, token.start, token.end, "pronoun") for m in found[:1])
        if word in _PLURAL:
            found = self._subject_before(token, plural=True)
            if found:
                return tuple(self._anaphor(m.actor, m.state, token.start, token.end, "pronoun") for m in found)
            head = token.head
            if word == "their" and head is not None and head.is_plural and head.lemma in ("country", "nation", "state"):
                pair = self.discourse.states_before(token.start, 2, window=1)
                if len(pair) == 2:
                    return tuple(self._anaphor(s.state, s.state, token.start, token.end, "pronoun") for s in pair)
            together = self.discourse.together_before() if word in ("their", "they") else ()
            if together:
                return tuple(self._anaphor(actor, actor, token.start, token.end, "pronoun") for actor in together)
            if word in ("they", "both"):
                seen_states = self.discourse.states_before(token.start, 2, window=1)
                return tuple(self._anaphor(s.state, s.state, token.start, token.end, "pronoun") for s in seen_states)
        return ()

    def each_other(self, token: Token) -> tuple[Mention, ...]:
        """Those who do it to each other: the subjects of the clause ("each other's territory")."""
        for above in token.above():
            if above.is_verb:
                subject = surface_subject(above, self.words)
                if subject is None or subject.i in self.resolver.busy:
                    return ()
                found = self.resolver.actors(subject)
                if len(found) < 2:
                    return ()
                start = min([c.start for c in token.children] + [token.start])
                return tuple(self._anaphor(m.actor, m.state, start, token.end, "pronoun") for m in found)
        return ()

    def _subject_ahead(self, token: Token, word: str) -> tuple[Mention, ...]:
        """ "In his talks with B, A said": a possessive in a phrase before the subject is the subject's."""
        for above in token.above():
            if above.is_verb:
                subject = above.kid("nsubj", "nsubjpass")
                if subject is None or subject.start < token.start or subject.i in self.resolver.busy:
                    return ()
                found = tuple(
                    m for part in conjuncts(subject) for m in (self.resolver.name(part) or self.resolver.one(part))
                )
                if word in _PERSONAL:
                    return found if len(found) == 1 and found[0].actor.kind == "person" else ()
                if word in _NEUTER:
                    return found if len(found) == 1 and found[0].actor.kind != "person" else ()
                return found if word in _PLURAL and len(found) > 1 else ()
            if above.dep in ("nsubj", "dobj", "appos", "relcl"):
                return ()
        return ()

    def _official(self, token: Token) -> tuple[Mention, ...]:
        """Whose official the sentence is about, by title alone: "the delegate of Peru said her government"."""
        for above in token.above():
            subject = above.kid("nsubj") if above.is_verb else None
            if subject is None or subject.start > token.start or subject.hits or subject.i in self.resolver.busy:
                continue
            if subject.is_plural or self.words.noun(subject.lemma, "person") is None:
                return ()
            found = self.resolver.actors(subject)
            return found if len(found) == 1 and found[0].actor.kind != "person" else ()
        return ()

    def _titled_subject(self, token: Token) -> Mention | None:
        """ "Kenya's president said his country": whom a subject above means that only his office names."""
        if token.dep in ("dobj", "dative", "pobj"):
            return None
        for above in token.above():
            subject = above.kid("nsubj") if above.is_verb and above.lemma in self.words.says else None
            if subject is None or subject.start > token.start or subject.hits or subject.i in self.resolver.busy:
                continue
            if subject.is_plural or self.words.noun(subject.lemma, "person") is None:
                return None
            found = self.resolver.one(subject)
            return found[0] if len(found) == 1 and found[0].actor.kind == "person" else None
        return None

    def _person_before(self, token: Token) -> Seen | None:
        possessive = token.tag == "PRP$"
        own = self._own_subject(token)
        return self.discourse.recent(token.start, "person", window=2 if not possessive else 3, skip=own)

    def _own_subject(self, token: Token) -> frozenset[str]:
        """An object pronoun never means the subject of its own clause ("Togo hosted him")."""
        verb = token.head if token.dep in ("dobj", "dative") else None
        if token.dep == "pobj" and token.head is not None and token.head.head is not None:
            verb = token.head.head
        if verb is None or not verb.is_verb or token.tag == "PRP$" or token.text.lower().endswith("self"):
            return frozenset()
        subject = surface_subject(verb, self.words)
        if subject is None or subject is token or subject.i in self.resolver.busy:
            return frozenset()
        return frozenset(m.actor.id for m in self.resolver.actors(subject))

    def _acts_on_another(self, subject: Token) -> bool:
        """Is an actor the object of this subject's verb? "A attacked B, and C condemned it": A, B, or the attack."""
        objects = subject.head.kids("dobj") if subject.head is not None else ()
        return any(self.resolver.actors(part) for part in objects if part.i not in self.resolver.busy)

    def _speaker_of(self, token: Token) -> Mention | None:
        """Who says the sentence in which a first person stands, where the sentence says it itself."""
        for above in token.above():
            if above.dep in ("ccomp", "parataxis") and above.head is not None and above.head.lemma in self.words.says:
                subject = above.head.kid("nsubj")
                if subject is not None and subject is not token:
                    found = self.resolver.one(subject)
                    return found[0] if found else None
        return None

    def _subject_before(self, token: Token, *, plural: bool) -> tuple[Mention, ...]:
        """What "it" or "they" stands for: the nearest subject before it in the sentence, else the last sentence's."""
        if not plural and (_is_empty(token) or _is_called(token)):
            return ()
        own = self._own_subject(token)
        if token.tag == "PRP$":
            blamed = self._blamed(token)
            if blamed:
                return self._fitting(blamed, plural, token)
        for above in token.above():
            for subject in above.kids("nsubj", "nsubjpass"):
                if subject.start < token.start and subject is not token and subject.i not in self.resolver.busy:
                    found = self._fitting(self.resolver.actors(subject), plural, subject)
                    if found and not own & {m.actor.id for m in found}:
                        return () if own and not plural and self._acts_on_another(subject) else found
        assert self.resolver.tree is not None
        for other in reversed(self.resolver.tree.tokens):
            if other.start < token.start and other.dep in ("nsubj", "nsubjpass") and other.i not in self.resolver.busy:
                found = self._fitting(self.resolver.actors(other), plural, other)
                if found and not own & {m.actor.id for m in found}:
                    return () if own and not plural and self._acts_on_another(other) else found
        if plural:
            return ()
        here = {
            s.state.id: s
            for s in self.discourse.seen
            if s.sentence == self.discourse.sentence and s.position < token.start and s.actor.kind != "person"
        }
        states = [s for s in here.values() if s.state.kind == "state"]
        if len(states) == 1 and token.tag == "PRP$":
            s = states[0]
            return (
                Mention(
                    start=token.start, end=token.end, text=token.text, actor=s.state, state=s.state, how="anaphora"
                ),
            )
        last = [
            s for s in self.discourse.seen if s.sentence == self.discourse.sentence - 1 and s.actor.kind != "person"
        ]
        subjects = [s for s in last if s.subject] or (last if len({s.state.id for s in last}) == 1 else [])
        alone = (
            len({s.state.id for s in last}) == 1 and not any(s.stance for s in last) and any(s.subject for s in last)
        )
        # As an object "it" is as often a deed: "A denounced the pact; B backed it".
        if subjects and (alone or token.tag == "PRP$" or token.dep in ("nsubj", "nsubjpass")):
            s = subjects[0]
            return (
                Mention(
                    start=token.start, end=token.end, text=token.text, actor=s.actor, state=s.state, how="anaphora"
                ),
            )
        return ()

    def _blamed(self, token: Token) -> tuple[Mention, ...]:
        """ "blamed Chad for its raids", "laid sanctions on Chad for its raids": his to whom it is done."""
        prep = next((a for a in token.above() if a.is_verb or a.dep == "prep"), None)
        if prep is None or prep.is_verb or prep.text.lower() not in ("for", "over", "of", "on", "about"):
            return ()  # "accused Chad of holding its envoy": the accuser's
        verb = next((a for a in prep.above() if a.is_verb), None)
        if verb is None:
            return ()
        done_to = None
        if verb.lemma in self.words.object_control and prep.head is verb:
            done_to = verb.kid("dobj")
        elif verb.lemma in self.words.laying and prep.text.lower() in ("for", "over"):
            laid = (p for part in (verb, *verb.kids("dobj")) for p in part.kids("prep") if p.start < prep.start)
            done_to = next((p.kid("pobj") for p in laid if p.text.lower() in ("on", "upon", "against")), None)
        if done_to is None or done_to.start > token.start or done_to.i in self.resolver.busy:
            return ()
        return self.resolver.actors(done_to)

    def _fitting(self, found: tuple[Mention, ...], plural: bool, subject: Token) -> tuple[Mention, ...]:
        if plural:
            several = len({m.state.id for m in found}) > 1
            crowd = subject.is_plural or any(m.actor.kind in ("armed group", "organisation") for m in found)
            return found if several or crowd else ()
        if len(found) != 1 or subject.kid("conj") is not None:
            return ()
        mention = found[0]
        return (mention,) if mention.actor.kind != "person" else ()

    def _anaphor(self, actor: Actor, state: Actor | None, start: int, end: int, kind: str = "phrase") -> Mention:
        return self.resolver.mention(
            actor, start, end, self.resolver.slice(start, end), "anaphora", CONFIDENCE[kind], state
        )


def _is_called(token: Token) -> bool:
    """Is it the "it" of "called it an error"?"""
    verb = token.head
    return (
        token.dep in ("nsubj", "dobj")
        and verb is not None
        and (verb.kid("oprd") is not None or (verb.dep == "ccomp" and not verb.is_verb))
    )


def _is_empty(token: Token) -> bool:
    """Is it the "it" of "it is important that …"?"""
    head = token.head
    return (
        head is not None
        and token.dep in ("nsubj", "nsubjpass")
        and (token.dep == "nsubjpass" or head.lemma in ("be", "seem", "appear", "remain", "become", "make"))
        and (head.kid("ccomp", "xcomp") is not None or (head.kid("acomp") is not None and not head.kid("attr")))
    ) or (head is not None and re.fullmatch(r"(?i)rain|snow", head.text) is not None)
