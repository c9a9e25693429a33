"""Whose a deed is that is only pointed at: on trees built by hand."""

from __future__ import annotations

import pytest
from trees import find, resolver, tree

from kg.extract.deeds import doers, pointing
from kg.extract.discourse import Deed
from kg.extract.lexicon import lexicon
from kg.extract.mentions import Resolver
from kg.extract.tree import Tree
from kg.model import Mention

CONDEMNED = "Ghana*/NNP/nsubj>2 condemned~condemn/VBD/ROOT the/DT/det>4 {noun}/NN/dobj>2"


def read(notation: str) -> tuple[Tree, Resolver]:
    built = tree(notation)
    return built, resolver(built)


def named(by: Resolver, name: str) -> Mention:
    actor = by.catalogue.lookup(name)[0]
    return by.mention(actor, 0, 5, name, "name", 1.0)


def pointed(
    noun: str, *told: tuple[str, str, str, int], relation: str = "criticizes", notation: str = CONDEMNED
) -> list[str]:
    """Who is meant, where (relation, source, target, sentences ago) was told before."""
    built, by = read(notation.format(noun=noun))
    by.discourse.sentence = 9
    by.discourse.deeds += [Deed(r, named(by, a), named(by, b), 9 - ago, 0) for r, a, b, ago in told]
    holders = by.actors(find(built, "Ghana"))
    return [m.state.name for m in doers(find(built, noun), relation, holders, (), by, lexicon())]


def test_the_last_deed_that_the_noun_can_mean() -> None:
    told = (("attacks", "Chad", "Niger", 3), ("attacks", "Mali", "Niger", 1), ("consults", "Togo", "Benin", 1))
    assert pointed("attack", *told) == ["Mali"]


def test_a_word_for_any_deed_looks_back_one_sentence_only() -> None:
    assert pointed("move", ("sanctions", "Chad", "Niger", 1)) == ["Chad"]
    assert pointed("move", ("sanctions", "Chad", "Niger", 2)) == []


def test_a_charge_is_denied_by_whom_it_was_made_against() -> None:
    assert pointed("allegation", ("accuses", "Chad", "Ghana", 1), relation="rejects") == ["Chad"]
    assert pointed("allegation", ("accuses", "Chad", "Niger", 1), relation="rejects") == []


@pytest.mark.parametrize(
    ("noun", "told"),
    [
        ("attack", [("attacks", "Chad", "Niger", 1), ("attacks", "Mali", "Niger", 1)]),  # two did
        ("attack", [("attacks", "Ghana", "Niger", 1)]),  # his own
        ("attack", [("attacks", "Chad", "Niger", 4)]),  # too long ago
        ("attack", [("praises", "Chad", "Niger", 1)]),  # another deed
        ("weather", [("attacks", "Chad", "Niger", 1)]),  # no deed
    ],
)
def test_who_is_not_meant(noun: str, told: list[tuple[str, str, str, int]]) -> None:
    assert pointed(noun, *told) == []


def test_a_deed_that_is_new_points_at_nothing() -> None:
    notation = "Ghana*/NNP/nsubj>2 condemned~condemn/VBD/ROOT a/DT/det>4 {noun}/NN/dobj>2"
    assert pointed("attack", ("attacks", "Chad", "Niger", 1), notation=notation) == []


def test_the_words_that_point() -> None:
    assert {"attack", "allegation", "move", "sanction"} <= pointing(lexicon())
    assert "weather" not in pointing(lexicon())
