"""A question in English -> which relations, from whom, to whom, within which bounds.

    understand("who backs Pakistan?", store)  ->  Question(form="who", parts=(Part(target=Pakistan, …),), …)

The forms stand in `kg.queries.readings`, clauses in `kg.queries.grammar`, the verbs in `kg.queries.lexicon`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.errors import KgError, QuestionError, UnknownActorError
from kg.model import Actor, Family, Level
from kg.queries.grammar import Clause, tokens
from kg.queries.parsing import EXAMPLES, LONGEST, NotUnderstoodError, not_understood, parse, respelt
from kg.queries.qualifiers import Qualifiers
from kg.queries.readings import Form, Reading
from kg.queries.who import Answer, who
from kg.store import Filter, Store, fold

__all__ = ["EXAMPLES", "NotUnderstoodError", "Part", "Question", "answer", "joined", "parse", "resolve", "understand"]

Asks = Literal["source", "target", "pairs", "whether"]
Fallback = Callable[[str], Sequence[Actor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One clause of a question. None as `source` or `target` stands for anybody.

    `family` is set where a whole one is meant.
    """

    source: Actor | None
    relations: tuple[str, ...]
    target: Actor | None
    family: Family | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Of the form "who", `parts` are what must hold of one unknown and `without` what no fact may say of it; `asks` says
    what the answer is about: sources, targets, pairs of both, or whether it is so. The other forms have two `ends`.
    `bounds` are those that the question names; its level, ends and relations mean nothing.
    """

    text: str
    form: Form = "who"
    parts: tuple[Part, ...] = ()
    without: tuple[Part, ...] = ()
    ends: tuple[Actor, ...] = ()
    asks: Asks = "pairs"
    bounds: Filter = field(default_factory=Filter)

    @property
    def source(self) -> Actor | None:
        """The source of the first part."""
        return self.parts[0].source if self.parts else None

    @property
    def target(self) -> Actor | None:
        """The target of the first part."""
        return self.parts[0].target if self.parts else None

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations of the first part."""
        return self.parts[0].relations if self.parts else ()

    @property
    def family(self) -> Family | None:
        """The family of the first part, where a whole one is meant."""
        return self.parts[0].family if self.parts else None


def understand(text: str, store: Store, fallback: Fallback | None = None) -> Question:
    """The question that the text asks, with its actors looked up in the store, then by `fallback`.

    Raises `NotUnderstoodError` for what is no question, `QuestionError` for a name that several actors share, and
    `UnknownActorError` with suggestions for a name nobody has.
    """
    names = _Names(text, store, fallback)
    problem: KgError | None = None
    try:
        readings = parse(text)
    except NotUnderstoodError as error:
        nearest = () if error.nearest == EXAMPLES else error.nearest
        more = names.questions() or error.nearest
        raise NotUnderstoodError(error.read, error.rest, tuple(dict.fromkeys((*nearest, *more)))[:3]) from None
    for reading in readings:
        try:
            return names.question(reading)
        except (QuestionError, UnknownActorError) as error:
            problem = problem or error
    assert problem is not None, "parse gives at least one reading"
    raise names.explained(problem)


def answer(store: Store, question: Question, *, bounds: Filter | None = None, **options: Any) -> Answer:
    """What the store says to a question of the form "who"; `options` are those of `kg.queries.who.who`.

    `bounds` hold together with those of the question. Of several parts, each is answered for those only of whom a fact
    says every part, and none what the question excludes; the first answer carries the others.
    """
    bounds = joined(bounds or Filter(), question.bounds)
    among: frozenset[str] | None = None
    parts = question.parts
    level: Level | None = options.pop("level", None)
    if len(parts) + len(question.without) > 1 and question.asks in ("source", "target"):
        level = level or _shared_level(store, (*parts, *question.without))
        among = frozenset.intersection(*(_who_does(store, part, bounds, level) for part in parts))
        for part in question.without:
            among -= _who_does(store, part, bounds, level)
    answers = [
        who(
            store,
            part.relations,
            source=part.source.id if part.source else None,
            target=part.target.id if part.target else None,
            among=among,
            bounds=bounds,
            level=level,
            **options,
        )
        for part in parts
    ]
    return dataclasses.replace(answers[0], also=tuple(answers[1:]), bounds=bounds)


def resolve(name: str, store: Store, fallback: Fallback | None = None) -> Actor:
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


