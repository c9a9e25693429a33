"""kg explain and kg evaluate as real processes."""

import dataclasses
import json
import re

import pytest

from tests.builders import CN, PK, fact, reading
from tests.cli_runs import kg, store_of

LABELS = [
    {
        "doc": "d1",
        "text": "China backs Pakistan.",
        "triples": [{"source": "China", "relation": "supports", "target": "Pakistan"}],
    },
    {"doc": "d1", "text": "Wages in Romania are lower than in Hungary.", "triples": []},
    {"doc": "d2", "text": "India met Iran.", "triples": [{"source": "Iran", "relation": "arms", "target": "India"}]},
]


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path):
    return write(tmp_path / "gold.jsonl", LABELS)


@pytest.fixture
def placed(tmp_path):
    """Labels with offsets, the documents they are of, and the readings of these."""
    text = "China backs Pakistan.\nWages in Romania are lower than in Hungary."
    write(tmp_path / "documents.jsonl", [{"id": "d1", "text": text}, {"id": "other", "text": "Fiji condemned Tonga."}])
    starts = {"China backs Pakistan.": 0, "Wages in Romania are lower than in Hungary.": 22}
    rows = [{**row, "start": starts[row["text"]], "end": starts[row["text"]] + len(row["text"])} for row in LABELS[:2]]
    return write(tmp_path / "placed.jsonl", rows)


# --- explain ------------------------------------------------------------------------------------------------------


