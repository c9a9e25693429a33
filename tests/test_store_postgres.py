"""A store in PostgreSQL: what is its own. What every store promises is tested in test_store.py, there and in a file."""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from builders import CN, PK, US, fact, reading, readings
from cli_runs import kg
from hypothesis import HealthCheck, given, settings
from old_stores import fill

from kg.errors import StoreError
from kg.store import Filter, open_store, postgres
from kg.store.tables import SCHEMA_VERSION

psycopg = pytest.importorskip("psycopg")
few = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def url(postgresql, request):
    """A schema that nothing is in."""
    name = request.node.name.split("[")[0][:50].lower()
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
    return f"{postgresql}#{name}"


def sql(url, statement):
    address, _, schema = url.partition("#")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {schema}")
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_there_is_no_store_until_it_is_asked_for(url):
    with pytest.raises(StoreError, match=r"There is no store in schema.*kg build"):
        open_store(url)
    open_store(url, create=True).close()
    with open_store(url) as store:
        assert store.stats().documents == 0
        assert store.check() == []


def test_both_stores_hold_the_same(url, tmp_path):
    with open_store(url, create=True) as server, open_store(tmp_path / "kg.db", create=True) as file:
        fill(server)
        fill(file)
        assert list(server.dump()) == list(file.dump())
        assert server.check() == file.check() == []
        for where in (
            Filter(),
            Filter(level="actor"),
            Filter(since="2020"),
            Filter(about=("Gaza",)),
            Filter(official=True),
        ):
            assert list(server.edges(where)) == list(file.edges(where))
            assert list(server.assertions(where)) == list(file.assertions(where))


@few
@given(readings(), readings(url="second edition"))
def test_any_readings_make_the_same_store(postgresql, first, second):
    with (
        open_store(f"{postgresql}#any", create=True) as server,
        open_store(Path(tempfile.mkdtemp()) / "kg.db", create=True) as file,
    ):
        for document in list(server.documents()):
            server.remove(document.id)
        for store in (server, file):
            store.write(first)
            store.write(second)
        assert list(server.dump()) == list(file.dump())
        assert server.check() == []


def test_somebody_elses_schema_is_refused_and_left_alone(url):
    address, _, schema = url.partition("#")
    sql(address + "#public", f"CREATE SCHEMA {schema}")
    sql(url, "CREATE TABLE edges (a INTEGER)")
    for create in (True, False):
        with pytest.raises(StoreError, match="no store of kg"):
            open_store(url, create=create)
    assert sql(url, "SELECT count(*) FROM edges") == [(0,)]


def test_a_newer_store_says_what_to_do(url):
    open_store(url, create=True).close()
    sql(url, "UPDATE kg_store SET version = 99")
    with pytest.raises(StoreError, match=r"newer kg.*install that kg"):
        open_store(url)


def test_a_schema_is_named_by_plain_letters(postgresql):
    for schema in ("x; DROP SCHEMA kg", "Big", "pg_mine", "a-b", '"'):
        with pytest.raises(StoreError, match="what follows the #"):
            open_store(f"{postgresql}#{schema}", create=True)


def test_no_server_is_told_without_the_password():
    with pytest.raises(StoreError, match="see that the server runs") as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/news")
    assert "secret" not in str(caught.value)


def test_without_psycopg_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "kg.store.postgres", None)
    with pytest.raises(StoreError, match=r"pip install 'who-backs-whom\[postgres\]'"):
        open_store("postgresql:///kg")


def test_a_second_writer_waits_for_the_first(url, monkeypatch):
    monkeypatch.setattr(postgres, "_WAIT", "200ms")
    with open_store(url, create=True) as first, open_store(url) as second:
        first.write([reading("a", fact(CN, "supports", PK))])

        def batch():
            yield reading("b", fact(US, "supports", PK))
            with pytest.raises(StoreError, match="another process is writing"):
                second.write([reading("c", fact(US, "supports", PK))])
            assert [d.id for d in second.documents()] == ["a"]

        first.write(batch())
        monkeypatch.setattr(postgres, "_WAIT", "30s")
        started = threading.Event()
        told = []

        def slow():
            yield reading("d", fact(US, "supports", PK))
            started.set()
            yield reading("e", fact(US, "supports", PK))

        writer = threading.Thread(target=lambda: told.append(first.write(slow()).added))
        writer.start()
        assert started.wait(30)
        assert second.write([reading("c", fact(US, "supports", PK))]).added == 1
        writer.join(30)
        assert told == [2]
        assert second.check() == []


def test_a_killed_writer_leaves_whole_batches(url):
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[2])\n"
        "from builders import *; from kg.store import open_store\n"
        "store = open_store(sys.argv[1], create=True)\n"
        "store.write([reading('a', fact(CN, 'supports', PK))])\n"
        "def half():\n"
        "    for n in range(600): yield reading(f'b{n}', fact(US, 'supports', PK))\n"
        "    os.kill(os.getpid(), 9)\n"
        "store.write(half())\n"
    )
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", script, url, str(tests)], cwd=tests.parent, capture_output=True, timeout=120
    )
    assert done.returncode == -9, done.stderr
    with open_store(url) as store:
        assert [d.id for d in store.documents()] == ["a"]
        assert store.check() == []


def test_check_finds_what_points_nowhere_and_edges_that_lie(url):
    with open_store(url, create=True) as store:
        store.write([reading("a", fact(CN, "supports", PK))])
        sql(url, "UPDATE edges SET actual = 7 WHERE level = 'state'")
        assert any("cn supports pk at state level" in text for text in store.check())
        sql(url, "ALTER TABLE mentions DROP CONSTRAINT mentions_actor_fkey")
        sql(url, "UPDATE mentions SET actor = 99")
        assert store.check() == ["2 rows of mentions point at rows of actors that are not there."]


def test_one_hop_questions_use_indexes(url):
    with open_store(url, create=True) as store:
        store.write([reading("a", fact(CN, "supports", PK))])
    names = {name for (name,) in sql(url, "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema")}
    assert {"assertions_by_states", "edges_by_target", "assertions_by_id"} <= names
    plan = sql(
        url.replace("#", "&options=-cenable_seqscan%3Doff%20-cenable_sort%3Doff#"),  # of one row it makes no odds
        "EXPLAIN SELECT pk FROM assertions WHERE source_state = 1 AND relation = 'supports' AND target_state = 2 "
        "AND polarity = 'affirmed' AND status = 'actual' ORDER BY grade DESC, day DESC NULLS LAST LIMIT 20",
    )
    assert "assertions_by_states" in str(plan)
    assert "Sort" not in str(plan)


def test_commands_take_the_url(url, tmp_path):
    (tmp_path / "a.md").write_text("China supports Pakistan.\n")
    with open_store(url, create=True) as store:
        store.write([reading("a", fact(CN, "supports", PK))], aliases=lambda id: ["Pakistan"] if id == "pk" else [])
    found = kg("query", "who backs Pakistan", "--store", url, "--format", "json", cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "China" in found.stdout
    assert kg("stats", "--store", url, cwd=tmp_path).returncode == 0
    assert kg("doctor", "--store", url, cwd=tmp_path).returncode == 0
    nowhere = kg("stats", "--store", f"{url}_not_there", cwd=tmp_path)
    assert (nowhere.returncode, "There is no store" in nowhere.stderr) == (3, True)
    assert sql(url, "SELECT version FROM kg_store")[0][0] == SCHEMA_VERSION
