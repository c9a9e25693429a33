"""What a shell may complete: actors of the store. Imports no model, and says nothing where something is wrong.

@click.argument("a", metavar="A", shell_complete=actor_names)
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from kg.model import Actor
from kg.store import fold, open_store

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["actor_names", "document_ids", "question_words"]

MOST = 200
# Names may come from articles, and what is completed is run: nothing that any shell takes for more than a word.
_WORDS = re.compile(r"[\w .,'’/&()-]+")


def actor_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Actors of the store whose name or id begins so; states only where nothing is typed yet."""
    from click.shell_completion import CompletionItem  # here and below: an answer completes nothing

    wanted = fold(incomplete)

    def fits(actor: Actor) -> bool:
        if not wanted:
            return actor.kind == "state"
        return fold(actor.name).startswith(wanted) or actor.id.startswith(incomplete)

    items = []
    for actor in _actors(ctx):
        if fits(actor) and _WORDS.fullmatch(actor.name):
            by_name = not wanted or fold(actor.name).startswith(wanted)
            items.append(CompletionItem(actor.name if by_name else actor.id, help=actor.kind))
    return sorted(items, key=lambda item: str(item.value))[:MOST]


def question_words(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The next word of a question that is typed without quotes: a verb that kg knows, or an actor."""
    from click.shell_completion import CompletionItem

    from kg.queries.lexicon import known_words

    words = sorted(word for word in known_words() if incomplete and word.startswith(incomplete.casefold()))
    return [*map(CompletionItem, words), *actor_names(ctx, param, incomplete)][:MOST]


def document_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Documents of the store whose id begins so."""
    from click.shell_completion import CompletionItem

    try:
        with open_store(_store(ctx)) as store:
            found = (document.id for document in store.documents(texts=False))
            ids = [id for id in found if id.startswith(incomplete) and _WORDS.fullmatch(id)]
    except KgError:
        return []
    return [CompletionItem(id) for id in ids[:MOST]]


def _store(ctx: click.Context) -> str:
    return ctx.params.get("store") or os.environ.get("KG_STORE") or "kg.db"


def _actors(ctx: click.Context) -> list[Actor]:
    try:
        with open_store(_store(ctx)) as store:
            return list(store.actors())
    except KgError:
        return []
