"""Repairs of what hangs on a verb: clauses and agents that the parser hung on a noun nearby, or took from one."""

from __future__ import annotations

from kg.extract.tree import Token, move

__all__ = ["mend_clause"]

_SAYING = (
    "say",
    "tell",
    "add",
    "warn",
    "insist",
    "stress",
    "announce",
    "declare",
    "argue",
    "inform",
    "assure",
    "confirm",
)
_TELLING = frozenset(
    ["fear", "hope", "claim", "report", "allegation", "belief", "accusation", "suspicion", "concern", "speculation"]
) | {"rumor", "rumour", "warning", "condition", "fact", "ground", "sign", "evidence", "worry", "assurance", "promise"}
"""Nouns that have a clause of their own ("amid fears that")."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def mend_clause(verb: Token) -> None:
    """Hang purposes, reported clauses and agents where they belong."""
    _purpose(verb)
    _agent_of_deed(verb)
    _past_before_name(verb)
    _what_was_told(verb)


def _purpose(verb: Token) -> None:
    """ "summoned the envoy on Friday to protest": a purpose after a date is that of what was done then."""
    noun = verb.head
    if (
        verb.dep not in ("acl", "relcl")
        or verb.tag != "VB"
        or noun is None
        or not (noun.text in _DAYS or noun.lemma in ("time", "week", "month", "year", "day", "morning", "evening"))
        or noun.dep not in ("pobj", "npadvmod", "tmod", "appos")
    ):
        return
    if noun.lemma == "time" and noun.kid("amod", "compound") is None:
        return  # "in time to meet", "for the first time to"
    above = next((t for t in noun.above() if t.is_verb), None)
    if above is not None and above.start < verb.start:
        move(verb, above, "advcl")


def _what_was_told(verb: Token) -> None:
    """ "told the envoys during talks in Oslo that …": the clause is what was told, no part of the talks."""
    noun = verb.head
    if verb.dep != "acl" or noun is None or noun.dep != "pobj" or noun.lemma in _TELLING:
        return
    if not any(m.text.lower() == "that" for m in verb.kids("mark")):
        return
    above = next((t for t in noun.above() if t.is_verb), None)
    if above is not None and above.start < verb.start and above.lemma in _SAYING and above.kid("ccomp") is None:
        move(verb, above, "ccomp")


def _agent_of_deed(verb: Token) -> None:
    """ "condemned the raid on Gao by rebels": an agent of an active verb is that of the deed it has as object."""
    deed = verb.kid("dobj")
    if deed is None or deed.hits or verb.kid("auxpass", "nsubjpass") is not None or verb.tag == "VBN":
        return
    told = any(prep.text.lower() in ("on", "against", "of") for prep in deed.kids("prep"))
    for by in verb.kids("agent", "prep"):
        doer = by.kid("pobj") if by.text.lower() == "by" and by.start > deed.start else None
        if doer is not None and (by.dep == "agent" or (told and doer.hits)):
            move(by, deed, "prep")


def _past_before_name(verb: Token) -> None:
    """ "the deal with Togo angered Benin": a past tense does not describe the name after it, it is done to it."""
    name = verb.head
    if verb.tag != "VBD" or verb.dep != "amod" or name is None or not name.hits or name.start < verb.start:
        return
    prep = name.head
    before = next((c for c in (*verb.children, *name.children) if c.i == verb.i - 1), None)
    noun = prep.head if prep is not None else None
    if name.dep != "pobj" or prep is None or noun is None or noun.head is not None or before is None or not before.hits:
        return
    name.children.remove(verb)
    verb.head, verb.dep = None, "ROOT"
    move(before, prep, "pobj")
    move(name, verb, "dobj")
    move(noun, verb, "nsubj")
