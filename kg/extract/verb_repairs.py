"""Repairs of verbs: a verb that was taken for a noun, that hangs on the wrong one, that lost its clause to another."""

from __future__ import annotations

from kg.extract.clause_repairs import mend_clause
from kg.extract.tree import Token, Tree, move

__all__ = ["FINITE", "mend_verb", "mend_verbs"]

FINITE = ("VBD", "VBZ", "VBP")


def mend_verbs(tree: Tree, verbs: frozenset[str]) -> None:
    """Find the verb of a sentence that seems to have none; `verbs` are the lemmas that may be one."""
    _missing_verb(tree, verbs)
    _headless(tree)


def mend_verb(tree: Tree, verb: Token) -> None:
    """Hang a verb where it belongs, once it has its subject and objects."""
    _before_semicolon(verb)
    _finite_conjunct(verb)
    _gerund_conjunct(verb)
    _second_verb(verb)
    _bare_conjunct(verb)
    _participle_of_subject(tree, verb)
    _next_clause(tree, verb)
    mend_clause(verb)


def _second_verb(verb: Token) -> None:
    """ "Togo backs Benin, boosts trade": the first of two finite verbs with one subject heads the sentence."""
    first = verb.kid("ccomp")
    if (
        verb.dep != "ROOT"
        or verb.tag not in FINITE
        or first is None
        or first.tag != verb.tag
        or first.start > verb.start
        or first.kid("mark") is not None
        or verb.kid("nsubj", "nsubjpass", "expl") is not None
        or first.kid("nsubj") is None
    ):
        return
    first.dep, first.head = "ROOT", None
    verb.children.remove(first)
    verb.head, verb.dep = first, "conj"
    first.children.append(verb)
    first.children.sort(key=lambda t: t.i)


def _next_clause(tree: Tree, verb: Token) -> None:
    """ "A reopened its embassy in B and C followed": a name right before a finite verb without a subject is its own."""
    name = tree.before(verb)
    if (
        verb.dep == "conj"
        and verb.tag in FINITE
        and verb.kid("nsubj", "nsubjpass", "aux", "auxpass") is None
        and name is not None
        and name.hits
        and not name.joined
        and name.dep == "conj"
        and not name.children
        and verb.text.isalpha()
        and (tree.after(verb) is None or tree.after(verb).text != "-")  # type: ignore[union-attr]
        and verb not in name.subtree()
    ):
        move(name, verb, "nsubj")


def _before_semicolon(verb: Token) -> None:
    """ "A and B helped to mediate; C encouraged it": what ends with a semicolon is no clause of the verb after it."""
    stops = [c.start for c in verb.children if c.text == ";"]
    for child in verb.kids("ccomp", "advcl") if stops else ():
        if any(child.start < stop < verb.start for stop in stops):
            child.dep = "parataxis"


def _finite_conjunct(verb: Token) -> None:
    """ "summoned X to protest and suspended talks": what was done is not one more thing to be done."""
    above = verb.head
    if (
        verb.dep != "conj"
        or verb.tag not in ("VBD", "VBN")
        or above is None
        or above.tag != "VB"
        or verb.kid("dobj") is None
        or verb.kid("aux", "auxpass") is not None
        or not any(a.tag == "TO" for a in above.kids("aux"))
    ):
        return
    finite = next((t for t in above.above() if t.tag in ("VBD", "VBZ", "VBP") and t.start < above.start), None)
    if finite is not None:
        move(verb, finite, "conj")


def _gerund_conjunct(verb: Token) -> None:
    """ "offering it fuel and suspending sales": a participle with an object goes with the one before it."""
    if verb.dep != "conj" or verb.tag != "VBG" or verb.kid("dobj") is None or verb.head is None or verb.head.is_verb:
        return
    above = verb.head
    while above.dep == "conj" and above.head is not None:
        above = above.head
    if above.dep == "dobj" and above.head is not None and above.head.tag == "VBG":
        move(verb, above.head, "conj")


def _missing_verb(tree: Tree, verbs: frozenset[str]) -> None:
    """A sentence without a verb, in which the tagger took the verb after a name for a noun ("Togo raids camp").

    After several names it stands in the plural ("Togo and Benin trade fire").
    """
    if any(t.is_verb and t.tag != "VBN" for t in tree.tokens):
        return
    for before, token, after in zip(tree.tokens, tree.tokens[1:], tree.tokens[2:], strict=False):
        if (
            (token.tag == "NNS" or (token.tag == "NN" and tree.headline and before.dep == "conj"))
            and token.lemma in verbs
            and before.hits
            and after.text.lower() not in ("of", "on", "by", "in")
        ):
            root = next(t for t in tree.tokens if t.head is None)
            token.tag = "VBZ" if token.tag == "NNS" else "VBP"
            if before.dep == "conj" and before.head is not None and before.head.hits:
                before = before.head
            if root is not token:
                if token.head is not None:
                    token.head.children.remove(token)
                token.head, token.dep = None, "ROOT"
                if root.start > token.start:
                    move(root, token, "dobj")
                else:
                    move(root, token, "nsubj")
            if before.head is not token or before.dep != "nsubj":
                move(before, token, "nsubj")
            return


def _headless(tree: Tree) -> None:
    """ "Kagame, Ugandan minister open bridge": a name that the verb hangs on is its subject."""
    root = next((t for t in tree.tokens if t.head is None), None)
    if root is None or not root.tag.startswith("NNP") or root is not tree.tokens[0]:
        return
    verb = next((c for c in root.kids("conj") if c.tag in ("VB", "VBP", "VBZ") and c.kid("nsubj") is not None), None)
    if verb is None or not any(c.text == "," for c in root.children) or root.kid("cc") is not None:
        return
    subject = verb.kid("nsubj")
    root.children.remove(verb)
    verb.head, verb.dep = None, "ROOT"
    if verb.tag == "VB":
        verb.tag = "VBP"
    move(root, verb, "nsubj")
    move(subject, root, "conj")  # type: ignore[arg-type]


def _bare_conjunct(verb: Token) -> None:
    """ "gets orders to guard the port, arm Togo": a bare verb goes with the infinitive before it."""
    above = verb.head
    if (
        verb.dep != "conj"
        or verb.tag not in ("VB", "VBP")
        or above is None
        or above.tag not in ("VBZ", "VBD")
        or verb.kid("nsubj", "aux", "auxpass", "nsubjpass") is not None
    ):
        return
    for token in sorted(above.subtree(), key=lambda t: -t.i):
        if token.i < verb.i and token.tag == "VB" and any(a.tag == "TO" for a in token.kids("aux")):
            move(verb, token, "conj")
            return


def _participle_of_subject(tree: Tree, verb: Token) -> None:
    """ "A met B of C, praising D": after a comma the participle is the subject's, wherever it was hung."""
    noun, before = verb.head, tree.before(verb)
    if (
        verb.dep != "acl"
        or verb.tag != "VBG"
        or noun is None
        or before is None
        or before.text != ","
        or verb.lemma in ("include", "comprise", "involve", "follow", "range", "consist", "concern", "represent")
    ):
        return
    for above in noun.above():
        if above.tag in FINITE or above.kid("aux") is not None:
            subject = above.kid("nsubj", "nsubjpass")
            if subject is not None and subject.start < verb.start and noun not in subject.subtree():
                move(verb, above, "advcl")
            return
