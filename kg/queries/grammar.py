"""The English grammar of questions: words -> clauses, without knowing who is who.

    question  = actors verb-group actors          who backs X · X backs whom · who is backed by X · who is an ally of X
              | [wh] do actors verb [actors]      whom does X back · does X back Y · who did X back
              | [wh] be actors rest [actors]      who is X backed by · is X backing Y · is X allied with Y
              | [wh] have actors rest [actors]    whom has X backed · has X been backed by Y
              | by|with|… wh …                    by whom is X backed · with whom does X trade
              | wh be actors's noun               who are X's allies
    actors    = wh (who, whom, what, which country …) | anyone, somebody … | a name
    verb-group= a finite verb, or forms of be and have with participle, -ing form or "be" phrase; passives with "by"

Verbs and phrases stand in `kg.queries.lexicon`. Adverbs of time and manner before a verb, articles, case, quotes and
the question mark make no difference. A name is whatever words are left where an actor must stand; where a question
can be read in several ways, all readings are given, the likeliest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.queries.lexicon import ARTICLES, Form, Predicate, complements, verb_forms

__all__ = ["SMALL_WORDS", "Clause", "Parser", "Token", "opening", "tokens"]

_BE = frozenset({"is", "are", "was", "were"})
_HAVE = frozenset({"has", "have", "had"})
_DO = frozenset({"do", "does", "did"})
_WH = frozenset({"who", "whom", "what"})
_WHICH = frozenset({"which", "what"})
_CONTRACTED = frozenset(word + end for word in ("who", "what", "which") for end in ("'s", "s"))
_NOUNS = frozenset(
    {
        "country",
        "countries",
        "state",
        "states",
        "actor",
        "actors",
        "government",
        "governments",
        "nation",
        "nations",
        "side",
    }
)
_ANYONE = frozenset({"anyone", "anybody", "someone", "somebody", "everyone", "everybody"})
_PREPOSITIONS = frozenset({"by", "with", "to", "on", "in", "against", "for", "of", "from", "behind"})
_ADVERBS = frozenset(
    {
        "actively",
        "already",
        "also",
        "always",
        "both",
        "currently",
        "ever",
        "militarily",
        "now",
        "officially",
        "often",
        "openly",
    }
    | {"politically", "publicly", "recently", "still", "strongly", "really"}
)
SMALL_WORDS = _BE | _HAVE | _DO | _WH | _WHICH | _NOUNS | _ANYONE | _PREPOSITIONS | _ADVERBS | ARTICLES
"""Words of the grammar itself, which are no misspelt verbs."""

_FINITE: frozenset[Form] = frozenset({"base", "third", "past"})


class Token(NamedTuple):
    """A word of the question, in lower case, with its place."""

    word: str
    start: int
    end: int


class Clause(NamedTuple):
    """One reading: who does what to whom, as words; None asks for anybody.

    `wh` says that the question asks for names, else whether it is so.
    """

    source: str | None
    predicate: Predicate
    target: str | None
    wh: bool


def tokens(question: str) -> list[Token]:
    """The words of a question without punctuation; a possessive 's is a word of its own."""
    found: list[Token] = []
    place = 0
    for part in question.split():
        start = question.index(part, place)
        place = start + len(part)
        opened = len(part) - len(part.lstrip("\"'“‘«(¿"))
        start, part = start + opened, part[opened:].rstrip('?!,;:"”»)…')
        plain = part.lower().replace("’", "'")
        cut = len(part) - (2 if plain.endswith("'s") else 1)
        if plain in _CONTRACTED:  # which may be "has" as well: see `Parser.clauses`
            found += [Token(plain[:cut].rstrip("'"), start, start + cut), Token("is", start + cut, start + len(part))]
        elif plain.endswith(("'s", "s'")) and len(plain) > 2:
            found += [Token(plain[:cut], start, start + cut), Token("'s", start + cut, start + len(part))]
        elif plain.rstrip("'"):
            part = part.rstrip("'’")
            found.append(Token(plain.rstrip("'"), start, start + len(part)))
    return found


def opening(words: Sequence[str]) -> int:
    """How many words at the front ask for anybody: "who" is one, "which countries" two, no such word none."""
    if len(words) > 1 and words[0] in _WHICH and words[1] in _NOUNS:
        return 2
    return 1 if words and words[0] in _WH | {"which"} else 0


