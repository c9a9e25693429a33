"""Triads of friends and enemies: each side with its evidence, nothing summed, the same whatever the order."""

import itertools
import tempfile
from pathlib import Path

import pytest
from builders import CN, IL, IN, IR, PK, RU, US, fact, reading, readings
from hypothesis import HealthCheck, given, settings

from kg.graph import load_graph
from kg.queries.balance import balance
from kg.relations import ontology
from kg.store import Filter, open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def patterns(found):
    return {group.pattern: [[actor.id for actor in triad.actors] for triad in group.triads] for group in found.groups}


@pytest.mark.parametrize(
    ("facts", "pattern", "fits", "actors"),
    [
        (("supports", "arms", "aids"), "three friends", True, ["cn", "in", "pk"]),
        (("supports", "attacks", "accuses"), "common enemy", True, ["cn", "pk", "in"]),
        (("attacks", "supports", "aids"), "friend of enemies", False, ["cn", "pk", "in"]),
        (("attacks", "accuses", "fights"), "three enemies", False, ["cn", "in", "pk"]),
    ],
)
def test_patterns(store, facts, pattern, fits, actors):
    one, two, three = facts
    store.write([reading("a", fact(CN, one, PK), fact(PK, two, IN), fact(IN, three, CN))])
    found = balance(store)
    assert patterns(found) == {pattern: [actors]}
    (group,) = found.groups
    assert (group.fits, group.count) == (fits, 1)
    (triad,) = group.triads
    said = {(link.source.id, link.edge.relation, link.target.id) for side in triad.sides for link in side.links}
    assert said >= {("cn", one, "pk"), ("pk", two, "in")}
    assert all(link.quote is not None for side in triad.sides for link in side.links)
    for side in triad.sides:
        families = {ontology()[link.edge.relation].family for link in side.links}
        assert families <= ({"backing"} if side.sign == "friendly" else {"opposing", "fighting"})


def test_a_pair_that_is_both_stands_in_no_triad_and_is_told_by_itself(store):
    store.write(
        [reading("a", fact(CN, "supports", PK), fact(PK, "accuses", CN), fact(PK, "aids", IN), fact(IN, "arms", CN))]
    )
    found = balance(store)
    assert found.groups == ()
    (pair,) = found.both
    assert [link.edge.relation for link in pair.friendly] == ["supports"]
    assert [(link.source.id, link.edge.relation) for link in pair.hostile] == [("pk", "accuses")]
    assert (found.friendly, found.hostile, found.both_in_all) == (2, 0, 1)


def test_engaging_makes_neither_friends_nor_enemies(store):
    store.write([reading("a", fact(CN, "consults", PK), fact(PK, "aids", IN), fact(IN, "arms", CN))])
    assert not balance(store).found


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"status": "alleged"}, {"polarity": "negated"}])
def test_what_is_no_fact_makes_no_side(store, fields):
    store.write([reading("a", fact(CN, "arms", PK, **fields), fact(PK, "aids", IN), fact(IN, "arms", CN))])
    assert not balance(store).found


def test_the_triads_of_one_actor(store):
    store.write(
        [
            reading("a", fact(CN, "arms", PK), fact(PK, "aids", IN), fact(IN, "arms", CN)),
            reading("b", fact(US, "arms", IL), fact(IL, "aids", IR), fact(IR, "arms", US)),
            reading("c", fact(RU, "arms", CN), fact(CN, "attacks", RU), fact(RU, "accuses", US), fact(US, "aids", RU)),
        ]
    )
    assert {tuple(ids) for ids in patterns(balance(store))["three friends"]} == {("cn", "in", "pk"), ("il", "ir", "us")}
    assert patterns(balance(store, "pk")) == {"three friends": [["cn", "in", "pk"]]}
    assert [{link.source.id for link in pair.friendly} for pair in balance(store, "cn").both] == [{"ru"}]
    assert not balance(store, "tr").found


def test_the_best_evidenced_come_first_and_all_are_counted(store):
    ring = (CN, PK, IN, IR)
    store.write(
        [reading("a", *(fact(one, "aids", other) for one, other in itertools.combinations(ring, 2)))]
        + [
            reading(f"d{n}", fact(PK, "aids", IN), fact(IN, "aids", IR), fact(PK, "aids", IR), preface=f"No. {n}. ")
            for n in range(3)
        ]
    )
    (group,) = balance(store, limit=2).groups
    assert group.count == 4
    assert [actor.id for actor in group.triads[0].actors] == ["in", "ir", "pk"]
    assert [triad.originals for triad in group.triads] == [4, 1]
    (twice,) = balance(store, bounds=Filter(min_originals=2)).groups
    assert twice.count == 1
    assert balance(store) == balance(store)


@given(readings(max_facts=8, plain=True))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_triads_are_those_of_the_graph(written):
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write(written)
        signs = {}
        for source, target, relation in load_graph(store).edges(keys=True):
            family = ontology()[relation].family
            if family != "engaging":
                signs.setdefault(frozenset((source, target)), set()).add("+" if family == "backing" else "-")
        expected = {"three friends": 0, "friend of enemies": 0, "common enemy": 0, "three enemies": 0}
        ids = sorted({end for pair in signs for end in pair})
        for three in itertools.combinations(ids, 3):
            sides = [signs.get(frozenset(pair), set()) for pair in itertools.combinations(three, 2)]
            if all(len(side) == 1 for side in sides):
                expected[list(expected)[sum(side == {"-"} for side in sides)]] += 1
        found = balance(store, limit=1000)
        assert {group.pattern: group.count for group in found.groups} == {k: n for k, n in expected.items() if n}
        assert all(len(group.triads) == group.count for group in found.groups)
        assert found.both_in_all == sum(len(sign) == 2 for sign in signs.values())
