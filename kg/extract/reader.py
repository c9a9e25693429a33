"""Documents -> readings: the whole of the reading on one screen."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.actors.catalogue import Catalogue, catalogue
from kg.errors import Problem
from kg.extract.blocks import Block, blocks, capitalised_names
from kg.extract.coding import code
from kg.extract.dates import find_dates
from kg.extract.discourse import Discourse, Seen
from kg.extract.factuality import Factuality, judge
from kg.extract.frames import Act, read_acts
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.mentions import Resolver
from kg.extract.pipeline import DEFAULT_MODEL, Parser
from kg.extract.speech import Demand, read_demands
from kg.extract.syntax import objects_of
from kg.extract.titles import Title, read_titles
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary, vocabulary
from kg.model import Actor, Assertion, Document, Mention, Reading, Sentence, Span, Voice
from kg.relations import Ontology, ontology

__all__ = ["VERSION", "Extractor", "Versions"]

VERSION = "1"
"""Rises with every change that reads the same text otherwise."""

BATCH = 16
"""Documents parsed together."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What read a document: the rules, the spaCy model and the catalogue."""

    extractor: str
    model: str
    catalogue: str


@dataclass(slots=True)
class _Draft:
    """A document being read."""

    document: Document
    resolver: Resolver
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    titled: set[tuple[str, str]] = field(default_factory=set)


