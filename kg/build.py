"""Sources -> store: the whole flow on one screen.

    read_sources -> Extractor.read -> Store.write

Documents stream through in batches, each one transaction. Whatever cannot be read is collected and costs nothing of
the rest; a run that is stopped keeps the batches before, and the next run goes on from there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from kg.actors.overlay import Layer, overlaid, read_layer
from kg.documents import read_sources
from kg.errors import Problem
from kg.model import Document, Reading
from kg.store import Store, Versions, open_store
from kg.store.known import catalogue_of, lookup_in

__all__ = ["BATCH", "Report", "build", "read"]

BATCH = 64
"""Documents in one transaction: what a crash can cost."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, in documents; `assertions` counts those newly written."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    assertions: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def documents(self) -> int:
        """The documents that are in the store now because of these sources."""
        return self.added + self.replaced + self.unchanged


def build(
    sources: Iterable[str | Path],
    store: str | Path,
    *,
    date: str | None = None,
    encoding: str = "utf-8",
    model: str | None = None,
    actors: Iterable[str | Path] = (),
    stdin: IO[bytes] | None = None,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Read the sources into the store, made if there is none; a document that is there already is not read again.

    `date` stands in for documents that give none, `model` names another spaCy pipeline, `actors` are TOML files over
    the catalogue; what was added to the store stands over these, and its corrections hold for all that is written.
    `progress` is called after each document and batch with the report so far. No store is made where nothing could be
    read.

    Raises `DocumentError` for a `date` or an `encoding` that is none, `DataError` for a wrong file of actors,
    `StoreError` where the store cannot be used, and `KgError` where the model is not installed; each before any
    document is read.
    """
    problems: list[Problem] = []
    documents = read_sources(sources, problems=problems, stdin=stdin, default_date=date, encoding=encoding)
    first = next(documents, None)
    layers = [read_layer(Path(path)) for path in actors]
    overlaid(layers)  # a wrong reference makes no store
    if first is None:
        return Report(problems=tuple(problems))
    with open_store(store, create=True) as opened:
        return _fill(opened, itertools.chain([first], documents), problems, model, layers, progress)


def _fill(
    store: Store,
    documents: Iterator[Document],
    problems: list[Problem],
    model: str | None,
    layers: list[Layer],
    progress: Callable[[Report], None] | None,
) -> Report:
    from kg.extract import DEFAULT_MODEL, Extractor

    extractor = Extractor(catalogue_of(store, layers), model=model or DEFAULT_MODEL)
    lookup = lookup_in(extractor.catalogue)
    versions = Versions(**asdict(extractor.versions))
    report = Report()

    def told(report: Report) -> None:
        if progress is not None:
            progress(report)

    while batch := list(itertools.islice(documents, BATCH)):
        new = [document for document in batch if not store.is_current(document, versions)]
        report = replace(report, unchanged=report.unchanged + len(batch) - len(new))
        readings: list[Reading] = []
        found = 0
        for reading in extractor.read(new, problems):
            readings.append(reading)
            found += len(reading.assertions)
            told(
                replace(
                    report,
                    added=report.added + len(readings),
                    assertions=report.assertions + found,
                    problems=tuple(problems),
                )
            )
        if readings:
            written = store.write(readings, aliases=extractor.catalogue.aliases, versions=versions, lookup=lookup)
            problems += written.problems
            report = replace(
                report,
                added=report.added + written.added,
                replaced=report.replaced + written.replaced,
                unchanged=report.unchanged + written.unchanged,
                assertions=report.assertions + written.assertions,
            )
        told(replace(report, problems=tuple(problems)))
    return replace(report, problems=tuple(problems))


def read(
    sources: Iterable[str | Path],
    *,
    problems: list[Problem],
    date: str | None = None,
    encoding: str = "utf-8",
    model: str | None = None,
    actors: Iterable[str | Path] = (),
    stdin: IO[bytes] | None = None,
    min_confidence: float | None = None,
) -> Iterator[Reading]:
    """What is read from the sources, document by document, without a store.

    `min_confidence` (0 to 1) leaves out more, or less, than the extractor's own threshold.

    Raises as `build` does, before the first document.
    """
    documents = read_sources(sources, problems=problems, stdin=stdin, default_date=date, encoding=encoding)
    first = next(documents, None)
    known = overlaid([read_layer(Path(path)) for path in actors])
    if first is None:
        return
    from kg.extract import DEFAULT_MODEL, MIN_CONFIDENCE, Extractor

    threshold = MIN_CONFIDENCE if min_confidence is None else min_confidence
    extractor = Extractor(known, model=model or DEFAULT_MODEL, min_confidence=threshold)
    yield from extractor.read(itertools.chain([first], documents), problems)
