"""With whom, where only one side is named: on trees built by hand."""

from __future__ import annotations

import pytest
from trees import find, resolver, tree

from kg.extract.discourse import Deed
from kg.extract.mentions import Resolver
from kg.extract.partners import partners
from kg.model import Mention

TALKS = "Ghana*/NNP/nsubj>2 praised~praise/VBD/ROOT the/DT/det>4 talks~talk/NNS/dobj>2"
TRADE = "bilateral/JJ/amod>2 trade/NN/nsubj>3 grew~grow/VBD/ROOT"

Told = tuple[str, str, str, int]


def named(by: Resolver, name: str) -> Mention:
    return by.mention(by.catalogue.lookup(name)[0], 0, 5, name, "name", 1.0)


def sides(notation: str, noun: str, relation: str, *told: Told, name: str | None = None) -> set[str]:
    """Whom the noun joins, where (relation, source, target, sentences ago) was told before."""
    built = tree(notation)
    by = resolver(built)
    by.discourse.sentence = 9
    by.discourse.deeds += [Deed(r, named(by, a), named(by, b), 9 - ago, 0) for r, a, b, ago in told]
    ends = (named(by, name),) if name else ()
    found = partners(relation, find(built, noun), ends, (), by)
    return {m.state.name for m in found or ()}


def test_the_other_side_of_the_last_talks() -> None:
    assert sides(TALKS, "talks", "consults", ("consults", "Togo", "Ghana", 2), name="Ghana") == {"Ghana", "Togo"}


def test_both_sides_of_what_is_bilateral() -> None:
    assert sides(TRADE, "trade", "trades_with", ("agrees_with", "Mali", "Niger", 1)) == {"Mali", "Niger"}


@pytest.mark.parametrize(
    ("notation", "noun", "relation", "told", "name"),
    [
        (TALKS, "talks", "consults", [], "Ghana"),  # nothing was told
        (TALKS, "talks", "consults", [("consults", "Togo", "Ghana", 4)], "Ghana"),  # too long ago
        (TALKS, "talks", "consults", [("consults", "Togo", "Mali", 1)], "Ghana"),  # others'
        (TALKS, "talks", "consults", [("consults", "Togo", "Ghana", 1), ("consults", "Mali", "Ghana", 1)], "Ghana"),
        (TALKS, "talks", "consults", [("attacks", "Togo", "Ghana", 1)], "Ghana"),  # not together
        (TALKS, "talks", "consults", [("consults", "Togo", "Ghana", 1)], None),  # nobody named, nothing bilateral
        (TRADE, "trade", "attacks", [("consults", "Togo", "Ghana", 1)], None),
    ],
)
def test_where_nobody_is_meant(notation: str, noun: str, relation: str, told: list[Told], name: str | None) -> None:
    assert sides(notation, noun, relation, *told, name=name) == set()
