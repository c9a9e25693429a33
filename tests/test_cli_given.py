"""What a command is given that is odd, and where what it writes may not go: a message, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import CN, PK, RU, fact, reading
from cli_runs import ROOT, kg, on_a_terminal, store_of

FULL = Path("/dev/full")
TURKEY_IN_LATIN_1 = os.fsdecode("Türkei".encode("latin-1"))


@pytest.fixture
def place(tmp_path):
    store_of(tmp_path / "kg.db", reading("a", fact(CN, "arms", PK), fact(RU, "aids", PK), fact(CN, "accuses", RU)))
    return tmp_path


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (("query", "-"), "who backs\nPakistan\n"),
        (("explain", "-"), "China backs Pakistan.\n"),
        (("extract", "-"), "China backs Pakistan.\n"),
        (("mentions", "-"), "China backs Pakistan.\n"),
    ],
)
def test_a_dash_reads_standard_input(line, text, place):
    shown = kg(*line, cwd=place, stdin=text)
    assert shown.returncode == 0, shown.stderr
    assert "China" in shown.stdout


def test_ids_come_on_standard_input(place):
    rows = kg("export", "--what", "assertions", "--format", "csv", cwd=place).stdout.splitlines()
    ids = [row.partition(",")[0] for row in rows[1:]]
    cited = kg("cite", "-", "--format", "jsonl", cwd=place, stdin="\n".join(ids))
    assert cited.returncode == 0
    assert all(id in cited.stdout for id in ids)


def test_a_cell_of_quotes_names_the_assertions(place):
    rows = kg("query", "who backs Pakistan", "--format", "csv", cwd=place).stdout
    told = kg("export", "--what", "assertions", "--format", "csv", cwd=place).stdout
    backing = [row.partition(",")[0] for row in told.splitlines() if ",arms," in row or ",aids," in row]
    assert len(backing) == 2
    assert all(id in rows for id in backing)


def test_labels_and_readings_come_on_standard_input(place):
    label = '{"doc": "d", "text": "China backs Pakistan.", "triples": []}\n'
    shown = kg("evaluate", "-", "--format", "json", cwd=place, stdin=label)
    assert '"supports"' not in shown.stderr
    assert shown.returncode == 0, shown.stderr
    twice = kg("evaluate", "-", "--predicted", "-", cwd=place, stdin=label)
    assert twice.returncode == 2
    assert "read once" in twice.stderr


@pytest.mark.parametrize("command", ["cite", "query", "explain", "review accept"])
def test_what_comes_on_standard_input_must_be_utf_8(command, place):
    shown = kg(*command.split(), "-", cwd=place, stdin=b"\xff\xfe")
    assert shown.returncode == 2
    assert "not UTF-8 at byte 0" in shown.stderr


@pytest.mark.parametrize("line", ["query", "show", "path China", "between China", "sources show", "actors show"])
def test_bytes_that_are_no_text_are_told(line, place):
    shown = kg(*line.split(), TURKEY_IN_LATIN_1, cwd=place)
    assert shown.returncode == 2
    assert "not UTF-8" in shown.stderr


def test_names_are_read_as_utf_8_in_a_locale_without_it(place):
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    shown = kg("show", "Türkiye", cwd=place, env=bare)
    assert shown.returncode == 1
    assert "Turkey" in shown.stderr


@pytest.mark.parametrize("name", ["query", "timeline", "sources", "export"])
def test_a_span_without_a_day_is_told(name, place):
    what = {"query": ["who backs Pakistan"], "timeline": ["Pakistan"], "sources": ["list"]}.get(name, [])
    shown = kg(name, *what, "--until", "2019-05", "--since", "2020", cwd=place)
    assert shown.returncode == 2
    assert "--since 2020 is later than --until 2019-05" in shown.stderr
    for since, until in (("2020", "2020-05"), ("2020-05-02", "2020-05"), ("2020", "2020")):
        assert kg(name, *what, "--since", since, "--until", until, cwd=place).returncode == 1


def test_an_option_before_the_command_is_told_where_it_stands(place):
    shown = kg("--store", "kg.db", "stats", cwd=place)
    assert shown.returncode == 2
    assert "kg COMMAND --store" in shown.stderr


def test_the_address_of_another_kind_of_database_is_refused(place):
    shown = kg("stats", "--store", "mysql://host/news", cwd=place)
    assert shown.returncode == 3
    assert "postgresql://" in shown.stderr


@pytest.mark.skipif(not FULL.exists(), reason="a system without /dev/full")
@pytest.mark.parametrize("line", ["--help", "query who backs Pakistan", "export --format csv", "stats --format json"])
def test_a_full_disk_is_told(line, place):
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cli", *line.split()],
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.decode().startswith("Error: The output cannot be written")
    assert "Traceback" not in done.stderr.decode()


def test_whoever_leaves_the_pager_early_is_not_bothered(place):
    many = [fact(CN, "arms", PK) for _ in range(400)]
    store_of(place / "large.db", *(reading(f"d{n}", one, title="t" * 500) for n, one in enumerate(many)))
    written = on_a_terminal("sources", "--store", "large.db", cwd=place, KG_PAGER="head -n 1")
    assert "DOCUMENT" in written
    assert "Traceback" not in written
