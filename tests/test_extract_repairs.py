"""What the parser often gets wrong is mended on the tree, and what it got right stays."""

from __future__ import annotations

import pytest
from trees import find, tree

from kg.extract.repairs import repair
from kg.extract.tree import Tree, move

VERBS = frozenset(("raid", "sign", "ship"))


def links(built: Tree) -> list[tuple[str, str, str | None]]:
    return [(t.text, t.dep, t.head.text if t.head else None) for t in built.tokens]


FRONTED = (
    "Amid/IN/prep>signed tensions/NNS/pobj>Amid with/IN/prep>tensions Mali*/NNP/pobj>with ,/,/punct>Mali"
    " Ghana*/NNP/conj>Mali have/VBP/aux>signed signed~sign/VBN/ROOT"
)


def test_a_subject_that_was_lost_to_a_fronted_phrase_is_given_back() -> None:
    built = tree(FRONTED)
    repair(built)
    ghana = find(built, "Ghana")
    assert (ghana.dep, ghana.head) == ("nsubj", find(built, "signed"))
    assert ghana not in find(built, "Mali").children


@pytest.mark.parametrize(
    "notation",
    [
        # It has a subject.
        "Amid/IN/prep>met floods/NNS/pobj>Amid in/IN/prep>floods Mali*/NNP/pobj>in ,/,/punct>Mali Chad*/NNP/conj>Mali"
        " ,/,/punct>met they/PRP/nsubj>met met~meet/VBD/ROOT",
        # It needs none.
        "To/TO/aux>thank thank/VB/ROOT Mali*/NNP/dobj>thank ,/,/punct>Mali Ghana*/NNP/conj>Mali",
        # No comma: really coordinated.
        "In/IN/prep>signed Mali*/NNP/pobj>In and/CC/cc>Mali Ghana*/NNP/conj>Mali have/VBP/aux>signed"
        " signed~sign/VBN/ROOT",
    ],
)
def test_what_is_right_stays(notation: str) -> None:
    built, untouched = tree(notation), tree(notation)
    repair(built, VERBS)
    assert links(built) == links(untouched)


def test_the_verb_of_a_headline_may_look_like_a_plural_noun() -> None:
    built = tree("Togo*/NNP/compound>camp raids~raid/NNS/compound>camp camp/NN/ROOT", headline=True)
    repair(built, VERBS)
    raids = find(built, "raids")
    assert raids.is_verb
    assert [t.text for t in raids.kids("nsubj")] == ["Togo"]
    assert [t.text for t in raids.kids("dobj")] == ["camp"]


@pytest.mark.parametrize(
    ("notation", "headline"),
    [
        ("Togo*/NNP/compound>raids raids~raid/NNS/nsubj>anger anger/VBP/ROOT Mali*/NNP/dobj>anger", True),  # has a verb
        ("Togo*/NNP/compound>raids raids~raid/NNS/ROOT in/IN/prep>raids Mali*/NNP/pobj>in", True),  # raids in a place
        ("Togo*/NNP/compound>camp rains~rain/NNS/compound>camp camp/NN/ROOT", True),  # no verb that we know
        ("old/JJ/amod>camp raids~raid/NNS/compound>camp camp/NN/ROOT", True),  # no name before it
    ],
)
def test_a_noun_in_a_headline_stays_a_noun(notation: str, headline: bool) -> None:
    built, untouched = tree(notation, headline=headline), tree(notation, headline=headline)
    repair(built, VERBS)
    assert links(built) == links(untouched)


def test_a_participle_after_has_is_its_verb() -> None:
    built = tree("Mali*/NNP/nsubj>2 has~have/VBZ/ROOT armed~arm/VBN/amod>4 Togo*/NNP/dobj>2")
    repair(built)
    assert links(built) == [
        ("Mali", "nsubj", "armed"),
        ("has", "aux", "armed"),
        ("armed", "ROOT", None),
        ("Togo", "dobj", "armed"),
    ]


def test_what_somebody_has_may_be_described() -> None:
    notation = "Mali*/NNP/nsubj>2 has~have/VBZ/ROOT armed~arm/VBN/amod>4 guards~guard/NNS/dobj>2"
    built, untouched = tree(notation), tree(notation)
    repair(built)
    assert links(built) == links(untouched)


def test_moving_keeps_a_tree() -> None:
    built = tree("a/NN/nsubj>b b/VB/ROOT c/NN/dobj>b d/NN/conj>c")
    c, a = find(built, "c"), find(built, "a")
    move(c, a, "appos")
    assert links(built) == [("a", "nsubj", "b"), ("b", "ROOT", None), ("c", "appos", "a"), ("d", "conj", "c")]
    assert [t.text for t in a.subtree()] == ["a", "c", "d"]


def test_moving_a_word_below_its_own_child_turns_them_round() -> None:
    built = tree("a/NN/ROOT b/VB/acl>a")
    a, b = built.tokens
    move(a, b, "nsubj")
    assert links(built) == [("a", "nsubj", "b"), ("b", "ROOT", None)]
    assert a.children == []
