"""kg review: decisions by id and by key, what they do to answers, and the gold file they make."""

import json
import os
import pty
import select
import subprocess
import sys
import termios

import pytest

from kg.evaluate import evaluate, load_gold, load_predicted
from kg.model import Sentence
from kg.store import open_store
from tests.builders import CN, IN, PK, US, XI, fact, reading, said
from tests.cli_runs import ROOT, kg, store_of

FIRST = reading(
    "a", fact(CN, "supports", PK, confidence=0.5), fact(US, "accuses", PK), fact(XI, "praises", PK, source_state=CN)
)
CHINA, ACCUSED, PRAISED = (assertion.id for assertion in FIRST.assertions)


@pytest.fixture
def store(tmp_path):
    return store_of(tmp_path / "kg.db", FIRST, reading("b", fact(IN, "attacks", PK)))


def rows(*arguments, cwd, **options):
    shown = kg(*arguments, "--format", "jsonl", cwd=cwd, **options)
    return [json.loads(line) for line in shown.stdout.splitlines()]


def answered(store, *more):
    found = rows("query", "who backs Pakistan", "--level", "actor", *more, cwd=store.parent)
    return [(row["source"], row["relation"]) for row in found]


def test_what_is_rejected_is_answered_no_more_and_comes_back_when_it_is_undone(store):
    before = answered(store)
    shown = kg("review", "reject", CHINA, "--reviewer", "ada", "--reason", "a question", cwd=store.parent)
    assert shown.returncode == 0
    assert "China supports Pakistan" in shown.stdout
    assert "kg review undo 1" in shown.stdout.replace("\n", " ")
    assert answered(store) == [one for one in before if one[0] != "cn"]
    (row,) = rows("review", "list", cwd=store.parent)
    assert (row["kind"], row["reviewer"], row["reason"], row["applies"]) == ("reject", "ada", "a question", True)
    assert kg("review", "undo", "1", cwd=store.parent).returncode == 0
    assert answered(store) == before
    assert kg("review", "list", cwd=store.parent).returncode == 1
    assert rows("review", "list", "--all", cwd=store.parent)[0]["undone"]


def test_reviewed_answers_from_what_was_accepted_only(store):
    kg("review", "accept", CHINA, cwd=store.parent)
    assert answered(store, "--reviewed") == [("cn", "supports")]
    assert rows("path", "China", "Pakistan", "--reviewed", cwd=store.parent)[0]["hops"] == 1
    assert kg("path", "United States", "Pakistan", "--reviewed", cwd=store.parent).returncode == 1
    assert [row["source"] for row in rows("export", "--reviewed", cwd=store.parent)] == ["cn"]


def test_what_is_relabelled_is_answered_as_it_is_now(store):
    done = ("review", "relabel", ACCUSED, "--relation", "supports", "--turn", "--status", "planned")
    (row,) = rows(*done, cwd=store.parent)
    assert row["change"] == "supports, turned, planned"
    found = rows("query", "who backs the United States", cwd=store.parent)
    assert [(row["source"], row["status"]) for row in found] == [("pk", "planned")]


def test_the_beginning_of_an_id_is_enough_and_several_are_taken_from_standard_input(store):
    shown = rows("review", "accept", "-", cwd=store.parent, stdin=f"{CHINA[:9]}\n{ACCUSED}\n{CHINA}\n")
    assert [row["assertions"] for row in shown] == [[CHINA], [ACCUSED]]


@pytest.mark.parametrize(
    "arguments",
    [("accept", "0000000000000000"), ("accept", ""), ("reject", CHINA, "zz"), ("relabel", CHINA), ("undo", "1")],
)
def test_what_cannot_be_reviewed_is_refused_and_nothing_is_done(arguments, store):
    shown = kg("review", *arguments, cwd=store.parent)
    assert shown.returncode == 2
    assert kg("review", "list", cwd=store.parent).returncode == 1


def test_a_merge_is_not_undone_as_a_review(store):
    kg("actors", "merge", "China", "India", cwd=store.parent)
    assert kg("review", "undo", "1", cwd=store.parent).returncode == 2
    kg("review", "accept", ACCUSED, cwd=store.parent)
    assert [row["kind"] for row in rows("actors", "corrections", cwd=store.parent)] == ["merge"]
    assert [row["kind"] for row in rows("export", "--what", "corrections", cwd=store.parent)] == ["merge", "accept"]


