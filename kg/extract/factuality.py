"""Is it a fact, a plan, a claim? Polarity, status and speaker of a deed, from the words that govern it in the tree.

It is not two modules because all of it is one climb from the deed to the root of its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.mentions import Resolver
from kg.extract.syntax import is_passive, objects_of
from kg.extract.tree import Token
from kg.extract.vocabulary import Effect, Vocabulary
from kg.model import Family, Mention, Polarity, Status

__all__ = ["Factuality", "judge"]

_ORDER: dict[str, int] = {"actual": 0, "ended": 1, "planned": 2, "alleged": 3, "hypothetical": 4}
_MUTABLE: frozenset[Family] = frozenset(("backing", "engaging"))
"""Families whose nouns a governing verb can deny ("rejected talks"); a war that is rejected is a war all the same."""


@dataclass(slots=True)
class Factuality:
    """The judgement, and the cues it rests on, for `explain`."""

    negations: int = 0
    status: Status = "actual"
    speaker: Mention | None = None
    cues: list[str] = field(default_factory=list)
    claimed: bool = False
    """Does the speaker only claim it?"""
    told: bool = False
    """Does the speaker say it in a clause of his own or by "according to"?"""

    @property
    def polarity(self) -> Polarity:
        return "negated" if self.negations % 2 else "affirmed"

    def mark(self, effect: Effect, cue: Token) -> None:
        """Take a cue into account: a stronger doubt stands over a weaker."""
        self.cues.append(f"{effect}: {cue.text}")
        if effect == "negated":
            self.negations += 1
        elif _ORDER[effect] > _ORDER[self.status]:
            self.status = effect


_ORDINALS = ("first", "last", "only", "latest", "second", "third", "next")
_NOBODY = ("nobody", "none", "no-one", "nothing")
_INVERTED = ("had", "were", "should")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def judge(
    trigger: Token,
    carrier: Token | None,
    family: Family,
    resolver: Resolver,
    words: Vocabulary,
    parts: Sequence[Token] = (),
) -> Factuality:
    """The factuality of a deed.

    `trigger` says it, `carrier` is the light verb that carries a trigger noun, `parts` are the trigger's other words.
    """
    found = Factuality()
    for part in parts:
        if part.is_noun:
            _noun_marks(part, found, words)
    if carrier is not None:
        _noun_marks(trigger, found, words)
        if carrier.is_verb:
            for effect in words.cue("verb", carrier.lemma):
                if effect != "negated" or family in _MUTABLE:
                    found.mark(effect, carrier)
        node: Token = carrier
        if carrier.is_verb and carrier.lemma in words.receiving - words.light and family not in _MUTABLE:
            node = trigger  # "will not accept threats": they were made all the same
    else:
        node = trigger
        if not trigger.is_verb:
            _noun_marks(trigger, found, words)
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
            _verb_marks(node, found, words, headline=tree is not None and tree.headline)
        _according(node, found, resolver)
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


def _noun_marks(noun: Token, found: Factuality, words: Vocabulary) -> None:
    for child in noun.children:
        word = child.text.lower()
        if child.dep == "det" and word in ("no", "neither"):
            found.mark("negated", child)
        elif child.dep in ("amod", "advmod", "nmod", "compound"):
            for effect in dict.fromkeys(
                words.cue("adjective", child.lemma) + words.cue("adjective", word) + words.cue("adverb", word)
            ):
                found.mark(effect, child)
        elif child.dep == "neg":
            found.mark("negated", child)
    for child in noun.kids("preconj", "predet"):
        if child.text.lower() == "no":
            found.mark("negated", child)


def _verb_marks(verb: Token, found: Factuality, words: Vocabulary, *, headline: bool = False) -> None:
    modal = ""
    subject = verb.kid("nsubj", "nsubjpass")
    if (
        verb.text.lower() == "were"
        and verb.dep in ("advcl", "ccomp")
        and subject is not None
        and subject.start > verb.start
    ):
        found.mark("hypothetical", verb)  # "were Chad to agree, they would meet"
    for child in verb.children:
        word = child.text.lower()
        inverted = word in _INVERTED and child.dep in ("aux", "auxpass") and verb.dep in ("advcl", "ccomp")
        if inverted and subject is not None and child.start < subject.start:  # "had Togo not attacked, Mali would"
            found.mark("hypothetical", child)
        if child.dep == "neg" or (
            child.dep in ("advmod", "aux", "det") and word in ("never", "doesnot", "hardly", "barely", "neither", "nor")
        ):
            found.mark("negated", child)
        elif child.dep in ("aux", "auxpass") and word in words.modals:
            modal = word
            found.mark(words.modals[word], child)
        elif child.dep == "advmod":
            for effect in words.cue("adverb", word):
                found.mark(effect, child)
            if word == "longer" and any(c.text.lower() == "no" for c in child.children) is not False:
                found.mark("negated", child)
        elif child.dep == "mark" and word == "as" and verb.head is not None and _is_as_long_as(verb, child):
            found.mark("hypothetical", child)
        elif child.dep == "mark" and word in words.conditions and word != "that":
            if word not in ("so", "until", "till") or modal or (word != "so" and verb.tag in ("VBZ", "VBP")):
                found.mark("hypothetical", child)
        elif (
            (child.dep in ("nsubj", "nsubjpass") and word in _NOBODY)
            or (
                child.dep in ("nsubj", "nsubjpass")
                and any(
                    c.dep in ("det", "preconj", "cc") and c.text.lower() in ("no", "neither", "nor")
                    for c in child.children
                )
            )
            or (child.dep in ("preconj", "cc", "advmod") and (word == "neither" or child.text == "Nor"))
        ):
            found.mark("negated", child)
    for part in (verb, *verb.kids("dobj", "prep")):
        for noun in (part, *part.kids("pobj")):
            for name in noun.kids("appos"):
                if _is_denied_claim(name, words):
                    found.mark("alleged", name)
    if verb.dep == "ROOT" and verb.tag == "VB" and any(a.text.lower() == "to" for a in verb.kids("aux")):
        found.mark("planned", verb)  # "Brazil to send doctors"
    if verb.tag in ("VBZ", "VBP") and verb.dep == "ROOT":
        days = verb.kids("npadvmod")
        days += [
            c for prep in verb.kids("prep") if prep.text.lower() == "on" and not headline for c in prep.kids("pobj")
        ]
        if any(day.text in _WEEKDAYS for day in days):
            found.mark("planned", verb)  # "the ministers travel to Lomé Monday"
    if verb.lemma in ("use",) and verb.tag == "VBD" and verb.kid("xcomp") is not None:
        found.mark("ended", verb)


def _is_as_long_as(verb: Token, mark: Token) -> bool:
    above = (*verb.children, *(verb.head.children if verb.head is not None else ()))
    return any(t.text.lower() == "long" and t.i == mark.i - 1 for t in above)


def _is_denied_claim(noun: Token, words: Vocabulary) -> bool:
    """Does it call the clause before it a claim that somebody denies ("arms the group, a charge Iran denies")?"""
    return "alleged" in words.cue("noun", noun.lemma) and any(
        "negated" in words.cue("verb", clause.lemma) for clause in noun.kids("relcl", "acl")
    )


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
        if node.kid("nsubj") is not None:
            return above.dep in ("ccomp",) and _climb_through(above, found, resolver, words)
        return above.dep in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "dobj", "pobj", "conj") and (
            above.is_verb or not node.is_verb
        )
    if dep in ("xcomp", "ccomp", "pcomp", "acomp", "oprd", "attr"):
        if dep == "pcomp":
            return _preposition(above, found, resolver, words)
        return _governor(node, above, found, resolver, words)
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
            _noun_marks(above, found, words)
            return bool(effects)
        return False
    if dep == "relcl" and "alleged" in words.cue("noun", above.lemma):  # "the claim that they had fired"
        found.mark("alleged", above)
        return False
    if dep == "advcl":
        if node.tag == "VB" and any(a.tag == "TO" for a in node.kids("aux")):  # "sent troops to help", "for B to go"
            found.mark("hypothetical", node)
            return node.kid("nsubj") is None
        return False
    if dep in ("dobj", "nsubjpass", "nsubj", "pobj") and not node.is_verb:
        return _noun_governed(node, above, found, family, resolver, words, first)
    if dep == "prep" and above.is_noun:
        effects = (
            words.cue("noun", above.lemma)
            if node.text.lower() in ("of", "for", "on", "to", "about", "against", "at")
            else []
        )
        if node.text.lower() == "without":
            found.mark("negated", node)
        for effect in effects:
            if effect != "negated" or family in _MUTABLE:
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
    return head is not None and _governor(node, head, found, resolver, words)


def _preposition(prep: Token, found: Factuality, resolver: Resolver, words: Vocabulary) -> bool:
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


def _governor(node: Token, verb: Token, found: Factuality, resolver: Resolver, words: Vocabulary) -> bool:
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


_LEFT_OPEN = ("rule", "exclude", "deny", "dismiss", "discount")
"""Verbs that leave a deed open where they are denied ("has not ruled out attacking")."""


def _what(verb: Token) -> bool:
    return any(c.text.lower() == "what" for c in verb.children)


_JUDGING = frozenset(("designate", "name", "label", "brand", "describe", "portray", "cast", "identify", "denounce"))


def _is_judged(noun: Token, verb: Token, family: Family) -> bool:
    """Is it what somebody calls another ("named Chile as the main threat to the region"), not a bond of his own?"""
    hostile = family in ("opposing", "fighting")
    return hostile and verb.lemma in _JUDGING and not is_passive(verb) and noun.kid("poss") is None


def _is_new(noun: Token, family: Family) -> bool:
    """Is the deed told of as one that may come ("a war between A and B", "talks between them"), not one known?"""
    determiner = noun.kid("det", "poss")
    if determiner is None:
        return family in _MUTABLE or noun.lemma == "war"
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


def _called(verb: Token, found: Factuality, resolver: Resolver) -> bool:
    """ "what Quito called an incursion": so says Quito, and only that it says so is known."""
    subject = verb.kid("nsubj")
    said = resolver.actors(subject) if subject is not None else ()
    found.mark("alleged", verb)
    if said and found.speaker is None:
        found.speaker, found.claimed = said[0], True
    return False


def _noun_governed(
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
                if effect != "negated" or family in _MUTABLE:
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
            if _is_new(noun, family):
                _prospect(governor, found, words)
            return False
        if governor.is_verb and any(c.dep == "det" and c.text.lower() in ("a", "an", "any") for c in noun.children):
            for effect in effects:
                if family in _MUTABLE or (effect in ("planned", "hypothetical") and governor.lemma in _FORWARD):
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
            and family not in _MUTABLE
        ):
            effects = []
    marked = False
    for effect in effects:
        if effect == "negated" and family not in _MUTABLE:
            continue
        if family in ("fighting", "opposing") and effect == "hypothetical" and governor.lemma not in _FORWARD:
            continue
        found.mark(effect, governor)
        marked = True
    if governor.is_verb and (marked or noun.dep in ("dobj", "nsubjpass")):
        if marked:
            _verb_marks(governor, found, words)
        _according(governor, found, resolver)
        return governor is above and marked
    return False


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


def _according(node: Token, found: Factuality, resolver: Resolver) -> None:
    """ "according to …" beside any verb above the deed."""
    if found.speaker is not None:
        return
    for prep in node.kids("prep", "advmod", "pcomp"):
        if prep.lemma in ("accord", "according") or prep.text.lower() == "according":
            for noun in objects_of(prep, ("to",)) or prep.kids("pobj"):
                said = resolver.actors(noun)
                if said:
                    found.speaker, found.told = said[0], True
                    found.cues.append(f"according to: {said[0].text}")
