"""Citing an assertion: by id or its beginning, with context and selectors that find the quote again."""

import hashlib

import pytest
from builders import CN, IN, PK, fact, person, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QuestionError
from kg.queries.cite import AmbiguousIdError, cite
from kg.store import Versions, open_store

PREFACE = "Präambel: “𝒳” ‮ and more. " + "Word " * 100


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def test_every_quote_slices_out_of_the_text_and_is_found_by_its_surroundings(store):
    written = [
        reading("a", fact(CN, "arms", PK), fact(PK, "praises", CN), fact(IN, "accuses", PK), preface=PREFACE),
        reading("b", fact(CN, "arms", PK)),
    ]
    store.write(written)
    for one in written:
        text = one.document.text
        for assertion in one.assertions:
            found = cite(store, assertion.id)
            assert found.assertion == assertion
            assert found.exact == assertion.sentence.text
            start, end = assertion.sentence.start, assertion.sentence.end
            assert text[start:end] == found.exact
            assert text.endswith(found.suffix, 0, end + 32)
            assert found.prefix == text[max(0, start - 32) : start]
            assert (found.prefix + found.exact + found.suffix) in text
            assert (found.before + found.exact + found.after) in text
            assert len(found.before) <= 240
            assert found.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_context_is_cut_between_words(store):
    store.write([reading("a", fact(CN, "arms", PK), preface="alpha " * 200)])
    (assertion,) = store.assertions()
    assert set(cite(store, assertion.id).before.split()) == {"alpha"}


def test_the_beginning_of_an_id_will_do_where_no_other_begins_so(store):
    store.write([reading(f"d{n}", fact(CN, "arms", PK)) for n in range(20)])
    ids = store.assertion_ids("", 100)
    for id in ids:
        short = next(id[:n] for n in range(1, 17) if sum(other.startswith(id[:n]) for other in ids) == 1)
        assert cite(store, short).assertion.id == id
        assert cite(store, f" {short.upper()} ").assertion.id == id
    twins = [id[0] for id in ids if sum(other[0] == id[0] for other in ids) > 1]
    with pytest.raises(AmbiguousIdError) as caught:
        cite(store, twins[0])
    assert set(caught.value.ids) == {id for id in ids if id[0] == twins[0]}
    assert all(id in str(caught.value) for id in caught.value.ids)


@pytest.mark.parametrize("id", ["", " ", "xyz", "%", "0123456789abcdef0", "dead beef", "é"])
def test_what_is_no_id_is_refused(store, id):
    with pytest.raises(QuestionError, match="no id"):
        cite(store, id)


def test_an_id_that_nobody_has_is_not_found(store):
    assert cite(store, "0123") is None
    store.write([reading("a", fact(CN, "arms", PK))])
    (assertion,) = store.assertions()
    other = "0" if assertion.id[0] != "0" else "1"
    assert cite(store, other) is None


def test_versions_say_what_it_was_read_with(store):
    store.write([reading("a", fact(CN, "arms", PK))], versions=Versions(extractor="7", model="m", catalogue="c"))
    (assertion,) = store.assertions()
    assert cite(store, assertion.id).versions == Versions(extractor="7", model="m", catalogue="c")


def test_what_people_without_office_are_said_to_do_is_cited_on_request_only(store):
    nobody = person("person.jane-doe", "Jane Doe", sector=None)
    store.write([reading("a", fact(nobody, "attacks", PK), fact(nobody, "supports", PK))])
    hostile, friendly = store.reading("a").assertions
    assert cite(store, hostile.id) is None
    assert cite(store, hostile.id, private_people=True).assertion == hostile
    assert cite(store, friendly.id).assertion == friendly


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=300))
def test_any_text_around_a_quote_is_cut_without_loss(tmp_path_factory, preface):
    with open_store(tmp_path_factory.mktemp("cite") / "news.db", create=True) as store:
        one = reading("a", fact(CN, "arms", PK), preface=preface)
        store.write([one])
        found = cite(store, one.assertions[0].id)
        assert found.before + found.exact + found.after in one.document.text
        assert found.prefix + found.exact + found.suffix in one.document.text
