"""What is not parsed holds no triple: the pre-pass misses no trigger in any form, and changes no assertion."""

from __future__ import annotations

import pytest
from golden_cases import load_cases

from benchmarks.articles import articles
from kg.extract import Extractor
from kg.extract.blocks import blocks
from kg.extract.lexicon import lexicon
from kg.extract.prepass import Prepass, sentences_of
from kg.extract.vocabulary import vocabulary
from kg.model import Document

DULL = "Rain fell for most of the day.\nTickets cost nine dollars.\n"


@pytest.fixture(scope="module")
def prepass(extractor: Extractor) -> Prepass:
    tables = extractor.parser.lemma_tables
    assert tables is not None
    return Prepass(lexicon(), vocabulary(), *tables)


@pytest.fixture(scope="module")
def thorough(extractor: Extractor) -> Extractor:
    return Extractor(extractor.catalogue, thorough=True)


def test_no_assertion_is_lost(extractor: Extractor, thorough: Extractor) -> None:
    cases = [case.document for case in load_cases()]
    joined = [
        Document(id=f"joined-{n}", text="\n".join(d.text for d in cases[n : n + 4]) + f"\n{DULL}", date="2015-06-01")
        for n in range(0, len(cases), 40)
    ]
    documents = [*cases[::3], *joined, *articles(20)]
    ours, full = (list(reader.read(documents, [])) for reader in (extractor, thorough))
    assert [reading.assertions for reading in ours] == [reading.assertions for reading in full]
    assert sum(len(reading.assertions) for reading in ours) > 300


def test_every_paragraph_with_an_assertion_may_hold_one(thorough: Extractor, prepass: Prepass) -> None:
    wrong = [
        document.text[block.start : block.end]
        for reading in thorough.read([case.document for case in load_cases()], [])
        for document in [reading.document]
        for block in blocks(document.text)
        if any(block.start <= a.sentence.start < block.end for a in reading.assertions)
        and not prepass.holds(document.text[block.start : block.end])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "Ghana thanked Togo.",
        "GHANA SENT ARMS TO TOGO",
        "It sent them tanks.",
        "They met.",
        "The two countries are allies.",
        "Their envoys fought on.",
        "The Iran-backed group left Chad.",
        "Foreign Minister Abena Osei left.",
    ],
)
def test_what_may_hold_a_triple_is_parsed(prepass: Prepass, text: str) -> None:
    assert prepass.holds(text)


@pytest.mark.parametrize(
    "text", ["", "Rain fell all day.", "By A. B. Cole", "18 May 2025", "Tickets cost nine dollars."]
)
def test_what_cannot_is_not(prepass: Prepass, text: str) -> None:
    assert not prepass.holds(text)


def test_irregular_forms_and_the_models_own_are_known(prepass: Prepass) -> None:
    for form in ("sent", "gave", "struck", "withdrew", "expelled", "allies", "shelling", "vetoes", "overthrown"):
        assert prepass.holds(f"Ghana {form} Togo"), form


def test_names_in_what_is_not_parsed_are_mentioned_all_the_same(extractor: Extractor) -> None:
    text = f"Ghana thanked Togo.\n{DULL}Rain fell in Mali too. Nobody was wet in Chad.\n"
    (reading,) = extractor.read([Document(id="it", text=text, date="2015-06-01")], [])
    assert {m.actor.name for m in reading.mentions} == {"Ghana", "Togo", "Mali", "Chad"}
    assert [text[s.start : s.end] for s in reading.sentences] == [s.text for s in reading.sentences]
    assert "Nobody was wet in Chad." in {s.text for s in reading.sentences}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The film is in French.", False),
        ("She has been learning Portuguese for years.", False),
        ("The winner is a Mexican who lives by the sea.", False),
        ("It rained on a non-Greek island.", False),
        ("The farm lies in French hills.", True),
        ("He has a Mexican hat.", True),
        ("Rain fell in Mexico.", True),
        ("Mexicans slept.", True),
    ],
)
def test_a_language_and_anybody_of_a_people_are_nobody(
    extractor: Extractor, thorough: Extractor, text: str, named: bool
) -> None:
    document = Document(id="it", text=f"Ghana thanked Togo.\n{text}\n", date="2015-06-01")
    for one in (extractor, thorough):
        (reading,) = one.read([document], [])
        assert (len({m.actor.name for m in reading.mentions}) == 3) is named, text


def test_what_stands_before_a_triple_is_parsed_for_what_it_teaches(extractor: Extractor, prepass: Prepass) -> None:
    wet = "Rain fell all day."
    assert prepass.needed([wet, "Ghana thanked Togo.", wet, wet]) == 2
    assert prepass.needed([wet, wet]) == 0
    (reading,) = extractor.read([Document(id="it", text="Jane Doe slept.\nShe thanked Togo.\n", date="2015")], [])
    assert [m.actor.name for m in reading.mentions][:2] == ["Jane Doe", "Jane Doe"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("A b.", ["A b."]), ("A b. C d!  E f", ["A b.", "C d!", "E f"]), ("“A.” B. ", ["“A.”", "B."])],
)
def test_sentences_of_what_is_not_parsed(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences_of(text)] == expected
