"""Why a sentence was read as it was: triggers, who stood at each of their places, cues, and what came closest.

An `Explainer` is an extractor that looks over its own shoulder: it reads exactly what an `Extractor` reads.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.actors.catalogue import Catalogue
from kg.errors import Problem
from kg.extract.assertions import Asserter
from kg.extract.factuality import Factuality
from kg.extract.frame_entry import Trigger
from kg.extract.frames import Act
from kg.extract.matching import find_triggers
from kg.extract.mentions import Resolver
from kg.extract.near import Gap, gaps
from kg.extract.pipeline import DEFAULT_MODEL, Job
from kg.extract.places import Places
from kg.extract.reach import Place
from kg.extract.reader import Extractor, _Draft
from kg.extract.tree import Token, Tree
from kg.extract.why import LeftOut, no_place, why_not
from kg.model import Assertion, Document, Mention, Reading, Sentence, Span

__all__ = ["Explained", "Explainer", "Explanation", "Looked", "Side", "Told", "Trace"]

Side = Literal["source", "target", "either"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A place of a frame that was looked at, in the frame's own words ("subj", "prep:with"), and who stood there."""

    place: str
    side: Side
    found: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A trigger found in the sentence. `read` says how many acts it gave; `reason` why none, "" where it gave some.

    `left_out` are pairs that stood at its places and made no act. `carrier` is the light verb that carries a noun.
    """

    words: Span
    trigger: Trigger
    carrier: str | None
    looked: tuple[Looked, ...]
    read: int
    reason: str
    left_out: tuple[LeftOut, ...] = ()
    covered: bool = False
    """Do its words belong to another trigger, which was read instead?"""


@dataclass(frozen=True, slots=True)
class Told:
    """An assertion with the cues that its polarity, status and speaker rest on."""

    assertion: Assertion
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence: what was read of it and why, and for each two actors without a triple what came closest."""

    sentence: Sentence
    headline: bool
    mentions: tuple[Mention, ...]
    traces: tuple[Trace, ...]
    told: tuple[Told, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading and its sentences explained, in text order; the assertions of both are the same."""

    reading: Reading
    sentences: tuple[Explained, ...]


@dataclass(slots=True)
class _Seen:
    """What was noted of one sentence while it was read."""

    tree: Tree
    traces: tuple[Trace, ...] = ()
    mentions: tuple[Mention, ...] = ()
    cues: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)


class Explainer(Extractor):
    """Reads documents and says why; slower than an `Extractor`, with the same result."""

    def __init__(self, actors: Catalogue | None = None, *, model: str = DEFAULT_MODEL, fast: bool = True) -> None:
        super().__init__(actors, model=model, fast=fast, thorough=True)
        self._seen: list[_Seen] = []

    def explain(self, documents: Iterable[Document], problems: list[Problem]) -> Iterator[Explanation]:
        """The documents read and explained, in order; problems as for `read`."""
        for reading in self.read(documents, problems):
            seen, self._seen = self._seen, []
            yield Explanation(reading, tuple(_explained(one, reading) for one in seen))

    def _document(self, document: Document, parts: Iterable[list[Tree]], rest: list[Job], named: set[str]) -> Reading:
        self._seen = []
        return super()._document(document, parts, rest, named)

    def _sentence(self, draft: _Draft, tree: Tree) -> None:
        if not isinstance(draft.asserter, _Noting):  # the document's first sentence
            draft.asserter = _Noting(draft.document, draft.resolver, self.words, self.ontology)
        noted = draft.asserter.noted = []
        before = len(draft.mentions)
        super()._sentence(draft, tree)
        # Every phrase of the sentence is resolved by now and kept, so looking again changes nothing.
        self._seen.append(
            _Seen(
                tree,
                tuple(self._traces(tree, draft.resolver, [act for act, _, _ in noted])),
                tuple(draft.mentions[before:]),
                {(a.id, a.polarity, a.rule): tuple(facts.cues) for _, a, facts in noted},
            )
        )

    def _traces(self, tree: Tree, resolver: Resolver, read: list[Act]) -> Iterator[Trace]:
        used: set[int] = set()
        for trigger, found in find_triggers(tree, self.lexicon):
            acts = [act for act in read if act.trigger is trigger and act.words == found]
            words = _span(tree, found)
            if not acts and any(token.i in used for token in found[1:] or found):
                yield Trace(
                    words, trigger, None, (), 0, "its words belong to another trigger, which was read", covered=True
                )
                continue
            if acts and trigger.frame.relation != "mediates":  # as in frames: talks that are mediated are talks
                used |= {token.i for token in found}
            places = _Watched(trigger, found, tree, resolver, self.words, self.lexicon)
            sources, targets = places.ends(partly=True)
            made = {(act.source.actor.id, act.target.actor.id) for act in acts}
            left_out = tuple(
                LeftOut(a, b, why_not(trigger, a, b, resolver))
                for a, b in _pairs(trigger, sources, targets)
                if (a.actor.id, b.actor.id) not in made and (b.actor.id, a.actor.id) not in made
            )
            looked = tuple(places.looked())
            reason = ""
            if not acts:
                stood = [mention for at in looked if at.side == "target" for mention in at.found]
                reason = left_out[0].reason if left_out else no_place(places, sources, targets, stood)
            carrier = places.carrier.text if places.carrier is not None else None
            yield Trace(words, trigger, carrier, looked, len(acts), reason, left_out)


class _Noting(Asserter):
    """Makes the same assertions, and notes of which act and on which cues."""

    noted: list[tuple[Act, Assertion, Factuality]]

    def _act(
        self, tree: Tree, sentence: Sentence, act: Act, dates: list[tuple[int, int, str]]
    ) -> tuple[Assertion, Factuality]:
        assertion, facts = super()._act(tree, sentence, act, dates)
        self.noted.append((act, assertion, facts))
        return assertion, facts


class _Watched(Places):
    """Places that remember where they were looked for."""

    slots: dict[str, Place] | None = None

    def _slot(self, slot: str) -> Place:
        place = super()._slot(slot)
        if self.slots is None:
            self.slots = {}
        if slot not in self.slots or place.mentions:
            self.slots[slot] = place
        return place

    def looked(self) -> Iterator[Looked]:
        """The places looked at, in that order."""
        for slot, place in (self.slots or {}).items():
            source, target = slot in self.trigger.source, slot in self.trigger.target
            side: Side = "either" if source == target else "source" if source else "target"
            yield Looked(slot, side, place.mentions)


def _pairs(trigger: Trigger, sources: Place, targets: Place) -> Iterable[tuple[Mention, Mention]]:
    if targets.mentions:
        return itertools.product(sources.mentions, targets.mentions)
    return itertools.combinations(sources.mentions, 2) if trigger.mutual else ()


def _span(tree: Tree, words: tuple[Token, ...]) -> Span:
    start, end = min(t.start for t in words), max(t.end for t in words)
    return Span(start, end, tree.text[start - tree.start : end - tree.start])


def _explained(seen: _Seen, reading: Reading) -> Explained:
    tree = seen.tree
    told = []
    for assertion in reading.assertions:
        if (assertion.sentence.start, assertion.sentence.end) == (tree.start, tree.end):
            told.append(Told(assertion, _cues(assertion, seen)))
    return Explained(
        Sentence(tree.start, tree.end, tree.text),
        tree.headline,
        seen.mentions,
        seen.traces,
        tuple(told),
        tuple(gaps(tree, seen.mentions, seen.traces, [one.assertion for one in told])),
    )


def _cues(assertion: Assertion, seen: _Seen) -> tuple[str, ...]:
    """The cues of an assertion, or of the deed that it was made of ("threatens/announced/attacks/verb/bomb")."""
    own = seen.cues.get((assertion.id, assertion.polarity, assertion.rule))
    if own is not None:
        return own
    return next((cues for (_, _, rule), cues in seen.cues.items() if assertion.rule.endswith(f"/{rule}")), ())
