"""Dates in sentences, as exact as the words are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import find_dates

DAY = "2019-10-09"  # a Wednesday


def values(text: str, day: str | None = DAY) -> list[str]:
    return [value for _, _, value in find_dates(text, day)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("signed on 2018-03-07", "2018-03-07"),
        ("signed on March 7, 2018", "2018-03-07"),
        ("signed on Mar. 7, 2018", "2018-03-07"),
        ("signed on 7 March 2018", "2018-03-07"),
        ("signed on the 7th of March 2018", "2018-03-07"),
        ("signed on March 7", "2019-03-07"),
        ("signed on 1 Sept.", "2019-09-01"),
        ("on December 30", "2018-12-30"),  # long after the document's day: the year before
        ("in November", "2018-11"),
        ("in March", "2019-03"),
        ("in March last year", "2018-03"),
        ("in March 2003", "2003-03"),
        ("in 1995", "1995"),
        ("since 2011", "2011"),
        ("the 2006 war", "2006"),
        ("yesterday", "2019-10-08"),
        ("today", "2019-10-09"),
        ("on Monday", "2019-10-07"),
        ("on Wednesday", "2019-10-09"),
        ("on Thursday", "2019-10-03"),
        ("last year", "2018"),
        ("this year", "2019"),
        ("last month", "2019-09"),
        ("earlier this month", "2019-10"),
    ],
)
def test_what_news_writes(text: str, value: str) -> None:
    assert values(f"Ghana and Togo met {text}.") == [value]


def test_months_and_years_stay_as_inexact_as_they_are() -> None:
    assert values("in October 2019 and in 1984") == ["2019-10", "1984"]


def test_the_year_turns_in_january() -> None:
    assert values("last month", "2020-01-15") == ["2019-12"]
    assert values("on December 28", "2020-01-03") == ["2019-12-28"]
    assert values("yesterday", "2020-01-01") == ["2019-12-31"]


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "last year", "in March", "on March 7", "this month"])
def test_relative_dates_need_the_documents_day(text: str) -> None:
    assert values(text, None) == []
    assert values(text, "2019") == []  # a year alone is no day to count from


def test_whole_dates_do_not() -> None:
    assert values("on March 7, 2018, and in 1999", None) == ["2018-03-07", "1999"]


@pytest.mark.parametrize(
    "text",
    [
        "Ghana may thank Togo",
        "troops march on the town",
        "the army will march in the rain",
        "Ghana has 2000 tanks and 1984 trucks",
        "room 2019",
        "a second summit",
        "resolution 1973",
        "Marching bands and Augustus",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["on February 30, 2018", "on 31 April", "on June 99"])
def test_days_that_do_not_exist_are_passed_over(text: str) -> None:
    assert all(len(value) < 10 for value in values(text))


def test_the_29th_of_february_in_a_year_without_one() -> None:
    assert values("on February 29", "2021-03-02") == []


def test_offsets_slice_to_the_words_in_text_order() -> None:
    text = "On Monday Ghana thanked Togo for what it did of old, March 2003."
    assert [text[start:end] for start, end, _ in find_dates(text, DAY)] == ["Monday", "March 2003"]


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%Y-%m-%d"]),
)
def test_every_day_is_read_back(day: datetime.date, form: str) -> None:
    assert values(f"It happened on {day.strftime(form)} in Lomé.", None) == [day.isoformat()]


@given(st.text(max_size=80), st.sampled_from([None, DAY, "2019", "2020-02-29", "nonsense"]))
def test_no_text_breaks_it(text: str, day: str | None) -> None:
    for start, end, value in find_dates(text, day):
        assert 0 <= start < end <= len(text)
        assert len(value) in (4, 7, 10)


def test_what_is_to_come_is_sought_ahead() -> None:
    text = "on Friday, in January and on 3 March"
    back = [value for _, _, value in find_dates(text, "2024-11-06")]
    ahead = [value for _, _, value in find_dates(text, "2024-11-06", ahead=True)]
    assert back == ["2024-11-01", "2024-01", "2024-03-03"]
    assert ahead == ["2024-11-08", "2025-01", "2025-03-03"]
