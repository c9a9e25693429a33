"""The same blocks as HTML, for a notebook: text from articles is escaped, and nothing of it is markup or script."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from kg.commands.layout import Block, Heading, Line, Table, Text
from kg.export.plain import visible

__all__ = ["draw_html"]


def draw_html(blocks: Iterable[Block]) -> str:
    """The blocks as a piece of a page, without style sheets or script."""
    return "\n".join(_block(block) for block in blocks if not isinstance(block, Table) or block.lines)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        tag = "h3" if block.main else "h4"
        return f"<{tag}>{_text(block.text)}</{tag}>"
    if isinstance(block, Text):
        return f"<p>{_text(block.text)}</p>"
    titles = "".join(f"<th>{_text(column.title)}</th>" for column in block.columns)
    rows = "\n".join(part for line in block.lines for part in _line(block, line))
    return f"<table>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _line(table: Table, line: Line) -> Iterator[str]:
    sides = ("right" if column.right else "left" for column in table.columns)
    cells = zip(line.cells, sides, strict=True)
    yield "<tr>" + "".join(f'<td style="text-align:{side}">{_text(cell)}</td>' for cell, side in cells) + "</tr>"
    for note in line.notes:
        source = f"<br><small>{_text(note.source)}</small>" if note.source else ""
        yield f'<tr><td colspan="{len(table.columns)}" style="text-align:left">{_text(note.text)}{source}</td></tr>'


def _text(text: str) -> str:
    return html.escape(visible(text))
