"""The store: what is written is read back, changed documents are replaced whole, and edges say what assertions say."""

import contextlib
import dataclasses
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from builders import (
    CN,
    HAMAS,
    IL,
    IN,
    IR,
    PK,
    PLA,
    US,
    XI,
    actor,
    fact,
    mention,
    person,
    reading,
    readings,
    said,
    state,
    texts,
)
from hypothesis import HealthCheck, given, settings

from kg.errors import KgError, StoreError
from kg.model import Actor, Document, Edge, Original, Reading
from kg.relations import ontology
from kg.store import Filter, Versions, fold, open_store

few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def store(place):
    with open_store(place, create=True) as store:
        yield store


@pytest.fixture
def in_file(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def new_store(folder, *written, **options):
    store = open_store(Path(folder) / f"{len(list(Path(folder).iterdir()))}.db", create=True)
    for batch in written:
        store.write(batch, **options)
    return store


def dumped(*batches):
    with tempfile.TemporaryDirectory() as folder, new_store(folder, *batches) as store:
        return list(store.dump())


# -- opening


def test_there_is_no_store_until_it_is_asked_for(tmp_path):
    path = tmp_path / "news.db"
    with pytest.raises(StoreError, match="kg build"):
        open_store(path)
    assert not path.exists()
    open_store(path, create=True).close()
    open_store(path).close()
    open_store(str(path)).close()
    open_store(f"sqlite:{path}").close()
    open_store(f"sqlite://{path}").close()
    open_store(path, create=True).close()


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("content", [b"notes of mine\n" * 200, b"x", b"SQLite format 3\x00 and then rubbish" * 50])
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path, content, create):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.txt is not a store of kg"):
        open_store(path, create=create)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_store_that_is_cut_off_is_called_damaged_and_left_alone(tmp_path):
    path = tmp_path / "news.db"
    with open_store(path, create=True) as store:
        store.write([reading("a", fact(CN, "arms", PK), preface="Long. " * 20_000)])
    cut = path.read_bytes()[:60_000]
    path.write_bytes(cut)
    with pytest.raises(StoreError, match=r"is damaged: .* build it again"):
        open_store(path)
    assert path.read_bytes() == cut


@pytest.mark.parametrize("create", [True, False])
def test_somebody_elses_database_is_refused_and_left_alone(tmp_path, create):
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE edges (a)")
    theirs.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is not a store of kg"):
        open_store(path, create=create)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store_only_on_request(tmp_path):
    path = tmp_path / "news.db"
    path.touch()
    with pytest.raises(StoreError, match="not a store"):
        open_store(path)
    assert path.stat().st_size == 0
    with open_store(path, create=True) as store:
        assert store.stats().documents == 0


@pytest.mark.parametrize(("version", "words"), [(99, "newer kg.*install that kg"), (1, "older kg.*build it again")])
def test_a_store_of_another_version_says_what_to_do(tmp_path, version, words):
    path = tmp_path / "news.db"
    open_store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    for create in (True, False):
        with pytest.raises(StoreError, match=words):
            open_store(path, create=create)


def test_other_places_are_refused(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path, create=True)
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "no" / "where.db", create=True)
    with pytest.raises(StoreError, match="no name"):
        open_store("")
    assert issubclass(StoreError, KgError)


def test_a_closed_store_is_an_error_of_ours(store):
    store.close()
    with pytest.raises(StoreError):
        store.stats()


# -- round trip


def test_a_reading_comes_back_as_it_was_written(store):
    text = "Beijing’s envoy said China would never back Hamas — “not now”."
    one = Reading(
        document=Document(
            id="a/1",
            text=text,
            title="T",
            publisher="kg brief",
            date="2024-05",
            url="https://example.org/1",
            kind="brief",
            based_on=Original(title="O", publisher="Wire", date="2024", url="https://example.org/o"),
        ),
        mentions=(mention(text, "Beijing", CN), mention(text, "Hamas", HAMAS, how="learned", confidence=0.5)),
        assertions=(
            said(
                "a/1",
                text,
                ("envoy", person("envoy", "Envoy")),
                "supports",
                ("Hamas", HAMAS),
                trigger="back",
                states=(CN, None),
                polarity="negated",
                status="planned",
                background=True,
                attributed_to="China",
                voice="self",
                about=("Gaza", 'quo"te'),
                against=("Israel",),
                date="2024-05-02",
                plover="SUPPORT",
                cameo="051",
                weight=3.4,
            ),
            said("a/1", text, ("Beijing", CN), "opposes", ("Hamas", HAMAS)),
        ),
    )
    one = dataclasses.replace(one, sentences=(one.assertions[0].sentence,))
    report = store.write([one])
    assert (report.added, report.assertions, report.problems) == (1, 2, ())
    back = store.reading("a/1")
    assert back == one
    assert texts(back) == texts(one)
    assert store.document("a/1") == one.document
    assert list(store.documents()) == [one.document]
    assert store.assertion(one.assertions[0].id) == one.assertions[0]
    assert store.assertion("nothing") is store.document("nothing") is store.reading("nothing") is None


@few
@given(readings())
def test_any_readings_come_back_and_edges_agree(written):
    with tempfile.TemporaryDirectory() as folder, new_store(folder, written) as store:
        for one in written:
            back = store.reading(one.document.id)
            surest = {}
            for assertion in one.assertions:
                surest.setdefault(assertion.id, assertion)
            assert back == one
            assert texts(back) == texts(one)
            for identity, assertion in surest.items():
                assert store.assertion(identity) == assertion
        assert store.check() == []
        everything = list(store.assertions(order="text"))
        assert sorted(a.id for a in everything) == sorted(a.id for one in written for a in one.assertions)
        # What the store keeps by upsert is what it counts when it has to look at the assertions.
        for level in ("actor", "state"):
            kept = list(store.edges(Filter(level=level)))
            assert kept == list(store.edges(Filter(level=level, min_confidence=0.0)))


