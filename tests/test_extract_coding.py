"""Polarity and status decide the PLOVER type as the codebook says."""

from __future__ import annotations

import pytest

from kg.extract.coding import code
from kg.extract.frame_entry import FrameEntry
from kg.model import POLARITIES, STATUSES, Polarity, Status
from kg.relations import ontology

RELATIONS = ontology()


def plover(relation: str, polarity: Polarity = "affirmed", status: Status = "actual") -> str | None:
    return code(RELATIONS[relation], FrameEntry(relation=relation), polarity, status).plover


@pytest.mark.parametrize("relation", ["supports", "aids", "arms", "agrees_with", "cooperates_with", "consults"])
def test_a_cooperative_act_that_is_denied_is_a_refusal(relation: str) -> None:
    assert plover(relation, "negated") == "REJECT"
    assert plover(relation, "negated", "planned") == "REJECT"


@pytest.mark.parametrize("relation", ["supports", "aids", "arms", "cooperates_with", "consults"])
def test_a_cooperative_act_that_is_promised_is_an_agreement(relation: str) -> None:
    assert plover(relation, "affirmed", "planned") == "AGREE"


@pytest.mark.parametrize("relation", ["attacks", "sanctions", "coerces", "mobilizes_against", "fights", "protests"])
def test_a_hostile_act_that_is_announced_is_a_threat(relation: str) -> None:
    assert plover(relation, "affirmed", "planned") == "THREATEN"
    assert plover(relation, "affirmed", "actual") != "THREATEN"


@pytest.mark.parametrize("relation", ["attacks", "sanctions", "coerces", "criticizes"])
def test_a_hostile_act_that_is_denied_is_no_threat_and_no_refusal(relation: str) -> None:
    assert plover(relation, "negated", "planned") not in ("THREATEN", "REJECT", "AGREE")


def test_a_frame_may_be_finer_than_its_relation() -> None:
    found = code(RELATIONS["concedes_to"], FrameEntry(relation="concedes_to", cameo="0861"), "affirmed", "actual")
    assert (found.cameo, found.plover, found.weight) == ("0861", "RETREAT", 9.0)


@pytest.mark.parametrize(
    ("relation", "cameo", "polarity", "status", "expected"),
    [
        ("aids", "071", "affirmed", "planned", "0331"),
        ("aids", "071", "negated", "actual", "1221"),
        ("aids", "071", "affirmed", "alleged", "071"),
        ("mediates", None, "affirmed", "planned", "039"),
        ("sanctions", "163", "affirmed", "hypothetical", "1312"),
        ("sanctions", "162", "affirmed", "planned", "1311"),
        ("attacks", None, "affirmed", "planned", "1384"),
        ("attacks", None, "affirmed", "hypothetical", "190"),
        ("attacks", None, "negated", "actual", "190"),
        ("concedes_to", "0841", "negated", "planned", "1243"),
        ("criticizes", None, "affirmed", "planned", "111"),
    ],
)
def test_what_is_promised_or_refused_has_a_code_of_its_own(
    relation: str, cameo: str | None, polarity: Polarity, status: Status, expected: str
) -> None:
    assert code(RELATIONS[relation], FrameEntry(relation=relation, cameo=cameo), polarity, status).cameo == expected


@pytest.mark.parametrize("relation", [r.id for r in RELATIONS.relations.values() if r.family == "structure"])
def test_structure_has_no_codes(relation: str) -> None:
    for polarity in POLARITIES:
        for status in STATUSES:
            found = code(RELATIONS[relation], FrameEntry(relation=relation), polarity, status)
            assert (found.plover, found.cameo, found.weight) == (None, None, None)


@pytest.mark.parametrize("relation", [r.id for r in RELATIONS.relations.values() if r.family != "structure"])
def test_every_act_has_codes_within_the_scale(relation: str) -> None:
    for polarity in POLARITIES:
        for status in STATUSES:
            found = code(RELATIONS[relation], FrameEntry(relation=relation), polarity, status)
            assert found.plover
            assert found.cameo
            assert found.weight is not None
            assert -10 <= found.weight <= 10


@pytest.mark.parametrize(
    ("relation", "own", "deed", "expected"),
    [
        ("appeals_to", None, "073", "0233"),
        ("appeals_to", "100", "073", "1033"),
        ("appeals_to", "139", "073", "139"),
        ("appeals_to", None, "190", "020"),
        ("accuses", None, "190", "1123"),
        ("accuses", "115", "190", "115"),
        ("aids", None, "190", "070"),
    ],
)
def test_appeals_and_charges_have_the_code_of_the_deed_they_speak_of(
    relation: str, own: str | None, deed: str, expected: str
) -> None:
    frame = FrameEntry(relation=relation, cameo=own)
    assert code(RELATIONS[relation], frame, "affirmed", "actual", deed).cameo == expected
