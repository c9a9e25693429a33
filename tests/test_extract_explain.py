"""The explainer: it reads what the extractor reads, and tells why, and why not."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.extract.explain import Explained, Explainer, Explanation
from kg.model import Document
from tests.golden_cases import load_cases


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return Explainer()


@pytest.fixture(scope="module")
def golden(explainer: Explainer) -> list[Explanation]:
    """All golden texts explained in one go."""
    return list(explainer.explain([case.document for case in load_cases()], []))


def explained(explainer: Explainer, text: str, date: str | None = "2019-05-01") -> Explained:
    """A text of one sentence explained."""
    (found,) = explainer.explain([Document(id="d", text=text, date=date)], [])
    (sentence,) = found.sentences
    return sentence


def test_it_reads_what_a_thorough_extractor_reads(golden: list[Explanation]) -> None:
    plain = Extractor(thorough=True).read([case.document for case in load_cases()], [])
    for reading, found in zip(plain, golden, strict=True):
        assert found.reading == reading
        assert [one.sentence for one in found.sentences] == list(reading.sentences)
        assert [m for one in found.sentences for m in one.mentions] == list(reading.mentions)
        assert [told.assertion for one in found.sentences for told in one.told] == list(reading.assertions)


def test_every_triple_of_a_trigger_has_its_trace(golden: list[Explanation]) -> None:
    for found in golden:
        for one in found.sentences:
            rules = {trace.trigger.rule for trace in one.traces if trace.read}
            for told in one.told:
                rule = told.assertion.rule
                if not rule.endswith(("/title", "/modal", "/said")):
                    assert any(rule == known or rule.endswith(f"/{known}") for known in rules), one.sentence.text


def test_every_trigger_that_gives_nothing_says_why(golden: list[Explanation]) -> None:
    silent = [trace for found in golden for one in found.sentences for trace in one.traces if not trace.read]
    assert len(silent) > 50
    assert all(trace.reason for trace in silent)
    assert all(not trace.reason for f in golden for one in f.sentences for trace in one.traces if trace.read)


def test_who_was_read_stood_at_a_place_that_was_looked_at(golden: list[Explanation]) -> None:
    for found in golden:
        for one in found.sentences:
            for trace in one.traces:
                if trace.read and trace.trigger.part == "verb" and trace.trigger.source != ("ties",):
                    assert any(looked.found for looked in trace.looked), one.sentence.text


def test_triples_and_gaps_never_speak_of_the_same_two(golden: list[Explanation]) -> None:
    for found in golden:
        for one in found.sentences:
            read = {frozenset((t.assertion.source.state.id, t.assertion.target.state.id)) for t in one.told}
            apart = [frozenset((gap.a.state.id, gap.b.state.id)) for gap in one.gaps]
            assert not read & set(apart), one.sentence.text
            assert len(set(apart)) == len(apart)
            assert all(gap.reason and all(gap.stands) for gap in one.gaps)


def test_spans_are_the_words_of_the_text(golden: list[Explanation]) -> None:
    for found in golden:
        text = found.reading.document.text
        for one in found.sentences:
            assert text[one.sentence.start : one.sentence.end] == one.sentence.text
            for trace in one.traces:
                assert text[trace.words.start : trace.words.end] == trace.words.text


def test_places_are_named_with_who_stood_there(explainer: Explainer) -> None:
    one = explained(explainer, "Kenya accused Somalia.")
    (trace,) = (t for t in one.traces if t.trigger.rule == "accuses/verb/accuse")
    assert trace.read == 1
    assert {(at.place, at.side): [m.actor.name for m in at.found] for at in trace.looked} == {
        ("subj", "source"): ["Kenya"],
        ("obj", "target"): ["Somalia"],
    }


def test_the_light_verb_of_a_noun_is_named(explainer: Explainer) -> None:
    one = explained(explainer, "Peru voiced support for Chile.")
    assert [t.carrier for t in one.traces if t.trigger.rule == "supports/noun/support" and t.read] == ["voiced"]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Norway did not support Iceland.", {"negated: not"}),
        ("Norway may support Iceland.", {"hypothetical: may"}),
        ("Norway supports Iceland.", set()),
        ("Norway supports Iceland, according to Denmark.", {"according to: Denmark"}),
    ],
)
def test_each_cue_is_named(explainer: Explainer, text: str, cues: set[str]) -> None:
    told = [t for t in explained(explainer, text).told if t.assertion.relation == "supports"]
    assert [set(t.cues) for t in told] == [cues]


def test_what_a_deed_is_besides_has_the_cues_of_the_deed(explainer: Explainer) -> None:
    one = explained(explainer, "Denmark claimed Norway had bombed Iceland.")
    cues = {told.assertion.relation: set(told.cues) for told in one.told}
    assert {"accuses", "attacks"} <= set(cues)
    assert cues["accuses"] == cues["attacks"]
    assert "alleged: claimed" in cues["attacks"]


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("Kenya supported the proposal near Somalia.", "supports/verb/support", "no actor at the target: "),
        ("Crimea attacked Ukraine.", "attacks/verb/attack", "Crimea is a territory: it is acted on and does not act"),
        ("Peru attacked Peruvian villages.", "attacks/verb/attack", "no actor but Peru itself at the target: "),
    ],
)
def test_why_a_trigger_gives_nothing(explainer: Explainer, text: str, rule: str, reason: str) -> None:
    reasons = [t.reason for t in explained(explainer, text).traces if t.trigger.rule == rule]
    assert len(reasons) == 1
    assert reasons[0].startswith(reason)


def test_words_of_a_longer_trigger_are_not_read_twice(explainer: Explainer) -> None:
    one = explained(explainer, "Ghana cut ties with Togo.")
    assert [told.assertion.relation for told in one.told] == ["sanctions"]
    covered = [trace for trace in one.traces if trace.covered]
    assert covered
    assert not any(trace.read or trace.looked for trace in covered)


def test_what_came_closest_is_the_trigger_with_one_of_the_two_at_its_places(explainer: Explainer) -> None:
    (gap,) = explained(explainer, "Kenya supported the proposal near Somalia.").gaps
    assert gap.closest is not None
    assert gap.closest.words.text == "supported"
    assert gap.stands == ("“Kenya” is nsubj of “supported”", "“Somalia” is pobj of “near”")


def test_two_actors_listed_have_nothing_that_came_close(explainer: Explainer) -> None:
    (gap,) = explained(explainer, "Wages in Romania are lower than in Hungary.").gaps
    assert gap.closest is None
    assert gap.reason == "no trigger in the sentence"
    told = explained(explainer, "Fiji condemned Tonga, and Samoa slept.").gaps
    assert {(g.a.actor.name, g.b.actor.name) for g in told} == {("Fiji", "Samoa"), ("Tonga", "Samoa")}
    assert all(g.closest is None for g in told)


def test_one_actor_or_none_has_no_gap(explainer: Explainer) -> None:
    for text in ("It rained all day.", "Kenya slept.", "President Macron of France slept."):
        assert explained(explainer, text).gaps == ()


def test_an_empty_text_has_no_sentence(explainer: Explainer) -> None:
    assert [one.sentences for one in explainer.explain([Document(id="d", text=" \n")], [])] == [()]
