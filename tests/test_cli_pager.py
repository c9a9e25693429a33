"""Long answers go through a pager on a terminal, and nowhere else."""

import subprocess
import sys

import pytest

from kg.commands.pager import pager_command
from tests.builders import CN, IN, PK, fact, reading
from tests.cli_runs import ROOT, kg, on_a_terminal, store_of

ASK = ("query", "who backs whom")
MARK = "sed s/^/paged:/"


@pytest.fixture
def store(tmp_path):
    return store_of(tmp_path / "kg.db", reading("d1", fact(CN, "supports", PK), fact(PK, "supports", IN)))


@pytest.mark.parametrize(
    ("env", "command"),
    [
        ({}, ["less"]),
        ({"PAGER": "more -s"}, ["more", "-s"]),
        ({"PAGER": "more", "KG_PAGER": "most"}, ["most"]),
        ({"PAGER": "more", "KG_PAGER": ""}, None),
        ({"PAGER": "cat"}, None),
        ({"PAGER": "less | cat"}, ["sh", "-c", "less | cat"]),
    ],
)
def test_the_environment_names_the_pager(env, command):
    assert pager_command(env) == command


def test_an_answer_on_a_terminal_is_paged(store):
    written = on_a_terminal(*ask_plain(), cwd=store.parent, KG_PAGER=MARK)
    assert written.startswith("paged:who backs whom")
    assert all(line.startswith("paged:") for line in written.splitlines())


def ask_plain():
    return (*ASK, "--no-color")


def test_the_pager_gets_colours_and_the_width_of_the_terminal(store):
    written = on_a_terminal(*ASK, cwd=store.parent, KG_PAGER=MARK)
    assert "\x1b[1" in written


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"KG_PAGER": "cat"}, {"KG_PAGER": ""}])
def test_a_terminal_that_cannot_or_a_person_who_will_not(env, store):
    written = on_a_terminal(*ask_plain(), cwd=store.parent, **{"KG_PAGER": MARK, "PAGER": MARK, **env})
    assert "paged:" not in written
    assert "China" in written


def test_no_pager_is_an_option_of_every_answer(store):
    assert "paged:" not in on_a_terminal(*ASK, "--no-pager", cwd=store.parent, KG_PAGER=MARK)


def test_a_pipe_is_never_paged(store):
    shown = kg(*ASK, cwd=store.parent, env={"KG_PAGER": MARK, "TERM": "xterm"})
    assert "paged:" not in shown.stdout


def test_leaving_the_pager_early_is_no_error(store):
    written = on_a_terminal(*ASK, "--format", "jsonl", cwd=store.parent, KG_PAGER="true")
    assert written == ""


def test_without_the_program_the_answer_is_just_shown(store):
    assert "China" in on_a_terminal(*ASK, cwd=store.parent, KG_PAGER="no-such-pager-here")


def test_a_note_comes_after_the_answer_and_a_message_needs_no_pager(store):
    written = on_a_terminal("query", "who arms India", cwd=store.parent, code=1, KG_PAGER=MARK)
    assert "Nothing found" in written
    assert "paged:" not in written
    assert "paged:" not in on_a_terminal("query", "who backs Xyzzy", cwd=store.parent, code=2, KG_PAGER=MARK)


def test_whoever_has_seen_enough_of_a_pipe_hears_nothing(tmp_path):
    facts = [fact(CN, "supports", PK)] * 400
    store_of(tmp_path / "kg.db", *(reading(f"d{n}", *facts) for n in range(20)))
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "export", "--what", "assertions"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()
