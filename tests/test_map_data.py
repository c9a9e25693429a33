"""What the page is told: quotes cut into marked pieces, documents once, nothing but words."""

from dataclasses import replace

import pytest
from map_views import KENYA, PARAPHRASE, PERU, document, edge, quote, small_view

from kg.export.backbone import order_lines
from kg.export.content import MapActor, MapView
from kg.export.lines import draw_lines
from kg.export.page_data import page_data, plain, segments, web_url
from kg.model import Original, Span
from kg.relations import ontology

ONE = document("one")


def data(view, length="full"):
    lines = draw_lines(view, ontology())
    return page_data(view, lines, order_lines(lines), ontology(), length)


def marked(quote, length="full"):
    return [(role, text) for text, role in segments(quote.assertion, length) if role]


def view(*edges):
    return MapView(title="t", actors=(MapActor(actor=KENYA), MapActor(actor=PERU)), edges=edges)


def test_pieces_join_to_the_sentence_and_mark_source_trigger_and_target():
    one = quote(KENYA, "supports", PERU, ONE, start=997)
    pieces = segments(one.assertion)
    assert "".join(text for text, _ in pieces) == one.assertion.sentence.text
    assert marked(one) == [("source", "Kenya"), ("trigger", "backed"), ("target", "Peru")]


def test_marks_count_code_points():
    one = quote(KENYA, "supports", PERU, ONE, before="🛥️🛥️ 𝒳 says ")
    assert marked(one) == [("source", "Kenya"), ("trigger", "backed"), ("target", "Peru")]


def test_an_apposition_has_no_trigger():
    one = quote(KENYA, "supports", PERU, ONE)
    assert [role for role, _ in marked(replace(one, assertion=replace(one.assertion, trigger=None)))] == [
        "source",
        "target",
    ]


def test_a_trigger_round_the_target_leaves_the_target_marked():
    one = quote(KENYA, "supports", PERU, ONE)
    end = one.assertion.target.end + 1
    wide = Span(one.assertion.trigger.start, end, "backed Peru,")
    pieces = marked(replace(one, assertion=replace(one.assertion, trigger=wide)))
    assert pieces == [("source", "Kenya"), ("trigger", "backed "), ("target", "Peru"), ("trigger", ",")]


def test_spans_outside_the_sentence_are_cut_off():
    one = quote(KENYA, "supports", PERU, ONE)
    pieces = segments(replace(one.assertion, trigger=Span(0, 10_000, "…")))
    assert "".join(text for text, _ in pieces) == one.assertion.sentence.text


def test_short_quotes_keep_the_marks_and_about_thirty_words():
    one = quote(KENYA, "supports", PERU, ONE, before="word " * 60, after=" more" * 60)
    pieces = segments(one.assertion, "short")
    assert len("".join(text for text, _ in pieces).split()) <= 36
    assert marked(one, "short") == marked(one)
    assert any("…" in text for text, _ in pieces)
    assert segments(quote(KENYA, "supports", PERU, ONE).assertion, "short") == segments(
        quote(KENYA, "supports", PERU, ONE).assertion
    )


def test_no_quotes_leaves_the_marked_words_alone():
    one = quote(KENYA, "supports", PERU, ONE, before="SECRET ", after=" SECRET")
    assert marked(one, "none") == marked(one)
    assert "SECRET" not in str(data(view(edge([one])), "none"))


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b\x1bc", "abc"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066x\u2069", "x"),
        ("\ud800", "\ufffd"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("ایران 中国", "ایران 中国"),
    ],
)
def test_text_is_words_only(dirty, clean):
    assert plain(dirty) == clean


@pytest.mark.parametrize("url", ["http://a.example/x?y=1#z", "https://a.example/ü", "HTTPS://A.EXAMPLE"])
def test_web_addresses_are_followed(url):
    assert web_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//a.example",
        "https:",
        "java\nscript:x",
        'https://a"b',
        "https://a b",
        "ftp://a.example",
    ],
)
def test_other_addresses_are_not(url):
    assert web_url(url) is None


def test_at_most_twenty_quotes_an_edge_and_the_rest_is_told():
    facts = [quote(KENYA, "supports", PERU, document(f"d{n}")) for n in range(50)]
    plans = [quote(KENYA, "supports", PERU, document(f"p{n}"), status="planned") for n in range(30)]
    (line,) = data(view(edge(facts + plans)))["lines"]
    (relation,) = line["relations"]
    groups = [each["group"] for each in relation["quotes"]]
    assert len(groups) == 20
    assert relation["more"] == {"actual": 50 - groups.count("actual"), "planned": 30 - groups.count("planned")}
    assert groups.count("planned") >= 5
    assert len(relation["said"]) == 80
    assert len({document for group, document, *_ in relation["said"] if group == 0}) == 50


def test_groups_are_kept_apart_and_only_facts_are_counted():
    lines = data(small_view())["lines"]
    arms = next(line for line in lines if line["relations"][0]["id"] == "arms")
    assert {q["group"] for q in arms["relations"][0]["quotes"]} == {
        "actual",
        "planned",
        "alleged",
        "hypothetical",
        "ended",
        "negated",
    }
    assert arms["documents"] == 1
    assert [group for group, *_ in arms["relations"][0]["said"]] == [0, 1, 2, 3, 4, 5]


def test_a_report_has_a_day_of_its_own_where_it_is_another_than_its_documents():
    one, other = quote(KENYA, "supports", PERU, ONE), quote(KENYA, "supports", PERU, document("two"))
    other = replace(other, assertion=replace(other.assertion, date="1999-05"))
    (line,) = data(view(edge([one, other])))["lines"]
    assert line["relations"][0]["said"] == [[0, 0, 90], [0, 1, 90, "1999-05"]]


def test_a_line_of_plans_alone_has_no_rank():
    lines = data(small_view())["lines"]
    assert [line["rank"] for line in lines if line["documents"] == 0] == [None]


def test_a_paraphrase_names_its_original_and_keeps_its_own_publisher():
    found = next(each for each in data(small_view())["documents"] if each["id"] == "brief")
    assert found["publisher"] == "kg brief"
    assert found["original"] == {
        "title": "Harbour talks",
        "publisher": "Delta Times",
        "date": "2020-01-01",
        "url": "https://delta.example/1",
    }


def test_two_paraphrases_of_two_outlets_are_two_sources():
    other = replace(PARAPHRASE, id="other", based_on=Original(publisher="Ridge Daily"))
    (line,) = data(view(edge([quote(KENYA, "supports", PERU, PARAPHRASE), quote(KENYA, "supports", PERU, other)])))[
        "lines"
    ]
    assert not line["single"]


def test_totals_never_fall_below_what_is_shown():
    bare = replace(small_view(), totals=MapView(title="t").totals)
    assert data(bare)["totals"]["links"] == 6
    assert data(bare)["totals"]["actors"] == 5
