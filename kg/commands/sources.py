"""kg sources: which documents a store holds, all about one, and taking one out again."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

import click

from kg.commands.complete import document_ids
from kg.commands.group import Command, DefaultGroup, Exit
from kg.commands.layout import Block, Column, Heading, Line, Note, Table, Text
from kg.commands.options import date_bounds, format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.commands.read import status, triples_table
from kg.export.rows import Row, assertion_row, citation, document_row
from kg.model import Document, Reading
from kg.store import Store, fold, open_store

__all__ = ["sources"]

LIST_COLUMNS = ("id", "date", "title", "publisher", "url", "kind", "citation")
SHOW_COLUMNS = (*LIST_COLUMNS, "sentences", "mentions", "assertions", "extractor", "model", "catalogue", "digest")


@click.group(
    cls=DefaultGroup,
    subcommand_metavar="[COMMAND] [ARGS]...",
    examples=[
        ("kg sources newsweek", "Those whose id, title, outlet or address contains it."),
        ("kg sources show news/7.txt", "Its citation, and every triple that was read from it."),
        ("kg sources remove news/7.txt", "Take it out, with all that was read from it."),
    ],
    exits="0 when a document is found or removed. 1 when none is found. 2 for a wrong option or a document that is "
    "not in the store. 3 when the store cannot be used.",
)
def sources() -> None:
    """List the documents of a store, show one, or remove some.

    Without a COMMAND, a pattern is meant: kg sources [PATTERN].
    """


@click.command(
    "list",
    cls=Command,
    short_help="List documents.",
    examples=[
        ("kg sources list --since 2025", "Those dated 2025 or later."),
        ("kg sources list --format csv > sources.csv", "All of them with their citations, for a spreadsheet."),
    ],
    exits="0 when a document is found. 1 when none is. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.argument("pattern", required=False, shell_complete=document_ids)
@date_bounds
@store_option
@format_option()
@no_color_option
@click.pass_context
def list_(
    ctx: click.Context,
    pattern: str | None,
    since: str | None,
    until: str | None,
    store: str,
    format: str,
    no_color: bool,
) -> None:
    """List the documents of a store by id: all, or those whose id, title, outlet or address contains PATTERN."""
    with open_store(store) as opened:
        found = [one for one in opened.documents(texts=False) if _fits(one, pattern) and _dated(one, since, until)]
    if format != "table":
        write_rows(map(document_row, found), format, LIST_COLUMNS)
    elif found:
        columns = (Column("document"), Column("date", keep=True), Column("outlet"))
        lines = tuple(
            Line((one.id, one.date or "undated", citation(one)), (Note(one.title),) if one.title else ())
            for one in found
        )
        draw([Table(columns, lines), Text(f"{len(found):,} document{'' if len(found) == 1 else 's'}")], no_color)
    if not found:
        note(
            "No document matches." if pattern or since or until else "The store is empty; `kg build SOURCES` fills it."
        )
        ctx.exit(Exit.NOTHING)


def _fits(document: Document, pattern: str | None) -> bool:
    original = document.based_on
    cited = (original.title, original.publisher, original.url) if original else ()
    texts = (document.id, document.title, document.publisher, document.url, *cited)
    return pattern is None or any(fold(pattern) in fold(text) for text in texts if text)


def _dated(document: Document, since: str | None, until: str | None) -> bool:
    """As `Filter` has it: as exactly as the less exact of the two dates; an undated one never."""
    date = document.date
    if date is None:
        return since is None and until is None
    return (since is None or date >= since[: len(date)]) and (until is None or date[: len(until)] <= until)


@click.command(
    cls=Command,
    short_help="All about one document.",
    examples=[
        ("kg sources show news/7.txt", "Its citation, and every triple that was read from it."),
        ("kg sources show news/7.txt --text", "Its text as well, as it was read."),
        ("kg sources show news/7.txt --format json", "All of it for a program, the text included."),
    ],
    exits="0 when it is shown. 2 for a wrong option or a document that is not in the store. 3 when the store cannot be "
    "used.",
)
@click.argument("document", metavar="DOCUMENT", shell_complete=document_ids)
@click.option("--text", is_flag=True, help="Show its text too.")
@store_option
@format_option()
@no_color_option
def show(document: str, text: bool, store: str, format: str, no_color: bool) -> None:
    """Show a DOCUMENT, by its id: how it is cited, what it was read with and what was read from it."""
    with open_store(store) as opened:
        _known(opened, (document,))
        reading = opened.reading(document)
        assert reading is not None, "it is there"
        row = _shown(opened, reading)
    if format == "table":
        draw(_blocks(row, reading, text), no_color)
    else:
        write_rows([row], format, SHOW_COLUMNS)


def _known(store: Store, ids: tuple[str, ...]) -> None:
    """Raises `UsageError` that names the nearest ids, for one that no document has."""
    import difflib

    missing = next((id for id in ids if store.document(id) is None), None)
    if missing is None:
        return
    near = difflib.get_close_matches(missing, [one.id for one in store.documents(texts=False)], n=3, cutoff=0.5)
    hint = f"Did you mean {', '.join(near)}?" if near else "`kg sources` lists them."
    raise click.UsageError(f"No document of the store has the id {missing!r}. {hint}")


def _shown(store: Store, reading: Reading) -> Row:
    document, versions = reading.document, store.versions(reading.document.id)
    assert versions is not None, "it is there"
    return {
        **document_row(document),
        "sentences": len(reading.sentences),
        "mentions": len(reading.mentions),
        "assertions": len(reading.assertions),
        "extractor": versions.extractor,
        "model": versions.model,
        "catalogue": versions.catalogue,
        "digest": document.digest,
        "text": document.text,
        "triples": [assertion_row(assertion) for assertion in reading.assertions],
    }


def _blocks(row: Row, reading: Reading, text: bool) -> Iterator[Block]:
    document = reading.document
    yield Heading(document.title or document.id, main=True)
    original = row["paraphrase_of"] or {}
    read_with = ", ".join(str(row[key]) for key in ("extractor", "model", "catalogue") if row[key])
    counts = f"{row['sentences']:,} sentences, {row['mentions']:,} mentions, {row['assertions']:,} assertions"
    facts = [
        ("id", row["id"]),
        ("outlet", row["citation"]),
        ("date", row["date"] or "undated"),
        ("address", row["url"]),
        ("original", original.get("title")),
        ("its address", original.get("url")),
        ("read", counts),
        ("read with", read_with),
    ]
    lines = tuple(Line((key, value)) for key, value in facts if value)
    yield Table((Column("what", keep=True), Column("value")), lines)
    told = Counter(status(assertion) for assertion in reading.assertions)
    if told:
        yield Heading("Triples")
        yield Text(", ".join(f"{count:,} {what}" for what, count in told.most_common()))
        yield triples_table(reading)
    if text:
        yield Heading("Text")
        yield from (Text(line) for line in document.text.splitlines() if line.strip())


@click.command(
    cls=Command,
    short_help="Remove documents, with all that was read from them.",
    examples=[
        ("kg sources remove news/7.txt", "After asking."),
        ("kg sources remove news/7.txt news/8.txt --yes --store news.db", "Without asking, for a script."),
    ],
    exits="0 when they were removed. 1 when the answer was no; nothing is removed. 2 for a document that is not in the "
    "store, or without --yes where nobody can be asked; nothing is removed. 3 when the store cannot be used.",
)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENTS...", shell_complete=document_ids)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@store_option
@format_option()
@no_color_option
@click.pass_context
def remove(ctx: click.Context, documents: tuple[str, ...], yes: bool, store: str, format: str, no_color: bool) -> None:
    """Remove DOCUMENTS, by their ids: their assertions go too, and the edges are counted again from what is left.

    Sources that are built again bring them back. Reviews and corrections stay, and hold for what comes back.
    """
    ids = tuple(dict.fromkeys(documents))
    with open_store(store) as opened:
        _known(opened, ids)
        readings = [reading for id in ids if (reading := opened.reading(id)) is not None]
        rows: list[Row] = [
            {**document_row(one.document), "assertions": len(one.assertions), "removed": True} for one in readings
        ]
        assertions = sum(row["assertions"] for row in rows)
        them = "it" if len(rows) == 1 else "them"
        what = f"{_count(len(rows), 'document')} and the {_count(assertions, 'assertion')} read from {them}"
        if not yes:
            if not sys.stdin.isatty():
                raise click.UsageError(f"This removes {what}; say --yes, or run it on a terminal to be asked.")
            for row in rows:
                note(f"{row['id']}: {row['title'] or row['citation']}, {_count(row['assertions'], 'assertion')}")
            if not click.confirm(f"Remove {what}?", err=True):
                ctx.exit(Exit.NOTHING)
        for id in ids:
            opened.remove(id)
    if format != "table":
        write_rows(rows, format, (*LIST_COLUMNS, "assertions", "removed"))
    else:
        draw([Text(f"Removed {what}.")], no_color)


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


for command in (list_, show, remove):
    sources.add_command(command)
