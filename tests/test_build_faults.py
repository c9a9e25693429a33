"""Runs that are killed, stopped or out of disk: the store is sound after each, and the next run completes it.

The command line runs as a process of its own, with a quick reader in the model's place: see tests/quick_kg.py.
"""

from __future__ import annotations

import json
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg.extract
from cli import main
from kg.build import BATCH
from kg.parallel.manifest import write_manifest
from kg.parallel.shards import ShardWriter
from kg.store import open_store
from tests import quick_kg

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

DOCUMENTS = 2_500


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return quick_kg.write_corpus(tmp_path_factory.mktemp("news") / "news.jsonl", DOCUMENTS)


@pytest.fixture(scope="module")
def undisturbed(corpus: Path) -> list[str]:
    """The sorted dump of the store that a run makes which nobody disturbs."""
    done = quick_kg.run("build", corpus, cwd=corpus.parent)
    assert done.stderr == f"{DOCUMENTS:,} documents read ({DOCUMENTS:,} new); {4 * DOCUMENTS:,} assertions -> kg.db\n"
    return dump(corpus.parent / "kg.db")


def dump(path: Path) -> list[str]:
    with open_store(path) as store:
        return sorted(store.dump())


def held(path: Path) -> int:
    with open_store(path) as store:
        return store.coverage().documents


def accepted(folder: Path) -> None:
    """Doctor finds nothing broken."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kg.extract, "Extractor", quick_kg.Reader)
        done = CliRunner().invoke(main, ["doctor", "--store", str(folder / "kg.db"), "--format", "json"])
    assert done.exit_code == 0, done.output
    assert [row["state"] for row in json.loads(done.output) if row["what"] == "integrity"] == ["ok"]


def completes(folder: Path, undisturbed: list[str], *arguments: object) -> None:
    """A run makes the store what it would have been, and reads nothing that is there already."""
    kept = held(folder / "kg.db")
    done = quick_kg.run("build", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    counts = f"{DOCUMENTS - kept:,} new, {kept:,} there already" if kept else f"{DOCUMENTS:,} new"
    assert done.stderr.startswith(f"{DOCUMENTS:,} documents read ({counts}); ")
    accepted(folder)
    assert dump(folder / "kg.db") == undisturbed


def disturb(folder: Path, chance: random.Random, what: signal.Signals, *arguments: object) -> str:
    """Lets up to two batches pass and sends the signal at any moment of one that comes after; what the process told."""
    when = f"{chance.randint(0, 2)} {chance.uniform(0, 0.03):.4f} {what:d}"
    done = quick_kg.run("build", *arguments, cwd=folder, KG_QUICK_SIGNAL=when)
    assert done.returncode == (-signal.SIGKILL if what == signal.SIGKILL else 130), done.stderr
    return done.stderr


def test_twenty_kills_in_mid_batch(corpus: Path, undisturbed: list[str], tmp_path: Path) -> None:
    chance = random.Random(7)
    kept = []
    for _ in range(20):
        disturb(tmp_path, chance, signal.SIGKILL, corpus)
        accepted(tmp_path)
        kept.append(held(tmp_path / "kg.db"))
    assert kept == sorted(kept)
    assert all(count % BATCH == 0 for count in kept), "a batch is kept whole or not at all"
    assert 5 * BATCH < kept[-1] < DOCUMENTS
    completes(tmp_path, undisturbed, corpus)


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_a_sound_store_and_no_process_behind(
    corpus: Path, undisturbed: list[str], tmp_path: Path, jobs: int
) -> None:
    chance = random.Random(jobs)
    for _ in range(3):
        told = disturb(tmp_path, chance, signal.SIGINT, corpus, "--jobs", jobs)  # which waits for all that it started
        assert told.endswith("Stopped: what has been read is kept, and the same command goes on from there.\n")
        accepted(tmp_path)
    assert held(tmp_path / "kg.db") < DOCUMENTS
    completes(tmp_path, undisturbed, corpus, "--jobs", jobs)


# --- a full disk ------------------------------------------------------------------------------------------------------


def is_full(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "make room on the disk and run again; nothing of this batch was kept" in done.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_may_not_grow(corpus: Path, undisturbed: list[str], tmp_path: Path, jobs: int) -> None:
    size = 1_500_000
    done = subprocess.run(
        quick_kg.command("build", corpus, "--jobs", jobs),
        cwd=tmp_path,
        env=quick_kg.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    is_full(done)
    assert 0 < held(tmp_path / "kg.db") < DOCUMENTS
    accepted(tmp_path)
    completes(tmp_path, undisturbed, corpus, "--jobs", jobs)


@pytest.mark.parametrize("size", ["300k", "2m", "6m"])  # before the first batch, in a log, when a log is written back
def test_a_disk_that_is_full(corpus: Path, undisturbed: list[str], tmp_path: Path, size: str) -> None:
    """In a file system of that size, which only the process and its parent shell see."""
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    copy.mkdir()
    script = (
        f"mount -t tmpfs -o size={size} none {shlex.quote(str(disk))} || exit 99; cd {shlex.quote(str(disk))}; "
        f"{shlex.join(quick_kg.command('build', corpus))}; code=$?; cp -r . {shlex.quote(str(copy))}; exit $code"
    )
    unshare = shutil.which("unshare") or pytest.skip("there is no unshare to mount a file system with")
    done = subprocess.run(
        [unshare, "--user", "--map-root-user", "--mount", "sh", "-c", script],
        env=quick_kg.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode == 99 or done.stderr.startswith("unshare:"):
        pytest.skip(f"this system lets nobody mount a file system: {done.stderr.strip()}")
    is_full(done)
    if size != "300k":
        assert 0 < held(copy / "kg.db") < DOCUMENTS
    accepted(copy)
    completes(copy, undisturbed, corpus)


# --- loading shards ---------------------------------------------------------------------------------------------------


def test_kills_while_shards_are_loaded(undisturbed: list[str], tmp_path: Path) -> None:
    shards = tmp_path / "shards"
    entries = {}
    versions = {name: getattr(quick_kg.Reader().versions, name) for name in ("extractor", "model", "catalogue")}
    for part in range(5):
        writer = ShardWriter(f"{shards}/{part}.parquet")
        for number in range(part * DOCUMENTS // 5, (part + 1) * DOCUMENTS // 5):
            writer.add(quick_kg.made(number))
        writer.close({"versions": versions, "problems": []})
        entries[f"part-{part}"] = {"shard": f"{part}.parquet", "problems": []}
    write_manifest(str(shards), entries)
    chance = random.Random(11)
    for _ in range(3):
        disturb(tmp_path, chance, signal.SIGKILL, "--from-shards", shards)
        accepted(tmp_path)
    completes(tmp_path, undisturbed, "--from-shards", shards)