@few
@given(readings(), readings(url="second edition"))
def test_the_order_of_writing_leaves_no_trace(first, second):
    latest = {one.document.id: one for one in [*first, *second]}
    assert dumped(first, second) == dumped(list(latest.values())) == dumped(*([one] for one in latest.values()))
    shuffled = list(latest.values())
    random.Random(1).shuffle(shuffled)
    assert dumped(first, second) == dumped(shuffled)


@few
@given(readings(), readings(url="second edition"))
def test_a_removed_document_leaves_no_trace(first, second):
    with tempfile.TemporaryDirectory() as folder, new_store(folder, first, second) as store:
        gone = {one.document.id for one in second}
        for identity in gone:
            assert store.remove(identity)
            assert not store.remove(identity)
        assert list(store.dump()) == dumped([one for one in first if one.document.id not in gone])
        assert store.check() == []


def test_what_a_document_taught_of_an_actor_stays_with_it(store):
    in_office, out = person("khan", "Imran Khan"), person("khan", "Imran Khan", sector="opposition")
    store.write([reading("a", fact(in_office, "praises", CN, source_state=PK))])
    store.write([reading("b", fact(out, "criticizes", CN))])
    assert store.reading("a").assertions[0].source.actor == in_office
    assert store.reading("b").assertions[0].source.actor == out
    assert len(list(store.edges(Filter(level="actor", sources=("khan",))))) == 2
    assert [a.id for a in store.actors()].count("khan") == 1


def test_an_assertion_that_stands_twice_is_kept_once(store):
    one = reading("a", fact(CN, "supports", PK))
    (assertion,) = one.assertions
    twice = dataclasses.replace(one, assertions=(assertion, dataclasses.replace(assertion, confidence=0.95)))
    assert store.write([twice]).assertions == 1
    assert [a.confidence for a in store.assertions()] == [0.95]
    assert [e.actual for e in store.edges()] == [1]


# -- batches


def test_the_same_document_again_is_not_written(store):
    one = reading("a", fact(CN, "supports", PK))
    store.write([one])
    before = list(store.dump())
    report = store.write([one, one])
    assert (report.added, report.replaced, report.unchanged, report.assertions) == (0, 0, 2, 0)
    assert list(store.dump()) == before


def test_a_changed_document_replaces_all_that_was_read_from_it(store):
    store.write([reading("a", fact(CN, "supports", PK)), reading("b", fact(CN, "supports", PK), date="2024-06-01")])
    report = store.write([reading("b", fact(US, "opposes", PK), date="2024-06-01")])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 0)
    (backing,) = store.edges(Filter(sources=("cn",)))
    assert (backing.actual, backing.documents, backing.first, backing.last) == (1, 1, "2024-05-01", "2024-05-01")
    assert [e.relation for e in store.edges(Filter(sources=("us",)))] == ["opposes"]
    assert store.check() == []


def test_a_change_of_the_citation_alone_is_a_change(store):
    store.write([reading("a", fact(CN, "supports", PK), publisher="Daily")])
    assert store.write([reading("a", fact(CN, "supports", PK), publisher="Post")]).replaced == 1
    assert store.document("a").publisher == "Post"


def test_one_text_under_two_ids_is_two_documents_and_one_original(store):
    first, twin = (reading(id, fact(CN, "supports", PK), publisher="Daily", title="One") for id in "ab")
    store.write([first])
    report = store.write([twin])
    assert first.document.digest == twin.document.digest
    assert store.document("b") == twin.document
    assert (report.added, report.unchanged) == (1, 0)
    (edge,) = store.edges()
    assert (edge.actual, edge.documents, edge.originals, edge.outlets) == (2, 2, 1, 1)
    assert {a.document for a in store.assertions()} == {"a", "b"}
    assert store.remove("a")
    (edge,) = store.edges()
    assert (edge.documents, edge.originals) == (1, 1)
    assert store.check() == []


def test_another_version_of_the_reader_replaces(store):
    one = reading("a", fact(CN, "supports", PK))
    old, new = Versions(extractor="1", model="m", catalogue="c"), Versions(extractor="2", model="m", catalogue="c")
    store.write([one], versions=old)
    assert store.is_current(one.document, old)
    assert not store.is_current(one.document, new)
    assert not store.is_current(dataclasses.replace(one.document, text="other"), old)
    assert store.write([one], versions=old).unchanged == 1
    assert (list(store.outdated(old)), list(store.outdated(new))) == ([], ["a"])
    assert store.write([dataclasses.replace(one, assertions=())], versions=new).replaced == 1
    assert list(store.edges()) == []


def test_outdated_documents_are_found_while_they_are_read_again(store):
    ids = [f"d{n:04}" for n in range(1_200)]
    old, new = Versions(extractor="1"), Versions(extractor="2", model="m", catalogue="c")
    store.write((reading(id) for id in ids), versions=old)
    store.write((reading(id) for id in ids[::3]), versions=new)
    found = []
    for id in store.outdated(new):
        found.append(id)
        if len(found) % 200 == 0:
            store.write((reading(id) for id in found[-200:]), versions=new)
    assert found == [id for n, id in enumerate(ids) if n % 3]
    assert list(store.outdated(new)) == []
    assert list(store.outdated(Versions())) == ids


