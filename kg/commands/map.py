"""kg map: the interactive map, one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from kg.commands.actor import resolve
from kg.commands.complete import actor_names
from kg.commands.files import write_file
from kg.commands.group import Command
from kg.commands.options import Known, actors_option, bounds_options, level_option, store_option
from kg.commands.output import note
from kg.export.content import QuoteLength
from kg.model import FAMILIES, Family, Level
from kg.store import Filter, open_store

__all__ = ["map_"]


@click.command(
    "map",
    cls=Command,
    examples=[
        ("kg map --open", "The whole store as map.html, shown in the browser."),
        ("kg map -o pakistan.html --focus Pakistan --hops 2", "What stands within two links of an actor."),
        ("kg map -o backing.html --family backing --level actor", "Only backing, by whoever was named."),
        ("kg map -o recent.html --since 2024 --quotes none", "What is dated 2024 or later, to pass on without quotes."),
    ],
    exits="0 when the map was written. 2 for a wrong option, an unknown actor or one without links. 3 when the store "
    "cannot be used or the file not be written.",
)
@click.option(
    "-o", "--output", default="map.html", show_default=True, metavar="FILE", help="Where to; - is standard output."
)
@level_option
@click.option("--focus", metavar="ACTOR", shell_complete=actor_names, help="Only what is near this actor.")
@click.option("--hops", type=click.IntRange(1, 6), default=1, show_default=True, help="How near, in links.")
@click.option("--family", "families", multiple=True, type=Known(FAMILIES), help="Only this family; repeatable.")
@bounds_options
@click.option(
    "--quotes",
    type=click.Choice(get_args(QuoteLength)),
    default="short",
    show_default=True,
    help="How much of each sentence is in the file: the marked words alone, about 30 words, or all.",
)
@click.option("--title", metavar="TEXT", help="The heading of the page.")
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
@store_option
@actors_option
def map_(
    output: str,
    level: Level,
    focus: str | None,
    hops: int,
    families: tuple[Family, ...],
    bounds: Filter,
    quotes: QuoteLength,
    title: str | None,
    show: bool,
    store: str,
    actor_files: tuple[Path, ...],
) -> None:
    """Write the map of a store: actors, their relations, and on a click the quotes behind each.

    The file needs nothing else and works without a network. It begins with the backbone of the graph and brings in
    the rest, up to 2,000 links, as you ask for it: filters, paths, neighbours, dates, a table, and pictures and tables
    to save are in the page. What is planned, alleged, hypothetical, ended or denied counts for nothing in it.
    """
    if show and output == "-":
        raise click.UsageError("--open shows a file, and -o - writes none; name a file.")
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
            bounds=bounds,
        )
    write_file(output, [render_map(view, quotes=quotes)], keep=store)
    if output != "-":
        note(f"{len(view.actors):,} actors, {len(view.edges):,} edges -> {output}")
    if show:
        click.launch(str(Path(output).resolve()))
