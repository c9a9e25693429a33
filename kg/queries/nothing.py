"""Where nothing was found: what was looked through, and what was there to be read otherwise."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Actor, Document, Level, Sentence
from kg.queries.question import Question
from kg.queries.who import OTHER_KINDS, Answer
from kg.store import Count, Coverage, Filter, Store

__all__ = ["Nothing", "nothing", "nothing_between"]

_MOST = 500
"""So many sentences that name both actors are looked at, and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What a store covers and knows of a question to which it has no answer.

    `named` are the actors asked about with the number of documents that name each. `unread` are sentences that name
    both and say no triple of the two, the latest first, `more` how many others there are (of those looked at).
    `relations` hold between the two all the same, whichever way, as facts. `withheld` says that there is something that
    is not told of people without office.
    """

    coverage: Coverage
    named: tuple[tuple[Actor, int], ...] = ()
    unread: tuple[tuple[Document, Sentence], ...] = ()
    more: int = 0
    relations: tuple[tuple[Actor, str, Actor], ...] = ()
    withheld: bool = False


def nothing(store: Store, question: Question, answer: Answer, *, n: int = 3) -> Nothing:
    """What can be said to an answer that holds nothing, with up to `n` sentences."""
    ends = list(dict.fromkeys(end for part in question.parts for end in (part.source, part.target) if end is not None))
    one_part = len(question.parts) == 1
    where = dataclasses.replace(
        answer.bounds,
        level=answer.level,
        relations=answer.relations,
        sources=None if answer.source is None else (answer.source.id,),
        targets=None if answer.target is None else (answer.target.id,),
    )
    return _told(store, ends, where, n, pair=one_part and len(ends) == 2, people=one_part)


def nothing_between(store: Store, one: Actor, two: Actor, *, level: Level, bounds: Filter, n: int = 3) -> Nothing:
    """What can be said where nothing was found between two actors, whichever way, with up to `n` sentences."""
    ids = (one.id, two.id)
    where = dataclasses.replace(bounds, level=level, sources=ids, targets=ids)
    return _told(store, [one, two], where, n, pair=True, people=True)


def _told(store: Store, ends: list[Actor], where: Filter, n: int, *, pair: bool, people: bool) -> Nothing:
    found: list[tuple[Document, Sentence]] = []
    relations: list[tuple[Actor, str, Actor]] = []
    if pair:
        one, two = ends
        found = list(_unread(store, one.id, two.id, where.level, where))
        names = {one.id: one, two.id: two}
        for edge in store.edges(Filter(level=where.level, sources=_ids(ends), targets=_ids(ends)), having="actual"):
            relations.append((names[edge.source], edge.relation, names[edge.target]))
    return Nothing(
        coverage=store.coverage(),
        named=tuple((end, store.presence(end.id).documents) for end in ends),
        unread=tuple(found[:n]),
        more=max(0, len(found) - n),
        relations=tuple(relations),
        withheld=people and _withheld(store, where),
    )


def _unread(store: Store, one: str, two: str, level: Level, bounds: Filter) -> Iterator[tuple[Document, Sentence]]:
    """The sentences that name both, and of which no assertion says anything of the two."""
    where = Filter(level=level, sources=(one, two), targets=(one, two), private_people=True)
    read = {(a.document, a.sentence.start) for a in store.assertions(where)}
    for document, sentence in itertools.islice(store.sentences_naming(one, two, level=level, limit=_MOST), _MOST):
        if (document.id, sentence.start) not in read and _within(document.date, bounds):
            yield document, sentence


def _within(date: str | None, bounds: Filter) -> bool:
    """Whether a document may say something of the time asked about, compared as exactly as the less exact date."""
    first = bounds.since
    lasts = [last for last in (bounds.until, bounds.as_of) if last is not None]
    if first is None and not lasts:
        return True
    if date is None:
        return False
    return (first is None or date >= first[: len(date)]) and all(date[: len(last)] <= last for last in lasts)


def _withheld(store: Store, where: Filter) -> bool:
    if where.private_people:
        return False
    kinds: tuple[Count, ...] = ("actual", *OTHER_KINDS)
    return any(
        next(iter(store.edges(where, having=kind, limit=1)), None) is None
        and next(iter(store.edges(dataclasses.replace(where, private_people=True), having=kind, limit=1)), None)
        for kind in kinds
    )


def _ids(actors: list[Actor]) -> tuple[str, ...]:
    return tuple(actor.id for actor in actors)
