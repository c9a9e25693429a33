"""The same blocks on a terminal with colour: the only module that imports rich."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Styled

from kg.commands.layout import Block, Column, Heading, Line, Table, Text, fit
from kg.export.plain import visible

__all__ = ["draw_rich"]


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Left to whoever opened the pipe: rich would end the process, and a pager is no process's standard output."""
        raise BrokenPipeError


def draw_rich(blocks: Iterable[Block], width: int) -> None:
    """Draw the blocks on standard output. Text is never read as markup."""
    console = _Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
    first = True
    for block in blocks:
        if isinstance(block, Table) and not block.lines:
            continue
        if not first:
            console.print()
        first = False
        if isinstance(block, Heading):
            console.print(Styled(visible(block.text), style="bold reverse" if block.main else "bold cyan"))
        elif isinstance(block, Text):
            console.print(Styled(visible(block.text)))
        else:
            _table(console, block, width)


def _table(console: Console, table: Table, width: int) -> None:
    widths, gap = fit(table, width)
    _rows(
        console, table.columns, widths, gap, [Line(tuple(column.title.upper() for column in table.columns))], "bold dim"
    )
    waiting: list[Line] = []
    for line in table.lines:
        waiting.append(line)
        if line.notes:
            _rows(console, table.columns, widths, gap, waiting)
            waiting = []
            for note in line.notes:
                console.print(Padding(Styled(visible(note.text), style="italic"), (0, 0, 0, 4), expand=False))
                if note.source:
                    console.print(Padding(Styled(visible(note.source), style="dim"), (0, 0, 0, 6), expand=False))
    _rows(console, table.columns, widths, gap, waiting)


def _rows(
    console: Console, columns: Sequence[Column], widths: Sequence[int], gap: int, lines: Sequence[Line], style: str = ""
) -> None:
    if not lines:
        return
    grid = Grid.grid(padding=(0, gap, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        grid.add_column(width=width, justify="right" if column.right else "left", overflow="fold")
    for line in lines:
        grid.add_row(
            *(Styled(visible(cell), style=style or ("bold" if n == 0 else "")) for n, cell in enumerate(line.cells))
        )
    console.print(grid)
