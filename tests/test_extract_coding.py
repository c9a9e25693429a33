"""Polarity and status decide the PLOVER type as the codebook says."""

from __future__ import annotations

import pytest

from kg.extract.coding import code
from kg.extract.lexicon import FrameEntry
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
    frame = FrameEntry(relation="aids", cameo="0256", plover="REQUEST", weight=-1.5)
    found = code(RELATIONS["aids"], frame, "affirmed", "actual")
    assert (found.cameo, found.plover, found.weight) == ("0256", "REQUEST", -1.5)


def test_a_weight_of_nought_is_a_weight() -> None:
    assert code(RELATIONS["aids"], FrameEntry(relation="aids", weight=0.0), "affirmed", "actual").weight == 0.0


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
