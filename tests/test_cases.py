"""Every frame of the triggers has golden cases, as many that must not be told as facts of it as those that must."""

from __future__ import annotations

import pytest
from golden_cases import load_cases

from kg.extract.explain import Explainer
from kg.model import Document
from scripts import cases


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return Explainer()


def counted(explainer: Explainer, *texts: str) -> dict[str, cases.Frame]:
    """The frames by name, with the cases that the texts are; a text is its own id."""
    documents = [Document(id=text, text=text, date="2019-05-05") for text in texts]
    return {frame.name: frame for frame in cases.count(explainer.explain(documents, []))}


def frame_of(frames: dict[str, cases.Frame], rule: str) -> cases.Frame:
    return next(frame for frame in frames.values() if rule in frame.triggers)


def test_every_frame_has_cases_and_as_many_against_it_as_for_it(explainer: Explainer) -> None:
    golden = [case.document for case in load_cases() if case.xfail is None]
    wanting = [
        f"{frame.name} ({frame.relation}): {len(frame.facts)} for, {frame.negatives} against"
        for frame in cases.count(explainer.explain(golden, []))
        if frame.wanting
    ]
    assert wanting == [], "see `python -m scripts.cases`; add sentences to tests/golden/triples/near_*.toml"


def test_a_fact_counts_for_its_frame(explainer: Explainer) -> None:
    frame = frame_of(counted(explainer, "Chad attacked Libya."), "attacks/verb/attack")
    assert frame.facts == {"Chad attacked Libya."}
    assert frame.negatives == 0
    assert frame.used["attacks/verb/attack"] == 1


@pytest.mark.parametrize("text", ["Chad did not attack Libya.", "Chad might attack Libya."])
def test_what_is_no_fact_counts_against_it(explainer: Explainer, text: str) -> None:
    frame = frame_of(counted(explainer, text), "attacks/verb/attack")
    assert (frame.facts, frame.nonfacts, frame.nothing) == (set(), {text}, set())


def test_a_trigger_between_others_counts_against_it(explainer: Explainer) -> None:
    text = "A shark attacked a swimmer from Chad off Libya."
    frame = frame_of(counted(explainer, text), "attacks/verb/attack")
    assert (frame.facts, frame.nonfacts, frame.nothing) == (set(), set(), {text})


def test_one_actor_is_no_near_miss(explainer: Explainer) -> None:
    frame = frame_of(counted(explainer, "A shark attacked a swimmer off Libya."), "attacks/verb/attack")
    assert frame.negatives == 0


def test_a_word_of_a_longer_trigger_that_is_read_counts_for_nothing(explainer: Explainer) -> None:
    frames = counted(explainer, "Chad cut ties with Libya.")
    assert frame_of(frames, "sanctions/verb/cut {tie} with").facts
    assert not frame_of(frames, "cooperates_with/noun/tie").negatives


def test_another_fact_of_the_relation_is_no_near_miss(explainer: Explainer) -> None:
    frames = counted(explainer, "Chad shelled Libya after a shark attacked a swimmer from Mali.")
    assert not frame_of(frames, "attacks/noun/attack").negatives
    assert not frame_of(frames, "attacks/verb/attack").negatives


def test_what_a_frame_tells_as_a_plan_counts_for_it(explainer: Explainer) -> None:
    frame = frame_of(counted(explainer, "Chad pledged aid to Mali."), "aids/verb/pledge {aid}")
    assert frame.status == "planned"
    assert len(frame.facts) == 1
