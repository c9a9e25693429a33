"""A question in English -> its readings, or how far it can be read and what could be asked instead."""

from __future__ import annotations

from kg.errors import QuestionError
from kg.queries.grammar import SMALL_WORDS, tokens
from kg.queries.lexicon import known_words
from kg.queries.qualifiers import QUALIFIER_WORDS
from kg.queries.readings import TEMPLATE_WORDS, Reading, Readings

__all__ = ["EXAMPLES", "LONGEST", "NotUnderstoodError", "not_understood", "parse", "respelt"]

EXAMPLES = (
    *("who backs X", "whom does X back", "does X back Y", "who is sanctioned by X", "who backs whom"),
    *("who backs X but opposes Y", "how are X and Y connected", "what is between X and Y", "who backs X since 2020"),
)
"""The shapes of question shown to whoever asked something else."""

LONGEST = 60
"""Words of a question. Nobody asks more, and each word more has more readings."""


class NotUnderstoodError(QuestionError):
    """A question outside the grammar: `read` was understood, `rest` was not, `nearest` are questions that would be."""

    def __init__(self, read: str, rest: str, nearest: tuple[str, ...]) -> None:
        self.read, self.rest, self.nearest = read, rest, nearest
        how_far = f"I read {read!r} and then could not go on with {rest!r}." if read else f"I cannot read {rest!r}."
        if not (read or rest):
            how_far = "The question is empty."
        elif not rest:
            how_far = f"I read {read!r}, and there it ends too soon."
        super().__init__(f"{how_far} You can ask: {' · '.join(nearest)}.")


_SHORTEST = 4
"""Shorter words are like too many others to be put right."""


def parse(text: str) -> list[Reading]:
    """All readings of a question, the likeliest first. Raises `NotUnderstoodError` where there is none."""
    words = tokens(text)
    if len(words) > LONGEST:
        raise NotUnderstoodError("", f"{text[: words[9].end]} …", EXAMPLES)
    readings = Readings(text)
    found = readings.all()
    if found:
        return found
    nearest, wrong = respelt(text, readings.reach)
    raise not_understood(text, readings.reach if wrong is None else wrong, nearest or EXAMPLES)


def not_understood(text: str, reach: int, nearest: tuple[str, ...]) -> NotUnderstoodError:
    """The error for a question of which so many words were understood."""
    words = tokens(text)
    text = text.rstrip(" ?!.\t\r\n") if words else ""
    cut = words[reach].start if reach < len(words) else len(text)
    return NotUnderstoodError(text[:cut].strip(), text[cut:], nearest)


def respelt(text: str, reach: int) -> tuple[tuple[str, ...], int | None]:
    """The question with one of its words put right, likeliest first, and which word of the likeliest that is."""
    import difflib  # not for what is understood

    found: dict[str, tuple[float, int]] = {}
    known = sorted({*known_words(), *QUALIFIER_WORDS, *TEMPLATE_WORDS})
    for n, token in enumerate(tokens(text)):
        if len(token.word) < _SHORTEST or token.word in SMALL_WORDS or token.word in known:
            continue
        for word in difflib.get_close_matches(token.word, known, n=3, cutoff=0.7):
            corrected = (text[: token.start] + word + text[token.end :]).strip(" ?")
            if word != token.word and _better(corrected, word):
                # A word before the place where reading stopped was understood, and may be right.
                like = difflib.SequenceMatcher(None, token.word, word).ratio() - (n < reach)
                found[corrected] = (like, n)
    ranked = sorted(found, key=lambda question: (-found[question][0], question))
    return tuple(ranked[:3]), found[ranked[0]][1] if ranked else None


def _better(text: str, word: str) -> bool:
    """Whether a question can be read in which the word that was put right is no part of a name."""
    for reading in Readings(text).all():
        clauses = (*reading.clauses, *reading.without)
        said = reading.qualifiers
        names = (*reading.ends, said.about, said.against, said.according_to)
        names += tuple(end for clause in clauses for end in (clause.source, clause.target))
        if not any(word in (token.word for token in tokens(name)) for name in names if name):
            return True
    return False
