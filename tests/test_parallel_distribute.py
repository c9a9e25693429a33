"""Shards over processes and a real local Dask cluster: the store is that of a single process, come what may."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet
import pytest
from golden_cases import load_cases

from kg.actors.overlay import overlaid
from kg.build import Report, build, load
from kg.errors import KgError, Problem
from kg.model import Document
from kg.parallel import distribute as module
from kg.parallel import worker
from kg.parallel.distribute import Job, distribute, process_shard
from kg.parallel.manifest import manifest_of
from kg.parallel.shards import Shard, inputs_in
from kg.store import open_store
from tests.cli_runs import ROOT
from tests.cli_runs import kg as run

DOCUMENTS = [
    dataclasses.replace(case.document, id=f"d{n:03}", based_on=None, kind=None)
    for n, case in enumerate(load_cases()[::9])
]


def line(document: Document) -> str:
    kept = ("id", "text", "title", "publisher", "date", "url")
    return json.dumps({name: value for name in kept if (value := getattr(document, name)) is not None}) + "\n"


def shards(folder: Path, n: int = 4, documents=DOCUMENTS) -> Path:
    """The documents in so many files."""
    folder.mkdir(exist_ok=True)
    for i in range(n):
        (folder / f"part-{i}.jsonl").write_text("".join(map(line, documents[i::n])), encoding="utf-8")
    return folder


def dump(path: Path) -> list[str]:
    with open_store(path) as store:
        assert store.check() == []
        return list(store.dump())


def loaded(folder: Path, store: Path) -> list[str]:
    load(str(folder), store)
    return dump(store)


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> Path:
    return shards(tmp_path_factory.mktemp("news") / "in")


@pytest.fixture(scope="module")
def expected(news: Path) -> list[str]:
    """The dump of the store that one process builds."""
    build([news], news.parent / "kg.db")
    return dump(news.parent / "kg.db")


@pytest.fixture(scope="module")
def job() -> Job:
    return Job(versions=dataclasses.asdict(worker.versions_of(overlaid([]).version)))


@pytest.fixture(scope="module")
def read(news: Path) -> Path:
    """A folder with all shards read, by processes of kg's own."""
    state = distribute([str(news)], str(news.parent / "read"), engine="pool", jobs=2)
    assert (state.shards, state.done, state.failed, state.documents) == (4, 4, 0, len(DOCUMENTS))
    assert state.problems == ()
    return news.parent / "read"


# --- the same store ---------------------------------------------------------------------------------------------------