def test_a_failure_in_the_batch_leaves_the_store_untouched(store):
    store.write([reading("a", fact(CN, "supports", PK))])
    before = list(store.dump())

    def broken():
        yield reading("b", fact(US, "supports", PK))
        yield reading("a", fact(CN, "attacks", PK))
        raise RuntimeError("the reader fell over")

    with pytest.raises(RuntimeError, match="fell over"):
        store.write(broken())
    assert list(store.dump()) == before

    def interrupted():
        yield reading("b", fact(US, "supports", PK))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(interrupted())
    with pytest.raises(ZeroDivisionError):
        store.write([reading("b", fact(US, "supports", PK))], aliases=lambda _: 1 // 0)
    assert list(store.dump()) == before
    assert store.write([reading("b", fact(US, "supports", PK))]).added == 1
    assert store.check() == []


def test_a_failure_of_the_database_leaves_the_store_untouched(in_file, tmp_path):
    in_file.write([reading("a", fact(CN, "supports", PK))])
    before = list(in_file.dump())
    with sqlite3.connect(tmp_path / "news.db") as behind:
        behind.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON edges WHEN new.source = 'us' "
            "BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    behind.close()
    with pytest.raises(StoreError, match=r"make room on the disk.*nothing of this batch"):
        in_file.write([reading("b", fact(IN, "supports", PK), fact(US, "supports", PK))])
    assert list(in_file.dump()) == before


@pytest.mark.parametrize("kept", [(), ("a",)])
def test_a_killed_writer_leaves_whole_batches(tmp_path, kept):
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[2])\n"
        "from builders import *; from kg.store import open_store\n"
        "store = open_store(sys.argv[1], create=True)\n"
        "store.write([reading(id, fact(CN, 'supports', PK)) for id in sys.argv[3:]])\n"
        "store._db.execute('PRAGMA cache_size = 10')\n"  # so that half of it is in the file
        "def half():\n"
        "    for n in range(2000): yield reading(f'b{n}', fact(US, 'supports', PK), fact(CN, 'supports', PK))\n"
        "    os.kill(os.getpid(), 9)\n"
        "store.write(half())\n"
    )
    path = tmp_path / "news.db"
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(tests), *kept], cwd=tests.parent, capture_output=True, timeout=120
    )
    assert done.returncode == -9, done.stderr
    with open_store(path) as store:
        assert [d.id for d in store.documents()] == [*kept]
        assert store.check() == []
        again = [reading(f"b{n}", fact(US, "supports", PK), fact(CN, "supports", PK)) for n in range(2000)]
        assert store.write(again).added == 2000
        assert store.check() == []
    assert journal_of(path) == "wal"


