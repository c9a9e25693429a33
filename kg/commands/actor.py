"""What a person types for an actor -> the actor."""

from __future__ import annotations

from kg.errors import QuestionError, UnknownActorError
from kg.model import Actor
from kg.store import Store, fold

__all__ = ["resolve"]


def resolve(store: Store, name: str) -> Actor:
    """The actor of that id or name: of the store, else of the catalogue (known, but no document names it).

    Raises `UnknownActorError` with the nearest names, and `QuestionError` where a name means several.
    """
    found = store.find_actors(name)
    named = [actor for actor in found if fold(actor.name) == fold(name)] or found
    if len(named) > 1:
        several = ", ".join(f"{actor.id} ({actor.name})" for actor in named[:5])
        raise QuestionError(f"{name!r} can mean {several}; use the id.")
    if named:
        return named[0]
    from kg.actors.catalogue import catalogue

    known = catalogue()
    meant = known.lookup(name)
    if len(meant) == 1:
        return meant[0]
    raise UnknownActorError(name, tuple(dict.fromkeys((*store.suggest(name, 3), *known.suggest(name))))[:3])