class Parser:
    """All readings of one question, or of those of its words that are given as tokens.

    `reach` is how many of the words the reading understood that got furthest.
    """

    def __init__(self, question: str, words: Sequence[Token] | None = None) -> None:
        self.question = question
        self.reach = 0
        self._tokens = tokens(question) if words is None else list(words)
        self._words: list[str] = []

    def clauses(self) -> list[Clause]:
        """The readings, the likeliest first, each once."""
        words = [token.word for token in self._tokens]
        if len(words) > 2 and words[0] in _PREPOSITIONS and words[1] in _WH | _WHICH:
            # "by whom is X backed" is "whom is X backed by"
            self._tokens = [*self._tokens[1:], self._tokens[0]]
            words = [*words[1:], words[0]]
        self._words = words
        found = self._read()
        for n, token in enumerate(self._tokens):
            if not found and token.word == "is" and self.question[token.start : token.end].lower() != "is":
                self._words = [*words[:n], "has", *words[n + 1 :]]  # "who's backed X"
                found = self._read()
        return found

    def _read(self) -> list[Clause]:
        return list(dict.fromkeys((*self._possessive(), *self._inverted(), *self._straight())))

    # -- the forms of a question

    def _straight(self) -> Iterator[Clause]:
        """Actors, verb group, actors."""
        n = len(self._words)
        wh = self._variable(0)
        self._reached(wh)
        # A name may begin with any word, but an auxiliary that opens a question is none.
        starts = [wh] if wh else range(1, n) if not self._auxiliary(0) else []
        for i in starts:
            for j, predicate, passive in self._verb_group(i):
                self._reached(j)
                if j < n:
                    yield from self._clause((0, i), predicate, passive, (j, n))

    def _inverted(self) -> Iterator[Clause]:
        """An auxiliary before the actors; with a wh-word at the front the other actors are missing at the end."""
        n = len(self._words)
        wh = self._variable(0) if self._words and self._words[0] in _WH | _WHICH else 0
        if wh >= n or not self._auxiliary(wh):
            return
        self._reached(wh + 1)
        for i in range(wh + 2, n):
            for j, predicate, passive in self._after(i, self._words[wh]):
                self._reached(j)
                if wh and j == n:
                    yield from self._clause((wh + 1, i), predicate, passive, (0, wh))
                elif not wh and j < n:
                    yield from self._clause((1, i), predicate, passive, (j, n))

    def _possessive(self) -> Iterator[Clause]:
        """Wh-word, be, actors's noun."""
        words, n = self._words, len(self._words)
        wh = self._variable(0)
        if not wh or wh >= n or words[wh] not in _BE:
            return
        for i in range(wh + 2, n - 1):
            if words[i] != "'s":
                continue
            for predicate in complements():
                *noun, preposition = predicate.rest
                if preposition in ("of", "to") and self._match(i + 1, tuple(noun)) == n:
                    yield from self._clause((0, wh), predicate, False, (wh + 1, i))

    # -- verb groups, each as where it ends, its predicate, and whether it is passive

    def _verb_group(self, start: int) -> Iterator[tuple[int, Predicate, bool]]:
        for i in self._adverbs(start):
            yield from self._verb(i, _FINITE)
            if self._auxiliary(i):
                yield from self._after(i + 1, self._words[i])

    def _after(self, start: int, auxiliary: str) -> Iterator[tuple[int, Predicate, bool]]:
        """What may follow a form of do, have or be."""
        for i in self._adverbs(start):
            if auxiliary in _DO:
                yield from self._verb(i, frozenset({"base"}))
            elif auxiliary in _HAVE:
                yield from self._verb(i, frozenset({"participle"}))
                if self._at(i) == "been":
                    yield from self._after(i + 1, "is")
            else:
                yield from self._verb(i, frozenset({"ing"}))
                being = i + 1 if self._at(i) == "being" else i
                for k in self._adverbs(being):
                    for j, predicate, _ in self._verb(k, frozenset({"participle"})):
                        if self._at(j) == "by" and all(
                            word in _PREPOSITIONS | {"up", "down"} for word in predicate.rest
                        ):
                            yield j + 1, predicate, True
                for predicate in complements():
                    if (end := self._match(i, predicate.rest)) is not None:
                        yield end, predicate, False

    def _verb(self, i: int, forms: frozenset[Form]) -> Iterator[tuple[int, Predicate, bool]]:
        for predicate, form in verb_forms().get(self._at(i), ()):
            if form in forms and (j := self._match(i + 1, predicate.rest)) is not None:
                yield j, predicate, False

    # -- words

    def _at(self, i: int) -> str:
        return self._words[i] if i < len(self._words) else ""

    def _auxiliary(self, i: int) -> bool:
        return self._at(i) in _BE | _HAVE | _DO

    def _adverbs(self, i: int) -> Iterator[int]:
        yield i
        while self._at(i) in _ADVERBS:
            i += 1
            yield i

    def _match(self, i: int, phrase: tuple[str, ...]) -> int | None:
        """Where the phrase that begins at word `i` ends; articles may stand in it and its nouns in the plural."""
        for word in phrase:
            while self._at(i) in ARTICLES and self._at(i) != word:
                i += 1
            at = self._at(i)
            if at != word and not (len(word) > 3 and at in (word + "s", word[:-1] + "ies")):
                return None
            i += 1
        return i

    def _variable(self, i: int) -> int:
        """Where the words for anybody that begin at word `i` end; `i` itself where there are none."""
        if self._at(i) in _WHICH and self._at(i + 1) in _NOUNS:
            return i + 2
        if self._at(i) in {"any", "some", "other"} and self._at(i + 1) in _NOUNS:
            return i + 2
        return i + 1 if self._at(i) in _WH | _ANYONE | {"which"} else i

    def _actors(self, start: int, end: int) -> tuple[bool, str | None]:
        """Whether actors may stand there, and their name, None for anybody."""
        words = self._words[start:end]
        if words and self._variable(start) == end:
            return True, None
        if not words or set(words) & (_WH | _ANYONE | {"which"}) or words[0] in _BE | _HAVE | _DO:
            return False, None
        # A preposition begins no name, but "in" alone may be India's id.
        if words[0] in _PREPOSITIONS and (len(words) > 1 or words[0] == "by"):
            return False, None
        if words[-1] in ARTICLES:
            return False, None
        return True, self.question[self._tokens[start].start : self._tokens[end - 1].end].strip("\"'“”‘’«» ")

    def _reached(self, i: int) -> None:
        self.reach = max(self.reach, i)

    def _clause(
        self, subject: tuple[int, int], predicate: Predicate, passive: bool, other: tuple[int, int]
    ) -> Iterator[Clause]:
        named, source = self._actors(*subject)
        also, target = self._actors(*other)
        if named and also:
            if passive != predicate.inverted:
                source, target = target, source
            asks = any(self._at(i) in _WH | {"which"} for i in (subject[0], other[0]))
            yield Clause(source, predicate, target, asks)
