"""Titles beside names, on trees built by hand."""

from __future__ import annotations

import pytest
from trees import resolver, tree

from kg.extract.titles import Title, read_titles
from kg.extract.vocabulary import vocabulary


def titles(notation: str, day: str = "2015-06-01") -> list[Title]:
    built = tree(notation)
    return read_titles(built, resolver(built, day), vocabulary())


def pairs(notation: str, day: str = "2015-06-01") -> list[tuple[str, str]]:
    return [(t.person.actor.name, t.owner.state.name) for t in titles(notation, day)]


FIRST, LAST = "Abena@B-PERSON/NNP/compound", "Osei@I-PERSON/NNP"
LEFT = f"Ghanaian*/JJ/amod>4 Foreign_Minister+/NNP/compound>4 {FIRST}>4 {LAST}/nsubj>5 left~leave/VBD/ROOT"
POSSESSIVE = (
    f"Ghana*/NNP/poss>3 's/POS/case>1 foreign_minister+/NN/nsubj>8 ,/,/punct>3 {FIRST}>6 {LAST}/appos>3"
    " ,/,/punct>3 left~leave/VBD/ROOT"
)
RIGHT = (
    f"{FIRST}>2 {LAST}/nsubj>8 ,/,/punct>2 Ghana*/NNP/poss>6 's/POS/case>4 foreign_minister+/NN/appos>2"
    " ,/,/punct>2 left~leave/VBD/ROOT"
)
KNOWN = "German*/JJ/amod>3 Chancellor/NNP/compound>3 Angela_Merkel*/NNP/nsubj>4 left~leave/VBD/ROOT"
SILENT = "Chancellor/NNP/compound>2 Angela_Merkel*/NNP/nsubj>3 left~leave/VBD/ROOT"
FORMER = "Former/JJ/amod>4 German*/JJ/amod>4 Chancellor/NNP/compound>4 Angela_Merkel*/NNP/nsubj>5 left~leave/VBD/ROOT"


@pytest.mark.parametrize("notation", [LEFT, POSSESSIVE, RIGHT])
def test_a_title_tells_whom_somebody_unknown_acts_for(notation: str) -> None:
    assert pairs(notation) == [("Abena Osei", "Ghana")]


def test_a_title_before_a_known_name() -> None:
    assert pairs(KNOWN) == [("Angela Merkel", "Germany")]


def test_a_known_person_needs_no_state_in_the_title() -> None:
    (title,) = titles(SILENT)
    assert (title.owner.state.name, title.stated) == ("Germany", False)
    (stated,) = titles(KNOWN)
    assert stated.stated


def test_whoever_held_the_office_is_marked() -> None:
    (title,) = titles(FORMER, "2023-06-01")
    assert title.former
    (current,) = titles(KNOWN)
    assert not current.former


def test_the_span_of_a_title_slices_to_its_words() -> None:
    built = tree(KNOWN, start=50)
    text = "x" * 50 + built.text
    (title,) = read_titles(built, resolver(built), vocabulary())
    assert text[title.span.start : title.span.end] == title.span.text
    assert "Chancellor" in title.span.text
    assert "Merkel" not in title.span.text


@pytest.mark.parametrize(
    "notation",
    [
        "Angela_Merkel*/NNP/nsubj>2 left~leave/VBD/ROOT",  # a name alone
        f"{FIRST}>2 {LAST}/nsubj>3 left~leave/VBD/ROOT Ghana*/NNP/dobj>3",  # no title
        f"Ghana*/NNP/nsubj>2 met~meet/VBD/ROOT {FIRST}>4 {LAST}/dobj>2",  # a verb stands between
        "the/DT/det>2 chancellor/NN/nsubj>3 left~leave/VBD/ROOT Germany*/NNP/dobj>3",  # no person
        f"Chancellor/NNP/compound>3 {FIRST}>3 {LAST}/nsubj>4 left~leave/VBD/ROOT",  # whose?
    ],
)
def test_no_title_no_office(notation: str) -> None:
    assert titles(notation) == []


def test_the_title_of_one_name_is_not_that_of_the_next() -> None:
    built = (
        f"German*/JJ/amod>3 Chancellor/NNP/compound>3 Angela_Merkel*/NNP/nsubj>7 and/CC/cc>3 {FIRST}>6"
        f" {LAST}/conj>3 left~leave/VBD/ROOT"
    )
    assert pairs(built) == [("Angela Merkel", "Germany")]
