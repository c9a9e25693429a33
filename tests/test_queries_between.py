"""The story of two actors: turns where the tone changes, facts apart from the rest, direction as the texts have it."""

import tempfile
from pathlib import Path

import pytest
from builders import CN, IN, PK, RU, XI, fact, reading, readings
from hypothesis import HealthCheck, given, settings

from kg.queries.between import between
from kg.queries.who import who
from kg.relations import ontology
from kg.store import Filter, open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def written(store, *dated):
    """A document for each (date, facts …), no two alike."""
    store.write(
        [reading(f"d{n}", *facts, date=date, preface=f"No. {n}. ") for n, (date, *facts) in enumerate(dated)],
    )


def turns(found):
    return [(turn.first, turn.last, turn.leading, turn.change) for turn in found.turns]


def test_a_turn_comes_where_the_leading_family_changes(store):
    written(
        store,
        ("2019-02-26", fact(IN, "attacks", PK)),
        ("2019-02-27", fact(PK, "attacks", IN)),
        ("2019-03-10", fact(IN, "criticizes", PK)),
        ("2019-05-02", fact(PK, "accuses", IN)),
        ("2020-11-02", fact(IN, "consults", PK)),
        ("2021-02-25", fact(IN, "agrees_with", PK)),
    )
    assert turns(between(store, IN, PK)) == [
        ("2019-02-26", "2019-02-27", ("fighting",), "first"),
        ("2019-03-10", "2019-05-02", ("opposing",), "warmer"),
        ("2020-11-02", "2021-02-25", ("engaging",), "warmer"),
    ]


def test_each_act_stands_in_its_own_direction_whoever_is_named_first(store):
    written(store, ("2021-01-01", fact(CN, "arms", PK), fact(PK, "praises", CN), fact(PK, "consults", CN)))
    said = {("cn", "arms", "pk"), ("pk", "praises", "cn")}
    for one, other in ((CN, PK), (PK, CN)):
        (turn,) = between(store, one, other).turns
        found = {(event.source.id, event.relation, event.target.id) for event in turn.events}
        assert found == said | {(one.id, "consults", other.id)}


def test_the_tone_is_told_family_by_family_and_never_summed(store):
    written(
        store,
        ("2021-01-01", fact(CN, "supports", PK), fact(CN, "aids", PK)),
        ("2021-01-02", fact(CN, "supports", PK), fact(CN, "attacks", PK)),
    )
    (turn,) = between(store, CN, PK).turns
    assert turn.leading == ("backing",)
    assert [(tone.family, tone.documents, tone.least, tone.most) for tone in turn.tones] == [
        ("backing", 2, ontology()["supports"].weight, ontology()["aids"].weight),
        ("fighting", 1, -10.0, -10.0),
    ]


def test_copies_of_one_text_lead_nowhere(store):
    store.write([reading(f"copy{n}", fact(CN, "criticizes", PK), date="2021-01-01") for n in range(5)])
    written(store, ("2021-01-03", fact(CN, "aids", PK)), ("2021-01-04", fact(CN, "aids", PK)))
    (turn,) = between(store, CN, PK).turns
    assert turn.leading == ("backing",)
    assert [(tone.documents, tone.originals) for tone in turn.tones] == [(2, 2), (5, 1)]


def test_two_families_may_lead_and_a_turn_keeps_what_its_periods_share(store):
    written(
        store,
        ("2021-01-01", fact(CN, "attacks", PK), fact(CN, "accuses", PK)),
        ("2021-02-01", fact(CN, "accuses", PK), fact(CN, "consults", PK)),
        ("2021-03-01", fact(CN, "consults", PK)),
    )
    assert turns(between(store, CN, PK)) == [
        ("2021-01-01", "2021-02-01", ("opposing",), "first"),
        ("2021-03-01", "2021-03-01", ("engaging",), "warmer"),
    ]


@pytest.mark.parametrize(
    ("later", "expected"),
    [("2021-03", 1), ("2023-01", 1), ("2023-03", 2), ("2030", 2)],
)
def test_two_years_of_silence_end_a_turn(store, later, expected):
    written(store, ("2021-01-15", fact(CN, "attacks", PK)), (later, fact(CN, "attacks", PK)))
    found = between(store, CN, PK).turns
    assert len(found) == expected
    assert [turn.change for turn in found] == ["first", "resumed"][:expected]


