"""Trigger words in a tree -> who does what to whom: fills the places that a frame names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon, Part, Trigger
from kg.extract.mentions import Resolver
from kg.extract.syntax import conjuncts, deed_object, deed_subject, is_passive, objects_of, of_noun, surface_subject
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Mention

__all__ = ["Act", "read_acts"]

_LOOSE = 0.85
"""How much less sure an argument is that was found below the trigger rather than on it."""
_OWNER = 0.85
"""How much less sure an end is that stands for the owner of a deed or thing."""


@dataclass(slots=True)
class Act:
    """One reading of a trigger: the ends as mentions, the tokens that say it, how sure the arguments are."""

    trigger: Trigger
    words: tuple[Token, ...]
    source: Mention
    target: Mention
    carrier: Token | None
    confidence: float

    @property
    def token(self) -> Token:
        return self.words[0]


@dataclass(slots=True)
class _Place:
    """Actors found at a place, and how directly."""

    mentions: tuple[Mention, ...]
    certainty: float = 1.0


def read_acts(tree: Tree, lexicon: Lexicon, resolver: Resolver, words: Vocabulary) -> list[Act]:
    """All acts of a sentence, before factuality, in text order."""
    matches: list[tuple[Trigger, tuple[Token, ...]]] = []
    for token in tree.tokens:
        matches += _matches(token, lexicon)
    # Of frames for the same words those that ask for a kind of actor come first: "a NATO ally" is a member.
    matches.sort(key=lambda m: not (m[0].frame.target_kinds or m[0].frame.source_kinds))
    matches.sort(key=lambda m: -len(m[1]))
    acts: list[Act] = []
    used: set[int] = set()
    for trigger, found in matches:
        # A word that belongs to a longer trigger which was read is not one of its own ("cut ties" is no tie).
        if any(token.i in used for token in found[1:] or found):
            continue
        new = list(_fill(trigger, found, tree, resolver, words, lexicon))
        if new:
            used |= {token.i for token in found}
        acts += new
    return sorted(acts, key=lambda act: act.token.i)


# --- which triggers stand here ------------------------------------------------------------------------------------


def _matches(token: Token, lexicon: Lexicon) -> Iterator[tuple[Trigger, tuple[Token, ...]]]:
    parts: list[Part] = []
    lemma = token.lemma
    if token.joined:
        for trigger in lexicon.get("joined", token.joined):
            yield trigger, (token,)
        stem = token.joined
        for trigger in lexicon.get("joined", stem.split("-")[-1]) if "-" in stem else ():
            yield trigger, (token,)
        return
    if token.hits:
        return
    if token.is_verb:
        parts = ["verb"]
        if token.tag in ("VBN", "VBG"):
            parts.append("adjective")
    elif token.is_noun:
        parts = ["noun", "role"]
    elif token.tag.startswith("JJ"):
        parts = ["adjective"]
        if token.text.endswith(("ed", "ing")):
            parts.append("verb")
    elif token.text[:1].isupper() or token.tag in ("RB", "IN"):
        parts = ["adjective"]
    for part in parts:
        for trigger in lexicon.get(part, lemma if not (part == "adjective" and token.is_verb) else token.text.lower()):
            found = _words(trigger, token, lexicon)
            if found:
                yield trigger, found


def _words(trigger: Trigger, token: Token, lexicon: Lexicon) -> tuple[Token, ...] | None:
    """The tokens of the trigger's words, its head first, or None where one is missing."""
    if len(trigger.words) == 1:
        return (token,)
    found = [token]
    last = token
    for i, word in enumerate(trigger.words):
        if i == trigger.at:
            continue
        before = i < trigger.at
        hit = _hanging(token, last, word, before, lexicon)
        if hit is None:
            return None
        found.append(hit)
        if not before:
            last = hit
    return tuple(found)


