"""Cues of factuality beside a word: negation, modals, conditions, adverbs, "according to"; and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.mentions import Resolver
from kg.extract.syntax import objects_of
from kg.extract.tree import Token
from kg.extract.vocabulary import Effect, Vocabulary
from kg.model import Mention, Polarity, Status

__all__ = ["NOBODY", "Factuality", "according", "noun_marks", "verb_marks"]

_ORDER: dict[str, int] = {"actual": 0, "ended": 1, "planned": 2, "alleged": 3, "hypothetical": 4}


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
    denied: set[int] = field(default_factory=set)
    """The words that deny it, each counted once: the "no" of "no talks were held" stands beside noun and verb."""

    @property
    def polarity(self) -> Polarity:
        return "negated" if self.negations % 2 else "affirmed"

    def mark(self, effect: Effect, cue: Token) -> None:
        """Take a cue into account: a stronger doubt stands over a weaker."""
        if effect == "negated" and cue.i in self.denied:
            return
        self.cues.append(f"{effect}: {cue.text}")
        if effect == "negated":
            self.negations += 1
            self.denied.add(cue.i)
        elif _ORDER[effect] > _ORDER[self.status]:
            self.status = effect


NOBODY = ("nobody", "none", "no-one", "nothing")
"""Pronouns for those who do nothing and to whom nothing is done."""
_INVERTED = ("had", "were", "should")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def noun_marks(noun: Token, found: Factuality, words: Vocabulary) -> None:
    """Take into account what stands beside a deed told by a noun: "no talks", "planned talks"."""
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


def verb_marks(
    verb: Token, found: Factuality, resolver: Resolver, words: Vocabulary, *, headline: bool = False
) -> None:
    """Take into account what stands beside a verb: negation, modals, conditions, "to" in a headline."""
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
            announced = word == "would" and _is_announced(verb, resolver, words)
            found.mark("planned" if announced else words.modals[word], child)
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
        elif child.dep in ("nsubj", "nsubjpass"):
            no = next(
                (c for c in child.kids("det", "preconj", "cc") if c.text.lower() in ("no", "neither", "nor")), None
            )
            if word in NOBODY or no is not None:
                found.mark("negated", no or child)
        elif child.dep in ("preconj", "cc", "advmod") and (word == "neither" or child.text == "Nor"):
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


def _is_denied_claim(noun: Token, words: Vocabulary) -> bool:
    """Does it call the clause before it a claim that somebody denies ("arms the group, a charge Iran denies")?"""
    return "alleged" in words.cue("noun", noun.lemma) and any(
        "negated" in words.cue("verb", clause.lemma) for clause in noun.kids("relcl", "acl")
    )


def _is_as_long_as(verb: Token, mark: Token) -> bool:
    above = (*verb.children, *(verb.head.children if verb.head is not None else ()))
    return any(t.text.lower() == "long" and t.i == mark.i - 1 for t in above)


def according(node: Token, found: Factuality, resolver: Resolver) -> None:
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


def _is_announced(verb: Token, resolver: Resolver, words: Vocabulary) -> bool:
    """ "said that it would send troops" is a plan; what another would do, or after "warned", is none."""
    above, subject = verb.head, verb.kid("nsubj")
    if (
        verb.dep != "ccomp"
        or above is None
        or above.tag not in ("VBD", "VBN")
        or above.lemma not in words.says - words.claims
        or words.clause_cue(above.lemma)
        or any(c.tag in ("VBD", "VBN") and c.kid("mark") is not None for c in verb.kids("advcl"))
    ):
        return False
    speaker = above.kid("nsubj")
    own = {m.state.id for m in resolver.actors(speaker)} if speaker is not None else set()
    return subject is not None and not own.isdisjoint(m.state.id for m in resolver.actors(subject))
