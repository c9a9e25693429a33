"""Repairs of what the small parser often gets wrong, done once on the tree so that no rule has to know of them."""

from __future__ import annotations

from kg.extract.tree import Token, Tree

__all__ = ["repair"]


def repair(tree: Tree) -> None:
    """Mend a sentence in place."""
    for token in tree.tokens:
        if token.is_verb:
            _fronted_subject(token)


def _fronted_subject(verb: Token) -> None:
    """ "Amid tensions with A, B and C have signed": B and C are the subject, not more of the fronted phrase."""
    finite = verb.tag in ("VBD", "VBZ", "VBP") or any(c.tag in ("VBZ", "VBP", "VBD", "MD") for c in verb.kids("aux", "auxpass"))
    if not finite or verb.kid("nsubj", "nsubjpass", "csubj", "expl") is not None or verb.dep in ("conj", "relcl", "xcomp"):
        return
    for prep in reversed(verb.kids("prep")):
        if prep.start > verb.start:
            continue
        for token in sorted(prep.subtree(), key=lambda t: t.i):
            if token.dep in ("conj", "appos") and token.start < verb.start and _comma_before(token):
                move(token, verb, "nsubj")
                return


def _comma_before(token: Token) -> bool:
    head = token.head
    return head is not None and any(c.text == "," and head.start < c.start < token.start for c in head.children)


def move(token: Token, head: Token, dep: str) -> None:
    """Hang a token with all below it on another head."""
    if token.head is not None:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda t: t.i)
