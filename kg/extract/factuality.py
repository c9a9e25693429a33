"""Is it a fact, a plan, a claim? The climb from a deed to the root of its sentence, past all that bears on it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cues import NOBODY, Factuality, according, noun_marks, verb_marks
from kg.extract.governors import MUTABLE, UNDONE, governor_of_clause, noun_governed, preposition
from kg.extract.mentions import Resolver
from kg.extract.tree import Token
from kg.extract.vocabulary import Vocabulary
from kg.model import Family

__all__ = ["EVENTS", "Factuality", "judge"]

_CALLING = ("summon", "phone", "telephone", "write")
"""Verbs of turning to somebody: what they are for is said in the same breath."""
EVENTS = ("consults", "mediates", "agrees_with", "appeals_to", "concedes_to", "praises")
"""Relations whose deeds are done at one time."""
_ORDINALS = ("first", "last", "only", "latest", "second", "third", "next")


def judge(
    trigger: Token,
    carrier: Token | None,
    family: Family,
    resolver: Resolver,
    words: Vocabulary,
    parts: Sequence[Token] = (),
    *,
    event: bool = False,
) -> Factuality:
    """The factuality of a deed.

    `trigger` says it, `carrier` is the light verb that carries a trigger noun, `parts` are the trigger's other words.
    An `event`, such as talks, has taken place when it ends; what else ends is over.
    """
    found = Factuality()
    for part in parts:
        if part.is_noun:
            noun_marks(part, found, words)
    if carrier is not None:
        noun_marks(trigger, found, words)
        if carrier.is_verb:
            over = trigger.dep == "nsubj" and trigger.head is carrier
            for effect in words.cue("verb", carrier.lemma):
                if effect == "negated" and over:
                    if family in MUTABLE and not event:
                        found.mark("ended", carrier)  # "aid to Mali ended"; talks that ended were held
                elif effect != "negated" or family in MUTABLE or carrier.lemma in UNDONE:
                    found.mark(effect, carrier)
        node: Token = carrier
        if carrier.is_verb and carrier.lemma in words.receiving - words.light and family not in MUTABLE:
            node = trigger  # "will not accept threats": they were made all the same
    else:
        node = trigger
        if not trigger.is_verb:
            noun_marks(trigger, found, words)
    if trigger.is_verb:
        _object_marks(trigger, found, parts)
    tree = resolver.tree
    new = any(c.dep == "det" and c.text.lower() in ("a", "an", "any") for c in node.children)
    if tree is not None and (node.is_verb or new) and tree.text.rstrip("\"'”’) ").endswith("?"):
        found.mark("hypothetical", tree.tokens[-1])
    if _is_under_way(node, parts, carried=carrier is not None):
        found.mark("planned", node)
    seen: set[int] = set()
    first = True
    while node.i not in seen:
        seen.add(node.i)
        if node.is_verb or node.kid("cop", "aux", "neg") is not None:
            verb_marks(node, found, resolver, words, headline=tree is not None and tree.headline)
        according(node, found, resolver)
        above = node.head
        if above is None or node.dep == "parataxis":
            break
        if not _climb(node, above, found, family, resolver, words, first):
            break
        first = False
        node = above
        if node.text.lower() == "including":  # wherever it hangs, it goes with the verb
            node = next((t for t in node.above() if t.is_verb), node)
            for ready in node.kids("acomp"):  # "stand ready to help, including by selling"
                for effect in words.cue("adjective", ready.lemma):
                    found.mark(effect, ready)
    return found


def _object_marks(verb: Token, found: Factuality, parts: Sequence[Token]) -> None:
    """ "jailed no Briton", "met with nobody": what is done to nobody is not done."""
    objects = verb.kids("dobj") + [noun for part in parts for noun in part.kids("pobj")]
    for noun in objects:
        no = next((c for c in noun.kids("det") if c.text.lower() == "no"), None)
        if no is not None or noun.text.lower() in NOBODY:
            found.mark("negated", no or noun)


_MOTION = frozenset(("fly", "head", "travel", "go", "come", "journey", "sail", "return", "leave", "depart", "arrive"))
_CLOSING = frozenset(
    ("sign", "conclude", "reach", "seal", "finalize", "finalise", "negotiate", "draft", "ink", "ratify")
)


def _is_under_way(verb: Token, parts: Sequence[Token], *, carried: bool) -> bool:
    """Does the progressive say that it is not yet done ("is flying to Libya", "are negotiating a treaty")?"""
    if verb.tag != "VBG" or not any(a.lemma == "be" for a in verb.kids("aux")):
        return False
    if carried:
        return verb.lemma in _CLOSING
    return verb.lemma in _MOTION and any(part.text.lower() in ("to", "for", "in", "from") for part in parts)


def _climb(
    node: Token, above: Token, found: Factuality, family: Family, resolver: Resolver, words: Vocabulary, first: bool
) -> bool:
    """Take the governor of a node into account. Does what stands above it bear on the deed too?"""
    dep = node.dep
    if dep == "conj":
        than = next((c for c in above.kids("cc") if c.text.lower() == "than"), None)
        if than is not None and above.start < than.start < node.start:  # "left rather than fight"
            found.mark("negated", than)
            return False
        if above.is_verb and node.is_verb and node.kid("aux", "auxpass", "nsubj") is None:
            for child in above.kids("aux", "neg"):
                word = child.text.lower()
                if word in words.modals:
                    found.mark(words.modals[word], child)
        if above.tag == "VB" and node.tag in ("VBD", "VBZ", "VBP") and node.kid("nsubj") is not None:
            return False  # "demanded that A go, and B accused": said by no demand
        if node.kid("nsubj") is not None:
            return above.dep in ("ccomp",) and _climb_through(above, found, resolver, words)
        return above.dep in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "dobj", "pobj", "conj") and (
            above.is_verb or not node.is_verb
        )
    if dep in ("xcomp", "ccomp", "pcomp", "acomp", "oprd", "attr"):
        if dep == "pcomp":
            return preposition(above, found, resolver, words)
        return governor_of_clause(node, above, found, resolver, words)
    if dep in ("relcl", "acl") and node.tag != "VB" and above.lemma in words.documents:
        subject = node.kid("nsubj")  # "refused to sign a letter accusing": it accuses as it is signed
        if dep == "acl" and node.kid("mark") is not None:  # "denied reports that it had fired"
            found.mark("alleged", above)
        return subject is None or subject.tag in ("WDT", "WP")
    if dep == "acl" or (dep == "relcl" and node.tag == "VB"):
        if node.tag == "VB" or (above.is_noun and node.dep == "acl" and node.kid("mark") is not None):
            effects = words.cue("noun", above.lemma)
            for effect in effects:
                found.mark(effect, above)
            if not effects and node.tag == "VB" and not any(c.text.lower() in _ORDINALS for c in above.children):
                found.mark("hypothetical", node)  # "help to rescue the banks", not "the first to recognise it"
            noun_marks(above, found, words)
            return bool(effects)
        return False
    if dep == "relcl" and "alleged" in words.cue("noun", above.lemma):  # "the claim that they had fired"
        found.mark("alleged", above)
        return False
    if dep == "advcl":
        if node.tag == "VB" and any(a.tag == "TO" for a in node.kids("aux")):  # "sent troops to help", "for B to go"
            if above.lemma in _CALLING and family in ("opposing", "engaging"):
                return True  # "summoned the envoy to protest", "met to discuss trade": that is how it was done
            found.mark("hypothetical", node)
            return node.kid("nsubj") is None
        return False
    if dep in ("dobj", "nsubjpass", "nsubj", "pobj") and not node.is_verb:
        return noun_governed(node, above, found, family, resolver, words, first)
    if dep == "prep" and above.is_noun:
        effects = (
            words.cue("noun", above.lemma)
            if node.text.lower() in ("of", "for", "on", "to", "about", "against", "at")
            else []
        )
        if node.text.lower() == "without":
            found.mark("negated", node)
        for effect in effects:
            if effect != "negated" or family in MUTABLE:
                found.mark(effect, above)
        return bool(effects)
    if dep in ("prep", "agent") and above.is_verb:
        return node.text.lower() in ("by", "including", "after") or (first and above.lemma in ("be", "remain"))
    if dep in ("amod", "compound", "nmod") and above.is_noun and node.is_noun:
        for effect in words.cue("noun", above.lemma):  # "peace talks proposal"
            found.mark(effect, above)
        return False
    return False


def _climb_through(node: Token, found: Factuality, resolver: Resolver, words: Vocabulary) -> bool:
    head = node.head
    return head is not None and governor_of_clause(node, head, found, resolver, words)
