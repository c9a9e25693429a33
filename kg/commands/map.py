"""kg map: the interactive map, one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.actor import resolve
from kg.commands.complete import actor_names
from kg.commands.files import write_file
from kg.commands.group import Command
from kg.commands.options import actors_option, level_option, store_option
from kg.commands.output import note
from kg.model import FAMILIES, Family, Level
from kg.store import open_store

__all__ = ["map_"]


@click.command(
    "map",
    cls=Command,
    examples=[
        ("kg map -o map.html", "The whole store; open the file in a browser."),
        ("kg map -o pakistan.html --focus Pakistan --hops 2", "What stands within two links of an actor."),
        ("kg map -o backing.html --family backing --level actor", "Only backing, by whoever was named."),
    ],
    exits="0 when the map was written. 2 for a wrong option, an unknown actor or one without links. 3 when the store "
    "cannot be used or the file not be written.",
)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to; - is standard output.")
@level_option
@click.option("--focus", metavar="ACTOR", shell_complete=actor_names, help="Only what is near this actor.")
@click.option("--hops", type=click.IntRange(1, 6), default=1, show_default=True, help="How near, in links.")
@click.option("--family", "families", multiple=True, type=click.Choice(FAMILIES), help="Only this family; repeatable.")
@click.option("--title", metavar="TEXT", help="The heading of the page.")
@store_option
@actors_option
def map_(
    output: str,
    level: Level,
    focus: str | None,
    hops: int,
    families: tuple[Family, ...],
    title: str | None,
    store: str,
    actor_files: tuple[Path, ...],
) -> None:
    """Write the map of a store: actors, their relations, and on a click the quotes behind each.

    The file needs nothing else and works without a network.
    """
    with open_store(store) as opened:
        actor = resolve(opened, focus, actor_files) if focus is not None else None
        from kg.export.html import render_map
        from kg.export.view import map_view

        view = map_view(
            opened,
            level=level,
            focus=actor.id if actor else None,
            hops=hops,
            families=families or None,
            title=title,
        )
    write_file(output, [render_map(view)], keep=store)
    if output != "-":
        note(f"{len(view.actors):,} actors, {len(view.edges):,} edges -> {output}")
