"""Places of a trigger that lie in other clauses than its own: complements, purposes, circumstances, who says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from kg.extract.noun_places import NounPlaces
from kg.extract.reach import LOOSE, NOBODY, OWNER, Place, unique
from kg.extract.syntax import called_noun, deed_object, is_passive, objects_of, surface_subject
from kg.extract.tree import Token

__all__ = ["ClausePlaces"]

_AT = ("in", "near", "inside", "outside", "on")
_INSIDE = ("to", "from", "with", "for", "in", "of", "between")
_ADJUNCT = frozenset(
    (
        "after",
        "during",
        "before",
        "following",
        "amid",
        "under",
        "in",
        "on",
        "at",
        "since",
        "despite",
        "of",
        "amidst",
        "with",
        "for",
    )
)
"""Prepositions by which a deed is the circumstance of what the clause's subject does."""

_HURTING = frozenset(("kill", "wound", "injure", "hurt", "die", "perish", "fall", "slay", "massacre", "maim"))


class ClausePlaces(NounPlaces):
    """Finds ends beyond the clause. The class that fills frames gives `_slot` and `_places`."""

    def _beside(self, thing: Token) -> Place:
        """In whose land a thing is, where the parser hung that on the verb ("bombed two farms in Mali")."""
        last = max(t.i for t in thing.subtree())
        around = [p for t in self.head.kids("advmod") if t.i == last + 1 for p in t.kids("prep")]  # "elsewhere in Chad"
        for prep in (*around, *self.head.kids("prep")):
            if (prep.i == last + 1 or prep in around) and prep.text.lower() in _AT:
                found = [m for t in prep.kids("pobj") for m in self.resolver.actors(t) or self.resolver.owners(t)]
                return Place(unique(m for m in found if m.state.kind in ("state", "territory")), OWNER * LOOSE)
        return NOBODY

    def _gap(self) -> Place:
        """ "the country that it relies on": the object of a stranded preposition."""
        verb = self.head
        if verb.dep == "relcl" and verb.head is not None and verb.kid("nsubj") is not None:
            return self._first([verb.head])
        return NOBODY

    def _clause(self) -> Place:
        for verb in (self.head, *(self.found[1:])):
            clauses = verb.kids("ccomp", "pcomp", "xcomp", *(("acl", "relcl") if verb.is_noun else ()))
            clauses += [c for c in verb.kids("advcl") if any(m.text.lower() == "for" for m in c.kids("mark"))]
            for child in clauses:
                place = self._clause_of(child)
                if place.mentions:
                    return place
            for prep in verb.kids("prep"):
                inner = prep.kid("pcomp")
                if inner is not None:
                    place = self._clause_of(inner)
                    if place.mentions:
                        return place
        return NOBODY

    def _under(self) -> Place:
        above = self.head.head
        if self.head.dep == "pobj" and above is not None and above.text.lower() == "under" and above.head is not None:
            noun = above.head if not above.head.is_verb else surface_subject(above.head, self.words)
            return self._reach(noun) if noun is not None else NOBODY
        return NOBODY

    def _inner(self, slot: str) -> Place:
        """The object of the clause that the trigger governs ("threatened to bomb X"), or whom it is done with."""
        for child in self.head.kids("xcomp", "ccomp"):
            if slot == "compobj":
                token = deed_object(child, self.words)
                place = self._reach(token, strict=True) if token is not None else NOBODY
                if place.mentions:
                    return place
                continue
            for anchor in (child, child.kid("dobj")):
                for token in objects_of(anchor, ("with", "to", "for")) if anchor is not None else []:
                    place = self._reach(token, strict=True)
                    if place.mentions:
                        return place
        return NOBODY

    def _own_of_speaker(self, sources: Place) -> Place:
        """ "Armenia said that Azerbaijan shelled its villages": nobody does so to himself, they are who says so's."""
        if self.trigger.frame.relation not in ("attacks", "coerces", "mobilizes_against") or self.head.dep != "ccomp":
            return NOBODY
        verb, direct = self.head.head, deed_object(self.head, self.words)
        owner = direct.kid("poss") if direct is not None else None
        if verb is None or owner is None or owner.tag != "PRP$" or verb.lemma not in self.words.says:
            return NOBODY
        speaker = verb.kid("nsubj")
        own = {m.state.id for m in self.resolver.actors(owner)}
        if speaker is None or not own <= {m.state.id for m in sources.mentions}:
            return NOBODY
        said = self._reach(speaker, strict=True)
        return Place(tuple(m for m in said.mentions if m.state.id not in own), OWNER) if own else NOBODY

    def _beneficiary(self) -> Place:
        """Who has what is given: "with the backing of B, A acted", "A thanked B for its help"."""
        prep = self.head.head
        above = prep.head if prep is not None else None
        if self.head.dep != "pobj" or prep is None or above is None:
            return NOBODY
        word = prep.text.lower()
        if word == "with" or (word == "for" and above.lemma in ("thank", "grateful", "thankful")):
            verb = above if above.is_verb else next((a for a in above.above() if a.is_verb), above)
            token = surface_subject(verb, self.words) if not above.hits else above
            return Place(self._reach(token, strict=True).mentions, OWNER) if token is not None else NOBODY
        return NOBODY

    def _land(self) -> Place:
        """Where something is done that only those in power there do: "was jailed in Dubai", "expelled from Eritrea"."""
        if not is_passive(self.head) or any(p.text.lower() == "by" for p in self.head.kids("agent", "prep")):
            return NOBODY
        found = [m for t in objects_of(self.head, ("in", "from")) for m in self.resolver.actors(t)]
        sure = [dataclasses.replace(m, confidence=max(m.confidence, 0.75)) for m in found if m.state.kind == "state"]
        return Place(unique(sure), LOOSE)

    def _first_inside(self, clauses: Iterable[Token]) -> Place:
        """The first actor that is object of a clause or stands after one of its prepositions."""
        for clause in clauses:
            direct = clause.kid("dobj")
            tokens = [t for t in (clause.kid("dative"), direct) if t is not None]
            for anchor in (clause, direct):
                tokens += objects_of(anchor, _INSIDE) if anchor is not None else []
            place = self._first(tokens)
            if place.mentions:
                return Place(place.mentions, place.certainty * LOOSE)
        return NOBODY

    def _hurt(self) -> Place:
        """Who is killed or hurt in a deed that a noun names: "six Malians died in an ambush by B"."""
        prep = self.head.head
        verb = prep.head if prep is not None and prep.text.lower() in ("in", "during", "by") else None
        if verb is None or verb.lemma not in _HURTING or self.head.dep != "pobj":
            return NOBODY
        passive = is_passive(verb) or verb.lemma in ("die", "perish", "fall")
        token = surface_subject(verb, self.words) if passive else verb.kid("dobj")
        return Place(self._reach(token).mentions, LOOSE) if token is not None else NOBODY

    def _clause_subject(self, avoid: frozenset[str] = frozenset()) -> Place:
        """Who acts in the clause that the noun stands in: "amid tensions with B, A signed"."""
        below: Token = self.head
        if below.dep != "pobj" or below.head is None or below.head.text.lower() not in _ADJUNCT:
            return NOBODY  # "opposes a war with B" is not at war
        for above in self.head.above():
            if above.is_verb:
                if below.dep not in ("prep", "advmod", "npadvmod", "dobj", "pobj", "agent", "ccomp", "advcl"):
                    return NOBODY
                token = surface_subject(above, self.words)
                mentions = self._reach(token, strict=True).mentions if token is not None else ()
                if mentions and not {m.state.id for m in mentions} & avoid:
                    return Place(mentions, OWNER)
                if not mentions:
                    return NOBODY
            elif above.hits or above.dep in ("nsubj", "nsubjpass", "appos", "relcl", "conj"):
                return NOBODY
            below = above
        return NOBODY

    def _clause_of(self, verb: Token | None) -> Place:
        if verb is None:
            return NOBODY
        called = called_noun(verb)
        if called is not None:
            return self._reach(called)
        subject = verb.kid("nsubj", "nsubjpass") or verb.kid("agent")
        if subject is None:
            return NOBODY
        if subject.dep == "agent":
            subject = subject.kid("pobj") or subject
        place = self._reach(subject)
        return Place(place.mentions, place.certainty * OWNER)
