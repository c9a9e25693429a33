"""What a person types for an actor or a question -> actors of the store, else of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from click.core import ParameterSource

from kg.commands.given import as_text
from kg.errors import UnknownActorError
from kg.model import Actor, Level
from kg.queries import question as asked
from kg.store import Store, open_store

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.actors.overlay import Layer

__all__ = ["known_actors", "layers_of", "level_of", "resolve", "store_if_any", "understand"]

T = TypeVar("T")


def layers_of(files: Sequence[Path]) -> list[Layer]:
    """A user's own files of actors, read. Raises `DataError` that names file, entry and fix."""
    from kg.actors.overlay import read_layer

    return [read_layer(path) for path in files]


def known_actors(store: Store | None, files: Sequence[Path]) -> Catalogue:
    """All that is known of actors: what kg ships, the files over it, and what was added to the store over all."""
    from kg.store.known import catalogue_of

    return catalogue_of(store, layers_of(files))


def store_if_any(ctx: click.Context, store: str) -> Store | None:
    """The store; where none was asked for and none is there, none."""
    if ctx.get_parameter_source("store") is ParameterSource.DEFAULT and not Path(store).exists():
        return None
    return open_store(store)


def resolve(store: Store, name: str, files: Sequence[Path] = ()) -> Actor:
    """The actor of that id or name. Raises `UnknownActorError` with the nearest names, `QuestionError` for several."""
    name = as_text(name)
    names = _Names(store, files)
    return names.with_suggestions(lambda: asked.resolve(name, store, names.known))


def level_of(store: Store, asked: Level | None, *actors: Actor) -> Level:
    """The level asked for; else that of states, unless one of the actors stands in the store below it only."""
    return asked or ("actor" if any(store.levels(actor.id) == {"actor"} for actor in actors) else "state")


def understand(store: Store, question: str, files: Sequence[Path] = ()) -> asked.Question:
    """The question that the text asks; raises as `resolve` does, and for what is no question."""
    names = _Names(store, files)
    return names.with_suggestions(lambda: asked.understand(question, store, names.known))


class _Names:
    """Actors that kg knows and no document of the store names: nothing is found about them, but they are no typos."""

    def __init__(self, store: Store, files: Sequence[Path]) -> None:
        self._store = store
        self._files = files
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """Loaded only when the store does not know a name."""
        if self._catalogue is None:
            self._catalogue = known_actors(self._store, self._files)
        return self._catalogue

    def known(self, name: str) -> Sequence[Actor]:
        known = self.catalogue
        found = [known.actor(name)] if name in known else known.lookup(name)
        return list(dict.fromkeys(map(self._now, found)))

    def _now(self, actor: Actor) -> Actor:
        """Whom the actor has been merged into, itself where nobody."""
        id = self._store.standing(actor.id)
        if id == actor.id:
            return actor
        targets = {c.target.id: c.target for c in self._store.corrections() if c.target is not None}
        return self.catalogue.actor(id) if id in self.catalogue else targets[id]

    def with_suggestions(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except UnknownActorError as error:
            near = dict.fromkeys((*error.suggestions[:3], *self.catalogue.suggest(error.name)))
            raise UnknownActorError(error.name, tuple(near)[:3]) from None
