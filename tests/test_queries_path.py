"""Paths between two actors: short before long, facts only, found without reading the whole graph."""

import tempfile
from pathlib import Path

import networkx as nx
import pytest
from builders import CN, IL, IN, IR, PK, RU, STATES, TR, US, XI, actor, fact, reading, readings
from hypothesis import HealthCheck, given, settings

from kg.graph import load_graph
from kg.queries.path import paths
from kg.relations import ontology
from kg.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def chains(found):
    return [[actor.id for actor in path.actors] for path in found]


def test_a_direct_connection_comes_first_with_its_relations_and_quote(store):
    store.write(
        [
            reading(
                "a", fact(PK, "supports", CN), fact(CN, "arms", PK), fact(CN, "trades_with", TR), fact(PK, "aids", TR)
            ),
            reading("b", fact(CN, "arms", PK)),
        ]
    )
    found = paths(store, "cn", "pk")
    assert chains(found) == [["cn", "pk"], ["cn", "tr", "pk"]]
    (hop,) = found[0].hops
    assert (hop.source, hop.target, hop.relations) == (CN, PK, ("arms", "supports"))
    assert [(edge.source, edge.target) for edge in hop.edges] == [("cn", "pk"), ("pk", "cn")]
    assert hop.quote.text == "China arms Pakistan."
    assert (found[0].documents, found[1].documents) == (2, 1)
    assert chains(paths(store, "cn", "pk", k=1)) == [["cn", "pk"]]
    assert chains(paths(store, "cn", "pk", max_hops=1)) == [["cn", "pk"]]


def test_of_paths_of_a_length_the_better_evidenced_comes_first(store):
    store.write(
        [
            reading(
                *(f"d{n}", fact(CN, "praises", RU), fact(RU, "praises", IN), fact(CN, "praises", IR)),
                preface=f"No. {n}. ",
            )
            for n in range(3)
        ]
        + [
            reading(
                "e", fact(IR, "praises", IN), fact(CN, "praises", US), fact(US, "praises", TR), fact(TR, "praises", IN)
            )
        ]
    )
    assert chains(paths(store, "cn", "in")) == [["cn", "ru", "in"], ["cn", "ir", "in"], ["cn", "us", "tr", "in"]]
    assert chains(paths(store, "cn", "in", max_hops=2)) == [["cn", "ru", "in"], ["cn", "ir", "in"]]


def test_copies_of_one_text_are_one_original(store):
    store.write(
        [reading(f"d{n}", fact(CN, "praises", IR), fact(IR, "praises", IN)) for n in range(5)]
        + [reading(f"e{n}", fact(CN, "praises", RU), fact(RU, "praises", IN), preface=f"No. {n}. ") for n in range(2)]
    )
    found = paths(store, "cn", "in")
    assert chains(found) == [["cn", "ru", "in"], ["cn", "ir", "in"]]
    assert [(path.documents, path.originals) for path in found] == [(2, 2), (5, 1)]


def test_ties_go_to_the_lower_ids(store):
    others = [actor(f"x{n:02}") for n in (7, 3, 9, 1, 5)]
    store.write([reading("a", *(fact(CN, "aids", one) for one in others), *(fact(one, "aids", PK) for one in others))])
    found = chains(paths(store, "cn", "pk", k=3))
    assert found == [["cn", "x01", "pk"], ["cn", "x03", "pk"], ["cn", "x05", "pk"]]


def test_a_hop_tells_what_became_of_its_relation(store):
    store.write(
        [
            reading("a", fact(CN, "recognizes", PK), date="2019-01-01"),
            reading("b", fact(CN, "recognizes", PK, status="ended"), date="2021-08-15"),
        ]
    )
    ((hop,),) = [path.hops for path in paths(store, "cn", "pk")]
    assert (hop.verdict.kind, hop.verdict.date) == ("reversed", "2021-08-15")
    assert hop.quote.assertion.status == "actual"


def test_long_chains_are_found_from_a_dead_end_too(store):
    store.write([reading("a", fact(CN, "aids", PK), fact(PK, "aids", IN), fact(IN, "aids", IR), fact(IR, "aids", RU))])
    assert chains(paths(store, "cn", "ru")) == [["cn", "pk", "in", "ir", "ru"]]
    assert chains(paths(store, "ru", "cn")) == [["ru", "ir", "in", "pk", "cn"]]
    assert paths(store, "cn", "ru", max_hops=3) == []
    assert chains(paths(store, "cn", "in")) == [["cn", "pk", "in"]]


def test_directed_paths_follow_source_to_target(store):
    store.write([reading("a", fact(CN, "aids", PK), fact(IN, "allied_with", PK), fact(IN, "arms", IR))])
    assert chains(paths(store, "cn", "ir", directed=True)) == [["cn", "pk", "in", "ir"]]
    assert paths(store, "ir", "cn", directed=True) == []
    assert chains(paths(store, "ir", "cn")) == [["ir", "in", "pk", "cn"]]


