"""Whole questions: what bounds them, two clauses about one unknown, lists of names, and what connects two actors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.queries.parsing import EXAMPLES, NotUnderstoodError, parse
from kg.queries.qualifiers import Qualifiers
from kg.queries.readings import Readings


def bounds(text):
    """The bounds of the likeliest reading, those only that are set."""
    said = parse(text)[0].qualifiers
    return {name: value for name, value in said._asdict().items() if value is not None}


def said(text):
    """The clauses of the likeliest reading as (source, words, target), and those denied."""
    one = parse(text)[0]
    told = [[(c.source, " ".join(c.predicate.words), c.target) for c in part] for part in (one.clauses, one.without)]
    return tuple(told) if told[1] else told[0]


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("since 2020", {"since": "2020"}),
        ("since May 2021", {"since": "2021-05"}),
        ("since 3 May 2021", {"since": "2021-05-03"}),
        ("since May 3rd, 2021", {"since": "2021-05-03"}),
        ("since 2021-05-03", {"since": "2021-05-03"}),
        ("from 2020 on", {"since": "2020"}),
        ("after 2020", {"since": "2021"}),
        ("after December 2020", {"since": "2021-01"}),
        ("after 2020-02-28", {"since": "2020-02-29"}),
        ("before May 2021", {"until": "2021-04"}),
        ("before Jan 2021", {"until": "2020-12"}),
        ("before 2021", {"until": "2020"}),
        ("before 1 March 2021", {"until": "2021-02-28"}),
        ("until 2021", {"until": "2021"}),
        ("up to Sept 2021", {"until": "2021-09"}),
        ("in 2019", {"since": "2019", "until": "2019"}),
        ("in October 2019", {"since": "2019-10", "until": "2019-10"}),
        ("during 2019", {"since": "2019", "until": "2019"}),
        ("on 9 October 2019", {"since": "2019-10-09", "until": "2019-10-09"}),
        ("between 2019 and May 2021", {"since": "2019", "until": "2021-05"}),
        ("from 2019 to 2021", {"since": "2019", "until": "2021"}),
        ("as of 2021-05-02", {"as_of": "2021-05-02"}),
        ("according to Reuters", {"according_to": "Reuters"}),
        ("according to The Daily Star", {"according_to": "The Daily Star"}),
        ("at least 2 sources", {"min_originals": 2}),
        ("in at least two independent sources", {"min_originals": 2}),
        ("with at least one source", {"min_originals": 1}),
        ("on Kashmir", {"about": "Kashmir"}),
        ("over South Ossetia", {"about": "South Ossetia"}),
        ("about 'Kashmir'", {"about": "Kashmir"}),
        ("against India", {"against": "India"}),
        ("on Kashmir against India", {"about": "Kashmir", "against": "India"}),
        (
            "on Kashmir since 2019 according to Reuters in at least 3 sources",
            {"about": "Kashmir", "since": "2019", "according_to": "Reuters", "min_originals": 3},
        ),
        ("since 2019 and before 2021", {"since": "2019", "until": "2020"}),
    ],
)
@pytest.mark.parametrize(
    "question", ["who backs Pakistan {}", "does China back Pakistan {}?", "who is Pakistan backed by {}"]
)
def test_a_question_is_bounded(question, bound, expected):
    assert bounds(question.format(bound)) == expected
    (one,) = parse(question.format(bound))[0].clauses
    assert one.target == "Pakistan"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since 2020, who backs Pakistan?", {"since": "2020"}),
        ("according to Reuters, does China back Pakistan", {"according_to": "Reuters"}),
        (
            "in May 2021 who backed Pakistan according to Reuters",
            {"since": "2021-05", "until": "2021-05", "according_to": "Reuters"},
        ),
    ],
)
def test_bounds_may_stand_before_a_question(text, expected):
    assert bounds(text) == expected


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("who's backing Pakistan", "who is backing Pakistan"),
        ("Who’s backed Pakistan?", "who has backed Pakistan"),
        ("whos been backed by China since 2020", "who has been backed by China since 2020"),
        ("who's Pakistan backed by", "who is Pakistan backed by"),
        ("who's allied with both China and Iran", "who is allied with both China and Iran"),
        ("who's Pakistan's ally", "who is Pakistan's ally"),
        ("who's backing Pakistan but opposed by India", "who is backing Pakistan but opposed by India"),
        ("what's between China and Iran", "what is between China and Iran"),
    ],
)
def test_is_and_has_may_be_cut_short(short, long):
    assert parse(short) == parse(long)


def test_a_possessive_of_a_name_is_no_verb():
    with pytest.raises(NotUnderstoodError):
        parse("China's backing Pakistan's")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("who imposes sanctions on Iran", "Iran"),
        ("who calls on Iran", "Iran"),
        ("who is against Iran", "Iran"),
        ("who protests against Iran", "Iran"),
        ("who builds in Iran", "Iran"),
        ("who lays claim to Iran", "Iran"),
        ("who is on the side of Iran", "Iran"),
    ],
)
def test_a_preposition_of_the_verb_is_no_bound(text, target):
    assert bounds(text) == {}
    assert parse(text)[0].clauses[0].target == target


@pytest.mark.parametrize(
    "bound", ["since 2019-02-30", "since 31 February 2020", "since yesterday", "at least 0 sources"]
)
def test_what_is_no_bound_stays_with_the_name(bound):
    assert bounds(f"who backs Pakistan {bound}") == {}


@pytest.mark.parametrize("twice", ["since 2019 since 2020", "in 2019 until 2020"])
def test_nothing_is_bounded_twice(twice):
    for one in parse(f"who backs Pakistan {twice}"):
        values = [getattr(one.qualifiers, name) for name in Qualifiers.__slots__]
        assert not all(word in str(values) for word in (twice.split()[1], twice.split()[-1]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who backs Mali but opposes Chad", [(None, "back", "Mali"), (None, "oppose", "Chad")]),
        ("who backs Mali and opposes Chad", [(None, "back", "Mali"), (None, "oppose", "Chad")]),
        ("which countries back Mali but oppose Chad", [(None, "back", "Mali"), (None, "oppose", "Chad")]),
        ("who backs Mali but also trades with Chad", [(None, "back", "Mali"), (None, "trade with", "Chad")]),
        ("who is backed by Mali but opposed by Chad", [("Mali", "back", None), ("Chad", "oppose", None)]),
        ("who is backed by Mali and is opposed by Chad", [("Mali", "back", None), ("Chad", "oppose", None)]),
        ("who backs Mali but is opposed by Chad", [(None, "back", "Mali"), ("Chad", "oppose", None)]),
        ("who has armed Mali but fought Chad", [(None, "arm", "Mali"), (None, "fight", "Chad")]),
        ("whom does Mali back but Chad oppose", [("Mali", "back", None), ("Chad", "oppose", None)]),
        ("who backs Mali but not Chad", ([(None, "back", "Mali")], [(None, "back", "Chad")])),
        ("whom does Mali back but not Chad", ([("Mali", "back", None)], [("Chad", "back", None)])),
        ("who backs Mali but does not back Chad", ([(None, "back", "Mali")], [(None, "back", "Chad")])),
        ("who backs Mali but doesn't oppose Chad", ([(None, "back", "Mali")], [(None, "oppose", "Chad")])),
        (
            "who is allied with Mali but is not at war with Chad",
            ([(None, "be allied with", "Mali")], [(None, "be at war with", "Chad")]),
        ),
        ("who is allied with both Mali and Chad", [(None, "be allied with", "Mali"), (None, "be allied with", "Chad")]),
        ("who backs both Mali and Chad", [(None, "back", "Mali"), (None, "back", "Chad")]),
        ("whom do both Mali and Chad back", [("Mali", "back", None), ("Chad", "back", None)]),
        ("whom do Mali and Chad both back", [("Mali and Chad", "back", None)]),
        ("does Mali back both Chad and Togo", [("Mali", "back", "Chad"), ("Mali", "back", "Togo")]),
        ("who backs Bosnia and Herzegovina", [(None, "back", "Bosnia and Herzegovina")]),
    ],
)
def test_two_clauses_ask_for_one_unknown(text, expected):
    assert said(text) == expected


def test_names_in_a_list_are_read_as_one_name_and_as_several():
    lists = [[c.target for c in one.clauses] for one in parse("who backs Bosnia and Herzegovina, Serbia and Kosovo")]
    assert ["Bosnia and Herzegovina", "Serbia", "Kosovo"] in lists
    assert lists[0] == ["Bosnia and Herzegovina, Serbia and Kosovo"]
    assert ["Trinidad and Tobago"] not in [
        [c.target for c in o.clauses] for o in parse("who backs both Trinidad and Tobago")
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("how are A and B connected", "connected"),
        ("how is A connected to B?", "connected"),
        ("how were A and B linked", "connected"),
        ("how is A related with B", "connected"),
        ("how does A relate to B", "connected"),
        ("what connects A and B", "connected"),
        ("what links A to B", "connected"),
        ("are A and B connected", "connected"),
        ("is A linked to B", "connected"),
        ("what is the connection between A and B", "connected"),
        ("which paths are there between A and B", "connected"),
        ("path from A to B", "connected"),
        ("what is between A and B", "between"),
        ("what happened between A and B", "between"),
        ("what has happened between A and B", "between"),
        ("what is going on between A and B", "between"),
        ("how are relations between A and B", "between"),
        ("what is the relationship between A and B", "between"),
        ("how are A's relations with B", "between"),
    ],
)
def test_what_joins_two_actors_is_asked_in_many_ways(text, form):
    one = parse(text)[0]
    assert (one.form, one.ends, one.clauses) == (form, ("A", "B"), ())


def test_what_happened_between_two_is_bounded_too():
    assert bounds("what happened between A and B between 2019 and 2021") == {"since": "2019", "until": "2021"}
    assert parse("what happened between A and B between 2019 and 2021")[0].ends == ("A", "B")


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("how are A and B conected", "how are A and B connected"),
        ("what happend between A and B", "what happened between A and B"),
        ("who bakcs Mali but opposes Chad", "who backs Mali but opposes Chad"),
    ],
)
def test_a_misspelt_word_is_put_right(text, nearest):
    with pytest.raises(NotUnderstoodError) as caught:
        parse(text)
    assert caught.value.nearest[0] == nearest
    assert nearest.startswith(caught.value.read)


def test_every_example_can_be_asked():
    for question in EXAMPLES:
        assert parse(question)


def test_a_question_of_a_page_is_not_read():
    with pytest.raises(NotUnderstoodError):
        parse("who backs " + "on Kashmir since 2020 and " * 20)


WORDS = [
    *("who", "whom", "is", "does", "back", "backs", "opposes", "by", "Mali", "Chad", "but", "and", "not", "both"),
    *("since", "2020", "in", "May", "according", "to", "at", "least", "2", "sources", "on", "against", "how", "are"),
    *("connected", "between", "what", "happened"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
@settings(deadline=None, max_examples=200)
def test_whatever_is_typed_has_readings_that_name_only_what_stands_there(text):
    for one in Readings(text).all():
        names = [*one.ends, *(end for c in (*one.clauses, *one.without) for end in (c.source, c.target))]
        names += [one.qualifiers.about, one.qualifiers.against, one.qualifiers.according_to]
        assert all(name is None or name in text for name in names)
        assert (one.form == "who") == bool(one.clauses) == (not one.ends)