def _hanging(head: Token, last: Token, word: str, before: bool, lexicon: Lexicon) -> Token | None:
    for parent in dict.fromkeys((last, head)):
        # "sanctions imposed on": the preposition may hang on a participle
        inner = [c for p in parent.kids("acl") if p.tag == "VBN" for c in p.kids("prep")] if parent.is_noun else []
        for child in (*parent.children, *inner):
            if child.dep in ("relcl", "advcl", "nsubj") and not before:
                continue
            if (child.start < head.start) != before and not (child.dep in ("nsubjpass", "dobj") or before):
                continue
            if _is_word(child, word, lexicon):
                return child
            for part in conjuncts(child)[1:] if child.dep in ("dobj", "pobj", "nsubjpass") else ():
                if _is_word(part, word, lexicon):
                    return part
    return None


def _is_word(token: Token, word: str, lexicon: Lexicon) -> bool:
    if word.startswith("{"):
        of = next((p.kid("pobj") for p in token.kids("prep") if p.text.lower() == "of"), None)
        if of is not None and token.lemma not in lexicon.classes[word[1:-1]] and token.lemma in lexicon.partitive:
            token = of  # "a team of soldiers"
        return token.lemma in lexicon.classes[word[1:-1]] or token.text.lower() in lexicon.classes[word[1:-1]]
    return token.lemma == word or token.text.lower() == word


# --- who stands at its places ---------------------------------------------------------------------------------------


def _fill(
    trigger: Trigger, found: tuple[Token, ...], tree: Tree, resolver: Resolver, words: Vocabulary, lexicon: Lexicon
) -> Iterator[Act]:
    reader = _Reader(trigger, found, tree, resolver, words, lexicon)
    sources, targets = reader.ends()
    if not sources.mentions:
        return
    frame = trigger.frame
    certainty = sources.certainty * targets.certainty
    pairs: Iterable[tuple[Mention, Mention]]
    if targets.mentions:
        pairs = ((a, b) for a in sources.mentions for b in targets.mentions)
    elif trigger.mutual and len(sources.mentions) > 1:
        ends = sources.mentions
        pairs = ((a, b) for i, a in enumerate(ends) for b in ends[i + 1 :])
    else:
        return
    structural = frame.relation in ("represents", "part_of", "member_of", "controls", "claims", "borders")
    for a, b in pairs:
        if reader.reversed:
            a, b = b, a
        if a.actor.id == b.actor.id or (a.state.id == b.state.id and not structural):
            continue
        if structural and frame.relation != "represents" and "title" in (a.how, b.how):
            continue  # a mission or an army is no land to be held
        if a.state.id.startswith("territory.") and not structural and not trigger.mutual:
            continue  # a contested territory is acted on; who acts in it has a name of his own
        if resolver.is_place(a) and not trigger.mutual and not structural:
            continue
        if frame.source_kinds and a.actor.kind not in frame.source_kinds and a.state.kind not in frame.source_kinds:
            continue
        if frame.target_kinds and b.actor.kind not in frame.target_kinds and b.state.kind not in frame.target_kinds:
            continue
        yield Act(trigger, found, a, b, reader.carrier, certainty * a.confidence * b.confidence)


