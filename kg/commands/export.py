"""kg export: edges or assertions for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kg.commands.corrections import CORRECTION_COLUMNS, correction_json
from kg.commands.files import write_file
from kg.commands.group import Command, Exit
from kg.commands.options import family_option, level_option, relations_of, reviewed_option, span_options, store_option
from kg.commands.output import note, rows_text, write_rows
from kg.commands.read import ASSERTION_COLUMNS
from kg.export.rows import Row, assertion_row, citation, document_row, edge_row
from kg.model import Assertion, Document, Edge, Level
from kg.store import Filter, Store, open_store

__all__ = ["export"]

EDGE_COLUMNS = (
    *("level", "source", "source_name", "relation", "target", "target_name", "symmetric", "family", "tier", "weight"),
    *("actual", "planned", "alleged", "hypothetical", "ended", "negated", "documents", "outlets", "first", "last"),
    "evidence",
)
CITED_COLUMNS = (*ASSERTION_COLUMNS, "citation_title", "citation_citation", "citation_date", "citation_url")


@click.command(
    cls=Command,
    examples=[
        ("kg export --format graphml -o graph.graphml", "The graph for Gephi, yEd or igraph, its quotes included."),
        ("kg export --what assertions > assertions.jsonl", "Every assertion with its citation, one line each."),
        ("kg export --family backing --format csv", "Who backs whom, for a spreadsheet."),
        (
            "kg export --what corrections -o mine.jsonl",
            "What people put right; kg actors restore makes it again.",
        ),
    ],
    exits="0 when something was written. 1 when nothing matched. 2 for a wrong option. 3 when the store cannot be used "
    "or the file not be written.",
)
@click.option(
    "--format",
    "-f",
    type=click.Choice(["jsonl", "json", "csv", "tsv", "md", "graphml", "gexf"]),
    default="jsonl",
    show_default=True,
    help="graphml and gexf hold edges only.",
)
@click.option(
    "--what",
    type=click.Choice(["edges", "assertions", "corrections"]),
    default="edges",
    show_default=True,
    help="Edges with counts and the best quotes, single assertions, or the corrections of actors.",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; standard output by default.")
@level_option
@family_option("--family", "Only this family or relation; can be repeated.")
@span_options
@reviewed_option
@click.option(
    "--quotes", type=click.IntRange(0), default=3, show_default=True, metavar="N", help="Quotes with each edge."
)
@store_option
@click.pass_context
def export(
    ctx: click.Context,
    format: str,
    what: str,
    output: str,
    level: Level,
    families: tuple[str, ...],
    since: str | None,
    until: str | None,
    min_confidence: float | None,
    reviewed: bool,
    quotes: int,
    store: str,
) -> None:
    """Write what a store holds, for other programs, with its provenance.

    Edges are those with an affirmed, actual assertion; planned, alleged, hypothetical, ended and negated ones are
    counted beside it and never make an edge. Assertions are all of them, each with its status. Both are as corrected;
    the corrections themselves, whatever the filters, are those in force.
    """
    if format in ("graphml", "gexf") and what != "edges":
        raise click.UsageError(f"{format} holds edges; for {what} use --format jsonl or csv.")
    where = Filter(
        level=level,
        relations=relations_of(families),
        since=since,
        until=until,
        min_confidence=min_confidence,
        reviewed=reviewed,
    )
    with open_store(store) as opened:
        columns: tuple[str, ...]
        rows: Iterator[Row]
        if what == "assertions":
            rows, columns = _assertions(opened, where), CITED_COLUMNS
        elif what == "corrections":
            rows, columns = map(correction_json, opened.corrections()), CORRECTION_COLUMNS
        else:
            rows, columns = _edges(opened, where, quotes), EDGE_COLUMNS
        if format in ("graphml", "gexf"):
            written = _graph(opened, rows, format, output, store)
        elif output == "-":
            written = write_rows(rows, format, columns)
        else:
            found = list(rows)
            written = len(found)
            if found:
                write_file(output, rows_text(found, format, columns), keep=store)
    if not written:
        note("Nothing in the store matches.")
        ctx.exit(Exit.NOTHING)


def _assertions(store: Store, where: Filter) -> Iterator[Row]:
    documents = _Documents(store)
    for assertion in store.assertions(where, order="text"):
        yield {**assertion_row(assertion), "citation": document_row(documents(assertion.document))}


def _edges(store: Store, where: Filter, quotes: int) -> Iterator[Row]:
    documents = _Documents(store)
    edges = list(store.edges(where, having="actual"))
    names = {
        actor.id: actor.name for actor in store.actors({end for edge in edges for end in (edge.source, edge.target)})
    }
    for edge in edges:
        found = _evidence(store, where, edge, quotes) if quotes else ()
        yield {
            **edge_row(edge, names),
            "evidence": [_quote(assertion, documents(assertion.document)) for assertion in found],
        }


def _evidence(store: Store, where: Filter, edge: Edge, quotes: int) -> Iterable[Assertion]:
    behind = Filter(
        level=where.level,
        sources=(edge.source,),
        relations=(edge.relation,),
        targets=(edge.target,),
        status=("actual",),
        polarity="affirmed",
        since=where.since,
        until=where.until,
        min_confidence=where.min_confidence,
        reviewed=where.reviewed,
    )
    return store.assertions(behind, limit=quotes)


def _quote(assertion: Assertion, document: Document) -> Row:
    return {
        "id": assertion.id,
        "document": document.id,
        "start": assertion.sentence.start,
        "end": assertion.sentence.end,
        "quote": assertion.sentence.text,
        "date": assertion.date,
        "citation": citation(document),
        "title": document.title,
        "url": document.url,
    }


def _graph(store: Store, rows: Iterator[Row], format: str, output: str, keep: str) -> int:
    from kg.export.graphs import exchange_graph, gexf, graphml

    edges = list(rows)
    actors = store.actors({end for row in edges for end in (row["source"], row["target"])})
    if edges:
        graph = exchange_graph(edges, actors)
        write_file(output, [graphml(graph) if format == "graphml" else gexf(graph)], keep=keep)
    return len(edges)


class _Documents:
    """Documents by id, the last few hundred kept: assertions come ordered by document or nearly so."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, Document] = {}

    def __call__(self, id: str) -> Document:
        if id not in self._kept:
            if len(self._kept) >= 500:
                self._kept.clear()
            self._kept[id] = self._store.document(id) or Document(id=id, text="")
        return self._kept[id]