def test_a_sentence_is_explained_step_by_step(tmp_path):
    shown = kg("explain", "Norway did not back Iceland.", "--date", "2019-05-01", cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stderr == ""
    for heading in ("Who is named", "Triggers", "Triples"):
        assert f"\n{heading}\n" in shown.stdout
    assert "source at subj: Norway" in shown.stdout
    assert "negated: not" in shown.stdout
    assert re.search(r"Norway +supports +Iceland +not actual", shown.stdout)
    assert "No triple between" not in shown.stdout
    assert max(map(len, shown.stdout.split("\n"))) <= 80


def test_what_came_closest_is_shown_where_nothing_is_read(tmp_path):
    shown = kg("explain", "Kenya", "supported", "the proposal near Somalia.", cwd=tmp_path)
    assert shown.returncode == 1
    assert "No triple is read here." in shown.stderr
    assert "no actor at the target: obj" in shown.stdout.partition("No triple between")[2]


def test_json_holds_the_triples_as_extract_writes_them(tmp_path):
    text = "China backs Pakistan. Iran met Iraq near Syria."
    shown = json.loads(kg("explain", text, "--date", "2019", "--format", "json", cwd=tmp_path).stdout)
    assert [one["sentence"]["text"] for one in shown["sentences"]] == [
        "China backs Pakistan.",
        "Iran met Iraq near Syria.",
    ]
    assert shown["date"] == "2019"
    (tmp_path / "sentence.txt").write_text(text)
    read = kg("extract", "sentence.txt", "--date", "2019", "--format", "jsonl", cwd=tmp_path).stdout
    told = [
        {k: v for k, v in t.items() if k not in ("cues", "id", "document")}
        for s in shown["sentences"]
        for t in s["triples"]
    ]
    plain = [{k: v for k, v in json.loads(line).items() if k not in ("id", "document")} for line in read.splitlines()]
    assert told == plain
    second = shown["sentences"][1]
    assert {m["name"] for m in second["mentions"]} == {"Iran", "Iraq", "Syria"}
    assert all(set(trace) >= {"rule", "source", "target", "places", "acts", "reason"} for trace in second["triggers"])
    assert {frozenset(a["name"] for a in gap["actors"]) for gap in second["missing"]} == {
        frozenset(("Iran", "Syria")),
        frozenset(("Iraq", "Syria")),
    }


def test_an_assertion_is_explained_in_its_document(tmp_path):
    (tmp_path / "a.txt").write_text("It rained. China praised Pakistan. It also armed it.\n")
    assert kg("build", "a.txt", cwd=tmp_path).returncode == 0
    rows = [json.loads(line) for line in kg("extract", "a.txt", "--format", "jsonl", cwd=tmp_path).stdout.splitlines()]
    (wanted,) = (row for row in rows if row["relation"] == "praises")
    shown = kg("explain", wanted["id"], cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stderr == ""
    assert shown.stdout.startswith("“China praised Pakistan.”\n")
    assert "rained" not in shown.stdout


def test_a_stored_reading_that_is_read_otherwise_today_is_told(tmp_path):
    one = reading("d", fact(CN, "supports", PK))
    (kept,) = (dataclasses.replace(assertion, relation="arms") for assertion in one.assertions)
    store_of(tmp_path / "kg.db", dataclasses.replace(one, assertions=(kept,)))
    shown = kg("explain", kept.id, cwd=tmp_path)
    assert "gives another triple than is stored" in shown.stderr


def test_an_unknown_id_is_a_wrong_argument_and_a_missing_store_unusable(tmp_path):
    assert kg("explain", "0123456789abcdef", cwd=tmp_path).returncode == 3
    store_of(tmp_path / "kg.db", reading("d", fact(CN, "supports", PK)))
    shown = kg("explain", "0123456789abcdef", cwd=tmp_path)
    assert shown.returncode == 2
    assert "0123456789abcdef" in shown.stderr


@pytest.mark.parametrize("arguments", [(), (" ",), ("x", "--date", "9/10/2019"), ("x", "--format", "xml")])
def test_what_cannot_be_explained_is_refused(arguments, tmp_path):
    assert kg("explain", *arguments, cwd=tmp_path).returncode == 2


def test_nothing_in_a_sentence_reaches_the_terminal_as_a_command(tmp_path):
    shown = kg("explain", "China backs \x1b[31mPakistan\u202e.", cwd=tmp_path)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown.stdout)


# --- evaluate -----------------------------------------------------------------------------------------------------


def test_sentences_are_read_and_measured(gold, tmp_path):
    shown = kg("evaluate", gold, "--errors", "5", cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stdout.startswith("3 labelled sentences\n")
    assert re.search(r"^acts, exact +0\.500 +0\.500 +0\.500 +2 +2$", shown.stdout, re.M)
    assert re.search(r"^acts, pair +1\.000 +1\.000 +1\.000 +2 +2$", shown.stdout, re.M)
    assert "Wrong: 1 of 1" in shown.stdout
    assert re.search(r"^India +consults +Iran +actual$", shown.stdout, re.M)
    assert "Missed: 1 of 1" in shown.stdout
    assert max(map(len, shown.stdout.split("\n"))) <= 80


def test_json_holds_the_same_figures(gold, tmp_path):
    told = json.loads(kg("evaluate", gold, "--errors", "1", "--format", "json", cwd=tmp_path).stdout)
    assert told["acts.exact"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "predicted": 2, "gold": 2}
    assert told["sentences"] == 3
    assert told["danger"]["non-facts told as facts"] == {"rate": 0.0, "of": 1}
    assert [error["relation"] for error in told["wrong"]] == ["consults"]
    assert [error["relation"] for error in told["missed"]] == ["arms"]


def test_documents_and_readings_of_before_give_the_same_figures(placed, tmp_path):
    told = kg("evaluate", placed, "--documents", "documents.jsonl", "--format", "json", cwd=tmp_path)
    (tmp_path / "read.jsonl").write_text(kg("extract", "documents.jsonl", "--format", "jsonl", cwd=tmp_path).stdout)
    again = kg("evaluate", placed, "--predicted", "read.jsonl", "--format", "json", cwd=tmp_path)
    first, second = json.loads(told.stdout), json.loads(again.stdout)
    assert first.pop("outside_labelled_sentences") == 0  # documents without labels are not even read
    assert second.pop("outside_labelled_sentences") == 1
    assert first == second
    assert first["acts.full"]["f1"] == 1


def test_readings_of_before_need_no_model(placed, tmp_path):
    (tmp_path / "read.jsonl").write_text("")
    shown = kg("evaluate", placed, "--predicted", "read.jsonl", cwd=tmp_path, python=("-X", "importtime"))
    modules = {line.rpartition("|")[2].strip() for line in shown.stderr.split("\n") if line.startswith("import time:")}
    assert "kg.evaluate" in modules
    assert not modules & {"spacy", "thinc", "numpy", "networkx", "pyvis", "sqlite3", "kg.extract", "kg.store"}


def test_where_nothing_is_read_the_code_says_so(placed, tmp_path):
    (tmp_path / "read.jsonl").write_text("")
    shown = kg("evaluate", placed, "--predicted", "read.jsonl", cwd=tmp_path)
    assert shown.returncode == 1
    assert "acts, full" in shown.stdout
    assert "Nothing was read" in shown.stderr


def test_labelled_documents_that_are_missing_are_named(placed, tmp_path):
    write(tmp_path / "documents.jsonl", [{"id": "other", "text": "Fiji condemned Tonga."}])
    shown = kg("evaluate", placed, "--documents", "documents.jsonl", cwd=tmp_path)
    assert shown.returncode == 1
    assert "d1" in shown.stderr


def test_labels_without_offsets_cannot_be_compared_with_readings(gold, tmp_path):
    (tmp_path / "read.jsonl").write_text("")
    shown = kg("evaluate", gold, "--predicted", "read.jsonl", cwd=tmp_path)
    assert shown.returncode == 3
    assert '"start"' in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("missing.jsonl",), 2),
        (("gold.jsonl", "--predicted", "gold.jsonl", "--documents", "gold.jsonl"), 2),
        (("gold.jsonl", "--errors", "-1"), 2),
        (("bad.jsonl",), 3),
        (("empty.jsonl",), 3),
        (("placed.jsonl", "--predicted", "bad.jsonl"), 3),
    ],
)
def test_wrong_options_and_files_are_told_apart(arguments, code, gold, placed, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"doc": "d1"}\n')
    (tmp_path / "empty.jsonl").write_text("")
    shown = kg("evaluate", *arguments, cwd=tmp_path)
    assert shown.returncode == code, shown.stderr
    assert shown.stdout == ""
    if code == 3:
        assert arguments[-1] in shown.stderr


def test_the_sentences_of_one_doc_are_read_together_and_dated(tmp_path):
    rows = [
        {"doc": "d", "date": "2019-05-01", "text": "Imran Khan flew to Beijing.", "triples": []},
        {
            "doc": "d",
            "text": "He thanked China.",
            "triples": [{"source": "Pakistan", "relation": "praises", "target": "China"}],
        },
    ]
    told = json.loads(kg("evaluate", write(tmp_path / "g.jsonl", rows), "--format", "json", cwd=tmp_path).stdout)
    assert told["acts.full"]["recall"] == 1
