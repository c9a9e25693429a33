"""The codebook: what ships is whole, and what is wrong is named with its entry and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.codebook import Codebook, codebook, load_codebook
from kg.errors import DataError
from kg.relations import ontology

CODES = codebook()


def load(tmp_path: Path, *entries: str) -> Codebook:
    path = tmp_path / "codes.toml"
    path.write_text(f"code = [{', '.join(entries)}]\n", "utf-8")
    return load_codebook(path)


def test_all_twenty_roots_are_there() -> None:
    assert {code[:2] for code in CODES.codes} == {f"{root:02}" for root in range(1, 21)}


def test_codes_stand_in_order_below_their_root() -> None:
    assert list(CODES.codes) == sorted(CODES.codes)
    for code in CODES.codes:
        assert len(code) == 3 or code[:3] in CODES


@pytest.mark.parametrize("relation", [r for r in ontology().relations.values() if r.cameo], ids=lambda r: r.id)
def test_the_card_of_a_relation_says_what_the_codebook_says(relation) -> None:
    code = CODES[relation.cameo]
    assert (relation.plover, relation.weight) == (code.plover, code.weight)


def test_a_promise_is_an_agreement_or_a_threat_and_a_refusal_is_a_refusal() -> None:
    for code in CODES.codes.values():
        if code.planned:
            assert CODES[code.planned].plover == ("AGREE" if code.weight > 0 else "THREATEN"), code.id
        if code.asked:
            assert CODES[code.asked].plover == CODES[code.demanded or ""].plover == "REQUEST", code.id
        if code.accused:
            assert CODES[code.accused].plover == "ACCUSE", code.id
        if code.refused:
            assert CODES[code.refused].plover == "REJECT", code.id


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (['{ id = "07", name = "aids", weight = 7.0 }'], "'07': a CAMEO code has three or four digits"),
        (['{ id = "070", name = "aids", weight = 70 }'], "`weight` 70.0 is outside -10"),
        (['{ id = "070", name = "aids", weight = 7.0 }'] * 2, "'070': stands twice; remove one"),
        (['{ id = "070", name = "aids", weight = 7.0, planned = "033" }'], "`planned` names '033', which is no code"),
        (['{ id = "070", weight = 7.0 }'], "the key `name` is missing"),
        ([], "holds no code"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, entries: list[str], message: str) -> None:
    with pytest.raises(DataError, match=r"codes\.toml") as caught:
        load(tmp_path, *entries)
    assert message in str(caught.value)
