"""Edges -> lines: one line for each source, target, family and directedness; facts alone make it."""

from dataclasses import replace

import pytest
from map_views import KENYA, NORWAY, PERU, document, edge, large_view, quote, small_view

from kg.export.content import MapActor, MapEdge, MapView
from kg.export.lines import bends, draw_lines
from kg.model import Edge
from kg.relations import ontology


def view(*edges):
    return MapView(title="t", actors=tuple(MapActor(actor=a) for a in (KENYA, PERU, NORWAY)), edges=edges)


def lines(*edges):
    return draw_lines(view(*edges), ontology())


ONE, TWO = document("one"), document("two", "Delta Times")


def test_relations_of_one_family_and_direction_are_one_line():
    (line,) = lines(edge([quote(KENYA, "supports", PERU, ONE)]), edge([quote(KENYA, "aids", PERU, TWO)]))
    assert {each.edge.relation for each in line.edges} == {"supports", "aids"}
    assert (line.documents, line.outlets) == (2, 2)


def test_a_document_that_says_two_relations_counts_once():
    (line,) = lines(edge([quote(KENYA, "supports", PERU, ONE)]), edge([quote(KENYA, "aids", PERU, ONE)]))
    assert line.documents == 1
    assert line.single_source


@pytest.mark.parametrize(
    "other",
    [
        edge([quote(PERU, "supports", KENYA, ONE)]),
        edge([quote(KENYA, "allied_with", PERU, ONE)]),
        edge([quote(KENYA, "sanctions", PERU, ONE)]),
        edge([quote(KENYA, "supports", NORWAY, ONE)]),
    ],
    ids=["other direction", "symmetric", "other family", "other target"],
)
def test_what_differs_is_a_line_of_its_own(other):
    assert len(lines(edge([quote(KENYA, "supports", PERU, ONE)]), other)) == 2


@pytest.mark.parametrize(
    "what",
    [{"status": s} for s in ("planned", "alleged", "hypothetical", "ended")] + [{"polarity": "negated"}],
    ids=str,
)
def test_non_facts_make_no_line_and_widen_none(what):
    (alone,) = lines(edge([quote(KENYA, "supports", PERU, ONE, **what)]))
    assert not alone.drawn
    (beside,) = lines(edge([quote(KENYA, "supports", PERU, ONE), quote(KENYA, "supports", PERU, TWO, **what)]))
    assert beside.drawn
    assert beside.documents == 1


def test_an_actor_has_no_line_to_itself():
    (line,) = lines(
        MapEdge(edge=Edge(level="state", source="ke", relation="supports", target="ke", actual=1, documents=1))
    )
    assert not line.drawn


def test_edges_without_quotes_keep_their_counts():
    bare = replace(edge([quote(KENYA, "supports", PERU, ONE)]).edge, documents=7, outlets=3)
    (line,) = lines(MapEdge(edge=bare))
    assert (line.documents, line.outlets, line.single_source) == (7, 3, False)


def test_two_articles_of_one_outlet_are_a_single_source():
    (line,) = lines(edge([quote(KENYA, "supports", PERU, ONE), quote(KENYA, "supports", PERU, document("three"))]))
    assert line.documents == 2
    assert line.single_source


def test_parallel_lines_bend_apart_and_single_ones_are_straight():
    found = draw_lines(large_view(8, 150), ontology())
    curves = bends(found)
    between = {}
    for line, curve in zip(found, curves, strict=True):
        # Seen from the lower id, whichever way the line runs.
        side = curve if line.source < line.target else -curve
        between.setdefault(frozenset((line.source, line.target)), []).append(round(side, 6))
    assert max(map(len, between.values())) > 3
    for sides in between.values():
        assert len(set(sides)) == len(sides)
        assert len(sides) > 1 or sides == [0]


def test_a_line_without_a_fact_moves_no_drawn_one():
    fact, plan = quote(KENYA, "supports", PERU, ONE), quote(PERU, "sanctions", KENYA, ONE, status="planned")
    found = lines(edge([fact]), edge([plan]))
    assert [line.drawn for line in found] == [True, False]
    assert bends(found)[0] == 0 != bends(found)[1]


def test_the_order_of_edges_does_not_matter():
    one = small_view()
    assert draw_lines(one, ontology()) == draw_lines(replace(one, edges=one.edges[::-1]), ontology())


def test_a_view_refuses_edges_of_strangers():
    with pytest.raises(ValueError, match="no actor of the view"):
        MapView(title="t", actors=(MapActor(actor=KENYA),), edges=(edge([quote(KENYA, "supports", PERU, ONE)]),))
