"""Text -> the words that are parsed: names, titles and compounds as one plain word each, asides left out.

The small model then finds more of the tree (measured on real news: with names as one word the path from trigger to both
ends is there nine times in ten). Offsets are the text's all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.actors.catalogue import Catalogue, NameHit
from kg.extract.vocabulary import Vocabulary

__all__ = ["Piece", "Pieces"]

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


class Pieces:
    """Cuts texts into pieces."""

    def __init__(self, catalogue: Catalogue, words: Vocabulary) -> None:
        self._catalogue = catalogue
        self._titles = _title_index(words)

    def cut(
        self,
        text: str,
        raw: list[tuple[int, int]],
        headline: bool = False,
        keep: frozenset[str] | set[str] = frozenset(),
    ) -> list[Piece]:
        units = self._units(text)
        raw = list(raw)
        pieces: list[Piece] = []
        k = 0
        for unit in units:
            while k < len(raw) and raw[k][0] < unit.start:
                a, b = raw[k]
                end = b if b < unit.start else unit.start
                pieces.append(Piece(text[a:end], a, end))
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
        pieces += [Piece(text[a:b], a, b) for a, b in raw[k:]]
        pieces = _hyphen_names(_without_asides(pieces, text), text)
        if headline:
            shouted = text.isupper()
            for piece in pieces:
                name = piece.word.capitalize() if shouted else piece.word
                if (
                    piece.hits
                    or name in keep
                    or (not shouted and name.isupper())
                    or (shouted and self._catalogue.surname_bearers(name))
                ):
                    piece.word = name
                else:
                    piece.word = piece.word.lower()
        return pieces

    def _units(self, text: str) -> list[Piece]:
        """Names, pairs of names, compounds with a name and titles: each one word for the parser."""
        hits = _halves(self._catalogue, text, _hyphenated(self._catalogue.find(text), text))
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
        patterns, forms = self._titles
        end = 0
        for start, pattern in [
            (word.start(), found) for word in _WORD.finditer(text) if (found := patterns.get(word.group().lower()))
        ]:
            match = pattern.match(text, start) if start >= end else None
            if match is None:
                continue
            end = match.end()
            title, head, plural = forms[re.sub(r"\s+", " ", match.group().lower())]
            word = plural if plural else head
            yield match.start(), end, title, word.capitalize() if match.group()[0].isupper() else word


_WORD = re.compile(r"\w+")
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
            (
                last is not None
                and last.end == hit.start - 1
                and text[last.end] in "- "
                and hit.text in ("American", "Americans")
            )
            and last.meanings
            and last.meanings[0][1] == "demonym"
        ):
            found[-1] = NameHit(last.start, hit.end, text[last.start : hit.end], ())
            continue
        found.append(hit)
    return found


_RANKS = ("Gen", "Lt", "Mr", "Mrs", "Ms", "Dr", "Col", "Maj", "Adm", "Sen", "Rep", "Capt", "Brig", "Prof", "Rev", "Amb")
_HONORIFIC = frozenset([rank + end for rank in (*_RANKS, "Hon", "Sgt", "Cmdr") for end in ("", ".")])
_ASIDE = re.compile(r"[A-Z][A-Z&/.-]{1,9}|[LRC]|[2-9](?:nd|rd|th)")


def _hyphen_names(pieces: list[Piece], text: str) -> list[Piece]:
    """ "Chui-cheng" and "Saint-Exupery" as one word each, as names are."""
    if all(piece.word != "-" for piece in pieces):
        return pieces
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
    if all(piece.word != "(" and piece.word not in _HONORIFIC for piece in pieces):
        return pieces
    kept: list[Piece] = []
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        if piece.word in _HONORIFIC:
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


def _title_index(words: Vocabulary) -> tuple[dict[str, re.Pattern[str]], dict[str, tuple[str, str, str]]]:
    """Titles of several words: a pattern for each first word; for each form (title, head word, head word if plural)."""
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
    by_first: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_first.setdefault(_WORD.match(form).group(), []).append(re.escape(form).replace(r"\ ", r"\s+"))  # type: ignore[union-attr]
    return {first: re.compile(rf"(?i)(?:{'|'.join(found)})\b(?!-)") for first, found in by_first.items()}, forms