def journal_of(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def test_who_opens_a_store_that_is_filled_for_the_first_time_sees_nothing_or_waits(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.schema.WAIT", 0.05)
    path, told = tmp_path / "news.db", []

    def batch():
        for n in range(600):
            yield reading(f"b{n}", fact(US, "supports", PK))
            if n in (1, 599):
                try:
                    with open_store(path) as reader:
                        told.append(list(reader.documents()))
                except StoreError as error:
                    told.append(str(error))
                writer._db.execute("PRAGMA cache_size = 10")  # so that what is written gets into the file

    with open_store(path, create=True) as writer:
        assert writer.write(batch()).added == 600
    assert told == [[], f"{path} is being filled by another process; try again when it has ended."]
    assert journal_of(path) == "wal"
    with open_store(path) as reader:
        assert len(list(reader.documents())) == 600
        assert reader.check() == []


def test_readers_see_the_last_whole_batch_while_another_is_written(place):
    with open_store(place, create=True) as writer, open_store(place) as reader:
        writer.write([reading("a", fact(CN, "supports", PK))])

        def batch():
            yield reading("b", fact(CN, "supports", PK))
            assert [e.actual for e in reader.edges()] == [1]

        writer.write(batch())
        assert [e.actual for e in reader.edges()] == [2]


def named(read, name):
    """The reading with another name for the first actor, of the same words."""
    (one,) = read.assertions
    source = dataclasses.replace(one.source, actor=dataclasses.replace(one.source.actor, name=name))
    return dataclasses.replace(
        read, mentions=(source, *read.mentions[1:]), assertions=(dataclasses.replace(one, source=source),)
    )


def test_readings_that_misquote_are_passed_over_and_told(store):
    good, bad = reading("good", fact(CN, "supports", PK)), reading("bad", fact(CN, "supports", PK))
    text = bad.document.text
    flawed = {
        "does not stand there": [
            dataclasses.replace(bad, document=dataclasses.replace(bad.document, text="x" + text)),
            dataclasses.replace(bad, mentions=(dataclasses.replace(bad.mentions[0], text="India"),)),
            dataclasses.replace(bad, sentences=(), mentions=(), document=dataclasses.replace(bad.document, text="")),
        ],
        "of document 'good'": [dataclasses.replace(bad, assertions=good.assertions)],
        "'adores'": [dataclasses.replace(bad, assertions=(dataclasses.replace(bad.assertions[0], relation="adores"),))],
        "lone surrogate": [reading("bad", preface="\ud800"), named(bad, "Chi\ud800na")],
        "NUL": [
            reading("bad", preface="\0"),
            reading("bad", title="\0"),
            reading("bad", based_on=Original(url="https://example.org/\0")),
            reading("bad", fact(CN, "supports", PK, attributed_to="An\0kara")),
            reading("bad", fact(CN, "supports", PK, about=("Gaza", "\0"))),
            reading("bad", fact(CN, "supports", PK, against=("\0",))),
            named(bad, "Chi\0na"),
            dataclasses.replace(named(bad, "Chi\0na"), mentions=()),
        ],
    }
    for words, cases in flawed.items():
        for case in cases:
            report = store.write([case, good])
            assert [problem.where for problem in report.problems] == ["bad"]
            assert words in report.problems[0].message
            assert [d.id for d in store.documents()] == ["good"]
    assert store.check() == []


def test_two_documents_of_one_id_in_a_batch_are_told(store):
    report = store.write([reading("a", fact(CN, "supports", PK)), reading("a", fact(US, "supports", PK))])
    assert (report.added, len(report.problems)) == (1, 1)
    assert [e.source for e in store.edges()] == ["cn"]


# -- edges


def test_an_edge_counts_each_kind_apart(store):
    kinds = ["planned", "alleged", "hypothetical", "ended", "actual", "actual"]
    store.write(
        [
            reading(
                "a",
                *(fact(CN, "arms", PK, status=kind) for kind in kinds),
                fact(CN, "arms", PK, polarity="negated"),
                fact(CN, "arms", PK, polarity="negated", status="planned"),
            )
        ]
    )
    assert list(store.edges()) == [
        Edge(
            level="state",
            source="cn",
            relation="arms",
            target="pk",
            actual=2,
            planned=1,
            alleged=1,
            hypothetical=1,
            ended=1,
            negated=2,
            documents=1,
            originals=1,
            outlets=1,
            first="2024-05-01",
            last="2024-05-01",
        )
    ]


def test_edges_without_a_fact_do_not_stand(store):
    store.write([reading("a", fact(CN, "arms", PK, status="alleged"))])
    (edge,) = store.edges()
    assert (edge.actual, edge.documents, edge.outlets, edge.first, edge.last) == (0, 0, 0, None, None)
    assert list(store.edges(having="actual")) == []
    assert list(store.edges(Filter(min_confidence=0.1), having="actual")) == []
    assert (
        len(list(store.edges(having="alleged"))) == len(list(store.edges(Filter(since="2000"), having="alleged"))) == 1
    )
    assert list(store.edges(having="negated", limit=3)) == []


WIRE = Original(publisher="Wire", title="T", url="https://www.wire.example/1/")


def test_copies_of_a_text_and_retellings_of_one_original_are_one_origin():
    def of(text, **fields):
        return Document(id="x", text=text, **fields).origin

    assert of("A backs  B.\n", publisher="Daily") == of("a backs b.", publisher="Post", date="2020")
    assert of("A backs B.") != of("A backs C.")
    here = Original(url="http://wire.example/1#top", title="another headline")
    assert of("x", based_on=WIRE) == of("y", based_on=here) != of("x")
    told = Original(publisher="Wire", title="T", date="2020-01-01")
    assert of("x", based_on=told) == of("y", based_on=told) != of("y", based_on=dataclasses.replace(told, title="U"))
    assert of("x", based_on=Original(publisher="Wire")) == of("x")


@pytest.mark.parametrize("at_once", [True, False])
def test_an_edge_counts_originals_whatever_came_when(store, at_once):
    backs = fact(CN, "supports", PK)
    written = [
        reading("a", backs, publisher="Daily"),
        reading("copy", backs, publisher="Post"),
        reading("b", backs, fact(US, "supports", PK), based_on=WIRE),
        reading("c", backs, fact(IN, "supports", PK), based_on=WIRE),
        reading("d", fact(US, "arms", PK, status="planned"), backs),
    ]
    for batch in [written] if at_once else [[one] for one in written]:
        store.write(batch)
    assert store.check() == []

    def figures():
        (edge,) = store.edges(Filter(sources=("cn",), targets=("pk",)))
        return edge.documents, edge.originals

    assert figures() == (5, 3)
    store.remove("b")
    assert (figures(), store.check()) == ((4, 3), [])
    store.remove("c")
    store.remove("copy")
    assert (figures(), store.check()) == ((2, 2), [])
    assert [edge.source for edge in store.edges(Filter(min_originals=2), having="actual")] == ["cn"]
    assert list(store.edges(Filter(min_originals=3), having="actual")) == []
    assert list(store.edges(Filter(min_originals=2, since="2024"), having="planned")) == []


def test_reports_say_what_assertions_say_without_their_words(store):
    store.write(
        [
            reading(
                "a",
                fact(XI, "supports", PK, source_state=CN, attributed_to="Imran Khan", voice="target", date=None),
                fact(PK, "allied_with", CN, polarity="negated", background=True),
                publisher="The Daily",
                date="2021-05",
            )
        ]
    )
    (one,) = store.reports(Filter(sources=("cn",), relations=("supports",)))
    assert (one.source, one.relation, one.target, one.kind) == ("cn", "supports", "pk", "actual")
    assert (one.voice, one.attributed_to, one.date, one.background) == ("target", "Imran Khan", "2021-05", False)
    assert (one.document, one.outlet) == ("a", "daily")
    assert [r.source for r in store.reports(Filter(level="actor", sources=(XI.id,)))] == [XI.id]
    (other,) = store.reports(Filter(sources=("pk",)))
    assert (other.source, other.target, other.kind, other.background) == ("cn", "pk", "negated", True)


def asked_for_each(store, level, **bounds):
    """A filter for each edge, kind of it and stretch of time; ends of symmetric relations either way round."""
    kinds = [{}, {"status": ("actual",), "polarity": "affirmed"}, {"polarity": "negated"}, {"status": ("planned",)}]
    times = [{}, {"since": "2021"}, {"since": "2021-05-02", "until": "2022-03"}, {"until": "2021-06"}]
    for edge in store.edges(Filter(level=level, private_people=True)):
        for n, kind in enumerate(kinds):
            ends = {"sources": (edge.source,), "targets": (edge.target,), "relations": (edge.relation,)}
            if n % 2 and edge.relation == "allied_with":
                ends["sources"], ends["targets"] = ends["targets"], ends["sources"]
            yield from (Filter(level=level, **ends, **kind, **time, **bounds) for time in times)


@pytest.mark.parametrize("level", ["state", "actor"])
@pytest.mark.parametrize("bounds", [{}, {"private_people": True}, {"min_confidence": 0.6}, {"as_of": "2021-12-31"}])
def test_many_triples_asked_for_at_once_are_told_as_each_by_itself(level, bounds, store):
    other = Actor("pk", "Islamic Republic of Pakistan", "state", "government", "PAK")  # another row of the same actor
    someone = person("somebody", "Somebody", sector=None)
    facts = [
        fact(XI, "supports", PK, source_state=CN),
        fact(CN, "supports", PK),
        fact(CN, "supports", other, confidence=0.5),
        fact(CN, "supports", PK, status="planned"),
        fact(PK, "allied_with", CN, polarity="negated", background=True),
        fact(CN, "allied_with", other, date="2021-07"),
        fact(someone, "attacks", PK),
        fact(someone, "attacks", PK, status="planned"),
    ]
    dates = ("2020-01-01", "2021-05-01", "2021-05", "2022-03-09", None)
    store.write(reading(f"d{n}", *facts[n % 3 :], date=date) for n, date in enumerate(dates * 3))
    wheres = list(asked_for_each(store, level, **bounds))
    assert wheres
    found = store.reports_of(wheres)
    assert [sorted(r.id for r in some) for some in found] == [sorted(r.id for r in store.reports(w)) for w in wheres]
    assert {report for some in found for report in some} == {r for w in wheres for r in store.reports(w)}
    for some, sums in zip(found, store.sums_of(wheres), strict=True):
        dates = [report.date for report in some if report.date and not report.background]
        assert sums[:4] == (len(some), *(len({getattr(r, c) for r in some}) for c in ("document", "origin", "outlet")))
        assert sums[4:] == (min(dates, default=None), max(dates, default=None), {report.voice for report in some})
    best = [[report.id for report in some] for some in store.best(wheres, 3)]
    assert best == [[a.id for a in store.assertions(w)][:3] for w in wheres]
    assert best == [[a.id for a in store.assertions(w, limit=3)] for w in wheres]
    assert any(len(ids) == 3 for ids in best)


def test_what_is_no_edge_has_no_reports(store):
    store.write([reading("a", fact(CN, "supports", PK), fact(PLA, "part_of", CN))])
    none = [
        Filter(sources=("cn",), relations=("supports",), targets=("cn",)),
        Filter(sources=("nobody",), relations=("supports",), targets=("pk",)),
        Filter(sources=(PLA.id,), relations=("part_of",), targets=("cn",)),
        Filter(sources=("cn",), relations=("unheard_of",), targets=("pk",)),
    ]
    assert store.reports_of(none) == store.best(none, 2) == [[]] * 4
    assert [sums.assertions for sums in store.sums_of(none)] == [0] * 4
    assert store.reports_of([]) == store.best([], 2) == store.sums_of([]) == []


def test_assertions_are_cited_with_their_documents(store):
    written = [reading("a", fact(CN, "supports", PK)), reading("b", fact(US, "arms", IL), publisher="The Daily")]
    store.write(written)
    known = {one.id: (one, each.document) for each in written for one in each.assertions}
    assert store.cited([*known, "none"]) == known
    assert store.cited([]) == {}


def test_filters_ask_when_about_what_against_whom_and_who_says_so(store):
    store.write(
        [
            reading("old", fact(CN, "supports", PK, about=("Kashmir",)), date="2019-05-01", publisher="The Daily"),
            reading("new", fact(CN, "supports", PK, against=("India",), date="2018"), date="2021", publisher="Post"),
            reading("said", fact(US, "supports", PK, attributed_to="Imran Khan"), date=None, publisher=None),
            reading("told", fact(IR, "supports", PK), publisher="kg brief", based_on=Original(publisher="The Évening")),
        ]
    )

    def found(**fields):
        where = Filter(**fields)
        by_assertion = {a.document for a in store.assertions(where)}
        by_edge = {edge.source for edge in store.edges(where)}
        assert by_edge == {a.source.actor.id for a in store.assertions(where)}
        return by_assertion

    assert found(as_of="2020") == {"old"}
    assert found(as_of="2021-03-04") == {"old", "new"}
    assert found(about=("Jammu", "Kashmir")) == {"old"}
    assert found(against=("India",)) == {"new"}
    assert found(against=("Kashmir",)) == set()
    assert found(according_to=("daily",)) == {"old"}
    assert found(according_to=("Imran Khan", "Post")) == {"new", "said"}
    assert found(according_to=("The Évening",)) == {"told"}


def test_what_harms_people_without_office_is_told_only_when_asked_for(store):
    jane = Actor("person.jane-doe", "Jane Doe", "person")
    head = person("person.head", "A Head")
    envoy = Actor("person.envoy", "An Envoy", "person")
    store.write(
        [
            reading(
                "a",
                fact(jane, "criticizes", CN),
                fact(jane, "attacks", CN, status="planned"),
                fact(jane, "supports", PK, status="alleged"),
                fact(jane, "praises", PK),
                fact(US, "accuses", jane),
                fact(IR, "rival_of", jane),
                fact(US, "sanctions", jane),
                fact(head, "criticizes", CN),
                fact(envoy, "criticizes", CN, source_state=IR),
                fact(HAMAS, "attacks", IL, status="alleged"),
            )
        ]
    )
    shown = {
        *(("person.jane-doe", "praises", "pk"), ("us", "sanctions", "person.jane-doe")),
        *(("person.head", "criticizes", "cn"), ("hamas", "attacks", "il")),
    }
    for level, by_envoy in (("state", ("ir", "criticizes", "cn")), ("actor", ("person.envoy", "criticizes", "cn"))):
        for bounds in ({}, {"min_confidence": 0.1}):  # edges as they are kept, and as they are counted
            where = Filter(level=level, **bounds)
            assert {(e.source, e.relation, e.target) for e in store.edges(where)} == {*shown, by_envoy}
            every = dataclasses.replace(where, private_people=True)
            assert len(list(store.edges(every))) == 10
            assert {e.source for e in store.edges(where, having="alleged")} == {"hamas"}
        assert len(list(store.assertions(Filter(level=level)))) == 5
        assert len(list(store.reports(Filter(level=level)))) == 5
    assert ("person.jane-doe", "cn") not in {pair[:2] for pair in store.pairs(Filter())}
    assert len(store.reading("a").assertions) == 10
    assert store.check() == []


def test_what_a_store_covers(store):
    assert (store.coverage().documents, store.coverage().last) == (0, None)
    store.write([reading("a", date="2019"), reading("b", date="2021-02-03", publisher=None), reading("c", date=None)])
    found = store.coverage()
    assert (found.documents, found.outlets, found.first, found.last) == (3, 1, "2019", "2021-02-03")


def test_outlets_are_those_whose_words_were_read(store):
    paraphrase = {"publisher": "kg brief", "based_on": Original(publisher="Wire")}
    store.write(
        [
            reading("a", fact(CN, "supports", PK), publisher="The Daily"),
            reading("b", fact(CN, "supports", PK), publisher="DAILY"),
            reading("c", fact(CN, "supports", PK), publisher=None),
            reading("d", fact(CN, "supports", PK), **paraphrase),
            reading("e", fact(CN, "supports", PK), **paraphrase),
            reading("f", fact(CN, "supports", PK, status="planned"), publisher="Post"),
        ]
    )
    (edge,) = store.edges()
    assert (edge.documents, edge.outlets) == (5, 2)


def test_background_moves_no_date(store):
    store.write([reading("a", fact(IR, "supports", HAMAS, background=True), date="2024-06-01")])
    (edge,) = store.edges()
    assert (edge.actual, edge.first, edge.last) == (1, None, None)
    store.write([reading("b", fact(IR, "supports", HAMAS), date="2024-05-01")])
    (edge,) = store.edges()
    assert (edge.actual, edge.first, edge.last) == (2, "2024-05-01", "2024-05-01")


def test_symmetric_edges_hold_the_lower_id_first(store):
    store.write([reading("a", fact(PK, "allied_with", CN), fact(CN, "allied_with", PK), fact(PK, "praises", CN))])
    assert [(e.source, e.relation, e.target, e.actual) for e in store.edges()] == [
        ("cn", "allied_with", "pk", 2),
        ("pk", "praises", "cn", 1),
    ]
    textual = [(a.source.actor.id, a.relation) for a in store.assertions(order="text")]
    assert textual == [("pk", "allied_with"), ("cn", "allied_with"), ("pk", "praises")]


def test_a_state_has_no_edge_with_itself_and_no_structure(store):
    store.write(
        [
            reading(
                "a",
                fact(XI, "praises", PLA, source_state=CN, target_state=CN),
                fact(XI, "represents", CN, source_state=CN),
                fact(CN, "claims", IN),
                fact(XI, "praises", PK, source_state=CN),
            )
        ]
    )
    assert [(e.source, e.relation, e.target) for e in store.edges()] == [("cn", "praises", "pk")]
    assert [a.target.actor for a in store.assertions(Filter(level="state"))] == [PK]
    actor_level = [(e.source, e.relation, e.target) for e in store.edges(Filter(level="actor"))]
    assert actor_level == [
        ("cn", "claims", "in"),
        (XI.id, "praises", PLA.id),
        (XI.id, "praises", "pk"),
        (XI.id, "represents", "cn"),
    ]
    assert len(list(store.assertions())) == 4
    assert store.check() == []


def test_check_finds_an_edge_that_lies(in_file, tmp_path):
    in_file.write([reading("a", fact(CN, "supports", PK))])
    with sqlite3.connect(tmp_path / "news.db") as behind:
        behind.execute("UPDATE edges SET actual = 7 WHERE level = 'state'")
        behind.execute("UPDATE documents SET text = 'Short.'")
    behind.close()
    wrong = in_file.check()
    assert any("cn supports pk at state level" in text for text in wrong)
    assert any("digest differs" in text for text in wrong)
    assert any("shorter" in text for text in wrong)
    assert not any("actor level" in text for text in wrong)


# -- filters and order


def ids(found):
    return [assertion.document for assertion in found]


@pytest.fixture
def dated(store):
    store.write(
        [
            reading("a", fact(CN, "supports", PK), date="2019-10-09"),
            reading("b", fact(CN, "supports", PK, date="2020-03"), date="2021-01-01"),
            reading("c", fact(CN, "supports", PK, confidence=0.4), date="2022"),
            reading("d", fact(CN, "supports", PK, status="planned"), date=None),
            reading("e", fact(PK, "supports", CN), fact(CN, "allied_with", PK), date="2023-01-01"),
        ]
    )
    return store


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, "abcd"),
        ({"since": "2020"}, "bc"),
        ({"since": "2020-03-20"}, "bc"),
        ({"since": "2020-04"}, "c"),
        ({"since": "2022-06-01"}, "c"),
        ({"since": "2023"}, ""),
        ({"until": "2019-10-09"}, "a"),
        ({"until": "2019-10-08"}, ""),
        ({"until": "2020"}, "ab"),
        ({"until": "2020-03-01"}, "ab"),
        ({"until": "2020-02"}, "a"),
        ({"since": "2020", "until": "2020"}, "b"),
        ({"min_confidence": 0.5}, "abd"),
        ({"status": ("planned",)}, "d"),
        ({"status": ("planned", "actual")}, "abcd"),
        ({"polarity": "negated"}, ""),
        ({"document": "b"}, "b"),
        ({"relations": ()}, ""),
    ],
)
def test_filters(dated, bounds, expected):
    where = Filter(**{"sources": ("cn",), "targets": ("pk",), "relations": ("supports",), **bounds})
    assert "".join(ids(dated.assertions(where, order="text"))) == expected
    facts = [d for d in expected if d != "d"]
    assert sum(edge.actual for edge in dated.edges(where)) == len(facts)


