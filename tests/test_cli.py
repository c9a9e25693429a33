"""The manners that all commands share, as real processes."""

import re

import pytest

from kg.commands.group import COMMANDS, SECTIONS
from tests.builders import CN, IN, PK, fact, reading
from tests.cli_runs import kg, on_a_terminal, store_of

NAMES = [entry.name for entry in COMMANDS]
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@pytest.fixture
def store(tmp_path):
    return store_of(
        tmp_path / "kg.db",
        reading("d1", fact(CN, "supports", PK), fact(CN, "opposes", IN, status="planned")),
        reading("d2", fact(PK, "supports", IN), date="2020-01-01", publisher="Evening Post"),
    )


def test_the_help_lists_every_command_under_its_section(tmp_path):
    shown = kg("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for section in SECTIONS:
        assert f"\n{section}:\n" in shown.stdout
    for entry in COMMANDS:
        assert re.search(rf"^  {entry.name} +{re.escape(entry.help)}$", shown.stdout, re.M)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help_with_two_examples_and_its_exit_codes(name, option, tmp_path):
    shown = kg(name, option, cwd=tmp_path)
    assert shown.returncode == 0
    assert max(map(len, shown.stdout.split("\n"))) <= 80
    examples, _, exits = shown.stdout.partition("Examples:\n")[2].partition("Exit code:\n")
    assert len(re.findall(rf"^  .*\bkg {name}\b", examples, re.M)) >= 2
    assert exits.strip().startswith("0 when")


def test_the_version_is_that_of_the_package(tmp_path):
    shown = kg("--version", cwd=tmp_path)
    assert shown.returncode == 0
    assert re.fullmatch(r"kg \d+\.\d+\.\d+\n|kg, not installed\n", shown.stdout)


@pytest.mark.parametrize(("typed", "meant"), [("quary", "query"), ("biuld", "build"), ("paths", "path")])
def test_a_misspelt_command_is_guessed(typed, meant, tmp_path):
    shown = kg(typed, cwd=tmp_path)
    assert shown.returncode == 2
    assert f"Did you mean {meant}" in shown.stderr
    assert shown.stdout == ""


def test_a_command_unlike_any_points_to_the_help(tmp_path):
    shown = kg("xyzzy", cwd=tmp_path)
    assert shown.returncode == 2
    assert "kg --help" in shown.stderr


def imported(*arguments, cwd):
    shown = kg(*arguments, cwd=cwd, python=("-X", "importtime"))
    assert shown.returncode == 0
    return {line.rpartition("|")[2].strip() for line in shown.stderr.split("\n") if line.startswith("import time:")}


def test_help_imports_nothing_heavy(tmp_path):
    modules = imported("--help", cwd=tmp_path)
    assert "kg.commands.group" in modules
    heavy = {"spacy", "networkx", "pyvis", "rich", "kg.extract", "kg.store", "kg.model", "sqlite3", "thinc"}
    assert not modules & heavy


def test_a_question_imports_neither_model_nor_graph_nor_map(store):
    modules = imported("query", "who backs Pakistan", cwd=store.parent)
    assert "kg.store" in modules
    assert not modules & {"spacy", "networkx", "pyvis", "rich", "kg.extract", "thinc", "numpy", "kg.export.html"}


def test_a_path_imports_neither_model_nor_map(store):
    assert not imported("path", "China", "India", cwd=store.parent) & {"spacy", "pyvis", "kg.extract", "rich"}


@pytest.mark.parametrize(
    "arguments",
    [("query", "who backs Pakistan"), ("path", "China", "India"), ("stats",), ("export",), ("map", "-o", "x.html")],
)
def test_without_a_store_nothing_can_be_asked(arguments, tmp_path):
    shown = kg(*arguments, cwd=tmp_path)
    assert shown.returncode == 3
    assert "kg.db" in shown.stderr
    assert "kg build" in shown.stderr
    assert shown.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("query", "who backs Pakistan"), ("stats",), ("build", "text.txt")])
