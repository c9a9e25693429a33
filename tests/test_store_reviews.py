"""Reviews: accepted, rejected and relabelled assertions, through corrections of actors, rebuilds and undoing."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import POLARITIES, STATUSES
from kg.relations import ontology
from kg.store import Correction, Filter, open_store
from kg.store.corrections import as_read, corrected
from kg.store.records import correction_from_row, correction_row
from kg.store.reviews import Change
from tests.builders import CN, IN, PK, US, fact, person, reading, readings

FIRST = reading("a", fact(CN, "supports", PK), fact(US, "accuses", PK), fact(CN, "supports", PK))
SECOND = reading("b", fact(CN, "supports", PK), fact(IN, "attacks", PK, status="alleged"), date="2025-01-01")
CHINA, ACCUSED, AGAIN = (assertion.id for assertion in FIRST.assertions)


def review(kind, *ids, document="a", **change):
    return Correction(
        kind=kind,
        assertions=ids,
        documents=(document,),
        change=Change(**change) if change else None,
        reviewer="ada",
        note="because",
    )


@pytest.fixture
def store(place):
    with open_store(place, create=True) as opened:
        opened.write([FIRST, SECOND])
        yield opened
        assert opened.check() == []


def edge(store, source, relation, target):
    found = list(store.edges(Filter(sources=(source,), relations=(relation,), targets=(target,))))
    return found[0] if found else None


def test_what_is_rejected_is_gone_and_counts_no_more(store):
    assert edge(store, "cn", "supports", "pk").actual == 3
    done = store.correct(review("reject", CHINA, AGAIN))
    assert done.documents == 1
    assert store.assertion(CHINA) is None
    assert edge(store, "cn", "supports", "pk").actual == 1
    assert edge(store, "cn", "supports", "pk").documents == 1
    store.correct(review("reject", SECOND.assertions[0].id, document="b"))
    assert edge(store, "cn", "supports", "pk") is None


def test_its_sentence_and_mentions_stay_and_so_does_what_was_read(store):
    store.correct(review("reject", CHINA))
    assert store.reading("a").mentions == FIRST.mentions
    assert store.reading("a", corrected=False) == FIRST
    assert [document.id for document, _ in store.sentences_naming("cn", "pk")] == ["b", "a", "a"]


def test_what_is_relabelled_reads_otherwise(store):
    store.correct(review("relabel", ACCUSED, relation="aids", turned=True, status="planned", polarity="negated"))
    (one,) = [a for a in store.assertions(Filter(level="actor", document="a")) if a.relation == "aids"]
    assert (one.source.actor, one.target.actor) == (PK, US)
    assert (one.status, one.polarity) == ("planned", "negated")
    assert one.plover == "REJECT"  # help that is refused
    assert one.cameo != ontology()["aids"].cameo
    assert one.sentence == FIRST.assertions[1].sentence
    assert edge(store, "us", "accuses", "pk") is None


def test_accepting_changes_nothing_but_that_it_is_accepted(store):
    before = list(store.edges())
    store.correct(review("accept", CHINA))
    assert list(store.edges()) == before
    assert [one.id for one in store.assertions(Filter(reviewed=True))] == [CHINA]
    (only,) = store.edges(Filter(reviewed=True), having="actual")
    assert (only.source, only.target, only.actual, only.documents) == ("cn", "pk", 1, 1)


def test_a_relabelled_one_is_accepted_too_and_a_rejected_one_is_not(store):
    store.correct(review("relabel", ACCUSED, relation="criticizes"))
    store.correct(review("accept", CHINA))
    store.correct(review("reject", CHINA))
    assert [one.relation for one in store.assertions(Filter(reviewed=True))] == ["criticizes"]


@pytest.mark.parametrize("kind", ["accept", "reject", "relabel"])
def test_undoing_leaves_no_trace(kind, store):
    before = list(store.dump())
    done = store.correct(review(kind, CHINA, ACCUSED, **({"turned": True} if kind == "relabel" else {})))
    assert list(store.dump()) != before
    store.undo(done.correction.number)
    assert list(store.dump()) == before


def test_the_last_review_decides_and_undoing_it_brings_the_one_before_back(store):
    store.correct(review("relabel", ACCUSED, relation="criticizes"))
    store.correct(review("reject", ACCUSED))
    assert edge(store, "us", "criticizes", "pk") is None
    again = store.correct(review("accept", ACCUSED))
    assert edge(store, "us", "criticizes", "pk").actual == 1
    store.undo(again.correction.number)
    assert edge(store, "us", "criticizes", "pk") is None
    store.undo(2)
    assert edge(store, "us", "criticizes", "pk").actual == 1
    store.undo(1)
    assert edge(store, "us", "accuses", "pk").actual == 1


def test_relabellings_add_up(store):
    store.correct(review("relabel", ACCUSED, turned=True))
    store.correct(review("relabel", ACCUSED, turned=True, status="alleged"))
    (one,) = [a for a in store.assertions(Filter(level="actor")) if a.relation == "accuses"]
    assert (one.source.actor, one.status) == (US, "alleged")


def test_a_rebuild_keeps_it(store):
    store.correct(review("reject", CHINA))
    store.correct(review("accept", ACCUSED))
    before = list(store.dump())
    other = dataclasses.replace(FIRST.document, url="https://example.org/other")
    store.write([dataclasses.replace(FIRST, document=other)])
    assert store.assertion(CHINA) is None
    assert [one.id for one in store.assertions(Filter(reviewed=True))] == [ACCUSED]
    store.write([FIRST])
    assert list(store.dump()) == before


def test_a_review_holds_for_a_document_that_is_removed_and_comes_back(store):
    store.correct(review("reject", CHINA))
    before = list(store.dump())
    store.remove("a")
    store.write([FIRST])
    assert list(store.dump()) == before


def test_it_outlives_corrections_of_its_actors_either_way_round(store):
    merge = Correction(kind="merge", source="cn", target=US)
    store.correct(merge)
    (now,) = [a for a in store.assertions(Filter(level="actor", document="b")) if a.relation == "supports"]
    assert now.id != SECOND.assertions[0].id
    read = as_read(store.reading("b", corrected=False), store.corrections(), now.id)
    assert read == (SECOND.assertions[0].id,)
    store.correct(review("reject", *read, document="b"))
    assert edge(store, "us", "supports", "pk").actual == 2
    store.undo(1)
    assert edge(store, "cn", "supports", "pk").actual == 2
    store.correct(merge)
    assert edge(store, "us", "supports", "pk").actual == 2


def test_two_that_became_one_are_reviewed_as_one(tmp_path):
    one = reading("a", fact(CN, "supports", PK))
    twice = dataclasses.replace(
        one, assertions=(one.assertions[0], dataclasses.replace(one.assertions[0], relation="praises", confidence=0.5))
    )
    with open_store(tmp_path / "kg.db", create=True) as store:
        store.write([twice])
        store.correct(review("relabel", twice.assertions[1].id, relation="supports"))
        (left,) = store.assertions(Filter(level="actor"))
        read = as_read(store.reading("a", corrected=False), store.corrections(), left.id)
        assert set(read) == {assertion.id for assertion in twice.assertions}
        store.correct(review("reject", *read))
        assert list(store.assertions(Filter(level="actor"))) == []
        assert store.check() == []


def test_a_rejected_one_is_still_known_by_its_id(store):
    store.correct(review("reject", CHINA))
    read = store.reading("a", corrected=False)
    assert as_read(read, store.corrections(), CHINA) == (CHINA,)
    assert as_read(read, store.corrections(), "0" * 16) == ()


def test_a_review_of_what_is_no_longer_read_waits(store):
    done = store.correct(review("reject", "0123456789abcdef"))
    assert done.documents == 0
    assert done.correction in store.corrections()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (review("reject"), "needs assertions"),
        (dataclasses.replace(review("reject", CHINA), documents=()), "documents"),
        (dataclasses.replace(review("reject", CHINA), reviewer=None), "reviewer"),
        (review("relabel", CHINA), "what to change"),
        (review("accept", CHINA, status="planned"), "no other review"),
        (review("relabel", CHINA, relation="loves"), "no relation 'loves'"),
        (review("reject", CHINA, document="nowhere"), "no document"),
    ],
)
def test_a_review_that_says_nothing_is_refused(wrong, says, store):
    before = list(store.dump())
    with pytest.raises(StoreError, match=says):
        store.correct(wrong)
    assert list(store.dump()) == before


@pytest.mark.parametrize(
    "one",
    [review("accept", CHINA), review("reject", CHINA, AGAIN), review("relabel", CHINA, relation="aids", turned=True)],
)
def test_a_review_as_a_row_and_back(one):
    assert correction_from_row((0, None, *correction_row(one), None)) == one


def test_the_order_of_a_review(store):
    unsure = reading("c", fact(CN, "supports", US, confidence=0.3), fact(IN, "fights", US, confidence=0.8))
    store.write([unsure])
    everything = Filter(level="actor")
    assert next(store.assertions(everything, order="certainty")).confidence == 0.3
    harm = [one.relation for one in store.assertions(everything, order="harm")]
    assert harm == ["fights", "attacks", "accuses", "supports", "supports", "supports", "supports"]


def test_what_is_told_of_a_private_person_is_shown_once_it_is_accepted(tmp_path):
    who = person("person.nobody", "N. Obody", sector=None)
    told = reading("p", fact(who, "attacks", PK), fact(who, "criticizes", PK))
    with open_store(tmp_path / "kg.db", create=True) as store:
        store.write([told])
        everyone = Filter(level="actor", private_people=True)
        assert list(store.assertions(Filter(level="actor"))) == []
        store.correct(review("accept", told.assertions[0].id, document="p"))
        assert [one.relation for one in store.assertions(Filter(level="actor"))] == ["attacks"]
        assert [one.relation for one in store.edges(Filter(level="actor"))] == ["attacks"]
        assert len(list(store.edges(everyone))) == 2


@settings(max_examples=40, deadline=None)
@given(
    readings(("a",), max_facts=4).filter(bool),
    st.lists(
        st.tuples(
            st.sampled_from(["accept", "reject", "relabel"]),
            st.integers(0, 3),
            st.builds(
                Change,
                relation=st.sampled_from([None, *ontology().relations]),
                turned=st.booleans(),
                status=st.sampled_from([None, *STATUSES]),
                polarity=st.sampled_from([None, *POLARITIES]),
            ),
        ),
        max_size=4,
    ),
)
def test_any_reviews_undone_in_any_order_leave_no_trace(tmp_path_factory, drawn, reviews):
    with open_store(tmp_path_factory.mktemp("any") / "kg.db", create=True) as store:
        store.write(drawn)
        before = list(store.dump())
        ids = [one.id for one in drawn[0].assertions]
        made = []
        for kind, n, change in reviews:
            if n >= len(ids) or (kind == "relabel" and change == Change()):
                continue
            one = review(kind, ids[n])
            made.append(store.correct(dataclasses.replace(one, change=change if kind == "relabel" else None)))
            assert store.check() == []
            now = corrected(drawn[0], store.corrections(), None).reading.assertions
            assert set(store.assertions(Filter(level="actor"))) == set(now)
        for done in made[1:] + made[:1]:
            store.undo(done.correction.number)
        assert list(store.dump()) == before