class Extractor:
    """Reads documents; loads the spaCy model once. Deterministic: the same document always gives the same reading."""

    def __init__(self, actors: Catalogue | None = None, *, model: str = DEFAULT_MODEL, fast: bool = True) -> None:
        self.catalogue = actors or catalogue()
        self.words: Vocabulary = vocabulary()
        self.lexicon: Lexicon = lexicon()
        self.ontology: Ontology = ontology()
        self.parser = Parser(
            self.catalogue, self.words, self.lexicon.lemmas | self.words.lemmas, self.lexicon.verbs, model, fast=fast
        )

    @property
    def versions(self) -> Versions:
        return Versions(VERSION, self.parser.version, self.catalogue.version)

    def read(self, documents: Iterable[Document], problems: list[Problem]) -> Iterator[Reading]:
        """The readings of the documents, in order, as they come; memory does not grow with their number.

        A document that cannot be read is added to `problems` and passed over.
        """
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == BATCH:
                yield from self._batch(batch, problems)
                batch = []
        yield from self._batch(batch, problems)

    def _batch(self, batch: list[Document], problems: list[Problem]) -> Iterator[Reading]:
        parts = [(d, blocks(d.text)) for d in batch]
        jobs = []
        for document, found in parts:
            keep = capitalised_names(document.text, found) | self._surnames(document, found)
            jobs += [(document.text[b.start : b.end], b.start, b.headline, keep) for b in found]
        trees = self.parser.parse(jobs)
        for document, found in parts:
            read = [next(trees) for _ in found]
            try:
                yield self._document(document, read)
            except Exception as error:  # noqa: BLE001  one document that breaks a rule must not cost the others
                problems.append(Problem(document.id, f"could not be read ({type(error).__name__}: {error}); left out."))

    def _surnames(self, document: Document, found: list[Block]) -> set[str]:
        """The words of headlines that are the surname of somebody in office."""
        heads = {w for b in found if b.headline for w in re.findall(r"[A-Z][\w-]+", document.text[b.start : b.end])}
        known = self.parser.known
        return {w for w in heads if w.lower() not in known and self.catalogue.surname(w, document.date)}

    # --- one document ---------------------------------------------------------------------------------------------

    def _document(self, document: Document, parts: list[list[Tree]]) -> Reading:
        discourse = Discourse(document.date)
        resolver = Resolver(self.catalogue, self.words, discourse)
        for trees in parts:
            for tree in trees:
                for token in tree.tokens:
                    for hit in token.hits:
                        for actor, _ in hit.meanings:
                            discourse.named.add(self.catalogue.state(actor, document.date).id)
        draft = _Draft(document, resolver)
        for trees in parts:
            for tree in trees:
                self._sentence(draft, tree)
        assertions = _voices(draft.assertions)
        return Reading(
            document=document,
            sentences=tuple(draft.sentences),
            mentions=tuple(draft.mentions),
            assertions=tuple(assertions),
        )

    def _sentence(self, draft: _Draft, tree: Tree) -> None:
        resolver, discourse = draft.resolver, draft.resolver.discourse
        sentence = Sentence(tree.start, tree.end, tree.text)
        draft.sentences.append(sentence)
        resolver.enter(tree)
        titles = read_titles(tree, resolver, self.words)
        for title in titles:
            self._learn(title, discourse)
        resolver.look()
        dates = find_dates(tree.text, draft.document.date)
        found: list[Assertion] = []
        for title in titles:
            assertion = self._represents(draft, sentence, title)
            if assertion is not None:
                found.append(assertion)
        for act in read_acts(tree, self.lexicon, resolver, self.words):
            assertion, facts = self._act(draft, tree, sentence, act, dates)
            found.append(assertion)
            if _is_announced(assertion):
                found.append(self._other(assertion, "threatens", "announced"))
            if _is_charge(assertion, facts) and facts.speaker is not None:
                charge = dataclasses.replace(assertion, source=facts.speaker, target=assertion.source)
                found.append(self._other(charge, "accuses", "claimed"))
        found += [self._demand(draft, tree, sentence, demand) for demand in read_demands(tree, resolver, self.words)]
        mentions = resolver.mentions()
        draft.mentions += mentions
        distinct = _distinct(found)
        draft.assertions += distinct
        discourse.dyads += [
            (discourse.sentence, a.source.state, a.target.state)
            for a in distinct
            if a.source.state.id != a.target.state.id and a.relation not in ("represents", "member_of", "part_of")
        ]
        discourse.groups += [(discourse.sentence, group) for group in self._groups(tree, resolver)]
        self._speaker(tree, resolver, discourse)
        discourse.remember(
            Seen(m.actor, m.state, discourse.sentence, m.start, False)
            for m in mentions
            if m.how == "anaphora" or m.how == "title"
        )

    def _learn(self, title: Title, discourse: Discourse) -> None:
        person = title.person.actor
        if title.former:
            discourse.former.add(person.id)
            return
        discourse.titles[title.lemma] = person
        discourse.titles[f"{title.lemma} {title.owner.state.id}"] = person
        if title.stated and title.owner.state.kind in ("state", "organisation", "armed group", "territory", "bloc"):
            known = self.catalogue.state(person.id, discourse.day) if person.id in self.catalogue else person
            if known.id == person.id and title.noun.sector in ("government", "military", "intelligence"):
                discourse.learned_state[person.id] = title.owner.state

    def _represents(self, draft: _Draft, sentence: Sentence, title: Title) -> Assertion | None:
        owner = title.owner
        if owner.actor.kind == "organisation" and owner.state.kind == "state":
            owner = dataclasses.replace(owner, actor=owner.state)  # an army chief holds an office of the state
        key = (title.person.actor.id, owner.actor.id)
        if key in draft.titled:
            return None
        draft.titled.add(key)
        confidence = title.person.confidence * owner.confidence * 0.95
        return Assertion(
            document=draft.document.id,
            sentence=sentence,
            source=title.person,
            relation="represents",
            target=owner,
            trigger=title.span,
            status="ended" if title.former else "actual",
            background=True,
            date=draft.document.date,
            confidence=round(confidence, 3),
            rule="represents/title",
        )

    def _act(
        self, draft: _Draft, tree: Tree, sentence: Sentence, act: Act, dates: list[tuple[int, int, str]]
    ) -> tuple[Assertion, Factuality]:
        relation = self.ontology[act.trigger.frame.relation]
        facts = judge(act.token, act.carrier, relation.family, draft.resolver, self.words, act.words[1:])
        frame = act.trigger.frame
        polarity = facts.polarity
        if frame.polarity == "negated":
            polarity = "affirmed" if polarity == "negated" else "negated"
        status = facts.status if facts.status != "actual" else frame.status
        codes = code(relation, frame, polarity, status)
        words = sorted(
            [*act.words, *([act.carrier] if act.carrier is not None and act.carrier.is_verb else [])],
            key=lambda t: t.start,
        )
        start, end = words[0].start, words[-1].end
        if any(m.start < end and start < m.end for m in (act.source, act.target)):
            start, end = act.token.start, act.token.end
        assertion = Assertion(
            document=draft.document.id,
            sentence=sentence,
            source=act.source,
            relation=relation.id,
            target=act.target,
            trigger=Span(start, end, tree.text[start - tree.start : end - tree.start]),
            polarity=polarity,
            status=status,
            background=_background(act),
            attributed_to=self._attributed(facts, draft, tree),
            voice=_voice(facts, act),
            about=_names(draft.resolver, act, ("on", "over", "about", "regarding", "concerning")),
            against=_names(draft.resolver, act, ("against",)),
            date=_date(act, tree, dates) or draft.document.date,
            confidence=round(min(0.99, 0.97 * act.confidence), 3),
            rule=act.trigger.rule,
            plover=codes.plover,
            cameo=codes.cameo,
            weight=codes.weight,
        )
        return assertion, facts

    def _demand(self, draft: _Draft, tree: Tree, sentence: Sentence, demand: Demand) -> Assertion:
        relation = self.ontology["appeals_to"]
        start, end = demand.modal.start, max(demand.modal.end, demand.verb.end)
        return Assertion(
            document=draft.document.id,
            sentence=sentence,
            source=demand.source,
            relation=relation.id,
            target=demand.target,
            trigger=Span(start, end, tree.text[start - tree.start : end - tree.start]),
            voice="self",
            attributed_to=demand.source.actor.name,
            date=draft.document.date,
            confidence=round(0.85 * demand.source.confidence * demand.target.confidence, 3),
            rule="appeals_to/modal",
            plover=relation.plover,
            cameo=relation.cameo,
            weight=relation.weight,
        )

    def _other(self, deed: Assertion, relation_id: str, why: str) -> Assertion:
        """What a deed's telling does besides: who announces a hostile one threatens, who claims one accuses (PLOVER)."""
        relation = self.ontology[relation_id]
        return dataclasses.replace(
            deed,
            relation=relation.id,
            polarity="affirmed",
            status="actual",
            background=False,
            voice="self",
            confidence=round(deed.confidence * 0.9, 3),
            rule=f"{relation_id}/{why}/{deed.rule}",
            plover=relation.plover,
            cameo=relation.cameo,
            weight=relation.weight,
        )

    def _attributed(self, facts: Factuality, draft: _Draft, tree: Tree) -> str | None:
        if facts.speaker is not None:
            return facts.speaker.actor.name
        speaker = draft.resolver.discourse.speaker
        return speaker.name if tree.quoted and speaker is not None else None

    def _groups(self, tree: Tree, resolver: Resolver) -> Iterator[tuple[Actor, ...]]:
        """The states or groups that act together as subjects of the sentence."""
        for token in tree.tokens:
            if token.dep in ("nsubj", "nsubjpass") or (
                token.dep == "pobj" and token.head is not None and token.head.dep == "agent"
            ):
                together = {m.state.id: m.state for m in resolver.actors(token) if m.how != "anaphora"}
                if len(together) > 1:
                    yield tuple(together.values())

    def _speaker(self, tree: Tree, resolver: Resolver, discourse: Discourse) -> None:
        """Remember who spoke, for quotations that run on."""
        for token in tree.tokens:
            if token.is_verb and token.lemma in self.words.says and ('"' in tree.text or "“" in tree.text):
                subject = token.kid("nsubj")
                said = resolver.actors(subject) if subject is not None else ()
                if said:
                    discourse.speaker, discourse.speaker_state = said[0].actor, said[0].state


