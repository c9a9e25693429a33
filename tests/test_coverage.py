"""Every code of the codebook is said by a trigger, follows from one that is, or is left out with a reason."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.datafiles import DATA
from scripts import coverage

COVERED = coverage.coverage()


def test_no_code_is_forgotten() -> None:
    assert [one.code.id for one in COVERED if one.missing] == []


def test_no_code_is_left_out_and_said_all_the_same() -> None:
    assert [one.code.id for one in COVERED if one.contradicted] == []


def test_a_code_without_a_trigger_is_named() -> None:
    code = COVERED[0].code
    bare = type(code)(id="999", name="sings", weight=0.0)
    assert coverage.Covered(bare, (), ()).missing
    assert not coverage.Covered(bare, ("supports/verb/sing",), ()).missing
    assert not coverage.Covered(bare, (), ("071",)).missing


@pytest.mark.parametrize("relation", ["supports", "consults", "attacks", "sanctions", "coerces", "concedes_to"])
def test_the_relations_of_most_branches_are_told_apart(relation: str) -> None:
    codes = {one.code.id for one in COVERED if any(rule.startswith(f"{relation}/") for rule in one.triggers)}
    assert len(codes) >= 3


def test_the_script_prints_a_line_for_each_code_and_each_root() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "scripts.coverage"], capture_output=True, text=True, cwd=DATA.parents[1], check=True
    )
    assert len(run.stdout.splitlines()) == len(COVERED)
    roots = subprocess.run(
        [sys.executable, "-m", "scripts.coverage", "--roots"],
        capture_output=True,
        text=True,
        cwd=DATA.parents[1],
        check=True,
    )
    assert len(roots.stdout.splitlines()) == 21