def test_families_bound_the_relations(store):
    store.write([reading("a", fact(CN, "attacks", PK), fact(CN, "aids", IR), fact(IR, "praises", PK))])
    assert chains(paths(store, "cn", "pk", via=["backing"])) == [["cn", "ir", "pk"]]
    assert chains(paths(store, "cn", "pk", via=["fighting"])) == [["cn", "pk"]]
    assert paths(store, "cn", "pk", via=["engaging"]) == []
    assert paths(store, "cn", "pk", via=[]) == []


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"status": "alleged"}, {"polarity": "negated"}])
def test_what_is_no_fact_connects_nobody(store, fields):
    store.write([reading("a", fact(CN, "aids", PK, **fields))])
    assert paths(store, "cn", "pk") == []


def test_nobody_is_connected_to_himself_or_to_strangers(store):
    store.write([reading("a", fact(CN, "aids", PK), fact(IL, "aids", US))])
    assert paths(store, "cn", "cn") == []
    assert paths(store, "cn", "us") == []
    assert paths(store, "cn", "nobody") == []
    assert paths(store, "nobody", "nowhere") == []
    assert paths(store, "cn", "pk", k=0) == paths(store, "cn", "pk", max_hops=0) == []


def test_levels(store):
    store.write([reading("a", fact(XI, "praises", PK, source_state=CN), fact(XI, "represents", CN, source_state=CN))])
    assert chains(paths(store, "cn", "pk")) == [["cn", "pk"]]
    assert chains(paths(store, "cn", "pk", level="actor")) == [["cn", XI.id, "pk"]]


class Watched:
    """A store that tells what was read of it."""

    def __init__(self, store):
        self.store, self.pairs_read, self.edges_read, self.questions = store, set(), set(), 0

    def __getattr__(self, name):
        return getattr(self.store, name)

    def pairs(self, where):
        self.questions += 1
        for pair in self.store.pairs(where):
            self.pairs_read.add(pair[:2])
            yield pair

    def edges(self, where, **options):
        self.questions += 1
        for edge in self.store.edges(where, **options):
            self.edges_read.add((edge.source, edge.target))
            yield edge


def test_only_what_is_near_is_read_and_relations_only_of_paths_shown(store):
    near = [actor(f"n{n}") for n in range(20)]
    far = [actor(f"x{n}") for n in range(40)]
    store.write(
        [
            reading(
                "a",
                *(fact(CN, "aids", one) for one in near),
                *(fact(one, "arms", PK) for one in near),
                *(fact(near[n], "aids", far[n]) for n in range(20)),
                *(fact(far[n], "aids", far[n + 1]) for n in range(39)),
            )
        ]
    )
    watched = Watched(store)
    assert chains(paths(watched, "cn", "pk", k=1)) == [["cn", "n0", "pk"]]
    assert watched.edges_read == {("cn", "n0"), ("n0", "pk")}
    assert {end for pair in watched.pairs_read for end in pair} == {"cn", "pk", *(one.id for one in near)}
    # Three for each layer of an end and two for what lies between, then two for each hop shown.
    assert watched.questions <= 3 * 3 + 2 * 2

    watched = Watched(store)
    found = paths(watched, "cn", "x5", k=1)
    assert chains(found) == [["cn", "n5", "x5"]]
    assert ("x30", "x31") not in watched.pairs_read


def test_a_hop_between_both_neighbourhoods_is_asked_for_with_both_ends(store):
    crowd = [actor(f"y{n}") for n in range(30)]
    store.write(
        [
            reading(
                "a",
                *(fact(CN, "aids", IR), fact(IR, "arms", RU), fact(RU, "aids", PK)),
                *(fact(IR, "aids", one) for one in crowd),
                *(fact(RU, "aids", one) for one in crowd[:1]),
            )
        ]
    )
    watched = Watched(store)
    assert chains(paths(watched, "cn", "pk", k=1)) == [["cn", "ir", "ru", "pk"]]
    assert not {end for pair in watched.pairs_read for end in pair} & {one.id for one in crowd}


@given(readings(max_facts=8, plain=True))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_paths_are_those_of_the_graph(written):
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write(written)
        graph = load_graph(store)
        plain = nx.Graph(graph)
        arrows = nx.DiGraph(graph)
        arrows.add_edges_from((t, s) for s, t, r in graph.edges(keys=True) if ontology()[r].symmetric)
        for start in STATES[:3]:
            for end in STATES[3:6]:
                for pairs, directed in ((plain, False), (arrows, True)):
                    found = chains(paths(store, start.id, end.id, k=1000, max_hops=4, directed=directed))
                    known = start.id in pairs and end.id in pairs
                    expected = list(nx.all_simple_paths(pairs, start.id, end.id, cutoff=4)) if known else []
                    assert sorted(found) == sorted(expected)
                    assert [len(chain) for chain in found] == sorted(len(chain) for chain in found)
                    best = chains(paths(store, start.id, end.id, k=2, max_hops=4, directed=directed))
                    assert [len(chain) for chain in best] == [len(chain) for chain in found[:2]]