def test_shards_read_by_a_pool_make_the_store_of_one_process(read: Path, expected: list[str], tmp_path: Path) -> None:
    assert loaded(read, tmp_path / "kg.db") == expected
    assert load(str(read), tmp_path / "kg.db") == Report(unchanged=len(DOCUMENTS))
    assert dump(tmp_path / "kg.db") == expected


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks workers up in /proc")
def test_dask_with_a_worker_killed_on_the_way_makes_the_same_store(
    news: Path, expected: list[str], tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one(_: module.Progress) -> None:
        if not killed:
            victims = [pid for pid, command in _children() if "spawn_main" in command]
            killed.append(victims[0])
            os.kill(victims[0], signal.SIGKILL)

    state = distribute([str(news)], str(tmp_path / "read"), jobs=2, progress=kill_one)
    assert len(killed) == 1
    assert (state.done, state.failed, state.problems) == (4, 0, ())
    assert loaded(tmp_path / "read", tmp_path / "kg.db") == expected
    assert [path.name for path in (tmp_path / "read").iterdir() if path.suffix not in (".parquet", ".json")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
def test_driver_and_scheduler_killed_and_run_again(news: Path, expected: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "distribute", str(news), "--out", str(tmp_path / "read"), "--jobs", "2"]
    driver = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True
    )
    try:
        _until(lambda: list(tmp_path.glob("read/*.parquet")))
    finally:
        driver.kill()  # the scheduler lives in it; its workers are left to see for themselves
        driver.wait()
    assert not (tmp_path / "read" / "manifest.json").exists()
    done = run("distribute", news, "--out", "read", "--jobs", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"4 shards done; {len(DOCUMENTS)} documents, ")
    loaded_by_command = run("build", "--from-shards", "read", "--store", "kg.db", cwd=tmp_path)
    assert loaded_by_command.stderr.startswith(f"{len(DOCUMENTS)} documents read ({len(DOCUMENTS)} new); ")
    assert dump(tmp_path / "kg.db") == expected
    again = run("distribute", news, "--out", "read", "--engine", "pool", cwd=tmp_path)
    assert again.stderr.startswith("4 shards done (4 there already); ")


@pytest.mark.parametrize("engine", ["pool", "dask"])
def test_a_document_that_kills_its_worker_is_told_and_the_rest_is_read(tmp_path: Path, engine: str) -> None:
    poison = Document(id="bad", text="Ghana thanked the poison.")
    shards(tmp_path / "in", 2, [*DOCUMENTS[:5], poison, *DOCUMENTS[5:8]])
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal\n"
        "from kg.parallel import worker\n"
        "kept = worker.read\n"
        "def read(documents):\n"
        "    if any('poison' in document.text for document in documents):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return kept(documents)\n"
        "worker.read = read\n"
    )
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = run("distribute", "in", "--out", "read", "--engine", engine, "--jobs", "2", cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert "problem: bad: kills the process that reads it; left out." in done.stderr
    assert "2 shards done, 1 problem; 8 documents" in done.stderr
    assert {reading.document.id for shard in _all(tmp_path / "read") for reading in shard.readings()} == {
        document.id for document in DOCUMENTS[:8]
    }


# --- one shard --------------------------------------------------------------------------------------------------------


def test_a_shard_that_is_there_is_not_made_again(news: Path, tmp_path: Path, job: Job, monkeypatch) -> None:
    path = process_shard(str(news / "part-0.jsonl"), str(tmp_path / "out"), job)
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == [Path(path).name]
    monkeypatch.setattr(worker, "read", None)
    assert process_shard(str(news / "part-0.jsonl"), str(tmp_path / "out"), job) == path


def test_the_name_tells_input_versions_actors_and_date(news: Path, tmp_path: Path, job: Job) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(line(DOCUMENTS[0]))
    same = tmp_path / "b.jsonl"
    same.write_text(line(DOCUMENTS[0]))
    names = [
        process_shard(str(path), str(tmp_path / "out"), asked)
        for path, asked in [
            (source, job),
            (same, job),
            (source, dataclasses.replace(job, date="2019")),
            (source, dataclasses.replace(job, versions={**job.versions, "catalogue": "other"})),
            (source, dataclasses.replace(job, versions={**job.versions, "extractor": "other"})),
        ]
    ]
    assert names[0] == names[1]
    assert len(set(names)) == 4
    source.write_text(line(DOCUMENTS[1]))
    assert process_shard(str(source), str(tmp_path / "out"), job) not in names


def test_packed_files_parquet_and_memory_are_read_alike(tmp_path: Path, job: Job) -> None:
    documents = DOCUMENTS[:6]
    (tmp_path / "a.jsonl").write_text("".join(map(line, documents)))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress("".join(map(line, documents)).encode()))
    rows = [json.loads(line(document)) for document in documents]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "c.parquet")
    paths = [
        process_shard(str(tmp_path / name), out, job)
        for name, out in [
            ("a.jsonl", str(tmp_path / "out")),
            ("b.jsonl.gz", "memory://shards"),
            ("c.parquet", str(tmp_path / "out")),
        ]
    ]
    first, *others = [list(Shard.at(path).readings()) for path in paths]
    assert [reading.document for reading in first] == documents
    assert others == [first, first]


