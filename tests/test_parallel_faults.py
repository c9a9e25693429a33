"""A Dask cluster whose parts are killed: scheduler and workers are processes of their own, as on many machines.

A quick reader stands in the model's place: see tests/quick_kg.py.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.parallel.manifest import manifest_of
from kg.store import open_store
from tests import quick_kg

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes")

SHARDS, EACH = 8, 32
DOCUMENTS = SHARDS * EACH


class Cluster:
    """A scheduler and workers, each killed at the end. The workers read two shards and wait for a gate to open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, workers: int) -> subprocess.Popen[bytes]:
        """A scheduler, at an address of its own, and its workers."""
        file = self._folder / f"scheduler-{len(self.processes)}.json"
        scheduler = self._run("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.address = until(lambda: file.exists() and json.loads(file.read_text() or "{}").get("address"))
        self._workers = [self._worker() for _ in range(workers)]
        return scheduler

    def open_the_gate(self) -> None:
        (self._folder / "gate").touch()

    def kill_a_worker(self) -> None:
        self._workers.pop().kill()

    def _worker(self) -> subprocess.Popen[bytes]:
        one = ("--nthreads", "1", "--no-nanny", "--preload", "tests.quick_kg")
        return self._run("worker", self.address, *one, "--local-directory", str(self._folder))

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"log-{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], "--no-dashboard"],
                cwd=self._folder,
                env=quick_kg.environment(KG_QUICK_GATE=self._folder / "gate"),
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    try:
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    for part in range(SHARDS):
        quick_kg.write_corpus(folder / f"part-{part}.jsonl", EACH, part * EACH)
    return folder


@pytest.fixture(scope="module")
def expected(news: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The dump of the store that one process builds."""
    folder = tmp_path_factory.mktemp("alone")
    assert quick_kg.run("build", news, cwd=folder).returncode == 0
    return dump(folder / "kg.db")


def dump(path: Path) -> list[str]:
    with open_store(path) as store:
        assert store.check() == []
        return sorted(store.dump())


def until(found: Callable[[], object]) -> object:
    deadline = time.monotonic() + 120
    while not (value := found()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return value


@contextlib.contextmanager
def driver(cluster: Cluster, news: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`kg distribute`, under way: two shards are done, of others some documents."""
    process = subprocess.Popen(
        quick_kg.command("distribute", news, "--out", "read", "--scheduler", cluster.address),
        cwd=folder,
        env=quick_kg.environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(lambda: len(done(folder)) == 2)
        yield process
    finally:
        process.kill()
        process.communicate()


def done(folder: Path) -> dict[str, int]:
    """The shards that there are, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "read").glob("*.parquet")}


def loads(folder: Path, expected: list[str]) -> None:
    """What was read makes the store of one process, with nothing lost, doubled or left behind."""
    assert {path.suffix for path in (folder / "read").iterdir()} == {".parquet", ".json"}
    loaded = quick_kg.run("build", "--from-shards", "read", cwd=folder)
    assert loaded.stderr.startswith(f"{DOCUMENTS} documents read ({DOCUMENTS} new); ")
    assert dump(folder / "kg.db") == expected


def test_a_worker_is_killed(cluster: Cluster, news: Path, expected: list[str], tmp_path: Path) -> None:
    cluster.start(workers=2)
    with driver(cluster, news, tmp_path) as process:
        cluster.kill_a_worker()
        cluster.open_the_gate()
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert told.startswith(f"{SHARDS} shards done; {DOCUMENTS} documents, ")
    loads(tmp_path, expected)


def test_the_driver_is_killed_and_run_again(cluster: Cluster, news: Path, expected: list[str], tmp_path: Path) -> None:
    cluster.start(workers=2)
    with driver(cluster, news, tmp_path) as process:
        process.kill()
    cluster.open_the_gate()
    kept = done(tmp_path)
    again = quick_kg.run("distribute", news, "--out", "read", "--scheduler", cluster.address, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert again.stderr.startswith(f"{SHARDS} shards done; {DOCUMENTS} documents, ")
    assert kept.items() <= done(tmp_path).items(), "what was done is not done again"
    loads(tmp_path, expected)


def test_the_scheduler_is_killed_and_all_run_again(
    cluster: Cluster, news: Path, expected: list[str], tmp_path: Path
) -> None:
    scheduler = cluster.start(workers=2)
    lost = cluster.address
    with driver(cluster, news, tmp_path) as process:
        scheduler.kill()
        _, told = process.communicate(timeout=120)
        assert process.returncode == 3
    cluster.open_the_gate()
    assert told == f"Error: The Dask cluster {lost} was lost; run the same command again to go on.\n"
    known = {entry["shard"] for entry in manifest_of(str(tmp_path / "read"), missing={}).values()}
    kept = done(tmp_path)
    assert known <= kept.keys()  # of some the driver had not heard
    assert len(kept) < SHARDS
    cluster.start(workers=1)
    again = quick_kg.run("distribute", news, "--out", "read", "--scheduler", cluster.address, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    before = f" ({len(known)} there already)" if known else ""
    assert again.stderr.startswith(f"{SHARDS} shards done{before}; {DOCUMENTS} documents, ")
    assert kept.items() <= done(tmp_path).items(), "what was done is not done again"
    loads(tmp_path, expected)


def test_urls_of_fsspec_name_inputs_and_output_across_processes(
    news: Path, expected: list[str], tmp_path: Path
) -> None:
    read = f"file://{tmp_path}/read"
    done = quick_kg.run("distribute", f"file://{news}", "--out", read, "--engine", "pool", "--jobs", "2", cwd=tmp_path)
    assert done.stderr.startswith(f"{SHARDS} shards done; {DOCUMENTS} documents, ")
    loaded = quick_kg.run("build", "--from-shards", read, cwd=tmp_path)
    assert loaded.stderr.startswith(f"{DOCUMENTS} documents read ({DOCUMENTS} new); ")
    assert dump(tmp_path / "kg.db") == expected
