"""kg sources: list, show and remove the documents of a store."""

import json
import os
import pty
import subprocess
import sys

import pytest

from kg.model import Original
from kg.store import Filter, open_store
from tests.builders import CN, IN, PK, fact, reading
from tests.cli_runs import ROOT, kg, store_of


@pytest.fixture
def store(tmp_path):
    return store_of(
        tmp_path / "kg.db",
        reading("news/1.txt", fact(CN, "supports", PK), fact(PK, "supports", IN), date="2020-01-01", title="A visit"),
        reading("news/2.txt", fact(CN, "supports", PK), publisher="Evening Post", url="https://example.org/2"),
        reading("undated", fact(IN, "opposes", PK), date=None, based_on=Original(publisher="Wire")),
    )


def listed(*arguments, cwd):
    shown = kg("sources", *arguments, "--format", "jsonl", cwd=cwd)
    return [json.loads(line)["id"] for line in shown.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["news/1.txt", "news/2.txt", "undated"]),
        (("list",), ["news/1.txt", "news/2.txt", "undated"]),
        (("news/",), ["news/1.txt", "news/2.txt"]),
        (("EVENING",), ["news/2.txt"]),
        (("example.org",), ["news/2.txt"]),
        (("visit",), ["news/1.txt"]),
        (("wire",), ["undated"]),
        (("--since", "2021"), ["news/2.txt"]),
        (("--until", "2020"), ["news/1.txt"]),
        (("--since", "2020-01-01", "--until", "2024-05"), ["news/1.txt", "news/2.txt"]),
        (("list", "--since", "2030"), []),
    ],
)
def test_documents_are_found(arguments, found, store):
    assert listed(*arguments, cwd=store.parent) == found


def test_nothing_found_is_told(store):
    shown = kg("sources", "nowhere", cwd=store.parent)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "No document" in shown.stderr


def test_one_is_shown_with_its_citation_and_triples(store):
    shown = kg("sources", "show", "news/1.txt", cwd=store.parent)
    assert shown.returncode == 0
    for part in ("A visit", "Daily", "2020-01-01", "2 sentences", "China", "supports"):
        assert part in shown.stdout
    row = json.loads(kg("sources", "show", "news/1.txt", "--format", "json", cwd=store.parent).stdout)[0]
    assert row["text"][row["triples"][0]["sentence"]["start"] :].startswith("China supports Pakistan")
    assert (
        "China supports Pakistan. Pakistan supports"
        in kg("sources", "show", "news/1.txt", "--text", cwd=store.parent).stdout
    )


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_one_is_guessed_at_and_nothing_is_removed(command, store):
    more = ("--yes",) if command == "remove" else ()
    known = ("news/2.txt",) if command == "remove" else ()
    shown = kg("sources", command, *known, "news/1.text", *more, cwd=store.parent)
    assert shown.returncode == 2
    assert "Did you mean news/1.txt" in shown.stderr
    assert len(listed(cwd=store.parent)) == 3


def test_removing_takes_assertions_and_corrects_edges(store):
    shown = kg("sources", "remove", "news/1.txt", "--yes", "--format", "json", cwd=store.parent)
    assert shown.returncode == 0
    assert [(row["id"], row["assertions"]) for row in json.loads(shown.stdout)] == [("news/1.txt", 2)]
    with open_store(store) as opened:
        assert opened.check() == []
        (left,) = opened.edges(Filter(relations=("supports",)))
        assert (left.source, left.target, left.actual, left.documents) == ("cn", "pk", 1, 1)


def test_without_a_terminal_it_has_to_be_said(store):
    shown = kg("sources", "remove", "news/1.txt", cwd=store.parent, stdin="y\n")
    assert shown.returncode == 2
    assert "--yes" in shown.stderr
    assert len(listed(cwd=store.parent)) == 3


@pytest.mark.parametrize(("typed", "code", "left"), [(b"y\n", 0, 2), (b"n\n", 1, 3), (b"\n", 1, 3)])
def test_a_person_is_asked(typed, code, left, store):
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "sources", "remove", "news/1.txt"],
        cwd=store.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KG_PAGER": ""},
        stdin=child,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.write(parent, typed)
    out, errors = process.communicate(timeout=60)
    os.close(child)
    os.close(parent)
    assert process.returncode == code
    assert b"Remove 1 document and the 2 assertions" in errors
    assert (b"Removed" in out) == (code == 0)
    assert len(listed(cwd=store.parent)) == left
