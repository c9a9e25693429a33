"""A whole question: qualifiers off its ends, then one of its forms.

    how are A and B connected · what connects A and B · path from A to B      -> connected
    what is between A and B · what happened between A and B                   -> between
    clause [but|and clause]...                                                -> who

A clause is what `kg.queries.grammar` reads. Two clauses ask for whoever does both: the second is said of the first's
unknown, with or without its auxiliary ("who is backed by A but opposed by B"), and may say "not". A name may be
several, joined by "and" or commas: "who is allied with both A and B". Where a question can be read in several ways, all
readings are given, the likeliest first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from kg.queries.grammar import Clause, Parser, Token, opening, tokens
from kg.queries.qualifiers import Qualifiers, qualified

__all__ = ["TEMPLATE_WORDS", "Form", "Reading", "Readings"]

Form = Literal["who", "connected", "between"]

# A and B are names, | parts words to choose from, [] encloses words that may be missing.
_TEMPLATES: dict[Form, tuple[str, ...]] = {
    "connected": (
        "how|why are|is|were|was A and B connected|linked|related|tied|associated",
        "how is|are|was|were A connected|linked|related|tied to|with B",
        "how does|do|did A connect|relate|link to|with B",
        "how do|did A and B connect|relate|link",
        "what|who connects|links|ties|relates|connected|linked A and|to|with B",
        "are|is|were|was A and B connected|linked|related",
        "is|are|was|were A connected|linked|related to|with B",
        "what|which is|are [the] connection|connections|link|links|path|paths between A and B",
        "what|which connection|connections|link|links|path|paths is|are there between A and B",
        "[the] path|paths|connection|connections|link|links from|between A to|and B",
    ),
    "between": (
        "what|who is|was|are|lies|stands [there] [going] [on] [happening] between A and B",
        "what happened|happens [there] between A and B",
        "what has|have happened|passed between A and B",
        "what|how is|are|was|were [the] relation|relations|relationship|ties|history|story between A and B",
        "everything|relations|[the] relationship|history between A and B",
        "what|how is|are|was|were A 's relations|relationship|ties with|to B",
    ),
}
TEMPLATE_WORDS = ("connected", "connects", "connections", "happened", "linked", "related", "relations")
"""What a misspelt word of these may have been."""

_JOINS = frozenset({"but", "and", "yet", "while"})
_NOT = {"doesn't": "does", "don't": "do", "didn't": "did", "isn't": "is", "aren't": "are", "wasn't": "was"}
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "do", "does", "did"})
_MOST = 5
"""So many names at most are taken for a list."""


class Reading(NamedTuple):
    """One way to read a question.

    A question of the form "who" has clauses, of which one asks for the same unknown as the next; `without` are those
    that must not hold. The other forms have two `ends`, as typed.
    """

    form: Form = "who"
    clauses: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    ends: tuple[str, ...] = ()
    qualifiers: Qualifiers = Qualifiers()


class Readings:
    """All readings of one question. `reach` is how many of its words the reading understood that got furthest."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.reach = 0
        self._tokens = tokens(question)

    def all(self) -> list[Reading]:
        """The readings, the likeliest first, each once."""
        words = [token.word for token in self._tokens]
        names = [self.question[token.start : token.end] for token in self._tokens]
        found: dict[Reading, None] = {}
        for start, end, qualifiers in qualified(words, names):
            for reading in self._core(start, end):
                found[reading._replace(qualifiers=qualifiers)] = None
        return list(found)

    def _core(self, start: int, end: int) -> Iterator[Reading]:
        for form, templates in _TEMPLATES.items():
            for template in templates:
                for ends in self._template(template.split(), start, end):
                    yield Reading(form=form, ends=ends)
        plain = self._clauses(self._tokens[start:end], start)
        yield from self._joined(start, end)
        yield from (Reading(clauses=several) for clause in plain for several in _several(clause))

    def _clauses(self, part: Sequence[Token], start: int, behind: int = 0) -> list[Clause]:
        """The clauses of some words, the first of which is word `start`; `behind` of them are said again."""
        parser = Parser(self.question, part)
        found = parser.clauses()
        if parser.reach > behind:
            self.reach = max(self.reach, start + parser.reach - behind)
        return found

    def _joined(self, start: int, end: int) -> Iterator[Reading]:
        """Two clauses about one unknown."""
        for k in range(start + 2, end - 1):
            if self._tokens[k].word not in _JOINS:
                continue
            left = [c for c in self._clauses(self._tokens[start:k], start) if c.wh and _unknown(c) is not None]
            for one in left:
                for denied, other in self._right(one, start, k + 1, end):
                    if _same_unknown(one, other):
                        for several in _several(one):
                            if denied:
                                yield Reading(clauses=several, without=(other,))
                            else:
                                yield from (Reading(clauses=(*several, *more)) for more in _several(other))

    def _right(self, left: Clause, start: int, i: int, end: int) -> Iterator[tuple[bool, Clause]]:
        """The clauses that the words after "but" say of the unknown of those before, and whether they are denied."""
        part = self._tokens[i:end]
        while part and part[0].word in ("also", "still", "then"):
            part = part[1:]
        if not part:
            return
        denied = False
        if part[0].word in _NOT:
            part, denied = [part[0]._replace(word=_NOT[part[0].word]), *part[1:]], True
        elif len(part) > 1 and part[0].word in _AUXILIARIES and part[1].word == "not":
            part, denied = [part[0], *part[2:]], True
        elif part[0].word == "not":
            name = self.question[part[1].start : part[-1].end] if len(part) > 1 else ""
            if name:  # "but not B": the same of another
                source, target = (None, name) if left.source is None else (name, None)
                yield True, left._replace(source=source, target=target)
            return
        wh = self._tokens[start : start + opening([token.word for token in self._tokens[start:i]])]
        for again in (wh, [*wh, *self._auxiliary(start + len(wh))]):
            for clause in self._clauses([*again, *part], i, behind=len(again)):
                yield denied, clause

    def _auxiliary(self, i: int) -> list[Token]:
        return [self._tokens[i]] if self._tokens[i].word in _AUXILIARIES else []

    def _template(self, template: Sequence[str], i: int, end: int) -> Iterator[tuple[str, ...]]:
        """The names where the words from `i` to `end` fit the template."""
        if not template:
            if i == end:
                yield ()
            return
        first, rest = template[0], template[1:]
        if first in ("A", "B"):
            for stop in range(i + 1, end + 1):
                for more in self._template(rest, stop, end):
                    yield self.question[self._tokens[i].start : self._tokens[stop - 1].end].strip("\"'“”‘’«» "), *more
            return
        if i < end and self._tokens[i].word in first.strip("[]").split("|"):
            yield from self._template(rest, i + 1, end)
        if first.startswith("["):
            yield from self._template(rest, i, end)


