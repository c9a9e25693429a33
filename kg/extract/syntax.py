"""Who is the subject, who the object: arguments of a word, read off the tree.

All functions return head tokens of noun phrases; what actors these stand for is another question (see mentions.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.tree import Token
from kg.extract.vocabulary import Vocabulary

__all__ = [
    "called_noun",
    "conjuncts",
    "deed_object",
    "deed_subject",
    "is_infinitive",
    "is_own_country",
    "is_passive",
    "objects_of",
    "of_noun",
    "relative_antecedent",
    "surface_subject",
]

_RELATIVE = ("WDT", "WP", "WP$")


def conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it, in text order."""
    found = [token]
    if not token.children:
        return found
    for child in token.kids("conj"):
        if not any(c.dep == "neg" or c.text.lower() == "not" for c in (*child.children, *token.kids("neg"))):
            found += conjuncts(child)  # "A and B, but not C"
    for prep in token.kids("prep", "advmod"):  # "along with the United States and China"
        inner = prep.kid("prep") if prep.text.lower() in ("along", "together") else None
        if inner is not None and inner.text.lower() == "with" and inner.kid("pobj") is not None:
            found += conjuncts(inner.kid("pobj"))  # type: ignore[arg-type]
    # "and" left out in headlines: "China, Pakistan sign" is parsed as an apposition of names.
    for child in token.kids("appos"):
        if token.hits and child.hits and not token.joined and not child.joined and _bare(child):
            found += conjuncts(child)
    return found


def _bare(token: Token) -> bool:
    return not any(c.dep in ("det", "poss", "amod", "compound", "prep") for c in token.children)


def is_passive(verb: Token) -> bool:
    """Is the verb passive: with an auxiliary, or a bare participle after or before its noun?"""
    if verb.kid("auxpass", "nsubjpass"):
        return True
    if verb.tag not in ("VBN", "VBD") or verb.kid("nsubj", "aux", "dobj"):
        return False
    if verb.dep in ("acl", "amod"):
        return True
    if verb.dep == "conj" and verb.tag == "VBN" and verb.head is not None:
        return is_passive(verb.head) and not verb.kid("dobj")
    return verb.dep == "advcl" and verb.tag == "VBN" and (verb.kid("agent") is not None or verb.kid("prep") is not None)


def surface_subject(verb: Token, words: Vocabulary, depth: int = 0) -> Token | None:
    """The grammatical subject of a verb or predicate, through control, coordination and relative clauses."""
    if depth > 12:
        return None
    own = verb.kid("nsubj", "nsubjpass")
    if own is not None:
        if own.tag in _RELATIVE or own.text.lower() == "that":
            return _antecedent(verb)
        return own
    head = verb.head
    if head is None:
        return None
    if verb.dep == "conj":
        return surface_subject(head, words, depth + 1) if _predicate(head) else None
    if verb.dep in ("xcomp", "ccomp", "advcl", "prep", "oprd"):
        bare = verb.tag == "VB" and verb.kid("aux", "mark") is None and head.dep == "relcl"
        if verb.dep == "ccomp" and (verb.tag in ("VBD", "VBZ", "VBP") or bare):
            return _antecedent(head) if head.dep == "relcl" else None  # "groups that they say attack the port"
        if not _predicate(head):
            return of_noun(head, words, depth)
        if verb.dep != "advcl" and head.lemma in words.object_control and not is_passive(head):
            controller = head.kid("dobj", "dative") or next(
                (
                    p.kid("pobj")
                    for p in head.kids("prep")
                    if p.text.lower() in ("on", "upon", "to") and p.start < verb.start
                ),
                None,
            )
            if controller is not None:
                return controller
        agent = head.kid("agent") if verb.dep == "advcl" and verb.tag == "VBG" else None
        if agent is not None and agent.kid("pobj") is not None:
            return agent.kid("pobj")
        return surface_subject(head, words, depth + 1)
    if verb.dep == "pcomp":
        above = head.head
        if above is None:
            return None
        if head.text.lower() == "by" and above.dep == "ccomp" and not above.is_verb and above.head is not None:
            above = above.head  # "made Chad angry by arming Mali"
        if head.text.lower() in ("for", "over") and (blamed := _blamed(above, head)) is not None:
            return blamed
        if _predicate(above):
            if above.lemma in words.object_control and head.text.lower() in (
                "of",
                "for",
                "from",
                "into",
                "over",
                "with",
            ):
                return deed_object(above, words, depth + 1) or surface_subject(above, words, depth + 1)
            return surface_subject(above, words, depth + 1)
        return of_noun(above, words, depth)
    if verb.dep in ("acl", "relcl", "amod"):
        if verb.tag == "VB" and verb.dep != "amod":
            return of_noun(head, words, depth)
        if verb.dep == "acl" and verb.tag == "VBN" and not any(c.text == "," for c in head.children):
            last = max((t for t in head.subtree() if t.start < verb.start), key=lambda t: t.i, default=head)
            pair = last.head.head if last.dep == "conj" and last.head is not None else None
            if last.i == verb.i - 1 and pair is not None and pair.text.lower() == "between":
                return last  # "fighting between A and a group backed by B"
            return [t for t in conjuncts(head) if t.start < verb.start][-1]
        return head
    if verb.dep == "acomp" and head is not None:
        return surface_subject(head, words, depth + 1)
    return None


