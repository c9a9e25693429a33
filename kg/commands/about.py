"""kg stats: what a store holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import click

from kg.commands.covered import covered
from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Table
from kg.commands.options import format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.export.rows import Row
from kg.model import FAMILIES
from kg.relations import ontology
from kg.store import Stats, open_store
from kg.store.reviews import REVIEW_KINDS

__all__ = ["stats"]


@click.command(
    cls=Command,
    examples=[
        ("kg stats", "What kg.db holds."),
        ("kg stats --store news.db --format json", "The same figures of another store, for a program."),
    ],
    exits="0 when the store holds a document. 1 when it is empty. 2 for a wrong option. 3 when it cannot be used.",
)
@store_option
@format_option()
@no_color_option
@click.pass_context
def stats(ctx: click.Context, store: str, format: str, no_color: bool) -> None:
    """Count what a store holds: documents, actors, assertions by relation and by status, reviews and corrections."""
    with open_store(store) as opened:
        found = opened.stats()
        made: Counter[str] = Counter(correction.kind for correction in opened.corrections())
    rows = list(_stats_rows(found, made))
    if format == "table":
        draw(_stats_blocks(found, made), no_color)
    else:
        write_rows(rows, format, ("what", "of", "count"))
    if not found.documents:
        note("The store is empty; `kg build SOURCES` fills it.")
        ctx.exit(Exit.NOTHING)


_COUNTS = (
    "documents",
    "outlets",
    "sentences",
    "mentions",
    "actors",
    "assertions",
    "facts",
    "actor_edges",
    "state_edges",
)


def _stats_rows(found: Stats, made: Mapping[str, int]) -> Iterator[Row]:
    for name in _COUNTS:
        yield {"what": name, "of": None, "count": getattr(found, name)}
    for status, count in found.statuses.items():
        yield {"what": "status", "of": status, "count": count}
    for family, count in _families(found).items():
        yield {"what": "family", "of": family, "count": count}
    for relation, count in found.relations.items():
        yield {"what": "relation", "of": relation, "count": count}
    for kind, count in sorted(made.items()):
        yield {"what": "review" if kind in REVIEW_KINDS else "correction", "of": kind, "count": count}


def _families(found: Stats) -> dict[str, int]:
    counts = dict.fromkeys(FAMILIES, 0)
    for relation, count in found.relations.items():
        counts[ontology()[relation].family] += count
    return {str(family): count for family, count in counts.items() if count}


def _stats_blocks(found: Stats, made: Mapping[str, int]) -> Iterator[Block]:
    yield Heading(covered(found))
    columns = (Column("what"), Column("count", right=True))
    yield Table(
        columns,
        (
            Line(("sentences", f"{found.sentences:,}")),
            Line(("mentions", f"{found.mentions:,}")),
            Line(("actors", f"{found.actors:,}")),
            Line(("assertions", f"{found.assertions:,}")),
            Line(("of these facts", f"{found.facts:,}")),
            Line(("edges between actors", f"{found.actor_edges:,}")),
            Line(("edges between states", f"{found.state_edges:,}")),
        ),
    )
    if found.statuses:
        yield Table((Column("status"), columns[1]), tuple(Line((s, f"{n:,}")) for s, n in found.statuses.items()))
    if found.relations:
        families = _families(found).items()
        yield Table((Column("family"), columns[1]), tuple(Line((f, f"{n:,}")) for f, n in families))
        ranked = sorted(found.relations.items(), key=lambda item: (-item[1], item[0]))
        yield Table((Column("relation"), columns[1]), tuple(Line((r, f"{n:,}")) for r, n in ranked))
    for title, reviews in (("review", True), ("correction", False)):
        kinds = [(kind, n) for kind, n in sorted(made.items()) if (kind in REVIEW_KINDS) is reviews]
        yield Table((Column(title), columns[1]), tuple(Line((kind, f"{n:,}")) for kind, n in kinds))
