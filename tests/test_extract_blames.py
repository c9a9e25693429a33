"""Blame told by what is said of somebody: on trees built by hand."""

from __future__ import annotations

import pytest
from trees import resolver, tree

from kg.extract.blames import read_blames
from kg.extract.lexicon import lexicon
from kg.extract.vocabulary import vocabulary

SAID = "Ghana*/NNP/nsubj>2 said~say/VBD/ROOT"


def blames(notation: str) -> list[tuple[str, str, bool]]:
    built = tree(notation)
    found = read_blames(built, resolver(built), vocabulary(), lexicon())
    return [(b.source.state.name, b.target.state.name, b.direct) for b in found]


def test_who_calls_anothers_deed_wrong_blames_him() -> None:
    notation = f"{SAID} Togo*/NNP/poss>5 's/POS/case>3 ban/NN/nsubj>6 was~be/VBD/ccomp>2 illegal/JJ/acomp>6"
    assert blames(notation) == [("Ghana", "Togo", False)]


def test_who_says_that_another_does_harm_blames_him() -> None:
    notation = f"{SAID} Togo*/NNP/nsubj>5 had/VBD/aux>5 violated~violate/VBN/ccomp>2 the/DT/det>7 treaty/NN/dobj>5"
    assert blames(notation) == [("Ghana", "Togo", True)]


def test_a_name_that_is_given_to_a_deed() -> None:
    notation = (
        "Ghana*/NNP/nsubj>2 called~call/VBD/ROOT Togo*/NNP/poss>5 's/POS/case>3 raid/NN/dobj>2 an/DT/det>7"
        " act/NN/oprd>2 of/IN/prep>7 aggression/NN/pobj>8"
    )
    assert blames(notation) == [("Ghana", "Togo", False)]


@pytest.mark.parametrize(
    "notation",
    [
        f"{SAID} Togo*/NNP/poss>5 's/POS/case>3 ban/NN/nsubj>6 was~be/VBD/ccomp>2 not/RB/neg>6 illegal/JJ/acomp>6",
        f"{SAID} Togo*/NNP/poss>5 's/POS/case>3 help/NN/nsubj>6 was~be/VBD/ccomp>2 welcome/JJ/acomp>6",
        f"{SAID} Ghana*/NNP/poss>5 's/POS/case>3 ban/NN/nsubj>6 was~be/VBD/ccomp>2 illegal/JJ/acomp>6",  # its own
        f"{SAID} rain/NN/nsubj>4 hurt/VBD/ccomp>2 farmers~farmer/NNS/dobj>4",  # nobody's
        f"{SAID} Togo*/NNP/nsubjpass>5 was~be/VBD/auxpass>5 hurt/VBN/ccomp>2",  # it suffers
        "analysts~analyst/NNS/nsubj>2 said~say/VBD/ROOT Togo*/NNP/nsubj>4 was~be/VBD/ccomp>2 wrong/JJ/acomp>4",
        "Togo*/NNP/nsubj>2 was~be/VBD/ROOT wrong/JJ/acomp>2",  # the text itself
    ],
)
def test_what_is_no_blame(notation: str) -> None:
    assert blames(notation) == []