class _Reader:
    """Finds the ends of one trigger."""

    def __init__(self, trigger: Trigger, found: tuple[Token, ...], tree: Tree, resolver: Resolver, words: Vocabulary, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.trigger = trigger
        self.found = found
        self.head = found[0]
        self.tree = tree
        self.resolver = resolver
        self.words = words
        self.carrier = self._carrier() if trigger.part in ("noun", "role") else None
        self.reversed = False
        self._taken = {t.i for t in found}

    def ends(self) -> tuple[_Place, _Place]:
        """The actors at the source and at the target."""
        if self.trigger.frame.plain and self.head.kid("oprd", "ccomp", "attr") is not None:
            return _Place(()), _Place(())
        if self.trigger.frame.infinitive and not any(c.tag == "VB" for c in self.head.kids("xcomp", "ccomp", "advcl")):
            return _Place(()), _Place(())
        if self.trigger.frame.carried and self.carrier is None:
            return _Place(()), _Place(())
        if self.trigger.source == ("ties",):
            return self._ties()
        if self.trigger.mutual and self.trigger.part == "noun":
            return self._mutual_noun()
        receiving = (
            self.trigger.part == "noun"
            and self.carrier is not None
            and self.carrier.lemma in self.words.receiving
            and not (self.carrier.lemma in self.words.light and self._places(self.trigger.target, skip=("light",)).mentions)
        )
        source_slots, target_slots = self.trigger.source, self.trigger.target
        if receiving:
            sources = self._places(tuple(s for s in source_slots if s != "light"))
            target = self._slot("light")
            return (sources, target) if sources.mentions and target.mentions else (_Place(()), _Place(()))
        sources = self._places(source_slots)
        if not sources.mentions and self.trigger.mutual and self.trigger.part == "role" and self.head.is_plural:
            determiner = self.head.kid("det")
            structural = self.trigger.frame.relation == "borders"
            if not structural and determiner is not None and determiner.text.lower() in ("the", "both", "these") and not self.resolver.owners(self.head):
                return _Place(self.resolver.pair(self.head)), _Place(())
        used = {m.actor.id for m in sources.mentions}
        several = self.trigger.mutual and len({m.state.id for m in sources.mentions}) > 1
        venue = ("prep:in", "prep:to") if several else ()  # they met in a capital, not with it
        targets = self._places(target_slots, avoid=used, skip=venue)
        return sources, targets

    def _places(self, slots: Iterable[str], avoid: frozenset[str] | set[str] = frozenset(), skip: tuple[str, ...] = ()) -> _Place:
        for slot in slots:
            if slot in skip:
                continue
            place = self._slot(slot)
            mentions = tuple(m for m in place.mentions if m.actor.id not in avoid)
            if mentions:
                return _Place(mentions, place.certainty)
        return _Place(())

    def _slot(self, slot: str) -> _Place:
        head = self.head
        if slot.startswith("prep:"):
            return self._after(slot[5:])
        if slot == "subj":
            return self._subject()
        if slot == "obj":
            return self._object()
        if slot == "iobj":
            if is_passive(head):
                return self._first([surface_subject(head, self.words)]) if head.kid("dobj") is not None else _Place(())
            token = head.kid("dative")
            token = token.kid("pobj") if token is not None and token.tag in ("IN", "TO") else token
            return self._reach(token) if token is not None else _Place(())
        if slot == "poss":
            return self._owner(("poss",))
        if slot == "mod":
            if head.joined:
                return _Place(self.resolver.actors_of_name(head))
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
        return _Place(())

    # --- places of verbs and adjectives ---------------------------------------------------------------------------

    def _subject(self) -> _Place:
        head = self.head
        if self.trigger.part == "adjective" and not head.is_verb:
            verb = head.head
            if head.dep in ("acomp", "oprd", "attr") and verb is not None:
                token = surface_subject(verb, self.words)
            elif head.dep == "amod":
                token = head.head
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
            return _Place(())
        place = self._reach(token)
        if not place.mentions and head.dep in ("acl", "relcl") and token.lemma in self.words.documents:
            author = of_noun(token, self.words)  # "a report accusing", "a bill that would bar"
            if author is not None and author is not token:
                return _Place(self._reach(author, strict=True).mentions, _LOOSE)
        if place.mentions and place.certainty < 1 and not self.resolver.actors(token):
            # An act needs an actor or a deed: "Iran's economy attacked" is nobody's act, "its jets' raid killed" is.
            return place if self._is_deed(token) else _Place(())
        return place

    def _object(self) -> _Place:
        last = self.found[-1]
        head = self.head
        if len(self.found) > 1 and last is not head:
            if last.kid("pobj") is not None:
                return self._reach(last.kid("pobj"), strict=not self.trigger.frame.deed)  # type: ignore[arg-type]
            if last.tag in ("IN", "TO", "RP") or last.dep in ("prep", "prt"):
                if last.kid("pcomp") is not None:
                    return self._clause_of(last.kid("pcomp"))
                if is_passive(head):
                    return self._first([surface_subject(head, self.words)])
                token = head.kid("dobj")
                return self._first([token]) if token is not None and token is not last else self._gap()
            if self.trigger.part != "verb":
                return _Place(())
        if self.trigger.part == "adjective":
            return _Place(())
        if head.tag.startswith("JJ") and head.dep == "amod":
            return self._first([head.head])
        token = deed_object(head, self.words)
        if token is not None and token.i not in self._taken:
            place = self._reach(token, strict=not self.trigger.frame.deed)
            if place.mentions:
                return place
        if self.trigger.frame.clause or self.trigger.frame.deed:
            return self._clause()
        return _Place(())

    def _gap(self) -> _Place:
        """ "the country that it relies on": the object of a stranded preposition."""
        verb = self.head
        if verb.dep == "relcl" and verb.head is not None and verb.kid("nsubj") is not None:
            return self._first([verb.head])
        return _Place(())

    def _clause(self) -> _Place:
        for verb in (self.head, *(self.found[1:])):
            for child in verb.kids("ccomp", "pcomp", "xcomp", *(("acl",) if verb.is_noun else ())):
                place = self._clause_of(child)
                if place.mentions:
                    return place
            for prep in verb.kids("prep"):
                inner = prep.kid("pcomp")
                if inner is not None:
                    place = self._clause_of(inner)
                    if place.mentions:
                        return place
        return _Place(())

    def _under(self) -> _Place:
        above = self.head.head
        if self.head.dep == "pobj" and above is not None and above.text.lower() == "under" and above.head is not None:
            noun = above.head if not above.head.is_verb else surface_subject(above.head, self.words)
            return self._reach(noun) if noun is not None else _Place(())
        return _Place(())

    def _inner(self, slot: str) -> _Place:
        """The object of the clause that the trigger governs ("threatened to bomb X"), or whom it is done with."""
        for child in self.head.kids("xcomp", "ccomp"):
            if slot == "compobj":
                token = deed_object(child, self.words)
                place = self._reach(token, strict=True) if token is not None else _Place(())
                if place.mentions:
                    return place
                continue
            for anchor in (child, child.kid("dobj")):
                for token in objects_of(anchor, ("with", "to", "for")) if anchor is not None else []:
                    place = self._reach(token, strict=True)
                    if place.mentions:
                        return place
        return _Place(())

    def _clause_subject(self, avoid: frozenset[str] = frozenset()) -> _Place:
        """Who acts in the clause that the noun stands in: "amid tensions with B, A signed", "after talks with B, A said"."""
        below: Token = self.head
        for above in self.head.above():
            if above.is_verb:
                if below.dep not in ("prep", "advmod", "npadvmod", "dobj", "pobj", "agent", "ccomp", "advcl"):
                    return _Place(())
                token = surface_subject(above, self.words)
                mentions = self._reach(token, strict=True).mentions if token is not None else ()
                if mentions and not {m.state.id for m in mentions} & avoid:
                    return _Place(mentions, _OWNER)
                if not mentions:
                    return _Place(())
            elif above.hits or above.dep in ("nsubj", "nsubjpass", "appos", "relcl", "conj"):
                return _Place(())
            below = above
        return _Place(())

    def _clause_of(self, verb: Token | None) -> _Place:
        if verb is None:
            return _Place(())
        subject = verb.kid("nsubj", "nsubjpass") or verb.kid("agent")
        if subject is None:
            return _Place(())
        if subject.dep == "agent":
            subject = subject.kid("pobj") or subject
        place = self._reach(subject)
        return _Place(place.mentions, place.certainty * _OWNER)

    # --- places of nouns ------------------------------------------------------------------------------------------

    def _owner(self, deps: tuple[str, ...]) -> _Place:
        found: list[Mention] = []
        certainty = 1.0
        for noun in self._noun_chain():
            for child in noun.kids(*deps):
                if child.i in self._taken or child.joined:
                    continue
                if child.dep == "poss":
                    place = self._reach(child)
                    found += place.mentions
                    certainty = min(certainty, place.certainty)
                else:
                    for part in conjuncts(child):
                        if part.hits:
                            found += self.resolver.actors_of_name(part)
                        elif child.is_noun and part.dep in ("compound", "nmod"):
                            owners = self.resolver.owners(part)
                            found += [m for m in owners if part.lemma in self.words.nouns]
            if found:
                break
        return _Place(_unique(found), certainty)

    def _noun_chain(self) -> Iterator[Token]:
        """The trigger noun, and the noun it modifies or that leads it ("ceasefire violations", "support package")."""
        yield self.head
        token = self.head
        if token.dep in ("compound", "nmod") and token.head is not None and token.head.is_noun and not token.head.hits:
            yield token.head
        if token.dep == "conj" and token.head is not None and token.head.is_noun and not token.head.hits:
            yield token.head

    def _after(self, word: str) -> _Place:
        """The noun phrase after a preposition of the trigger, of its carrier, or further down."""
        head = self.head
        beside = self.tree.after(head)
        if head.is_noun and beside is not None and beside.text.lower() == word and beside.kid("pobj") is not None:
            place = self._reach(beside.kid("pobj"))  # type: ignore[arg-type]  # wherever the parser hung it
            if place.mentions:
                return place
        anchors: list[Token] = [head, *(t for t in self.found if t is not head and not t.tag.startswith("IN"))]
        if self.trigger.part in ("noun", "role"):
            anchors += [t for t in self._noun_chain() if t is not head]
        if self.carrier is not None:
            anchors.append(self.carrier)
        for anchor in anchors:
            for token in objects_of(anchor, (word,)):
                if token.i in self._taken:
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
        if word in ("with", "between", "on", "against", "to", "for"):
            return self._below(word)
        return _Place(())

    def _below(self, word: str) -> _Place:
        """A preposition that the parser hung on a later noun of the phrase ("talks on trade with Chad")."""
        seen = 0
        for token in self.tree.tokens[self.head.i - self.tree.tokens[0].i + 1 :]:
            seen += 1
            if token.tag in ("VBD", "VBZ", "VBP", "MD", "WDT", "WP") or token.text in (";", "–", "—", "(") or seen > 12:
                break
            if token.text.lower() == word and token.kid("pobj") is not None and token.dep in ("prep", "dative"):
                place = self._reach(token.kid("pobj"))  # type: ignore[arg-type]
                if place.mentions and self._is_below(token):
                    return _Place(place.mentions, place.certainty * _LOOSE)
        return _Place(())

    def _is_below(self, token: Token) -> bool:
        roots = {t.i for t in self.found} | ({self.carrier.i} if self.carrier is not None else set())
        return any(a.i in roots for a in token.above())

    def _carrier(self) -> Token | None:
        """The verb that carries a trigger noun ("held talks", "talks were held", "engaged in talks")."""
        token = self.head
        for _ in range(4):
            above = token.head
            if above is None:
                return None
            participle = next((c for c in token.kids("acl", "relcl") if self._bears(c)), None)
            if participle is not None:
                return participle
            if token.dep in ("dobj", "nsubjpass", "attr", "oprd") and (above.is_verb or above.lemma == "be"):
                return above if self._carries(above) else None
            if token.dep == "nsubj" and above.is_verb and above.lemma in _HAPPEN:
                return above
            if token.dep == "pobj" and above.head is not None and above.head.is_verb and above.text.lower() in ("in", "into", "on", "for", "to", "through", "at"):
                return above.head if self._carries(above.head) or above.head.lemma in _INTO else None
            if token.dep == "pobj" and above.text.lower() == "of" and above.head is not None and above.head.lemma in self.lexicon.partitive | _PARTITIVE:
                token = above.head
                continue
            if token.dep in ("conj", "compound", "nmod") and above.is_noun:
                token = above
                continue
            return None
        return None

    def _bears(self, verb: Token) -> bool:
        """Does a clause on the noun carry it: "sanctions imposed by the EU", "talks that Oman held"?"""
        if not self._carries(verb):
            return False
        if verb.dep == "acl":
            return verb.tag == "VBN"
        direct = verb.kid("dobj")
        return verb.kid("nsubjpass") is not None or (verb.kid("nsubj") is not None and (direct is None or direct.tag in ("WDT", "WP")))

    def _carries(self, verb: Token) -> bool:
        own = self.trigger.frame.light
        return verb.lemma in own if own else verb.lemma in self.words.light or verb.lemma in self.words.receiving

    def _light(self) -> _Place:
        if self.carrier is None:
            return _Place(())
        if self.head.dep == "nsubj":
            return _Place(())
        token = deed_subject(self.carrier, self.words)
        return self._reach(token, strict=True) if token is not None else _Place(())

    def _mutual_noun(self) -> tuple[_Place, _Place]:
        """ "talks between A and B", "A's talks with B", "A–B talks", "A and B held talks"."""
        found: list[Mention] = []
        certainty = 1.0
        for slot in ("prep:between", "prep:among", "prep:amongst"):
            place = self._slot(slot)
            if len(place.mentions) > 1:
                return place, _Place(())
            found += place.mentions
        other = self._places(self.trigger.target if "prep:with" in self.trigger.target else ("prep:with", *self.trigger.target))
        for slot in ("mod", "poss", "prep:of", "light", "prep:by", "prep:from"):
            place = self._slot(slot)
            mentions = [m for m in place.mentions if m.state.id not in {o.state.id for o in other.mentions}]
            if slot == "mod" and len(mentions) == 1 and mentions[0].actor.kind in ("organisation", "bloc", "programme"):
                continue  # an "SCO summit" is where they meet, not who meets
            if mentions:
                found += mentions
                certainty *= place.certainty
                if len(_unique(found)) > 1 or other.mentions:
                    break
        if not found and (self._slot("prep:with").mentions or self._slot("prep:against").mentions):
            place = self._clause_subject(frozenset(o.state.id for o in other.mentions))
            found, certainty = list(place.mentions), certainty * place.certainty
        sources = _Place(_unique(found), certainty)
        return sources, other

    def _ties(self) -> tuple[_Place, _Place]:
        """The actors whose ties a verb or adjective describes."""
        token = self.head.head if self.head.dep in ("amod", "acl") else surface_subject(self._predicate(), self.words)
        if token is None or token.lemma not in self.lexicon.classes["tie"]:
            return _Place(()), _Place(())
        described, self.head = self.head, token
        self.carrier = self._carrier()
        found = self._mutual_noun()
        self.head = described
        return found

    def _predicate(self) -> Token:
        head = self.head
        return head.head if head.dep in ("acomp", "oprd", "attr") and head.head is not None else head

    def _said_of(self) -> _Place:
        """What a role noun is said of: "X is an ally", "X, an ally of Y", "its ally X", "as an ally"."""
        head = self.head
        up = head.head
        named = [c for c in head.kids("appos") if c.hits or c.is_noun]
        for child in named:
            place = self._reach(child)
            if place.mentions:
                return place
        if up is not None:
            if head.dep == "attr" or (head.dep == "oprd" and up.is_verb):
                subject = surface_subject(up, self.words)
                return self._reach(subject, strict=True) if subject is not None else _Place(())
            if head.dep == "appos":
                return self._reach(up, strict=True)
            if head.dep in ("compound", "nmod", "amod") and up.start > head.start:
                return _Place(self.resolver.actors_of_name(up))
            if head.dep == "pobj" and up.text.lower() == "as" and up.head is not None:
                verb = up.head
                if verb.is_verb:
                    token = deed_object(verb, self.words) if verb.lemma not in ("serve", "act", "emerge", "remain") else surface_subject(verb, self.words)
                    return self._reach(token, strict=True) if token is not None else _Place(())
                return self._reach(verb, strict=True)
            if head.dep == "conj" and (up.dep in ("attr", "appos", "pobj")):
                keep, self.head = self.head, up
                place = self._said_of()
                self.head = keep
                return place
            if head.dep == "ccomp" or head.dep == "ROOT" or head.kid("cop", "nsubj") is not None:
                subject = head.kid("nsubj")
                return self._reach(subject, strict=True) if subject is not None else _Place(())
        # "all-weather friend China": the parser may not see that the name belongs to the noun before it.
        after = self.tree.after(head)
        while after is not None and (after.text in ("-", "–", "—", "'", "’", '"', "”", ",")):
            dash = after.text in ("-", "–", "—")
            after = self.tree.after(after)
            if not dash and after is not None and not after.hits:
                return _Place(())
        if after is not None and after.hits and not after.joined and after.dep not in ("amod",):
            return _Place(self.resolver.actors_of_name(after), 0.95)
        # The role itself, where it is an actor with an owner: "support from its ally".
        return _Place(())

    def _described(self) -> _Place:
        """The noun that a compound or adjective describes: "the Iran-backed group"."""
        up = self.head.head
        if self.head.joined and self.head.dep in ("amod", "compound", "nmod", "acl", "npadvmod") and up is not None:
            return self._reach(up)
        if self.head.dep == "amod" and up is not None:
            return self._reach(up)
        return _Place(())

    # --- actors -----------------------------------------------------------------------------------------------------

    def _first(self, tokens: Iterable[Token | None]) -> _Place:
        for token in tokens:
            if token is not None:
                place = self._reach(token)
                if place.mentions:
                    return place
        return _Place(())

    def _reach(self, token: Token, strict: bool = False) -> _Place:
        """The actors of a noun phrase: it is one, or its owner is and what it owns may stand for it."""
        mentions = self.resolver.actors(token)
        if mentions:
            return _Place(mentions)
        if strict or token.i in self._taken:
            return _Place(())
        owners: list[Mention] = []
        for part in conjuncts(token):
            owners += self.resolver.owners(part, of=not self._is_violent(part))
            for prep in part.kids("prep", "agent"):
                if prep.text.lower() == "by" and prep.kid("pobj") is not None:
                    owners = list(self.resolver.actors(prep.kid("pobj")))  # type: ignore[arg-type]
            if not owners and self.trigger.frame.places and not self._is_violent(part):
                owners = self._where(part)
            if not owners:
                for prep in part.kids("prep"):
                    inner = prep.kid("pobj")
                    if prep.text.lower() == "of" and inner is not None and not self.resolver.actors(inner):
                        owners = list(self._reach(inner).mentions)  # "the possibility of an Angolan raid"
            owners = [m for m in owners if not (self.resolver.is_place(m) and self._is_violent(part))]
        return _Place(_unique(owners), _OWNER)


    def _where(self, noun: Token, depth: int = 0) -> list[Mention]:
        """The actors in whose land a thing is: "a base in a county in Kenya", "a village of the Chadian north"."""
        found: list[Mention] = []
        for prep in noun.kids("prep"):
            inner = prep.kid("pobj")
            if inner is None or prep.text.lower() not in ("in", "on", "inside", "of", "near", "at", "outside", "from", "across", "within"):
                continue
            found += self.resolver.actors(inner) or self.resolver.owners(inner)
            if not found and depth < 3:
                found += self._where(inner, depth + 1)
        return found

    def _is_deed(self, noun: Token) -> bool:
        return noun.lemma in _ACTS or noun.lemma in self.lexicon.classes["projectile"] or bool(self.lexicon.get("noun", noun.lemma))

    def _is_violent(self, noun: Token) -> bool:
        """Is the noun a deed of violence? Where it happened is then its victim, not who did it."""
        return any(t.frame.relation in ("attacks", "fights", "coerces") for t in self.lexicon.get("noun", noun.lemma))


def _unique(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.actor.id, mention)
    return tuple(found.values())


_ACTS = frozenset("move decision action policy law vote statement report strike attack offensive campaign court order ruling raid shelling invasion operation".split())
_HAPPEN = frozenset("take begin start continue resume erupt break last occur collapse stall fail conclude end focus aim".split())
_INTO = frozenset("engage enter participate join go agree embark meet come bring work lead".split())
_PARTITIVE = frozenset("team group unit round series number set package lot range form kind type wave deal bit piece sort string host spate array barrage flurry".split())
