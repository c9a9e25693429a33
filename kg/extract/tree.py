"""Sentences as trees of tokens: what the rules walk on. Knows nothing of spaCy.

A token stands for one word of the parse. Where a name or title of several words was parsed as one word, its offsets
cover the whole of it and `hit` or `title` says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.actors.catalogue import NameHit

__all__ = ["Token", "Tree", "move"]


@dataclass(slots=True, eq=False)
class Token:
    """One word: its offsets in the document, what the tagger and parser say of it, and the names that stand there.

    `tag` is the Penn tag, `dep` the ClearNLP label, `ent` the label of a named entity or "". `hits` holds the names of
    the catalogue ("India-Pakistan" has two); `title` is a title of several words in lower case and singular;
    `joined` is the second part of a compound such as "backed" in "Iran-backed" (`hits` then is of the first part).
    """

    i: int
    text: str
    start: int
    end: int
    tag: str = ""
    dep: str = ""
    lemma: str = ""
    ent: str = ""
    hits: tuple[NameHit, ...] = ()
    title: str = ""
    joined: str = ""
    head: Token | None = None
    children: list[Token] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    @property
    def is_verb(self) -> bool:
        return self.tag[:2] == "VB" or self.tag == "MD"

    @property
    def is_noun(self) -> bool:
        return self.tag[:2] == "NN"

    @property
    def is_plural(self) -> bool:
        return self.tag in ("NNS", "NNPS")

    def kids(self, *deps: str) -> list[Token]:
        """The children with one of these labels, in text order."""
        return [c for c in self.children if c.dep in deps] if self.children else []

    def kid(self, *deps: str) -> Token | None:
        """The first child with one of these labels."""
        for child in self.children:  # asked millions of times: no generator
            if child.dep in deps:
                return child
        return None

    def subtree(self) -> Iterator[Token]:
        """The token and all below it, in no order that matters."""
        yield self
        for child in self.children:
            yield from child.subtree()

    def above(self) -> Iterator[Token]:
        """The token's head, its head, and so on."""
        token = self.head
        while token is not None:
            yield token
            token = token.head


@dataclass(slots=True, eq=False)
class Tree:
    """One sentence: its tokens in order, and whether it is a headline."""

    tokens: list[Token]
    text: str
    headline: bool = False
    quoted: bool = False
    _texts: frozenset[str] | None = field(default=None, init=False, repr=False)

    @property
    def texts(self) -> frozenset[str]:
        """Its words in lower case, as they are written."""
        if self._texts is None:
            self._texts = frozenset([token.text.lower() for token in self.tokens])
        return self._texts

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def before(self, token: Token) -> Token | None:
        """The token's left neighbour."""
        index = token.i - self.tokens[0].i
        return self.tokens[index - 1] if index > 0 else None

    def after(self, token: Token) -> Token | None:
        """The token's right neighbour."""
        index = token.i - self.tokens[0].i + 1
        return self.tokens[index] if index < len(self.tokens) else None


def move(token: Token, head: Token, dep: str) -> None:
    """Hang a token with all below it on another head."""
    if token.head is not None:
        token.head.children.remove(token)
    if head in token.subtree():  # keep it a tree
        head.head.children.remove(head)  # type: ignore[union-attr]
        head.head, head.dep = None, "ROOT"
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda t: t.i)
