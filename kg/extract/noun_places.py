"""Places of trigger nouns: owners, prepositions, light verbs, those between whom, of whom a role is said.

It is not two modules because nouns and roles look in the same places, by the same chain of nouns.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.conditions import Conditions
from kg.extract.reach import LOOSE, NOBODY, OWNER, Place, unique
from kg.extract.syntax import conjuncts, deed_object, deed_subject, is_passive, objects_of, surface_subject
from kg.extract.tree import Token
from kg.model import Mention

__all__ = ["NounPlaces"]

_ON_A_VISIT = ("on", "during")
_LED = ("led", "spearheaded", "ordered", "imposed", "launched", "commanded")
_THE = ("the", "a", "an", "this", "that")
_FELT = frozenset(
    ("relief", "dismay", "delight", "fury", "anger", "annoyance", "alarm", "chagrin", "surprise", "satisfaction")
)
_HIS_OWN_ROLE = (
    "serve",
    "act",
    "emerge",
    "remain",
    "displace",
    "replace",
    "succeed",
    "overtake",
    "supplant",
    "surpass",
)
"""Verbs whose subject it is that the "as" after them describes ("replaced B as the largest investor")."""


class NounPlaces(Conditions):
    """Places of trigger nouns and roles. The class that fills frames gives `_places`, `_slot` and `_clause_subject`."""

    def _places(
        self, slots: Iterable[str], avoid: frozenset[str] | set[str] = frozenset(), skip: tuple[str, ...] = ()
    ) -> Place:
        raise NotImplementedError

    def _slot(self, slot: str) -> Place:
        raise NotImplementedError

    def _clause_subject(self, avoid: frozenset[str] = frozenset()) -> Place:
        raise NotImplementedError

    def _owner(self, deps: tuple[str, ...]) -> Place:
        found: list[Mention] = []
        certainty = 1.0
        for noun in self._noun_chain():
            for child in noun.kids(*deps):
                if child.joined in _LED:
                    found += self.resolver.name(child)  # "the US-led invasion"
                if child.i in self._taken or child.joined:
                    continue
                if child.dep == "poss":
                    place = self._reach(child)
                    found += place.mentions
                    certainty = min(certainty, place.certainty)
                else:
                    for part in conjuncts(child):
                        if part.hits:
                            found += self.resolver.name(part)
                        elif child.is_noun and part.dep in ("compound", "nmod"):
                            owners = self.resolver.owners(part)
                            found += [m for m in owners if part.lemma in self.words.nouns]
            if found:
                break
        return Place(unique(found), certainty)

    def _after(self, word: str) -> Place:
        """The noun phrase after a preposition of the trigger, of its carrier, or further down."""
        head = self.head
        aimed_at = word in ("on", "against") and self.trigger.part == "noun"
        if word not in self.tree.texts and not aimed_at:
            return NOBODY
        beside = self.tree.after(head)
        if head.is_noun and beside is not None and beside.text.lower() == word and beside.kid("pobj") is not None:
            place = self._reach(beside.kid("pobj"))  # type: ignore[arg-type]  # wherever the parser hung it
            if place.mentions:
                return place
        anchors: list[Token] = [head, *(t for t in self.found if t is not head and not t.tag.startswith("IN"))]
        if self.trigger.part in ("noun", "role"):
            anchors += [t for t in self._noun_chain() if t is not head]
            anchors += conjuncts(head)[1:]  # "an ally and benefactor of"
        if self.carrier is not None:
            anchors.append(self.carrier)
        elif self.trigger.part == "adjective" and head.dep == "prep" and head.head is not None:
            anchors.append(head.head)  # "have been at war in Yemen with"
        for anchor in anchors:
            for token in objects_of(anchor, (word,)):
                if token.i in self._taken or self._is_aside(token):
                    continue
                place = self._reach(token)
                if place.mentions:
                    return place
        if self.trigger.part == "verb" and self.head.kid("dobj") is not None:
            for token in objects_of(self.head.kid("dobj"), (word,)):  # type: ignore[arg-type]
                if token.i not in self._taken:
                    place = self._reach(token)
                    if place.mentions:
                        return place
        if aimed_at:
            for clause in (c for t in self._noun_chain() for c in t.kids("acl", "relcl")):
                if clause.lemma in ("target", "aim", "hit") and not is_passive(clause):
                    aimed = clause.kid("dobj") or next(iter(objects_of(clause, ("at",))), None)
                    place = self._reach(aimed) if aimed is not None else NOBODY
                    if place.mentions:
                        return place
        if word in ("with", "between", "on", "against", "to", "for"):
            return self._below(word)
        return NOBODY

    def _is_aside(self, token: Token) -> bool:
        """ "for its part", "to the relief of B": said in passing of who acts or looks on."""
        return (token.lemma == "part" and token.kid("poss") is not None) or token.lemma in _FELT

    def _below(self, word: str) -> Place:
        """A preposition that the parser hung on a later noun of the phrase ("talks on trade with Chad")."""
        first = self.head.i - self.tree.tokens[0].i + 1
        for seen, token in enumerate(self.tree.tokens[first:], 1):
            if token not in self.found and any(t.mutual for t in self.lexicon.get("noun", token.lemma)):
                break  # "boosts ties ahead of a meeting with": the meeting's
            if token.tag in ("VBD", "VBZ", "VBP", "MD", "WDT", "WP") or token.text in (";", "–", "—", "(") or seen > 12:
                break
            said = token.head is not None and token.head.text.lower() == "according"
            noun = token.kid("pobj") if token.text.lower() == word and token.dep in ("prep", "dative") else None
            if noun is not None and not said and not self._is_aside(noun):
                place = self._reach(noun)
                if place.mentions and self._is_below(token):
                    return Place(place.mentions, place.certainty * LOOSE)
        return NOBODY

    def _is_below(self, token: Token) -> bool:
        roots = {t.i for t in self.found} | ({self.carrier.i} if self.carrier is not None else set())
        return any(a.i in roots for a in token.above())

    def _light(self) -> Place:
        if self.carrier is None:
            return NOBODY
        if self.head.dep == "nsubj":
            return NOBODY
        token = deed_subject(self.carrier, self.words)
        if token is None:
            return NOBODY
        place = self._reach(token, strict=True)
        return place if place.mentions else self._author(token)

    def _author(self, token: Token) -> Place:
        """Who speaks by a document: "a UN report called for sanctions"."""
        if token.lemma not in self.words.documents or token.dep not in ("nsubj", "nsubjpass", "pobj"):
            return NOBODY
        return Place(self._reach(token).mentions, LOOSE)

    def _bearer(self) -> Place:
        """Whose a visit is that somebody is on: "the king, on a visit to Mali", "said during a visit to Mali"."""
        prep = self.head.head
        if self.head.dep != "pobj" or prep is None or prep.head is None or prep.text.lower() not in _ON_A_VISIT:
            return NOBODY
        if self.head.kid("poss") is not None:
            return NOBODY
        if prep.head.is_verb:
            return self._slot("clause")
        return Place(self._reach(prep.head, strict=True).mentions, LOOSE) if prep.text.lower() == "on" else NOBODY

    def _ties(self) -> tuple[Place, Place]:
        """The actors whose ties a verb or adjective describes."""
        token = self.head.head if self.head.dep in ("amod", "acl") else surface_subject(self._predicate(), self.words)
        if token is None or token.lemma not in self.lexicon.classes["tie"]:
            return NOBODY, NOBODY
        described, self.head = self.head, token
        self.carrier = self._carrier()
        found = self._mutual_noun()
        self.head = described
        return found

    def _predicate(self) -> Token:
        head = self.head
        return head.head if head.dep in ("acomp", "oprd", "attr") and head.head is not None else head

    def _mutual_noun(self) -> tuple[Place, Place]:
        """ "talks between A and B", "A's talks with B", "A–B talks", "A and B held talks"."""
        found: list[Mention] = []
        certainty = 1.0
        for slot in ("prep:between", "prep:among", "prep:amongst"):
            place = self._slot(slot)
            if len(place.mentions) > 1:
                return place, NOBODY
            found += place.mentions
        other = self._places(
            self.trigger.target if "prep:with" in self.trigger.target else ("prep:with", *self.trigger.target)
        )
        for slot in ("mod", "poss", "prep:of", "light", "prep:by", "prep:from", "bearer"):
            if slot == "bearer" and slot not in self.trigger.source:
                continue
            place = self._slot(slot)
            mentions = [m for m in place.mentions if m.state.id not in {o.state.id for o in other.mentions}]
            if slot == "mod" and len(mentions) == 1 and mentions[0].actor.kind in ("organisation", "bloc", "programme"):
                continue  # an "SCO summit" is where they meet, not who meets
            if slot == "mod" and self.trigger.frame.singular and self.head.is_plural:
                continue  # "the Chadian and Libyan borders" are two
            if slot == "light" and len(mentions) > 1 and not found and not other.mentions and self._is_apart():
                return NOBODY, NOBODY
            if mentions:
                found += mentions
                certainty *= place.certainty
                if len(unique(found)) > 1 or other.mentions:
                    break
        told = self._told_in()
        if not found and not other.mentions and len({m.state.id for m in told.mentions}) > 1:
            return told, NOBODY
        if not found and (self._slot("prep:with").mentions or self._slot("prep:against").mentions):
            place = self._clause_subject(frozenset(o.state.id for o in other.mentions))
            found, certainty = list(place.mentions), certainty * place.certainty
        if not found and not other.mentions and self.trigger.frame.relation == "consults":
            place = self._clause_subject()  # "in the talks, A and B discussed"
            if len({m.state.id for m in place.mentions}) > 1:
                found, certainty = list(place.mentions), place.certainty
        sources = Place(unique(found), certainty)
        return sources, other

    def _is_apart(self) -> bool:
        """Does the verb leave open whose it is that its subjects carry ("A and B brokered a truce")?"""
        return self.carrier is not None and self.carrier.lemma in self.words.apart

    def _told_in(self) -> Place:
        """Who spoke in them to whom: "told Greek officials during talks"."""
        prep = self.head.head
        verb = prep.head if prep is not None else None
        if self.head.dep != "pobj" or prep is None or verb is None or prep.text.lower() not in ("in", "during", "at"):
            return NOBODY
        direct = verb.kid("dobj")
        if not verb.is_verb or direct is None or verb.lemma not in self.words.says | {"urge", "ask", "assure", "thank"}:
            return NOBODY
        subject = deed_subject(verb, self.words)
        ends = [self._reach(t, strict=True).mentions for t in (subject, direct) if t is not None]
        return Place(unique(m for mentions in ends for m in mentions), LOOSE) if all(ends) else NOBODY

    def _said_of(self) -> Place:
        """What a role noun is said of: "X is an ally", "X, an ally of Y", "its ally X", "as an ally"."""
        head = self.head
        up = head.head
        named = [c for c in head.kids("appos") if c.hits or c.is_noun]
        for child in (*named, *self._some_of(head)):
            place = self._reach(child)
            if place.mentions:
                return place
        if up is not None:
            if head.dep == "attr" or (head.dep == "oprd" and up.is_verb):
                called = head.dep == "oprd" and not is_passive(up) and up.kid("dobj") is not None
                subject = up.kid("dobj") if called else surface_subject(up, self.words)
                return self._reach(subject, strict=True) if subject is not None else NOBODY
            if head.dep == "appos":
                return self._reach(up, strict=True)
            if head.dep in ("compound", "nmod", "amod") and up.start > head.start:
                return Place(self.resolver.name(up))
            if head.dep == "pobj" and up.text.lower() == "as" and up.head is not None:
                verb = up.head
                if verb.is_verb:
                    own = verb.lemma in _HIS_OWN_ROLE
                    token = surface_subject(verb, self.words) if own else deed_object(verb, self.words)
                    return self._reach(token, strict=True) if token is not None else NOBODY
                return self._reach(verb, strict=True)
            if head.dep == "conj" and (up.dep in ("attr", "appos", "pobj")):
                keep, self.head = self.head, up
                place = self._said_of()
                self.head = keep
                return place
            if head.dep == "ccomp" or head.dep == "ROOT" or head.kid("cop", "nsubj") is not None:
                subject = head.kid("nsubj")
                return self._reach(subject, strict=True) if subject is not None else NOBODY
        # "all-weather friend China": the parser may not see that the name belongs to the noun before it.
        after = self.tree.after(head)
        while after is not None and (after.text in ("-", "–", "—", "'", "’", '"', "”", ",")):
            dash = after.text in ("-", "–", "—")
            after = self.tree.after(after)
            if not dash and after is not None and not after.hits:
                return NOBODY
        if after is not None and after.hits and not after.joined and after.dep not in ("amod",):
            return Place(self.resolver.name(after), 0.95)
        if head.kid("poss") is not None:  # "its Eritrean allies"
            return Place(unique(m for c in head.kids("amod", "compound") for m in self.resolver.name(c)), OWNER)
        return NOBODY

    def _viewer(self) -> Place:
        """Whose friend or foe it is where nobody is named: who calls him so, or who acts ("backs ally Poland")."""
        head, verb = self.head, self.head.head
        if self.trigger.frame.relation not in ("allied_with", "rival_of") or verb is None:
            return NOBODY
        token: Token | None = None
        if head.dep == "pobj" and verb.text.lower() == "as" and verb.head is not None:
            verb = verb.head
            if verb.is_verb and not is_passive(verb) and verb.lemma not in _HIS_OWN_ROLE:
                token = deed_subject(verb, self.words)
        elif head.dep == "oprd" and verb.is_verb and not is_passive(verb):
            token = deed_subject(verb, self.words)
        elif (
            head.kid("poss", "prep") is None
            and not any(d.text.lower() in _THE for d in head.kids("det"))
            and (head.dep in ("compound", "nmod", "amod") or any(c.hits for c in head.kids("appos")))
        ):
            above = next((a for a in head.above() if a.is_verb), None)
            token = deed_subject(above, self.words) if above is not None else None
        return Place(self._reach(token, strict=True).mentions, LOOSE) if token is not None else NOBODY

    def _described(self) -> Place:
        """The noun that a compound or adjective describes: "the Iran-backed group"."""
        up = self.head.head
        if up is not None and any(f"-{self.head.joined} " in m.actor.name for m in self.resolver.one(up)):
            return NOBODY  # named by nothing but who stands behind it
        if self.head.joined and self.head.dep in ("amod", "compound", "nmod", "acl", "npadvmod") and up is not None:
            return self._reach(up)
        if self.head.dep == "amod" and up is not None:
            return self._reach(up)
        return NOBODY