def test_periods_are_as_long_as_asked_and_years_where_there_are_many_months(store):
    few = [(f"2021-{month:02}-01", fact(CN, "consults" if month % 2 else "accuses", PK)) for month in range(1, 13)]
    written(store, *few)
    assert between(store, CN, PK).step == "month"
    assert len(between(store, CN, PK).turns) == 12
    assert len(between(store, CN, PK, step="year").turns) == 1
    many = [f"{year}-{month:02}-01" for year in (2019, 2020, 2021) for month in range(1, 10)]
    store.write([reading(f"m{date}", fact(RU, "consults", PK), date=date, preface=f"On {date}. ") for date in many])
    assert between(store, RU, PK).step == "year"
    assert between(store, RU, PK, step="month").step == "month"


def test_dates_are_used_as_exactly_as_they_are_known(store):
    written(store, ("2020", fact(CN, "attacks", PK)), ("2020-03", fact(CN, "consults", PK)))
    assert [(turn.first, turn.last) for turn in between(store, CN, PK).turns] == [("2020", "2020"), ("2020-03",) * 2]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": "planned"}, "planned"),
        ({"status": "alleged"}, "alleged"),
        ({"status": "hypothetical"}, "hypothetical"),
        ({"status": "ended"}, "ended"),
        ({"polarity": "negated"}, "negated"),
        ({"polarity": "negated", "status": "planned"}, "negated"),
    ],
)
def test_what_is_no_fact_makes_no_turn(store, fields, kind):
    written(store, ("2021-01-01", fact(CN, "arms", PK, **fields)))
    found = between(store, CN, PK)
    assert found.turns == found.standing == ()
    assert [(name, len(events)) for name, events in found.others] == [(kind, 1)]
    assert between(store, CN, PK, include=()).others == ()


def test_what_is_presupposed_or_undated_stands_apart(store):
    written(
        store,
        ("2021-01-01", fact(CN, "arms", PK, background=True), fact(CN, "aids", PK)),
        (None, fact(CN, "supports", PK, date=None)),
    )
    found = between(store, CN, PK)
    assert [event.relation for turn in found.turns for event in turn.events] == ["aids"]
    assert {event.relation for event in found.standing} == {"arms", "supports"}


def test_what_one_is_to_the_other_is_told_as_named(store):
    written(store, ("2021-01-01", fact(XI, "represents", CN, source_state=CN), fact(CN, "claims", IN)))
    assert [event.relation for event in between(store, CN, IN).structure] == ["claims"]
    assert [event.relation for event in between(store, XI, CN, level="actor").structure] == ["represents"]


def test_dates_originals_and_limits_bound_it(store):
    written(
        store,
        ("2019-01-01", fact(CN, "arms", PK)),
        ("2021-01-01", fact(CN, "aids", PK), fact(CN, "praises", PK)),
        ("2021-01-02", fact(CN, "aids", PK)),
    )
    since = between(store, CN, PK, bounds=Filter(since="2020"))
    assert {event.relation for turn in since.turns for event in turn.events} == {"aids", "praises"}
    twice = between(store, CN, PK, bounds=Filter(min_originals=2))
    assert {event.relation for turn in twice.turns for event in turn.events} == {"aids"}
    (turn,) = between(store, CN, PK, bounds=Filter(since="2020"), limit=1).turns
    assert ([event.relation for event in turn.events], turn.more) == (["aids"], 1)


def test_strangers_have_no_story(store):
    written(store, ("2021-01-01", fact(CN, "arms", PK)))
    assert not between(store, CN, RU).found
    assert not between(store, RU, IN).found


@given(readings(max_facts=8, url="x"))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_story_says_what_the_store_says(given_readings):
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write(given_readings)
        texts = {one.document.id: one.document.text for one in given_readings}
        for one, other in ((CN, PK), (PK, CN), (IN, CN)):
            found = between(store, one, other, limit=1000, quotes=3)
            acts = [event for turn in found.turns for event in turn.events] + list(found.standing)
            told = {(event.source.id, event.relation, event.target.id) for event in acts}
            relations = [card.id for card in ontology().relations.values() if card.family != "structure"]
            expected = set()
            for source, target in ((one, other), (other, one)):
                answer = who(store, relations, source=source.id, target=target.id, level="state", limit=1000)
                for row in answer.facts:
                    ends = (one, other) if ontology()[row.relation].symmetric else (row.source, row.target)
                    expected.add((ends[0].id, row.relation, ends[1].id))
            assert told == expected
            for event in [*acts, *(event for _, events in found.others for event in events)]:
                assert event.quotes
                for quote in event.quotes:
                    sentence = quote.assertion.sentence
                    assert texts[quote.document.id][sentence.start : sentence.end] == quote.text
                    assert quote.assertion.relation == event.relation
            facts = [turn.first for turn in found.turns]
            assert facts == sorted(facts)
