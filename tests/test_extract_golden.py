"""The golden sentences: exactly the triples that a careful reader would sign, and none of those he would not."""

from __future__ import annotations

from collections import Counter

import pytest
from golden_cases import Case, Triple, acts, load_cases, parse, structures, triple

from kg.errors import Problem
from kg.extract import Extractor
from kg.model import Reading

CASES = load_cases()
PARAMETERS = [
    pytest.param(case, id=case.id, marks=pytest.mark.xfail(reason=case.xfail, strict=True) if case.xfail else ())
    for case in CASES
]


@pytest.fixture(scope="session")
def readings(extractor: Extractor) -> dict[str, Reading]:
    """All golden texts read in one go."""
    problems: list[Problem] = []
    read = {reading.document.id: reading for reading in extractor.read([case.document for case in CASES], problems)}
    assert problems == []
    return read


@pytest.mark.parametrize("case", PARAMETERS)
def test_triples(case: Case, readings: dict[str, Reading]) -> None:
    assertions = readings[case.id].assertions
    assert sorted(map(str, acts(assertions))) == sorted(map(str, case.triples)), case.document.text
    if case.structure is not None or not case.triples:
        assert sorted(map(str, structures(assertions))) == sorted(map(str, case.structure or ())), case.document.text
    for said, speaker in case.speakers.items():
        speakers = {
            a.attributed_to
            for a in assertions
            if triple(a.source.state.name, a.relation, a.target.state.name, a.polarity, a.status) == said
        }
        assert speakers == {speaker}, f"{said} in: {case.document.text}"


def test_there_are_enough_cases_of_both_kinds() -> None:
    nothing = [case for case in CASES if not case.triples and not case.structure]
    assert len(nothing) >= 80
    assert len(CASES) - len(nothing) >= 200


def test_every_family_and_status_is_covered() -> None:
    found = [said for case in CASES for said in (*case.triples, *(case.structure or ()))]
    assert {said.status for said in found} == {"actual", "planned", "alleged", "hypothetical", "ended"}
    assert {said.polarity for said in found} == {"affirmed", "negated"}
    assert len({said.relation for said in found}) >= 25


def test_no_text_stands_twice() -> None:
    texts = Counter((case.document.text, case.document.date) for case in CASES)
    assert [text for text, count in texts.items() if count > 1] == []


def test_the_notation() -> None:
    assert parse("A supports B") == (Triple("A", "supports", "B"), None)
    assert parse("New A fights B | negated | by: C") == (Triple("B", "fights", "New A", "negated"), "C")
    with pytest.raises(ValueError, match="must be SOURCE relation TARGET"):
        parse("A loves B")
    with pytest.raises(ValueError, match="'maybe' is no polarity"):
        parse("A arms B | maybe")
