"""Demands told by a modal: on trees built by hand."""

from __future__ import annotations

import pytest
from trees import resolver, tree

from kg.extract.speech import read_demands
from kg.extract.vocabulary import vocabulary

MUST = "Ghana*/NNP/nsubj>2 said~say/VBD/ROOT Togo*/NNP/nsubj>5 must/MD/aux>5 pay/VB/ccomp>2"


def demands(notation: str) -> list[tuple[str, str]]:
    built = tree(notation)
    return [(d.source.state.name, d.target.state.name) for d in read_demands(built, resolver(built), vocabulary())]


def test_who_says_that_another_must_demands_it_of_him() -> None:
    assert demands(MUST) == [("Ghana", "Togo")]


def test_of_all_of_whom_it_is_said() -> None:
    notation = (
        "Ghana*/NNP/nsubj>2 said~say/VBD/ROOT Togo*/NNP/nsubj>7 and/CC/cc>3 Mali*/NNP/conj>3 should/MD/aux>7"
        " pay/VB/ccomp>2"
    )
    assert demands(notation) == [("Ghana", "Togo"), ("Ghana", "Mali")]


@pytest.mark.parametrize(
    "notation",
    [
        "Ghana*/NNP/nsubj>2 said~say/VBD/ROOT Togo*/NNP/nsubj>5 will/MD/aux>5 pay/VB/ccomp>2",  # a forecast
        "Ghana*/NNP/nsubj>2 said~say/VBD/ROOT Ghana*/NNP/nsubj>5 must/MD/aux>5 pay/VB/ccomp>2",  # of itself
        "Ghana*/NNP/nsubj>2 said~say/VBD/ROOT rain/NN/nsubj>5 must/MD/aux>5 fall/VB/ccomp>2",  # of nobody
        "Togo*/NNP/nsubj>3 must/MD/aux>3 pay/VB/ROOT",  # the text itself
        "Ghana*/NNP/nsubj>4 did/VBD/aux>4 not/RB/neg>4 say/VB/ROOT Togo*/NNP/nsubj>7 must/MD/aux>7 pay/VB/ccomp>4",
    ],
)
def test_what_is_no_demand(notation: str) -> None:
    assert demands(notation) == []
