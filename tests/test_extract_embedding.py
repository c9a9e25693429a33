"""The memory of embedded words: the vectors of the layer itself, each word embedded once, never more than fit."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract import Extractor
from kg.extract import embedding as module

TEXTS = ["Ghana thanked Togo.", "ghana thanked Togo for its help.", "", "Rain fell ; rain fell."]


@pytest.fixture
def memory(extractor: Extractor) -> module._Memory:
    """A memory of its own before the layer that the extractor's model embeds words with."""
    (layer,) = [
        node.layers[0]
        for node in extractor.parser._nlp.get_pipe("tok2vec").model.walk()
        if node.name == "remembered_words"
    ]
    return module._Memory(layer)


def docs(extractor: Extractor, texts: list[str]):
    return [extractor.parser._nlp.make_doc(text) for text in texts]


def test_the_vectors_are_those_of_the_layer(extractor: Extractor, memory: module._Memory) -> None:
    expected = docs(extractor, TEXTS)
    vectors = expected
    for layer in extractor.parser._nlp.get_pipe("tok2vec").model.walk():
        if layer.name == "remembered_words":
            vectors = layer.layers[0].predict(expected)
            break
    for _ in range(2):
        found, _ = memory.forward(None, expected, False)
        assert [len(part) for part in found] == [len(doc) for doc in expected]
        for ours, theirs in zip(found, vectors, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


def test_a_word_is_embedded_once(extractor: Extractor, memory: module._Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    keep = memory._keep
    monkeypatch.setattr(memory, "_keep", lambda begin, vectors: (kept.append(len(vectors)), keep(begin, vectors)))
    memory.forward(None, docs(extractor, TEXTS), False)
    memory.forward(None, docs(extractor, TEXTS), False)
    memory.forward(None, docs(extractor, [*TEXTS, "Kenya thanked Togo."]), False)
    assert len(kept) == 2
    assert kept[1] == 1


def test_the_memory_is_bounded_and_begins_anew_when_full(
    extractor: Extractor, memory: module._Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WORDS", 12)
    first, _ = memory.forward(None, docs(extractor, ["Ghana thanked Togo."]), False)
    for n in range(20):
        memory.forward(None, docs(extractor, [f"word{n} other{n} third{n}"]), False)
        assert len(memory.rows) <= 12
    again, _ = memory.forward(None, docs(extractor, ["Ghana thanked Togo."]), False)
    np.testing.assert_allclose(first[0], again[0], rtol=1e-5, atol=1e-6)


def test_nothing_to_read_gives_nothing(memory: module._Memory) -> None:
    assert memory.forward(None, [], False)[0] == [] or len(memory.forward(None, [], False)[0][0]) == 0
