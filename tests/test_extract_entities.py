"""Entities read many at once: the same as spaCy's own recogniser finds, whatever stands beside them in the batch."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from golden_cases import load_cases

from kg.extract import Extractor
from kg.extract.entities import recognizer

ODD = [
    "Rain",
    "Paris",
    "Jane",
    "Jane Doe",
    "The General Assembly of the United Nations in New York",
    "He left. Jane Ann Mary Doe of the Bank of North Somewhere met Mr Smith on 3 May 2011 in the Old Town. She stayed.",
    "JANE DOE LEAVES NEW YORK",
    "a b c d e f g",
    "\u2029 \x1f",
    "Acme Corp., Jane's and the Red Cross; 40 percent of $3 million; Monday",
]


def parsed(extractor: Extractor, texts: list[str]):
    nlp = extractor.parser._nlp
    docs = [nlp.make_doc(text) for text in texts]
    for name in ("tok2vec", "tagger", "parser"):
        docs = list(nlp.get_pipe(name).pipe(docs, batch_size=64))
    return docs


@pytest.mark.parametrize("texts", [ODD, [case.document.text for case in load_cases()]], ids=["odd", "golden"])
def test_the_same_entities_as_spacy_finds(extractor: Extractor, texts: list[str]) -> None:
    component = extractor.parser._nlp.get_pipe("ner")
    docs = parsed(extractor, texts)
    found = recognizer(component, fast=True)(docs)
    assert found == recognizer(component, fast=False)(docs)
    assert any(label for labels in found for label in labels)


def test_what_stands_beside_a_text_changes_nothing(extractor: Extractor) -> None:
    read = recognizer(extractor.parser._nlp.get_pipe("ner"), fast=True)
    docs = parsed(extractor, ODD)
    assert [read([doc])[0] for doc in docs] == read(docs)
    assert read([]) == []


@pytest.mark.parametrize("changed", [{"beam_width": 4}, {"beam_width": None}])
def test_a_recogniser_of_another_build_is_left_to_spacy(extractor: Extractor, changed: dict[str, object]) -> None:
    component = extractor.parser._nlp.get_pipe("ner")
    other = SimpleNamespace(model=component.model, cfg={**component.cfg, **changed}, pipe=component.pipe)
    docs = parsed(extractor, ODD)
    assert recognizer(other, fast=True)(docs) == recognizer(component, fast=False)(docs)
