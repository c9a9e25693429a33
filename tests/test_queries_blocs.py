"""Blocs: communities of mutual backing, by facts alone, the same whatever the order; rifts stand beside."""

import random
import subprocess
import sys

import pytest
from builders import CN, IL, IN, IR, PK, RU, TR, US, actor, fact, reading

from kg.export.view import map_view
from kg.queries.blocs import blocs, communities
from kg.store import Filter, open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def members(found):
    return [sorted(member.id for member in bloc.members) for bloc in found.blocs]


def both_ways(one, other, relation="supports"):
    return fact(one, relation, other), fact(other, relation, one)


def test_who_backs_whom_both_ways_stands_together(store):
    store.write(
        [
            reading("a", *both_ways(CN, PK), fact(CN, "allied_with", RU), fact(RU, "aids", PK), fact(PK, "arms", RU)),
            reading("b", *both_ways(US, IL), fact(US, "supports", IN)),
        ]
    )
    found = blocs(store)
    assert members(found) == [["cn", "pk", "ru"], ["il", "us"]]
    assert (found.actors, found.more) == (5, 0)
    assert [bloc.ties_in_all for bloc in found.blocs] == [3, 1]
    assert members(blocs(store, one_way=True)) == [["cn", "pk", "ru"], ["il", "in", "us"]]


def test_each_way_of_a_tie_has_its_quote_in_its_own_direction(store):
    store.write([reading("a", fact(CN, "arms", PK), fact(PK, "praises", CN), fact(PK, "supports", CN))])
    (bloc,) = blocs(store).blocs
    (tie,) = bloc.ties
    assert {(link.source.id, link.target.id) for link in tie.links} == {("cn", "pk"), ("pk", "cn")}
    for link in tie.links:
        assert link.quote.assertion.source.actor == link.source
        assert link.quote.assertion.relation == link.edge.relation


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"status": "alleged"}, {"polarity": "negated"}])
def test_what_is_no_fact_ties_nobody(store, fields):
    store.write([reading("a", fact(CN, "supports", PK), fact(PK, "supports", CN, **fields), fact(CN, "consults", PK))])
    assert blocs(store).blocs == ()


def test_hostile_acts_are_rifts_and_undo_no_tie(store):
    store.write(
        [reading("a", *both_ways(CN, PK))]
        + [reading(f"d{n}", fact(CN, "attacks", PK), preface=f"No. {n}. ") for n in range(5)]
        + [reading("e", fact(US, "attacks", CN))]
    )
    (bloc,) = blocs(store).blocs
    assert sorted(member.id for member in bloc.members) == ["cn", "pk"]
    (rift,) = bloc.rifts
    assert [(link.source.id, link.edge.relation, link.target.id) for link in rift.links] == [("cn", "attacks", "pk")]
    assert rift.originals == 5


def test_dates_sources_and_limits_bound_them(store):
    store.write(
        [
            reading("a", *both_ways(CN, PK), date="2019-01-01"),
            reading("b", *both_ways(US, IL), date="2021-01-01"),
            reading("c", *both_ways(US, IL), date="2021-01-02", preface="Again. "),
            reading("copy", *both_ways(CN, PK), date="2019-01-01"),
        ]
    )
    assert members(blocs(store, bounds=Filter(since="2020"))) == [["il", "us"]]
    assert members(blocs(store, bounds=Filter(min_originals=2))) == [["il", "us"]]
    limited = blocs(store, limit=1)
    assert (members(limited), limited.more) == ([["cn", "pk"]], 1)


def test_members_with_the_most_ties_come_first(store):
    store.write([reading("a", *both_ways(RU, CN), *both_ways(RU, PK))])
    (bloc,) = blocs(store).blocs
    assert [member.id for member in bloc.members] == ["ru", "cn", "pk"]


def test_no_order_of_writing_and_no_process_makes_other_blocs(tmp_path):
    rng = random.Random(4)
    actors = [actor(f"x{n:02}") for n in range(30)]
    one = [fact(*rng.sample(actors, 2)[:1], "allied_with", rng.choice(actors[:20])) for _ in range(60)]
    facts = [each for each in one if each.source != each.target]
    answers = []
    for n in range(3):
        rng.shuffle(facts)
        path = tmp_path / f"{n}.db"
        with open_store(path, create=True) as store:
            store.write([reading(f"d{k}", each, preface=f"{each}. ") for k, each in enumerate(facts)])
            answers.append(members(blocs(store)))
        code = (
            "from kg.store import open_store; from kg.queries.blocs import blocs; import sys;"
            "print([sorted(m.id for m in b.members) for b in blocs(open_store(sys.argv[1])).blocs])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, path], env={"PYTHONHASHSEED": str(n)}, capture_output=True, check=True
        )
        answers.append(eval(done.stdout))
    assert len(answers[0]) > 1
    assert all(answer == answers[0] for answer in answers)


def test_communities_of_a_plain_graph():
    two = {("a", "b"): 3.0, ("b", "c"): 3.0, ("a", "c"): 3.0, ("x", "y"): 2.0, ("c", "x"): 0.1}
    assert communities(two) == [("a", "b", "c"), ("x", "y")]
    assert communities({}) == []
    assert communities(dict(reversed(two.items()))) == communities(two)


def test_the_map_colours_the_same_blocs(store):
    store.write(
        [
            reading("a", *both_ways(CN, PK), fact(CN, "allied_with", RU), fact(RU, "aids", PK), fact(PK, "arms", RU)),
            reading("b", *both_ways(US, IL), fact(US, "supports", IN), fact(IN, "consults", CN)),
            reading("c", fact(IL, "attacks", US), *both_ways(TR, IR, "consults")),
        ]
    )
    drawn: dict[int, list[str]] = {}
    for each in map_view(store).actors:
        if each.bloc is not None:
            drawn.setdefault(each.bloc, []).append(each.actor.id)
    assert [sorted(drawn[number]) for number in sorted(drawn)] == members(blocs(store))


def test_an_empty_store_has_none(store):
    assert blocs(store).blocs == ()
    store.write([reading("a", fact(IR, "supports", TR))])
    assert blocs(store).blocs == ()
