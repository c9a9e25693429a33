"""What a person types for an actor or a question -> actors of the store, else of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kg.errors import UnknownActorError
from kg.model import Actor
from kg.queries import question as asked
from kg.store import Store

__all__ = ["resolve", "understand"]

T = TypeVar("T")


def resolve(store: Store, name: str) -> Actor:
    """The actor of that id or name. Raises `UnknownActorError` with the nearest names, `QuestionError` for several."""
    return _with_suggestions(lambda: asked.resolve(name, store, _known))


def understand(store: Store, question: str) -> asked.Question:
    """The question that the text asks; raises as `resolve` does, and for what is no question."""
    return _with_suggestions(lambda: asked.understand(question, store, _known))


def _known(name: str) -> Sequence[Actor]:
    """Actors that kg knows and no document of the store names: nothing is found about them, but they are no typos."""
    from kg.actors.catalogue import catalogue

    return catalogue().lookup(name)


def _with_suggestions(call: Callable[[], T]) -> T:
    try:
        return call()
    except UnknownActorError as error:
        from kg.actors.catalogue import catalogue

        near = dict.fromkeys((*error.suggestions[:3], *catalogue().suggest(error.name)))
        raise UnknownActorError(error.name, tuple(near)[:3]) from None
