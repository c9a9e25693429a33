"""Noun phrase -> the actors it stands for: by name, title, what the document taught, or anaphora.

This is longer than one module of the project usually is because the cases call each other: the owner of a title may be
a pronoun, whose antecedent may be a title.
"""

from __future__ import annotations

import dataclasses
import re

from kg.actors.catalogue import Catalogue, NameHit
from kg.actors.schema import slug
from kg.extract.discourse import Discourse, Seen
from kg.extract.syntax import conjuncts, surface_subject
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Noun, Vocabulary
from kg.model import Actor, How, Mention, Sector

__all__ = ["CONFIDENCE", "Resolver"]

CONFIDENCE: dict[str, float] = {
    "name": 1.0,
    "demonym": 0.95,
    "seat": 0.95,
    "place": 0.7,
    "surname": 0.9,
    "title": 0.92,
    "body": 0.95,
    "people": 0.75,
    "learned": 0.9,
    "unknown": 0.6,
    "pronoun": 0.75,
    "phrase": 0.75,
}
"""How sure a mention is by what resolved it."""

_PERSONAL = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_NEUTER = frozenset(("it", "its", "itself"))
_PLURAL = frozenset(("they", "their", "them", "theirs", "themselves", "both"))
_FIRST = frozenset(("we", "our", "us", "ours", "i", "my", "me"))
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3}
_NEIGHBOURS = ("neighbor", "neighbour", "rival", "foe", "ally")


