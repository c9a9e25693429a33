"""Tokens and trees, and the notation in which tests write them."""

from __future__ import annotations

import pytest
from trees import find, tree

BACKS = (
    "Ghana*/NNP/nsubj>backs its/PRP$/poss>neighbour neighbour/NN/dobj>backs backs~back/VBZ/ROOT openly/RB/advmod>backs"
)


def test_kids_are_found_by_label_and_stand_in_text_order() -> None:
    backs = find(tree(BACKS), "backs")
    assert [t.text for t in backs.kids("nsubj", "dobj")] == ["Ghana", "neighbour"]
    kid = backs.kid("dobj")
    assert kid is not None
    assert kid.text == "neighbour"
    assert backs.kid("agent") is None
    assert backs.kids("agent") == []


def test_subtree_holds_the_token_and_all_below_it() -> None:
    built = tree(BACKS)
    assert {t.text for t in find(built, "neighbour").subtree()} == {"its", "neighbour"}
    assert {t.i for t in find(built, "backs").subtree()} == {t.i for t in built.tokens}


def test_above_ends_at_the_root() -> None:
    built = tree(BACKS)
    assert [t.text for t in find(built, "its").above()] == ["neighbour", "backs"]
    assert list(find(built, "backs").above()) == []


@pytest.mark.parametrize(
    ("tag", "verb", "noun", "plural"),
    [
        ("VBZ", True, False, False),
        ("MD", True, False, False),
        ("NN", False, True, False),
        ("NNS", False, True, True),
        ("NNPS", False, True, True),
        ("JJ", False, False, False),
    ],
)
def test_parts_of_speech_follow_the_tag(tag: str, verb: bool, noun: bool, plural: bool) -> None:
    token = tree(f"word/{tag}/ROOT").tokens[0]
    assert (token.is_verb, token.is_noun, token.is_plural) == (verb, noun, plural)


def test_neighbours() -> None:
    built = tree(BACKS)
    first, last = built.tokens[0], built.tokens[-1]
    assert built.before(first) is None
    assert built.after(last) is None
    assert built.after(first) is built.tokens[1]
    assert built.before(built.tokens[1]) is first


def test_neighbours_in_a_sentence_that_is_not_the_first_of_its_block() -> None:
    built = tree(BACKS)
    for token in built.tokens:
        token.i += 40
    assert built.after(built.tokens[0]) is built.tokens[1]
    assert built.before(built.tokens[0]) is None


def test_offsets_are_the_documents() -> None:
    built = tree("the/DT/det>minister foreign_minister+/NN/dobj>met met/VBD/ROOT".replace(">minister", ">2"), start=100)
    text = "." * 100 + built.text
    assert (built.start, built.end) == (100, len(text))
    assert [text[t.start : t.end] for t in built.tokens] == ["the", "foreign minister", "met"]
    assert built.tokens[1].title == "foreign minister"


def test_a_compound_keeps_the_name_in_it() -> None:
    token = tree("Iran-backed*^backed/JJ/amod>group group/NN/ROOT").tokens[0]
    assert token.joined == "backed"
    assert [hit.text for hit in token.hits] == ["Iran"]


@pytest.mark.parametrize(
    ("notation", "message"),
    [
        ("Ghana", "must be TEXT/TAG"),
        ("a/DT/det>b b/NN/dobj>c", "'c': is the text of 0 words"),
        ("a/DT/det>a a/NN/ROOT", "'a': is the text of 2 words"),
        ("Nowhereland*/NNP/ROOT", "is no name of the catalogue"),
    ],
)
def test_a_slip_in_the_notation_is_told(notation: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tree(notation)
