"""kg cite: the full citation of assertions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from kg.commands.covered import covered
from kg.commands.given import standard_input
from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Table, Text
from kg.commands.options import format_option, no_color_option, private_option, store_option
from kg.commands.output import FORMATS, draw, json_text, note, write_rows
from kg.commands.terminal import utf8_output
from kg.export.rows import Row, assertion_row, citation, document_row, long_date, place
from kg.model import Mention
from kg.queries.cite import Citation
from kg.queries.cite import cite as cited_as
from kg.store import open_store

__all__ = ["citation_blocks", "cite"]

CITE_COLUMNS = (
    *("id", "source_name", "relation", "target_name", "polarity", "status", "attributed_to", "date", "quote"),
    *("before", "after", "document", "sentence_start", "sentence_end", "citation_citation", "citation_title"),
    *("citation_date", "citation_url", "sha256"),
)


@click.command(
    cls=Command,
    examples=[
        ("kg cite 171a3b93", "All about one assertion: quote in context, source, how it was read."),
        ("kg cite 171a3b93 --format bibtex >> references.bib", "An entry for LaTeX."),
        ("kg export --what assertions | jq -r .id | kg cite - --format csl", "Many of them, for Zotero or pandoc."),
    ],
    exits="0 when every assertion is found. 1 when one is not. 2 for a wrong option, or an id that is none or the "
    "beginning of several. 3 when the store cannot be used.",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@private_option
@store_option
@format_option(*FORMATS, "bibtex", "csl", "annotation")
@no_color_option
@click.pass_context
def cite(
    ctx: click.Context, ids: tuple[str, ...], private_people: bool, store: str, format: str, no_color: bool
) -> None:
    """Cite assertions by ID, or by the beginning of one where no other begins so; - reads ids from standard input.

    Every quote in JSON and in the other formats for programs has the id of its assertion. bibtex writes entries, csl a
    list in CSL JSON, and annotation a W3C Web Annotation a line, with positions in code points, the 32 characters
    before and after the quote, and the SHA-256 of the text they point into.
    """
    wanted = [id for given in ids for id in (standard_input().split() if given == "-" else [given])]
    found: list[Citation] = []
    missing: list[str] = []
    with open_store(store) as opened:
        for id in dict.fromkeys(wanted):
            cited = cited_as(opened, id, private_people=private_people)
            if cited is None:
                missing.append(id)
            else:
                found.append(cited)
        period = covered(opened.coverage()) if missing else ""
        withheld = not private_people and any(cited_as(opened, id, private_people=True) for id in missing)
    if format == "table":
        for n, cited in enumerate(found):
            draw(citation_blocks(cited), no_color, after=n > 0)
    elif format in FORMATS:
        write_rows(map(_row, found), format, CITE_COLUMNS)
    else:
        utf8_output()
        sys.stdout.write(_written(found, format))
        sys.stdout.flush()
    for id in missing:
        note(f"No assertion {id} in {period}.")
    if withheld:
        note("What people without office do to others or are said to do is left out; --private-people shows it.")
    if missing or not found:
        ctx.exit(Exit.NOTHING)


def _written(found: Sequence[Citation], format: str) -> str:
    from kg.export.citations import annotation, bibtex, csl

    if format == "bibtex":
        return "\n".join(bibtex(cited) + "\n" for cited in found)
    if format == "csl":
        return "[" + ",".join("\n" + _json(csl(cited)) for cited in found) + "\n]\n"
    return "".join(_json(annotation(cited)) + "\n" for cited in found)


def _json(value: Any) -> str:
    """JSON in which no markup stands, wherever it is pasted."""
    return json_text(value).replace("<", "\\u003c")


def _row(cited: Citation) -> Row:
    row = assertion_row(cited.assertion)
    versions = cited.versions
    return {
        **row,
        "source_name": cited.assertion.source.actor.name,
        "target_name": cited.assertion.target.actor.name,
        "quote": cited.exact,
        "before": cited.before,
        "after": cited.after,
        "prefix": cited.prefix,
        "suffix": cited.suffix,
        "sha256": cited.sha256,
        "citation": document_row(cited.document),
        "read_with": versions
        and {"extractor": versions.extractor, "model": versions.model, "catalogue": versions.catalogue},
    }


def citation_blocks(cited: Citation) -> Iterator[Block]:
    """The citation as tables, its quote in context first."""
    assertion, row = cited.assertion, assertion_row(cited.assertion)
    source, target = assertion.source, assertion.target
    yield Heading(f"{source.actor.name} {assertion.relation} {target.actor.name}", main=True)
    if cited.before.strip():
        yield Text(("… " if assertion.sentence.start > len(cited.before) else "") + cited.before)
    yield Text(f"“{cited.exact}”")
    if cited.after.strip():
        cut = assertion.sentence.end + len(cited.after) < len(cited.document.text)
        yield Text(cited.after + (" …" if cut else ""))
    trigger = assertion.trigger
    facts = [
        ("id", assertion.id),
        ("status", f"{assertion.polarity}, {assertion.status}" + (", background" if assertion.background else "")),
        ("source", _named(source)),
        ("relation", _coded(row)),
        ("trigger", f"“{trigger.text}” ({trigger.start}-{trigger.end})" if trigger else "no word of its own"),
        ("target", _named(target)),
        ("date", assertion.date or "undated"),
        ("said by", f"{assertion.attributed_to} ({assertion.voice})" if assertion.attributed_to else assertion.voice),
        ("about", "; ".join(assertion.about)),
        ("against", "; ".join(assertion.against)),
        ("read by", f"{assertion.rule}, confidence {row['confidence']:.2f}"),
    ]
    yield Heading("What it says")
    yield _table(facts)
    yield Heading("Where it stands")
    yield _table(_standing(cited))


def _standing(cited: Citation) -> list[tuple[str, str]]:
    document, original, versions = cited.document, cited.document.based_on, cited.versions
    title = f"“{original.title}”" if original and original.title else None
    parts = (title, original.publisher, long_date(original.date), original.url) if original else ()
    with_what = (versions.extractor, versions.model, versions.catalogue) if versions else ()
    return [
        ("title", document.title or ""),
        ("publisher", document.publisher or ""),
        ("date", document.date or "undated"),
        ("url", document.url or ""),
        ("paraphrase of", ", ".join(filter(None, parts)) or citation(document) if original else ""),
        ("document", place(cited.assertion)),
        ("SHA-256", cited.sha256),
        ("read with", ", ".join(filter(None, with_what))),
    ]


def _named(mention: Mention) -> str:
    """Who it is, by what words, and whose act it counts as."""
    above = "" if mention.state.id == mention.actor.id else f", rolls up to {mention.state.name}"
    return f"{mention.actor.name} ({mention.actor.id}){above}; “{mention.text}” ({mention.start}-{mention.end})"


def _coded(row: Row) -> str:
    tier = f" ({row['tier']})" if row["tier"] else ""
    codes = [f"CAMEO {row['cameo']}", f"PLOVER {row['plover']}", f"weight {row['weight']:+.1f}"] if row["cameo"] else []
    return ", ".join([f"{row['relation']}, {row['family']}{tier}", *codes])


def _table(facts: Sequence[tuple[str, str]]) -> Table:
    columns = (Column("what", keep=True), Column("value"))
    return Table(columns, tuple(Line((key, value)) for key, value in facts if value))
