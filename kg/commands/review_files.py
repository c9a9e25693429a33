"""kg review export and import: reviewed sentences as a gold file, and back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.commands.files import write_file
from kg.commands.group import Command, Exit
from kg.commands.options import (
    actors_option,
    store_option,
)
from kg.commands.output import note, rows_text
from kg.commands.review_gold import gold_rows, reviews_of
from kg.commands.reviewing import Reviews
from kg.errors import KgError
from kg.store import Correction, open_store

__all__ = ["export", "import_"]


@click.command(
    "export",
    cls=Command,
    short_help="Write reviewed sentences as a gold file for kg evaluate.",
    examples=[
        ("kg review export -o gold.jsonl", "Then `kg evaluate gold.jsonl` measures against them."),
        ("kg review export --errors | kg review import - --store other.db", "What was wrong only, into another store."),
    ],
    exits="0 when something was written. 1 when nothing has been reviewed. 2 for a wrong option. 3 when the store "
    "cannot be used or the file not be written.",
)
@click.option("--format", "-f", type=click.Choice(["jsonl", "json"]), default="jsonl", show_default=True, help="How.")
@click.option("--errors", is_flag=True, help="Only sentences in which something was rejected or relabelled.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; standard output by default.")
@store_option
@click.pass_context
def export(ctx: click.Context, format: str, errors: bool, output: str, store: str) -> None:
    """Write the sentences that were reviewed, labelled, one a line, for kg evaluate; and the reviews with them.

    The triples of a sentence are those that stand in it now. Accepted and relabelled ones are core; those that nobody
    looked at are not, so that they count neither way; rejected ones are left out, so that they are wrong where they
    are read again. kg review import makes the reviews again in another store.
    """
    with open_store(store) as opened:
        rows = list(gold_rows(Reviews(opened), accepted=not errors))
    if not rows:
        note("Nothing has been reviewed.")
        ctx.exit(Exit.NOTHING)
    write_file(output, rows_text(rows, format, ()), keep=store)
    if output != "-":
        note(f"{len(rows):,} sentence{'' if len(rows) == 1 else 's'} -> {output}")


@click.command(
    "import",
    cls=Command,
    short_help="Make exported reviews again.",
    examples=[
        ("kg review import gold.jsonl --store new.db", "After the documents are built there."),
        ("kg review export | kg review import - --store new.db", "From standard input."),
    ],
    exits="0 when all were made or there already. 2 for a line that is none of kg review export, which is named; then "
    "none is made. 3 when the store cannot be used.",
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, exists=True, allow_dash=True))
@store_option
@actors_option
def import_(file: str, store: str, actor_files: tuple[Path, ...]) -> None:
    """Make the reviews in FILE again: those of kg review export.

    One that is there already is not made twice. Reviews of documents that are not in the store are left out, and told.
    """
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    wanted: dict[int | tuple[str, ...], Correction] = {}
    for line, text in enumerate(data.split(b"\n"), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            for one, number in zip(reviews_of(row), row["reviews"], strict=True):
                wanted[int(number["number"])] = one
        except (ValueError, KeyError, TypeError, AttributeError, KgError) as error:
            raise click.UsageError(f"{file}:{line}: no line of kg review export ({error}); none was made.") from None
    with open_store(store) as opened:
        reviews = Reviews(opened, actor_files)
        there = {_content(one) for one in reviews.in_force()}
        counts = {"made": 0, "there already": 0, "of documents that are not in the store": 0}
        for _, one in sorted(wanted.items()):
            if _content(one) in there:
                counts["there already"] += 1
            elif any(opened.document(id) is None for id in one.documents):
                counts["of documents that are not in the store"] += 1
            else:
                reviews.apply(one)
                counts["made"] += 1
    note(f"{len(wanted):,} read: {', '.join(f'{count:,} {what}' for what, count in counts.items() if count)}.")


def _content(one: Correction) -> tuple[object, ...]:
    return one.kind, one.assertions, one.documents, one.change, one.reviewer, one.note
