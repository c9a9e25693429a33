"""Which lines come first."""

import pytest
from map_views import large_view, small_view

from kg.export.backbone import MAX_LINES, order_lines
from kg.export.lines import draw_lines
from kg.relations import ontology


def lines_of(view):
    return draw_lines(view, ontology())


def ends(lines, order):
    return {end for n in order.lines[: order.start] for end in (lines[n].source, lines[n].target)}


def test_a_small_graph_is_shown_whole():
    lines = lines_of(small_view())
    order = order_lines(lines)
    assert order.start == len(order.lines) == sum(line.drawn for line in lines)


@pytest.mark.parametrize(("actors", "links"), [(60, 150), (300, 2000)])
def test_the_start_view_keeps_its_bounds_and_every_drawn_line_has_a_place(actors, links):
    lines = lines_of(large_view(actors, links))
    order = order_lines(lines)
    assert order.start <= 150
    assert len(ends(lines, order)) <= 60
    assert sorted(order.lines) == [n for n, line in enumerate(lines) if line.drawn]


def test_the_start_view_of_a_large_graph_is_full():
    lines = lines_of(large_view(300, 2000))
    order = order_lines(lines)
    assert order.start == MAX_LINES
    assert len(ends(lines, order)) >= 40


def test_a_part_of_the_start_view_holds_the_actors_of_a_smaller_part():
    lines = lines_of(large_view(300, 2000))
    order = order_lines(lines)
    seen = []
    for n in order.lines[: order.start]:
        seen.extend(end for end in (lines[n].source, lines[n].target) if end not in seen)
    # Thirty lines are among few actors: a picture, not thirty pairs.
    few = {end for n in order.lines[:30] for end in (lines[n].source, lines[n].target)}
    assert len(few) < 24
    assert few == set(seen[: len(few)])


def test_non_facts_have_no_place():
    lines = lines_of(small_view())
    assert all(lines[n].documents for n in order_lines(lines).lines)


def test_the_order_is_the_same_each_time():
    assert order_lines(lines_of(large_view(80, 400))) == order_lines(lines_of(large_view(80, 400)))


def test_no_lines_no_order():
    assert order_lines(()).lines == ()
