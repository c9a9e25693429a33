"""How sure an assertion is: the weights that ship, and files that break the schema."""

from __future__ import annotations

import dataclasses

import pytest

from kg.datafiles import DATA
from kg.errors import DataError
from kg.extract.confidence import load_doubts, sure
from kg.model import Actor, Mention

GHANA = Mention(start=0, end=5, text="Ghana", actor=Actor("gh", "Ghana", "state"), state=Actor("gh", "Ghana", "state"))
TOGO = dataclasses.replace(GHANA, text="Togo", actor=Actor("tg", "Togo", "state"), state=Actor("tg", "Togo", "state"))
PLAIN = sure((GHANA, TOGO), "verb", 12)


def test_what_is_said_plainly_is_right_nine_times_in_ten() -> None:
    assert 0.9 <= PLAIN < 1


@pytest.mark.parametrize(
    "doubted",
    [
        sure((dataclasses.replace(GHANA, how="anaphora", confidence=0.75), TOGO), "verb", 12),
        sure((dataclasses.replace(GHANA, confidence=0.6), TOGO), "verb", 12),
        sure((GHANA, dataclasses.replace(TOGO, confidence=0.7)), "verb", 12),
        sure((GHANA, TOGO), "noun", 12),
        sure((GHANA, TOGO), "role", 12),
        sure((GHANA, TOGO), "told", 12),
        sure((GHANA, TOGO), "verb", 60),
        sure((GHANA, TOGO), "verb", 12, "negated"),
        sure((GHANA, TOGO), "verb", 12, status="hypothetical"),
        sure((GHANA, TOGO), "verb", 12, status="alleged"),
        sure((GHANA, TOGO), "verb", 12, loose=True),
    ],
)
def test_a_doubt_makes_less_sure(doubted: float) -> None:
    assert 0.5 < doubted < PLAIN


def test_doubts_add_up() -> None:
    one, two = sure((GHANA, TOGO), "noun", 12), sure((GHANA, TOGO), "noun", 12, status="hypothetical")
    assert two < one < PLAIN


def test_no_weight_that_ships_makes_surer() -> None:
    doubts = load_doubts(DATA / "confidence.toml")
    assert all(getattr(doubts, f.name) <= 0 for f in dataclasses.fields(doubts) if f.name != "start")


@pytest.mark.parametrize(
    ("line", "words"),
    [("noun = 0.5", "above zero"), ("noun = 'high'", "noun"), ("nuon = -0.5", "unknown key `nuon`"), ("", "missing")],
)
def test_a_file_against_the_schema_is_told(line: str, words: str, tmp_path) -> None:
    text = (DATA / "confidence.toml").read_text(encoding="utf-8")
    lines = [line if one.startswith("noun") else one for one in text.splitlines()]
    path = tmp_path / "confidence.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=words):
        load_doubts(path)
