"""Corrections of actors: they hold for all that is stored and written later, and taking one back leaves no trace."""

import dataclasses
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from builders import CN, HAMAS, IN, IR, PK, PLA, STATES, US, XI, actor, fact, mention, person, reading, readings, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Document, Reading
from kg.store import Correction, Filter, Versions, open_store

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TIME = "2025-01-02T03:04:05Z"
DAR = person("person.ishaq-dar", "Ishaq Dar")
DARR = person("person.ishaq-darr", "Ishaq Darr")


def lookup(actor, day):
    """What a catalogue would say: Ishaq Dar is Pakistan until 2024, then himself; the army is China."""
    known = {DAR.id: (DAR, PK if day and day < "2025" else DAR), PLA.id: (PLA, CN), XI.id: (XI, CN)}
    return known.get(actor) or next(((one, one) for one in STATES if one.id == actor), None)


def aliases(actor):
    return {"person.ishaq-dar": ["Ishaq Dar", "Mohammad Ishaq Dar"], "pk": ["Pakistan", "Islamabad"]}.get(
        actor, [actor]
    )


def merge(source, target, **fields):
    return Correction(kind="merge", source=source.id, target=target, names=(source.name,), **fields)


def split(source, target, **fields):
    return Correction(kind="split", source=source.id, target=target, **fields)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def dump(store):
    return list(store.dump())


# -- merge


def test_after_a_merge_one_actor_is_the_other_everywhere(store):
    store.write(
        [
            reading(
                "a", fact(DARR, "supports", CN, source_state=PK, attributed_to="Ishaq Darr", about=("Ishaq Darr",))
            ),
            reading("b", fact(DAR, "supports", CN, source_state=PK)),
            reading("c", fact(US, "supports", CN)),
        ]
    )
    done = store.correct(merge(DARR, DAR, note="a misspelling"), lookup=lookup)
    assert (done.documents, done.correction.number, done.correction.note) == (1, 1, "a misspelling")
    (kept,) = store.reading("a").assertions
    assert (kept.source.actor, kept.source.state, kept.source.text) == (DAR, PK, "Ishaq Darr")
    assert (kept.attributed_to, kept.about) == ("Ishaq Dar", ("Ishaq Dar",))
    assert {m.actor.id for m in store.reading("a").mentions} == {DAR.id, "cn"}
    assert store.assertion(kept.id) == kept
    (edge,) = store.edges(Filter(level="actor", sources=(DAR.id,)))
    assert (edge.actual, edge.documents) == (2, 2)
    assert not list(store.edges(Filter(level="actor", sources=(DARR.id,))))
    assert [e.actual for e in store.edges(Filter(sources=("pk",)))] == [2]
    assert store.actor(DARR.id) is None
    for name in ("Ishaq Darr", "ishaq darr", DARR.id, "Ishaq Dar"):
        assert store.find_actors(name) == [DAR]
    assert store.names(DAR.id) == ["Ishaq Dar", "Ishaq Darr"]
    assert "Ishaq Darr" in store.suggest("Ishaq Darrr")
    assert store.check() == []


def test_what_a_target_acts_for_is_what_it_is_on_the_documents_date(store):
    store.write(
        [
            reading("then", fact(DARR, "supports", CN), date="2024-05-01"),
            reading("later", fact(DARR, "supports", CN), date="2025-05-01"),
            reading(
                "learned", fact(DARR, "supports", CN), fact(DAR, "opposes", CN, source_state=US), date="2025-05-01"
            ),
        ]
    )
    store.correct(merge(DARR, DAR), lookup=lookup)
    states = {one: store.reading(one).assertions[0].source.state for one in ("then", "later", "learned")}
    assert states == {"then": PK, "later": DAR, "learned": US}


def test_without_a_lookup_the_state_that_the_document_said_is_kept(store):
    store.write([reading("a", fact(DARR, "supports", CN, source_state=PK), fact(DARR, "opposes", US))])
    store.correct(merge(DARR, DAR))
    assert [a.source.state for a in store.reading("a").assertions] == [PK, DAR]


def test_a_merged_state_is_merged_at_state_level_too(store):
    land = actor("kashmir-valley", "Kashmir Valley", "territory")
    minister = person("person.m", "M")
    store.write([reading("a", fact(minister, "praises", CN, source_state=land))])
    store.correct(merge(land, IN), lookup=lookup)
    (kept,) = store.reading("a").assertions
    assert (kept.source.actor, kept.source.state) == (minister, IN)
    assert [e.source for e in store.edges()] == ["in"]