def test_filters_keep_direction_but_not_of_symmetric_relations(dated):
    def found(**ends):
        return [(a.source.actor.id, a.relation) for a in dated.assertions(Filter(**ends), order="text")]

    assert found(sources=("pk",)) == [("pk", "supports"), ("cn", "allied_with")]
    assert found(targets=("cn",), sources=("pk",)) == [("pk", "supports"), ("cn", "allied_with")]
    assert found(targets=("pk",), relations=("allied_with",)) == [("cn", "allied_with")]
    assert found(sources=("pk", "cn"), targets=("pk", "cn"), relations=("allied_with",)) == [("cn", "allied_with")]
    assert found(sources=("in",)) == []


def test_the_best_come_first(store):
    store.write(
        [
            reading("pronoun", fact(CN, "supports", PK, source_how="anaphora", confidence=1.0), date="2024-09-01"),
            reading("background", fact(CN, "supports", PK, background=True, confidence=1.0), date="2024-09-01"),
            reading("unsure", fact(CN, "supports", PK, confidence=0.5), date="2024-09-01"),
            reading("old", fact(CN, "supports", PK, confidence=0.91), date="2019-01-01"),
            reading("new", fact(CN, "supports", PK, confidence=0.89), date="2024-01-01"),
            reading("title", fact(CN, "supports", PK, source_how="title"), date="2020-01-01"),
            reading("undated", fact(CN, "supports", PK), date=None),
        ]
    )
    best = ["new", "title", "old", "undated", "unsure", "background", "pronoun"]
    assert ids(store.assertions()) == best
    assert ids(store.assertions(limit=2)) == best[:2]
    assert ids(store.assertions(Filter(sources=("cn",), targets=("pk",)), limit=3)) == best[:3]


