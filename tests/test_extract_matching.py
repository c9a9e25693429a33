"""Which triggers stand in a sentence: on trees built by hand, with frames of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from trees import tree

from kg.extract.lexicon import Lexicon, load_lexicon
from kg.extract.matching import find_triggers
from kg.relations import ontology

FRAMES = """
[[class]]
id = "gun"
words = ["rifle", "cannon"]

[[frame]]
relation = "supports"
verbs = ["cheer", "stand by", "throw {gun} behind"]
nouns = ["vote of confidence", "cheer"]
roles = ["cheerleader"]
adjectives = ["fond of"]
joined = ["cheered"]

[[frame]]
relation = "arms"
verbs = ["lend {gun}"]
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    path: Path = tmp_path_factory.mktemp("frames") / "mine.toml"
    path.write_text(FRAMES, "utf-8")
    return load_lexicon([path], ontology())


def found(lexicon: Lexicon, notation: str) -> list[tuple[str, str]]:
    return [(m.rule, " ".join(t.text for t in words)) for m, words in find_triggers(tree(notation), lexicon)]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("Ghana*/NNP/nsubj>2 cheered~cheer/VBD/ROOT Togo*/NNP/dobj>2", ("supports/verb/cheer", "cheered")),
        (
            "Ghana*/NNP/nsubj>2 stood~stand/VBD/ROOT by/IN/prep>2 Togo*/NNP/pobj>3",
            ("supports/verb/stand by", "stood by"),
        ),
        ("Ghana*/NNP/nsubj>2 lent~lend/VBD/ROOT rifles~rifle/NNS/dobj>2", ("arms/verb/lend {gun}", "lent rifles")),
        ("rifles~rifle/NNS/nsubjpass>3 were/VBD/auxpass>3 lent~lend/VBN/ROOT", ("arms/verb/lend {gun}", "lent rifles")),
        ("a/DT/det>2 cheerleader/NN/ROOT of/IN/prep>2 Togo*/NNP/pobj>3", ("supports/role/cheerleader", "cheerleader")),
        ("Ghana*/NNP/nsubj>2 is/VBZ/ROOT fond/JJ/acomp>2 of/IN/prep>3", ("supports/adjective/fond of", "fond of")),
        ("Iran-cheered*^cheered/JJ/amod>2 group/NN/ROOT", ("supports/joined/cheered", "Iran-cheered")),
    ],
)
def test_triggers_are_found_where_they_hang_together(mine: Lexicon, notation: str, expected: tuple[str, str]) -> None:
    assert found(mine, notation) == [expected]


@pytest.mark.parametrize(
    "notation",
    [
        "Ghana*/NNP/nsubj>2 stood~stand/VBD/ROOT",  # a word is missing
        "Ghana*/NNP/nsubj>2 lent~lend/VBD/ROOT money/NN/dobj>2",  # not of the class
        "rifles~rifle/NNS/nsubj>2 lend/VBP/ROOT",  # the weapon lends
        "Ghana*/NNP/nsubj>2 left~leave/VBD/ROOT by/IN/prep>2 night/NN/pobj>3",  # not the head
        "cheerful/JJ/amod>2 men/NNS/ROOT",  # another word
        "they/PRP/nsubj>2 stood~stand/VBD/ROOT and/CC/cc>2 left/VBD/conj>2 by/IN/prep>4 noon/NN/pobj>5",  # apart
    ],
)
def test_words_that_do_not_hang_together_are_no_trigger(mine: Lexicon, notation: str) -> None:
    assert found(mine, notation) == []


def test_triggers_of_more_words_come_first(mine: Lexicon) -> None:
    notation = (
        "Ghana*/NNP/nsubj>2 cheered~cheer/VBD/ROOT Togo*/NNP/dobj>2 and/CC/cc>2 stood~stand/VBD/conj>2 by/IN/prep>5"
        " Mali*/NNP/pobj>6"
    )
    assert [rule for rule, _ in found(mine, notation)] == ["supports/verb/stand by", "supports/verb/cheer"]


def test_the_head_of_a_trigger_is_its_first_token(mine: Lexicon) -> None:
    built = tree("a/DT/det>2 vote/NN/ROOT of/IN/prep>2 confidence/NN/pobj>3")
    ((_, words),) = find_triggers(built, mine)
    assert [t.text for t in words] == ["vote", "of", "confidence"]
