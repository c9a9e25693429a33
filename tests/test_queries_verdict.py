"""Verdicts: a table of reports and what they amount to, and what must hold of any reports."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import POLARITIES, STATUSES, VOICES
from kg.queries.verdict import VERDICTS, Verdict, figures, verdict
from kg.store import Report

KINDS = ("actual", "planned", "alleged", "hypothetical", "ended", "negated")
_number = itertools.count()


def said(date="2024-05-01", kind="actual", **fields):
    """A report of an outlet of its own; a kind is a status, or "negated"."""
    made = {"polarity": "negated"} if kind == "negated" else {"status": kind}
    name = f"d{next(_number)}"
    base = {"source": "cn", "relation": "supports", "target": "pk", "document": name, "origin": name, "outlet": name}
    return Report(**{**base, "date": date, **made, **fields})


def denied(date="2024-05-01", **fields):
    return said(date, "negated", **fields)


def own(date="2024-05-01", **fields):
    return said(date, **{"voice": "self", "attributed_to": "Wang Yi", **fields})


def judged(*reports, kind="actual", standing=True, as_of="2024-12-31"):
    found = verdict(reports, kind, standing=standing, as_of=as_of)
    return found and (found.kind, found.date)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        # reported: by an outlet or a third party, however many parties say so too
        ([said()], ("reported", None)),
        ([said(date=None)], ("reported", None)),
        ([said(background=True)], ("reported", None)),
        ([own(), said(voice="third party", attributed_to="the UN")], ("reported", None)),
        # claimed: only by parties
        ([own()], ("claimed", None)),
        ([said(voice="target"), said(voice="opponent")], ("claimed", None)),
        # contested: two sources, one period
        ([said("2024-05-01"), denied("2024-05-20")], ("contested", "2024-05-20")),
        ([said("2024-05-20"), denied("2024-05-01")], ("contested", "2024-05-01")),
        ([said("2024-05"), denied("2024-04-29")], ("contested", "2024-04-29")),
        (
            [own("2024-05-01"), denied("2024-05-01", voice="opponent", attributed_to="Delhi")],
            ("contested", "2024-05-01"),
        ),
        (
            [said(document="a", origin="a"), denied(document="a", origin="a", attributed_to="Beijing")],
            ("contested", "2024-05-01"),
        ),
        # not contested: one source, other periods, no date, only presupposed, later said again, not of what is so
        ([said(origin="a"), denied(origin="a")], ("reported", None)),
        ([own("2024-05-01"), denied("2024-05-01", voice="self", attributed_to="Wang Yi")], ("claimed", None)),
        ([said("2024-05-01"), denied("2023-05-01")], ("reported", None)),
        ([said(), denied(date=None)], ("reported", None)),
        ([said(), denied(background=True)], ("reported", None)),
        ([said("2022-01-01"), denied("2022-01-05"), said("2024-05-01")], ("reported", None)),
        ([said(), denied("2024-05-02", status="planned")], ("reported", None)),
        ([said(), said("2024-05-02", "alleged"), said("2024-05-03", "planned")], ("reported", None)),
        # reversed: by an end, or by a denial in a later period or of whoever said so
        ([said("2021-05-01"), said("2021-08-15", "ended")], ("reversed", "2021-08-15")),
        ([said("2021-05-01"), said("2021-08-15", "ended"), said("2022-01-01", "ended")], ("reversed", "2021-08-15")),
        ([said("2021"), said("2022", "ended")], ("reversed", "2022")),
        ([said("2021-05-01"), denied("2022-05-01")], ("reversed", "2022-05-01")),
        ([said("2021-05-01", origin="a"), denied("2021-05-20", origin="a")], ("reversed", "2021-05-20")),
        ([said("2024-05-01"), said("2024-06-01", "ended", background=True)], ("reversed", "2024-06-01")),
        # not reversed: said again, not later for certain, not dated
        ([said("2021-05-01"), said("2021-08-15", "ended"), said("2024-01-01")], ("reported", None)),
        ([said("2024"), said("2024-08-15", "ended")], ("contested", "2024-08-15")),
        ([said("2024-05-01"), said(None, "ended")], ("reported", None)),
        # stale: two years, to the day
        ([said("2022-12-31")], ("stale", "2022-12-31")),
        ([said("2023-01-01")], ("reported", None)),
        ([said("2022")], ("stale", "2022")),
        ([said("2022-11"), said("2023", background=True)], ("stale", "2022-11")),
        ([own("2019-01-01")], ("stale", "2019-01-01")),
        ([said("2019-01-01"), denied("2019-01-02")], ("contested", "2019-01-02")),
    ],
)
def test_a_fact_is(reports, expected):
    assert judged(*reports) == expected


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([said("2010-01-01")], ("reported", None)),
        ([said("2021-05-01"), denied("2022-05-01")], ("reported", None)),
        ([said("2021-05-01"), said("2022-05-01", "ended")], ("reversed", "2022-05-01")),
        ([said("2021-05-01"), denied("2021-05-02")], ("contested", "2021-05-02")),
    ],
)
def test_what_happens_at_a_time_grows_not_stale_and_no_denial_reverses_it(reports, expected):
    assert judged(*reports, standing=False) == expected


@pytest.mark.parametrize(
    ("kind", "reports", "expected"),
    [
        ("planned", [said(kind="planned")], ("reported", None)),
        ("planned", [said(kind="planned", voice="self")], ("claimed", None)),
        ("planned", [said(kind="planned"), denied("2024-05-09", status="planned")], ("contested", "2024-05-09")),
        ("planned", [said(kind="planned"), denied()], ("reported", None)),
        ("alleged", [said(kind="alleged"), denied("2024-05-09")], ("contested", "2024-05-09")),
        ("alleged", [said("2010-01-01", kind="alleged")], ("reported", None)),
        ("ended", [said("2021-01-01", "ended"), said("2023-01-01")], ("reversed", "2023-01-01")),
        ("negated", [denied("2021-01-01"), said("2023-01-01")], ("reversed", "2023-01-01")),
        ("negated", [denied("2021-01-01"), said("2021-01-09")], ("contested", "2021-01-09")),
        ("negated", [denied("2021-01-01", voice="self")], ("claimed", None)),
        ("hypothetical", [said(kind="hypothetical"), denied()], ("reported", None)),
        ("planned", [said(), denied()], None),
    ],
)
def test_of_what_is_no_fact_only_what_bears_on_it_counts(kind, reports, expected):
    assert judged(*reports, kind=kind) == expected


def test_whoever_alone_says_so_is_told_whatever_the_verdict():
    assert verdict([own("2019")], standing=True, as_of="2024").by == ("self",)
    assert verdict([said(voice="opponent"), said(voice="self")]).by == ("self", "opponent")
    assert verdict([own(), said()]).by == ()


def test_nothing_is_stale_without_a_day():
    assert verdict([said("1999")], standing=True).kind == "reported"
    assert verdict([said("2020-02-29")], standing=True, as_of="2022-02-28").kind == "reported"
    assert verdict([said("2020-02-29")], standing=True, as_of="2022-03-01").kind == "stale"
    assert verdict([said("9999")], standing=True, as_of="9999").kind == "reported"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Verdict(kind="reported"), "reported"),
        (Verdict(kind="claimed", by=("self",)), "claimed only by itself"),
        (Verdict(kind="claimed", by=("target", "opponent")), "claimed only by the target and an opponent"),
        (Verdict(kind="contested", date="2021-05"), "contested 2021-05"),
        (Verdict(kind="reversed", date="2021-08-15"), "reversed 2021-08-15"),
        (Verdict(kind="stale", date="2019", by=("target",)), "stale since 2019, claimed only by the target"),
    ],
)
def test_a_verdict_reads_as_words(found, words):
    assert str(found) == words


def test_figures_count_each_kind_by_itself():
    one = said("2021-05-01", document="a", origin="o", outlet="x")
    reports = [
        *(one, one._replace(document="b", outlet="y"), one._replace(outlet=None)),
        said("2020-01-01", document="c", origin="p", outlet="x", background=True),
        said("2019-01-01", "alleged", document="c"),
    ]
    found = figures(reports)
    assert (found.assertions, found.documents, found.originals, found.outlets) == (4, 3, 2, 2)
    assert (found.first, found.last) == ("2021-05-01", "2021-05-01")
    assert figures(reports, "alleged").documents == 1
    assert figures([], "actual").last is None


reports = st.lists(
    st.builds(
        said,
        date=st.sampled_from([None, "2019", "2020-02", "2020-02-11", "2020-03-01", "2021-12-31", "2024-05"]),
        kind=st.just("actual"),
        polarity=st.sampled_from(POLARITIES),
        status=st.sampled_from(STATUSES),
        background=st.booleans(),
        voice=st.sampled_from(VOICES),
        attributed_to=st.sampled_from([None, "A", "B"]),
        document=st.sampled_from(["a", "b", "c"]),
        origin=st.sampled_from(["a", "b"]),
    ),
    max_size=8,
)


@given(reports, st.permutations(range(8)), st.sampled_from(KINDS), st.booleans(), st.sampled_from([None, "2022-02-28"]))
def test_a_verdict_depends_on_what_is_said_and_not_on_how_it_is_listed(told, order, kind, standing, as_of):
    found = verdict(told, kind, standing=standing, as_of=as_of)
    assert (found is None) == (not any(report.kind == kind for report in told))
    shuffled = [told[i] for i in order if i < len(told)]
    assert verdict(shuffled + told[:2], kind, standing=standing, as_of=as_of) == found
    if found is None:
        return
    assert found.kind in VERDICTS
    mine = [report for report in told if report.kind == kind]
    assert bool(found.by) == all(report.voice in ("self", "target", "opponent") for report in mine)
    assert (found.date is None) == (found.kind in ("reported", "claimed"))
    if found.kind in ("reversed", "contested"):
        assert any(report.date == found.date and report.kind != kind for report in told)
    if found.kind == "stale":
        assert (kind, standing) == ("actual", True)
        assert any(report.date == found.date for report in mine)
    # What is only planned, alleged or supposed bears on no fact.
    facts = [r for r in told if r.kind in ("actual", "ended") or (r.kind == "negated" and r.status == "actual")]
    if kind == "actual":
        assert verdict(facts, kind, standing=standing, as_of=as_of) == found


@given(reports, st.booleans())
def test_one_more_report_in_a_later_year_ends_every_doubt(told, standing):
    after = verdict([*told, said("2030-01-01", voice="outlet")], standing=standing, as_of="2030-02-01")
    assert after == Verdict(kind="reported")