def _distinct(assertions: list[Assertion]) -> list[Assertion]:
    """One assertion for each triple, polarity and status of a sentence: the surest."""
    best: dict[tuple[str, str, str, str, str], Assertion] = {}
    symmetric = ontology()
    for a in assertions:
        ends = (a.source.actor.id, a.target.actor.id)
        if symmetric[a.relation].symmetric:
            ends = (min(ends), max(ends))
        key = (ends[0], a.relation, ends[1], a.polarity, a.status)
        if key not in best or a.confidence > best[key].confidence:
            best[key] = a
    return sorted(
        best.values(),
        key=lambda a: (a.trigger.start if a.trigger else a.sentence.start, a.source.start, a.target.start, a.relation),
    )


_HOSTILE = ("attacks", "coerces", "sanctions", "mobilizes_against", "fights", "threatens")


def _is_charge(deed: Assertion, facts: Factuality) -> bool:
    return (
        facts.claimed
        and facts.speaker is not None
        and deed.relation in _HOSTILE
        and deed.polarity == "affirmed"
        and facts.speaker.state.id != deed.source.state.id
    )


def _is_announced(deed: Assertion) -> bool:
    return (
        deed.relation in _HOSTILE[:5]
        and deed.polarity == "affirmed"
        and deed.status in ("planned", "hypothetical")
        and deed.voice == "self"
    )