class _Names:
    """The names of one question, looked up."""

    def __init__(self, text: str, store: Store, fallback: Fallback | None) -> None:
        self.text = text
        self.store = store
        self.fallback = fallback

    def question(self, reading: Reading) -> Question:
        """The reading with its actors; raises for the first that cannot be told."""
        asks: Asks = "pairs"
        if reading.clauses:
            asks = _asks(reading.clauses[0])
        return Question(
            text=self.text.strip(),
            form=reading.form,
            parts=tuple(map(self._part, reading.clauses)),
            without=tuple(map(self._part, reading.without)),
            ends=tuple(map(self.actor, reading.ends)),
            asks=asks,
            bounds=self._bounds(reading.qualifiers),
        )

    def actor(self, name: str) -> Actor:
        return resolve(name, self.store, self.fallback)

    def explained(self, problem: KgError) -> KgError:
        """Of a name nobody has that begins with one that somebody has, that the rest could not be read."""
        if not isinstance(problem, UnknownActorError) or problem.name not in self.text:
            return problem
        start = self.text.index(problem.name)
        words = tokens(problem.name)
        for cut in range(len(words) - 1, 0, -1):
            following = problem.name[words[cut].start :]
            if following[:1].islower() and self._known(problem.name[: words[cut - 1].end]):
                whole = tokens(self.text)
                at = next(n for n, word in enumerate(whole) if word.start >= start + words[cut].start)
                nearest, _ = respelt(self.text, at)
                return not_understood(self.text, at, nearest or self.questions() or EXAMPLES)
        return problem

    def questions(self) -> tuple[str, ...]:
        """What can be asked of the actors that the text names."""
        a, b = (*(actor.name for actor in self._named()), None, None)[:2]
        if a is None:
            return ()
        if b is None:
            return (f"who backs {a}", f"whom does {a} back", f"who opposes {a}")
        return (f"does {a} back {b}", f"what is between {a} and {b}", f"how are {a} and {b} connected")

    def _named(self) -> Iterator[Actor]:
        words = tokens(self.text)[:LONGEST]
        i = 0
        while i < len(words):
            for j in range(min(len(words), i + 5), i, -1):
                name = self.text[words[i].start : words[j - 1].end]
                if name[:1].isupper() and (found := self._known(name)) is not None:
                    yield found
                    i = j - 1
                    break
            i += 1

    def _known(self, name: str) -> Actor | None:
        try:
            return self.actor(name)
        except (QuestionError, UnknownActorError):
            return None

    def _part(self, clause: Clause) -> Part:
        return Part(
            source=None if clause.source is None else self.actor(clause.source),
            relations=clause.predicate.relations,
            target=None if clause.target is None else self.actor(clause.target),
            family=clause.predicate.family,
        )

    def _bounds(self, said: Qualifiers) -> Filter:
        by = said.according_to
        speaker = self._known(by) if by is not None else None
        return Filter(
            since=said.since,
            until=said.until,
            as_of=said.as_of,
            min_originals=said.min_originals,
            about=None if said.about is None else self._subject("on", said.about),
            against=None if said.against is None else self._subject("against", said.against),
            according_to=None if by is None else (by, *(self._all_names(speaker) if speaker else ())),
        )

    def _subject(self, preposition: str, name: str) -> tuple[str, ...]:
        try:
            return self._all_names(self.actor(name))
        except UnknownActorError as error:
            near = f" Did you mean {', '.join(error.suggestions)}?" if error.suggestions else ""
            raise QuestionError(
                f"{preposition!r} asks for an actor or a place that kg knows (on Kashmir, against India), and "
                f"{name!r} is none.{near}"
            ) from None

    def _all_names(self, actor: Actor) -> tuple[str, ...]:
        return tuple(dict.fromkeys((actor.name, *self.store.names(actor.id))))


def _asks(clause: Clause) -> Asks:
    if not clause.wh:
        return "whether"
    if clause.source is None:
        return "pairs" if clause.target is None else "source"
    return "target"


def joined(one: Filter, other: Filter) -> Filter:
    """Both bounds together: of each the narrower, and all else as the first has it."""
    both: dict[str, Any] = {}
    for name, narrower in (("since", max), ("until", min), ("as_of", min), ("min_originals", max)):
        set_ = [value for bounds in (one, other) if (value := getattr(bounds, name)) is not None]
        both[name] = narrower(set_) if set_ else None
    for name in ("about", "against", "according_to"):
        both[name] = getattr(other, name) or getattr(one, name)
    return dataclasses.replace(one, **both)


def _who_does(store: Store, part: Part, bounds: Filter, level: Level) -> frozenset[str]:
    """The ids at the open end of a part, by facts alone."""
    where = dataclasses.replace(
        bounds,
        level=level,
        sources=None if part.source is None else (part.source.id,),
        relations=part.relations,
        targets=None if part.target is None else (part.target.id,),
    )
    known = part.target if part.source is None else part.source
    assert known is not None, "a part of several has one open end"
    ends = {end for edge in store.edges(where, having="actual") for end in (edge.source, edge.target)}
    return frozenset(ends - {known.id})


def _shared_level(store: Store, parts: Sequence[Part]) -> Level:
    """The state level, unless a known end stands in the store below it only."""
    known = [part.target or part.source for part in parts]
    return "actor" if any(actor is not None and store.levels(actor.id) == {"actor"} for actor in known) else "state"
