"""Where source and target of a trigger stand: the places that frames name, for verbs and adjectives.

It is not two modules because a place is found by falling back on others: an object on a clause, a subject on an author.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.anaphora import count_of
from kg.extract.clause_places import ClausePlaces
from kg.extract.frame_entry import Trigger
from kg.extract.lexicon import Lexicon
from kg.extract.matching import owner_of
from kg.extract.mentions import Resolver
from kg.extract.reach import LOOSE, NOBODY, OWNER, Place, unique
from kg.extract.syntax import deed_object, deed_subject, is_passive, of_noun, surface_subject
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.relations import ontology

__all__ = ["Places"]


class Places(ClausePlaces):
    """Finds the ends of one trigger."""

    def __init__(
        self,
        trigger: Trigger,
        found: tuple[Token, ...],
        tree: Tree,
        resolver: Resolver,
        words: Vocabulary,
        lexicon: Lexicon,
    ) -> None:
        super().__init__(trigger, found, tree, resolver, words, lexicon)
        self.carrier = self._carrier() if trigger.part in ("noun", "role") else None

    def ends(self, *, partly: bool = False) -> tuple[Place, Place]:
        """The actors at the source and at the target, none where no source is; `partly`: the targets even then."""
        if not self.holds:
            return NOBODY, NOBODY
        if self.trigger.source == ("ties",):
            return self._ties()
        if self.trigger.mutual and self.trigger.part == "noun":
            return self._mutual_noun()
        receiving = (
            self.trigger.part == "noun"
            and self.carrier is not None
            and self.carrier.lemma in self.words.receiving
            and not (
                self.carrier.lemma in self.words.light and self._places(self.trigger.target, skip=("light",)).mentions
            )
        )
        source_slots, target_slots = self.trigger.source, self.trigger.target
        if receiving:
            sources = self._places(tuple(s for s in source_slots if s != "light"))
            target = self._slot("light")
            return (sources, target) if sources.mentions and target.mentions else (NOBODY, NOBODY)
        sources = self._places(source_slots)
        if not sources.mentions and self.trigger.mutual and self.trigger.part == "role" and self.head.is_plural:
            determiner = self.head.kid("det")
            structural = self.trigger.frame.relation == "borders"
            if (
                not structural
                and determiner is not None
                and (
                    determiner.text.lower() in ("both", "these")
                    or (
                        determiner.text.lower() == "the"
                        and (
                            count_of(self.head) or (self.head.kid("amod") and self.head.lemma in self.words.unnumbered)
                        )
                    )
                )
                and not self.resolver.owners(self.head)
            ):
                return Place(self.resolver.pair(self.head)), NOBODY
        if not sources.mentions and not partly:
            return NOBODY, NOBODY
        used = {m.actor.id for m in sources.mentions}
        hurt = self._own_of_speaker(sources) if self.trigger.part == "verb" else NOBODY
        if hurt.mentions:
            return sources, hurt
        several = self.trigger.mutual and len({m.state.id for m in sources.mentions}) > 1
        stranger = self.trigger.part == "verb" and self.trigger.mutual and self.head.kid("dobj") is not None
        venue = ("prep:in", "prep:to") if several or stranger else ()  # they met in a capital, not with it
        targets = self._places(target_slots, avoid=used, skip=venue)
        if self.trigger.part == "role" and sources.mentions and not targets.mentions:
            viewer = self._viewer()
            return sources, Place(tuple(m for m in viewer.mentions if m.actor.id not in used), viewer.certainty)
        return sources, targets

    def _places(
        self, slots: Iterable[str], avoid: frozenset[str] | set[str] = frozenset(), skip: tuple[str, ...] = ()
    ) -> Place:
        for slot in slots:
            if slot in skip:
                continue
            place = self._slot(slot)
            mentions = tuple(m for m in place.mentions if m.actor.id not in avoid)
            if mentions:
                return Place(mentions, place.certainty)
        return NOBODY

    def _slot(self, slot: str) -> Place:
        head = self.head
        if slot.startswith("prep:"):
            return self._after(slot[5:])
        if slot == "subj":
            return self._subject()
        if slot == "obj":
            return self._object()
        if slot == "iobj" and self.carrier is not None:
            given = self.carrier.kid("dative")  # "promised Jordan help"
            return self._reach(given) if given is not None and given.tag not in ("IN", "TO") else NOBODY
        if slot == "iobj":
            if is_passive(head):
                return self._first([surface_subject(head, self.words)]) if head.kid("dobj") is not None else NOBODY
            token = head.kid("dative")
            token = token.kid("pobj") if token is not None and token.tag in ("IN", "TO") else token
            return self._reach(token) if token is not None else NOBODY
        if slot == "poss":
            return self._owner(("poss",))
        if slot == "mod":
            if head.joined:
                return Place(self.resolver.name(head))
            return self._owner(("amod", "compound", "nmod", "npadvmod"))
        if slot == "light":
            return self._light()
        if slot == "is":
            return self._said_of()
        if slot == "head":
            return self._described()
        if slot == "comp":
            return self._clause()
        if slot in ("compobj", "compwith"):
            return self._inner(slot)
        if slot == "clause":
            return self._clause_subject()
        if slot == "patient":
            return self._first([deed_object(head, self.words)])
        if slot == "under":
            return self._under()
        if slot == "amid":
            prep = head.head
            word = prep.text.lower() if prep is not None else ""
            under = word in _AMID or (word == "over" and self.trigger.frame.relation == "opposes")
            return self._clause_subject() if under else NOBODY
        if slot == "beneficiary":
            return self._beneficiary()
        if slot == "whose":
            return Place(unique(m for t in self.found[1:] for m in self.resolver.owners(t)), OWNER)
        if slot == "land":
            return self._land()
        if slot == "bearer":
            return self._bearer()
        if slot == "hurt":
            return self._hurt()
        if slot == "inside":
            return self._first_inside(self.found[-1].kids("xcomp", "ccomp", "acl") or self.found[-1:])
        if slot == "purpose":
            verb = self.carrier or head
            anchors = [t for t in (verb, verb.kid("dobj")) if t is not None]
            clauses = [c for t in anchors for c in t.kids("advcl", "acl", "relcl", "xcomp") if c.tag == "VB"]
            return self._first_inside(clauses)
        return NOBODY

    def _subject(self) -> Place:
        head = self.head
        if self.trigger.part == "adjective" and not head.is_verb:
            verb = head.head
            if head.dep in ("acomp", "oprd", "attr") and verb is not None:
                token = surface_subject(verb, self.words)
            elif head.dep == "amod":
                token = head.head
            elif head.dep in ("prep", "advmod") and verb is not None and verb.lemma in ("be", "remain"):
                token = surface_subject(verb, self.words)  # "are at war"
            elif head.dep in ("conj",) and verb is not None and verb.dep == "acomp" and verb.head is not None:
                token = surface_subject(verb.head, self.words)
            else:
                token = head.kid("nsubj") or (head.head if head.dep in ("acl", "relcl", "appos") else None)
        elif self.trigger.part == "adjective":
            token = surface_subject(head, self.words)
        elif head.tag.startswith("JJ") and head.dep == "amod":
            token = None
        else:
            token = deed_subject(head, self.words)
        if token is None:
            return NOBODY
        place = self._reach(token)
        by_words = self.trigger.frame.relation in _BY_WORDS and head.dep not in ("acl", "relcl")
        if by_words and not self.resolver.actors(token):
            written = self._author(token)
            if written.mentions:
                return written
        if not place.mentions and head.dep in ("acl", "relcl", "amod") and token.lemma in self.words.documents:
            author = of_noun(token, self.words)  # "a report accusing", "a bill that would bar"
            if author is not None and author is not token and self._is_made(token, author):
                return Place(self._reach(author, strict=True).mentions, LOOSE)
        if place.mentions and place.certainty < 1 and not self.resolver.actors(token):
            # An act needs an actor or a deed: "Iran's economy attacked" is nobody's act, "its jets' raid killed" is.
            return place if self._is_deed(token) and self.trigger.frame.relation in _BY_DEEDS else NOBODY
        return place

    def _is_made(self, document: Token, author: Token) -> bool:
        """Is it the author's, or does he make it? "A signed a letter accusing B" is his, "A vetoed" one is not."""
        while document.dep == "conj" and document.head is not None:
            document = document.head
        governor = document.head
        if author in document.subtree() or governor is None:
            return True
        if document.dep == "pobj" and governor.head is not None:
            return f"{governor.head.lemma} {governor.text.lower()}" in self.words.makes
        return governor.lemma in self.words.makes

    def _object(self) -> Place:
        last = self.found[-1]
        head = self.head
        if len(self.found) > 1 and last is not head:
            if self.trigger.words[-1] == "of" and last.text.lower() != "of":
                return self._first([owner_of(last, self.lexicon)])
            if last.kid("pobj") is not None:
                return self._all_after(last)
            if last.tag in ("IN", "TO", "RP") or last.dep in ("prep", "prt"):
                if last.kid("pcomp") is not None:
                    return self._clause_of(last.kid("pcomp"))
                if is_passive(head):
                    return self._first([surface_subject(head, self.words)])
                token = head.kid("dobj")
                return self._first([token]) if token is not None and token is not last else self._gap()
            if self.trigger.part != "verb":
                return NOBODY
        if self.trigger.part == "adjective":
            return NOBODY
        if head.tag.startswith("JJ") and head.dep == "amod":
            return self._first([head.head])
        if self._is_of_the_clause():
            return self._of_the_clause()
        token = deed_object(head, self.words)
        if token is not None and token.i not in self._taken:
            place = self._reach(token, strict=not self.trigger.frame.deed)
            if place.mentions:
                return place
            if self.trigger.frame.relation == "attacks" and not token.hits and token.is_noun:
                place = self._beside(token)
                if place.mentions:
                    return place
        if self.trigger.frame.clause:
            return self._clause()
        return NOBODY

    def _all_after(self, prep: Token) -> Place:
        """What follows a preposition of the trigger, and the same one again ("met with A and later with B")."""
        again = [p for p in prep.head.kids("prep") if p.lemma == prep.lemma] if prep.head is not None else []
        found = [self._reach(t, strict=not self.trigger.frame.deed) for p in again or [prep] for t in p.kids("pobj")]
        mentions = unique(m for place in found for m in place.mentions)
        return Place(mentions, min((place.certainty for place in found if place.mentions), default=1.0))

    def _is_of_the_clause(self) -> bool:
        """ "A struck B, which C condemned": what is condemned is the strike, unless B is what the sentence is about."""
        own, above = self.head.kid("dobj"), self.head.head
        if (
            not ontology()[self.trigger.frame.relation].stance
            or self.head.dep != "relcl"
            or own is None
            or above is None
        ):
            return False
        apart = any(t.text == "," and t.end + 1 == own.start for t in self.tree.tokens)
        return apart and own.text.lower() == "which" and above.dep not in ("nsubj", "nsubjpass")

    def _of_the_clause(self) -> Place:
        """Who did the violence or harm that "which" means, once it is read."""
        told = [deed for deed in self.resolver.told or () if deed.position < self.head.start and deed.relation in _DONE]
        if not told:
            return NOBODY
        last = max(told, key=lambda deed: deed.position)
        which = self.head.kid("dobj")
        assert which is not None
        return Place((self.resolver.pointed_at(last.source, which.start, which.end),), OWNER)


_DONE = ("attacks", "coerces", "sanctions", "mobilizes_against")
"""Deeds that "which" is sure to mean: of others it may be the actor before it ("supports NATO, which C opposes")."""
_AMID = ("amid", "amidst", "despite", "after", "following", "under")
_BY_DEEDS = frozenset(
    ("attacks", "coerces", "threatens", "opposes", "mobilizes_against", "criticizes", "accuses", "rejects")
)
"""Relations whose source may be a deed or statement of the actor ("its raid killed", "its report accused")."""
_BY_WORDS = frozenset(("appeals_to", "praises", "supports", "accuses", "criticizes", "rejects", "threatens", "opposes"))
"""Relations that a document can state for its author ("a UN report urged Chad to")."""
