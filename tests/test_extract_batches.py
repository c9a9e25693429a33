"""Documents read together: long ones in parts with all they teach carried on, broken ones told and left out."""

from __future__ import annotations

import pytest
from golden_cases import load_cases

from kg.errors import Problem
from kg.extract import Extractor
from kg.extract import pipeline as pipeline_module
from kg.extract import reader as reader_module
from kg.model import Document, Reading

OPENING = "Ghana's foreign minister, Abena Osei, met Togo's president on Monday.\n"
FILLING = "Rain fell all day and nobody in the market sold anything at all.\n"
ENDING = "The minister thanked Togo. The two countries signed an agreement, and Osei praised Mali.\n"


def read(extractor: Extractor, *documents: Document) -> list[Reading]:
    problems: list[Problem] = []
    readings = list(extractor.read(documents, problems))
    assert problems == []
    return readings


def said(reading: Reading, shift: int = 0) -> list[tuple[object, ...]]:
    """What was read, wherever it stands, but for what `shift` says."""
    return [
        (a.source.actor, a.relation, a.target.actor, a.status, a.confidence, a.source.start - shift, a.sentence.text)
        for a in reading.assertions
    ]


def test_a_text_longer_than_spacy_takes_is_read_to_its_end_with_its_offsets(extractor: Extractor) -> None:
    gap = "\n" * 1_000_001
    short = Document(id="it", text=OPENING + ENDING, date="2015-06-01")
    long = Document(id="it", text=OPENING + gap + ENDING, date="2015-06-01")
    (whole,), (parted,) = read(extractor, short), read(extractor, long)
    for a in parted.assertions:
        for span in (a.sentence, a.source, a.target):
            assert long.text[span.start : span.end] == span.text
    assert len(said(parted)) >= 3
    assert [row[:5] for row in said(parted)] == [row[:5] for row in said(whole)]
    assert said(parted)[-1] == said(whole, -len(gap))[-1]


@pytest.mark.parametrize("blocks", [1, 3])
def test_what_a_document_teaches_is_known_in_all_its_parts(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, blocks: int
) -> None:
    document = Document(id="it", text=OPENING + FILLING * 3 + ENDING, date="2015-06-01")
    (together,) = read(extractor, document)
    monkeypatch.setattr(reader_module, "LONG", 10)
    monkeypatch.setattr(pipeline_module, "BATCH", blocks)
    assert read(extractor, document) == [together]
    assert any(a.source.text == "The minister" for a in together.assertions)


def test_long_and_short_documents_come_in_the_order_given(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [case.document for case in load_cases()[:30]]
    expected = read(extractor, *documents)
    monkeypatch.setattr(reader_module, "LONG", 60)
    assert read(extractor, *documents) == expected


@pytest.mark.parametrize("size", [1, 5, 64])
def test_what_is_read_beside_a_document_changes_nothing(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    documents = [case.document for case in load_cases()[::9]]
    expected = read(extractor, *documents)
    monkeypatch.setattr(reader_module, "BATCH", size)
    assert read(extractor, *documents[::-1]) == expected[::-1]


def test_a_document_on_which_the_model_fails_is_told_and_costs_no_other(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [Document(id=f"d{n}", text=f"Ghana thanked Togo.{' Poison.' * (n == 2)}") for n in range(5)]
    cut = extractor.parser._cut

    def broken(text: str, *rest: object) -> object:
        if "Poison" in text:
            raise ValueError("no tree")
        return cut(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(extractor.parser, "_cut", broken)
    problems: list[Problem] = []
    assert [r.document.id for r in extractor.read(documents, problems)] == ["d0", "d1", "d3", "d4"]
    assert problems == [Problem("d2", "could not be read (ValueError: no tree); left out.")]


def test_equal_ids_in_a_batch_mix_nothing_up(extractor: Extractor) -> None:
    one, two = Document(id="it", text="Ghana thanked Togo."), Document(id="it", text="Mali is dry. Chad attacked Mali.")
    assert [r.document for r in read(extractor, one, two)] == [one, two]
    assert [len(r.sentences) for r in read(extractor, one, two)] == [1, 2]
