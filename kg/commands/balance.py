"""kg balance: which three actors fit together as friends and enemies, and which do not."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.actor import level_of, resolve
from kg.commands.complete import actor_names
from kg.commands.covered import covered
from kg.commands.group import Command, Exit
from kg.commands.groups import TRIAD_COLUMNS, balance_blocks, triad_lines, triad_rows
from kg.commands.options import (
    actors_option,
    bounds_options,
    format_option,
    no_color_option,
    optional_level_option,
    store_option,
)
from kg.commands.output import draw, note, write_rows
from kg.model import Level
from kg.queries.balance import balance as balance_of
from kg.store import Filter, open_store

__all__ = ["balance"]


@click.command(
    cls=Command,
    examples=[
        ("kg balance", "The triads of the whole store, the best evidenced first."),
        ("kg balance Pakistan --min-sources 2", "Only those with Pakistan, and no side from one article."),
    ],
    exits="0 when a triad is found, or a pair that is both friendly and hostile. 1 when there is none. 2 for a wrong "
    "option or an unknown actor. 3 when the store cannot be used.",
)
@click.argument("actor", metavar="[ACTOR]", required=False, shell_complete=actor_names)
@click.option(
    "--limit", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="Triads under each heading."
)
@bounds_options
@optional_level_option
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def balance(
    ctx: click.Context,
    actor: str | None,
    limit: int,
    bounds: Filter,
    level: Level | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Find triads of friends and enemies: those that fit, and those that do not, each side with its quote.

    Two are friends where one backs the other, enemies where one opposes or fights the other. Pairs that are both stand
    in no triad and are listed by themselves. By the theory of structural balance a triad fits when the number of its
    hostile sides is even; whether life does is another question.
    """
    with open_store(store) as opened:
        focus = None if actor is None else resolve(opened, actor, actor_files)
        id = None if focus is None else focus.id
        found = balance_of(
            opened, id, level=level_of(opened, level, *(() if focus is None else (focus,))), bounds=bounds, limit=limit
        )
        period = covered(opened.coverage())
    of = "" if focus is None else f" of {focus.name}"
    if format != "table":
        flat = format in ("csv", "tsv", "md")
        write_rows(triad_lines(found) if flat else triad_rows(found), format, TRIAD_COLUMNS)
    elif found.found:
        draw(balance_blocks(f"Balance{of} in {period}", found), no_color)
    if not found.found:
        note(f"No triad of friends and enemies{of} in {period}.")
        ctx.exit(Exit.NOTHING)
