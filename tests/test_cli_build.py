"""kg build as a process: reading again what is out of date."""

import json
import sqlite3

import pytest

from kg.store import open_store
from tests.cli_runs import kg


def dump(path):
    with open_store(path) as store:
        assert store.check() == []
        return list(store.dump())


def about_reading(folder):
    shown = kg("doctor", "--format", "json", cwd=folder)
    return next(row for row in json.loads(shown.stdout) if (row["part"], row["what"]) == ("store", "reading"))


@pytest.fixture
def store(tmp_path):
    (tmp_path / "news").mkdir()
    for name, text in (
        ("a", "China supports Pakistan."),
        ("b", "Ghana thanked Togo."),
        ("c", "Mali attacked Chad."),
    ):
        (tmp_path / "news" / f"{name}.txt").write_text(text)
    assert kg("build", "news", "--date", "2020", cwd=tmp_path).returncode == 0
    return tmp_path / "kg.db"


def make_old(path, *ids):
    with sqlite3.connect(path) as connection:
        connection.executemany("UPDATE documents SET extractor = '0' WHERE id = ?", [(id,) for id in ids])
    connection.close()


def test_refresh_needs_no_sources_and_reads_only_what_is_out_of_date(store, tmp_path):
    before = dump(store)
    make_old(store, "a.txt", "c.txt")
    for path in (tmp_path / "news").iterdir():
        path.unlink()
    looked = about_reading(tmp_path)
    assert (looked["state"], looked["fix"]) == ("note", "`kg build --refresh` reads them again.")
    assert looked["found"].startswith("2 of 3 documents ")
    done = kg("build", "--refresh", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "3 documents read (2 read again, 1 there already); 2 assertions -> kg.db\n"
    assert dump(store) == before
    assert about_reading(tmp_path)["state"] == "ok"
    again = kg("build", "--refresh", "--jobs", "2", cwd=tmp_path)
    assert again.stderr == "3 documents read (3 there already); 0 assertions -> kg.db\n"


def test_refresh_after_sources_reads_both(store, tmp_path):
    make_old(store, "a.txt", "b.txt", "c.txt")
    (tmp_path / "news" / "b.txt").write_text("Ghana did not thank Togo.")
    (tmp_path / "d.txt").write_text("Peru armed Chile.")
    done = kg("build", "--refresh", "news/b.txt", "d.txt", "--date", "2020", "--jobs", "2", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("4 documents read (1 new, 3 read again); ")
    with open_store(store) as opened:
        assert opened.document("b.txt").text == "Ghana did not thank Togo."
        assert opened.check() == []
    assert about_reading(tmp_path)["state"] == "ok"


def test_refresh_without_a_store_and_with_shards_says_what_to_do(tmp_path):
    done = kg("build", "--refresh", cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (3, [])
    assert "There is no store at kg.db. `kg build SOURCES --store kg.db` makes one." in done.stderr
    for arguments in (["--from-shards", "out"], ["--from-shards", "out", "news"]):
        done = kg("build", "--refresh", *arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert "--from-shards reads nothing anew" in done.stderr
    assert "or --refresh" in kg("build", cwd=tmp_path).stderr
