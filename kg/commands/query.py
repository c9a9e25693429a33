"""kg query: a question in English, answered with quotes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.about import covered
from kg.commands.actor import understand
from kg.commands.answer import ANSWER_COLUMNS, answer_blocks, answer_rows
from kg.commands.complete import question_words
from kg.commands.group import Command, Exit
from kg.commands.options import actors_option, format_option, no_color_option, span_options, store_option
from kg.commands.output import draw, note, write_rows
from kg.model import LEVELS, Level
from kg.queries.question import answer
from kg.store import Filter, open_store

__all__ = ["query"]


@click.command(
    cls=Command,
    examples=[
        ('kg query "who backs Pakistan"', "Backers in three tiers, each with its best quotes."),
        ('kg query "does China arm Pakistan" --since 2019', "One pair, from a year on."),
        ('kg query "who backs whom" --level actor --format jsonl', "Everything, by whoever was named, for a program."),
    ],
    exits="0 when something is found. 1 when nothing is. 2 for a question that cannot be read, an unknown actor or a "
    "wrong option. 3 when the store cannot be used.",
)
@click.argument("question", nargs=-1, required=True, metavar="QUESTION", shell_complete=question_words)
@click.option(
    "--quotes", type=click.IntRange(0), default=2, show_default=True, metavar="N", help="Quotes for each row."
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    help="Acts as named, or rolled up to states.  [default: state, unless the actor stands below it only]",
)
@span_options
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="Rows for each heading."
)
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def query(
    ctx: click.Context,
    question: tuple[str, ...],
    quotes: int,
    level: Level | None,
    since: str | None,
    until: str | None,
    min_confidence: float | None,
    limit: int,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Answer a QUESTION: who backs X, whom does X back, does X back Y, who is sanctioned by X, who backs whom.

    Every relation and family can be asked for (kg relations lists them), active or passive. Backing is answered in
    three tiers that are never summed: strong (supports, aids, arms), ties (allied_with), signals (recognizes, praises,
    invests_in). What is planned, alleged, hypothetical, ended or denied stands apart and counts for nothing. Quotes of
    a paraphrase are marked as such.
    """
    with open_store(store) as opened:
        asked = understand(opened, " ".join(question), actor_files)
        bounds = Filter(since=since, until=until, min_confidence=min_confidence)
        found = answer(opened, asked, level=level, bounds=bounds, quotes=quotes, limit=limit)
        period = "" if found.found else covered(opened.stats())
    if format != "table":
        write_rows(answer_rows(found), format, ANSWER_COLUMNS)
    elif found.found:
        draw(answer_blocks(asked.text, found), no_color)
    if not found.found:
        note(f"Nothing found for “{asked.text}” in {period}.")
        ctx.exit(Exit.NOTHING)
