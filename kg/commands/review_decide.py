"""kg review accept, reject, relabel and undo: decisions by id, without stepping."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.commands.given import standard_input
from kg.commands.group import Command
from kg.commands.layout import Text
from kg.commands.options import (
    Known,
    actors_option,
    format_option,
    no_color_option,
    store_option,
)
from kg.commands.output import draw, write_rows
from kg.commands.reviewing import REVIEW_COLUMNS, Reviews
from kg.model import POLARITIES, STATUSES, Polarity, Status
from kg.relations import ontology
from kg.store import Correction, open_store
from kg.store.reviews import Change

__all__ = ["accept", "reject", "relabel", "reviewer_option", "undo"]

EXITS = (
    "0 when it is done. 2 for an id that no assertion has, or a wrong option; then nothing is done. 3 when the store "
    "cannot be used."
)
F = Callable[..., Any]


def _reviewer(ctx: click.Context, param: click.Parameter, given: str | None) -> str:
    try:
        name = (given or getpass.getuser()).strip()
    except (OSError, KeyError, ImportError):  # nobody's login
        name = ""
    if not name and not ctx.resilient_parsing:
        raise click.UsageError("Say who reviews, by --reviewer or KG_REVIEWER.")
    return name


reviewer_option = click.option(
    "--reviewer",
    metavar="NAME",
    envvar="KG_REVIEWER",
    show_envvar=True,
    callback=_reviewer,
    help="Who decides; your login name by default.",
)
reason_option = click.option("--reason", metavar="TEXT", help="Why, for whoever reads it later.")
ids_argument = click.argument("ids", nargs=-1, required=True, metavar="ID...")


def _decide(
    kind: str,
    ids: tuple[str, ...],
    reviewer: str,
    reason: str | None,
    change: Change | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    if ids == ("-",):
        ids = tuple(standard_input().split())
    with open_store(store) as opened:
        reviews = Reviews(opened, actor_files)
        meant = {one.read: one for one in map(reviews.meant, ids)}
        made = [reviews.make(one, kind, reviewer, reason, change) for one in meant.values()]
        _told(reviews, made, format, no_color)


def _told(reviews: Reviews, made: list[Correction], format: str, no_color: bool) -> None:
    rows = list(reviews.rows(made))
    if format != "table":
        write_rows(rows, format, REVIEW_COLUMNS)
        return
    past = {"accept": "accepted", "reject": "rejected", "relabel": "relabelled"}
    lines = [
        f"Review {row['number']}: {past[row['kind']]}: {row['says'] or ', '.join(row['assertions'])}"
        + (f" -> {row['change']}" if row["change"] else "")
        + (". It is taken back." if row["undone"] else f". `kg review undo {row['number']}` takes it back.")
        for row in rows
    ]
    draw(map(Text, lines), no_color)


def _command(name: str, help: str, examples: list[tuple[str, str]]) -> Callable[[F], click.Command]:
    """What accept, reject and relabel have in common."""

    def made(function: F) -> click.Command:
        for option in (no_color_option, format_option(), actors_option, store_option, reason_option, reviewer_option):
            function = option(function)
        return click.command(name, cls=Command, short_help=help, examples=examples, exits=EXITS)(ids_argument(function))

    return made


@_command(
    "accept",
    "Say that assertions are so.",
    [
        ("kg review accept 171a3b93", "By id, or the beginning of one."),
        ("kg export --what assertions | jq -r .id | kg review accept -", "Ids from standard input."),
    ],
)
def accept(
    ids: tuple[str, ...],
    reviewer: str,
    reason: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Say that the assertions of these ids are so, as they were read. It also brings rejected ones back."""
    _decide("accept", ids, reviewer, reason, None, store, actor_files, format, no_color)


@_command(
    "reject",
    "Say that assertions are not so.",
    [
        ("kg review reject 171a3b93 --reason 'he asks whether'", "It counts no more, and is shown no more."),
        ("kg review reject 171a3b93 9f2c --reviewer ada", "Several, and who says so."),
    ],
)
def reject(
    ids: tuple[str, ...],
    reviewer: str,
    reason: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Say that the sentences do not say what was read of them: the assertions leave edges and answers."""
    _decide("reject", ids, reviewer, reason, None, store, actor_files, format, no_color)


@_command(
    "relabel",
    "Say what assertions should have been read as.",
    [
        ("kg review relabel 171a3b93 --relation praises", "Another relation."),
        ("kg review relabel 171a3b93 --turn --status planned", "The other way round, and not done yet."),
    ],
)
@click.option("--relation", type=Known(list(ontology().relations)), metavar="RELATION", help="What the source does.")
@click.option("--turn", "turned", is_flag=True, help="Source and target the other way round.")
@click.option("--status", type=click.Choice(STATUSES), help="Whether it is so, planned, alleged, hypothetical or over.")
@click.option("--polarity", type=click.Choice(POLARITIES), help="Whether it is affirmed or denied.")
def relabel(
    ids: tuple[str, ...],
    reviewer: str,
    reason: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
    relation: str | None,
    turned: bool,
    status: Status | None,
    polarity: Polarity | None,
) -> None:
    """Put right what was read: relation, direction, status or polarity. What is relabelled counts as accepted."""
    change = Change(relation=relation, turned=turned, status=status, polarity=polarity)
    if change == Change():
        raise click.UsageError("Say what to change, by --relation, --turn, --status or --polarity.")
    _decide("relabel", ids, reviewer, reason, change, store, actor_files, format, no_color)


@click.command(
    cls=Command,
    short_help="Take a review back.",
    examples=[
        ("kg review undo 3", "The assertion is as it was before."),
        ("kg review undo 3 --format json", "What was taken back, for a program."),
    ],
    exits="0 when it is done. 2 when no review of that number is in force. 3 when the store cannot be used.",
)
@click.argument("number", type=click.IntRange(1))
@store_option
@actors_option
@format_option()
@no_color_option
def undo(number: int, store: str, actor_files: tuple[Path, ...], format: str, no_color: bool) -> None:
    """Take the review of that NUMBER back: the store is as though it had never been made."""
    with open_store(store) as opened:
        reviews = Reviews(opened, actor_files)
        _told(reviews, [reviews.undo(number)], format, no_color)
