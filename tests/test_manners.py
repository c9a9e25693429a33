"""The manners that every command has, tried on its example (scripts/examples.py) as a real process.

A new command need not be named here: it is found in the table of kg/commands/group.py.
"""

import csv
import functools
import io
import json
import os
import re
import shlex
import subprocess
import sys

import click
import pytest

from scripts import examples
from tests.cli_runs import ROOT, kg, on_a_terminal

LEAVES = dict(examples.leaves())
NAMES = list(LEAVES)
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
HEAVY = {"spacy", "thinc", "networkx", "pyvis", "rich", "numpy", "kg.extract.pipeline", "sqlite3"}
FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md")
NO_ANSWER = {
    "build": "says on standard error what it did",
    "distribute": "says on standard error what it did",
    "map": "writes a page",
    "export": "writes for programs only, with formats of its own",
    "review export": "writes for programs only",
    "review import": "says on standard error what it did",
    "actors restore": "says on standard error what it did",
    "completion": "prints a script",
}


def options(name):
    return {param.name: param for param in LEAVES[name].params}


ANSWERS = [name for name in NAMES if name not in NO_ANSWER]
STORED = [name for name in NAMES if "store" in options(name) and name != "explain"]  # which looks into one for ids only


@functools.cache
def example(name):
    return examples.EXAMPLES[name]


@pytest.fixture
def place(tmp_path):
    return examples.folder(tmp_path)


def run(name, place, *more, **options):
    """The example of a command in its folder."""
    for line in example(name).before:
        assert kg(*shlex.split(line)[1:], cwd=place).returncode == 0
    return kg(*shlex.split(example(name).line)[1:], *more, cwd=place, **options)


def test_every_command_has_an_example_and_every_example_a_command():
    assert set(examples.EXAMPLES) == set(NAMES), "add what is missing to scripts/examples.py"
    for name in NAMES:
        assert shlex.split(example(name).line)[: 1 + len(name.split())] == ["kg", *name.split()]


@pytest.mark.parametrize("name", NAMES)
def test_its_help_has_two_examples_and_its_exit_codes_and_loads_nothing_heavy(name, place):
    long = kg(*name.split(), "--help", cwd=place, python=("-X", "importtime"))
    short = kg(*name.split(), "-h", cwd=place)
    assert (long.returncode, short.returncode) == (0, 0)
    assert long.stdout == short.stdout
    assert short.stderr == ""
    assert max(map(len, short.stdout.split("\n"))) <= 80
    text, _, exits = short.stdout.partition("Exit code:\n")
    assert len(re.findall(rf"^  .*\bkg {name.removesuffix(' list')}\b", text.partition("Examples:\n")[2], re.M)) >= 2
    assert exits.strip().startswith("0 when")
    loaded = {line.rpartition("|")[2].strip() for line in long.stderr.split("\n")}
    assert "kg.commands.group" in loaded
    assert not loaded & (HEAVY - {"sqlite3"})


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_to_ascii_locales_80_columns_and_plain_text_in_a_pipe(name, place):
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "80", "TERM": "xterm-256color"}
    shown = run(name, place, env=env, python=("-X", "importtime"))
    told = "\n".join(line for line in shown.stderr.split("\n") if not line.startswith("import time:"))
    assert shown.returncode == 0, told
    assert not ESCAPES.search(shown.stdout)
    assert "kg.commands.rich_layout" not in {line.rpartition("|")[2].strip() for line in shown.stderr.split("\n")}
    if name in ANSWERS:
        assert shown.stdout
        assert max(map(len, shown.stdout.split("\n"))) <= 80


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_comes_in_every_format(name):
    assert tuple(options(name)["format"].type.choices)[: len(FORMATS)] == FORMATS
    assert "no_color" in options(name)
    assert any("--no-pager" in param.opts for param in LEAVES[name].params)