def _unknown(clause: Clause) -> str | None:
    """Which end a clause asks for; None where it is both or neither."""
    if (clause.source is None) == (clause.target is None):
        return None
    return "source" if clause.source is None else "target"


def _same_unknown(one: Clause, other: Clause) -> bool:
    return other.wh and _unknown(other) is not None and _unknown(one) is not None


def _several(clause: Clause) -> Iterator[tuple[Clause, ...]]:
    """The clause as it stands, then with names taken for lists of names; "both" says that they are."""
    ends = [[(None,)] if name is None else list(_listed(name)) for name in (clause.source, clause.target)]
    for sources, targets in sorted(itertools.product(*ends), key=lambda pair: len(pair[0]) * len(pair[1])):
        yield tuple(clause._replace(source=source, target=target) for source in sources for target in targets)


def _listed(name: str) -> Iterator[tuple[str, ...]]:
    both = re.match(r"(both|all of)\s+", name, re.IGNORECASE)
    parts = re.split(r"(\s*,\s*(?:and\s+)?|\s+and\s+)", name[both.end() :] if both else name, flags=re.IGNORECASE)
    names, joints = parts[::2], parts[1::2]
    if not all(names) or len(names) > _MOST:
        yield (name,)
        return
    ways = sorted(itertools.product((False, True), repeat=len(joints)), key=sum)
    for way in ways:
        if both and not any(way):
            continue
        found = [names[0]]
        for cut, joint, part in zip(way, joints, names[1:], strict=True):
            if cut:
                found.append(part)
            else:
                found[-1] += joint + part
        yield tuple(found)
