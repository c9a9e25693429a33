"""Readings as plain data and back: nothing is lost on the way, and nothing but plain data is on it."""

from __future__ import annotations

import dataclasses
import json

import pytest
from golden_cases import load_cases

from kg.extract import Extractor
from kg.model import Document, Original, Reading
from kg.parallel.packed import document_of, fields_of, packed, unpacked
from tests.builders import CN, PK, fact, reading


@pytest.fixture(scope="module")
def readings(extractor: Extractor) -> list[Reading]:
    return list(extractor.read([case.document for case in load_cases()[::5]], []))


def exact(value: object) -> object:
    """All that a value holds, what is left out of comparisons included."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(exact(getattr(value, f.name)) for f in dataclasses.fields(value))]
    return [exact(part) for part in value] if isinstance(value, tuple) else value


def test_back_and_forth_changes_nothing(readings: list[Reading]) -> None:
    assert sum(len(r.assertions) for r in readings) > 100
    for one in [*readings, reading("it", fact(CN, "supports", PK))]:
        assert exact(unpacked(packed(one), one.document)) == exact(one)


def test_it_survives_json(readings: list[Reading]) -> None:
    for one in readings:
        assert unpacked(json.loads(json.dumps(packed(one))), one.document) == one


@pytest.mark.parametrize("based_on", [None, Original(), Original(title="A", publisher="B", date="2019", url="u")])
def test_a_document_comes_back_with_its_citation(based_on: Original | None) -> None:
    document = Document(
        id="é\ud800", text="x", title="t", publisher="p", date="2019", url="u", kind="k", based_on=based_on
    )
    assert document_of(fields_of(document)) == document
    assert document_of(fields_of(document)).digest == document.digest
