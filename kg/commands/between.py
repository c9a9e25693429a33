"""kg between: everything between two actors as a dated story."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.actor import level_of, resolve
from kg.commands.complete import actor_names
from kg.commands.group import Command, Exit
from kg.commands.nothing import nothing_between_told
from kg.commands.options import (
    actors_option,
    bounds_options,
    format_option,
    include_option,
    no_color_option,
    optional_level_option,
    store_option,
)
from kg.commands.output import draw, write_rows
from kg.commands.story import STORY_COLUMNS, story_blocks, story_lines, story_rows
from kg.model import Level
from kg.queries.between import Step
from kg.queries.between import between as story_of
from kg.store import Count, Filter, open_store

__all__ = ["between"]


@click.command(
    cls=Command,
    examples=[
        ("kg between India Pakistan", "The story of the two, turn by turn, with quotes."),
        ("kg between China India --by year --since 2019", "Compare years, from 2019 on."),
        ("kg between China Pakistan --format jsonl", "A turn on each line, for a program."),
    ],
    exits="0 when something is found. 1 when nothing is. 2 for a wrong option or an unknown actor. 3 when the store "
    "cannot be used.",
)
@click.argument("a", metavar="A", shell_complete=actor_names)
@click.argument("b", metavar="B", shell_complete=actor_names)
@click.option(
    "--by",
    "step",
    type=click.Choice(["day", "month", "year"]),
    help="How long the periods are whose tone is compared.  [default: month, or year if there are more than 24 months]",
)
@click.option(
    "--quotes", type=click.IntRange(0), default=1, show_default=True, metavar="N", help="Quotes for each row."
)
@click.option(
    "--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="Rows for each turn or heading."
)
@include_option
@bounds_options
@optional_level_option
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def between(
    ctx: click.Context,
    a: str,
    b: str,
    step: Step | None,
    quotes: int,
    limit: int,
    include: tuple[Count, ...],
    bounds: Filter,
    level: Level | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Tell everything between the actors A and B as a dated story, turn by turn.

    A turn goes on while the family that most documents speak of (fighting, opposing, engaging, backing) stays the
    same from period to period. Each family has its documents and its weights by itself (the Goldstein scale, -10 to
    +10): nothing friendly is set off against anything hostile. What is planned, alleged, hypothetical, ended or denied
    stands apart and makes no turn.
    """
    with open_store(store) as opened:
        one, other = resolve(opened, a, actor_files), resolve(opened, b, actor_files)
        if one.id == other.id:
            raise click.UsageError(f"{a!r} and {b!r} are the same actor, {one.name}; name two.")
        level = level_of(opened, level, one, other)
        found = story_of(
            opened,
            one,
            other,
            level=level,
            step=step,
            bounds=bounds,
            include=include,
            quotes=quotes,
            limit=limit,
        )
        if not found.found:
            nothing_between_told(f"Nothing between {one.name} and {other.name}", opened, one, other, level, bounds)
    if format != "table":
        flat = format in ("csv", "tsv", "md")
        write_rows(story_lines(found) if flat else story_rows(found), format, STORY_COLUMNS)
    elif found.found:
        draw(story_blocks(f"Between {one.name} and {other.name}", found), no_color)
    if not found.found:
        ctx.exit(Exit.NOTHING)
