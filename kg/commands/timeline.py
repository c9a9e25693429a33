"""kg timeline: what happened to an actor, or between two, by date."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.actor import level_of, resolve
from kg.commands.complete import actor_names
from kg.commands.covered import covered
from kg.commands.group import Command, Exit
from kg.commands.nothing import nothing_between_told
from kg.commands.options import (
    Kinds,
    Known,
    actors_option,
    bounds_options,
    format_option,
    no_color_option,
    optional_level_option,
    store_option,
)
from kg.commands.output import draw, note, write_rows
from kg.commands.story import EVENT_COLUMNS, event_rows, timeline_blocks
from kg.model import FAMILIES, Family, Level
from kg.queries.timeline import timeline as timeline_of
from kg.store import Count, Filter, open_store

__all__ = ["timeline"]


@click.command(
    cls=Command,
    examples=[
        ("kg timeline Pakistan --since 2021", "What was reported of Pakistan from 2021 on."),
        ("kg timeline China India --family opposing --family fighting", "Only what is hostile between the two."),
    ],
    exits="0 when an event is found. 1 when there is none. 2 for a wrong option or an unknown actor. 3 when the store "
    "cannot be used.",
)
@click.argument("a", metavar="A", shell_complete=actor_names)
@click.argument("b", metavar="[B]", required=False, shell_complete=actor_names)
@click.option(
    "--family",
    "families",
    multiple=True,
    metavar="FAMILY",
    type=Known(FAMILIES),
    help="Only this family; repeatable. All but structure by default.",
)
@click.option(
    "--include",
    type=Kinds(),
    default="none",
    show_default=True,
    metavar="KINDS",
    help="What to show beside the facts, each apart: planned,alleged,hypothetical,ended,negated, or all.",
)
@click.option(
    "--quotes", type=click.IntRange(0), default=1, show_default=True, metavar="N", help="Quotes for each event."
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="The latest events.")
@bounds_options
@optional_level_option
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def timeline(
    ctx: click.Context,
    a: str,
    b: str | None,
    families: tuple[Family, ...],
    include: tuple[Count, ...],
    quotes: int,
    limit: int,
    bounds: Filter,
    level: Level | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Show what happened to the actor A, or between A and B: each event on its date, with its quote.

    Only affirmed, actual reports are events. What a text presupposes rather than reports, and what has no date, is
    left out and counted.
    """
    with open_store(store) as opened:
        one = resolve(opened, a, actor_files)
        other = None if b is None else resolve(opened, b, actor_files)
        if other is not None and one.id == other.id:
            raise click.UsageError(f"{a!r} and {b!r} are the same actor, {one.name}; name two, or one.")
        level = level_of(opened, level, *((one,) if other is None else (one, other)))
        found = timeline_of(
            opened,
            one,
            other,
            level=level,
            families=families or None,
            include=include,
            bounds=bounds,
            quotes=quotes,
            limit=limit,
        )
        if not found.found and other is None:
            note(f"No event of {one.name} in {covered(opened.coverage())}.")
        elif not found.found and other is not None:
            nothing_between_told(f"No event of {one.name} and {other.name}", opened, one, other, level, bounds)
    who = one.name if other is None else f"{one.name} and {other.name}"
    if format != "table":
        write_rows(event_rows(found), format, EVENT_COLUMNS)
    elif found.found:
        draw(timeline_blocks(f"{who}: timeline", found), no_color)
    if found.undated:
        reports = "report is" if found.undated == 1 else "reports are"
        note(f"{found.undated:,} {reports} left out: presupposed, or without a date.")
    if not found.found:
        ctx.exit(Exit.NOTHING)