def test_a_file_that_is_no_store_is_left_as_it_is(arguments, tmp_path):
    (tmp_path / "text.txt").write_text("China backs Pakistan.\n")
    (tmp_path / "notes.txt").write_text("My notes, for nobody's program to touch.\n" * 50)
    shown = kg(*arguments, "--store", "notes.txt", cwd=tmp_path)
    assert shown.returncode == 3
    assert "notes.txt" in shown.stderr
    assert (tmp_path / "notes.txt").read_text().count("My notes") == 50


def test_the_store_is_named_by_option_or_environment(store, tmp_path):
    other = store.rename(tmp_path / "other.db")
    assert kg("stats", "--store", other, cwd=tmp_path).returncode == 0
    assert kg("stats", cwd=tmp_path, env={"KG_STORE": str(other)}).returncode == 0
    assert kg("stats", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "POSIX"}, {}])
@pytest.mark.parametrize("format", ["table", "jsonl", "csv"])
def test_any_locale_will_do(env, format, tmp_path):
    store_of(tmp_path / "kg.db", reading("é", fact(CN, "supports", PK), publisher="Zürcher 新聞"))
    shown = kg("query", "who backs Pakistan", "--format", format, cwd=tmp_path, env=env)
    assert shown.returncode == 0
    assert "China" in shown.stdout
    if format != "table" or env.get("PYTHONUTF8") != "0":
        assert "Zürcher 新聞" in shown.stdout


def test_tables_keep_to_80_columns(store):
    shown = kg("query", "who backs whom", cwd=store.parent)
    assert shown.returncode == 0
    assert max(map(len, shown.stdout.split("\n"))) <= 80


def test_a_terminal_gets_colour(store):
    assert "\x1b[" in on_a_terminal("query", "who backs Pakistan", cwd=store.parent)


def test_colour_can_be_refused(store):
    ask = ("query", "who backs Pakistan")
    for written in (
        on_a_terminal(*ask, cwd=store.parent, NO_COLOR="1"),
        on_a_terminal(*ask, cwd=store.parent, TERM="dumb"),
        on_a_terminal(*ask, "--no-color", cwd=store.parent),
        kg(*ask, cwd=store.parent).stdout,
    ):
        assert "\x1b" not in written
        assert "China" in written


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\x08 =cmd|'/C calc'!A0"


@pytest.fixture
def hostile(tmp_path):
    one = reading("=d\x1b[31m1", fact(CN, "supports", PK), publisher=HOSTILE, title=HOSTILE, preface=HOSTILE + " ")
    return store_of(tmp_path / "kg.db", one)


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "tsv", "md"])
@pytest.mark.parametrize("arguments", [("query", "who backs Pakistan"), ("path", "China", "Pakistan")])
def test_an_article_never_speaks_to_the_terminal(arguments, format, hostile):
    shown = kg(*arguments, "--format", format, cwd=hostile.parent)
    assert shown.returncode == 0
    assert "China" in shown.stdout
    assert not ESCAPES.search(shown.stdout)


def test_an_article_never_speaks_to_a_coloured_terminal_either(hostile):
    written = on_a_terminal("query", "who backs Pakistan", cwd=hostile.parent)
    assert "owned" not in written
    assert "\x1b[2J" not in written
    assert set(re.findall("\x1b(.)", written)) == {"["}


@pytest.mark.parametrize("format", ["jsonl", "json", "csv", "tsv", "md", "graphml", "gexf"])
@pytest.mark.parametrize("what", ["edges", "assertions"])
def test_exports_are_as_clean(format, what, hostile):
    shown = kg("export", "--format", format, "--what", what, cwd=hostile.parent)
    if format in ("graphml", "gexf") and what == "assertions":
        assert shown.returncode == 2
    else:
        assert shown.returncode == 0
        assert not ESCAPES.search(shown.stdout)


def test_what_is_typed_is_not_echoed_raw(store):
    shown = kg("query", "who backs \x1b[31mNowhereland", cwd=store.parent)
    assert shown.returncode == 2
    assert "\x1b" not in shown.stderr
