"""Sources to store with a reader of our own in the extractor's place: batches, reruns, problems, interruptions."""

import gc
import io
import json
import tracemalloc
from collections import deque
from dataclasses import asdict, dataclass, replace

import pytest

import kg.extract
from kg import build as flow
from kg.actors.catalogue import catalogue
from kg.build import Report, build, load, outdated, read
from kg.documents import read_sources
from kg.errors import DocumentError, Problem, StoreError
from kg.parallel import worker
from kg.parallel.manifest import write_manifest
from kg.parallel.shards import ShardWriter
from kg.store import open_store
from tests.builders import CN, PK, fact, reading


@dataclass
class Versions:
    extractor: str = "1"
    model: str = "none"
    catalogue: str = "none"


class Reader:
    """Reads one triple from every document that says it."""

    versions = Versions()
    seen: list[str]

    def __init__(self, actors=None, *, model="none", min_confidence=0.0, thorough=False):
        self.catalogue = catalogue()

    def read(self, documents, problems):
        for document in documents:
            self.seen.append(document.id)
            if document.text == "stop":
                raise KeyboardInterrupt
            if document.text == "unreadable":
                problems.append(Problem(document.id, "cannot be read."))
                continue
            built = reading(document.id, *([fact(CN, "supports", PK)] if document.text.startswith(SENTENCE) else []))
            yield replace(built, document=document)


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr(Reader, "seen", [], raising=False)
    monkeypatch.setattr(kg.extract, "Extractor", Reader)
    monkeypatch.setattr(worker, "versions_of", lambda catalogue, model=None: Reader.versions)
    monkeypatch.setattr(flow, "BATCH", 2)


SENTENCE = "China supports Pakistan. "


