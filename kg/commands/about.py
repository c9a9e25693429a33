"""kg stats, kg relations and kg actors: what a store holds and what kg knows."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator

import click

from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Note, Table, Text
from kg.commands.options import format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.export.rows import Row, actor_row
from kg.model import ACTOR_KINDS, FAMILIES
from kg.relations import Relation, ontology
from kg.store import Stats, Store, fold, open_store

__all__ = ["actors", "covered", "relations", "stats"]


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


def covered(found: Stats) -> str:
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


@click.command(
    cls=Command,
    examples=[
        ("kg actors taliban", "Those with a name that contains it, or with that id."),
        ("kg actors 'person.*' --kind person --format csv", "A pattern with * and ? means the whole id or name."),
        ("kg actors --stored", "Those that the documents of a store name."),
    ],
    exits="0 when an actor is found. 1 when none is. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.argument("pattern", required=False)
@click.option("--kind", type=click.Choice(ACTOR_KINDS), help="Only this kind.")
@click.option("--stored", is_flag=True, help="Those of the store, not those of the catalogue.")
@store_option
@format_option()
@no_color_option
@click.pass_context
def actors(
    ctx: click.Context, pattern: str | None, kind: str | None, stored: bool, store: str, format: str, no_color: bool
) -> None:
    """List actors by id or name: those kg knows beforehand, or with --stored those that documents named.

    Case and accents do not count.
    """
    if stored:
        with open_store(store) as opened:
            found = list(_stored(opened, pattern, kind))
    else:
        found = list(_known(pattern, kind))
    columns = ("id", "name", "kind", "sector", "iso3", "rolls_up_to", "names")
    if format != "table":
        write_rows(found, format, columns)
    elif found:
        lines = tuple(
            Line(tuple(str(row[key] or "") for key in ("id", "name", "kind", "rolls_up_to"))) for row in found
        )
        draw([Table(tuple(map(Column, ("id", "name", "kind", "of"))), lines), Text(_counted(len(found)))], no_color)
    if not found:
        note(f"No actor matches {pattern!r}." if pattern else "There is no actor.")
        ctx.exit(Exit.NOTHING)


def _counted(n: int) -> str:
    return f"{n:,} actor{'' if n == 1 else 's'}"


def _matches(pattern: str | None, id: str, names: tuple[str, ...]) -> bool:
    if pattern is None:
        return True
    wanted = fold(pattern)
    if any(mark in wanted for mark in "*?["):
        return any(fnmatch.fnmatchcase(fold(name), wanted) for name in (id, *names))
    return id == pattern or any(wanted in fold(name) for name in names)


def _known(pattern: str | None, kind: str | None) -> Iterator[Row]:
    from kg.actors.catalogue import catalogue

    known = catalogue()
    for id in sorted(known.ids()):
        actor, names = known.actor(id), known.aliases(id)
        if kind in (None, actor.kind) and _matches(pattern, id, names):
            above = known.state(id, None)
            over = above.name if above.id != id else None
            yield {**actor_row(actor), "rolls_up_to": over, "names": list(names)}


def _stored(store: Store, pattern: str | None, kind: str | None) -> Iterator[Row]:
    for actor in store.actors():
        names = tuple(store.names(actor.id))
        if kind in (None, actor.kind) and _matches(pattern, actor.id, names):
            yield {**actor_row(actor), "rolls_up_to": None, "names": list(names)}
