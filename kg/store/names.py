"""How names are compared, without case, accents, a leading article or the kind of apostrophe; and whose they are."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.corrections import Correction

__all__ = ["fold", "standing"]

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "`": "'"})


@functools.lru_cache(maxsize=1 << 16)  # the same outlets and actors come again and again
def fold(name: str) -> str:
    """The form in which two spellings of a name are equal: "The  Erdoğan" -> "erdogan"."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def standing(actor: str, corrections: Iterable[Correction]) -> str:
    """The id under which an actor stands after the merges, in their order."""
    for correction in corrections:
        if correction.kind == "merge" and correction.source == actor and correction.target is not None:
            actor = correction.target.id
    return actor
