"""An answer as a map: the option that commands share, and what it does."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kg.commands.output import note
from kg.model import Edge
from kg.store import Filter, Store

__all__ = ["map_option", "write_answer"]

map_option = click.option("--map", "map_file", metavar="FILE", help="Also write the answer as a map, one HTML file.")


def write_answer(
    file: str | None, opened: Store, edges: Iterable[Edge], *, title: str, bounds: Filter, store: str
) -> None:
    """Write these edges as a map, where a file is named; `store` is the path that must not be replaced by it."""
    if file is None:
        return
    from kg.commands.files import write_file
    from kg.export.html import render_answer

    write_file(file, [render_answer(opened, edges, title=title, bounds=bounds)], keep=store)
    if file != "-":
        note(f"the answer as a map -> {file}")