def test_what_becomes_the_same_is_counted_once(store):
    text = "Both sides back China."
    both = [
        said("a", text, ("Both sides", who), "supports", ("China", CN), confidence=c)
        for who, c in ((PK, 0.6), (IN, 0.8))
    ]
    store.write(
        [
            Reading(
                document=Document(id="a", text=text),
                sentences=(both[0].sentence,),
                mentions=(*(mention(text, "Both sides", who) for who in (PK, IN)), mention(text, "China", CN)),
                assertions=tuple(both),
            )
        ]
    )
    before = dump(store)
    store.correct(merge(IN, PK), lookup=lookup)
    (kept,) = store.reading("a").assertions
    assert (kept.source.actor, kept.confidence) == (PK, 0.8)
    assert [m.actor.id for m in store.reading("a").mentions] == ["pk", "cn"]
    assert store.check() == []
    store.undo(1)
    assert dump(store) == before


def test_an_act_on_oneself_makes_no_edge_and_is_not_lost(store):
    store.write([reading("a", fact(DARR, "praises", DAR))])
    store.correct(merge(DARR, DAR))
    assert list(store.edges(Filter(level="actor"))) == []
    assert len(store.reading("a").assertions) == 1
    assert store.check() == []


def test_merges_follow_each_other(store):
    one, two, three = (actor(f"x.{n}", n.capitalize()) for n in ("one", "two", "three"))
    store.write([reading("a", fact(one, "supports", CN))])
    before = dump(store)
    store.correct(merge(one, two))
    store.correct(merge(two, three))
    assert store.standing("x.one") == "x.three"
    assert store.find_actors("One") == store.find_actors("Two") == [three]
    assert store.names("x.three") == ["Three", "One", "Two"]
    store.undo(1)
    assert store.reading("a").assertions[0].source.actor == one
    assert store.standing("x.two") == "x.three"
    store.undo(2)
    assert dump(store) == before


# -- split


def test_a_split_takes_the_named_documents_only(store):
    store.write([reading(name, fact(XI, "praises", PK, source_state=CN)) for name in ("a", "b")])
    other = person("person.xi-other", "Another Xi", sector=None)
    store.correct(split(XI, other, state=other, documents=("b",)))
    assert store.reading("a").assertions[0].source.actor == XI
    mentioned = store.reading("b").mentions[0]
    assert (mentioned.actor, mentioned.state) == (other, other)
    assert {(e.source, e.actual) for e in store.edges(Filter(level="actor"))} == {(XI.id, 1), (other.id, 1)}
    assert store.find_actors("Another Xi") == [other]
    assert store.standing(XI.id) == XI.id
    assert store.check() == []


def test_a_split_by_words_takes_what_is_called_so_now_and_later(store):
    def spoken(document, words):
        text = f"{words} backs China."
        one = said(document, text, (words, HAMAS), "supports", ("China", CN))
        return Reading(document=Document(id=document, text=text), sentences=(one.sentence,), assertions=(one,))

    other = actor("hamas-party", "The Movement")
    store.write([spoken("a", "Hamas")])
    assert store.correct(split(HAMAS, other, texts=("the movement",))).documents == 0
    store.write([spoken("b", "Movement"), spoken("c", "Hamas")])
    assert {a.document: a.source.actor.id for a in store.assertions()} == {
        "a": "hamas",
        "b": "hamas-party",
        "c": "hamas",
    }


def test_a_split_of_what_was_merged_and_the_order_it_stands_in(store):
    store.write([reading(name, fact(DARR, "supports", CN)) for name in ("a", "b")])
    store.correct(merge(DARR, DAR), lookup=lookup)
    store.correct(split(DAR, XI, documents=("b",)), lookup=lookup)
    assert [a.source.actor for a in store.assertions(order="text")] == [DAR, XI]
    assert store.versions("b").catalogue == "+1.2"
    store.undo(1, lookup=lookup)
    assert [a.source.actor for a in store.assertions(order="text")] == [DARR, DARR]


# -- taking back, rebuilding


@pytest.mark.parametrize("names", [None, aliases])
def test_undone_the_store_is_as_before_to_the_letter(store, names):
    store.write(
        [
            reading("a", fact(DARR, "supports", CN, source_state=PK), fact(CN, "supports", PK, status="planned")),
            reading("b", fact(DAR, "supports", CN, source_state=PK), publisher=None),
        ],
        aliases=names,
        versions=Versions(extractor="1", catalogue="c"),
    )
    before = dump(store)
    store.correct(merge(DARR, DAR), lookup=lookup, aliases=aliases, time=TIME)
    assert dump(store) != before
    assert any('"correction", 1' in line for line in dump(store))
    back = store.undo(1, lookup=lookup, time=TIME)
    assert (back.documents, back.correction.undone) == (1, TIME)
    assert dump(store) == before
    assert store.corrections() == []
    assert [c.undone for c in store.corrections(undone=True)] == [TIME]
    assert store.check() == []


