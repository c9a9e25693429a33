"""How names are cut into words and compared: the one place that decides it, for data and for texts alike."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "name_key", "skeleton", "words"]

_WORD = re.compile(r"\w+|[^\w\s]")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "ı": "i", "ø": "o", "ł": "l"}
)


def fold(word: str) -> str:
    """The word without accents, with plain apostrophes and hyphens; its case is kept."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[tuple[str, int, int]]:
    """The words and single punctuation marks of a text, folded, with their offsets."""
    if text.isascii():
        return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    return [(fold(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]


def name_key(name: str) -> str:
    """A name as the catalogue compares it: folded words, a blank between each two."""
    return " ".join(word for word, _, _ in words(name))


_PARTICLES = frozenset(["al", "el", "bin", "ibn", "ben", "de", "da", "dos", "van", "von", "der", "abu"])
_SOUNDS = (
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("ph", "f"),
    ("sh", "s"),
    ("ch", "s"),
    ("th", "t"),
    ("dj", "j"),
    ("x", "ks"),
)
_SOUNDS_1 = str.maketrans({"q": "k", "c": "k", "z": "s", "v": "f", "w": "f", "j": "y", "g": "g"})


def skeleton(name: str) -> str:
    """The consonants of a name, word by word, as far as transliterations agree on them.

    >>> skeleton("Sergei Lavrov") == skeleton("Sergey Lavrov")
    True
    """
    found = []
    for word, _, _ in words(name):
        word = word.lower()
        if not word.isalpha() or word in _PARTICLES:
            continue
        for long, short in _SOUNDS:
            word = word.replace(long, short)
        word = word.translate(_SOUNDS_1)
        bones = re.sub(r"[aeiouy]", "", word)
        found.append(re.sub(r"(.)\1+", r"\1", bones) or word[:1])
    return " ".join(found)
