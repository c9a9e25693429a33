"""What a shell completes, asked for as the scripts ask for it; and that bash takes the script."""

import shutil
import subprocess
import sys

import pytest

from tests.builders import CN, IN, PK, US, actor, fact, reading
from tests.cli_runs import ROOT, kg, store_of

EVIL = actor("evil", "$(touch pwned)`x`; rm")


@pytest.fixture
def store(tmp_path):
    return store_of(
        tmp_path / "kg.db",
        reading("d1", fact(CN, "supports", PK), fact(US, "opposes", IN), fact(EVIL, "praises", IN)),
    )


def completed(typed, *, cwd, python=(), **env):
    """What is offered for the last word typed, one a line, as bash asks."""
    words = typed.split(" ")
    shown = subprocess.run(
        [sys.executable, *python, "-c", "from cli import main; main(prog_name='kg')"],
        cwd=cwd,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "_KG_COMPLETE": "bash_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(words) - 1),
            **env,
        },
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in shown.stderr, shown.stderr
    if python:
        return {line.rpartition("|")[2].strip() for line in shown.stderr.decode().split("\n")}
    return [line.partition(",")[2] for line in shown.stdout.decode().splitlines() if line]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kg qu", "query"),
        ("kg query --lev", "--level"),
        ("kg relations san", "sanctions"),
        ("kg path China Pakistan --via ba", "backing"),
        ("kg path Chi", "China"),
        ("kg path China uni", "United States"),
        ("kg query who backs pak", "Pakistan"),
        ("kg query who sanc", "sanctions"),
        ("kg map --focus Ind", "India"),
        ("kg actors sh", "show"),
        ("kg actors show pak", "Pakistan"),
        ("kg completion fi", "fish"),
        ("kg stats --format js", "jsonl"),
    ],
)
def test_what_is_offered(typed, offered, store):
    assert offered in completed(typed, cwd=store.parent)


def test_every_command_is_offered(store):
    from kg.commands.group import COMMANDS

    assert completed("kg ", cwd=store.parent) == [entry.name for entry in COMMANDS]


def test_a_name_that_nobody_has_is_no_error(store):
    assert completed("kg path Nowh", cwd=store.parent) == []


def test_without_a_store_or_with_a_file_that_is_none_names_are_not_offered(tmp_path):
    assert completed("kg path Chi", cwd=tmp_path) == []
    (tmp_path / "kg.db").write_text("my notes\n" * 100)
    assert completed("kg path Chi", cwd=tmp_path) == []


def test_the_store_is_the_one_named(store, tmp_path):
    other = store.rename(tmp_path / "other.db")
    assert "China" in completed(f"kg path --store {other} Chi", cwd=tmp_path)
    assert "China" in completed("kg path Chi", cwd=tmp_path, KG_STORE=str(other))
    assert completed("kg path Chi", cwd=tmp_path) == []


def test_no_name_from_an_article_becomes_shell(store):
    assert not [name for name in completed("kg path $", cwd=store.parent) if "touch" in name]
    assert not [name for name in completed("kg actors show ", cwd=store.parent) if "touch" in name]


def test_completing_a_name_loads_no_model(store):
    modules = completed("kg path Chi", cwd=store.parent, python=("-X", "importtime"))
    assert "kg.store" in modules
    assert not modules & {"spacy", "networkx", "pyvis", "rich", "numpy", "kg.extract", "kg.actors.catalogue"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_taken_by_its_shell(shell, tmp_path):
    script = kg("completion", shell, cwd=tmp_path)
    assert script.returncode == 0
    assert "_KG_COMPLETE" in script.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(script.stdout)
    checked = subprocess.run([shell, "-n", "script"], cwd=tmp_path, capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_in_bash_a_name_of_two_words_stays_one(store, tmp_path):
    script = kg("completion", "bash", cwd=tmp_path).stdout
    program = tmp_path / "bin" / "kg"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -c \'from cli import main; main(prog_name="kg")\' "$@"\n'
    )
    program.chmod(0o755)
    (tmp_path / "script").write_text(
        script.replace("\ncomplete ", "\n: ")  # a shell without a terminal has no `complete`
        + "\nCOMP_WORDS=(kg path Uni); COMP_CWORD=2; _kg_completion kg; printf '%s\\n' \"${COMPREPLY[@]}\""
        + '\nCOMP_WORDS=(kg path "\'Uni"); COMP_CWORD=2; _kg_completion kg; printf \'%s\\n\' "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "script"],
        cwd=tmp_path,
        env={"PATH": f"{program.parent}:/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().splitlines() == ["United\\ States", "United States"]
