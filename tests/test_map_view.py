"""store -> MapView: the telling part of a store, with its quotes, and the totals of all of it."""

from dataclasses import replace

import pytest
from map_views import GUARD, KENYA, NORWAY, PERU, TONGA, large_view, readings, small_view

from kg.errors import QuestionError
from kg.export.html import render_answer, render_map
from kg.export.lines import draw_lines
from kg.export.view import answer_view, group_of, map_view
from kg.model import Document
from kg.queries.who import who
from kg.relations import ontology
from kg.store import Filter, open_store


@pytest.fixture
def stored(tmp_path):
    """Stores views; each is closed when the test ends."""
    opened = []

    def stored(view, aliases=None):
        store = open_store(tmp_path / f"{len(opened)}.db", create=True)
        opened.append(store)
        assert not store.write(readings(view), aliases=aliases).problems
        return store

    yield stored
    for store in opened:
        store.close()


def triples(view):
    return {(each.edge.source, each.edge.relation, each.edge.target) for each in view.edges}


def test_what_was_stored_is_on_the_map(stored):
    view = map_view(stored(small_view()))
    assert {each.actor.id for each in view.actors} == {KENYA.id, PERU.id, NORWAY.id, GUARD.id}
    assert triples(view) == triples(small_view()) - {(TONGA.id, "supports", KENYA.id)}
    arms = next(each for each in view.edges if each.edge.relation == "arms")
    assert sorted(group_of(quote.assertion) for quote in arms.quotes) == [
        "actual", "alleged", "ended", "hypothetical", "negated", "planned",
    ]  # fmt: skip
    assert {quote.document.publisher for quote in arms.quotes} == {"kg brief", "Harbour Post", "Delta Times"}


def test_verdicts_are_those_of_an_answer(stored):
    store = stored(small_view())
    for bounds in (Filter(), Filter(as_of="2030"), Filter(until="2020")):
        told = {
            (each.edge.source, each.edge.relation, each.edge.target): str(each.verdict)
            for each in map_view(store, bounds=bounds).edges
            if each.edge.actual
        }
        answer = who(store, [card.id for card in ontology().relations.values()], bounds=bounds, include=())
        rows = [row for group in answer.groups for row in group.rows]
        same = {(row.edge.source, row.relation, row.edge.target): str(row.verdict) for row in rows}
        assert told == {key: same[key] for key in told}
        assert told


def test_what_is_no_fact_has_no_verdict(stored):
    planned = answer_view(
        stored(small_view()), [each.edge for each in small_view().edges if not each.edge.actual], title=""
    )
    assert [each.verdict for each in planned.edges] == [None]


def test_totals_speak_of_the_whole_store(stored):
    store = stored(small_view())
    whole, part = map_view(store), map_view(store, max_edges=2)
    assert whole.totals == part.totals
    assert (whole.totals.documents, whole.totals.actors, whole.totals.links) == (4, 4, 6)


def test_quotes_carry_no_whole_texts(stored):
    view = map_view(stored(small_view()))
    assert {quote.document.text for each in view.edges for quote in each.quotes} == {""}


def test_the_bounds_are_kept(stored):
    view = map_view(stored(large_view(40, 150)), max_actors=10, max_edges=15)
    assert len(view.actors) <= 10
    assert 0 < sum(line.drawn for line in draw_lines(view, ontology())) <= 15


def test_a_focus_keeps_what_is_near(stored):
    store = stored(small_view())
    near = map_view(store, focus=NORWAY.id)
    assert {each.actor.id for each in near.actors} == {NORWAY.id, KENYA.id, GUARD.id}
    assert PERU.id in {each.actor.id for each in map_view(store, focus=NORWAY.id, hops=2).actors}


def test_families_bound_the_whole_view(stored):
    view = map_view(stored(small_view()), families=["fighting"])
    assert triples(view) == {(GUARD.id, "attacks", PERU.id)}
    assert view.totals.links == 1


def test_a_focus_without_links_says_what_to_do(stored):
    with pytest.raises(QuestionError, match="leave --focus out"):
        map_view(stored(small_view()), focus=TONGA.id)


def test_names_to_search_by_come_along(stored):
    names = {KENYA.id: ["Kenya", "Nairobi"]}
    view = map_view(stored(small_view(), aliases=lambda id: names.get(id, ())))
    kenya = next(each for each in view.actors if each.actor.id == KENYA.id)
    assert "Nairobi" in kenya.names
    assert "Kenya" not in kenya.names


def test_an_empty_store_is_an_empty_map(stored):
    view = map_view(stored(replace(small_view(), edges=())))
    assert view.actors == view.edges == ()
    assert render_map(view)


def test_the_same_store_gives_the_same_page(stored):
    one, two = stored(large_view(30, 100)), stored(large_view(30, 100))
    assert render_map(map_view(one)) == render_map(map_view(two))


def test_a_document_without_citation_data_is_shown_by_its_id(stored):
    view = small_view()
    bare = [
        replace(each, quotes=tuple(replace(q, document=Document(id=q.document.id, text="")) for q in each.quotes))
        for each in view.edges
    ]
    page = render_map(map_view(stored(replace(view, edges=tuple(bare)))))
    assert '"id":"one"' in page


def test_bounds_leave_what_lies_in_them(stored):
    view = map_view(stored(small_view()), bounds=Filter(since="2021-05"))
    facts = {(e.edge.source, e.edge.relation, e.edge.target) for e in view.edges if e.edge.actual}
    assert facts == {(KENYA.id, "supports", PERU.id), (NORWAY.id, "criticizes", GUARD.id)}
    supports = next(each for each in view.edges if each.edge.relation == "supports")
    assert (supports.edge.documents, [q.document.id for q in supports.quotes]) == (1, ["two"])


class TestAnswers:
    def edges(self, store, *relations):
        return list(store.edges(Filter(relations=relations)))

    def test_the_edges_of_an_answer_are_the_map(self, stored):
        store = stored(small_view())
        chosen = self.edges(store, "supports", "arms")
        view = answer_view(store, [*chosen, *chosen], title="who backs Peru")
        assert view.title == "who backs Peru"
        assert triples(view) == {
            (KENYA.id, "supports", PERU.id),
            (PERU.id, "arms", KENYA.id),
            (TONGA.id, "supports", KENYA.id),
        }
        assert (view.totals.actors, view.totals.links, view.totals.documents) == (2, 2, 4)
        assert "officials said" in render_answer(store, chosen, title="t")

    def test_bounds_bound_the_quotes(self, stored):
        store = stored(small_view())
        view = answer_view(store, self.edges(store, "attacks"), title="t", bounds=Filter(since="2020"))
        assert [[q.document.id for q in each.quotes] for each in view.edges] == [["one"]]

    def test_an_answer_without_edges_is_an_empty_map(self, stored):
        assert answer_view(stored(small_view()), [], title="t").actors == ()
