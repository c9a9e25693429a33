"""Where actors stand: the same each time, inside the box, apart from one another."""

import itertools

from map_views import large_view

from kg.export.backbone import order_lines
from kg.export.layout import HEIGHT, WIDTH, place
from kg.export.lines import draw_lines
from kg.relations import ontology


def world(actors=300, links=2000):
    lines = draw_lines(large_view(actors, links), ontology())
    order = order_lines(lines)
    links_between = {}
    for n in order.lines:
        pair = min(lines[n].source, lines[n].target), max(lines[n].source, lines[n].target)
        links_between[pair] = links_between.get(pair, 0) + 1.0
    core = sorted({end for n in order.lines[: order.start] for end in (lines[n].source, lines[n].target)})
    rest = sorted({end for pair in links_between for end in pair} - set(core))
    return core, rest, links_between


def boxes(actors):
    return dict.fromkeys(actors, (60.0, 30.0))


def test_no_two_actors_of_the_start_view_stand_on_one_another():
    core, rest, links = world()
    found = place(core, rest, links, boxes([*core, *rest]))
    for a, b in itertools.combinations(core, 2):
        (ax, ay), (bx, by) = found[a], found[b]
        assert abs(ax - bx) >= 30 or abs(ay - by) >= 15, (a, b)


def test_the_start_view_fills_the_box_and_everybody_has_a_place():
    core, rest, links = world()
    found = place(core, rest, links, boxes([*core, *rest]))
    assert set(found) == {*core, *rest}
    xs, ys = zip(*(found[a] for a in core), strict=True)
    assert (max(xs) - min(xs), max(ys) - min(ys)) == (round(WIDTH), round(HEIGHT))


def test_the_same_input_gives_the_same_places():
    core, rest, links = world(40, 120)
    assert place(core, rest, links, boxes([*core, *rest])) == place(core, rest, links, boxes([*core, *rest]))


def test_few_actors_and_none():
    assert place([], [], {}, {}) == {}
    assert place(["a"], [], {}, boxes("a")) == {"a": (0, 0)}
    two = place(["a", "b"], ["c"], {("a", "b"): 1.0}, boxes("abc"))
    assert len(set(two.values())) == 3


def test_parts_without_a_link_to_one_another_share_the_box():
    found = place(list("abcd"), [], {("a", "b"): 1.0, ("c", "d"): 1.0}, boxes("abcd"))
    assert all(abs(x) <= WIDTH / 2 + 1 and abs(y) <= HEIGHT / 2 + 1 for x, y in found.values())