def _blamed(above: Token, cause: Token) -> Token | None:
    """Whom what is done for a deed is done to: "called for sanctions against Chad for arming rebels"."""
    phrase = [token for token in above.subtree() if token.start < cause.start]
    last = max(phrase, key=lambda token: token.i, default=None)
    for token in (last, *last.above()) if last is not None else ():
        if token.dep == "pobj" and token.head is not None and token.head.text.lower() in ("against", "on", "upon"):
            return token if any(t.hits for t in token.subtree()) else None
        if token is above:
            break
    return None


def _predicate(token: Token) -> bool:
    return (
        token.is_verb or token.dep == "acomp" or (token.tag.startswith("JJ") and token.kid("xcomp", "prep") is not None)
    )


def _antecedent(verb: Token) -> Token | None:
    """What a relative pronoun of the verb's clause stands for."""
    token: Token | None = verb
    while token is not None and token.dep in ("conj", "xcomp", "ccomp"):
        token = token.head
    if token is not None and token.dep in ("relcl", "acl", "advcl") and token.head is not None:
        return _nearest(token.head, verb)
    return None


def relative_antecedent(token: Token) -> Token | None:
    """What a relative pronoun stands for ("Iran, on which …", "France, whose troops …")."""
    for above in token.above():
        if above.dep == "relcl" and above.head is not None:
            return _nearest(above.head, above)
    return None


def _nearest(head: Token, verb: Token) -> Token:
    """Of coordinated antecedents the last one before a singular verb; all of them (their head) before a plural one."""
    finite = next((c for c in verb.children if c.dep in ("aux", "auxpass")), verb)
    if finite.tag == "VBZ" or (finite.tag == "VBD" and finite.text.lower() != "were"):
        before = [t for t in conjuncts(head) if t.start < verb.start]
        return before[-1] if before else head
    return head


def of_noun(noun: Token, words: Vocabulary, depth: int = 0) -> Token | None:
    """Whose the noun is that a clause hangs on ("Iran's plan to build", "it made a pledge to send")."""
    owner = noun.kid("poss")
    if owner is not None:
        return owner
    named = next((c for c in noun.kids("compound", "amod", "nmod") if c.hits and not c.joined), None)
    if named is not None:  # "a U.S. proposal to arm"
        return named
    for prep in noun.kids("prep"):
        if prep.text.lower() in ("by", "of") and prep.kid("pobj") is not None:
            return prep.kid("pobj")
    if noun.kid("nsubj") is not None:  # a noun parsed as predicate
        return noun.kid("nsubj")
    head = noun.head
    if head is not None and noun.dep == "dobj" and head.kid("dative") is not None:
        return head.kid("dative")  # "gives it a mandate to support"
    if head is not None and noun.dep in ("dobj", "attr", "nsubjpass") and head.is_verb:
        return (
            surface_subject(head, words, depth + 1) if noun.dep != "nsubjpass" else deed_subject(head, words, depth + 1)
        )
    if head is not None and noun.dep == "pobj" and head.head is not None and head.head.is_verb:
        return surface_subject(head.head, words, depth + 1)
    if noun.dep == "conj" and head is not None:
        return of_noun(head, words, depth + 1) if depth < 12 else None
    return None


