"""What governs a deed: whether a verb of saying, a refusal, an offer or a preposition above it makes it no fact."""

from __future__ import annotations

from kg.extract.cues import Factuality, according, verb_marks
from kg.extract.mentions import Resolver
from kg.extract.syntax import is_passive
from kg.extract.tree import Token
from kg.extract.vocabulary import Vocabulary
from kg.model import Family

__all__ = ["MUTABLE", "UNDONE", "governor_of_clause", "noun_governed", "preposition"]

MUTABLE: frozenset[Family] = frozenset(("backing", "engaging"))
"""Families whose nouns a governing verb can deny ("rejected talks"); a war that is rejected is a war all the same."""


def preposition(prep: Token, found: Factuality, resolver: Resolver, words: Vocabulary) -> bool:
    """A clause after a preposition: "accused of sheltering", "without recognising", "talks on joining"."""
    word = prep.text.lower()
    governor = prep.head
    if word in ("by", "including", "after"):  # "after meeting Modi, Xi will visit Nepal"
        return True
    if word in ("before", "ahead"):
        found.mark("planned", prep)
        return False
    if word == "without" or (
        word in ("of", "than") and governor is not None and governor.text.lower() in ("instead", "rather")
    ):
        found.mark("negated", prep)
        return False
    if governor is None:
        return False
    if governor.is_verb:
        if word in ("of", "for", "from", "on", "about", "against", "to", "in", "into", "at", "with", "over"):
            effects = words.clause_cue(governor.lemma)
            if (
                governor.lemma in ("condemn", "criticize", "criticise", "thank", "praise", "denounce", "blame")
                and word == "for"
            ):
                effects = [e for e in effects if e == "alleged"]
            for effect in effects:
                found.mark(effect, governor)
            return bool(effects) or governor.lemma in ("succeed", "insist", "engage")
        return False
    effects = words.cue("noun", governor.lemma) + words.cue("adjective", governor.lemma)
    for effect in effects:
        found.mark(effect, governor)
    return bool(effects)


def governor_of_clause(node: Token, verb: Token, found: Factuality, resolver: Resolver, words: Vocabulary) -> bool:
    """A clause under a verb: reported, agreed, refused, believed."""
    lemma = verb.lemma
    effects = words.clause_cue(lemma) if verb.is_verb else words.cue("adjective", lemma) + words.cue("noun", lemma)
    finite = node.dep == "ccomp" and (
        node.kid("aux", "auxpass") is None or node.tag != "VB" or any(a.text.lower() != "to" for a in node.kids("aux"))
    )
    if node.dep in ("oprd", "attr") and verb.is_verb and verb.lemma != "be" and _what(verb):
        return _called(verb, found, resolver)
    if node.dep == "oprd":  # to call something a friendship is not to hope for one
        effects = [effect for effect in effects if effect == "alleged"]
    if lemma == "have" and node.dep == "xcomp" and any(c.text.lower() == "yet" for c in verb.children):
        found.mark("negated", verb)
        return True
    if lemma == "be" and node.dep == "xcomp" and any(a.tag == "TO" for a in node.kids("aux")):
        found.mark("planned", verb)
        return True
    if lemma in words.modals and node.dep == "xcomp":  # "ought to"
        found.mark(words.modals[lemma], verb)
        return True
    if lemma == "let" and verb.tag == "VB" and verb.dep in ("ROOT", "ccomp") and verb.kid("nsubj", "aux") is None:
        found.mark("hypothetical", verb)  # "let Italy help"
        return True
    if lemma == "go" and verb.tag == "VBG" and node.tag == "VB":
        found.mark("planned", verb)
        return True
    if lemma in words.says and (finite or node.dep == "ccomp"):
        speaker = verb.kid("nsubj")
        if is_passive(verb):
            found.mark("alleged", verb)
        elif found.speaker is None and speaker is not None:
            said = resolver.actors(speaker)
            found.speaker = said[0] if said else None
            found.told = found.speaker is not None
            found.cues.append(f"said by: {speaker.text}")
            if speaker.lemma in words.doubted and not said:
                found.mark("alleged", speaker)
        if lemma in words.claims:
            found.mark("alleged", verb)
            found.claimed = found.speaker is not None
        elif any(c.dep == "neg" for c in verb.children) or lemma == "warn":
            found.mark("hypothetical", verb)
        return False
    if lemma in words.says and is_passive(verb):
        found.mark("alleged", verb)
        return True
    if finite:
        effects = [e for e in effects if e != "planned"] or effects
    if lemma in _LEFT_OPEN and verb.kid("neg") is not None:
        found.mark("hypothetical", verb)
    for effect in effects:
        found.mark(effect, verb)
    return True


def _called(verb: Token, found: Factuality, resolver: Resolver) -> bool:
    """ "what Quito called an incursion": so says Quito, and only that it says so is known."""
    subject = verb.kid("nsubj")
    said = resolver.actors(subject) if subject is not None else ()
    found.mark("alleged", verb)
    if said and found.speaker is None:
        found.speaker, found.claimed = said[0], True
    return False


def _what(verb: Token) -> bool:
    return any(c.text.lower() == "what" for c in verb.children)