def test_what_waits_is_listed_where_nobody_can_press_keys(store):
    waits = rows("review", "--by", "certainty", cwd=store.parent)
    assert [row["confidence"] for row in waits] == [0.5, 0.9, 0.9, 0.9]
    assert rows("review", "step", "--by", "harm", cwd=store.parent)[0]["relation"] == "attacks"
    kg("review", "accept", CHINA, cwd=store.parent)
    kg("review", "reject", ACCUSED, cwd=store.parent)
    left = rows("review", "step", "--document", "a", cwd=store.parent)
    assert [row["id"] for row in left] == [PRAISED]
    assert kg("review", "step", "--family", "structure", cwd=store.parent).returncode == 1


# -- the gold file


@pytest.fixture
def two(tmp_path):
    """One sentence read three ways, another nobody looked at."""
    text = "China backs Pakistan."
    one = said("d", text, ("China", CN), "supports", ("Pakistan", PK), trigger="backs")
    wrong = said("d", text, ("China", CN), "arms", ("Pakistan", PK), trigger="backs")
    unseen = said("d", text, ("China", CN), "aids", ("Pakistan", PK), trigger="backs")
    made = reading("d", fact(CN, "supports", PK))
    from dataclasses import replace

    whole = replace(
        made,
        document=replace(made.document, text=text),
        sentences=(Sentence(0, len(text), text),),
        mentions=(one.source, one.target),
        assertions=(one, wrong, unseen),
    )
    path = store_of(tmp_path / "kg.db", whole)
    kg("export", "--what", "assertions", "-o", "read.jsonl", cwd=tmp_path)
    kg("review", "accept", one.id, cwd=tmp_path)
    kg("review", "reject", wrong.id, "--reviewer", "ada", "--reason", "no weapons", cwd=tmp_path)
    return path


def test_reviews_are_gold_for_evaluate(two):
    assert kg("review", "export", "-o", "gold.jsonl", cwd=two.parent).returncode == 0
    gold = load_gold(two.parent / "gold.jsonl")
    assert [(claim.relation, claim.core) for claim in gold[0].claims] == [("supports", True), ("aids", False)]
    found = evaluate(gold, load_predicted(two.parent / "read.jsonl")).levels["acts", "exact"]
    assert (found.right, found.predicted, found.found, found.core) == (2, 3, 1, 1)
    assert kg("evaluate", "gold.jsonl", "--predicted", "read.jsonl", cwd=two.parent).returncode == 0


def test_exported_reviews_are_made_again_once(two, tmp_path):
    written = kg("review", "export", cwd=two.parent).stdout
    before = kg("export", "--what", "assertions", cwd=two.parent).stdout
    for number in ("2", "1"):
        kg("review", "undo", number, cwd=two.parent)
    assert kg("export", "--what", "assertions", cwd=two.parent).stdout != before
    for says in ("2 made", "2 there already"):
        done = kg("review", "import", "-", cwd=two.parent, stdin=written)
        assert done.returncode == 0
        assert says in done.stderr
    assert kg("export", "--what", "assertions", cwd=two.parent).stdout == before
    rejected = rows("review", "list", cwd=two.parent)[1]
    assert (rejected["reviewer"], rejected["reason"]) == ("ada", "no weapons")


def test_only_sentences_with_errors(store):
    kg("review", "accept", CHINA, cwd=store.parent)
    assert kg("review", "export", "--errors", cwd=store.parent).returncode == 1
    kg("review", "reject", ACCUSED, cwd=store.parent)
    (line,) = kg("review", "export", "--errors", cwd=store.parent).stdout.splitlines()
    assert json.loads(line)["triples"] == []


