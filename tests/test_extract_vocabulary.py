"""words.toml and cues.toml are checked on load, and say what the reader relies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.actors.catalogue import catalogue
from kg.datafiles import DATA
from kg.errors import DataError
from kg.extract.vocabulary import Vocabulary, load_vocabulary, vocabulary

WORDS, CUES, REGIONS = DATA / "words.toml", DATA / "cues.toml", DATA / "regions.toml"


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    return vocabulary()


def changed(tmp_path: Path, source: Path, old: str, new: str) -> Path:
    """A copy of a data file with its first `old` replaced."""
    text = source.read_text("utf-8")
    assert old in text
    copy = tmp_path / source.name
    copy.write_text(text.replace(old, new, 1), "utf-8")
    return copy


def extended(tmp_path: Path, source: Path, more: str) -> Path:
    copy = tmp_path / source.name
    copy.write_text(f"{source.read_text('utf-8')}\n{more}\n", "utf-8")
    return copy


@pytest.mark.parametrize(
    ("word", "sort"),
    [
        ("president", "person"),
        ("foreign minister", "person"),
        ("ministry", "body"),
        ("army", "body"),
        ("people", "people"),
        ("country", "country"),
        ("militia", "group"),
        ("bloc", "organisation"),
    ],
)
def test_nouns_that_stand_for_actors(shipped: Vocabulary, word: str, sort: str) -> None:
    noun = shipped.noun(word, sort)
    assert noun is not None
    assert noun.sort == sort


@pytest.mark.parametrize("word", ["table", "weather", "minister of silly walks", "President", ""])
def test_other_words_stand_for_nobody(shipped: Vocabulary, word: str) -> None:
    assert shipped.noun(word) is None


def test_a_noun_of_another_sort_is_not_meant(shipped: Vocabulary) -> None:
    assert shipped.noun("president", "country") is None


@pytest.mark.parametrize(
    ("verb", "effect"),
    [
        ("pledge", "planned"),
        ("agree", "planned"),
        ("hope", "hypothetical"),
        ("urge", "hypothetical"),
        ("accuse", "alleged"),
        ("cease", "ended"),
        ("refuse", "negated"),
        ("deny", "negated"),
        ("fail", "negated"),
    ],
)
def test_verbs_that_govern_a_clause(shipped: Vocabulary, verb: str, effect: str) -> None:
    assert effect in shipped.clause_cue(verb)


@pytest.mark.parametrize("verb", ["begin", "continue", "sign", "send", "confirm"])
def test_verbs_that_leave_a_fact_a_fact(shipped: Vocabulary, verb: str) -> None:
    assert shipped.clause_cue(verb) == []


def test_what_governs_a_clause_need_not_govern_a_noun(shipped: Vocabulary) -> None:
    assert shipped.cue("verb", "agree") == []  # "agreed the plan" is no plan to do so
    assert shipped.cue("clause_verb", "agree") == ["planned"]


@pytest.mark.parametrize(
    ("modal", "effect"),
    [
        ("will", "planned"),
        ("shall", "planned"),
        ("would", "hypothetical"),
        ("may", "hypothetical"),
        ("should", "hypothetical"),
    ],
)
def test_modals(shipped: Vocabulary, modal: str, effect: str) -> None:
    assert shipped.modals[modal] == effect


def test_doubt_stands_in_claims_but_not_in_saying(shipped: Vocabulary) -> None:
    assert "claim" in shipped.claims
    assert "say" in shipped.says
    assert "say" not in shipped.claims


def test_every_word_is_in_the_form_in_which_it_is_looked_up(shipped: Vocabulary) -> None:
    wrong = [word for _, word in shipped.cues if word != word.strip() or (word != word.lower())]
    assert wrong == []
    assert all(word == word.strip() and word for word in shipped.nouns)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[noun]]\nsort = "planet"\nwords = ["mars"]', "'planet' is none of"),
        ('[[noun]]\nsort = "person"\nwords = ["seer"]\ncolour = "red"', "unknown key `colour`"),
        ('[[noun]]\nsort = "person"', "`words` is missing"),
        ('[[noun]]\nsort = "person"\nwords = "seer"', "must be a list"),
        ('[[noun]]\nsort = "person"\nwords = ["president"]', "'president' stands twice as person; remove one"),
        ('[[noun]]\nsort = "person"\nwords = ["seer"]\nsector = "weather"', "'weather' is none of"),
    ],
)
def test_a_wrong_noun_is_named_with_its_file(tmp_path: Path, more: str, message: str) -> None:
    path = extended(tmp_path, WORDS, more)
    with pytest.raises(DataError, match=r"words\.toml") as caught:
        load_vocabulary(path, CUES, REGIONS)
    assert message in str(caught.value)
    assert "noun" in str(caught.value)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[cue]]\neffect = "maybe"\nverbs = ["guess"]', "'maybe' is none of"),
        ('[[cue]]\nverbs = ["guess"]', "`effect` is missing"),
        ('[[cue]]\neffect = "negated"\nparticles = ["no"]', "unknown key `particles`"),
    ],
)
def test_a_wrong_cue_is_named_with_its_file(tmp_path: Path, more: str, message: str) -> None:
    path = extended(tmp_path, CUES, more)
    with pytest.raises(DataError, match=r"cues\.toml") as caught:
        load_vocabulary(WORDS, path, REGIONS)
    assert message in str(caught.value)
    assert "cue" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "table"), [(WORDS, "title"), (WORDS, "plural"), (CUES, "says"), (CUES, "light"), (CUES, "modals")]
)
def test_a_missing_table_is_named(tmp_path: Path, source: Path, table: str) -> None:
    path = changed(tmp_path, source, f"[{table}]", f"[{table}_]")
    words, cues = (path, CUES) if source == WORDS else (WORDS, path)
    with pytest.raises(DataError, match=rf"{source.name}: \[{table}\]"):
        load_vocabulary(words, cues, REGIONS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.toml"):
        load_vocabulary(tmp_path / "none.toml", CUES, REGIONS)


@pytest.mark.parametrize(
    ("phrase", "state", "other"),
    [
        ("the island nation", "fj", "au"),
        ("the tiny Himalayan kingdom", "bt", "in"),
        ("the South Asian country", "pk", "vn"),
        ("the two Gulf states", "qa", "iq"),
        ("the former Soviet republic", "am", "mn"),
        ("the Horn of Africa nation", "so", "ke"),
    ],
)
def test_a_phrase_tells_which_states_it_can_mean(shipped: Vocabulary, phrase: str, state: str, other: str) -> None:
    states = shipped.described(phrase)
    assert states is not None
    assert state in states
    assert other not in states


@pytest.mark.parametrize("phrase", ["the country", "the two nations", "the government", "the islanders", ""])
def test_a_phrase_without_such_a_word_may_mean_any_state(shipped: Vocabulary, phrase: str) -> None:
    assert shipped.described(phrase) is None


def test_regions_name_states_of_the_catalogue_only(shipped: Vocabulary) -> None:
    known = set(catalogue().ids())
    assert {state for states in shipped.regions.values() for state in states} - known == set()


def test_a_word_of_two_regions_is_named(tmp_path: Path) -> None:
    path = extended(tmp_path, REGIONS, '[[region]]\nwords = ["baltic"]\nstates = ["se"]')
    with pytest.raises(DataError, match=r"regions\.toml: \[\[region\]\] 'baltic' must stand once"):
        load_vocabulary(WORDS, CUES, path)
