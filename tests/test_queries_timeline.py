"""Timelines: the latest events by date, facts apart, nothing on a day that is not reported of it."""

import pytest
from builders import CN, IN, PK, RU, fact, reading

from kg.queries.timeline import timeline
from kg.store import Filter, open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        store.write(
            [
                reading("a", fact(CN, "arms", PK), fact(PK, "consults", CN), date="2021-05-02"),
                reading("b", fact(CN, "arms", PK), date="2021-05-02", preface="Again. "),
                reading("c", fact(IN, "accuses", PK), fact(PK, "borders", IN), date="2019"),
                reading("d", fact(CN, "aids", PK, status="planned"), fact(RU, "aids", PK, polarity="negated")),
                reading("e", fact(RU, "aids", PK, background=True), date="2022-01-01"),
                reading("f", fact(RU, "arms", PK, date=None), date=None),
            ]
        )
        yield store


def told(events):
    return [(event.first, event.source.id, event.relation, event.target.id) for event in events]


def test_events_stand_by_date_the_oldest_first_one_for_each_triple_of_a_day(store):
    found = timeline(store, PK)
    assert told(found.events) == [
        ("2019", "in", "accuses", "pk"),
        ("2021-05-02", "cn", "arms", "pk"),
        ("2021-05-02", "pk", "consults", "cn"),
    ]
    assert [event.figures.documents for event in found.events] == [1, 2, 1]
    assert all(event.first == event.last for event in found.events)


def test_the_actor_asked_about_opens_what_has_no_direction(store):
    assert ("2021-05-02", "cn", "consults", "pk") in told(timeline(store, CN).events)


def test_what_is_presupposed_or_undated_is_counted_and_not_shown(store):
    assert timeline(store, PK).undated == 2
    assert timeline(store, CN).undated == 0


def test_only_the_two_and_only_the_families_asked_for(store):
    assert told(timeline(store, IN, PK).events) == [("2019", "in", "accuses", "pk")]
    assert told(timeline(store, PK, IN).events) == [("2019", "in", "accuses", "pk")]
    assert told(timeline(store, PK, families=["backing"]).events) == [("2021-05-02", "cn", "arms", "pk")]
    assert not timeline(store, IN, CN).found


def test_what_is_no_fact_is_shown_on_request_and_apart(store):
    assert timeline(store, PK).others == ()
    found = timeline(store, PK, include=("planned", "negated", "ended"))
    assert [(kind, told(events)) for kind, events in found.others] == [
        ("planned", [("2024-05-01", "cn", "aids", "pk")]),
        ("negated", [("2024-05-01", "ru", "aids", "pk")]),
    ]
    assert told(found.events) == told(timeline(store, PK).events)


def test_the_limit_keeps_the_latest(store):
    found = timeline(store, PK, limit=2)
    assert [event.first for event in found.events] == ["2021-05-02", "2021-05-02"]
    assert found.more
    assert not timeline(store, PK, limit=3).more


def test_bounds(store):
    assert told(timeline(store, PK, bounds=Filter(until="2020")).events) == [("2019", "in", "accuses", "pk")]
    assert told(timeline(store, PK, bounds=Filter(min_originals=2)).events) == [("2021-05-02", "cn", "arms", "pk")]


def test_quotes_are_of_the_event_one_from_each_original_first(store):
    event = timeline(store, PK, quotes=5).events[1]
    assert [quote.document.id for quote in event.quotes] == ["a", "b"]
    assert {quote.text for quote in event.quotes} == {"China arms Pakistan."}
    assert timeline(store, PK, quotes=0).events[1].quotes == ()


def test_the_latest_are_the_latest_however_far_back_they_are_looked_for(tmp_path):
    dates = ["2024-05-01", "2024-04-28", "2024-04", "2024-04-02", "2024", "2024-01-15", "2023-06", "2023-01-01", "1999"]
    with open_store(tmp_path / "many.db", create=True) as store:
        store.write([reading(f"d{n}", fact(CN, "arms", PK, date=date)) for n, date in enumerate(dates)])
        for limit in range(1, len(dates) + 1):
            found = timeline(store, PK, limit=limit)
            assert [event.first for event in found.events] == sorted(dates)[-limit:]
            assert found.more == (limit < len(dates))
            assert found.undated in ((0,) if limit == len(dates) else (0, None))