class Resolver:
    """Resolves the noun phrases of one sentence after the other."""

    def __init__(self, catalogue: Catalogue, words: Vocabulary, discourse: Discourse) -> None:
        self.catalogue = catalogue
        self.words = words
        self.discourse = discourse
        self.tree: Tree | None = None
        self._memo: dict[int, tuple[Mention, ...]] = {}
        self._busy: set[int] = set()

    # --- one sentence ---------------------------------------------------------------------------------------------

    def enter(self, tree: Tree) -> None:
        """Begin a sentence."""
        self.tree = tree
        self._memo.clear()
        self.discourse.sentence += 1

    def look(self) -> None:
        """Resolve the names of the sentence, once its titles are learned: anaphora in it can look back at them."""
        assert self.tree is not None
        tree = self.tree
        self._memo.clear()
        seen: list[Seen] = []
        for token in tree.tokens:
            found = self._name(token)
            if found and not self._is_place(token):
                subject = _is_subject(token)
                together = len(conjuncts(token)) > 1 or token.dep == "conj" or len(found) > 1
                seen += [Seen(m.actor, m.state, self.discourse.sentence, token.start, subject, together) for m in found]
        self.discourse.remember(seen)

    def mentions(self) -> list[Mention]:
        """All mentions of the sentence, anaphora included, in text order, each once."""
        assert self.tree is not None
        found: dict[tuple[int, int, str], Mention] = {}
        for token in self.tree.tokens:
            for mention in self._one(token):
                found.setdefault((mention.start, mention.end, mention.actor.id), mention)
            if token.hits and not self._memo.get(token.i):
                for mention in self._name(token):
                    found.setdefault((mention.start, mention.end, mention.actor.id), mention)
        return sorted(found.values(), key=lambda m: (m.start, m.end, m.actor.id))

    # --- noun phrases ---------------------------------------------------------------------------------------------

    def actors(self, token: Token) -> tuple[Mention, ...]:
        """The actors that a noun phrase stands for, coordinated ones included, each once."""
        found: dict[str, Mention] = {}
        for part in conjuncts(token):
            for mention in self._one(part):
                found.setdefault(mention.actor.id, mention)
        return tuple(found.values())

    def owners(self, token: Token, *, of: bool = True) -> tuple[Mention, ...]:
        """Whose something is: possessor, demonym or name before the noun, "of" after it, coordinated ones included.

        Without `of` only what stands before the noun counts: "the murder of X" is not X's deed.
        """
        found: dict[str, Mention] = {}
        possessor = token.kid("poss")
        owner = self.actors(possessor) if possessor is not None else ()
        if owner:  # "India's U.N. delegation" is India's
            return owner
        for child in token.children:
            if child.dep == "poss":
                continue
            if child.dep in ("amod", "compound", "nmod", "npadvmod", "nummod") and child.hits and not child.joined:
                parts = tuple(m for c in conjuncts(child) for m in self._name(c))
            elif child.joined in ("led", "run", "controlled", "ruled") and child.dep in ("amod", "compound", "nmod"):
                parts = self._name(child)
            elif child.dep in ("compound", "nmod") and child.tag == "NNP" and not child.title and token.lemma in self.words.nouns:
                parts = tuple(m for m in self._unlisted(child) if m.state.id != m.actor.id or m.actor.kind == "state")
            elif child.dep in ("compound", "nmod") and child.tag.startswith("NN") and not child.hits:
                parts = self.owners(child)  # "Bush administration officials", "the Iranian Grace tanker"
            elif of and child.dep == "prep" and child.text.lower() in ("of", "from") and child.kid("pobj") is not None:
                parts = self.actors(child.kid("pobj"))  # type: ignore[arg-type]
            elif child.dep == "prep" and child.text.lower() == "in" and token.lemma in self.words.local and child.kid("pobj") is not None:
                inner = child.kid("pobj")
                parts = self.actors(inner) or self.owners(inner)  # type: ignore[arg-type]
            else:
                continue
            for mention in parts:
                found.setdefault(mention.actor.id, mention)
        beside = self.tree.after(token) if self.tree is not None else None
        if of and not found and beside is not None and beside.text.lower() in ("from", "of") and beside.kid("pobj") is not None:
            return self.actors(beside.kid("pobj"))  # type: ignore[arg-type]  # wherever the parser hung it
        return tuple(found.values())

    def _one(self, token: Token) -> tuple[Mention, ...]:
        if token.i in self._memo:
            return self._memo[token.i]
        if token.i in self._busy:
            return ()
        self._busy.add(token.i)
        found = self._resolve(token)
        self._busy.discard(token.i)
        self._memo[token.i] = found
        return found

    def _resolve(self, token: Token) -> tuple[Mention, ...]:
        if token.hits and not token.joined:
            return self._name(token)
        if token.tag.startswith("PRP") or token.text.lower() in ("both",) and token.dep in ("nsubj", "dobj", "pobj", "nsubjpass"):
            return self._pronoun(token)
        if token.is_noun or token.title:
            return self._noun(token)
        named = token.kid("appos")
        if named is not None and named.hits and token.lemma in _RELATIONAL:  # "counterpart" is tagged an adjective
            return tuple(m for part in conjuncts(named) for m in self._name(part))
        if token.text.lower() in ("former", "latter") and token.kid("det") is not None and token.dep in _NOMINAL:
            pair = self._plural(token, 2)
            return pair[:1] if token.text.lower() == "former" else pair[1:2]
        if token.tag == "CD" and token.text.lower() in _COUNTS and token.kid("det") is not None and token.dep in _NOMINAL:
            return self._plural(token, _COUNTS[token.text.lower()])
        return ()

    def actors_of_name(self, token: Token) -> tuple[Mention, ...]:
        """The actors that the token names, without looking at what stands beside it."""
        return self._name(token)

    # --- names ----------------------------------------------------------------------------------------------------

    def _name(self, token: Token) -> tuple[Mention, ...]:
        if token.hits:
            if token.joined == "non":
                return ()
            return tuple(m for hit in token.hits if (m := self._hit(hit, token)) is not None)
        if token.tag.startswith("NNP"):
            return self._unlisted(token)
        return ()

    def _hit(self, hit: NameHit, token: Token) -> Mention | None:
        chosen = self._meaning(hit)
        if chosen is None:
            return None
        actor_id, sort = chosen
        offset = token.text.find(hit.text)
        start = token.start + max(0, offset)
        actor = self.catalogue.actor(actor_id)
        if actor.kind == "person":
            self._learn_person(actor, hit.text)
        return self._mention(actor, start, start + len(hit.text), hit.text, "name", CONFIDENCE[sort])

    def _meaning(self, hit: NameHit) -> tuple[str, str] | None:
        if len(hit.meanings) < 2:
            return hit.meanings[0] if hit.meanings else None
        day = self.discourse.day
        in_office = [m for m in hit.meanings if self.catalogue.offices(m[0], day)]
        if len(in_office) == 1:
            return in_office[0]
        known = [m for m in hit.meanings if self.catalogue.state(m[0], day).id in self.discourse.named]
        if len(known) == 1:
            return known[0]
        ranked = sorted(hit.meanings, key=lambda m: ("name", "seat", "demonym", "place").index(m[1]))
        return ranked[0] if ranked[0][1] != ranked[1][1] else None

    def _is_place(self, token: Token) -> bool:
        return bool(token.hits) and all(m[1] == "place" for hit in token.hits for m in hit.meanings)

    def is_place(self, mention: Mention) -> bool:
        """Is the mention only a place inside its state: able to be struck or visited, not to act?"""
        return mention.confidence == CONFIDENCE["place"]

    def _mention(self, actor: Actor, start: int, end: int, text: str, how: How, confidence: float, state: Actor | None = None) -> Mention:
        if state is None:
            state = self.discourse.learned_state.get(actor.id)
        if state is None and actor.id in self.catalogue and actor.id not in self.discourse.former:
            state = self.catalogue.state(actor.id, self.discourse.day)
        return Mention(start=start, end=end, text=text, actor=actor, state=state or actor, how=how, confidence=confidence)

    def _learn_person(self, actor: Actor, name: str) -> None:
        people = self.discourse.people
        people[name] = actor
        for surname in (name.split()[-1], *self.catalogue.surnames_of(actor.id)):
            people[surname] = actor

    def _unlisted(self, token: Token) -> tuple[Mention, ...]:
        """A name that is not in the catalogue: a surname in office, somebody named in full before, or a stranger."""
        if token.dep == "compound" and token.head is not None and token.head.tag.startswith("NNP") and not token.head.title:
            if token.head.i == token.i + 1 and token.head.lemma not in self.words.nouns:
                return ()  # part of a longer name
        parts = self._name_span(token)
        text = self._slice(parts[0], parts[-1])
        known = self.discourse.people.get(text) or (self.discourse.people.get(parts[-1].text) if len(parts) == 1 else None)
        if known is not None:
            return (self._mention(known, parts[0].start, parts[-1].end, text, "learned", CONFIDENCE["surname"]),)
        label = parts[-1].ent[2:]
        if len(parts) == 1 and label not in ("ORG", "DATE", "FAC", "EVENT", "PRODUCT", "LAW") and token.text not in _MONTHS:
            bearers = self.catalogue.surname(token.text, self.discourse.day)
            at_home = [b for b in bearers if self.catalogue.state(b, self.discourse.day).id in self.discourse.named]
            only = self.catalogue.only_bearer(token.text, self.discourse.day) if not at_home else None
            if len(at_home) == 1 or only is not None:
                actor = self.catalogue.actor(only or at_home[0])
                if actor.kind == "person":
                    self.discourse.people[token.text] = actor
                return (self._mention(actor, token.start, token.end, token.text, "name", CONFIDENCE["surname"]),)
            states = {self.catalogue.state(b, self.discourse.day) for b in at_home}
            if len(states) == 1 and (state := states.pop()).kind == "state":  # whichever Bush it is, it is the United States
                return (self._mention(state, token.start, token.end, token.text, "name", CONFIDENCE["surname"]),)
        organisation = self.discourse.organisations.get(text)
        if organisation is not None:
            return (self._mention(organisation, parts[0].start, parts[-1].end, text, "learned", CONFIDENCE["unknown"]),)
        if token is not parts[-1] or any(p.text.lower().strip(".") in self.words.noise for p in parts) or any(c.isdigit() for c in text):
            return ()
        titled = self.tree is not None and (before := self.tree.before(parts[0])) is not None and bool(before.title or self.words.noun(before.lemma, "person"))
        if (label == "PERSON" or (titled and label not in ("ORG", "GPE"))) and len(parts) > 1 and text[0].isupper() and parts[-1].text[:1].isupper() and not text.isupper():
            if not slug(text):
                return ()
            respelt = self.catalogue.respelt(text, self.discourse.day)
            if respelt is not None:
                actor = self.catalogue.actor(respelt)
                self._learn_person(actor, text)
                return (self._mention(actor, parts[0].start, parts[-1].end, text, "name", CONFIDENCE["surname"]),)
            actor = Actor(f"person.{slug(text)}", text, "person")
            self.discourse.people[text] = self.discourse.people[parts[-1].text] = actor
            return (self._mention(actor, parts[0].start, parts[-1].end, text, "name", CONFIDENCE["unknown"]),)
        shouted = self.tree is not None and self.tree.text.isupper()
        if label == "ORG" and not shouted and (len(parts) > 1 or (text.isupper() and len(text) > 2)) and text[0].isupper() and slug(text):
            actor = Actor(f"org.{slug(text)}", text, "organisation")
            self.discourse.organisations[text] = actor
            return (self._mention(actor, parts[0].start, parts[-1].end, text, "name", CONFIDENCE["unknown"]),)
        return ()

    def _name_span(self, token: Token) -> list[Token]:
        """The words of the name that ends at the token: entity words, or capitalised compounds beside it."""
        assert self.tree is not None
        tokens = self.tree.tokens
        index = token.i - tokens[0].i
        first = index
        while first > 0:
            left = tokens[first - 1]
            if left.hits or left.title or not left.text[:1].isupper() or not left.tag.startswith("NNP"):
                break
            if left.text.lower().strip(".") in self.words.honorifics:
                break
            first -= 1
        return tokens[first : index + 1]

    def _slice(self, first: Token, last: Token) -> str:
        assert self.tree is not None
        return self.tree.text[first.start - self.tree.start : last.end - self.tree.start]

    # --- common nouns ---------------------------------------------------------------------------------------------

    def _noun(self, token: Token) -> tuple[Mention, ...]:
        lemma = token.lemma
        count = _count(token)
        entry = self._noun_entry(lemma)
        if lemma in self.words.partitive:
            for prep in token.kids("prep"):
                if prep.text.lower() == "of" and prep.kid("pobj") is not None:
                    return self.actors(prep.kid("pobj"))  # type: ignore[arg-type]
        apposed = token.kid("appos")
        if apposed is not None and apposed.start > token.start and (entry or lemma in self.words.plural or not token.tag.startswith("NNP")):
            names = tuple(m for part in conjuncts(apposed) for m in self._name(part))
            if names and (entry is not None or lemma in _RELATIONAL):
                return names
        if token.tag.startswith("NNP") and entry is None and not (token.text in ("North", "South") and token.kid("det")):
            return self._unlisted(token)
        if token.text in ("North", "South") and token.kid("det") is not None:
            return self._half(token)
        if entry is None and not (count and lemma in self.words.plural):
            return ()
        if _is_title_of_name(token):
            return ()
        owners = self.owners(token)
        if owners and not (count and all(o.actor.kind == "person" for o in owners)):
            return self._owned(token, entry, owners) if entry is not None else tuple(owners)
        if token.tag.startswith("NNP") and token.ent[2:] == "PERSON" and not token.title:
            return self._unlisted(token)
        if count and lemma in self.words.plural:
            return self._plural(token, count)
        if entry is None:
            return ()
        return self._definite(token, entry)

    def _half(self, token: Token) -> tuple[Mention, ...]:
        """ "the North" where the document is about one state whose name begins so."""
        fitting = {s.state.id: s.state for s in self.discourse.seen if s.state.name.startswith(f"{token.text} ")}
        fitting = {i: state for i, state in fitting.items() if state.kind == "state"}
        if not fitting:
            other = "South " if token.text == "North" else "North "
            halves = {s.state.name[6:] for s in self.discourse.seen if s.state.name.startswith(other) and s.state.kind == "state"}
            fitting = {a.id: a for half in halves for a in self.catalogue.lookup(f"{token.text} {half}")}
        if len(fitting) != 1:
            return ()
        state = next(iter(fitting.values()))
        return (self._anaphor(state, state, token.start, token.end),)

    def _noun_entry(self, lemma: str) -> Noun | None:
        found = self.words.nouns.get(lemma)
        return found[0] if found else None

    def _owned(self, token: Token, entry: Noun, owners: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """A title, force or people with its owner named: "the Chinese president", "troops of the alliance"."""
        if entry.sort in ("country", "group", "organisation") and entry is self._noun_entry(token.lemma):
            if token.is_plural and len(owners) > 1:  # "their countries"
                return owners
            # "Russia's neighbour" is not Russia; "the Hamas group" is Hamas.
            named = {c.i for c in token.kids("compound", "nmod") if c.hits}
            return tuple(o for o in owners if named and o.actor.kind in ("armed group", "organisation", "bloc"))
        found = []
        for owner in owners:
            if entry.sector == "opposition" and owner.state.kind in ("state", "territory"):
                found.append(self._opposition(token, owner, owner.start))
                continue
            actor, how, confidence = owner.state, "title", CONFIDENCE["title"]
            sector: Sector | None = entry.sector
            if entry.sort == "person" and self._is_former(token):
                continue  # who held an office acts for himself
            if entry.sort == "person" and not token.is_plural and entry.roles:
                person = self.discourse.titles.get(f"{token.lemma} {owner.state.id}")
                day = self.discourse.day
                titled = self.catalogue.title_holder(owner.state.id, token.lemma, day)
                holder = titled or self.catalogue.holder(owner.state.id, entry.roles[:1], day)
                if person is not None:
                    actor = person
                elif holder is not None and token.lemma not in ("minister", "official", "leader", "commander", "general"):
                    actor = self.catalogue.actor(holder)
                    self.discourse.titles[token.lemma] = actor
            elif entry.sort == "people":
                confidence = CONFIDENCE["people"]
            else:
                confidence = CONFIDENCE["body"]
            if actor is owner.state and sector is not None and actor.kind == "state":
                actor = dataclasses.replace(actor, sector=sector)
            start = min([token.start, owner.start, *(c.start for c in token.kids("poss", "amod", "compound", "nmod"))])
            end = max(token.end, owner.end)
            text = self._text(start, end)
            if owner.how == "anaphora":
                how, confidence = "anaphora", min(confidence, owner.confidence)
            found.append(self._mention(actor, start, end, text, how, min(confidence, owner.confidence), owner.state))  # type: ignore[arg-type]
        return tuple(found)

    def _opposition(self, token: Token, owner: Mention, start: int) -> Mention:
        """Those who fight or oppose a state are an actor of their own: "Malian rebels" are not Mali."""
        lemma = token.lemma if token.lemma in ("opposition", "resistance", "insurgency") else f"{token.lemma}s"
        name = f"{self.catalogue.demonym(owner.state.id)} {lemma}" if owner.state.id in self.catalogue else lemma
        known = self.catalogue.lookup(name)
        actor = known[0] if known else Actor(f"group.{slug(name)}", name, "armed group", "opposition")
        start, end = min(start, token.start), max(token.end, owner.end)
        return self._mention(actor, start, end, self._text(start, end), "title", CONFIDENCE["title"] * owner.confidence, actor)

    def _is_former(self, token: Token) -> bool:
        return any(c.text.lower().strip("-") in self.words.former for c in token.children)

    def _text(self, start: int, end: int) -> str:
        assert self.tree is not None
        return self.tree.text[start - self.tree.start : end - self.tree.start]

    def _definite(self, token: Token, entry: Noun) -> tuple[Mention, ...]:
        """A noun without owner that means somebody named before: "the premier", "the country", "the group"."""
        determiner = token.kid("det")
        definite = determiner is not None and determiner.text.lower() in ("the", "this", "that") or token.title and token.tag.startswith("NNP")
        if not definite or _count(token):
            return ()
        lemma, position = token.lemma, token.start
        sorts = {noun.sort for noun in self.words.nouns.get(lemma, ())}
        start = determiner.start if determiner is not None else token.start
        if "person" in sorts and not token.is_plural:
            noun = self.words.noun(lemma, "person")
            assert noun is not None
            person = self.discourse.titles.get(lemma) or self._by_role(noun, lemma, position) or self._by_title(lemma)
            if person is not None:
                return (self._anaphor(person, None, start, token.end),)
            return ()
        if entry.sector == "opposition" and (token.is_plural or lemma in ("opposition", "resistance", "insurgency")):
            group = self.discourse.recent(position, "armed group")
            if group is not None:
                return (self._anaphor(group.actor, group.state, start, token.end),)
            if lemma == "opposition":
                home = self.discourse.nearest(position, "state", "person", window=6)
                if home is not None and home.state.kind == "state":
                    owner = self._anaphor(home.state, home.state, start, token.end)
                    return (dataclasses.replace(self._opposition(token, owner, start), how="anaphora", confidence=CONFIDENCE["phrase"]),)
            return ()
        if token.is_plural:
            return self._plural(token, 2) if lemma in self.words.unnumbered else ()
        if "country" in sorts:
            seen = self.discourse.recent(position, "state", "territory", skip=self._subject_of(token))
            if seen is None or (entry.sort == "body" and lemma not in ("government", "junta", "regime") and not seen.subject):
                return ()
            return (self._anaphor(seen.state, seen.state, start, token.end),)
        if "group" in sorts:
            seen = self.discourse.recent(position, "armed group")
            if seen is not None and lemma not in ("organization", "organisation"):
                return (self._anaphor(seen.actor, seen.state, start, token.end),)
        if "organisation" in sorts:
            seen = self.discourse.recent(position, "organisation", "bloc")
            if seen is not None:
                return (self._anaphor(seen.actor, seen.state, start, token.end),)
        return ()

    def _subject_of(self, token: Token) -> frozenset[str]:
        """Whoever acts in the token's clause: "Russia struck the country" does not mean Russia."""
        for above in token.above():
            if above.is_verb:
                subject = surface_subject(above, self.words)
                if subject is not None and subject is not token and subject.i not in self._busy:
                    return frozenset(m.state.id for m in self._name(subject)) | frozenset(m.actor.id for m in self._name(subject))
                break
        return frozenset()

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

    def _anaphor(self, actor: Actor, state: Actor | None, start: int, end: int, kind: str = "phrase") -> Mention:
        return self._mention(actor, start, end, self._text(start, end), "anaphora", CONFIDENCE[kind], state)

    def pair(self, token: Token) -> tuple[Mention, ...]:
        """The two actors that a plural noun such as "the longtime rivals" stands for."""
        return self._plural(token, _count(token) or 2)

    def _plural(self, token: Token, count: int) -> tuple[Mention, ...]:
        """ "the two countries", "both sides", "the three foreign ministers"."""
        start = min([c.start for c in token.children if c.dep in ("det", "nummod", "predet", "amod")] + [token.start])
        found = self.discourse.states_before(start, count)
        return tuple(self._anaphor(s.state, s.state, start, token.end) for s in found)

    # --- pronouns -------------------------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> tuple[Mention, ...]:
        word = token.text.lower()
        if token.tag == "PRP$":
            ahead = self._subject_ahead(token, word)
            if ahead:
                return tuple(self._anaphor(m.actor, m.state, token.start, token.end, "pronoun") for m in ahead)
        if word in _PERSONAL:
            seen = self._person_before(token)
            return (self._anaphor(seen.actor, seen.state, token.start, token.end, "pronoun"),) if seen else ()
        if word in _FIRST:
            discourse = self.discourse
            speaker = self._speaker_of(token)
            if speaker is not None:
                return (self._anaphor(speaker.state, speaker.state, token.start, token.end, "pronoun"),)
            if discourse.speaker_state is not None and self.tree is not None and self.tree.quoted:
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
            if word in ("they", "both"):
                seen_states = self.discourse.states_before(token.start, 2, window=1)
                return tuple(self._anaphor(s.state, s.state, token.start, token.end, "pronoun") for s in seen_states)
        return ()

    def _subject_ahead(self, token: Token, word: str) -> tuple[Mention, ...]:
        """ "In his talks with B, A said": a possessive in a phrase before the subject is the subject's."""
        for above in token.above():
            if above.is_verb:
                subject = above.kid("nsubj", "nsubjpass")
                if subject is None or subject.start < token.start or subject.i in self._busy:
                    return ()
                found = tuple(m for part in conjuncts(subject) for m in (self._name(part) or self._one(part)))
                if word in _PERSONAL:
                    return found if len(found) == 1 and found[0].actor.kind == "person" else ()
                if word in _NEUTER:
                    return found if len(found) == 1 and found[0].actor.kind != "person" else ()
                return found if word in _PLURAL and len(found) > 1 else ()
            if above.dep in ("nsubj", "dobj", "appos", "relcl"):
                return ()
        return ()

    def _person_before(self, token: Token) -> Seen | None:
        possessive = token.tag == "PRP$"
        return self.discourse.recent(token.start, "person", window=2 if not possessive else 3)

    def _speaker_of(self, token: Token) -> Mention | None:
        """Who says the sentence in which a first person stands, where the sentence says it itself."""
        for above in token.above():
            if above.dep in ("ccomp", "parataxis") and above.head is not None and above.head.lemma in self.words.says:
                subject = above.head.kid("nsubj")
                if subject is not None and subject is not token:
                    found = self._one(subject)
                    return found[0] if found else None
        return None

    def _subject_before(self, token: Token, *, plural: bool) -> tuple[Mention, ...]:
        """What "it" or "they" stands for: the nearest subject before it in the sentence, else the last sentence's."""
        if not plural and _is_empty(token):
            return ()
        if token.tag == "PRP$":
            blamed = self._blamed(token)
            if blamed:
                return self._fitting(blamed, plural, token)
        for above in token.above():
            for subject in above.kids("nsubj", "nsubjpass"):
                if subject.start < token.start and subject is not token and subject.i not in self._busy:
                    found = self._fitting(self.actors(subject), plural, subject)
                    if found:
                        return found
        assert self.tree is not None
        for other in reversed(self.tree.tokens):
            if other.start < token.start and other.dep in ("nsubj", "nsubjpass") and other.i not in self._busy:
                found = self._fitting(self.actors(other), plural, other)
                if found:
                    return found
        if plural:
            return ()
        here = {s.state.id: s for s in self.discourse.seen if s.sentence == self.discourse.sentence and s.position < token.start}
        states = [s for s in here.values() if s.state.kind == "state"]
        if len(states) == 1 and token.tag == "PRP$":
            s = states[0]
            return (Mention(start=token.start, end=token.end, text=token.text, actor=s.state, state=s.state, how="anaphora"),)
        last = [s for s in self.discourse.seen if s.sentence == self.discourse.sentence - 1 and s.actor.kind != "person"]
        subjects = [s for s in last if s.subject] or (last if len({s.state.id for s in last}) == 1 else [])
        if subjects and (token.tag == "PRP$" or token.dep in ("nsubj", "nsubjpass", "dobj", "pobj")):
            s = subjects[0]
            return (Mention(start=token.start, end=token.end, text=token.text, actor=s.actor, state=s.state, how="anaphora"),)
        return ()

    def _blamed(self, token: Token) -> tuple[Mention, ...]:
        """ "blamed Chad for its raids": the possessive after a verb's object and preposition is the object's."""
        for above in token.above():
            if above.is_verb:
                return ()  # "accused Chad of holding its envoy": the accuser's
            if above.dep == "prep" and above.head is not None and above.head.is_verb and above.text.lower() in ("for", "over", "of", "on", "about"):
                verb = above.head
                direct = verb.kid("dobj")
                if direct is not None and direct.start < token.start and verb.lemma in self.words.object_control and direct.i not in self._busy:
                    return self.actors(direct)
        return ()

    def _fitting(self, found: tuple[Mention, ...], plural: bool, subject: Token) -> tuple[Mention, ...]:
        if plural:
            several = len({m.state.id for m in found}) > 1
            crowd = subject.is_plural or any(m.actor.kind in ("armed group", "organisation") for m in found)
            return found if several or crowd else ()
        if len(found) != 1:
            return ()
        mention = found[0]
        return (mention,) if mention.actor.kind != "person" else ()


_PARTICULAR = frozenset("king queen emir sultan chancellor ayatollah prince pope shah regent monarch".split()) | {"crown prince", "supreme leader"}
"""Titles of particular offices: not every head of state is an emir."""
_MONTHS = frozenset("January February March April May June July August September October November December".split())
_NOMINAL = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj")
_RELATIONAL = frozenset(
    "ally friend partner neighbor neighbour foe rival enemy adversary counterpart nation country giant patron backer benefactor supporter sponsor".split()
)


def _count(token: Token) -> int:
    for child in token.children:
        if child.dep in ("nummod", "det", "predet", "amod", "advmod") and child.text.lower() in _COUNTS:
            return _COUNTS[child.text.lower()]
    return 0


def _is_subject(token: Token) -> bool:
    while token.dep in ("conj", "compound", "appos") and token.head is not None:
        token = token.head
    return token.dep in ("nsubj", "nsubjpass") or (token.dep == "pobj" and token.head is not None and token.head.dep == "agent")


def _is_title_of_name(token: Token) -> bool:
    """Is the noun the title of the name that follows it ("President Xi")?"""
    return token.dep in ("compound", "nmod", "amod") and token.head is not None and token.head.start > token.start and (bool(token.head.hits) or token.head.tag.startswith("NNP"))


def _is_empty(token: Token) -> bool:
    """Is it the "it" of "it is important that …"?"""
    head = token.head
    return (
        head is not None
        and token.dep in ("nsubj", "nsubjpass")
        and (token.dep == "nsubjpass" or head.lemma in ("be", "seem", "appear", "remain", "become", "make"))
        and (head.kid("ccomp", "xcomp") is not None or (head.kid("acomp") is not None and not head.kid("attr")))
    ) or (head is not None and re.fullmatch(r"(?i)rain|snow", head.text) is not None)
