"""Trigger words in a tree -> who does what to whom: fills the places that a frame names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.discourse import Deed
from kg.extract.frame_entry import Trigger
from kg.extract.lexicon import Lexicon
from kg.extract.matching import Match, find_triggers
from kg.extract.mentions import Resolver
from kg.extract.partners import has_partners, partners
from kg.extract.places import Places
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Mention
from kg.relations import ontology

__all__ = ["Act", "is_public", "read_acts"]


@dataclass(slots=True)
class Act:
    """One reading of a trigger: the ends as mentions, the tokens that say it, how sure the arguments are."""

    trigger: Trigger
    words: tuple[Token, ...]
    source: Mention
    target: Mention
    carrier: Token | None
    confidence: float
    deed: str | None = None
    """The code of the deed that an appeal or a charge speaks of, where the sentence says it."""

    @property
    def token(self) -> Token:
        return self.words[0]


def read_acts(tree: Tree, lexicon: Lexicon, resolver: Resolver, words: Vocabulary) -> list[Act]:
    """All acts of a sentence, before factuality, in text order."""
    matches = find_triggers(tree, lexicon)
    if matches and _is_sport(tree, words):
        return []
    acts: list[Act] = []
    used: set[int] = set()
    unread: list[Match] = []
    for trigger, found in matches:
        # A word that belongs to a longer trigger which was read is not one of its own ("cut ties" is no tie).
        if any(token.i in used for token in found[1:] or found):
            continue
        if found[0].i in used and (trigger.part == "noun" or not any(token.is_noun for token in found[1:])):
            continue  # "sold arms to" is no mere "sold to", lifting a travel ban no ban
        new = list(_fill(trigger, found, tree, resolver, words, lexicon))
        if not new and _looks_back(trigger, found[0]):
            unread.append((trigger, found))
        if new and trigger.frame.relation != "mediates":  # talks that are mediated are talks
            used |= {token.i for token in (found if found[-1].text.lower() != "alongside" else found[1:])}
        if trigger.frame.relation in ("appeals_to", "accuses"):
            for act in new:
                act.deed = _deed(trigger, found, matches)
        acts += new
    # A stance to a deed that is only pointed at: what else the sentence says tells whose it is ("condemned the raid").
    resolver.told = [
        Deed(a.trigger.frame.relation, a.source, a.target, resolver.discourse.sentence, a.token.start) for a in acts
    ]
    for trigger, found in unread:
        if not any(token.i in used for token in found):
            new = list(_fill(trigger, found, tree, resolver, words, lexicon))
            used |= {token.i for token in found if new}
            acts += new
    return sorted(acts, key=lambda act: act.token.i)


def _looks_back(trigger: Trigger, head: Token) -> bool:
    """Can what was told before give the trigger an end that its sentence does not?"""
    relation = trigger.frame.relation
    return ontology()[relation].stance or (trigger.mutual and has_partners(relation, head))


def _deed(trigger: Trigger, found: tuple[Token, ...], matches: list[Match]) -> str | None:
    """The code of the deed in the clause or phrase that a trigger governs ("urged Iran to release", "plea for aid")."""
    below = [
        c for token in found for c in token.kids("xcomp", "ccomp", "advcl", "acl", "dobj", "pobj", "pcomp", "conj")
    ]
    below += [c for token in found for p in token.kids("prep") for c in p.kids("pobj", "pcomp")]
    for token in below:
        if token in found or token.kid("neg") is not None:
            continue
        for other, words in matches:
            code = other.frame.cameo or ontology()[other.frame.relation].cameo
            if words[0] is token and other is not trigger and code is not None:
                return code
    return None


def _is_journey(a: Mention, b: Mention) -> bool:
    """Do people without an office go to a country ("Thai nurses flew to Oman")? It is not its guest."""
    return any(is_public(x) and y.actor.kind in ("state", "territory") for x, y in ((a, b), (b, a)))


def is_public(mention: Mention) -> bool:
    """Are they people without an office ("Thai nurses"), not somebody whom the catalogue knows?"""
    return mention.actor.sector == "civilians" and mention.actor.kind != "person"


def _is_sport(tree: Tree, words: Vocabulary) -> bool:
    if not words.sport.isdisjoint([t.lemma for t in tree.tokens]) or _SCORE.search(tree.text) is not None:
        return True
    text = tree.text.lower()
    return any(phrase in text for phrase in words.sport_phrases)


_SCORE = re.compile(
    r"\b\d{1,2}[-–]\d{1,2}\b(?! (?:August|\w+ber|January|February|March|April|May|June|July|year|vote))"
)


_TO_SOMEBODY = ("accuses", "appeals_to", "consults", "agrees_with")
_OFFICIAL = frozenset(("recognizes", "sanctions", "agrees_with", "concedes_to", "mobilizes_against", "arms"))
"""What only a state does: who did so led it then, though he no longer does."""


def _fill(
    trigger: Trigger, found: tuple[Token, ...], tree: Tree, resolver: Resolver, words: Vocabulary, lexicon: Lexicon
) -> Iterator[Act]:
    reader = Places(trigger, found, tree, resolver, words, lexicon)
    sources, targets = reader.ends()
    lone = None
    if trigger.mutual and resolver.told is not None and reader.holds:
        named = (*sources.mentions, *targets.mentions)
        lone = partners(trigger.frame.relation, reader.head, named, resolver.told, resolver)
    if not sources.mentions and lone is None:
        return
    frame = trigger.frame
    certainty = sources.certainty * targets.certainty
    pairs: Iterable[tuple[Mention, Mention]]
    if lone is not None:
        pairs = (lone,)
    elif targets.mentions:
        pairs = ((a, b) for a in sources.mentions for b in targets.mentions)
    elif reader.reciprocal and len(sources.mentions) > 1:
        pairs = itertools.permutations(sources.mentions, 2)
    elif (
        trigger.mutual
        and len(sources.mentions) > 1
        and not reader.has_other_object
        and (trigger.part != "role" or reader.head.is_plural)  # "A, a friend of his, and B" are no friends
    ):
        ends = sources.mentions
        pairs = ((a, b) for i, a in enumerate(ends) for b in ends[i + 1 :])
    else:
        return
    if trigger.mutual and targets.mentions and reader.multilateral:
        ends = (*sources.mentions, *targets.mentions)
        pairs = itertools.combinations(ends, 2)
    family = ontology()[frame.relation].family
    structural = family == "structure"
    for a, b in pairs:
        if frame.relation in _OFFICIAL and reader.is_past:
            a, b = resolver.in_office(a), resolver.in_office(b)
        if a.actor.id == b.actor.id or (a.state.id == b.state.id and not structural):
            continue
        if structural and frame.relation != "represents" and ("title" in (a.how, b.how) or b.actor.kind == "person"):
            continue  # a mission or an army is no land to be held
        if a.state.id.startswith("territory.") and not structural and not trigger.mutual:
            continue  # a contested territory is acted on; who acts in it has a name of his own
        if b.state.kind == "territory" and (ontology()[frame.relation].stance or frame.relation in _TO_SOMEBODY):
            continue  # nobody answers there
        if resolver.is_place(a) and not trigger.mutual and not structural:
            continue
        if frame.relation == "consults" and b.how == "title" and b.actor.sector == "military" and reader.is_thing(b):
            continue  # to host a base is to meet nobody
        if frame.relation == "consults" and _is_journey(a, b):
            continue
        if family == "fighting" and is_public(a):
            continue  # what a tourist or a student does by force, his country does not
        if frame.source_kinds and a.actor.kind not in frame.source_kinds and a.state.kind not in frame.source_kinds:
            continue
        if frame.target_kinds and b.actor.kind not in frame.target_kinds and b.state.kind not in frame.target_kinds:
            continue
        yield Act(trigger, found, a, b, reader.carrier, certainty * a.confidence * b.confidence)
