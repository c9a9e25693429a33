"""Trees built by hand, for tests of what walks on them; no model.

One word is TEXT/TAG/label>HEAD, the root has no >HEAD. HEAD is the text of another word, or its number from 1:

    tree("Ghana*/NNP/nsubj>sent Chad~chad/…")

After TEXT may stand, in this order:
    ~lemma   where it is not simply TEXT in lower case
    @B-TYPE  a named entity, as the recogniser labels it
    *        TEXT (with _ for spaces) is a name of the catalogue
    ^part    the second part of a compound: "Iran-backed*^backed"
    +        TEXT is a title of several words: "foreign_minister+"
Words are joined by single spaces, so that offsets slice the tree's text.
"""

from __future__ import annotations

import re

from kg.actors.catalogue import catalogue
from kg.extract.discourse import Discourse
from kg.extract.mentions import Resolver
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import vocabulary

__all__ = ["find", "resolver", "tree"]

_WORD = re.compile(
    r"(?P<text>[^\s/~@*^+]+)(?:~(?P<lemma>[^/@*^+]+))?(?:@(?P<ent>[BI]-[A-Z]+))?(?P<name>\*)?(?:\^(?P<joined>[^/+]+))?(?P<title>\+)?"
    r"/(?P<tag>[^/\s]+)/(?P<dep>[^/>\s]+)(?:>(?P<head>\S+))?"
)


def tree(notation: str, *, start: int = 0, headline: bool = False, quoted: bool = False) -> Tree:
    """The tree of a sentence; `start` is where it begins in its document."""
    tokens: list[Token] = []
    heads: list[str | None] = []
    position = start
    for i, word in enumerate(notation.split()):
        match = _WORD.fullmatch(word)
        if match is None:
            raise ValueError(f"{word!r}: must be TEXT/TAG/label>HEAD")
        text = match["text"].replace("_", " ")
        name = text.removesuffix(f"-{match['joined']}") if match["joined"] else text
        tokens.append(
            Token(
                i,
                text,
                position,
                position + len(text),
                tag=match["tag"],
                dep=match["dep"],
                lemma=match["lemma"] or text.lower(),
                ent=match["ent"] or "",
                hits=tuple(catalogue().find(name)) if match["name"] else (),
                title=text.lower() if match["title"] else "",
                joined=match["joined"] or "",
            )
        )
        if match["name"] and not tokens[-1].hits:
            raise ValueError(f"{name!r}: is no name of the catalogue")
        heads.append(match["head"])
        position += len(text) + 1
    for token, head in zip(tokens, heads, strict=True):
        if head is not None:
            token.head = _head(tokens, head)
            token.head.children.append(token)
    return Tree(tokens, " ".join(token.text for token in tokens), headline, quoted)


def _head(tokens: list[Token], head: str) -> Token:
    if head.isdigit():
        return tokens[int(head) - 1]
    found = [token for token in tokens if token.text == head.replace("_", " ")]
    if len(found) != 1:
        raise ValueError(f"{head!r}: is the text of {len(found)} words; write its number")
    return found[0]


def find(tree: Tree, text: str) -> Token:
    """The only token with this text."""
    return _head(tree.tokens, text)


def resolver(tree: Tree, day: str = "2015-06-01") -> Resolver:
    """A resolver that has entered the tree and seen its names, in a document that says nothing else."""
    found = Resolver(catalogue(), vocabulary(), Discourse(day))
    found.enter(tree)
    found.look()
    return found
