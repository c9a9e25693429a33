"""Stores of older versions: brought up to this one whole or not at all, and then equal to one that is written today."""

import re
import sqlite3

import old_stores
import pytest
from builders import CN, PK, fact, reading
from old_stores import FOLDER, fill, restore

from kg.errors import StoreError
from kg.store import migrations, open_store
from kg.store.tables import INDEXES, SCHEMA_VERSION, TABLES

OLD = sorted(FOLDER.glob("v*.sql"))


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old(request, tmp_path):
    restore(request.param, tmp_path / "old.db")
    return tmp_path / "old.db"


def version_of(path):
    with sqlite3.connect(path) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return version


def shape(path):
    """Tables with their columns, and indexes, whatever the order in which they were made."""
    with sqlite3.connect(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = {
            t: sorted(connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (t,)))
            for t in tables
        }
        indexes = sorted(
            (name, re.sub(r"\s+", " ", sql))
            for name, sql in connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql <> ''"
            )
        )
    connection.close()
    return columns, indexes


def test_there_is_a_store_of_every_older_version_and_a_step_from_each():
    older = [f"v{version}" for version in range(migrations.OLDEST, SCHEMA_VERSION)]
    assert sorted(path.stem for path in OLD) == sorted(older)
    assert sorted(migrations.STEPS) == list(range(migrations.OLDEST, SCHEMA_VERSION))


def test_an_older_store_becomes_what_is_written_today(old, tmp_path):
    assert version_of(old) < SCHEMA_VERSION
    with open_store(tmp_path / "new.db", create=True) as new, open_store(old) as migrated:
        fill(new)
        assert list(migrated.dump()) == list(new.dump())
        assert migrated.check() == []
        assert migrated.corrections(undone=True) == new.corrections(undone=True)
        assert [migrated.reading(d.id, corrected=False) for d in migrated.documents()] == [
            new.reading(d.id, corrected=False) for d in new.documents()
        ]
    assert version_of(old) == SCHEMA_VERSION
    assert shape(old) == shape(tmp_path / "new.db")
    with open_store(old) as again:
        assert again.write([reading("new", fact(CN, "supports", PK))]).added == 1
        assert again.undo(1).documents == 1
        assert again.check() == []


def test_a_step_that_fails_leaves_the_store_as_it_was(old, monkeypatch):
    before = old.read_bytes()
    last = SCHEMA_VERSION - 1
    monkeypatch.setitem(migrations.STEPS, last, (*migrations.STEPS[last], "INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(StoreError, match=r"could not be brought up to date: .*nowhere"):
        open_store(old)
    monkeypatch.undo()
    assert version_of(old) < SCHEMA_VERSION
    assert old.read_bytes() == before
    with open_store(old) as store:
        assert store.check() == []


def test_a_step_that_is_killed_leaves_the_store_as_it_was(old, monkeypatch):
    class Killed(BaseException):
        pass

    def kill(connection):
        raise Killed

    last = SCHEMA_VERSION - 1
    monkeypatch.setitem(migrations.STEPS, last, (*migrations.STEPS[last], kill))
    with pytest.raises(Killed):
        open_store(old)
    assert version_of(old) < SCHEMA_VERSION


def test_a_damaged_older_store_is_refused(old):
    with sqlite3.connect(old) as connection:
        connection.execute("DELETE FROM documents WHERE id = 'a'")  # with no regard to what points at it
    connection.close()
    with pytest.raises(StoreError, match=r"damaged.*build it again"):
        open_store(old)
    assert version_of(old) < SCHEMA_VERSION


def test_the_stores_are_still_filled_as_they_were(tmp_path):
    """What `fill` writes is compared with what older versions wrote, so it may not change."""
    with open_store(tmp_path / "kg.db", create=True) as store:
        old_stores.fill(store)
        stats = store.stats()
    assert (stats.documents, stats.assertions, stats.facts) == (7, 10, 7)


def test_every_index_is_of_a_table_and_named_after_it():
    tables = [re.search(r"CREATE TABLE (\w+)", statement)[1] for statement in TABLES]
    for key, statement in INDEXES.items():
        name, table = re.match(r"CREATE (?:UNIQUE )?INDEX (\w+) ON (\w+) \(", statement).groups()
        assert table in tables
        assert name == key
        assert name.startswith(f"{table}_by_")