def test_assertions_are_found_by_the_beginning_of_their_id(store):
    store.write([reading(f"d{n}", fact(CN, "aids", PK)) for n in range(40)])
    ids = sorted(one.id for one in store.assertions())
    assert store.assertion_ids("", 100) == ids
    assert store.assertion_ids(ids[7]) == [ids[7]]
    assert store.assertion_ids(ids[7][:1], 100) == [id for id in ids if id[0] == ids[7][0]]
    assert store.assertion_ids("", 3) == ids[:3]
    assert store.assertion_ids("g") == store.assertion_ids("%") == []


def test_pairs_are_those_of_the_edges_with_facts(store):
    store.write(
        [
            reading("a", fact(CN, "aids", PK), fact(CN, "arms", PK), fact(PK, "praises", CN), fact(IR, "aids", CN)),
            reading("b", fact(CN, "arms", PK), fact(US, "allied_with", IL), fact(US, "arms", IN, status="planned")),
        ]
    )
    assert list(store.pairs(Filter(min_originals=2))) == [("cn", "pk", 2)]
    assert list(store.pairs()) == [("cn", "pk", 2), ("il", "us", 1), ("ir", "cn", 1), ("pk", "cn", 1)]
    assert list(store.pairs(Filter(sources=("cn",)))) == [("cn", "pk", 2)]
    assert list(store.pairs(Filter(targets=("cn",)))) == [("ir", "cn", 1), ("pk", "cn", 1)]
    assert list(store.pairs(Filter(sources=("us",)))) == [("il", "us", 1)]  # symmetric: from either end
    assert list(store.pairs(Filter(sources=("cn", "ir"), targets=("cn", "pk")))) == [("cn", "pk", 2), ("ir", "cn", 1)]
    assert list(store.pairs(Filter(relations=("aids",)))) == [("cn", "pk", 1), ("ir", "cn", 1)]


