"""kg actors corrections, undo and restore: what was put right in a store, in words and as data."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.commands.actor import known_actors
from kg.commands.group import Command, Exit
from kg.commands.layout import Column, Line, Note, Table, Text
from kg.commands.options import actors_option, format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.errors import KgError
from kg.export.rows import Row
from kg.store import Correction, open_store
from kg.store.records import correction_from_row, correction_row
from kg.store.reviews import REVIEW_KINDS

__all__ = ["CORRECTION_COLUMNS", "correction_json", "corrections", "described", "restore", "told", "undo"]

CORRECTION_COLUMNS = ("number", "time", "kind", "says", "note", "undone")


def described(correction: Correction) -> str:
    """What a correction says, in words."""
    if correction.kind == "add":
        from kg.store.known import added_layer

        ids = added_layer(correction).actor_ids
        more = f" and {len(ids) - 5:,} more" if len(ids) > 5 else ""
        return f"entries for {', '.join(ids[:5])}{more}" if ids else "phrases that name nobody"
    if correction.kind in REVIEW_KINDS:
        return f"{correction.kind} {', '.join(correction.assertions)} in {', '.join(correction.documents)}"
    assert correction.target is not None, "a merge or split has a target"
    parts = [f"{correction.source} is {correction.target.name} ({correction.target.id})"]
    if correction.texts:
        parts.append("where called " + " or ".join(f"“{text}”" for text in correction.texts))
    if correction.documents:
        more = f" and {len(correction.documents) - 3:,} more" if len(correction.documents) > 3 else ""
        parts.append("in " + ", ".join(correction.documents[:3]) + more)
    return " ".join(parts)


def correction_json(correction: Correction) -> Row:
    """A correction whole: what `kg actors restore` reads again."""
    kind, what, why = correction_row(correction)
    return {
        "number": correction.number,
        "time": correction.time,
        "kind": kind,
        "says": described(correction),
        "what": json.loads(what),
        "note": why,
        "undone": correction.undone,
    }


def told(correction: Correction, documents: int, what: str, format: str, no_color: bool) -> None:
    """What was done, as an answer."""
    if format != "table":
        row = {**correction_json(correction), "documents": documents}
        write_rows([row], format, (*CORRECTION_COLUMNS, "documents"))
        return
    changed = f"{documents:,} document{'' if documents == 1 else 's'} changed."
    then = f" `kg actors undo {correction.number}` takes it back." if what == "made" else ""
    if correction.kind == "add":
        changed = "What was read without them is read again when its sources are built the next time."
    draw([Text(f"Correction {correction.number} {what}: {described(correction)}. {changed}{then}")], no_color)


@click.command(
    cls=Command,
    short_help="List what was put right.",
    examples=[
        ("kg actors corrections", "Those in force, with the numbers that undo takes."),
        ("kg actors corrections --all --format jsonl", "All that were ever made, whole."),
    ],
    exits="0 when there is one. 1 when there is none. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.option("--all", "undone", is_flag=True, help="Those that were taken back too.")
@store_option
@format_option()
@no_color_option
@click.pass_context
def corrections(ctx: click.Context, undone: bool, store: str, format: str, no_color: bool) -> None:
    """List the corrections of a store, in the order in which they hold."""
    with open_store(store) as opened:
        found = [one for one in opened.corrections(undone=undone) if one.kind not in REVIEW_KINDS]
    if format != "table":
        write_rows(map(correction_json, found), format, CORRECTION_COLUMNS)
    elif found:
        columns = (Column("no.", right=True), Column("kind", keep=True), Column("what"), Column("made", keep=True))
        lines = [
            Line(
                (str(one.number), one.kind, described(one), (one.time or "")[:10]),
                tuple(Note(text) for text in (one.note, one.undone and f"taken back {one.undone[:10]}") if text),
            )
            for one in found
        ]
        draw([Table(columns, tuple(lines))], no_color)
    if not found:
        note("Nothing has been corrected.")
        ctx.exit(Exit.NOTHING)


@click.command(
    cls=Command,
    short_help="Take a correction back.",
    examples=[
        ("kg actors undo 3", "Take the third correction back."),
        ("kg actors undo 3 --format json", "What was taken back, for a program."),
    ],
    exits="0 when it is done. 2 when no correction of that number is in force. 3 when the store cannot be used.",
)
@click.argument("number", type=click.IntRange(1))
@store_option
@actors_option
@format_option()
@no_color_option
def undo(number: int, store: str, actor_files: tuple[Path, ...], format: str, no_color: bool) -> None:
    """Take the correction of that NUMBER back: the store is as though it had never been made."""
    from kg.store.known import lookup_in

    with open_store(store) as opened:
        if number not in [one.number for one in opened.corrections()]:
            raise click.UsageError(f"No correction {number} is in force; `kg actors corrections` lists them.")
        known = known_actors(opened, actor_files)
        done = opened.undo(number, lookup=lookup_in(known), aliases=known.aliases)
    told(done.correction, done.documents, "taken back", format, no_color)


@click.command(
    cls=Command,
    short_help="Make exported corrections again.",
    examples=[
        ("kg export --what corrections > mine.jsonl", "Take the corrections out of a store,"),
        ("kg actors restore mine.jsonl --store new.db", "and make them in another, after its documents are built."),
        ("kg actors restore - --store new.db", "From standard input."),
    ],
    exits="0 when all were made, or none was asked for. 2 for a line that is no correction, which is named; then none "
    "is made. 3 when the store cannot be used, or a document that one speaks of is not in it.",
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, exists=True, allow_dash=True))
@store_option
@actors_option
@no_color_option
def restore(file: str, store: str, actor_files: tuple[Path, ...], no_color: bool) -> None:
    """Make the corrections that `kg export --what corrections` wrote, in their order; undone ones are left out."""
    wanted = []
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    for line, text in enumerate(data.split(b"\n"), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            one = correction_from_row((0, None, row["kind"], json.dumps(row["what"]), row["note"], row["undone"]))
            described(one)
        except (ValueError, KeyError, TypeError, AttributeError, AssertionError, KgError) as error:
            raise click.UsageError(f"{file}:{line}: this is no correction ({error}); none was made.") from None
        if one.undone is None:
            wanted.append((one, row.get("time")))
    with open_store(store) as opened:
        from kg.store.known import lookup_in

        for one, time in wanted:
            known = known_actors(opened, actor_files)
            done = opened.correct(one, lookup=lookup_in(known), aliases=known.aliases, time=time)
            note(f"{done.correction.number}: {described(done.correction)}")
