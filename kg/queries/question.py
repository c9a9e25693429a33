"""A question in English -> which relations, from whom, to whom.

    understand("who backs Pakistan?", store)  ->  Question(source=None, relations=(…), target=Pakistan, …)

The grammar stands in `kg.queries.grammar`, the verbs in `kg.queries.lexicon`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kg.errors import QuestionError, UnknownActorError
from kg.model import Actor, Family
from kg.queries.grammar import Clause, Parser, tokens
from kg.queries.lexicon import known_words
from kg.queries.who import Answer, who
from kg.store import Store, fold

__all__ = ["EXAMPLES", "NotUnderstoodError", "Question", "answer", "parse", "resolve", "understand"]

EXAMPLES = ("who backs X", "whom does X back", "does X back Y", "who is sanctioned by X", "who backs whom")
"""The shapes of question shown to whoever asked something else."""

Asks = Literal["source", "target", "pairs", "whether"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. None as `source` or `target` stands for anybody; `family` is set where a whole one is meant.

    `asks` says what the answer is about: sources, targets, pairs of both, or whether it is so.
    """

    text: str
    source: Actor | None
    relations: tuple[str, ...]
    target: Actor | None
    family: Family | None
    asks: Asks


def parse(text: str) -> list[Clause]:
    """All readings of a question, the likeliest first. Raises `NotUnderstoodError` where there is none."""
    parser = Parser(text)
    found = parser.clauses()
    if found:
        return found
    words = tokens(text)
    text = text.rstrip(" ?!.\t\r\n") if words else ""
    cut = words[parser.reach].start if parser.reach < len(words) else len(text)
    raise NotUnderstoodError(text[:cut].strip(), text[cut:], _nearest(text, parser.reach) or EXAMPLES)


def understand(text: str, store: Store, fallback: Callable[[str], Sequence[Actor]] | None = None) -> Question:
    """The question that the text asks, with its actors looked up in the store, then by `fallback`.

    Raises `NotUnderstoodError` for what is no question, `QuestionError` for a name that several actors share, and
    `UnknownActorError` with suggestions for a name nobody has.
    """
    problem: QuestionError | UnknownActorError | None = None
    for clause in parse(text):
        try:
            source = None if clause.source is None else resolve(clause.source, store, fallback)
            target = None if clause.target is None else resolve(clause.target, store, fallback)
        except (QuestionError, UnknownActorError) as error:
            problem = problem or error
            continue
        return Question(
            text=text.strip(),
            source=source,
            relations=clause.predicate.relations,
            target=target,
            family=clause.predicate.family,
            asks=_asks(clause),
        )
    assert problem is not None, "parse gives at least one clause"
    raise problem


def answer(store: Store, question: Question, **options: Any) -> Answer:
    """What the store says to the question; `options` are those of `kg.queries.who.who`."""
    return who(
        store,
        question.relations,
        source=question.source.id if question.source else None,
        target=question.target.id if question.target else None,
        **options,
    )


def resolve(name: str, store: Store, fallback: Callable[[str], Sequence[Actor]] | None = None) -> Actor:
    """The one actor of that name or id, as `understand` looks it up; raises what it raises."""
    found: Sequence[Actor] = ()
    for form in dict.fromkeys((name, name.rstrip("."))):
        found = store.find_actors(form) or (fallback(form) if fallback else ())
        if found:
            break
    if not found:
        raise UnknownActorError(name, tuple(store.suggest(name)))
    # An own name goes before an alias, and a state before others of the same name.
    for narrower in (lambda actor: fold(actor.name) == fold(name), lambda actor: actor.kind == "state"):
        found = [actor for actor in found if narrower(actor)] or found
    if len(found) > 1:
        several = ", ".join(f"{actor.name} ({actor.id})" for actor in found)
        raise QuestionError(f"{name!r} may be {several}. Ask with the id of the one you mean.")
    return found[0]


def _asks(clause: Clause) -> Asks:
    if not clause.wh:
        return "whether"
    if clause.source is None:
        return "pairs" if clause.target is None else "source"
    return "target"


def _nearest(text: str, reach: int) -> tuple[str, ...]:
    """The question with one of its words that were not understood put right."""
    found: dict[str, float] = {}
    for token in tokens(text)[reach:]:
        for word in difflib.get_close_matches(token.word, known_words(), n=3, cutoff=0.7):
            corrected = (text[: token.start] + word + text[token.end :]).strip(" ?")
            if Parser(corrected).clauses():
                found[corrected] = difflib.SequenceMatcher(None, token.word, word).ratio()
    return tuple(sorted(found, key=lambda question: (-found[question], question))[:3])