# One process for all formats, each on a store as it was: loading what a command needs costs more than running it.
_EACH = """
import json, pathlib, shutil, sys
from cli import main
line, formats = json.loads(sys.argv[1])
kept = pathlib.Path("kg.db").read_bytes()
for format in formats:
    pathlib.Path("kg.db").write_bytes(kept)
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        main([*line, "--format", format], prog_name="kg")
    except SystemExit as left:
        sys.stdout.write(f"\\x1e{left.code}\\x1e")
"""


@pytest.mark.parametrize("name", ANSWERS)
def test_every_format_is_what_it_says(name, place):
    for line in example(name).before:
        assert kg(*shlex.split(line)[1:], cwd=place).returncode == 0
    asked = json.dumps([shlex.split(example(name).line)[1:], FORMATS[1:]])
    done = subprocess.run(
        [sys.executable, "-c", _EACH, asked],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(place)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    written = done.stdout.decode("utf-8").split("\x1e")
    assert written[1::2] == ["0"] * (len(FORMATS) - 1), done.stderr
    for format, text in zip(FORMATS[1:], written[::2], strict=False):
        _is(format, text)


def _is(format, text):
    assert text
    assert not ESCAPES.search(text.replace("\t", ""))
    lines = text.splitlines()
    if format == "json":
        assert isinstance(json.loads(text), list | dict)
    elif format == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in lines)
    elif format == "md":
        assert set(lines[1]) <= set("| -")
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1
    else:
        rows = list(csv.reader(io.StringIO(text))) if format == "csv" else [line.split("\t") for line in lines]
        assert len(rows) > 1
        assert len(set(map(len, rows))) == 1
        assert all(re.fullmatch(r"\w+", title) for title in rows[0])
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"\s*[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell), f"a formula: {cell}"


@pytest.mark.parametrize("name", ANSWERS)
def test_colour_is_for_terminals_and_can_be_refused(name, place):
    line = shlex.split(example(name).line)[1:]
    for before in example(name).before:
        assert kg(*shlex.split(before)[1:], cwd=place).returncode == 0
    assert "\x1b[" not in on_a_terminal(*line, cwd=place, NO_COLOR="1").replace("\x1b[K", "")


@pytest.mark.parametrize("name", STORED)
def test_the_store_is_named_by_the_option_or_by_KG_STORE(name, place):  # noqa: N802
    (place / "kg.db").rename(place / "other.db")
    line = example(name).line.replace(" --store news.db", "")
    before = [shlex.split(one)[1:] for one in example(name).before]
    for one in (*before, shlex.split(line)[1:]):
        assert kg(*one, cwd=place, env={"KG_STORE": "other.db"}).returncode == 0
    assert not (place / "kg.db").exists()


@pytest.mark.parametrize("name", STORED)
def test_a_file_that_is_no_store_is_left_alone(name, place):
    notes = "My notes, for nobody's program to touch.\n" * 50
    (place / "notes.txt").write_text(notes)
    line = shlex.split(example(name).line.replace(" --store news.db", ""))[1:]
    shown = kg(*line, "--store", "notes.txt", cwd=place)
    assert shown.returncode == 3
    assert "notes.txt" in shown.stderr + shown.stdout
    assert (place / "notes.txt").read_text() == notes


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_option_is_named_with_the_nearest(name, place):
    known = (
        next(opt for param in LEAVES[name].params for opt in param.opts if opt.startswith("--"))
        if any(opt.startswith("--") for param in LEAVES[name].params for opt in param.opts)
        else "--help"
    )
    wrong = known + "x"
    shown = kg(*name.split(), *shlex.split(example(name).line)[1 + len(name.split()) :], wrong, cwd=place)
    assert shown.returncode == 2
    assert wrong in shown.stderr
    assert "Did you mean" in shown.stderr
    assert shown.stdout == ""


@pytest.mark.parametrize("name", NAMES)
def test_what_it_takes_is_explained(name):
    for param in LEAVES[name].params:
        if isinstance(param, click.Option):
            assert param.help, param.name
