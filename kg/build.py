"""Sources -> store: the whole flow on one screen.

    read_sources -> Extractor.read -> Store.write
    kg distribute -> shards -> Store.write

Documents stream through in batches, each one transaction. Whatever cannot be read is collected and costs nothing of
the rest; a run that is stopped keeps the batches before, and the next run goes on from there. With several jobs worker
processes read and this one writes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from kg.actors.catalogue import Catalogue
from kg.actors.overlay import Layer, overlaid, read_layer
from kg.documents import read_sources
from kg.errors import Problem
from kg.model import Document, Reading
from kg.parallel.manifest import manifest_of, shards_of
from kg.parallel.pool import Pool
from kg.store import Store, Versions, open_store
from kg.store.ids import Ids
from kg.store.known import added_layers, catalogue_of, lookup_in

__all__ = ["BATCH", "TASK", "Report", "build", "load", "outdated", "read"]

BATCH = 64
"""Documents in one transaction: what a crash can cost."""

LOADED = 512
"""Documents of shards in one transaction: they are read again in no time."""

TASK = 16
"""Documents that a worker reads at once."""


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
    jobs: int = 1,
    refresh: bool = False,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Read the sources into the store, made if there is none; a document that is there already is not read again.

    `date` stands in for documents that give none, `model` names another spaCy pipeline, `actors` are TOML files over
    the catalogue; what was added to the store stands over these, and its corrections hold for all that is written.
    `progress` is called with the report so far, which counts what has been written. No store is made where nothing
    could be read.

    With `refresh` the documents of the store that are not among the sources and were read by other rules, another model
    or catalogue are read again after them, from the text that the store keeps; all others are `unchanged`.

    With `jobs` more than one, so many processes read; the store is the same for any number. A worker that is killed is
    replaced and its documents are read again; one that kills its worker whenever it is read alone is passed over. The
    workers begin by importing the main module anew: a program that calls this keeps ``if __name__ == "__main__"``.

    Raises `DocumentError` for a `date` or an `encoding` that is none, `DataError` for a wrong file of actors,
    `StoreError` where the store cannot be used, and `KgError` where the model is not installed; each before any
    document is read.
    """
    problems: list[Problem] = []
    with Ids() as met:
        documents = read_sources(
            sources, problems=problems, stdin=stdin, default_date=date, encoding=encoding, is_new=met.add
        )
        first = next(documents, None)
        layers = [read_layer(Path(path)) for path in actors]
        overlaid(layers)  # a wrong reference makes no store
        if first is None and not refresh:
            return Report(problems=tuple(problems))
        with open_store(store, create=first is not None) as opened:
            given = itertools.chain(() if first is None else (first,), documents)
            return _fill(opened, given, met if refresh else None, problems, model, layers, jobs, progress)


def outdated(store: str | Path, *, model: str | None = None, actors: Iterable[str | Path] = ()) -> int:
    """How many documents of a store `build` would read again to refresh it, with this model and these actors.

    Raises as `build` does; `StoreError` where there is no store.
    """
    layers = [read_layer(Path(path)) for path in actors]
    with open_store(store) as opened:
        versions = _versions(catalogue_of(opened, layers), model)
        return sum(1 for _ in opened.outdated(versions))


def _versions(known: Catalogue, model: str | None) -> Versions:
    from kg.parallel.worker import versions_of

    return Versions(**asdict(versions_of(known.version, model)))


def _fill(
    store: Store,
    documents: Iterator[Document],
    refreshed: Ids | None,
    problems: list[Problem],
    model: str | None,
    layers: list[Layer],
    jobs: int,
    progress: Callable[[Report], None] | None,
) -> Report:
    known = catalogue_of(store, layers)
    versions = _versions(known, model)
    reading = _in_processes([*layers, *added_layers(store)], model, jobs) if jobs > 1 else _here(known, model)
    if refreshed is not None:
        documents = itertools.chain(documents, _outdated(store, versions, refreshed))
    report = Report()

    def told() -> None:
        if progress is not None:
            progress(replace(report, problems=(*problems, *report.problems)))

    def unread() -> Iterator[list[Document]]:
        nonlocal report
        while batch := list(itertools.islice(documents, min(TASK, BATCH))):
            new = [document for document in batch if not store.is_current(document, versions)]
            report = replace(report, unchanged=report.unchanged + len(batch) - len(new))
            if new:
                yield new
            else:
                told()

    waiting: list[Reading] = []
    for readings, found in reading(unread()):
        problems += found
        waiting += readings
        if len(waiting) >= BATCH:
            report = _written(report, store, waiting, known, versions)
            waiting = []
        told()
    if waiting:
        report = _written(report, store, waiting, known, versions)
    if refreshed is not None:
        report = replace(report, unchanged=store.coverage().documents - report.added - report.replaced)
    told()
    return replace(report, problems=(*problems, *report.problems))


