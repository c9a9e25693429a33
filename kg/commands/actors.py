"""kg actors: who is known; beneath it all about one, and what a person puts right."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.actor import known_actors, store_if_any
from kg.commands.actor_show import show
from kg.commands.complete import actor_names
from kg.commands.correct import add, merge, split
from kg.commands.corrections import corrections, restore, undo
from kg.commands.group import Command, DefaultGroup, Exit
from kg.commands.layout import Column, Line, Table, Text
from kg.commands.options import Known, actors_option, format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.export.rows import Row, actor_row
from kg.model import ACTOR_KINDS
from kg.store import Store, fold, open_store

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue

__all__ = ["actors"]

COLUMNS = ("id", "name", "kind", "sector", "iso3", "rolls_up_to", "names")


@click.group(
    cls=DefaultGroup,
    subcommand_metavar="[COMMAND] [ARGS]...",
    examples=[
        ("kg actors taliban", "Those with a name that contains it, or with that id."),
        ("kg actors show 'Imran Khan' --date 2019", "All that is known of one, and what he was then."),
        ("kg actors merge 'Ishaq Darr' 'Ishaq Dar'", "They are one and the same; kg actors undo takes it back."),
    ],
    exits="0 when an actor is found or a correction made. 1 when none is found. 2 for a wrong option, an unknown actor "
    "or a wrong entry. 3 when the store cannot be used.",
)
def actors() -> None:
    """List actors by id or name, show all about one, and correct what kg makes of them.

    Without a COMMAND, a pattern of ids or names is meant: kg actors [PATTERN]. Corrections live in the store: they hold
    for all that it has and for whatever is read into it later, `kg export --what corrections` writes them, and each
    can be taken back.
    """


@click.command(
    "list",
    cls=Command,
    short_help="Those that kg knows, by pattern.",
    examples=[
        ("kg actors list 'person.*' --kind person --format csv", "A pattern with * and ? means the whole id or name."),
        ("kg actors --stored", "Those that the documents of a store name."),
    ],
    exits="0 when an actor is found. 1 when none is. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.argument("pattern", required=False, shell_complete=actor_names)
@click.option("--kind", type=Known(ACTOR_KINDS), metavar="KIND", help=f"Only this kind: {', '.join(ACTOR_KINDS)}.")
@click.option("--stored", is_flag=True, help="Those that documents of the store name, not all that are known.")
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def list_(
    ctx: click.Context,
    pattern: str | None,
    kind: str | None,
    stored: bool,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """List actors by id or name: those kg knows beforehand, or with --stored those that documents named.

    Case and accents do not count. Kg knows what it ships, --actors, and what was added to the store.
    """
    if stored:
        with open_store(store) as opened:
            found = list(_stored(opened, pattern, kind))
    else:
        existing = store_if_any(ctx, store)
        try:
            found = list(_known(known_actors(existing, actor_files), pattern, kind))
        finally:
            if existing is not None:
                existing.close()
    if format != "table":
        write_rows(found, format, COLUMNS)
    elif found:
        lines = tuple(
            Line(tuple(str(row[key] or "") for key in ("id", "name", "kind", "rolls_up_to"))) for row in found
        )
        counted = f"{len(found):,} actor{'' if len(found) == 1 else 's'}"
        draw([Table(tuple(map(Column, ("id", "name", "kind", "of"))), lines), Text(counted)], no_color)
    if not found:
        note(f"No actor matches {pattern!r}." if pattern else "There is no actor.")
        ctx.exit(Exit.NOTHING)


def _matches(pattern: str | None, id: str, names: tuple[str, ...]) -> bool:
    if pattern is None:
        return True
    wanted = fold(pattern)
    if any(mark in wanted for mark in "*?["):
        return any(fnmatch.fnmatchcase(fold(name), wanted) for name in (id, *names))
    return id == pattern or any(wanted in fold(name) for name in names)


def _known(known: Catalogue, pattern: str | None, kind: str | None) -> Iterator[Row]:
    for id in sorted(known.ids()):
        actor, names = known.actor(id), known.aliases(id)
        if kind in (None, actor.kind) and _matches(pattern, id, names):
            above = known.state(id, None)
            over = above.name if above.id != id else None
            yield {**actor_row(actor), "rolls_up_to": over, "names": list(names)}


def _stored(store: Store, pattern: str | None, kind: str | None) -> Iterator[Row]:
    for actor in store.actors():
        names = tuple(store.names(actor.id))
        if kind in (None, actor.kind) and _matches(pattern, actor.id, names):
            yield {**actor_row(actor), "rolls_up_to": None, "names": list(names)}


for command in (list_, show, merge, split, add, corrections, undo, restore):
    actors.add_command(command)