def test_reviews_of_a_document_that_is_not_there_are_told(two, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    store_of(other / "kg.db", reading("b", fact(IN, "attacks", PK)))
    done = kg("review", "import", "-", cwd=other, stdin=kg("review", "export", cwd=two.parent).stdout)
    assert done.returncode == 0
    assert "2 of documents that are not in the store" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        "nothing",
        '{"reviews": [{"number": 1, "kind": "merge", "what": {}, "note": null}]}',
        '{"reviews": [{"number": 1, "kind": "accept", "what": {"assertions": [], "documents": ["a"]}, "note": null}]}',
        '{"reviews": [{"number": 1, "kind": "relabel", "what": {"assertions": ["x"], "documents": ["a"], '
        '"reviewer": "ada", "change": {"relation": "loves"}}, "note": null}]}',
    ],
)
def test_a_line_that_is_no_review_is_named_and_none_is_made(line, two):
    good = kg("review", "export", cwd=two.parent).stdout.strip()
    for number in ("2", "1"):
        kg("review", "undo", number, cwd=two.parent)
    shown = kg("review", "import", "-", cwd=two.parent, stdin=f"{good}\n{line}\n")
    assert shown.returncode == 2
    assert "-:2" in shown.stderr
    assert kg("review", "list", cwd=two.parent).returncode == 1


# -- keys


ASKS = (b"[q]uit\r\n", b"leave it\r\n", b"5 ended\r\n", b"none):", b"it):")  # what is shown when a key is waited for


def stepped(keys, *arguments, cwd, **env):
    """What is shown when these keys are typed, each in its turn; and the exit code."""
    parent, child = pty.openpty()
    quiet = termios.tcgetattr(child)
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(child, termios.TCSANOW, quiet)
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "review", "step", "--reviewer", "ada", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "80", **env},
        stdin=child,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    shown = b""
    for key in keys:
        while not shown.rstrip(b" ").endswith(ASKS):
            shown += os.read(parent, 65536)
        shown += b"\0"
        answer = b""
        while not answer:
            os.write(parent, key.encode())
            # A terminal forgets what comes before somebody reads keys: then it is typed again.
            if select.select([parent], [], [], 2)[0]:
                try:
                    answer = os.read(parent, 65536) or b"\0"
                except OSError:
                    answer = b"\0"
        shown += answer
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(parent)
    return shown.replace(b"\0", b"").decode(), process.wait(60)


def decided(store):
    with open_store(store) as opened:
        return [(one.kind, one.note, one.change) for one in opened.corrections()]


def test_a_key_for_each_decision(store):
    shown, code = stepped(["a", "r", "a question\n", "s", "q"], cwd=store.parent)
    assert code == 0
    assert "[China] <supports> [Pakistan]." in shown
    assert "1 of 4" in shown
    assert "2 reviewed" in shown
    assert [(kind, note) for kind, note, _ in decided(store)] == [("accept", None), ("reject", "a question")]


def test_relabelling_by_keys(store):
    shown, code = stepped(["l", "t", "e", "2", "a", "aids\n", "p", "\r", "\n", "q"], cwd=store.parent)
    assert code == 0
    assert "Pakistan aids China (not planned)" in shown
    (made,) = decided(store)
    assert made[0] == "relabel"
    assert (made[2].relation, made[2].turned, made[2].status, made[2].polarity) == ("aids", True, "planned", "negated")


def test_undo_takes_the_last_one_back_and_shows_it_again(store):
    shown, code = stepped(["a", "u", "q"], cwd=store.parent)
    assert code == 1
    assert shown.count("1 of 4") == 2
    assert decided(store) == []


@pytest.mark.parametrize("keys", [["l", "t", "\x1b", "q"], ["l", "\r", "q"], ["u", "q"], ["\x03"], ["\x04"]])
def test_leaving_changes_nothing(keys, store):
    _, code = stepped(keys, cwd=store.parent)
    assert code == 1
    assert decided(store) == []


def test_a_hostile_sentence_is_shown_and_does_nothing(tmp_path):
    evil = "\x1b]0;owned\x07\x1b[2J \ue000 [China] says "
    made = reading("a", fact(CN, "supports", PK), preface=evil)
    from dataclasses import replace

    one = made.assertions[0]
    whole = Sentence(0, one.sentence.end, made.document.text[: one.sentence.end])
    store_of(tmp_path / "kg.db", replace(made, sentences=(whole,), assertions=(replace(one, sentence=whole),)))
    shown, _ = stepped(["q"], cwd=tmp_path, NO_COLOR="")
    assert "owned" not in shown
    assert "\x1b[2J" not in shown
    assert "\ue000" not in shown
