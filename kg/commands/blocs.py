"""kg blocs: communities of mutual backing."""

from __future__ import annotations

import click

from kg.commands.covered import covered
from kg.commands.group import Command, Exit
from kg.commands.groups import BLOC_COLUMNS, bloc_blocks, bloc_lines, bloc_rows
from kg.commands.options import bounds_options, format_option, level_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.model import Level
from kg.queries.blocs import blocs as blocs_of
from kg.store import Filter, open_store

__all__ = ["blocs"]


@click.command(
    cls=Command,
    examples=[
        ("kg blocs", "Who backs one another, with the quotes that tie them and those that divide."),
        ("kg blocs --one-way --min-sources 2 --since 2020", "Backing one way is enough, but not from one article."),
    ],
    exits="0 when a bloc is found. 1 when there is none. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.option("--one-way", is_flag=True, help="Tie two also where only one backs the other.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="Blocs at most.")
@click.option(
    "--ties", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="Ties and rifts shown of each."
)
@bounds_options
@level_option
@store_option
@format_option()
@no_color_option
@click.pass_context
def blocs(
    ctx: click.Context,
    one_way: bool,
    limit: int,
    ties: int,
    bounds: Filter,
    level: Level,
    store: str,
    format: str,
    no_color: bool,
) -> None:
    """Find the blocs: groups of actors that back one another more than others.

    Two are tied where each backs the other, or where they are called allies. The groups are Louvain communities, the
    same for the same store. Hostile acts between members are never set off against backing: they are shown as rifts.
    """
    with open_store(store) as opened:
        found = blocs_of(opened, level=level, bounds=bounds, one_way=one_way, limit=limit, ties=ties)
        period = covered(opened.coverage())
    if format != "table":
        flat = format in ("csv", "tsv", "md")
        write_rows(bloc_lines(found) if flat else bloc_rows(found), format, BLOC_COLUMNS)
    elif found.blocs:
        draw(bloc_blocks(f"Blocs in {period}", found), no_color)
    if not found.blocs:
        hint = "" if one_way else " --one-way ties two also where only one backs the other."
        note(f"No bloc in {period}.{hint}")
        ctx.exit(Exit.NOTHING)
