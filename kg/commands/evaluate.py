"""kg evaluate: how well kg, or a file of readings, does on labelled sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Note, Table
from kg.commands.options import actors_option, format_option, model_option, no_color_option
from kg.commands.output import draw, json_text, note, problems_told, write_rows
from kg.commands.terminal import utf8_output
from kg.errors import DocumentError, Problem
from kg.evaluate import Error, Evaluation, Gold, Predicted, Rate, as_documents, as_predicted, load_gold, load_predicted
from kg.evaluate import evaluate as measure
from kg.export.rows import Row
from kg.model import Document

__all__ = ["evaluate"]

_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
FIGURE_COLUMNS = ("what", "precision", "recall", "f1", "read", "labelled", "rate", "of")
_DANGERS = (
    ("leaked", "non-facts told as facts"),
    ("turned", "direction turned round"),
    ("backing", "precision of who backs"),
)


@click.command(
    cls=Command,
    examples=[
        ("kg evaluate gold.jsonl --errors 10", "Read the labelled sentences and show what went wrong."),
        ("kg evaluate gold.jsonl --documents news.jsonl", "The same, each sentence read in its whole document."),
        (
            "kg evaluate gold.jsonl --predicted triples.jsonl",
            "Measure what `kg extract --format jsonl` wrote before; loads no model.",
        ),
    ],
    exits="0 when something was read in a labelled sentence. 1 when nothing was. 2 for a wrong option. 3 when a file "
    "cannot be used.",
)
@click.argument("gold", metavar="GOLD", type=_FILE)
@click.option(
    "--predicted", type=_FILE, metavar="FILE", help="Readings to measure, as `kg extract --format jsonl` has them."
)
@click.option("--documents", type=_FILE, metavar="FILE", help="The documents that GOLD labels, as JSON Lines.")
@click.option(
    "--errors",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="N",
    help="Show as many wrong acts, and missed ones.",
)
@format_option()
@model_option
@actors_option
@no_color_option
@click.pass_context
def evaluate(
    ctx: click.Context,
    gold: Path,
    predicted: Path | None,
    documents: Path | None,
    errors: int,
    format: str,
    model: str | None,
    actor_files: tuple[Path, ...],
    no_color: bool,
) -> None:
    """Measure what is read against the labels in GOLD.

    GOLD (- for standard input) has a line of JSON for each labelled sentence: "doc", "start", "end" (offsets into the
    document), "text" and "triples", each with "source", "relation", "target" and, where they are not affirmed, actual
    and true, "polarity", "status" and "core" (false where one can disagree). "alts" gives names that are as right as a
    labelled one, "date" the document's date. Acts are compared between states, structure relations between the actors
    as named.

    Without --documents the sentences of one "doc" are read as a document of their own, in order; "start" and "end"
    may then be left out.

    Four levels, each stricter: the pair of actors; and the family, direction and polarity; and the relation; and the
    status. What was read in sentences without a label counts for nothing.
    """
    if predicted is not None and documents is not None:
        raise click.UsageError("--predicted gives readings and --documents texts to read; give one of them.")
    if [gold, predicted, documents].count(Path("-")) > 1:
        raise click.UsageError("- stands for standard input, which can be read once; name a file for the other.")
    labels = load_gold(gold)
    if predicted is None and documents is None:
        labels, texts = as_documents(labels)
        readings = _read(texts, model, actor_files)
    else:
        if any(label.end < 0 for label in labels):
            raise DocumentError(f'{gold}: has lines without "start" and "end"; nothing can be compared with them.')
        if predicted is not None:
            readings = load_predicted(predicted)
        else:
            assert documents is not None
            readings = _read(_texts(documents, labels), model, actor_files)
    found = measure(labels, readings)
    if format in ("json", "jsonl"):
        utf8_output()
        sys.stdout.write(json_text(_row(found, errors)) + "\n")
    elif format != "table":
        write_rows(_figure_rows(found), format, FIGURE_COLUMNS)
    else:
        draw(_blocks(found, errors), no_color)
    if not found.levels["acts", "pair"].predicted and not found.levels["structure", "pair"].predicted:
        note("Nothing was read in the labelled sentences.")
        ctx.exit(Exit.NOTHING)


def _texts(path: Path, labels: Sequence[Gold]) -> list[Document]:
    """The documents of the file that have labels."""
    from kg.documents import read_sources

    problems: list[Problem] = []
    wanted = {label.doc for label in labels}
    found = [document for document in read_sources([path], problems=problems) if document.id in wanted]
    problems_told(problems)
    if missing := sorted(wanted - {document.id for document in found}):
        note(f"{len(missing)} labelled documents are not in {path}, so all of theirs is missed: {', '.join(missing)}")
    return found


def _read(documents: list[Document], model: str | None, actor_files: Sequence[Path]) -> list[Predicted]:
    from kg.actors.overlay import overlaid, read_layer
    from kg.extract import DEFAULT_MODEL, Extractor

    problems: list[Problem] = []
    extractor = Extractor(overlaid([read_layer(path) for path in actor_files]), model=model or DEFAULT_MODEL)
    found = [as_predicted(a) for reading in extractor.read(documents, problems) for a in reading.assertions]
    problems_told(problems)
    return found


# --- what is shown ------------------------------------------------------------------------------------------------


def _blocks(found: Evaluation, errors: int) -> Iterator[Block]:
    yield Heading(f"{found.sentences:,} labelled sentence{'' if found.sentences == 1 else 's'}")
    titles = ("precision", "recall", "F1", "read", "labelled")
    yield Table(
        (Column("level"), *(Column(title, right=True) for title in titles)),
        tuple(
            Line(
                (
                    f"{group}, {level}",
                    *(f"{value:.3f}" for value in (figures.precision, figures.recall, figures.f1)),
                    f"{figures.predicted:,}",
                    f"{figures.core:,}",
                )
            )
            for (group, level), figures in found.levels.items()
        ),
    )
    rates: list[tuple[str, Rate]] = [(title, getattr(found.danger, name)) for name, title in _DANGERS]
    yield Table(
        (Column("errors that do harm"), Column("rate", right=True), Column("of", right=True)),
        (
            *(
                Line((title, "-" if rate.value is None else f"{rate.value:.3f}", f"{rate.whole:,}"))
                for title, rate in rates
            ),
            Line(("read outside labelled sentences, not judged", "", f"{found.outside:,}")),
        ),
    )
    for title, all_of_them in (("Wrong", found.wrong), ("Missed", found.missed)):
        if shown := all_of_them[:errors]:
            yield Heading(f"{title}: {len(shown):,} of {len(all_of_them):,}")
            yield Table(
                tuple(Column(name) for name in ("source", "relation", "target", "as")),
                tuple(Line(_cells(error), (Note(f"“{error.text}”", error.doc),)) for error in shown),
            )


def _cells(error: Error) -> tuple[str, ...]:
    claim = error.claim
    told = claim.status if claim.polarity == "affirmed" else f"not {claim.status}"
    return claim.source, claim.relation, claim.target, told


def _row(found: Evaluation, errors: int) -> Row:
    figures = {
        f"{group}.{level}": {
            "precision": round(f.precision, 3),
            "recall": round(f.recall, 3),
            "f1": round(f.f1, 3),
            "predicted": f.predicted,
            "gold": f.core,
        }
        for (group, level), f in found.levels.items()
    }
    danger = {title: _rate(getattr(found.danger, name)) for name, title in _DANGERS}
    return {
        "sentences": found.sentences,
        **figures,
        "outside_labelled_sentences": found.outside,
        "danger": danger,
        "wrong": [_error_row(error) for error in found.wrong[:errors]],
        "missed": [_error_row(error) for error in found.missed[:errors]],
    }


def _figure_rows(found: Evaluation) -> Iterator[Row]:
    """A row for each group and level, then one for each error that does harm, for spreadsheets."""
    for (group, level), f in found.levels.items():
        figures = {"precision": round(f.precision, 3), "recall": round(f.recall, 3), "f1": round(f.f1, 3)}
        yield {"what": f"{group}, {level}", **figures, "read": f.predicted, "labelled": f.core}
    for title, name in ((title, name) for name, title in _DANGERS):
        rate: Rate = getattr(found.danger, name)
        yield {"what": title, "rate": _rate(rate)["rate"], "of": rate.whole}


def _rate(rate: Rate) -> Row:
    return {"rate": None if rate.value is None else round(rate.value, 3), "of": rate.whole}


def _error_row(error: Error) -> Row:
    claim = error.claim
    return {
        "doc": error.doc,
        "text": error.text,
        "source": claim.source,
        "relation": claim.relation,
        "target": claim.target,
        "polarity": claim.polarity,
        "status": claim.status,
    }
