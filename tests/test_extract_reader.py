"""Documents -> readings: every assertion keeps its evidence, and the same text always reads the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from golden_cases import acts, load_cases, parse, structures

from kg.documents import read_sources
from kg.errors import Problem
from kg.extract import VERSION, Extractor
from kg.extract.reader import BATCH
from kg.model import HOWS, POLARITIES, STATUSES, VOICES, Assertion, Document, Reading
from kg.relations import ontology

SEEDS = Path(__file__).parent.parent / "seeds"


def documents() -> list[Document]:
    """All golden texts, all briefs, and some texts that are set in odd ways."""
    problems: list[Problem] = []
    briefs = list(read_sources([SEEDS], problems=problems))
    assert problems == []
    odd = [
        "Ghana Thanks Togo\n\nLOMÉ (Agency) - Ghana’s foreign minister, Abena Osei, “warmly” thanked Togo on Monday.\n",
        "# Ghana\u00a0thanks Togo\r\n\r\n* Ghana thanked Togo — and Mali.\r\n* Ghana-Togo talks began.\r\n",
        "🙂 Ghana thanked Côte d’Ivoire 🙂. The two countries signed an agreement on Tuesday, e\u0301lite troops said.",
    ]
    cases = [case.document for case in load_cases()]
    return [*cases, *briefs, *(Document(id=f"odd-{n}", text=text, date="2015-06-01") for n, text in enumerate(odd))]


def read(extractor: Extractor, *found: Document) -> list[Reading]:
    problems: list[Problem] = []
    readings = list(extractor.read(found, problems))
    assert problems == []
    return readings


def one(extractor: Extractor, text: str, date: str | None = "2015-06-01") -> Reading:
    (reading,) = read(extractor, Document(id="it", text=text, date=date))
    return reading


def triples(extractor: Extractor, text: str, date: str | None = "2015-06-01") -> list[str]:
    return sorted(map(str, acts(one(extractor, text, date).assertions)))


@pytest.fixture(scope="module")
def readings(extractor: Extractor) -> list[Reading]:
    return read(extractor, *documents())


def every(readings: list[Reading]) -> Iterator[tuple[Reading, Assertion]]:
    for reading in readings:
        for assertion in reading.assertions:
            yield reading, assertion


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_every_span_slices_to_the_quoted_words(readings: list[Reading]) -> None:
    checked = 0
    for reading in readings:
        text = reading.document.text
        for sentence in reading.sentences:
            assert text[sentence.start : sentence.end] == sentence.text
        for mention in reading.mentions:
            assert text[mention.start : mention.end] == mention.text
        for a in reading.assertions:
            spans = [(a.source.start, a.source.end, a.source.text), (a.target.start, a.target.end, a.target.text)]
            spans.append((a.sentence.start, a.sentence.end, a.sentence.text))
            if a.trigger is not None:
                spans.append((a.trigger.start, a.trigger.end, a.trigger.text))
            for start, end, words in spans:
                assert words
                assert text[start:end] == words
                checked += 1
    assert checked > 1000


def test_the_evidence_stands_in_the_sentence_that_is_cited(readings: list[Reading]) -> None:
    for reading, a in every(readings):
        assert a.sentence in reading.sentences
        for span in (a.source, a.target, a.trigger):
            if span is not None:
                assert a.sentence.start <= span.start < span.end <= a.sentence.end, (a.rule, a.sentence.text)


def test_the_trigger_is_not_one_of_the_ends(readings: list[Reading]) -> None:
    for _, a in every(readings):
        if a.trigger is not None and a.relation != "represents":
            for end in (a.source, a.target):
                assert (a.trigger.start, a.trigger.end) != (end.start, end.end), (a.rule, a.sentence.text)


def test_sentences_stand_in_order_and_apart(readings: list[Reading]) -> None:
    for reading in readings:
        position = 0
        for sentence in reading.sentences:
            assert position <= sentence.start < sentence.end
            position = sentence.end


def test_assertions_and_mentions_stand_in_text_order(readings: list[Reading]) -> None:
    for reading in readings:
        starts = [a.sentence.start for a in reading.assertions]
        assert starts == sorted(starts)
        assert [m.start for m in reading.mentions] == sorted(m.start for m in reading.mentions)


# --- what an assertion is ---------------------------------------------------------------------------------------------


def test_every_field_is_one_of_its_values(readings: list[Reading]) -> None:
    for reading, a in every(readings):
        assert a.document == reading.document.id
        assert a.relation in ontology().relations
        assert a.polarity in POLARITIES
        assert a.status in STATUSES
        assert a.voice in VOICES
        assert a.source.how in HOWS
        assert a.target.how in HOWS
        assert 0 < a.confidence <= 1
        assert a.rule
        assert a.date is None or len(a.date) in (4, 7, 10)


def test_nobody_acts_on_himself(readings: list[Reading]) -> None:
    for _, a in every(readings):
        assert a.source.actor.id != a.target.actor.id, a.sentence.text
        if ontology()[a.relation].family != "structure":
            assert a.source.state.id != a.target.state.id, a.sentence.text


def test_a_sentence_says_a_thing_once(readings: list[Reading]) -> None:
    for reading in readings:
        said = set()
        for a in reading.assertions:
            ends = [a.source.actor.id, a.target.actor.id]
            key = (a.sentence.start, *(sorted(ends) if ontology()[a.relation].symmetric else ends))
            assert (*key, a.relation, a.polarity, a.status) not in said, a.sentence.text
            said.add((*key, a.relation, a.polarity, a.status))
        assert len({a.id for a in reading.assertions}) == len({(*_identity(a),) for a in reading.assertions})


def _identity(a: Assertion) -> tuple[object, ...]:
    return a.sentence.start, a.source.start, a.source.actor.id, a.relation, a.target.start, a.target.actor.id, a.trigger


def test_codes_are_those_of_the_relation_family(readings: list[Reading]) -> None:
    for _, a in every(readings):
        structural = ontology()[a.relation].family == "structure"
        assert (a.plover is None, a.cameo is None, a.weight is None) == (structural,) * 3, a.rule


# --- the same text always reads the same ------------------------------------------------------------------------------


def test_reading_again_gives_the_same(extractor: Extractor, readings: list[Reading]) -> None:
    assert read(extractor, *documents()) == readings


def test_the_order_of_documents_does_not_matter(extractor: Extractor, readings: list[Reading]) -> None:
    turned = read(extractor, *reversed(documents()))
    assert turned[::-1] == readings


def test_a_document_alone_reads_as_it_does_among_others(extractor: Extractor, readings: list[Reading]) -> None:
    for reading in readings[::29]:
        assert read(extractor, reading.document) == [reading]


def test_what_one_document_teaches_another_does_not_know(extractor: Extractor) -> None:
    teaches = Document(id="a", text="Ghana's foreign minister, Abena Osei, thanked Togo.", date="2015-06-01")
    asks = Document(id="b", text="Osei thanked Mali.", date="2015-06-01")
    both = read(extractor, teaches, asks)
    assert both[1] == read(extractor, asks)[0]
    assert acts(both[1].assertions) == frozenset()


def test_moving_a_text_moves_its_spans_only(extractor: Extractor) -> None:
    text = "Ghana's foreign minister, Abena Osei, thanked Togo. She will visit Mali on Monday."
    plain, moved = one(extractor, text), one(extractor, f"\n\n  {text}")
    assert [a.relation for a in moved.assertions] == [a.relation for a in plain.assertions]
    assert [m.start - 4 for m in moved.mentions] == [m.start for m in plain.mentions]


# --- documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "🙂", "\x00", "Rain fell.", "-" * 3000])
def test_a_document_that_says_nothing_is_read_all_the_same(extractor: Extractor, text: str) -> None:
    reading = one(extractor, text)
    assert reading.assertions == ()


def test_documents_come_as_they_are_read(extractor: Extractor) -> None:
    asked = 0

    def endless() -> Iterator[Document]:
        nonlocal asked
        for n in itertools.count():
            asked += 1
            yield Document(id=str(n), text="Ghana thanked Togo.", date="2015-06-01")

    first = next(iter(extractor.read(endless(), [])))
    assert first.document.id == "0"
    assert asked <= BATCH


def test_more_documents_than_a_batch_come_in_order(extractor: Extractor) -> None:
    many = [Document(id=str(n), text="Ghana thanked Togo.", date="2015-06-01") for n in range(2 * BATCH + 3)]
    assert [r.document.id for r in read(extractor, *many)] == [d.id for d in many]


GOOD = "Ghana thanked Togo."


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(
            Document(id="bad", text="Ghana \ud800 thanked Togo.", date="2015-06-01"),
            id="half a character",
        ),
        pytest.param(
            Document(id="bad", text=" and ".join(["Ghana", "Togo", "Mali", "Chad"] * 500) + " met.", date="2015-06-01"),
            id="a sentence without end",
        ),
        pytest.param(
            Document(id="bad", text="Ghana thanked Togo yesterday.", date="0001-01-01"),
            id="the first day of all",
        ),
        pytest.param(Document(id="bad", text="Ghana thanked Togo on Monday.", date="2015-13-45"), id="no day at all"),
        pytest.param(
            Document(id="bad", text="Ghana \x00 thanked \x1f Togo \ufffe.", date=None), id="control characters"
        ),
        pytest.param(Document(id="bad", text="a" * 50_000, date=None), id="a word without end"),
    ],
)
def test_a_document_that_cannot_be_read_loses_nothing_of_the_rest(extractor: Extractor, bad: Document) -> None:
    problems: list[Problem] = []
    before, after = Document(id="1", text=GOOD, date="2015-06-01"), Document(id="2", text=GOOD, date="2015-06-01")
    found = {r.document.id: r for r in extractor.read([before, bad, after], problems)}
    assert len(found["1"].assertions) == len(found["2"].assertions) == 1
    assert "bad" in found or [p.where for p in problems] == ["bad"]


def test_without_a_date_names_still_resolve(extractor: Extractor) -> None:
    reading = one(extractor, "Beijing criticised Canberra.", None)
    assert [str(t) for t in acts(reading.assertions)] == ["China criticizes Australia"]
    assert [a.date for a in reading.assertions] == [None]


def test_versions_name_all_that_took_part(extractor: Extractor) -> None:
    versions = extractor.versions
    assert versions.extractor == VERSION
    assert versions.model == extractor.parser.version
    assert versions.catalogue == extractor.catalogue.version


# --- what is said beside the triple -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ghana criticised Togo.", "2015-06-01"),
        ("Ghana criticised Togo on Saturday.", "2015-05-30"),
        ("In 1994, Ghana criticised Togo.", "1994"),
        ("Ghana criticised Togo on 3 March 2012.", "2012-03-03"),
        ("Ghana attacked Togo in October 1993.", "1993-10"),
    ],
)
def test_the_date_of_a_deed(extractor: Extractor, text: str, date: str) -> None:
    (assertion,) = one(extractor, text).assertions
    assert assertion.date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ghana invaded Togo in May 1978 and ousted Mali.", "1978-05"),
        ("Ghana sent troops in 2013 to help Togo.", "2013"),
        ("Ghana attacked Togo in 1998 but it backs Mali.", "2015-06-01"),
        ("Ghana armed Togo and attacked Mali in 1998.", "1998"),
    ],
)
def test_the_date_goes_on_with_the_clause(extractor: Extractor, text: str, date: str) -> None:
    *_, last = sorted(one(extractor, text).assertions, key=lambda a: a.trigger.start)
    assert last.date == date


@pytest.mark.parametrize(
    "text",
    [
        "Ghana, which became independent in 1957, criticised Togo.",
        "Ghana met Togo in a town that has been divided since 1919.",
        "Ghana asked Togo to leave the land taken in 1914.",
    ],
)
def test_a_date_of_another_clause_is_not_the_deeds(extractor: Extractor, text: str) -> None:
    assert {a.date for a in one(extractor, text).assertions if a.status == "actual"} == {"2015-06-01"}


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("Ghana supports Togo.", False),
        ("Ghana held talks with Togo.", False),
        ("The Iran-backed Houthis left.", True),
        ("Rain fell during the war between Ghana and Togo.", True),
    ],
)
def test_what_a_sentence_presupposes_is_background(extractor: Extractor, text: str, background: bool) -> None:
    (assertion,) = one(extractor, text).assertions
    assert assertion.background is background


@pytest.mark.parametrize(
    ("text", "speaker", "voice"),
    [
        ("Ghana supports Togo.", None, "outlet"),
        ("Ghana said that it supports Togo.", "Ghana", "self"),
        ("Togo said that Ghana supports it.", "Togo", "target"),
        ("Mali said that Ghana supports Togo.", "Mali", "third party"),
        ("Ghana supports Togo, according to Mali.", "Mali", "third party"),
    ],
)
def test_who_says_so(extractor: Extractor, text: str, speaker: str | None, voice: str) -> None:
    (assertion,) = one(extractor, text).assertions
    assert (assertion.attributed_to, assertion.voice) == (speaker, voice)
    assert str(next(iter(acts([assertion])))) == "Ghana supports Togo"


def test_an_office_is_told_once_a_document(extractor: Extractor) -> None:
    text = "Ghana's foreign minister, Abena Osei, thanked Togo.\nGhana's foreign minister, Abena Osei, thanked Mali."
    reading = one(extractor, text)
    assert [str(t) for t in structures(reading.assertions)] == ["Abena Osei represents Ghana"]
    assert [a.relation for a in reading.assertions].count("represents") == 1


def test_the_roll_up_follows_the_documents_day(extractor: Extractor) -> None:
    assert triples(extractor, "Imran Khan thanked China.", "2019-06-01") == ["Pakistan praises China"]
    assert triples(extractor, "Imran Khan thanked China.", "2024-06-01") == ["Imran Khan praises China"]


def test_who_is_not_sure_says_so(extractor: Extractor) -> None:
    (named,) = one(extractor, "Ghana thanked Togo.").assertions
    last = one(extractor, "Norway is far away. It thanked Togo.").assertions[-1]
    assert last.source.how == "anaphora"
    assert last.confidence < named.confidence


def test_the_seeds_say_who_backs_pakistan(readings: list[Reading]) -> None:
    found = {t for reading in readings if reading.document.publisher == "kg brief" for t in acts(reading.assertions)}
    assert parse("China supports Pakistan")[0] in found
    assert not {t for t in found if t.source == t.target}
