"""kg as a library: a store that answers as the command line does, with objects in place of text.

    import kg

    with kg.open("kg.db") as store:
        for row in store.who_backs("Pakistan").facts:
            print(row.source.name, row.relation, row.quotes[0].text)

What is returned are the value objects of kg.queries and kg.model; in a notebook, answers show themselves as tables and
the surroundings of an actor as a map. The modules that an answer needs are imported when it is asked for.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path as File
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.library.answers import Ego, Found, Paths, Story, fields_of
from kg.model import FAMILIES, Actor, Assertion, Document, Edge, Family, Level
from kg.queries.question import Part, Question
from kg.queries.who import Answer
from kg.relations import ontology
from kg.store import Filter, Stats, Store, open_store

if TYPE_CHECKING:
    from kg.library.tables import ActorProfile, BalanceFound, BlocsFound, Cited, Events

__all__ = ["Ego", "Found", "Library", "Paths", "Story", "open"]


class Library:
    """A store that is open to be asked. Close it after use, or use it in a ``with``.

    Actors are given by name or id, as on the command line. Every method that takes one raises `UnknownActorError`
    with the nearest names where nobody is called so, `QuestionError` where several are, and `StoreError` where the
    database fails. `bounds` bounds dates, sources, confidence and reviews: ``kg.store.Filter(since="2020")``.
    """

    def __init__(self, store: Store, actor_files: Sequence[File] = ()) -> None:
        self.store = store
        self._files = tuple(actor_files)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the database back."""
        self.store.close()

    def actor(self, name: str) -> Actor:
        """The actor of that name or id."""
        from kg.commands.actor import resolve

        return resolve(self.store, name, self._files)

    def ask(self, question: str, *, bounds: Filter | None = None, **options: Any) -> Found | Story | Paths:
        """What the store says to a question in English; `options` are those of `who`, `between` or `paths`.

        Raises `QuestionError` that says how far the question was read and what can be asked.
        """
        from kg.commands.actor import understand
        from kg.queries.question import answer, joined

        asked = understand(self.store, question, self._files)
        if asked.form == "who":
            return self._found(asked, answer(self.store, asked, bounds=bounds, **options))
        one, other = asked.ends
        both = joined(bounds or Filter(), asked.bounds)
        if asked.form == "connected":
            return self.paths(one.id, other.id, bounds=both, **options)
        return self.between(one.id, other.id, bounds=both, **options)

    def who(
        self,
        relation: str,
        *,
        source: str | None = None,
        target: str | None = None,
        bounds: Filter | None = None,
        level: Level | None = None,
        quotes: int = 2,
        limit: int = 50,
    ) -> Found:
        """Who stands in a relation, or in any of a family, from `source` and to `target`; None asks for anybody.

        Raises ValueError for what is neither a relation nor a family.
        """
        from kg.queries.question import answer

        family: Family | None = next((one for one in FAMILIES if one == relation), None)
        relations = tuple(one.id for one in ontology().family(family)) if family else (relation,)
        if unknown := [one for one in relations if one not in ontology().relations]:
            raise ValueError(f"{unknown[0]!r} is no relation and no family; `kg relations` lists them.")
        ends = [None if end is None else self.actor(end) for end in (source, target)]
        text = f"{ends[0].name if ends[0] else 'anybody'}: {relation}: {ends[1].name if ends[1] else 'anybody'}"
        part = Part(source=ends[0], relations=relations, target=ends[1], family=family)
        asked = Question(text=text, parts=(part,), asks="source" if source is None else "target")
        found = answer(self.store, asked, bounds=bounds, level=level, quotes=quotes, limit=limit)
        return self._found(asked, found)

    def who_backs(self, actor: str, **options: Any) -> Found:
        """Who backs an actor: strong backing, ties and signals apart; `options` are those of `who`."""
        return self._backing(f"who backs {self.actor(actor).name}", target=actor, **options)

    def backed_by(self, actor: str, **options: Any) -> Found:
        """Whom an actor backs; `options` are those of `who`."""
        return self._backing(f"whom does {self.actor(actor).name} back", source=actor, **options)

    def _backing(self, text: str, **options: Any) -> Found:
        found = self.who("backing", **options)
        return dataclasses.replace(found, question=dataclasses.replace(found.question, text=text))

    def _found(self, asked: Question, answer: Answer) -> Found:
        return Found(question=asked, **fields_of(answer))

    def paths(
        self,
        a: str,
        b: str,
        *,
        k: int = 5,
        max_hops: int = 4,
        via: Collection[str] | None = None,
        directed: bool = False,
        level: Level = "state",
        bounds: Filter | None = None,
    ) -> Paths:
        """How two actors are connected: up to `k` paths of facts, as `kg.queries.path.paths` gives them."""
        from kg.queries.path import paths

        one, other = self.actor(a), self.actor(b)
        bounded: dict[str, Any] = {"via": via, "directed": directed, "level": level, "bounds": bounds}
        found = paths(self.store, one.id, other.id, k=k, max_hops=max_hops, **bounded)
        return Paths.of(f"{one.name} to {other.name}", found)

    def between(
        self,
        a: str,
        b: str,
        *,
        level: Level = "state",
        bounds: Filter | None = None,
        quotes: int = 1,
        limit: int = 10,
    ) -> Story:
        """Everything between two actors as a dated story, turn by turn."""
        from kg.queries.between import between

        one, other = self.actor(a), self.actor(b)
        found = between(self.store, one, other, level=level, bounds=bounds, quotes=quotes, limit=limit)
        return Story(title=f"Between {one.name} and {other.name}", **fields_of(found))

    def show(
        self, actor: str, *, level: Level | None = None, bounds: Filter | None = None, quotes: int = 1, limit: int = 3
    ) -> ActorProfile:
        """The profile of an actor: who backs and opposes it, by year and lately."""
        from kg.commands.show import about_actor
        from kg.library.tables import ActorProfile
        from kg.queries.profile import profile

        said = profile(self.store, self.actor(actor), level=level, bounds=bounds, quotes=quotes, limit=limit)
        return ActorProfile(about=about_actor(self.store, said, self._files), **fields_of(said))

    def timeline(
        self,
        actor: str,
        other: str | None = None,
        *,
        level: Level = "state",
        families: Collection[Family] | None = None,
        bounds: Filter | None = None,
        quotes: int = 1,
        limit: int = 50,
    ) -> Events:
        """The `limit` latest events of an actor, or between two, oldest first."""
        from kg.library.tables import Events
        from kg.queries.timeline import timeline

        ends = [self.actor(end) for end in (actor, other) if end is not None]
        asked: dict[str, Any] = {"families": families, "bounds": bounds, "quotes": quotes, "limit": limit}
        found = timeline(self.store, *ends, level=level, **asked)
        return Events(title=f"{' and '.join(end.name for end in ends)}: timeline", **fields_of(found))

    def blocs(
        self, *, level: Level = "state", bounds: Filter | None = None, one_way: bool = False, limit: int = 10
    ) -> BlocsFound:
        """Who stands together: communities of mutual backing, the largest first."""
        from kg.library.tables import BlocsFound
        from kg.queries.blocs import blocs

        found = blocs(self.store, level=level, bounds=bounds, one_way=one_way, limit=limit)
        return BlocsFound(title="Blocs", **fields_of(found))

    def balance(
        self, actor: str | None = None, *, level: Level = "state", bounds: Filter | None = None, limit: int = 5
    ) -> BalanceFound:
        """Triads of friends and enemies, of an actor or of all: those that fit, and those that do not."""
        from kg.library.tables import BalanceFound
        from kg.queries.balance import balance

        focus = None if actor is None else self.actor(actor)
        found = balance(self.store, None if focus is None else focus.id, level=level, bounds=bounds, limit=limit)
        return BalanceFound(title="Balance" + (f" of {focus.name}" if focus else ""), **fields_of(found))

    def cite(self, assertion: str, *, private_people: bool = False) -> Cited | None:
        """The full citation of an assertion, by its id or the beginning of one; None where there is none."""
        from kg.library.tables import Cited
        from kg.queries.cite import cite

        found = cite(self.store, assertion, private_people=private_people)
        return None if found is None else Cited(**fields_of(found))

    def ego(
        self, actor: str, *, hops: int = 1, level: Level = "state", families: Collection[Family] | None = None
    ) -> Ego:
        """What stands within `hops` links of an actor, as a map. Raises `QuestionError` where it has no link."""
        from kg.export.view import map_view

        found = self.actor(actor)
        view = map_view(self.store, focus=found.id, hops=hops, level=level, families=families, title=found.name)
        return Ego(found, view)

    def graph(self, level: Level = "state") -> Any:
        """The whole graph as a networkx.MultiDiGraph: node = actor id, key = relation, `kg.graph.EDGE` on each arc."""
        from kg.graph import load_graph

        return load_graph(self.store, level)

    def assertions(self, where: Filter | None = None, *, limit: int | None = None) -> Iterator[Assertion]:
        """The assertions that a filter asks for, the best quotes first; without one, all at actor level."""
        return self.store.assertions(where or Filter(level="actor"), limit=limit)

    def edges(self, where: Filter | None = None) -> Iterator[Edge]:
        """The edges with an affirmed, actual assertion that a filter asks for."""
        return self.store.edges(where, having="actual")

    def documents(self, *, texts: bool = True) -> Iterator[Document]:
        """All documents by id; without `texts` theirs are empty, which lists citations faster."""
        return self.store.documents(texts=texts)

    def stats(self) -> Stats:
        """How much is kept."""
        return self.store.stats()

    def __repr__(self) -> str:
        return f"kg.Library({self.store!r})"

    def _repr_html_(self) -> str:
        from kg.commands.covered import covered

        return f"<p>{html.escape(covered(self.store.coverage()))}</p>"


def open(store: str | File = "kg.db", *, actors: Sequence[str | File] = ()) -> Library:
    """A store to be asked: the path of one, or its URL; `actors` are TOML files over the actors that kg knows.

    Raises `StoreError` where there is none, or where it cannot be used. `kg.build.build` makes one.
    """
    return Library(open_store(store), [File(path) for path in actors])
