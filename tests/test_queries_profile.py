"""Profiles: who does what to an actor and what it does, facts by way and tier, the rest counted apart."""

import pytest
from builders import CN, IN, PK, RU, US, XI, fact, person, reading

from kg.queries.profile import profile
from kg.store import Filter, open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def sections(found):
    return {
        (section.way, section.group): [(row.source.id, row.relation, row.target.id) for row in section.rows]
        for section in found.sections
    }


def test_each_way_and_tier_stands_by_itself(store):
    store.write(
        [
            reading(
                "a",
                *(fact(CN, "arms", PK), fact(PK, "praises", CN), fact(CN, "allied_with", PK), fact(RU, "praises", PK)),
                *(fact(PK, "consults", RU), fact(IN, "accuses", PK), fact(PK, "attacks", IN), fact(IN, "fights", PK)),
                fact(US, "arms", IN),
            )
        ]
    )
    found = profile(store, PK)
    assert sections(found) == {
        ("by", "strong"): [("cn", "arms", "pk")],
        ("with", "tie"): [("pk", "allied_with", "cn")],
        ("by", "signal"): [("ru", "praises", "pk")],
        ("to", "signal"): [("pk", "praises", "cn")],
        ("with", "engaging"): [("pk", "consults", "ru")],
        ("by", "opposing"): [("in", "accuses", "pk")],
        ("to", "fighting"): [("pk", "attacks", "in")],
        ("with", "fighting"): [("pk", "fights", "in")],
    }
    assert [actor.id for actor in found.mutual] == ["cn"]
    assert all(row.quotes for section in found.sections for row in section.rows)


def test_backing_one_way_is_not_mutual(store):
    store.write([reading("a", fact(CN, "arms", PK), fact(PK, "aids", RU), fact(PK, "arms", US), fact(US, "aids", PK))])
    assert [actor.id for actor in profile(store, PK).mutual] == ["us"]


def test_what_is_no_fact_is_counted_apart_and_shown_nowhere(store):
    store.write(
        [
            reading("a", fact(CN, "arms", PK, status="planned"), fact(PK, "consults", CN, status="planned")),
            reading("b", fact(CN, "arms", PK, polarity="negated"), fact(RU, "arms", PK, status="ended")),
        ]
    )
    found = profile(store, PK)
    assert found.sections == found.latest == found.years == found.mutual == ()
    assert [(told.kind, told.assertions) for told in found.others] == [("planned", 2), ("ended", 1), ("negated", 1)]
    assert found.found


def test_years_count_documents_of_each_family_by_itself(store):
    store.write(
        [
            reading("a", fact(CN, "arms", PK), fact(CN, "aids", PK), fact(IN, "accuses", PK), date="2019-03-01"),
            reading("b", fact(PK, "arms", CN), fact(PK, "attacks", IN), date="2019-04-01"),
            reading("c", fact(PK, "consults", CN), fact(CN, "aids", PK, background=True), date="2021"),
        ]
    )
    years = [(year.year, list(year.documents.values())) for year in profile(store, PK).years]
    assert years == [("2019", [2, 0, 1, 1]), ("2021", [0, 1, 0, 0])]


def test_lately_are_the_last_events(store):
    store.write([reading(f"d{n}", fact(CN, "arms", PK), date=f"2020-01-0{n}") for n in range(1, 6)])
    assert [event.first for event in profile(store, PK, limit=2).latest] == ["2020-01-04", "2020-01-05"]


def test_an_actor_below_the_states_is_shown_as_named(store):
    store.write([reading("a", fact(XI, "praises", PK, source_state=CN))])
    assert profile(store, XI).level == "actor"
    assert sections(profile(store, XI)) == {("to", "signal"): [(XI.id, "praises", "pk")]}
    assert profile(store, CN).level == "state"
    assert sections(profile(store, CN)) == {("to", "signal"): [("cn", "praises", "pk")]}


def test_people_without_office_are_not_shown_as_hostile(store):
    nobody = person("person.jane-doe", "Jane Doe", sector=None)
    store.write([reading("a", fact(nobody, "attacks", PK), fact(nobody, "praises", PK))])
    assert set(sections(profile(store, nobody))) == {("to", "signal")}
    assert set(sections(profile(store, nobody, bounds=Filter(private_people=True)))) == {
        ("to", "signal"),
        ("to", "fighting"),
    }


def test_bounds_and_limits(store):
    store.write(
        [
            reading("a", fact(CN, "arms", PK), fact(RU, "arms", PK), date="2019-01-01"),
            reading("b", fact(US, "arms", PK), date="2021-01-01"),
        ]
    )
    assert sections(profile(store, PK, bounds=Filter(since="2020"))) == {("by", "strong"): [("us", "arms", "pk")]}
    (section,) = profile(store, PK, limit=2).sections
    assert (len(section.rows), section.more) == (2, True)


def test_a_stranger_has_no_profile(store):
    store.write([reading("a", fact(CN, "arms", RU))])
    assert not profile(store, PK).found
