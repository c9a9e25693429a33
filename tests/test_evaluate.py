"""Figures over labels and readings, the files they come from, and what kg reaches on the gold file it ships."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.datafiles import DATA, read_toml
from kg.errors import DocumentError
from kg.evaluate import (
    LEVELS,
    Claim,
    Evaluation,
    Gold,
    Predicted,
    as_documents,
    as_predicted,
    evaluate,
    load_gold,
    load_predicted,
)
from kg.export.rows import assertion_row
from kg.extract import Extractor
from tests.builders import CN, PK, XI, fact, reading

GOLD = Path(__file__).parent / "golden" / "gold.jsonl"
ARTICLES = Path(__file__).parent / "golden" / "articles.jsonl"
TEXT = "x" * 100


def claim(text: str, *, core: bool = True) -> Claim:
    """ "China supports Pakistan", "China arms Pakistan negated planned"."""
    source, relation, target, *marks = text.split()
    polarity = "negated" if "negated" in marks else "affirmed"
    status = next((mark for mark in marks if mark != "negated"), "actual")
    return Claim(source, relation, target, polarity, status, core)


def measured(labels: list[str], read: list[str], *, arguable: tuple[str, ...] = (), **alts: list[str]) -> Evaluation:
    """The figures of one sentence."""
    claims = (*map(claim, labels), *(claim(text, core=False) for text in arguable))
    gold = [Gold("d", 0, 100, TEXT, claims, alts)]
    return evaluate(gold, [Predicted("d", 0, 100, claim(text)) for text in read])


def hits(found: Evaluation, group: str = "acts") -> str:
    """At which levels the one reading is right: "pfxl" at all four."""
    return "".join(
        letter if found.levels[group, level].right else "-" for letter, level in zip("pfxl", LEVELS, strict=True)
    )


@pytest.mark.parametrize(
    ("label", "read", "right"),
    [
        ("China supports Pakistan", "China supports Pakistan", "pfxl"),
        ("China supports Pakistan", "China supports Pakistan planned", "pfx-"),
        ("China supports Pakistan", "China supports Pakistan ended", "pfxl"),  # what ended was a fact
        ("China supports Pakistan", "China arms Pakistan", "pf--"),
        ("China supports Pakistan", "China supports Pakistan negated", "p---"),
        ("China supports Pakistan", "Pakistan supports China", "p---"),
        ("China supports Pakistan", "China consults Pakistan", "p---"),
        ("China supports Pakistan", "China supports India", "----"),
        ("China consults Pakistan", "Pakistan consults China", "pfxl"),
        ("China consults Pakistan", "Pakistan appeals_to China", "pf--"),  # one of them has no direction
        ("China consults Pakistan", "Pakistan appeals_to China negated", "p---"),
        ("China consults Pakistan", "Pakistan criticizes China", "p---"),
        ("USA supports UK", "America supports Britain", "pfxl"),
        ("Türkiye attacks Syria", "Turkey attacks syria", "pfxl"),
    ],
)
def test_each_level_asks_for_more(label: str, read: str, right: str) -> None:
    assert hits(measured([label], [read])) == right


def test_precision_recall_and_f1() -> None:
    found = measured(["A arms B", "A attacks C", "C fights D"], ["A arms B", "B arms A"]).levels["acts", "exact"]
    assert (found.right, found.predicted, found.found, found.core) == (1, 2, 1, 3)
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(0.4)
    nothing = measured([], []).levels["acts", "pair"]
    assert (nothing.precision, nothing.recall, nothing.f1) == (0, 0, 0)


def test_an_arguable_label_is_right_if_read_and_not_missed_if_not() -> None:
    read = measured([], ["A arms B"], arguable=("A arms B",))
    assert (read.levels["acts", "full"].precision, read.levels["acts", "full"].core) == (1, 0)
    assert measured([], [], arguable=("A arms B",)).missed == ()


def test_the_certain_label_is_met_first() -> None:
    found = measured(["A aids B"], ["A supports B"], arguable=("A arms B",))
    assert found.levels["acts", "family"].recall == 1


def test_a_label_is_met_once_but_a_pair_by_all_that_is_read_of_it() -> None:
    found = measured(["A arms B"], ["A aids B", "A supports B"])
    assert found.levels["acts", "family"].right == 1
    assert found.levels["acts", "pair"].right == 2


def test_the_same_reading_counts_once_and_parts_of_one_state_never() -> None:
    found = measured([], ["A arms B", "A arms B", "B fights A", "A fights B", "A arms A"])
    assert found.levels["acts", "pair"].predicted == 2


def test_other_names_are_as_right_where_a_label_says_so() -> None:
    assert hits(measured(["Taliban fights Iran"], ["Afghanistan fights Iran"], Taliban=["Afghanistan"])) == "pfxl"
    assert hits(measured(["Taliban fights Iran"], ["Afghanistan fights Iran"], Iran=["Afghanistan"])) == "----"


def test_a_surname_is_the_person_whose_office_it_is_and_nobody_else() -> None:
    gold = [Gold("d", 0, 9, "", (Claim("Xi Jinping", "represents", "China"),))]
    for name, right in (("Xi", 1), ("Hu", 0)):
        found = evaluate(gold, [Predicted("d", 0, 9, Claim(name, "represents", "China"))])
        assert found.levels["structure", "full"].right == right
        assert found.levels["acts", "full"].predicted == 0


@pytest.mark.parametrize(
    ("document", "start", "end", "judged"),
    [
        ("d", 0, 100, True),
        ("folder/d.txt", 10, 120, True),
        ("d.md", 0, 40, True),
        ("d", 60, 150, False),  # less than half of either
        ("d", 100, 200, False),
        ("e", 0, 100, False),
    ],
)
def test_only_what_lies_in_a_labelled_sentence_is_judged(document: str, start: int, end: int, judged: bool) -> None:
    found = evaluate([Gold("d", 0, 100, TEXT)], [Predicted(document, start, end, claim("A arms B"))])
    assert found.outside == (not judged)
    assert found.levels["acts", "pair"].predicted == judged


def test_a_reading_belongs_to_the_sentence_it_shares_most_with() -> None:
    gold = [Gold("d", 0, 50, TEXT), Gold("d", 50, 100, TEXT, (claim("A arms B"),))]
    assert hits(evaluate(gold, [Predicted("d", 30, 100, claim("A arms B"))])) == "pfxl"


def test_what_was_wrong_and_what_was_missed_is_named_with_its_sentence() -> None:
    found = measured(["A arms B", "C fights D"], ["B arms A", "D fights C"])
    assert [(e.doc, e.text, str(e.claim)) for e in found.wrong] == [("d", TEXT, "B arms A (affirmed, actual)")]
    assert [str(e.claim) for e in found.missed] == ["A arms B (affirmed, actual)"]


@pytest.mark.parametrize(
    ("labels", "read", "leaked", "turned", "backing"),
    [
        (["A arms B"], "A arms B", (0, 1), (0, 1), (1, 1)),
        (["A arms B planned"], "A arms B", (1, 1), (0, 1), (0, 1)),
        (["A arms B negated"], "A arms B", (1, 1), (0, 0), (0, 1)),
        (["A arms B planned"], "A arms B planned", (0, 0), (0, 1), (0, 0)),
        (["A arms B planned", "A aids B"], "A arms B", (0, 1), (0, 1), (1, 1)),  # one of them is a fact
        (["A arms B"], "B arms A", (0, 0), (1, 1), (0, 1)),
        (["A arms B", "B aids A"], "B arms A", (0, 1), (0, 1), (1, 1)),
        (["A consults B"], "B consults A", (0, 1), (0, 0), (0, 0)),
        (["A opposes B"], "C arms D", (0, 0), (0, 0), (0, 1)),  # labelled nowhere: wrong, but no leak
        (["A represents B"], "A represents B", (0, 0), (0, 0), (0, 0)),
    ],
)
def test_the_errors_that_do_harm(
    labels: list[str], read: str, leaked: tuple[int, int], turned: tuple[int, int], backing: tuple[int, int]
) -> None:
    danger = measured(labels, [read]).danger
    assert [(rate.part, rate.whole) for rate in (danger.leaked, danger.turned, danger.backing)] == [
        leaked,
        turned,
        backing,
    ]
    assert danger.leaked.value == (None if not leaked[1] else leaked[0] / leaked[1])


# --- files --------------------------------------------------------------------------------------------------------


def test_acts_are_compared_between_states_and_structure_between_actors_as_named() -> None:
    for relation, source in (("supports", "China"), ("represents", "Xi Jinping")):
        (told,) = reading("d", fact(XI, relation, PK, source_state=CN)).assertions
        assert as_predicted(told).claim == Claim(source, relation, "Pakistan")


def test_what_extract_writes_is_read_as_the_assertions_themselves(tmp_path: Path) -> None:
    assertions = reading("d", fact(CN, "supports", PK), fact(PK, "fights", CN, polarity="negated")).assertions
    path = tmp_path / "read.jsonl"
    path.write_text("\n".join(json.dumps(assertion_row(a)) for a in assertions) + "\n\n")
    assert load_predicted(path) == [as_predicted(a) for a in assertions]


def test_a_file_without_readings_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    assert load_predicted(tmp_path / "none.jsonl") == []


GOOD: dict[str, Any] = {
    "doc": 7,
    "text": "China backs Pakistan.",
    "triples": [{"source": "China", "relation": "supports", "target": "Pakistan"}],
}


def test_the_least_that_a_line_of_gold_holds(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOOD))
    assert load_gold(tmp_path / "gold.jsonl") == [
        Gold("7", -1, -1, "China backs Pakistan.", (Claim("China", "supports", "Pakistan"),))
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        (json.dumps({**GOOD, "triples": None}), "kg evaluate --help"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "doc"}), "has no 'doc'"),
        (
            json.dumps({**GOOD, "triples": [{"source": "A", "relation": "loves", "target": "B"}]}),
            "'loves' is no relation",
        ),
        (json.dumps({**GOOD, "triples": [{**GOOD["triples"][0], "status": "maybe"}]}), "'maybe' is no status"),
        (json.dumps({**GOOD, "triples": [{**GOOD["triples"][0], "polarity": "no"}]}), "'no' is no polarity"),
    ],
)
def test_a_wrong_line_of_gold_is_named(line: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + line)
    with pytest.raises(DocumentError, match=complaint) as raised:
        load_gold(path)
    assert f"{path}:2" in str(raised.value)


def test_an_empty_or_undecodable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "latin.jsonl").write_bytes("é".encode("latin-1"))
    for name in ("empty.jsonl", "latin.jsonl", "missing.jsonl"):
        with pytest.raises(DocumentError, match=name):
            load_gold(tmp_path / name)


def test_the_sentences_of_a_document_become_its_text_and_keep_their_labels() -> None:
    gold = [
        Gold("b", 700, 720, "China backs Pakistan.", date="2019-10-09"),
        Gold("a", -1, -1, "India met Iran."),
        Gold("b", 3, 9, "It arms it too.", (claim("China arms Pakistan"),)),
    ]
    moved, documents = as_documents(gold)
    assert [(d.id, d.text, d.date) for d in documents] == [
        ("b", "China backs Pakistan.\nIt arms it too.", "2019-10-09"),
        ("a", "India met Iran.", None),
    ]
    texts = {d.id: d.text for d in documents}
    assert [texts[g.doc][g.start : g.end] for g in moved] == [g.text for g in gold]
    assert moved[2].claims == gold[2].claims


def test_no_name_stands_for_two_actors() -> None:
    entries = read_toml(DATA / "evaluation.toml")["same"]
    names = Counter(name for entry in entries for name in (entry["name"], *entry["also"]))
    assert [name for name, count in names.items() if count > 1] == []


# --- the gold file that kg ships ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gold() -> list[Gold]:
    return load_gold(GOLD)


def test_the_shipped_gold_is_large_and_wide_enough(gold: list[Gold]) -> None:
    assert len(gold) >= 150
    assert sum(not g.claims for g in gold) >= len(gold) / 3
    regions = Counter(json.loads(line)["region"] for line in GOLD.read_text("utf-8").splitlines())
    assert len(regions) >= 15
    assert max(regions.values()) <= len(gold) / 8
    assert {g.date[:3] for g in gold if g.date} >= {"197", "198", "199", "200", "201", "202"}
    assert all(g.date for g in gold)
    assert len({g.text for g in gold}) == len(gold)
    assert len({c.relation for g in gold for c in g.claims}) >= 25


@pytest.mark.parametrize("path", [GOLD, ARTICLES], ids=lambda path: path.stem)
def test_the_shipped_gold_keeps_to_the_guideline(path: Path) -> None:
    gold = load_gold(path)
    for g in gold:
        claims = [str(c) for c in g.claims]
        assert len(set(claims)) == len(claims), g.text
        for c in g.claims:
            assert c.source != c.target, g.text
            assert c.status != "ended", f"{g.text}: a past relation is actual and arguable"
    for doc in {g.doc for g in gold}:
        lines = [g for g in gold if g.doc == doc]
        assert all(a.end < b.start for a, b in itertools.pairwise(lines))
        assert all(g.end - g.start == len(g.text) for g in lines)


def test_the_shipped_articles_are_of_many_kinds_and_times() -> None:
    articles = load_gold(ARTICLES)
    documents = Counter(g.doc for g in articles)
    assert len(documents) >= 30
    assert min(documents.values()) >= 7  # articles, not loose sentences
    assert {g.date[:3] for g in articles if g.date} >= {"197", "198", "199", "200", "201", "202"}
    assert len({g.text for g in articles}) == len(articles)
    assert len({c.relation for g in articles for c in g.claims}) >= 29


def test_the_figures_reached_on_the_shipped_gold_are_held(gold: list[Gold], extractor: Extractor) -> None:
    """The sentences were written and labelled before kg read them, and no rule was made for one of them.

    The bounds stand a little under what was reached (acts at the level of families: precision .85, F1 .66; exact
    structure F1 .68), so that a change that costs a label or two elsewhere may pass and a real loss does not. Who
    reaches more raises them.
    """
    found = _measured_by(extractor, gold)
    assert found.outside == 0
    assert found.levels["acts", "pair"].f1 >= 0.78
    assert found.levels["acts", "family"].precision >= 0.81
    assert found.levels["acts", "family"].f1 >= 0.63
    assert found.levels["acts", "exact"].f1 >= 0.58
    assert found.levels["structure", "exact"].f1 >= 0.65
    assert (found.danger.leaked.value or 0) <= 0.07
    assert (found.danger.turned.value or 0) <= 0.05


def test_the_figures_reached_on_the_shipped_articles_are_held(extractor: Extractor) -> None:
    """Whole articles with long sentences, labelled before kg read them.

    What it missed in the first 32 was mended afterwards, where a rule could be stated for any text. Acts at the level
    of families had an F1 of .43 on the first sixteen, .52 on the next nine, .50 on the next seven and .46 on the last
    six when each was first read, and have .53, .59, .55 and .48 since. The first of these are those to expect of a new
    text.
    """
    found = _measured_by(extractor, load_gold(ARTICLES))
    assert found.outside == 0
    assert found.levels["acts", "pair"].f1 >= 0.62
    assert found.levels["acts", "family"].precision >= 0.76
    assert found.levels["acts", "family"].f1 >= 0.52
    assert found.levels["acts", "exact"].f1 >= 0.47
    assert found.levels["structure", "exact"].f1 >= 0.86
    assert (found.danger.leaked.value or 0) <= 0.05
    assert (found.danger.turned.value or 0) <= 0.02


def _measured_by(extractor: Extractor, gold: list[Gold]) -> Evaluation:
    moved, documents = as_documents(gold)
    return evaluate(moved, [as_predicted(a) for one in extractor.read(documents, []) for a in one.assertions])
