"""Answers of kg/queries -> blocks for people and rows for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.commands.asked import asked, bounds_told
from kg.commands.layout import Block, Column, Heading, Line, Note, Table, Text
from kg.commands.quotes import note_of
from kg.export.rows import Row, assertion_row, document_row
from kg.queries.question import Question
from kg.queries.ruling import ruling
from kg.queries.who import Answer, Group, Quote
from kg.queries.who import Row as Triple
from kg.relations import ontology

if TYPE_CHECKING:
    from kg.queries.path import Path

__all__ = [
    "ANSWER_COLUMNS",
    "STEP_COLUMNS",
    "answer_blocks",
    "answer_rows",
    "path_blocks",
    "path_rows",
    "step_rows",
]

HEADINGS = {
    "strong": "Strong backing",
    "tie": "Ties",
    "signal": "Signals of backing",
    "engaging": "Engaging",
    "opposing": "Opposing",
    "fighting": "Fighting",
    "structure": "Structure",
    "planned": "Planned: announced, agreed or wanted, not reported as done",
    "alleged": "Alleged: somebody's claim, not reported as fact",
    "hypothetical": "Hypothetical: would, could or if",
    "ended": "Ended: no longer so",
    "negated": "Denied: said not to be so",
}
ANSWER_COLUMNS = (
    *("group", "status", "source", "source_name", "relation", "target", "target_name", "weight"),
    *("assertions", "documents", "originals", "outlets", "first", "last"),
    *("verdict", "verdict_date", "claimed_by", "quotes"),
)
STEP_COLUMNS = (
    *("path", "step", "source", "source_name", "relation", "target", "target_name", "relations"),
    *("documents", "originals", "outlets", "first", "last", "verdict", "verdict_date", "claimed_by", "quotes"),
)


def answer_rows(answer: Answer) -> Iterator[Row]:
    """A row for each triple: facts by tier or family, then planned, alleged, hypothetical, ended and negated ones.

    Those of one part of a question stand before those of the next.
    """
    for group in (group for each in (answer, *answer.also) for group in (*each.groups, *each.others)):
        yield from ({"group": group.heading, **triple_row(triple)} for triple in group.rows)


def triple_row(triple: Triple) -> Row:
    """A triple with its figures, verdict and quotes."""
    return {
        "status": triple.kind,
        "source": triple.source.id,
        "source_name": triple.source.name,
        "relation": triple.relation,
        "target": triple.target.id,
        "target_name": triple.target.name,
        "weight": ontology()[triple.relation].weight,
        "assertions": triple.count,
        "documents": triple.figures.documents,
        "originals": triple.figures.originals,
        "outlets": triple.figures.outlets,
        "first": triple.figures.first,
        "last": triple.figures.last,
        "verdict": triple.verdict.kind,
        "verdict_date": triple.verdict.date,
        "claimed_by": list(triple.verdict.by),
        "quotes": [quote_row(quote) for quote in triple.quotes],
    }


def quote_row(quote: Quote) -> Row:
    """An assertion with the citation of its document."""
    row = assertion_row(quote.assertion)
    cited = document_row(quote.document)
    return {
        "id": row["id"],
        "quote": quote.text,
        "document": quote.document.id,
        "start": quote.assertion.sentence.start,
        "end": quote.assertion.sentence.end,
        "date": quote.assertion.date,
        "attributed_to": quote.assertion.attributed_to,
        "background": quote.assertion.background,
        "confidence": row["confidence"],
        "paraphrase": quote.is_paraphrase,
        **{key: cited[key] for key in ("citation", "title", "publisher", "url", "paraphrase_of")},
    }


def answer_blocks(question: Question, answer: Answer) -> Iterator[Block]:
    """The answer for people: a heading and a table for each group, quotes under each row."""
    yield Heading(question.text, main=True)
    if bounded := bounds_told(answer.bounds):
        yield Text(f"Only {bounded}.")
    for part in question.without:
        yield Text(f"Left out is whoever {asked(part)} by any fact.")
    if len(question.parts) == 1:
        yield from _part(question, answer)
        yield from _stale(answer)
        return
    if question.asks != "whether":
        named = {end.id: end.name for row in answer.facts for end in (row.source, row.target)}
        for part in question.parts:
            for end in (part.source, part.target):
                named.pop(end.id if end else "", None)
        all_of_it = "both" if len(question.parts) + len(question.without) == 2 else "all of it"
        who = f"{len(named):,} actor{' does' if len(named) == 1 else 's do'} {all_of_it}"
        yield Text(f"{who}: {', '.join(sorted(named.values()))}.")
    for part, each in zip(question.parts, (answer, *answer.also), strict=True):
        yield Heading(asked(part), main=True)
        yield from _part(question, each) if each.found else [Text("Nothing is reported.")]
    yield from _stale(answer)


def _stale(answer: Answer) -> Iterator[Block]:
    """What stale means, where a row is."""
    if any(row.verdict.kind == "stale" for each in (answer, *answer.also) for row in each.facts):
        bounded = answer.as_of in (answer.bounds.as_of, answer.bounds.until)
        latest = "" if bounded else ", the date of the latest document"
        yield Text(f"Stale: last reported two years or more before {answer.as_of}{latest}.")


def _part(question: Question, answer: Answer) -> Iterator[Block]:
    if question.asks == "whether":
        yield Text(ruling(answer))
    if answer.groups:
        for group in answer.groups:
            yield from _group(answer, group)
    elif question.asks != "whether":
        yield Text("No fact is reported; what follows is planned, claimed or denied.")
    for group in answer.others:
        yield from _group(answer, group)


def _group(answer: Answer, group: Group) -> Iterator[Block]:
    """The triples of a group; an end that is the same in all of them is not repeated, and the rest reads on."""
    yield Heading(HEADINGS.get(group.heading, group.heading.capitalize()))
    whole = (answer.source is None) == (answer.target is None)
    columns = [
        *([Column("source" if whole else "actor")] if whole or answer.source is None else []),
        Column("relation", keep=True),
        *([Column("target" if whole else "actor")] if whole or answer.target is None else []),
        Column("times", right=True),
        Column("docs", right=True),
    ]
    # Told only where it says something that the documents do not.
    copies = any(triple.figures.originals != triple.figures.documents for triple in group.rows)
    columns += [Column("orig", right=True)] if copies else []
    columns += [Column("first", keep=True), Column("last", keep=True)]
    # The same for every row of a relation, it makes room where two names and both counts stand.
    columns += [] if whole and copies else [Column("weight", right=True)]
    columns.append(Column("status", least=10))
    yield Table(tuple(columns), tuple(_line(triple, answer, whole, copies) for triple in group.rows))
    if group.more:
        yield Text("There are more; --limit shows them.")


def _line(triple: Triple, answer: Answer, whole: bool, copies: bool) -> Line:
    weight, told = ontology()[triple.relation].weight, triple.figures
    cells = [
        *([triple.source.name] if whole or answer.source is None else []),
        triple.relation,
        *([triple.target.name] if whole or answer.target is None else []),
        f"{told.assertions:,}",
        f"{told.documents:,}",
        *([f"{told.originals:,}"] if copies else []),
        told.first or "",
        told.last or "",
        *([] if whole and copies else ["" if weight is None else f"{weight:+.1f}"]),
        status(triple),
    ]
    return Line(tuple(cells), _notes(triple.quotes))


def status(triple: Triple) -> str:
    """What a row amounts to: of facts the verdict; of the rest its kind, with the verdict where that says more."""
    if triple.kind == "actual":
        return str(triple.verdict)
    kind = "denied" if triple.kind == "negated" else triple.kind
    return kind if str(triple.verdict) == "reported" else f"{kind}, {triple.verdict}"


def _notes(quotes: Iterable[Quote]) -> tuple[Note, ...]:
    return tuple(note_of(quote.assertion, quote.document) for quote in quotes)


def path_rows(found: Iterable[Path]) -> Iterator[Row]:
    """A row for each path, its steps inside."""
    for number, path in enumerate(found, 1):
        steps = [{key: value for key, value in step.items() if key != "path"} for step in _steps(number, path)]
        yield {
            "path": number,
            "actors": [actor.name for actor in path.actors],
            "hops": len(path.hops),
            "documents": path.documents,
            "originals": path.originals,
            "steps": steps,
        }


def step_rows(found: Iterable[Path]) -> Iterator[Row]:
    """A row for each step of each path, for spreadsheets."""
    for number, path in enumerate(found, 1):
        yield from _steps(number, path)


def _steps(number: int, path: Path) -> Iterator[Row]:
    for n, hop in enumerate(path.hops, 1):
        edge = hop.edges[0]
        names = {hop.source.id: hop.source.name, hop.target.id: hop.target.name}
        yield {
            "path": number,
            "step": n,
            "source": edge.source,
            "source_name": names[edge.source],
            "relation": edge.relation,
            "target": edge.target,
            "target_name": names[edge.target],
            "relations": list(hop.relations),
            "documents": edge.documents,
            "originals": edge.originals,
            "outlets": edge.outlets,
            "first": edge.first,
            "last": edge.last,
            "verdict": hop.verdict.kind,
            "verdict_date": hop.verdict.date,
            "claimed_by": list(hop.verdict.by),
            "quotes": [quote_row(hop.quote)] if hop.quote else [],
        }


def path_blocks(title: str, found: Iterable[Path]) -> Iterator[Block]:
    """The paths for people, each step as the triple that holds, in its own direction, with its best quote."""
    yield Heading(title, main=True)
    for number, path in enumerate(found, 1):
        hops = f"{len(path.hops)} hop{'' if len(path.hops) == 1 else 's'}"
        yield Text(f"{number}. {' – '.join(actor.name for actor in path.actors)} ({hops})")
        lines = []
        for hop in path.hops:
            edge = hop.edges[0]
            names = {hop.source.id: hop.source.name, hop.target.id: hop.target.name}
            source, target = edge.source, edge.target
            if ontology()[edge.relation].symmetric:
                source, target = hop.source.id, hop.target.id
            also = ", ".join(relation for relation in hop.relations if relation != edge.relation)
            told = (f"{edge.documents:,}", edge.last or "", str(hop.verdict))
            cells = (names[source], edge.relation, names[target], *told, also)
            lines.append(Line(cells, _notes([hop.quote] if hop.quote else [])))
        ends = (Column("source"), Column("relation", keep=True), Column("target"))
        figures = (Column("docs", right=True), Column("last", keep=True), Column("status"), Column("also"))
        yield Table((*ends, *figures), tuple(lines))