def _names(resolver: Resolver, act: Act, prepositions: tuple[str, ...]) -> tuple[str, ...]:
    """The actors after a preposition of the deed that are neither its source nor its target: "on Kashmir"."""
    ends = {act.source.actor.id, act.target.actor.id, act.source.state.id, act.target.state.id}
    found: dict[str, None] = {}
    for anchor in (act.token, act.carrier, act.token.kid("dobj")):
        for token in objects_of(anchor, prepositions) if anchor is not None else ():
            for mention in resolver.actors(token) or resolver.owners(token):
                if mention.actor.id not in ends and mention.state.id not in ends:
                    found[mention.actor.name] = None
    return tuple(found)


def _background(act: Act) -> bool:
    """Does the sentence presuppose the deed ("the Iran-backed group", "after the war") rather than report it?"""
    token = act.token
    if act.trigger.part == "joined" or token.dep == "amod":
        return True
    if act.trigger.part == "noun":
        return act.carrier is None
    return False


def _voice(facts: Factuality, act: Act) -> Voice:
    if facts.speaker is None:
        return "outlet"
    if facts.speaker.state.id == act.source.state.id:
        return "self"
    if facts.speaker.state.id == act.target.state.id:
        return "target"
    return "third party"


def _voices(assertions: list[Assertion]) -> list[Assertion]:
    """Who reports a deed of somebody it is at odds with in the same document speaks as an opponent."""
    relations = ontology()
    at_odds: set[tuple[str, str]] = set()
    for a in assertions:
        if relations[a.relation].family in ("opposing", "fighting"):
            ends = ({a.source.actor.name, a.source.state.name}, {a.target.actor.name, a.target.state.name})
            at_odds |= {(x, y) for x in ends[0] for y in ends[1]} | {(y, x) for x in ends[0] for y in ends[1]}
    return [
        dataclasses.replace(a, voice="opponent")
        if a.voice == "third party" and a.attributed_to and (a.attributed_to, a.source.state.name) in at_odds
        else a
        for a in assertions
    ]


def _date(act: Act, tree: Tree, dates: list[tuple[int, int, str]]) -> str | None:
    """The date that hangs on the deed's clause."""
    if not dates:
        return None
    anchor = act.carrier or act.token
    clause = _clause(anchor)
    for start, _, value in dates:
        token = next((t for t in tree.tokens if t.end - tree.start > start), None)
        if token is not None and (_clause(token) is clause or any(a is act.token for a in token.above())):
            return value
    return None


def _clause(token: Token) -> Token:
    while not token.is_verb and token.head is not None:
        token = token.head
    return token
