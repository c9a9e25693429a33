"""kg build, extract and mentions as real processes, on good and bad input."""

import csv
import io
import json

import pytest

from tests.cli_runs import ROOT, kg

GOOD = "China backs Pakistan.\n"
KEYS = [
    *("id", "document", "sentence", "source", "relation", "symmetric", "family", "tier", "plover", "cameo", "weight"),
    *("target", "trigger", "polarity", "status", "background", "attributed_to", "voice", "about", "against", "date"),
    *("confidence", "rule"),
]
END_KEYS = ["id", "name", "kind", "sector", "state_id", "state", "iso3", "text", "start", "end", "how"]
MENTION_KEYS = ["document", "start", "end", "text", "id", "name", "kind", "state", "state_id", "how", "confidence"]


@pytest.fixture
def bad(tmp_path):
    """A folder with one good file among the bad ones."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x7fELF\x00\x01\x02" * 20)
    (folder / "latin.txt").write_bytes("São Paulo café".encode("latin-1"))
    (folder / "lines.jsonl").write_text('{"id": "j1", "text": "India backs Nepal."}\n{"id": "j2"\n\n{"id": "j3"}\n')
    return folder


def test_bad_files_are_named_and_counted_and_cost_nothing_of_the_rest(bad, tmp_path):
    shown = kg("build", "news", "missing.txt", cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stdout == ""
    problems = [line for line in shown.stderr.split("\n") if line.startswith("problem: ")]
    for name in ("empty.txt", "binary.txt", "latin.txt", "lines.jsonl:2", "lines.jsonl:4", "missing.txt"):
        assert sum(name in line for line in problems) == 1, shown.stderr
    assert "2 documents read (2 new), 6 problems; 2 assertions -> kg.db" in shown.stderr
    told = kg("query", "who backs whom", "--format", "jsonl", cwd=tmp_path)
    assert {json.loads(line)["source"] for line in told.stdout.splitlines()} == {"cn", "in"}


def test_one_problem_on_many_lines_is_told_of_the_first_few(tmp_path):
    (tmp_path / "lines.jsonl").write_text('{"text": "India backs Nepal."}\n' * 40)
    shown = kg("extract", "lines.jsonl", cwd=tmp_path)
    told = [line for line in shown.stderr.split("\n") if line.startswith("problem: ")]
    assert [line.split(": ")[1] for line in told] == ["lines.jsonl:1", "lines.jsonl:2", "lines.jsonl:3", "lines.jsonl"]
    assert told[-1].endswith("37 more lines, the last of them 40.")


def test_strict_tells_by_its_exit_code_and_still_keeps_the_rest(bad, tmp_path):
    assert kg("build", "news", "--strict", cwd=tmp_path).returncode == 3
    assert kg("query", "who backs Pakistan", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("source", ["missing.txt", "empty.txt", "nothing"])
def test_where_nothing_can_be_read_no_store_is_made(source, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "nothing").mkdir()
    shown = kg("build", source, cwd=tmp_path)
    assert shown.returncode == 3
    assert source in shown.stderr
    assert "0 documents read" in shown.stderr
    assert not (tmp_path / "kg.db").exists()


def test_building_again_reads_nothing_twice(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    assert "(1 new)" in kg("build", "a.txt", cwd=tmp_path).stderr
    assert "(1 there already)" in kg("build", "a.txt", cwd=tmp_path).stderr
    (tmp_path / "a.txt").write_text(GOOD + "India condemned China.\n")
    assert "(1 read again)" in kg("build", "a.txt", cwd=tmp_path).stderr


def test_progress_is_not_drawn_into_a_pipe(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    shown = kg("build", "a.txt", cwd=tmp_path)
    assert "\r" not in shown.stderr
    assert "\x1b" not in shown.stderr
    assert kg("build", "a.txt", "-q", cwd=tmp_path).stderr == ""


@pytest.mark.parametrize(
    "options", [("--date", "9/10/2019"), ("--date", "2019-02-30"), ("--store",), ("--frobnicate",), ()]
)
def test_wrong_options_are_usage(options, tmp_path):
    sources = ["a.txt"] if options else []
    assert kg("build", *sources, *options, cwd=tmp_path).returncode == 2


def test_an_encoding_or_a_model_that_is_none_is_told(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    for options in (("--encoding", "klingon"), ("--model", "xx_no_such_model")):
        shown = kg("build", "a.txt", *options, cwd=tmp_path)
        assert shown.returncode == 3
        assert options[1] in shown.stderr


def test_extract_keeps_the_contract_to_the_order_of_its_keys(tmp_path):
    text = "China backs Pakistan on Kashmir."
    line = json.dumps({"id": "003", "text": text, "date": "2020-02-02"})
    shown = kg("extract", "-", "--format", "jsonl", cwd=tmp_path, stdin=line)
    assert shown.returncode == 0
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    row = next(row for row in rows if row["relation"] == "supports")
    assert list(row) == KEYS
    assert list(row["sentence"]) == ["start", "end", "text"]
    assert list(row["source"]) == list(row["target"]) == END_KEYS
    assert list(row["trigger"]) == ["text", "start", "end"]
    for span in (row["sentence"], row["source"], row["target"], row["trigger"]):
        assert text[span["start"] : span["end"]] == span["text"]
    assert (row["document"], row["source"]["iso3"], row["date"], row["tier"]) == ("003", "CHN", "2020-02-02", "strong")


def test_mentions_keep_their_contract(tmp_path):
    text = "China backs Pakistan. The two countries are friends."
    shown = kg("mentions", "-", "--format", "jsonl", cwd=tmp_path, stdin=text)
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [list(row) for row in rows] == [MENTION_KEYS] * len(rows)
    assert {"cn", "pk"} <= {row["id"] for row in rows}
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


@pytest.mark.parametrize("command", ["extract", "mentions"])
def test_reading_without_a_store_leaves_nothing_behind(command, tmp_path):
    shown = kg(command, "-", cwd=tmp_path, stdin=GOOD)
    assert shown.returncode == 0
    assert "Pakistan" in shown.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["extract", "mentions"])
def test_nothing_found_and_nothing_read_are_told_apart(command, tmp_path):
    assert kg(command, "-", cwd=tmp_path, stdin="The weather was fine.").returncode == 1
    assert kg(command, "missing.txt", cwd=tmp_path).returncode == 3


def test_extract_names_the_bad_and_prints_the_good(bad, tmp_path):
    shown = kg("extract", "news", "--format", "csv", cwd=tmp_path)
    assert shown.returncode == 0
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert [row["source_id"] for row in rows] == ["cn", "in"]
    assert rows[0]["sentence_text"] == GOOD.strip()
    assert "empty.txt" in shown.stderr


def test_the_seeds_answer_the_question_that_the_readme_asks(tmp_path):
    assert kg("build", ROOT / "seeds", cwd=tmp_path).returncode == 0
    backers = kg("query", "who backs Pakistan", cwd=tmp_path)
    assert backers.returncode == 0
    assert "China" in backers.stdout
    assert "kg brief (paraphrase of Newsweek, 9 October 2019)" in backers.stdout
    assert kg("query", "who backs whom", cwd=tmp_path).returncode == 0
    assert kg("path", "China", "Afghanistan", cwd=tmp_path).returncode == 0


def test_a_threshold_leaves_out_what_is_less_sure(tmp_path):
    (tmp_path / "a.txt").write_text("Kenya backed Ghana. It also thanked Togo.")

    def sure(*options):
        shown = kg("extract", "a.txt", "--format", "jsonl", *options, cwd=tmp_path).stdout
        return [json.loads(line)["confidence"] for line in shown.splitlines()]

    named, by_pronoun = sure()
    assert named > by_pronoun
    assert sure("--min-confidence", str(named)) == [named]