def test_what_is_no_document_is_told_in_the_shard_and_costs_nothing_of_it(tmp_path: Path, job: Job) -> None:
    good = line(DOCUMENTS[0])
    (tmp_path / "a.jsonl").write_text(
        f'{good}{{"id": "x"}}\nnonsense\n{good}{{"id": "half", "text": "half \\ud800"}}\n'
    )
    about = Shard.at(process_shard(str(tmp_path / "a.jsonl"), str(tmp_path / "out"), job)).about
    problems = [Problem(**problem) for problem in about["problems"]]
    assert (about["documents"], [problem.line for problem in problems]) == (1, [2, 3, 4, 5])
    assert "is taken by an earlier document" in problems[2].message


def test_a_shard_that_fails_leaves_nothing_half_done(news: Path, tmp_path: Path, job: Job, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.ShardWriter, "add", full)
    with pytest.raises(OSError, match="No space left"):
        process_shard(str(news / "part-0.jsonl"), str(tmp_path / "out"), job)
    assert [path.name for path in (tmp_path / "out").iterdir() if not path.name.endswith(".reading")] == []
    monkeypatch.undo()
    shard = Shard.at(process_shard(str(news / "part-0.jsonl"), str(tmp_path / "out"), job))
    assert shard.about["problems"] == []


@pytest.mark.parametrize(
    ("kills", "reading", "alone", "out"),
    [
        ({}, ["d000", "d004"], {"d000", "d004"}, set()),
        ({"d000": 0}, ["d000"], {"d000"}, set()),
        ({"d000": 1}, ["d000"], set(), {"d000"}),
        ({"d000": 2, "d004": 1}, [], {"d004"}, {"d000"}),
    ],
)
def test_what_was_being_read_when_a_process_died_is_read_alone_then_left_out(
    news: Path, tmp_path: Path, job: Job, monkeypatch, kills, reading, alone, out
) -> None:
    def die(task: list[Document]) -> None:
        raise SystemExit

    source = str(news / "part-0.jsonl")
    monkeypatch.setattr(worker, "read", die)
    with pytest.raises(SystemExit):
        process_shard(source, str(tmp_path), job)
    (journal,) = tmp_path.glob("*.reading")
    journal.write_text(json.dumps({"kills": kills, "reading": reading}))
    monkeypatch.undo()
    tasks: list[list[str]] = []
    kept = worker.read
    monkeypatch.setattr(worker, "read", lambda task: (tasks.append([d.id for d in task]), kept(task))[1])
    shard = Shard.at(process_shard(source, str(tmp_path), job))
    assert {task[0] for task in tasks if task[0] in {*alone, *out}} == alone
    assert all(len(task) == 1 or not alone & set(task) for task in tasks)
    assert {problem["where"] for problem in shard.about["problems"]} == out
    assert list(tmp_path.glob("*.reading")) == []


# --- many -------------------------------------------------------------------------------------------------------------


def test_inputs_are_files_folders_and_patterns_each_once(news: Path, tmp_path: Path) -> None:
    whole = [str(news / f"part-{i}.jsonl") for i in range(4)]
    assert inputs_in([str(news)]) == whole
    assert inputs_in([f"{news}/*.jsonl", whole[0]]) == whole
    for wrong in (str(tmp_path / "missing.jsonl"), f"{tmp_path}/*.jsonl", str(tmp_path)):
        with pytest.raises(KgError, match="names no shard"):
            inputs_in([wrong])
    with pytest.raises(KgError, match=r"nowhere://x"):
        inputs_in(["nowhere://x"])


