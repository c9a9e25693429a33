"""kg review: a person goes through what was read, and says what is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import click

from kg.commands.complete import document_ids
from kg.commands.group import Command, DefaultGroup, Exit
from kg.commands.layout import Column, Line, Note, Table
from kg.commands.options import (
    actors_option,
    family_option,
    format_option,
    no_color_option,
    relations_of,
    store_option,
)
from kg.commands.output import draw, note, write_rows
from kg.commands.quotes import note_of
from kg.commands.read import ASSERTION_COLUMNS, status
from kg.commands.review_decide import accept, reject, relabel, reviewer_option, undo
from kg.commands.review_files import export, import_
from kg.commands.review_step import is_terminal, step
from kg.commands.reviewing import REVIEW_COLUMNS, Reviews
from kg.export.rows import assertion_row
from kg.model import Assertion
from kg.store import Filter, Store, open_store

__all__ = ["review"]


@click.group(
    cls=DefaultGroup,
    subcommand_metavar="[COMMAND] [ARGS]...",
    examples=[
        ("kg review --by harm", "Step through what would do most harm if it were wrong, a key for each decision."),
        ("kg review reject 171a3b93 --reason 'a question'", "Decide without stepping, by ids."),
        ("kg query 'who backs Pakistan' --reviewed", "Answer from what was accepted only."),
    ],
    exits="0 when something was reviewed, or shown to be. 1 when there is nothing. 2 for a wrong option or an id that "
    "no assertion has. 3 when the store cannot be used.",
)
def review() -> None:
    """Accept, reject or relabel what was read, one assertion at a time.

    Without a COMMAND, kg review steps through assertions. Reviews live in the store, hold for what is read again, and
    each can be taken back. What is rejected counts toward no edge and is shown in no answer; --reviewed answers from
    what was accepted only.
    """


@click.command(
    "step",
    cls=Command,
    short_help="Step through assertions, the least certain or most harmful first.",
    examples=[
        ("kg review step --by harm --family fighting", "Hostile acts, of people first."),
        ("kg review step --format jsonl --limit 20", "What waits for a review, for a program."),
    ],
    exits="0 when something was reviewed or, where nobody can press keys, waits for it. 1 when nothing was or does. 2 "
    "for a wrong option. 3 when the store cannot be used.",
)
@click.option(
    "--by",
    "order",
    type=click.Choice(["certainty", "harm"]),
    default="certainty",
    show_default=True,
    help="The least certain first, or what would do most harm if it were wrong.",
)
@family_option("--family", "Only this family or relation; can be repeated.")
@click.option("--document", metavar="ID", shell_complete=document_ids, help="Only what was read from this document.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, metavar="N", help="At most so many.")
@reviewer_option
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def step_(
    ctx: click.Context,
    order: Literal["certainty", "harm"],
    families: tuple[str, ...],
    document: str | None,
    limit: int,
    reviewer: str,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Go through the assertions that nobody has reviewed: keys accept, reject, relabel, skip, undo and quit.

    The words of source and target are marked, and those of the trigger. Where standard input is no terminal, or with
    another --format than table, they are listed instead.
    """
    with open_store(store) as opened:
        reviews = Reviews(opened, actor_files)
        where = Filter(level="actor", relations=relations_of(families), document=document, private_people=True)
        waiting = reviews.waiting(where, order, limit)
        if waiting and format == "table" and is_terminal():
            made = step(reviews, waiting, reviewer, no_color)
            note(f"{made:,} reviewed. `kg review list` shows what was decided.")
            ctx.exit(Exit.FOUND if made else Exit.NOTHING)
        if format != "table":
            write_rows(map(assertion_row, waiting), format, ASSERTION_COLUMNS)
        elif waiting:
            draw([_waiting(opened, waiting)], no_color)
    if not waiting:
        note("Nothing waits for a review.")
        ctx.exit(Exit.NOTHING)


def _waiting(store: Store, found: list[Assertion]) -> Table:
    columns = (Column("id", keep=True), Column("source"), Column("relation"), Column("target"), Column("status"))
    lines = tuple(
        Line(
            (
                one.id[:8],
                one.source.actor.name,
                one.relation,
                one.target.actor.name,
                status(one),
                f"{one.confidence:.2f}",
            ),
            (note_of(one, store.document(one.document)),),
        )
        for one in found
    )
    return Table((*columns, Column("conf.", right=True)), lines)


def _triple(one: Assertion) -> tuple[str, str, str]:
    return one.source.actor.name, one.relation, one.target.actor.name


@click.command(
    "list",
    cls=Command,
    short_help="List what was decided.",
    examples=[
        ("kg review list", "Those in force, with the numbers that undo takes."),
        ("kg review list --all --format csv", "All that were ever made, for a spreadsheet."),
    ],
    exits="0 when there is one. 1 when there is none. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.option("--all", "undone", is_flag=True, help="Those that were taken back too.")
@store_option
@format_option()
@no_color_option
@click.pass_context
def list_(ctx: click.Context, undone: bool, store: str, format: str, no_color: bool) -> None:
    """List the reviews of a store, in the order in which they were made. The last one of an assertion decides."""
    with open_store(store) as opened:
        reviews = Reviews(opened)
        rows = list(reviews.rows(reviews.in_force(undone=undone)))
    if format != "table":
        write_rows(rows, format, REVIEW_COLUMNS)
    elif rows:
        columns = (Column("no.", right=True), Column("made", keep=True), Column("what", keep=True), Column("triple"))
        lines = tuple(Line(_cells(row), tuple(_notes(row))) for row in rows)
        draw([Table((*columns, Column("reviewer")), lines)], no_color)
    if not rows:
        note("Nothing has been reviewed.")
        ctx.exit(Exit.NOTHING)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    says = (row["says"] or ", ".join(row["assertions"])) + (f" -> {row['change']}" if row["change"] else "")
    return str(row["number"]), (row["time"] or "")[:10], row["kind"], says, row["reviewer"] or ""


def _notes(row: dict[str, Any]) -> Iterator[Note]:
    if row["quote"]:
        yield Note(f"“{row['quote']}”", row["document"])
    if not row["applies"]:
        yield Note(f"no longer read from {row['document']}")
    if row["reason"]:
        yield Note(f"reason: {row['reason']}")
    if row["undone"]:
        yield Note(f"taken back {row['undone'][:10]}")


for command in (step_, accept, reject, relabel, list_, undo, export, import_):
    review.add_command(command)
