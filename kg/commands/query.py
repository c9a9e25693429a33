"""kg query: a question in English, answered with quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kg.commands.actor import level_of, understand
from kg.commands.answer import ANSWER_COLUMNS, answer_blocks, answer_rows
from kg.commands.complete import question_words
from kg.commands.drawn import map_option, write_answer
from kg.commands.given import words_or_input
from kg.commands.group import Command, Exit
from kg.commands.options import (
    actors_option,
    as_of_option,
    format_option,
    include_option,
    no_color_option,
    private_option,
    reviewed_option,
    sources_option,
    span_options,
    store_option,
)
from kg.commands.output import draw, write_rows
from kg.errors import QuestionError
from kg.model import LEVELS, Edge, Level
from kg.queries.question import Question, answer
from kg.queries.who import Answer
from kg.store import Count, Filter, Store, open_store

__all__ = ["query"]


@click.command(
    cls=Command,
    examples=[
        ('kg query "who backs Pakistan"', "Backers in three tiers, each with its best quotes."),
        ('kg query "does China arm Pakistan" --since 2019', "One pair, from a year on."),
        ('kg query "who backs Pakistan but opposes India"', "Whoever does both."),
        ('kg query "how are China and Afghanistan connected"', "The chain between two, as kg path shows it."),
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
@include_option
@span_options
@sources_option
@as_of_option
@private_option
@reviewed_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help="Rows for each heading; a third as many of what is no fact.",
)
@map_option
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
    include: tuple[Count, ...],
    since: str | None,
    until: str | None,
    min_confidence: float | None,
    min_sources: int | None,
    as_of: str | None,
    private_people: bool,
    reviewed: bool,
    limit: int,
    map_file: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Answer a QUESTION: who backs X, whom does X back, does X back Y, who is sanctioned by X, who backs whom, who
    backs X but opposes Y, how are X and Y connected, what is between X and Y. - reads it from standard input.

    Every relation and family can be asked for (kg relations lists them), active or passive, with "since 2020", "in May
    2021", "according to Reuters", "at least 2 sources", "on Kashmir" or "against India" after it. Backing is answered
    in three tiers that are never summed: strong (supports, aids, arms), ties (allied_with), signals (recognizes,
    praises, invests_in). What is planned, alleged, hypothetical, ended or denied stands apart and counts for nothing.

    Each row has a verdict: reported; claimed only by a party; contested, where sources disagree within 90 days;
    reversed, with the date; or stale, where a relation that holds until reversed was last reported two years before
    the store's latest document, or before --as-of.
    """
    bounds = Filter(
        since=since,
        until=until,
        min_confidence=min_confidence,
        min_originals=min_sources,
        as_of=as_of,
        private_people=private_people,
        reviewed=reviewed,
    )
    with open_store(store) as opened:
        asked = understand(opened, words_or_input(question), actor_files)
        out = _Out(opened, asked, bounds, level, quotes, limit, format, no_color)
        if asked.form == "connected":
            found, edges = out.connected()
        elif asked.form == "between":
            found, edges = out.between()
        else:
            found, edges = out.who(include)
        if found:
            write_answer(map_file, opened, edges, title=asked.text, bounds=out.bounds, store=store)
    if not found:
        ctx.exit(Exit.NOTHING)


@dataclass(slots=True)
class _Out:
    """One question and how its answer is written; each form says whether anything was found, and what to draw."""

    store: Store
    asked: Question
    bounds: Filter
    level: Level | None
    quotes: int
    limit: int
    format: str
    no_color: bool

    def who(self, include: tuple[Count, ...]) -> tuple[bool, list[Edge]]:
        found = answer(
            self.store,
            self.asked,
            bounds=self.bounds,
            level=self.level,
            include=include,
            quotes=self.quotes,
            limit=self.limit,
        )
        self.bounds = found.bounds
        if self.format != "table":
            write_rows(answer_rows(found), self.format, ANSWER_COLUMNS)
        elif found.found:
            draw(answer_blocks(self.asked, found), self.no_color)
        if not found.found:
            from kg.commands.nothing import nothing_told, within
            from kg.queries.nothing import nothing

            nothing_told(within(self._not_found(), found.bounds), nothing(self.store, self.asked, found))
        return found.found, _edges((found, *found.also))

    def connected(self) -> tuple[bool, list[Edge]]:
        from kg.commands.answer import STEP_COLUMNS, path_blocks, path_rows, step_rows
        from kg.queries.path import paths

        start, end = self._two()
        self.bounds = self._all_bounds()
        level = level_of(self.store, self.level, start, end)
        found = paths(self.store, start.id, end.id, k=min(self.limit, 5), level=level, bounds=self.bounds)
        title = f"{start.name} to {end.name}"
        self._written(found, (path_rows, step_rows), STEP_COLUMNS, lambda: path_blocks(title, found), bool(found))
        return bool(found), [edge for path in found for hop in path.hops for edge in hop.edges]

    def between(self) -> tuple[bool, list[Edge]]:
        from kg.commands.story import STORY_COLUMNS, story_blocks, story_lines, story_rows
        from kg.queries.between import between

        one, other = self._two()
        self.bounds = self._all_bounds()
        level = level_of(self.store, self.level, one, other)
        found = between(
            self.store, one, other, level=level, bounds=self.bounds, quotes=min(1, self.quotes), limit=self.limit
        )
        title = f"Between {one.name} and {other.name}"
        self._written(found, (story_rows, story_lines), STORY_COLUMNS, lambda: story_blocks(title, found), found.found)
        ends = (one.id, other.id)
        where = Filter(level=level, sources=ends, targets=ends, private_people=self.bounds.private_people)
        return found.found, list(self.store.edges(where, having="actual"))

    def _all_bounds(self) -> Filter:
        from kg.queries.question import joined

        return joined(self.bounds, self.asked.bounds)

    def _two(self) -> Any:
        one, other = self.asked.ends
        if one.id == other.id:
            raise QuestionError(f"Both names are those of {one.name}; name two actors.")
        return one, other

    def _written(self, found: Any, rows: tuple[Any, Any], columns: tuple[str, ...], blocks: Any, any_: bool) -> None:
        if self.format != "table":
            flat = self.format in ("csv", "tsv", "md")
            write_rows(rows[flat](found), self.format, columns)
        elif any_:
            draw(blocks(), self.no_color)
        if not any_:
            from kg.commands.nothing import nothing_between_told

            one, other = self._two()
            level = level_of(self.store, self.level, one, other)
            nothing_between_told(self._not_found(), self.store, one, other, level, self.bounds)

    def _not_found(self) -> str:
        return f"Nothing found for “{self.asked.text}”"


def _edges(answers: Iterable[Answer]) -> list[Edge]:
    return [row.edge for one in answers for group in (*one.groups, *one.others) for row in group.rows]