def test_a_shard_that_cannot_be_read_is_told_and_the_others_are_done(news: Path, tmp_path: Path) -> None:
    shards(tmp_path / "in", 2, DOCUMENTS[:4])
    (tmp_path / "in" / "broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    state = distribute([str(tmp_path / "in")], str(tmp_path / "read"), engine="pool")
    assert (state.done, state.failed, state.documents) == (3, 1, 4)
    assert [problem.where for problem in state.problems] == [str(tmp_path / "in" / "broken.parquet")]
    assert len(_all(tmp_path / "read")) == 2


def test_a_run_that_is_stopped_tells_what_was_done(tmp_path: Path) -> None:
    def stop(state: module.Progress) -> None:
        raise KeyboardInterrupt

    shards(tmp_path / "in", 3, DOCUMENTS[:3])
    asked = ([str(tmp_path / "in")], str(tmp_path / "read"))
    with pytest.raises(KeyboardInterrupt):
        distribute(*asked, engine="pool", progress=stop)
    assert [Path(path).name for path in manifest_of(str(tmp_path / "read"))] == ["part-0.jsonl"]
    state = distribute(*asked, engine="pool")
    assert (state.done, state.before, state.documents) == (3, 1, 3)


def test_of_documents_with_one_id_the_first_stands(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text('{"id": "it", "text": "Ghana thanked Togo."}\n')
    (tmp_path / "in" / "b.jsonl").write_text('{"id": "it", "text": "Mali attacked Chad."}\n')
    distribute([str(tmp_path / "in")], str(tmp_path / "read"), engine="pool")
    report = load(str(tmp_path / "read"), tmp_path / "kg.db")
    assert report.added == 1
    assert [problem.where for problem in report.problems] == ["it"]
    with open_store(tmp_path / "kg.db") as store:
        assert [document.text for document in store.documents()] == ["Ghana thanked Togo."]


def test_a_folder_without_a_manifest_or_with_a_shard_lost_is_refused(read: Path, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"has no manifest.json; `kg distribute"):
        load(str(tmp_path), tmp_path / "kg.db")
    (tmp_path / "manifest.json").write_bytes((read / "manifest.json").read_bytes())
    with pytest.raises(KgError, match="could not be read as Parquet"):
        load(str(tmp_path), tmp_path / "kg.db")
    assert not (tmp_path / "kg.db").exists()
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(KgError, match="is no manifest"):
        load(str(tmp_path), tmp_path / "kg.db")


def test_a_scheduler_that_does_not_answer_and_a_missing_model_are_told(news: Path, tmp_path: Path) -> None:
    done = run("distribute", news, "--out", "read", "--scheduler", "nonsense://x", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "no Dask scheduler answers there" in done.stderr
    with pytest.raises(KgError, match="'no_such_model' is not installed"):
        distribute([str(news)], str(tmp_path / "read"), model="no_such_model")


def test_sources_or_shards_not_both_nor_neither(tmp_path: Path) -> None:
    for arguments in (["build"], ["build", "x", "--from-shards", "y"], ["build", "--from-shards", "y", "--jobs", "2"]):
        assert run(*arguments, cwd=tmp_path).returncode == 2
    assert run("build", "--from-shards", "y", cwd=tmp_path).returncode == 3


def test_duckdb_answers_from_the_shards_in_place(read: Path, expected: list[str], tmp_path: Path) -> None:
    (query,) = [
        part.partition("```")[0]
        for part in (ROOT / "docs" / "scale.md").read_text("utf-8").split("```sql\n")[1:]
        if "unnest" in part
    ]
    rows = duckdb.sql(query.replace("read/*.parquet", f"{read}/*.parquet")).fetchall()
    loaded(read, tmp_path / "kg.db")
    with open_store(tmp_path / "kg.db") as store:
        facts = [a for a in store.assertions() if a.is_fact and not a.background and a.relation == "supports"]
    assert sum(row[-1] for row in rows) == len(facts) > 0


def _all(folder: Path) -> list[Shard]:
    return [Shard.at(f"{folder}/{entry['shard']}") for entry in manifest_of(str(folder)).values() if "shard" in entry]


def _until(found):
    deadline = time.monotonic() + 120
    while not (value := found()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return value


def _children() -> list[tuple[int, str]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == os.getpid():
                    found.append((int(entry.name), (entry / "cmdline").read_text().replace("\0", " ")))
    return found