def test_corrections_hold_for_documents_written_later_and_again(store):
    first = reading("a", fact(DARR, "supports", CN))
    store.write([first], aliases=aliases)
    store.correct(merge(DARR, DAR), lookup=lookup, time=TIME)
    store.write([reading("b", fact(DARR, "opposes", CN))], aliases=aliases, lookup=lookup)
    store.write([first], aliases=aliases, versions=Versions(extractor="2"), lookup=lookup)
    assert {a.source.actor for a in store.assertions()} == {DAR}
    assert store.reading("a", corrected=False) == first
    assert store.find_actors("Mohammad Ishaq Dar") == [DAR]
    assert store.remove("a")
    assert store.find_actors("Ishaq Darr") == [DAR]
    assert store.check() == []


def test_a_correction_shows_in_the_versions_and_asks_for_no_second_reading(store):
    one, read_by = reading("a", fact(DARR, "supports", CN)), Versions(extractor="1", model="m", catalogue="5f1c")
    store.write([one], versions=read_by)
    assert store.versions("a") == read_by
    store.correct(merge(DARR, DAR))
    assert store.versions("a") == dataclasses.replace(read_by, catalogue="5f1c+1")
    assert store.is_current(one.document, read_by)
    assert store.write([one], versions=read_by).unchanged == 1
    assert store.versions("nothing") is None


def ids(actors):
    return st.sampled_from(actors)


@st.composite
def some_corrections(draw):
    chosen = []
    for _ in range(draw(st.integers(1, 3))):
        source, target = draw(st.lists(st.sampled_from(STATES[:4]), min_size=2, max_size=2, unique=True))
        if draw(st.booleans()):
            chosen.append(merge(source, target))
        else:
            documents = tuple(draw(st.lists(st.sampled_from(["a", "c/d"]), unique=True)))
            texts = tuple(draw(st.lists(st.sampled_from(["china", "Pakistan"]), unique=True)))
            new = draw(st.sampled_from([target, actor("x.new", "New")]))
            if documents or texts:
                chosen.append(split(source, new, documents=documents, texts=texts))
    return chosen


def kept(folder, n):
    return open_store(Path(folder) / f"{n}.db", create=True)


def test_two_merges_in_a_circle_leave_no_names_behind_when_the_first_is_undone(tmp_path):
    with kept(tmp_path, 1) as late, kept(tmp_path, 2) as early:
        for store in (late, early):
            store.write([reading("a", fact(CN, "supports", PK))], aliases=aliases, lookup=lookup)
            store.correct(merge(CN, IR), lookup=lookup, aliases=aliases, time=TIME)
            if store is early:
                store.undo(1, lookup=lookup, aliases=aliases)
            store.correct(merge(IR, CN), lookup=lookup, aliases=aliases, time=TIME)
        late.undo(1, lookup=lookup, aliases=aliases)
        assert dump(late) == dump(early)


@few
@given(readings(max_facts=4), readings(url="second edition", max_facts=3), some_corrections(), st.data())
def test_any_correction_taken_back_leaves_no_trace(first, second, corrections, data):
    """Whatever is written between: equal to a store where it was taken back before anything was written."""
    gone = data.draw(st.integers(1, max(1, len(corrections))))
    named = {"a", "c/d"} - {one.document.id for one in first}
    first = [*first, *(reading(name, fact(CN, "supports", PK)) for name in sorted(named))]
    with tempfile.TemporaryDirectory() as folder, kept(folder, 1) as late, kept(folder, 2) as early:
        for store in (late, early):
            store.write(first, aliases=aliases, lookup=lookup)
            before = dump(store)
            for n, correction in enumerate(corrections, 1):
                assert store.correct(correction, lookup=lookup, aliases=aliases, time=TIME).correction.number == n
                assert store.check() == []
                if store is early and n == gone:
                    store.undo(n, lookup=lookup, aliases=aliases)
            store.write(second, aliases=aliases, lookup=lookup)
        if corrections:
            late.undo(gone, lookup=lookup, aliases=aliases)
        assert dump(late) == dump(early)
        assert late.check() == []
        for one in {r.document.id: r for r in (*first, *second)}.values():
            assert late.reading(one.document.id, corrected=False).mentions == one.mentions
        if not second:
            for correction in late.corrections():
                late.undo(correction.number, lookup=lookup)
            assert dump(late) == before


