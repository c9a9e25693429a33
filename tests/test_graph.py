"""Edges -> graph and back: nothing is lost, nothing turned round, nothing unproven stands."""

import dataclasses
import pickle
import tempfile
from pathlib import Path

import networkx as nx
import pytest
from builders import CN, IN, PK, RELATIONS, STATES, US, fact, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import ACTOR, EDGE, actors_of, from_graph, load_graph, to_graph
from kg.model import Edge
from kg.store import Filter, open_store

EDGES = st.builds(
    Edge,
    level=st.just("state"),
    source=st.sampled_from(["cn", "in", "pk"]),
    relation=st.sampled_from(RELATIONS),
    target=st.sampled_from(["ru", "us"]),
    actual=st.integers(0, 3),
    planned=st.integers(0, 2),
    documents=st.integers(0, 3),
    first=st.none() | st.just("2019"),
)


def edge(source, relation, target, **fields):
    return Edge(level="state", source=source, relation=relation, target=target, **{"actual": 1, **fields})


@given(st.lists(EDGES, unique_by=lambda e: (e.source, e.relation, e.target)))
@settings(deadline=None)
def test_from_graph_is_the_inverse_of_to_graph(edges):
    standing = tuple(sorted((e for e in edges if e.actual), key=lambda e: (e.source, e.relation, e.target)))
    graph = to_graph(edges, STATES)
    assert from_graph(graph) == standing
    assert nx.utils.graphs_equal(to_graph(from_graph(graph), actors_of(graph)), graph)


def test_parallel_relations_and_both_directions_are_kept():
    graph = to_graph([edge("cn", "supports", "pk"), edge("cn", "arms", "pk"), edge("pk", "supports", "cn")])
    assert set(graph["cn"]["pk"]) == {"supports", "arms"}
    assert set(graph["pk"]["cn"]) == {"supports"}
    assert graph["cn"]["pk"]["arms"][EDGE] == edge("cn", "arms", "pk")


@pytest.mark.parametrize("status", ["planned", "alleged", "hypothetical", "ended", "negated"])
def test_what_is_no_fact_does_not_stand(status):
    graph = to_graph([edge("cn", "supports", "pk", actual=0, **{status: 5})], [CN, PK])
    assert len(graph) == 0


def test_nodes_say_who_they_are():
    graph = to_graph([edge("cn", "supports", "x")], [CN, IN])
    assert graph.nodes["cn"] == {ACTOR: CN, "name": "China", "kind": "state", "sector": None, "iso3": "CHN"}
    assert graph.nodes["x"] == {"name": "x"}
    assert "in" not in graph
    assert actors_of(graph) == (CN,)


def test_levels_do_not_mix():
    with pytest.raises(ValueError, match="one level"):
        to_graph([edge("cn", "arms", "pk"), dataclasses.replace(edge("cn", "arms", "us"), level="actor")])


def test_the_graph_of_a_store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        store.write(
            [reading("a", fact(PK, "allied_with", CN), fact(US, "arms", IN), fact(US, "arms", PK, status="planned"))]
        )
        graph = load_graph(store)
        assert [(u, v, k) for u, v, k in graph.edges(keys=True)] == [("cn", "pk", "allied_with"), ("us", "in", "arms")]
        assert graph["cn"]["pk"]["allied_with"]["symmetric"]
        assert not graph["us"]["in"]["arms"]["symmetric"]
        assert graph.nodes["us"]["name"] == "United States"
        assert from_graph(graph) == tuple(store.edges(having="actual"))
        assert load_graph(store, "actor").graph["level"] == "actor"
        assert store.edges(Filter(level="actor"))


def test_edges_of_a_store_are_edges_as_any_other():
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write([reading("a", fact(CN, "supports", PK), date="2020-01-02", publisher="Daily")])
        (kept,) = store.edges()
    made = Edge(
        level="state",
        source="cn",
        relation="supports",
        target="pk",
        actual=1,
        documents=1,
        originals=1,
        outlets=1,
        first="2020-01-02",
        last="2020-01-02",
    )
    assert type(kept) is Edge
    assert (kept, hash(kept), repr(kept)) == (made, hash(made), repr(made))
    assert dataclasses.replace(kept, actual=2).actual == 2
    assert pickle.loads(pickle.dumps(kept)) == kept
    with pytest.raises(dataclasses.FrozenInstanceError):
        kept.actual = 2