def noun_governed(
    noun: Token, above: Token, found: Factuality, family: Family, resolver: Resolver, words: Vocabulary, first: bool
) -> bool:
    """A deed told by a noun that is object or subject of a verb: "called for talks", "rejected the offer"."""
    if noun.dep == "pobj":
        governor = above.head
        ahead = governor is not None and governor.text.lower() == "ahead"
        if above.text.lower() in ("before", "ahead") or ahead:  # "days before a meeting"
            found.mark("planned", above)
            return False
        if above.text.lower() == "without":
            found.mark("negated", above)
            return False
        if above.text.lower() == "as" and governor is not None and _what(governor):
            return _called(governor, found, resolver)
        if above.text.lower() == "as" and governor is not None and _is_judged(noun, governor, family):
            return _called(governor, found, resolver)
        if above.text.lower() == "as" and governor is not None and is_passive(governor):  # "is seen as an ally"
            for effect in words.clause_cue(governor.lemma):
                if effect == "alleged":
                    found.mark(effect, governor)
            return False
        if governor is None or above.text.lower() not in ("for", "of", "on", "to", "against", "about", "from", "in"):
            return False
        part = "verb" if governor.is_verb else "noun"
        if part == "noun":  # "the possibility of a war"
            for effect in words.cue("noun", governor.lemma):
                if effect != "negated" or family in MUTABLE:
                    found.mark(effect, governor)
            return False
        effects = words.cue("verb", governor.lemma) if above.text.lower() != "in" else []
        if above.text.lower() == "for":  # "looked for help", "pressed for talks"
            effects = effects or [e for e in words.clause_cue(governor.lemma) if e == "hypothetical"]
        if above.text.lower() == "against" and governor.lemma not in ("warn", "caution", "decide", "advise"):
            effects = []
    else:
        governor = above
        effects = words.cue("verb", governor.lemma) if governor.is_verb else []
        if noun.dep == "nsubj":
            if governor.lemma == "be" and any(a.tag == "TO" for c in governor.kids("xcomp") for a in c.kids("aux")):
                found.mark("planned", governor)  # "talks are to begin in June"
            if _is_new(noun, family):
                _prospect(governor, found, words)
            else:
                _likelihood(governor, found, words)
            return False
        if governor.is_verb and any(c.dep == "det" and c.text.lower() in ("a", "an", "any") for c in noun.children):
            for effect in effects:
                if (
                    family in MUTABLE
                    or governor.lemma in UNDONE
                    or (effect in ("planned", "hypothetical") and governor.lemma in _FORWARD)
                ):
                    found.mark(effect, governor)
            return True  # what is new stands and falls with its verb: "would authorise a war"
        if (
            governor.lemma
            in (
                "discuss",
                "stress",
                "emphasize",
                "emphasise",
                "underline",
                "underscore",
                "see",
                "fear",
                "tell",
                "stall",
                "end",
                "halt",
                "suspend",
            )
            and family not in MUTABLE
        ):
            effects = []
    marked = False
    for effect in effects:
        if effect == "negated" and family not in MUTABLE and governor.lemma not in UNDONE:
            continue
        if family in ("fighting", "opposing") and effect == "hypothetical" and governor.lemma not in _FORWARD:
            continue
        found.mark(effect, governor)
        marked = True
    if governor.is_verb and (marked or noun.dep in ("dobj", "nsubjpass")):
        if marked:
            verb_marks(governor, found, resolver, words)
        according(governor, found, resolver)
        return governor is above and marked
    return False


def _is_judged(noun: Token, verb: Token, family: Family) -> bool:
    """Is it what somebody calls another ("named Chile as the main threat to the region"), not a bond of his own?"""
    hostile = family in ("opposing", "fighting")
    return hostile and verb.lemma in _JUDGING and not is_passive(verb) and noun.kid("poss") is None


def _is_new(noun: Token, family: Family) -> bool:
    """Is the deed told of as one that may come ("a war between A and B", "talks between them"), not one known?"""
    determiner = noun.kid("det", "poss")
    if determiner is None:
        return family in MUTABLE or noun.lemma == "war"
    return determiner.text.lower() in ("a", "an", "any", "another", "no")


def _prospect(verb: Token, found: Factuality, words: Vocabulary) -> None:
    """A deed that is the subject of a modal or of what is likely ("a war would be costly", "is possible")."""
    for child in verb.kids("aux"):
        word = child.text.lower()
        if word in words.modals:
            found.mark(words.modals[word], child)
    for predicate in verb.kids("acomp", "attr"):
        for effect in words.cue("adjective", predicate.lemma):
            found.mark(effect, predicate)


UNDONE = frozenset(("avert", "foil", "thwart", "prevent", "forestall", "preempt"))
"""Verbs by which even a war or raid did not come to be."""


def _likelihood(verb: Token, found: Factuality, words: Vocabulary) -> None:
    """ "The expulsion of envoys is likely": has it taken place, nobody asks how likely it is."""
    for predicate in verb.kids("acomp"):
        if predicate.lemma in _LIKELY and predicate.kid("xcomp", "ccomp", "prep") is None:
            for effect in words.cue("adjective", predicate.lemma):
                found.mark(effect, predicate)


_LIKELY = frozenset(("likely", "unlikely", "possible", "impossible", "imminent", "conceivable", "inevitable"))
_FORWARD = frozenset(
    [
        "fear",
        "expect",
        "predict",
        "foresee",
        "prepare",
        "envisage",
        "threaten",
        "warn",
        "urge",
        "demand",
        "propose",
        "call",
        "consider",
        "plan",
        "want",
        "seek",
        "mull",
        "weigh",
        "request",
        "recommend",
        "suggest",
        "push",
        "press",
        "advocate",
        "risk",
        "avoid",
        "prevent",
        "avert",
    ]
)
_LEFT_OPEN = ("rule", "exclude", "deny", "dismiss", "discount")
"""Verbs that leave a deed open where they are denied ("has not ruled out attacking")."""
_JUDGING = frozenset(("designate", "name", "label", "brand", "describe", "portray", "cast", "identify", "denounce"))