def called_noun(verb: Token | None) -> Token | None:
    """What is called so, of a clause with "what": "over what it called an Angolan raid", "what A sees as a threat"."""
    if verb is None or not any(c.text.lower() == "what" for c in verb.children):
        return None
    for prep in verb.kids("prep"):
        if prep.text.lower() == "as" and prep.kid("pobj") is not None:
            return prep.kid("pobj")
    return verb.kid("oprd", "attr")


def deed_subject(verb: Token, words: Vocabulary, depth: int = 0) -> Token | None:
    """Who does it: the subject, or the agent of a passive."""
    if is_passive(verb):
        for prep in verb.kids("agent", "prep"):
            if prep.text.lower() == "by":
                return prep.kid("pobj")
        for other in verb.kids("conj"):  # "was armed and trained by"
            if other.tag == "VBN" and other.kid("nsubj", "nsubjpass") is None and depth < 12:
                return deed_subject(other, words, depth + 1) if other.kid("agent") is not None else None
        return None
    return surface_subject(verb, words, depth)


def deed_object(verb: Token, words: Vocabulary, depth: int = 0) -> Token | None:
    """To whom it is done: the object, or the subject of a passive."""
    if is_passive(verb):
        return surface_subject(verb, words, depth)
    own = verb.kid("dobj")
    if own is not None:
        if own.tag in _RELATIVE or (own.text.lower() == "that" and verb.dep == "relcl"):
            return _antecedent(verb)
        return own
    if verb.dep == "relcl" and verb.kid("nsubj") is not None and verb.kid("nsubj").tag not in _RELATIVE:  # type: ignore[union-attr]
        return verb.head
    for child in verb.kids("ccomp"):
        if child.tag.startswith("JJ") and child.kid("nsubj") is not None and child.kid("mark", "aux") is None:
            return child.kid("nsubj")  # "found Chad guilty"
        called = called_noun(child)
        if called is not None:
            return called
    for child in verb.kids("conj"):  # "condemned and rejected the plan"
        if child.is_verb and child.kid("nsubj") is None and verb.kid("prep", "ccomp", "xcomp") is None:
            return child.kid("dobj")
    return None


def objects_of(token: Token, prepositions: Iterable[str]) -> list[Token]:
    """The noun phrases after any of these prepositions that hang on the token, in text order."""
    if not token.children:
        return []
    wanted = set(prepositions)
    found = []
    preps = token.kids("prep", "agent", "dative", "prt", "advmod", "mark")
    preps += [c for p in preps for c in p.kids("conj") if c.tag in ("IN", "TO")]  # "in Paris and later with"
    for prep in preps:
        name = prep.text.lower()
        nested = prep.kid("prep")
        if name in wanted and prep.kid("pobj") is not None:
            found += prep.kids("pobj")
        elif name in wanted and (called := called_noun(prep.kid("pcomp"))) is not None:
            found.append(called)
        elif (
            nested is not None and nested.text.lower() in wanted and name != "according"
        ):  # "up to", "out of", "together with"
            found += nested.kids("pobj")
    return found


def is_own_country(noun: Token) -> bool:
    """Is it what somebody calls his own state ("his country")?"""
    owner = noun.kid("poss")
    return (
        owner is not None
        and owner.tag in ("PRP$", "WP$")
        and noun.lemma in ("country", "nation", "homeland", "kingdom", "republic", "island", "emirate")
        and not noun.is_plural
    )


def is_infinitive(clause: Token) -> bool:
    """ "told Chad to leave", not "told Chad that it would leave"."""
    return clause.tag == "VB" and all(aux.tag == "TO" for aux in clause.kids("aux"))
