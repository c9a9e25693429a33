"""kg stats and kg relations: what a store holds and what kg can tell apart."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Note, Table
from kg.commands.options import format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.export.rows import Row
from kg.model import FAMILIES
from kg.relations import Relation, ontology
from kg.store import Coverage, Stats, open_store

__all__ = ["covered", "relations", "stats"]


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
    """Count what a store holds: documents, actors, assertions by relation and by status."""
    with open_store(store) as opened:
        found = opened.stats()
    rows = list(_stats_rows(found))
    if format == "table":
        draw(_stats_blocks(found), no_color)
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


def _stats_rows(found: Stats) -> Iterator[Row]:
    for name in _COUNTS:
        yield {"what": name, "of": None, "count": getattr(found, name)}
    for status, count in found.statuses.items():
        yield {"what": "status", "of": status, "count": count}
    for relation, count in found.relations.items():
        yield {"what": "relation", "of": relation, "count": count}


def covered(found: Stats | Coverage) -> str:
    """What a store covers: documents, outlets and their period."""
    documents = f"{found.documents:,} document{'' if found.documents == 1 else 's'}"
    outlets = f"{found.outlets:,} outlet{'' if found.outlets == 1 else 's'}"
    return f"{documents} by {outlets}" + (f", {found.first} to {found.last}" if found.first else "")


def _stats_blocks(found: Stats) -> Iterator[Block]:
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
        ranked = sorted(found.relations.items(), key=lambda item: (-item[1], item[0]))
        yield Table((Column("relation"), columns[1]), tuple(Line((r, f"{n:,}")) for r, n in ranked))


@click.command(
    cls=Command,
    examples=[
        ("kg relations", "All relations, by family."),
        ("kg relations backing", "Those of one family, or one relation by its id."),
    ],
    exits="0 when a relation is shown. 2 for one that does not exist.",
)
@click.argument("which", required=False, type=click.Choice([*FAMILIES, *ontology().relations]), metavar="[WHICH]")
@format_option()
@no_color_option
def relations(which: str | None, format: str, no_color: bool) -> None:
    """Show the cards of the relations: definition, direction, codes and an example.

    WHICH is a family (backing, engaging, opposing, fighting, structure) or a relation. The list is closed.
    """
    cards = [card for card in ontology().relations.values() if which in (None, card.family, card.id)]
    if format == "table":
        draw(_relation_blocks(cards), no_color)
    else:
        write_rows(map(_relation_row, cards), format, tuple(_relation_row(cards[0])))


def _relation_row(card: Relation) -> Row:
    return {
        "id": card.id,
        "family": card.family,
        "tier": card.tier,
        "symmetric": card.symmetric,
        "standing": card.standing,
        "inverse": card.inverse,
        "plover": card.plover,
        "cameo": card.cameo,
        "weight": card.weight,
        "definition": card.definition,
        "example": card.example,
    }


def _relation_blocks(cards: list[Relation]) -> Iterator[Block]:
    titles = ("relation", "direction", "tier", "PLOVER", "CAMEO")
    for family in FAMILIES:
        lines = tuple(
            Line(
                (
                    card.id,
                    "both ways" if card.symmetric else "one way",
                    card.tier or "",
                    card.plover or "",
                    card.cameo or "",
                    "" if card.weight is None else f"{card.weight:+.1f}",
                ),
                (Note(card.definition, f"e.g. {card.example}"),),
            )
            for card in cards
            if card.family == family
        )
        if lines:
            yield Heading(family.capitalize())
            yield Table((*map(Column, titles), Column("weight", right=True)), lines)