def files(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def ids(path):
    with open_store(path) as store:
        return [document.id for document in store.documents()]


def test_all_documents_are_kept_whatever_the_batch(tmp_path):
    folder = files(tmp_path, a=SENTENCE, b=SENTENCE, c=SENTENCE)
    report = build([folder], tmp_path / ".kg.db")
    assert report == Report(added=3, assertions=3)
    assert report.documents == 3
    assert ids(tmp_path / ".kg.db") == ["a.txt", "b.txt", "c.txt"]


def test_a_document_that_is_there_is_not_read_again_and_a_changed_one_is(tmp_path):
    folder = files(tmp_path, a=SENTENCE, b=SENTENCE)
    build([folder], tmp_path / ".kg.db")
    Reader.seen.clear()
    files(tmp_path, b=SENTENCE + " More.")
    report = build([folder], tmp_path / ".kg.db")
    assert (report.unchanged, report.replaced, report.added) == (1, 1, 0)
    assert Reader.seen == ["b.txt"]


def test_another_version_reads_everything_again(tmp_path, monkeypatch):
    folder = files(tmp_path, a=SENTENCE)
    build([folder], tmp_path / ".kg.db")
    monkeypatch.setattr(Reader, "versions", Versions(model="other"))
    assert build([folder], tmp_path / ".kg.db").replaced == 1


def test_a_refresh_reads_what_is_out_of_date_from_the_text_that_the_store_keeps(tmp_path, monkeypatch):
    folder = files(tmp_path / "news", **{name: SENTENCE + name for name in "abcde"})
    build([folder], tmp_path / ".kg.db")
    (folder / "b.txt").unlink()
    monkeypatch.setattr(Reader, "versions", Versions(extractor="2"))
    build([folder / "a.txt", folder / "c.txt"], tmp_path / ".kg.db")
    assert outdated(tmp_path / ".kg.db") == 3
    Reader.seen.clear()
    told = []
    report = build([], tmp_path / ".kg.db", refresh=True, progress=told.append)
    assert Reader.seen == ["b.txt", "d.txt", "e.txt"]
    assert report == Report(replaced=3, unchanged=2, assertions=3) == told[-1]
    assert outdated(tmp_path / ".kg.db") == 0
    with open_store(tmp_path / ".kg.db") as store:
        assert store.document("b.txt").text == SENTENCE + "b"
        assert store.check() == []
    assert build([], tmp_path / ".kg.db", refresh=True) == Report(unchanged=5)
    assert len(Reader.seen) == 3


def test_a_refresh_after_sources_leaves_what_these_say_as_it_is(tmp_path, monkeypatch):
    folder = files(tmp_path / "news", a=SENTENCE, b=SENTENCE, c=SENTENCE, d=SENTENCE)
    build([folder], tmp_path / ".kg.db")
    monkeypatch.setattr(Reader, "versions", Versions(extractor="2"))
    monkeypatch.setattr(flow, "BATCH", 64)  # nothing is written before all has been drawn
    files(folder, a=SENTENCE + "Changed.", b="unreadable", e=SENTENCE)
    Reader.seen.clear()
    report = build([folder / f"{name}.txt" for name in "abe"], tmp_path / ".kg.db", refresh=True)
    assert Reader.seen == ["a.txt", "b.txt", "e.txt", "c.txt", "d.txt"]
    assert (report.added, report.replaced, report.unchanged, len(report.problems)) == (1, 3, 1, 1)
    with open_store(tmp_path / ".kg.db") as store:
        assert store.document("a.txt").text == SENTENCE + "Changed."
        assert store.document("b.txt").text == SENTENCE  # what could not be read costs nothing
    assert outdated(tmp_path / ".kg.db") == 1


def test_a_refresh_of_nothing_makes_no_store(tmp_path):
    with pytest.raises(StoreError, match="no store"):
        build([], tmp_path / ".kg.db", refresh=True)
    assert not (tmp_path / ".kg.db").exists()


def test_where_all_is_there_already_no_model_is_loaded(tmp_path, monkeypatch):
    folder = files(tmp_path, a=SENTENCE)
    build([folder], tmp_path / ".kg.db")
    monkeypatch.setattr(kg.extract, "Extractor", None)
    assert build([folder], tmp_path / ".kg.db") == Report(unchanged=1)


def test_problems_of_sources_and_of_the_reader_are_collected(tmp_path):
    folder = files(tmp_path, a=SENTENCE, b="unreadable", c="", d=SENTENCE)
    report = build([folder, tmp_path / "missing"], tmp_path / ".kg.db")
    assert report.added == 2
    assert {problem.where.rpartition("/")[2] for problem in report.problems} == {"b.txt", "c.txt", "missing"}


def test_a_document_without_a_triple_is_kept_all_the_same(tmp_path):
    assert build([files(tmp_path, a="Short.")], tmp_path / ".kg.db") == Report(added=1)
    assert ids(tmp_path / ".kg.db") == ["a.txt"]


def test_what_was_read_before_a_stop_is_kept_and_the_next_run_goes_on(tmp_path):
    folder = files(tmp_path, a=SENTENCE, b=SENTENCE, c="stop")
    with pytest.raises(KeyboardInterrupt):
        build([folder], tmp_path / ".kg.db")
    assert ids(tmp_path / ".kg.db") == ["a.txt", "b.txt"]
    files(tmp_path, c=SENTENCE)
    report = build([folder], tmp_path / ".kg.db")
    assert (report.unchanged, report.added) == (2, 1)


def test_progress_only_grows_and_ends_with_the_report(tmp_path):
    folder = files(tmp_path, a=SENTENCE, b=SENTENCE, c=SENTENCE)
    told = []
    report = build([folder], tmp_path / ".kg.db", progress=told.append)
    counts = [each.documents for each in told]
    assert counts == sorted(counts)
    assert told[-1] == report


def test_standard_input_and_a_date_for_the_undated(tmp_path):
    build(["-"], tmp_path / ".kg.db", stdin=io.BytesIO(SENTENCE.encode()), date="2020-02")
    with open_store(tmp_path / ".kg.db") as store:
        assert [document.date for document in store.documents()] == ["2020-02"]


@pytest.mark.parametrize(
    ("options", "error"), [({"date": "9/10/2019"}, DocumentError), ({"encoding": "x"}, DocumentError)]
)
def test_wrong_options_are_told_before_anything_is_read(options, error, tmp_path):
    with pytest.raises(error):
        build([files(tmp_path, a=SENTENCE)], tmp_path / ".kg.db", **options)
    assert Reader.seen == []
    assert not (tmp_path / ".kg.db").exists()


def test_no_store_is_made_of_nothing_and_a_foreign_file_is_left_alone(tmp_path):
    assert build([tmp_path / "missing"], tmp_path / ".kg.db").documents == 0
    assert not (tmp_path / ".kg.db").exists()
    (tmp_path / ".notes").write_text("mine\n" * 200)
    with pytest.raises(StoreError):
        build([files(tmp_path, a=SENTENCE)], tmp_path / ".notes")
    assert (tmp_path / ".notes").read_text() == "mine\n" * 200
    assert Reader.seen == []


def test_reading_without_a_store_gives_the_readings_in_order(tmp_path):
    problems = []
    found = [one.document.id for one in read([files(tmp_path, b=SENTENCE, a=SENTENCE, c="")], problems=problems)]
    assert found == ["a.txt", "b.txt"]
    assert len(problems) == 1


# --- memory -----------------------------------------------------------------------------------------------------------


def peak(work):
    """The most bytes that Python held at once while the work was done."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def corpus(path, n):
    """So many documents with ids of three kilobytes: a thousand more are three megabytes more, if kept."""
    with path.open("w") as file:
        file.writelines(json.dumps({"id": f"{i:03000}", "text": f"{SENTENCE}{i}"}) + "\n" for i in range(n))
    return path


@pytest.mark.parametrize("what", ["build", "read", "load"])
def test_memory_does_not_grow_with_the_corpus(what, tmp_path, monkeypatch):
    monkeypatch.setattr(Reader, "seen", deque(maxlen=1))
    monkeypatch.setattr(flow, "BATCH", 64)
    monkeypatch.setattr(flow, "LOADED", 64)

    def work(n):
        source, store, folder = corpus(tmp_path / f"{n}.jsonl", n), tmp_path / f".{n}.db", tmp_path / str(n)
        if what == "load":
            shards(folder, source)
        return {
            "build": lambda: build([source], store),
            "read": lambda: deque(read([source], problems=[]), maxlen=1),
            "load": lambda: load(str(folder), store),
        }[what]

    peak(work(100))  # with the tables that are made once
    less, more = peak(work(1_000)), peak(work(2_000))  # both with as much garbage as is left lying about
    assert more - less < 1_000_000


def shards(folder, source):
    """What `kg distribute` would leave of a source."""
    writer = ShardWriter(f"{folder}/one.parquet")
    for one in Reader().read(read_sources([source], problems=[]), []):
        writer.add(one)
    writer.close({"versions": asdict(Versions()), "problems": []})
    write_manifest(str(folder), {"one": {"shard": "one.parquet", "problems": []}})
