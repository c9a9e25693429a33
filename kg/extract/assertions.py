"""What a sentence says, as assertions: acts, titles and demands with their factuality, codes, date and evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from kg.extract.blames import Blame
from kg.extract.coding import code
from kg.extract.confidence import sure
from kg.extract.dates import date_of, find_dates
from kg.extract.factuality import EVENTS, Factuality, judge
from kg.extract.frames import Act
from kg.extract.mentions import Resolver
from kg.extract.speech import Demand
from kg.extract.syntax import objects_of
from kg.extract.telling import is_announced, is_charge, is_quoted_of_others, is_told_of_others, voice_of
from kg.extract.titles import Title
from kg.extract.tree import Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Assertion, Document, Mention, Sentence, Span, Status
from kg.relations import Ontology

__all__ = ["Asserter", "distinct"]


class Asserter:
    """Makes the assertions of one document."""

    def __init__(self, document: Document, resolver: Resolver, words: Vocabulary, relations: Ontology) -> None:
        self.document = document
        self.resolver = resolver
        self.words = words
        self.relations = relations
        self._titled: set[tuple[str, str]] = set()

    def acts(
        self, tree: Tree, sentence: Sentence, acts: Iterable[Act], dates: list[tuple[int, int, str]]
    ) -> Iterator[Assertion]:
        """The assertions of acts, and what their telling does besides: announcing a hostile deed threatens, claiming
        one accuses (PLOVER)."""
        discourse = self.resolver.discourse
        told_by = discourse.speaker_state if tree.quoted else None
        for act in acts:
            assertion, facts = self._act(tree, sentence, act, dates)
            if is_told_of_others(assertion, facts) or is_quoted_of_others(assertion, facts, told_by):
                assertion = dataclasses.replace(assertion, status="alleged")
            yield assertion
            if is_announced(assertion, facts):
                yield self._other(tree, assertion, "threatens", "announced")
            if facts.speaker is not None and (is_charge(assertion, facts) or is_told_of_others(assertion, facts)):
                charge = dataclasses.replace(assertion, source=facts.speaker, target=assertion.source)
                yield self._other(tree, charge, "accuses", "claimed")

    def _act(
        self, tree: Tree, sentence: Sentence, act: Act, dates: list[tuple[int, int, str]]
    ) -> tuple[Assertion, Factuality]:
        relation = self.relations[act.trigger.frame.relation]
        event = relation.id in EVENTS
        facts = judge(act.token, act.carrier, relation.family, self.resolver, self.words, act.words[1:], event=event)
        frame = act.trigger.frame
        polarity = facts.polarity
        if frame.polarity == "negated":
            polarity = "affirmed" if polarity == "negated" else "negated"
        status = facts.status if facts.status != "actual" else frame.status
        codes = code(relation, frame, polarity, status, act.deed)
        words = sorted(
            [*act.words, *([act.carrier] if act.carrier is not None and act.carrier.is_verb else [])],
            key=lambda t: t.start,
        )
        start, end = words[0].start, words[-1].end
        if any(m.start < end and start < m.end for m in (act.source, act.target)):
            start, end = act.token.start, act.token.end
        if dates and status == "planned":  # "will meet on Friday": the Friday to come
            dates = find_dates(tree.text, self.document.date, ahead=True)
        assertion = Assertion(
            document=self.document.id,
            sentence=sentence,
            source=act.source,
            relation=relation.id,
            target=act.target,
            trigger=Span(start, end, tree.text[start - tree.start : end - tree.start]),
            polarity=polarity,
            status=status,
            background=_background(act),
            attributed_to=self._attributed(facts, tree),
            voice=voice_of(facts, act),
            about=_names(self.resolver, act, ("on", "over", "about", "regarding", "concerning")),
            against=_names(self.resolver, act, ("against",)),
            date=date_of(act.token, act.carrier, tree, dates) or self.document.date,
            confidence=sure(
                (act.source, act.target),
                act.trigger.part,
                len(tree.tokens),
                polarity,
                status,
                loose=act.confidence < 0.99 * act.source.confidence * act.target.confidence,
            ),
            rule=act.trigger.rule,
            plover=codes.plover,
            cameo=codes.cameo,
            weight=codes.weight,
        )
        return assertion, facts

    def represents(self, sentence: Sentence, title: Title) -> Assertion | None:
        """Person and office, the first time that the document states them."""
        owner = title.owner
        if owner.actor.kind == "organisation" and owner.state.kind == "state":
            owner = dataclasses.replace(owner, actor=owner.state)  # an army chief holds an office of the state
        key = (title.person.actor.id, owner.actor.id)
        if key in self._titled:
            return None
        self._titled.add(key)
        status: Status = "ended" if title.former else "actual"
        return Assertion(
            document=self.document.id,
            sentence=sentence,
            source=title.person,
            relation="represents",
            target=owner,
            trigger=title.span,
            status=status,
            background=True,
            date=self.document.date,
            confidence=sure((title.person, owner), "title", len(sentence.text.split()), status=status),
            rule="represents/title",
        )

    def demand(self, tree: Tree, sentence: Sentence, demand: Demand) -> Assertion:
        """The appeal that a demand is."""
        start, end = demand.modal.start, max(demand.modal.end, demand.verb.end)
        trigger = Span(start, end, tree.text[start - tree.start : end - tree.start])
        return self._told(tree, sentence, (demand.source, demand.target), "appeals_to", "appeals_to/modal", trigger)

    def blames(
        self, tree: Tree, sentence: Sentence, blames: Iterable[Blame], read: Iterable[Assertion]
    ) -> list[Assertion]:
        """The criticism that blames are, but for those who are told to oppose each other in other words."""
        opposed = {
            (a.source.state.id, a.target.state.id) for a in read if self.relations[a.relation].family == "opposing"
        }
        found = []
        for blame in blames:
            if (blame.source.state.id, blame.target.state.id) in opposed:
                continue
            start, end = min(blame.verb.start, blame.word.start), max(blame.verb.end, blame.word.end)
            trigger = Span(start, end, tree.text[start - tree.start : end - tree.start])
            ends = (blame.source, blame.target)
            told = self._told(tree, sentence, ends, "criticizes", "criticizes/said", trigger, loose=not blame.direct)
            found.append(told)
        return found

    def _told(
        self,
        tree: Tree,
        sentence: Sentence,
        ends: tuple[Mention, Mention],
        relation_id: str,
        rule: str,
        trigger: Span,
        *,
        loose: bool = False,
    ) -> Assertion:
        """What somebody does by saying something of somebody else."""
        relation, (source, target) = self.relations[relation_id], ends
        return Assertion(
            document=self.document.id,
            sentence=sentence,
            source=source,
            relation=relation.id,
            target=target,
            trigger=trigger,
            voice="self",
            attributed_to=source.actor.name,
            date=self.document.date,
            confidence=sure(ends, "told", len(tree.tokens), loose=loose),
            rule=rule,
            plover=relation.plover,
            cameo=relation.cameo,
            weight=relation.weight,
        )

    def _other(self, tree: Tree, deed: Assertion, relation_id: str, why: str) -> Assertion:
        relation = self.relations[relation_id]
        return dataclasses.replace(
            deed,
            relation=relation.id,
            polarity="affirmed",
            status="actual",
            background=False,
            voice="self",
            confidence=sure((deed.source, deed.target), "told", len(tree.tokens)),
            rule=f"{relation_id}/{why}/{deed.rule}",
            plover=relation.plover,
            cameo=relation.cameo,
            weight=relation.weight,
        )

    def _attributed(self, facts: Factuality, tree: Tree) -> str | None:
        if facts.speaker is not None:
            return facts.speaker.actor.name
        speaker = self.resolver.discourse.speaker
        return speaker.name if tree.quoted and speaker is not None else None


def distinct(assertions: Iterable[Assertion], relations: Ontology) -> list[Assertion]:
    """One assertion for each triple, polarity and status of a sentence: the surest."""
    best: dict[tuple[str, str, str, str, str], Assertion] = {}
    for a in assertions:
        ends = (a.source.actor.id, a.target.actor.id)
        if relations[a.relation].symmetric:
            ends = (min(ends), max(ends))
        key = (ends[0], a.relation, ends[1], a.polarity, a.status)
        if key not in best or a.confidence > best[key].confidence:
            best[key] = a
    return sorted(
        best.values(),
        key=lambda a: (a.trigger.start if a.trigger else a.sentence.start, a.source.start, a.target.start, a.relation),
    )


def _names(resolver: Resolver, act: Act, prepositions: tuple[str, ...]) -> tuple[str, ...]:
    """The actors after a preposition of the deed that are neither its source nor its target: "on Kashmir"."""
    ends = {act.source.actor.id, act.target.actor.id, act.source.state.id, act.target.state.id}
    found: dict[str, None] = {}
    for anchor in (act.token, act.carrier, act.token.kid("dobj")):
        for token in objects_of(anchor, prepositions) if anchor is not None else ():
            if token.head in act.words:
                continue  # "called on both": whom, not about what
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