@few
@given(readings())
def test_pairs_agree_with_edges(written):
    with tempfile.TemporaryDirectory() as folder, new_store(folder, written) as store:
        for level in ("actor", "state"):
            edges = {}
            for edge in store.edges(Filter(level=level), having="actual"):
                pair = edge.source, edge.target
                edges[pair] = max(edges.get(pair, 0), edge.originals)
            assert {(s, t): n for s, t, n in store.pairs(Filter(level=level))} == edges


@few
@given(readings())
def test_years_agree_with_reports(written):
    with tempfile.TemporaryDirectory() as folder, new_store(folder, written) as store:
        for where in (Filter(sources=("cn",)), Filter(targets=("pk",), level="actor"), Filter(private_people=True)):
            said: dict[tuple[str, str], set[str]] = {}
            for one in store.reports(where):
                if one.kind == "actual" and one.date and not one.background:
                    family = ontology()[one.relation].family
                    said.setdefault((one.date[:4], family), set()).add(one.document)
            assert {row[:2]: row[2] for row in store.years(where)} == {key: len(ids) for key, ids in said.items()}


def test_years_count_a_document_once_whichever_filter_finds_it(store):
    store.write(
        [
            reading("a", fact(CN, "arms", PK), fact(CN, "allied_with", PK), fact(PK, "praises", CN), date="2019-05"),
            reading("b", fact(CN, "arms", PK, background=True), fact(CN, "aids", PK, status="planned"), date="2020"),
            reading("c", fact(CN, "accuses", PK, date="2018-01-02"), fact(PK, "arms", CN), date=None),
        ]
    )
    asked = (Filter(sources=("cn",)), Filter(targets=("cn",), relations=("praises", "arms")))
    assert list(store.years(*asked)) == [("2018", "opposing", 1), ("2019", "backing", 1)]


def test_documents_are_listed_without_their_texts(store):
    original = Original(title="T", publisher="P", date="2019", url="https://example.org/1")
    told = Document(id="b", text="Words.", title="B", publisher="Brief", date="2020", url="u", based_on=original)
    store.write([reading("a", fact(CN, "arms", PK)), Reading(document=told)])
    listed = [dataclasses.replace(document, text="") for document in store.documents()]
    assert list(store.documents(texts=False)) == listed
    assert [document.id for document in listed] == ["a", "b"]


def test_edges_with_a_limit_are_the_best_backed(store):
    store.write(
        [
            reading("a", fact(CN, "supports", PK), fact(CN, "supports", PK), fact(US, "supports", IL)),
            reading("b", fact(US, "supports", IL), fact(IN, "supports", PK), date="2024-06-01"),
            reading("c", fact(IR, "supports", PK, status="planned")),
        ]
    )
    order = ["us", "in", "cn", "ir"]
    assert [e.source for e in store.edges(limit=9)] == order
    assert [e.source for e in store.edges(limit=2)] == order[:2]
    assert [e.source for e in store.edges(Filter(since="2000"), limit=9)] == order
    assert [e.source for e in store.edges()] == sorted(order)


def test_official_acts_leave_out_courts_and_companies(store):
    court = actor("pk.court", "Supreme Court", sector="judiciary")
    store.write([reading("a", fact(court, "rejects", IN, source_state=PK), fact(PLA, "attacks", IN, source_state=CN))])
    assert [e.source for e in store.edges(Filter(official=True))] == ["cn"]
    assert [e.source for e in store.edges()] == ["cn", "pk"]


