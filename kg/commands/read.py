"""kg extract and kg mentions: what is read from sources, without a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from kg.build import read
from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Table, Text
from kg.commands.options import (
    actors_option,
    date_option,
    encoding_option,
    format_option,
    model_option,
    no_color_option,
    sources_argument,
)
from kg.commands.output import draw, note, problems_told, write_rows
from kg.commands.quotes import note_of
from kg.errors import Problem
from kg.export.rows import Row, assertion_row, citation, mention_row
from kg.model import Assertion, Document, Reading

__all__ = ["ASSERTION_COLUMNS", "MENTION_COLUMNS", "extract", "mentions", "status", "triples_table"]

EXITS = (
    "0 when something was found. 1 when the sources were read and nothing was found. 2 for a wrong option. 3 when "
    "nothing could be read; what else had to be passed over is named on standard error."
)
ASSERTION_COLUMNS = (
    *("id", "document", "source_id", "source_name", "source_state", "relation", "target_id", "target_name"),
    *("target_state", "family", "tier", "plover", "cameo", "weight", "polarity", "status", "background"),
    *("attributed_to", "voice", "about", "against", "date", "confidence", "rule"),
    *("sentence_start", "sentence_end", "sentence_text"),
)
MENTION_COLUMNS = (
    *("document", "start", "end", "text", "id", "name", "kind", "state", "state_id", "how", "confidence"),
)


@click.command(
    cls=Command,
    examples=[
        ("kg extract article.txt", "The triples of an article, each over its quote."),
        ("kg extract news.jsonl --format jsonl > triples.jsonl", "One line of JSON for each assertion (schema.md)."),
        ("echo 'China backs Pakistan.' | kg extract -", "Try a sentence."),
    ],
    exits=EXITS,
)
@sources_argument
@format_option()
@date_option
@encoding_option
@model_option
@actors_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="Leave out what was read with less certainty.  [default: 0.4]",
)
@no_color_option
@click.pass_context
def extract(
    ctx: click.Context,
    sources: tuple[str, ...],
    format: str,
    date: str | None,
    encoding: str,
    model: str | None,
    actor_files: tuple[Path, ...],
    min_confidence: float | None,
    no_color: bool,
) -> None:
    """Print who does what to whom in SOURCES: each triple with the sentence it was read from.

    Needs no store and keeps nothing. SOURCES are as for kg build.
    """
    problems: list[Problem] = []
    readings = read(
        sources,
        problems=problems,
        date=date,
        encoding=encoding,
        model=model,
        actors=actor_files,
        min_confidence=min_confidence,
    )
    _answer(
        ctx,
        readings,
        problems,
        format,
        no_color,
        rows=lambda reading: map(assertion_row, reading.assertions),
        blocks=_triples,
        columns=ASSERTION_COLUMNS,
    )


@click.command(
    cls=Command,
    examples=[
        ("kg mentions article.txt", "Every actor named, and what each name resolves to."),
        ("kg mentions news.jsonl --format jsonl", "One line of JSON for each mention."),
    ],
    exits=EXITS,
)
@sources_argument
@format_option()
@date_option
@encoding_option
@model_option
@actors_option
@no_color_option
@click.pass_context
def mentions(
    ctx: click.Context,
    sources: tuple[str, ...],
    format: str,
    date: str | None,
    encoding: str,
    model: str | None,
    actor_files: tuple[Path, ...],
    no_color: bool,
) -> None:
    """Print the actors that SOURCES name, directly or by a pronoun or phrase, and what they roll up to.

    A phrase that stands for several actors ("the two countries") has a line for each.
    """
    problems: list[Problem] = []
    readings = read(
        sources, problems=problems, date=date, encoding=encoding, model=model, actors=actor_files, thorough=True
    )
    _answer(
        ctx,
        readings,
        problems,
        format,
        no_color,
        rows=lambda reading: (mention_row(reading.document.id, mention) for mention in reading.mentions),
        blocks=_mentions,
        columns=MENTION_COLUMNS,
    )


def _answer(
    ctx: click.Context,
    readings: Iterable[Reading],
    problems: list[Problem],
    format: str,
    no_color: bool,
    *,
    rows: Callable[[Reading], Iterable[Row]],
    blocks: Callable[[Reading], Iterator[Block]],
    columns: tuple[str, ...],
) -> None:
    """Write what was read as it comes, then what was passed over."""
    documents = 0

    def counted() -> Iterator[Reading]:
        nonlocal documents
        for reading in readings:
            documents += 1
            yield reading

    if format == "table":
        found = 0
        for reading in counted():
            drawn = list(blocks(reading))
            if drawn:
                draw(drawn, no_color, after=found > 0)
                found += 1
    else:
        found = write_rows((row for reading in counted() for row in rows(reading)), format, columns)
    problems_told(problems)
    if not documents:
        note("Nothing could be read.")
        ctx.exit(Exit.UNUSABLE)
    if not found:
        note(f"Nothing was found in {documents:,} document{'' if documents == 1 else 's'}.")
        ctx.exit(Exit.NOTHING)


def _title(document: Document) -> Iterator[Block]:
    yield Heading(document.title or document.id)
    cited = ", ".join(filter(None, (citation(document) if document.publisher else None, document.date)))
    if cited:
        yield Text(cited)


def _triples(reading: Reading) -> Iterator[Block]:
    if reading.assertions:
        yield from _title(reading.document)
        yield triples_table(reading)


def triples_table(reading: Reading) -> Table:
    """The triples of a document, each over its quote."""
    columns = (Column("source"), Column("relation"), Column("target"), Column("status"), Column("conf.", True))
    return Table(columns, tuple(_triple_lines(reading)))


def _triple_lines(reading: Reading) -> Iterator[Line]:
    for assertion in reading.assertions:
        cells = (
            _name(assertion.source.actor.name, assertion.source.state.name),
            assertion.relation,
            _name(assertion.target.actor.name, assertion.target.state.name),
            status(assertion),
            f"{assertion.confidence:.2f}",
        )
        yield Line(cells, (note_of(assertion, reading.document),))


def _name(actor: str, state: str) -> str:
    return actor if actor == state else f"{actor} ({state})"


def status(assertion: Assertion) -> str:
    """Status and polarity in a word or two; "actual" for a plain fact."""
    return f"not {assertion.status}" if assertion.polarity == "negated" else assertion.status


def _mentions(reading: Reading) -> Iterator[Block]:
    if reading.mentions:
        yield from _title(reading.document)
        titles = ("offsets", "text", "actor", "kind", "state", "how", "conf.")
        lines = [
            Line(
                (
                    f"{mention.start}-{mention.end}",
                    mention.text,
                    mention.actor.name,
                    mention.actor.kind,
                    mention.state.name,
                    mention.how,
                    f"{mention.confidence:.2f}",
                )
            )
            for mention in reading.mentions
        ]
        yield Table(tuple(Column(title, right=title in ("offsets", "conf.")) for title in titles), tuple(lines))
