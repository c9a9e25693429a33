"""kg explain: how a sentence is read, and what came closest where nothing is."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.explain_rows import STEP_COLUMNS, basis, outcome, sentence_row, step_rows, triple_cells
from kg.commands.given import words_or_input
from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Note, Table, Text
from kg.commands.options import (
    actors_option,
    date_option,
    format_option,
    model_option,
    no_color_option,
    store_option,
)
from kg.commands.output import draw, json_text, note, problems_told, write_rows
from kg.commands.terminal import utf8_output
from kg.errors import KgError, Problem
from kg.model import Document, Mention

if TYPE_CHECKING:
    from kg.extract.explain import Explained, Explanation, Trace
    from kg.extract.near import Gap
    from kg.store import Store

__all__ = ["explain"]

_ID = re.compile(r"[0-9a-f]{16}")


@click.command(
    cls=Command,
    examples=[
        (
            'kg explain "China backs Pakistan on Kashmir." --date 2019',
            "Who is meant, what was read and on which words.",
        ),
        ("kg explain a1b2c3d4e5f60718 --store news.db", "The sentence of an assertion, read again in its document."),
        ('kg explain "Iran met Iraq." --format json', "The same for a program."),
    ],
    exits="0 when a triple is read. 1 when none is. 2 for a wrong option or an id that is not in the store. 3 when the "
    "store cannot be used.",
)
@click.argument("text", metavar="SENTENCE|ID", nargs=-1, required=True)
@date_option
@store_option
@format_option()
@model_option
@actors_option
@no_color_option
@click.pass_context
def explain(
    ctx: click.Context,
    text: tuple[str, ...],
    date: str | None,
    store: str,
    format: str,
    model: str | None,
    actor_files: tuple[Path, ...],
    no_color: bool,
) -> None:
    """Show how a SENTENCE is read, step by step; or that of an assertion, by its ID (kg extract and kg export give it).

    Mentions and whom they stand for; each trigger, where its frame looks for source and target, and who stood there;
    the triples, with the words that make them denied, planned, alleged or somebody's claim; and for each two actors
    without a triple, what came closest. --store is looked into for an ID only. - reads from standard input.
    """
    words = words_or_input(text)
    if _ID.fullmatch(words.strip()):
        found, start = _stored(words.strip(), store, model, actor_files)
    else:
        if not words.strip():
            raise click.UsageError("There is no sentence; write one in quotes.")
        found, start = _read(Document(id="sentence", text=words, date=date), None, model, actor_files), None
    shown = [one for one in found.sentences if start is None or one.sentence.start == start]
    if format == "json":
        utf8_output()
        row = {"document": found.reading.document.id, "date": found.reading.document.date}
        sys.stdout.write(
            json_text({**row, "sentences": [sentence_row(found.reading.document.id, one) for one in shown]}) + "\n"
        )
    elif format == "jsonl":
        write_rows((sentence_row(found.reading.document.id, one) for one in shown), format, ())
    elif format != "table":
        write_rows((row for one in shown for row in step_rows(one)), format, STEP_COLUMNS)
    else:
        draw((block for one in shown for block in _blocks(one)), no_color)
    if not any(one.told for one in shown):
        note("No triple is read here.")
        ctx.exit(Exit.NOTHING)


def _stored(id: str, store: str, model: str | None, actor_files: tuple[Path, ...]) -> tuple[Explanation, int]:
    """The document of a stored assertion, read again, and where its sentence begins."""
    from kg.store import open_store

    with open_store(store) as opened:
        assertion = opened.assertion(id)
        if assertion is None:
            raise click.UsageError(f"No assertion of {store} has the id {id}; `kg export --what assertions` has them.")
        document = opened.document(assertion.document)
        assert document is not None
        found = _read(document, opened, model, actor_files)
    if all(a.id != id for a in found.reading.assertions):
        note("Read now, the sentence gives another triple than is stored: by other rules, names or a correction.")
    return found, assertion.sentence.start


def _read(document: Document, store: Store | None, model: str | None, actor_files: tuple[Path, ...]) -> Explanation:
    from kg.actors.overlay import overlaid, read_layer
    from kg.extract.explain import Explainer
    from kg.extract.pipeline import DEFAULT_MODEL
    from kg.store.known import catalogue_of

    layers = [read_layer(path) for path in actor_files]
    known = overlaid(layers) if store is None else catalogue_of(store, layers)
    problems: list[Problem] = []
    found = next(Explainer(known, model=model or DEFAULT_MODEL).explain([document], problems), None)
    problems_told(problems)
    if found is None:
        raise KgError("The text could not be read.")
    return found


# --- for people ---------------------------------------------------------------------------------------------------


def _blocks(one: Explained) -> Iterator[Block]:
    yield Heading(f"“{one.sentence.text}”", main=True)
    if one.headline:
        yield Text("Read as a headline.")
    yield Heading("Who is named")
    if not one.mentions:
        yield Text("Nobody that kg knows.")
    yield Table(
        (Column("text"), Column("actor"), Column("kind"), Column("state"), Column("how"), Column("conf.", right=True)),
        tuple(
            Line((m.text, m.actor.name, m.actor.kind, m.state.name, m.how, f"{m.confidence:.2f}")) for m in one.mentions
        ),
    )
    yield Heading("Triggers")
    if not one.traces:
        yield Text("No word that says a relation.")
    yield Table(
        (Column("words"), Column("rule"), Column("gives")),
        tuple(
            Line((trace.words.text, trace.trigger.rule, outcome(trace)), tuple(_trigger_notes(trace)))
            for trace in sorted(one.traces, key=lambda trace: (trace.words.start, -trace.words.end))
        ),
    )
    yield Heading("Triples")
    if not one.told:
        yield Text("None.")
    yield Table(
        (Column("source"), Column("relation"), Column("target"), Column("status"), Column("conf.", right=True)),
        tuple(Line(triple_cells(told), (Note(basis(told)),)) for told in one.told),
    )
    if one.gaps:
        yield from _gap_blocks(one.gaps)


def _gap_blocks(gaps: tuple[Gap, ...]) -> Iterator[Block]:
    yield Heading("No triple between")
    yield Table(
        (Column("actor"), Column("actor"), Column("closest")),
        tuple(
            Line(_gap_cells(gap, gap.closest), (Note(gap.reason, "; ".join(gap.stands)),))
            for gap in gaps
            if gap.closest
        ),
    )
    apart: dict[str, list[str]] = {}
    for gap in gaps:
        if gap.closest is None:
            apart.setdefault(gap.reason, []).append(f"{gap.a.actor.name} and {gap.b.actor.name}")
    for reason, pairs in apart.items():
        yield Text(f"{'; '.join(pairs)}: {reason}.")


def _trigger_notes(trace: Trace) -> Iterator[Note]:
    if trace.carrier:
        yield Note(f"carried by “{trace.carrier}”")
    for side in ("source", "either", "target"):
        places = [looked for looked in trace.looked if looked.side == side]
        if places:
            listed = "; ".join(f"{looked.place}: {_names(looked.found)}" for looked in places)
            yield Note(f"{side if side != 'either' else 'source or target'} at {listed}")
    if trace.read:
        for left in trace.left_out:
            yield Note(f"not {left.source.actor.name} and {left.target.actor.name}: {left.reason}")


def _names(found: tuple[Mention, ...]) -> str:
    return ", ".join(mention.actor.name for mention in found) or "nobody"


def _gap_cells(gap: Gap, closest: Trace) -> tuple[str, ...]:
    return gap.a.actor.name, gap.b.actor.name, f"“{closest.words.text}” ({closest.trigger.rule})"