@few
@given(readings(max_facts=4), some_corrections())
def test_before_or_after_the_documents_makes_no_difference(written, corrections):
    plain = [dataclasses.replace(c, documents=()) for c in corrections if c.kind == "merge" or c.texts]
    with tempfile.TemporaryDirectory() as folder, kept(folder, 1) as before, kept(folder, 2) as after:
        for correction in plain:
            before.correct(correction, lookup=lookup, aliases=aliases, time=TIME)
        before.write(written, aliases=aliases, lookup=lookup)
        after.write(written, aliases=aliases, lookup=lookup)
        for correction in plain:
            after.correct(correction, lookup=lookup, aliases=aliases, time=TIME)
        for store in (before, after):
            assert store.check() == []
        # The names of one who was replaced by a replaced one may be kept or not: they lead to the same actor.
        assert [line for line in before.dump() if '["name"' not in line] == [
            line for line in after.dump() if '["name"' not in line
        ]
        for one in STATES:
            for name in aliases(one.id):
                assert before.find_actors(name) == after.find_actors(name)


# -- what cannot hold


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        (Correction(kind="merge", source="cn"), "needs an actor"),
        (Correction(kind="merge", target=CN), "needs an actor"),
        (merge(CN, CN), "already"),
        (split(CN, PK), "merge it"),
        (split(CN, PK, documents=("nowhere",)), "no document 'nowhere'"),
        (Correction(kind="add"), "adds no entries"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(store, correction, words):
    store.write([reading("a", fact(CN, "supports", PK))])
    before = dump(store)
    with pytest.raises(StoreError, match=words):
        store.correct(correction)
    assert dump(store) == before
    assert store.corrections(undone=True) == []


def test_only_what_is_in_force_can_be_undone(store):
    with pytest.raises(StoreError, match="no correction 1"):
        store.undo(1)
    store.correct(merge(CN, PK))
    store.undo(1)
    with pytest.raises(StoreError, match="undone at"):
        store.undo(1)


def test_entries_are_kept_as_they_are(store):
    store.correct(Correction(kind="add", entries='{"actor": [{"id": "x"}]}', note="my.toml"))
    (kept,) = store.corrections()
    assert (kept.kind, kept.entries, kept.note) == ("add", '{"actor": [{"id": "x"}]}', "my.toml")


def test_presence_counts_what_stands_now(store):
    store.write([reading("a", fact(DARR, "supports", CN)), reading("b", fact(CN, "praises", DAR), date="2024-06-01")])
    store.correct(merge(DARR, DAR))
    found = store.presence(DAR.id)
    assert (found.mentions, found.documents, found.as_source, found.as_target) == (2, 2, 1, 1)
    assert (found.first, found.last) == ("2024-05-01", "2024-06-01")
    assert store.presence("nobody").mentions == 0


def test_a_failure_in_the_middle_leaves_the_store_untouched(store):
    store.write([reading(f"d{n}", fact(DARR, "supports", CN)) for n in range(5)])
    before = dump(store)

    def broken(actor, day):
        raise RuntimeError("the catalogue fell over")

    with pytest.raises(RuntimeError):
        store.correct(merge(DARR, DAR), lookup=broken)
    assert dump(store) == before
    assert store.corrections(undone=True) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killed_in_the_middle_the_store_is_as_before(tmp_path):
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[2])\n"
        "from builders import *; from kg.store import Correction, open_store\n"
        "store = open_store(sys.argv[1], create=True)\n"
        "store.write([reading(f'd{n}', fact(PLA, 'supports', PK)) for n in range(50)])\n"
        "calls = []\n"
        "def lookup(actor, day):\n"
        "    calls.append(actor)\n"
        "    if len(calls) == 40: os.kill(os.getpid(), 9)\n"
        "store.correct(Correction(kind='merge', source=PLA.id, target=IR), lookup=lookup)\n"
    )
    path, tests = tmp_path / "news.db", Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(tests)],
        cwd=tests.parent,
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(tests.parent)},
    )
    assert done.returncode == -9, done.stderr
    with open_store(path) as store:
        assert store.corrections(undone=True) == []
        assert {e.source for e in store.edges(Filter(level="actor"))} == {PLA.id}
        assert store.check() == []
        store.correct(merge(PLA, IR))
        assert {e.source for e in store.edges(Filter(level="actor"))} == {IR.id}
