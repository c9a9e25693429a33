"""Shards of documents -> shards of readings, over many processes or machines: the same work, whoever runs it.

    inputs -> process_shard, in a pool of our own or on Dask -> DIR/NAME.parquet, DIR/manifest.json -> kg build

The unit of work makes the result exact: `process_shard` names its output by the hash of its input and of all that reads
it, writes it under a temporary name, renames it, and does nothing where it exists. So a retry, a killed worker, a rerun
or two runs at once neither lose nor double a document.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from kg.actors.overlay import Layer, overlaid
from kg.errors import KgError, Problem
from kg.model import Document
from kg.parallel.engines import DaskEngine, PoolEngine
from kg.parallel.manifest import clear, manifest_of, write_manifest
from kg.parallel.shards import Shard, ShardWriter, digest_of, documents_in, file_system, inputs_in, whole

__all__ = ["Engine", "Job", "Progress", "distribute", "process_shard"]

Engine = Literal["dask", "pool"]

TASK = 64
"""Documents read at once: what is read again when a worker dies."""
ROUNDS = 20
"""How often a shard whose workers die is begun anew. Each round finds a document that kills them, if one does."""
KILLS = 2
"""How often a document may kill the process that reads it, and it alone."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run are read with: files of actors, model, the date of documents without one, versions."""

    layers: tuple[Layer, ...] = ()
    model: str | None = None
    date: str | None = None
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many shards there are, and how many are done with: there before, failed, and what the others hold."""

    shards: int
    done: int = 0
    before: int = 0
    failed: int = 0
    documents: int = 0
    assertions: int = 0
    problems: tuple[Problem, ...] = ()


def process_shard(path: str, out: str, job: Job) -> str:
    """Reads an input shard into a Parquet shard of readings in the folder `out`, and returns its path.

    Where that exists nothing is done. A document that cannot be read is told in the shard and left out; so is one that
    killed the process that read it alone, twice: the process that comes after finds in a journal what was being read.

    Raises `OSError` where the input cannot be read or the output not be written, and `KgError` where the model is not
    installed.
    """
    read_with = json.dumps([digest_of(path), job.versions, job.date], sort_keys=True)
    target = f"{out.rstrip('/')}/{hashlib.sha256(read_with.encode()).hexdigest()[:32]}.parquet"
    fs, name = file_system(target)
    if fs.exists(name):
        return target
    from kg.parallel import worker

    worker.prepare(job.layers, job.model)
    problems: list[Problem] = []
    journal = _Journal(target)
    writer = ShardWriter(target)
    try:
        for task in _tasks(documents_in(path, problems, date=job.date), journal, problems):
            journal.note([document.id for document in task])
            found, passed = worker.read(task)
            problems += passed
            for reading in found:
                writer.add(reading)
        told = [asdict(problem) for problem in problems]
        writer.close({"input": path, "versions": job.versions, "problems": told})
    except BaseException:  # stopped in order: nobody is to blame
        writer.drop()
        journal.note([])
        raise
    journal.end()
    return target


def _tasks(documents: Iterable[Document], journal: _Journal, problems: list[Problem]) -> Iterator[list[Document]]:
    """Documents to be read together; those under suspicion alone."""
    waiting: list[Document] = []
    for document in documents:
        kills = journal.kills.get(document.id)
        if kills is None:
            waiting.append(document)
        elif kills >= KILLS:
            problems.append(Problem(document.id, "kills the process that reads it; left out. Please report it."))
        else:
            yield [document]
        if len(waiting) == TASK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


class _Journal:
    """What is being read, beside the shard to be: a process that dies leaves it there for the next."""

    def __init__(self, target: str) -> None:
        self._fs, path = file_system(target)
        self._path = f"{path}.reading"
        self.kills: dict[str, int] = {}
        """The documents that were being read when a process died, each with how often alone."""
        if self._fs.exists(self._path):
            left = json.loads(self._fs.cat_file(self._path))
            self.kills = left["kills"]
            for identity in left["reading"]:
                self.kills[identity] = self.kills.get(identity, 0) + (len(left["reading"]) == 1)

    def note(self, reading: list[str]) -> None:
        """Says which documents are being read from now on."""
        self._fs.makedirs(self._path.rpartition("/")[0], exist_ok=True)
        self._fs.pipe_file(self._path, json.dumps({"kills": self.kills, "reading": reading}).encode())

    def end(self) -> None:
        """The shard is done."""
        if self._fs.exists(self._path):
            self._fs.rm(self._path)


# --- many of them -----------------------------------------------------------------------------------------------------


def distribute(
    inputs: Sequence[str],
    out: str,
    *,
    jobs: int = 1,
    engine: Engine = "dask",
    scheduler: str | None = None,
    layers: Sequence[Layer] = (),
    model: str | None = None,
    date: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Reads all input shards into `out`, which then holds a manifest of them for `kg build --from-shards`.

    `inputs` are files, folders and patterns; so is `out` a folder on any file system that fsspec knows and all workers
    see. `scheduler` is the address of a Dask cluster whose workers have kg installed; without one, `jobs` processes of
    this machine work, under Dask or in a pool of our own. A run that was stopped goes on where it was.

    Raises `KgError` where an input names nothing, a package or the model is missing, or the cluster cannot be reached
    or is lost.
    """
    from kg.parallel import worker

    paths, out = inputs_in(inputs), whole(out)
    versions = asdict(worker.versions_of(overlaid(layers).version, model))
    job = Job(tuple(layers), model, date, versions)
    manifest = manifest_of(out, missing={})
    before = {path: entry.get("shard") for path, entry in manifest.items()}
    state = Progress(len(paths))
    left = paths
    work = functools.partial(process_shard, out=out, job=job)
    pooled = engine == "pool" and scheduler is None
    chosen = PoolEngine(jobs, worker.prepare, (job.layers, model)) if pooled else DaskEngine(scheduler, jobs)
    try:
        with chosen as run:
            for _ in range(ROUNDS):
                died: list[str] = []
                for path, outcome in run(work, left):
                    if outcome is None:
                        died.append(path)
                        continue
                    manifest[path] = _entry(path, outcome)
                    state = _counted(state, manifest[path], before.get(path) == manifest[path].get("shard", ""))
                    if progress is not None:
                        progress(state)
                    if state.done % 100 == 0:
                        write_manifest(out, manifest)
                if not (left := died):
                    break
            for path in left:
                manifest[path] = _entry(path, KgError("its workers died again and again; left out."))
                state = _counted(state, manifest[path], False)
    finally:  # so that what was done before a cluster was lost, or Ctrl-C, is known
        if state.done:
            write_manifest(out, manifest)
    clear(out)
    if progress is not None:
        progress(state)
    return state


def _entry(path: str, outcome: str | Exception) -> dict[str, Any]:
    if isinstance(outcome, Exception):
        return {"problems": [asdict(Problem(path, f"could not be read: {outcome}"))]}
    about = Shard.at(outcome).about
    told = {name: about[name] for name in ("documents", "assertions", "problems", "versions")}
    return {"shard": outcome.rpartition("/")[2], **told}


def _counted(state: Progress, entry: dict[str, Any], before: bool) -> Progress:
    return replace(
        state,
        done=state.done + 1,
        before=state.before + before,
        failed=state.failed + ("shard" not in entry),
        documents=state.documents + entry.get("documents", 0),
        assertions=state.assertions + entry.get("assertions", 0),
        problems=(*state.problems, *(Problem(**problem) for problem in entry["problems"])),
    )