def test_long_lists_of_actors_are_no_limit(store):
    store.write([reading("a", fact(CN, "supports", PK))])
    many = tuple(f"a{n}" for n in range(40_000))
    assert len(list(store.edges(Filter(sources=("cn", *many))))) == 1
    assert len(list(store.assertions(Filter(sources=("cn", *many), targets=("pk", *many))))) == 1


def test_values_are_never_read_as_sql(store):
    store.write([reading("a'); DROP TABLE edges; --", fact(CN, "supports", PK))])
    nasty = "x' OR '1'='1"
    assert list(store.edges(Filter(sources=(nasty,)))) == []
    assert list(store.assertions(Filter(document=nasty))) == []
    assert store.find_actors(nasty) == []
    assert len(list(store.documents())) == 1


# -- actors


def test_actors_are_found_by_any_of_their_names(store):
    turkey = state("tr", "Türkiye", "TUR")
    names = {"tr": ["Turkey", "Ankara", "Erdoğan"], "us": ["USA", "the United States of America"]}
    store.write([reading("a", fact(turkey, "supports", US))], aliases=lambda i: names.get(i, []))
    for text in ("turkey", "TURKIYE", "Türkiye", " ankara ", "erdogan", "the Turkey", "tr"):
        assert store.find_actors(text) == [turkey]
    assert store.find_actors("united states of america") == [US]
    for text in ("turk", "", "Turkey and", "Turkmenistan", "the"):
        assert store.find_actors(text) == []
    assert store.names("tr") == ["Türkiye", "Ankara", "Erdoğan", "Turkey"]
    assert store.suggest("Turkee")[0] == "Turkey"
    assert store.suggest("Turkee", 1) == ["Turkey"]
    assert store.suggest("qqqqqq") == []


def test_an_ambiguous_name_finds_all_and_the_own_name_first(store):
    north, south = state("kp", "North Korea"), state("kr", "South Korea")
    river, land = actor("congo", "Congo"), state("cd", "DR Congo")
    names = {"kp": ["Korea"], "kr": ["Korea"], "cd": ["Congo"], "congo": ["Congo"]}
    store.write([reading("a", fact(north, "opposes", south), fact(river, "opposes", land))], aliases=lambda i: names[i])
    assert store.find_actors("korea") == [north, south]
    assert store.find_actors("Congo") == [river, land]


def test_names_follow_the_last_list_given(store):
    store.write([reading("a", fact(CN, "supports", PK))], aliases=lambda i: ["Cathay"] if i == "cn" else [])
    store.write([reading("b", fact(CN, "supports", PK))])
    assert store.find_actors("Cathay") == [CN]
    store.write([reading("c", fact(CN, "supports", PK))], aliases=lambda i: ["Zhongguo"] if i == "cn" else [])
    assert store.find_actors("Cathay") == []
    assert store.find_actors("Zhongguo") == [CN]
    for document in "abc":
        store.remove(document)
    assert store.find_actors("Zhongguo") == []
    assert list(store.actors()) == []


def test_actors_and_levels(store):
    store.write([reading("a", fact(XI, "praises", PK, source_state=CN))])
    assert list(store.actors()) == [CN, XI, PK]
    assert store.actor("cn") == CN
    assert store.actor("nobody") is None
    assert list(store.actors(["pk", "nobody"])) == [PK]
    assert store.levels("cn") == {"state"}
    assert store.levels(XI.id) == {"actor"}
    assert store.levels("pk") == {"actor", "state"}
    assert store.levels("nobody") == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Erdoğan", "ERDOGAN"), ("The Taliban", "taliban"), ("People’s", "people's"), ("Łódź", "lodz"), ("a  b", "A B")],
)
def test_fold_makes_spellings_equal(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_different_names_apart():
    assert len({fold(name) for name in ("Iran", "Iraq", "Niger", "Nigeria", "The", "")}) == 6


# -- the whole


def test_sentences_that_name_both_are_found_without_a_triple(store):
    text = "China met India. Pakistan and China spoke. Xi left Pakistan."
    one = Reading(
        document=Document(id="a", text=text),
        sentences=tuple(said("a", part, (part[:2], CN), "supports", (part[:2], PK)).sentence for part in [text[:16]]),
        mentions=(mention(text, "China", CN), mention(text, "India", IN), mention(text, "Pakistan", PK)),
    )
    two = reading("b", fact(XI, "praises", PK, source_state=CN), date="2024-06-01")
    store.write([one, two])
    assert [(d.id, s.text) for d, s in store.sentences_naming("cn", "in")] == [("a", "China met India.")]
    assert [d.id for d, _ in store.sentences_naming("cn", "pk")] == ["b"]
    assert list(store.sentences_naming("cn", "pk", level="actor")) == []
    assert list(store.sentences_naming("cn", "pk", limit=0)) == []


def test_stats_count_what_there_is(store):
    store.write(
        [
            reading("a", fact(CN, "supports", PK), fact(CN, "supports", PK, polarity="negated"), date="2019"),
            reading("b", fact(US, "opposes", PK, status="planned"), publisher=None, date="2024-01-01"),
        ]
    )
    stats = store.stats()
    assert (stats.documents, stats.outlets, stats.sentences, stats.mentions, stats.actors) == (2, 1, 3, 6, 3)
    assert (stats.assertions, stats.facts, stats.actor_edges, stats.state_edges) == (3, 1, 1, 1)
    assert (stats.first, stats.last) == ("2019", "2024-01-01")
    assert stats.relations == {"supports": 2, "opposes": 1}
    assert stats.statuses == {"actual": 1, "negated": 1, "planned": 1}


def test_a_store_that_may_not_be_written_to_answers(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    with open_store(folder / "news.db", create=True) as store:
        store.write([reading("a", fact(CN, "supports", PK))])
    (folder / "news.db").chmod(0o400)
    folder.chmod(0o500)
    try:
        with open_store(folder / "news.db") as store:
            assert len(list(store.edges())) == 1
    finally:
        folder.chmod(0o700)
