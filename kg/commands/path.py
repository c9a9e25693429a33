"""kg path: how two actors are connected."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.actor import level_of, resolve
from kg.commands.answer import STEP_COLUMNS, path_blocks, path_rows, step_rows
from kg.commands.complete import actor_names
from kg.commands.drawn import map_option, write_answer
from kg.commands.group import Command, Exit
from kg.commands.nothing import nothing_between_told
from kg.commands.options import (
    actors_option,
    bounds_options,
    family_option,
    format_option,
    no_color_option,
    optional_level_option,
    store_option,
)
from kg.commands.output import draw, write_rows
from kg.model import Level
from kg.queries.path import paths
from kg.store import Filter, open_store

__all__ = ["path"]


@click.command(
    cls=Command,
    examples=[
        ("kg path China Afghanistan", "The shortest paths, the best evidenced first."),
        ("kg path China Afghanistan --via backing --directed", "Only along backing, and only the way it points."),
        ("kg path 'Imran Khan' Russia --level actor --format json", "As named, for a program."),
    ],
    exits="0 when a path is found. 1 when there is none. 2 for a wrong option or an unknown actor. 3 when the store "
    "cannot be used.",
)
@click.argument("a", metavar="A", shell_complete=actor_names)
@click.argument("b", metavar="B", shell_complete=actor_names)
@family_option("--via", "Only along this family or relation; repeatable.")
@click.option("--max-hops", type=click.IntRange(1, 8), default=4, show_default=True, metavar="N", help="Longest path.")
@click.option("--k", "k", type=click.IntRange(1, 50), default=5, show_default=True, metavar="N", help="Paths at most.")
@click.option("--directed/--undirected", help="Only the way the relations point; either way by default.")
@bounds_options
@optional_level_option
@map_option
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def path(
    ctx: click.Context,
    a: str,
    b: str,
    families: tuple[str, ...],
    max_hops: int,
    k: int,
    directed: bool,
    bounds: Filter,
    level: Level | None,
    map_file: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Show how the actors A and B are connected: chains of facts, each with its best quote.

    Only affirmed, actual assertions connect. Each step is shown in its own direction, as the sentence says it.
    """
    with open_store(store) as opened:
        start, end = resolve(opened, a, actor_files), resolve(opened, b, actor_files)
        if start.id == end.id:
            raise click.UsageError(f"{a!r} and {b!r} are the same actor, {start.name}; name two.")
        level = level_of(opened, level, start, end)
        found = paths(
            opened,
            start.id,
            end.id,
            k=k,
            max_hops=max_hops,
            via=families or None,
            directed=directed,
            level=level,
            bounds=bounds,
        )
        if found:
            edges = [edge for way in found for hop in way.hops for edge in hop.edges]
            title = f"How {start.name} and {end.name} are connected"
            write_answer(map_file, opened, edges, title=title, bounds=bounds, store=store)
        else:
            what = f"No path of at most {max_hops} hops from {start.name} to {end.name}"
            nothing_between_told(what, opened, start, end, level, bounds)
    if format != "table":
        flat = format in ("csv", "tsv", "md")
        write_rows(step_rows(found) if flat else path_rows(found), format, STEP_COLUMNS)
    elif found:
        draw(path_blocks(f"{start.name} to {end.name}", found), no_color)
    if not found:
        ctx.exit(Exit.NOTHING)