def _outdated(store: Store, versions: Versions, met: Ids) -> Iterator[Document]:
    """The documents of the store that others than these have read, but for those met among the sources."""
    for id in store.outdated(versions):
        if met.add(id) and (document := store.document(id)) is not None:
            yield document


_Read = Callable[[Iterator[list[Document]]], Iterator[tuple[list[Reading], list[Problem]]]]


def _here(known: Catalogue, model: str | None) -> _Read:
    def reading(tasks: Iterator[list[Document]]) -> Iterator[tuple[list[Reading], list[Problem]]]:
        first = next(tasks, None)
        if first is None:
            return  # and the model need not be loaded
        from kg.extract import DEFAULT_MODEL, Extractor

        extractor = Extractor(known, model=model or DEFAULT_MODEL)
        for task in itertools.chain([first], tasks):
            problems: list[Problem] = []
            yield list(extractor.read(task, problems)), problems

    return reading


def _in_processes(layers: list[Layer], model: str | None, jobs: int) -> _Read:
    from kg.parallel import worker

    def reading(tasks: Iterator[list[Document]]) -> Iterator[tuple[list[Reading], list[Problem]]]:
        pool: Pool[Document, worker.Outcome] = Pool(jobs, worker.read, worker.prepare, (layers, model))
        with pool:
            for _, outcome in pool.map(tasks, _lost):
                yield outcome

    return reading


def _lost(document: Document) -> tuple[list[Reading], list[Problem]]:
    why = "kills the process that reads it; left out. Please report it with its text."
    return [], [Problem(document.id, why)]


def load(
    folder: str,
    store: str | Path,
    *,
    actors: Iterable[str | Path] = (),
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Writes what `kg distribute` left in a folder into the store, made if there is none, as `build` would have.

    The shards that the manifest names are read in the order of their inputs; of documents that share an id the first
    stands. `actors` are the files that they were read with. Raises `KgError` where the folder holds no manifest or a
    shard is missing, and as `build` does.
    """
    layers = [read_layer(Path(path)) for path in actors]
    found = shards_of(folder)
    problems = [problem for entry in manifest_of(folder).values() for problem in entry["problems"]]
    report = Report(problems=tuple(Problem(**problem) for problem in problems))

    def wanted(document: Document) -> bool:
        nonlocal report
        if not met.add(document.id):
            message = "stands in an earlier shard too; give each document an id of its own."
            report = replace(report, problems=(*report.problems, Problem(document.id, message)))
            return False
        if opened.is_current(document, versions):
            report = replace(report, unchanged=report.unchanged + 1)
            return False
        return True

    with Ids() as met, open_store(store, create=True) as opened:
        known = catalogue_of(opened, layers)
        for shard in found:
            versions = Versions(**shard.about["versions"])
            readings = shard.readings(wanted)
            while batch := list(itertools.islice(readings, LOADED)):
                report = _written(report, opened, batch, known, versions)
                if progress is not None:
                    progress(report)
    if progress is not None:
        progress(report)
    return report


def _written(report: Report, store: Store, batch: list[Reading], known: Catalogue, versions: Versions) -> Report:
    written = store.write(batch, aliases=known.aliases, versions=versions, lookup=lookup_in(known))
    return replace(
        report,
        added=report.added + written.added,
        replaced=report.replaced + written.replaced,
        unchanged=report.unchanged + written.unchanged,
        assertions=report.assertions + written.assertions,
        problems=(*report.problems, *written.problems),
    )


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
    thorough: bool = False,
) -> Iterator[Reading]:
    """What is read from the sources, document by document, without a store.

    `min_confidence` (0 to 1) leaves out more, or less, than the extractor's own threshold. `thorough` resolves all
    mentions in paragraphs that can hold no triple, too.

    Raises as `build` does, before the first document.
    """
    with Ids() as met:
        documents = read_sources(
            sources, problems=problems, stdin=stdin, default_date=date, encoding=encoding, is_new=met.add
        )
        first = next(documents, None)
        known = overlaid([read_layer(Path(path)) for path in actors])
        if first is None:
            return
        from kg.extract import DEFAULT_MODEL, MIN_CONFIDENCE, Extractor

        threshold = MIN_CONFIDENCE if min_confidence is None else min_confidence
        extractor = Extractor(known, model=model or DEFAULT_MODEL, min_confidence=threshold, thorough=thorough)
        yield from extractor.read(itertools.chain([first], documents), problems)
