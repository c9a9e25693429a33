"""Several jobs with the real model: the store is the same for any number of them, whatever becomes of the workers."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from golden_cases import load_cases

from kg import build as flow
from kg.build import Report, build
from kg.errors import KgError, Problem
from kg.extract import Extractor
from kg.parallel import worker
from kg.parallel.worker import versions_of
from kg.store import open_store
from tests.cli_runs import kg as run

DOCUMENTS = [
    dataclasses.replace(case.document, id=f"d{n:03}", based_on=None) for n, case in enumerate(load_cases()[::4])
]


def sources(folder: Path, documents=DOCUMENTS) -> Path:
    folder.mkdir(exist_ok=True)
    for document in documents:
        (folder / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
    return folder


def dump(path: Path) -> list[str]:
    with open_store(path) as store:
        assert store.check() == []
        return list(store.dump())


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> tuple[Path, list[str]]:
    """Sources, and the dump of the store that one process makes of them."""
    folder = tmp_path_factory.mktemp("alone")
    news = sources(folder / "news")
    build([news], folder / "kg.db", date="2015-06-01")
    return news, dump(folder / "kg.db")


def test_two_jobs_and_another_order_give_the_same_store(alone, tmp_path: Path) -> None:
    news, expected = alone
    files = sorted(news.iterdir(), reverse=True)
    report = build(files, tmp_path / "kg.db", date="2015-06-01", jobs=2)
    assert report.added == len(DOCUMENTS)
    assert report.problems == ()
    assert dump(tmp_path / "kg.db") == expected


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks workers up in /proc")
def test_a_worker_that_is_killed_loses_nothing(alone, tmp_path: Path) -> None:
    news, expected = alone
    killed = []

    def kill_one(report: Report) -> None:
        if report.added and not killed:
            victims = [p for p in _children() if "spawn_main" in p[1]]
            killed.append(victims[0][0])
            os.kill(victims[0][0], signal.SIGKILL)

    report = build([news], tmp_path / "kg.db", date="2015-06-01", jobs=2, progress=kill_one)
    assert len(killed) == 1
    assert report.problems == ()
    assert dump(tmp_path / "kg.db") == expected


def test_a_document_that_kills_its_worker_is_told_and_left_out(tmp_path: Path, monkeypatch) -> None:
    poison = dataclasses.replace(DOCUMENTS[3], text="Ghana thanked the poison.")
    news = sources(tmp_path / "news", [*DOCUMENTS[:3], poison, *DOCUMENTS[4:20]])
    monkeypatch.setenv("KG_TEST_POISON", poison.text)
    monkeypatch.setattr(worker, "read", deadly_read)
    report = build([news], tmp_path / "kg.db", jobs=2)
    assert report.added == 19
    assert [problem.where for problem in report.problems] == ["d003.txt"]
    assert "kills the process that reads it" in report.problems[0].message


def deadly_read(documents):
    """What a worker does with documents, one of which no process survives."""
    if any(document.text == os.environ["KG_TEST_POISON"] for document in documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return worker.read(documents)


def test_corrections_and_actors_of_ones_own_reach_the_workers(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        '[[actor]]\nid = "org.qzorvia"\nname = "Qzorvia"\nkind = "organisation"\n', encoding="utf-8"
    )
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Ghana thanked Qzorvia on Monday.\n")
    for name, jobs in (("one.db", 1), ("two.db", 2)):
        build([news], tmp_path / name, actors=[tmp_path / "own.toml"], jobs=jobs)
    assert dump(tmp_path / "two.db") == dump(tmp_path / "one.db")
    assert any("org.qzorvia" in line for line in dump(tmp_path / "two.db"))


def test_a_model_that_is_missing_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="'no_such_model' is not installed"):
        build([sources(tmp_path / "news", DOCUMENTS[:1])], tmp_path / "kg.db", model="no_such_model", jobs=2)


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_leaves_a_sound_store_and_the_next_run_goes_on(alone, tmp_path: Path, monkeypatch) -> None:
    news, expected = alone
    monkeypatch.setattr(flow, "BATCH", 16)
    reports = []

    def stop(report: Report) -> None:
        reports.append(report)
        if report.added:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([news], tmp_path / "kg.db", date="2015-06-01", jobs=2, progress=stop)
    kept = reports[-1].added
    assert 0 < kept < len(DOCUMENTS)
    dump(tmp_path / "kg.db")
    report = build([news], tmp_path / "kg.db", date="2015-06-01", jobs=2)
    assert report.unchanged == kept
    assert report.added == len(DOCUMENTS) - kept
    assert dump(tmp_path / "kg.db") == expected


def test_the_command_takes_jobs(tmp_path: Path) -> None:
    sources(tmp_path / "news", DOCUMENTS[:2])
    done = run("build", "news", "--jobs", "2", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("2 documents read (2 new); ")
    assert run("build", "news", "--jobs", "-1", cwd=tmp_path).returncode == 2


# --- in the worker ----------------------------------------------------------------------------------------------------


def test_a_worker_reads_what_the_extractor_reads_and_tells_what_it_cannot(extractor: Extractor) -> None:
    broken = dataclasses.replace(DOCUMENTS[0], id="broken", text="half \ud800")
    documents = [DOCUMENTS[0], broken, *DOCUMENTS[1:6]]
    worker.prepare([], None)
    found, problems = worker.read(documents)
    expected = list(extractor.read([d for d in documents if d is not broken], []))
    assert found == expected
    assert [reading.document.id for reading in found] == [d.id for d in documents if d is not broken]
    assert [type(problem) for problem in problems] == [Problem]


def test_versions_are_known_without_the_model(extractor: Extractor) -> None:
    assert versions_of(extractor.catalogue.version) == extractor.versions


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path, monkeypatch) -> None:
    """However many documents there are, only so many have been drawn from the sources and are not yet written."""
    drawn = written = ahead = 0
    lock = threading.Lock()

    def endless(*_, **__):
        nonlocal drawn, ahead
        for n in range(2_000):
            with lock:
                drawn += 1
                ahead = max(ahead, drawn - written)
            yield dataclasses.replace(DOCUMENTS[0], id=f"n{n}", text=f"Rain fell {n} times.")

    def seen(report: Report) -> None:
        nonlocal written
        written = report.added

    monkeypatch.setattr(flow, "read_sources", endless)
    report = build(["-"], tmp_path / "kg.db", jobs=2, progress=seen)
    assert report.added == 2_000
    assert ahead <= flow.BATCH + flow.TASK * (2 * 4 + 2)


def _children() -> list[tuple[int, str]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == os.getpid():
                    found.append((int(entry.name), (entry / "cmdline").read_text().replace("\0", " ")))
            except OSError:
                time.sleep(0)
    return found
