"""The frames: what ships is whole, and what is wrong is named with its file, entry and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.datafiles import DATA, read_toml
from kg.errors import DataError
from kg.extract.frame_entry import Trigger
from kg.extract.lexicon import Lexicon, lexicon, load_lexicon
from kg.relations import ontology

RELATIONS = ontology()


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return lexicon()


def load(tmp_path: Path, text: str) -> Lexicon:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    return load_lexicon([path], RELATIONS)


def one(tmp_path: Path, text: str) -> Trigger:
    (trigger,) = load(tmp_path, text).triggers
    return trigger


def test_every_relation_has_triggers(shipped: Lexicon) -> None:
    assert set(RELATIONS.relations) - {trigger.frame.relation for trigger in shipped.triggers} == set()


def test_there_are_as_many_triggers_as_news_needs(shipped: Lexicon) -> None:
    assert len(shipped.triggers) >= 1500


def test_a_frame_stands_in_the_file_of_its_family(shipped: Lexicon) -> None:
    for path in sorted((DATA / "triggers").glob("*.toml")):
        frames = read_toml(path).get("frame", [])
        assert {RELATIONS[frame["relation"]].family for frame in frames} <= {path.stem}, path.name


def test_triggers_are_found_by_their_head_the_longest_first(shipped: Lexicon) -> None:
    found = shipped.get("verb", "throw")
    assert any(t.words == ("throw", "{weight}", "behind") for t in found)
    assert [len(t.words) for t in found] == sorted((len(t.words) for t in found), reverse=True)
    assert all(t.words[t.at] == "throw" for t in found)


def test_a_word_of_another_part_of_speech_is_no_trigger(shipped: Lexicon) -> None:
    assert shipped.get("noun", "denounce") == []
    assert shipped.get("verb", "weather") == []


def test_no_two_frames_of_a_relation_claim_the_same_trigger(shipped: Lexicon) -> None:
    seen = [(t.part, t.words, t.frame.relation) for t in shipped.triggers]
    assert len(seen) == len(set(seen))


def test_cameo_codes_are_codes(shipped: Lexicon) -> None:
    assert [t.rule for t in shipped.triggers if t.frame.cameo and not t.frame.cameo.isdigit()] == []


def test_the_head_of_a_trigger(tmp_path: Path) -> None:
    verb = one(tmp_path, '[[frame]]\nrelation = "supports"\nverbs = ["stand shoulder to shoulder with"]')
    assert verb.words[verb.at] == "stand"
    noun = one(tmp_path, '[[frame]]\nrelation = "supports"\nnouns = ["vote of confidence"]')
    assert noun.words[noun.at] == "vote"
    compound = one(tmp_path, '[[frame]]\nrelation = "aids"\nnouns = ["rescue package"]')
    assert compound.words[compound.at] == "package"


def test_places_have_defaults_for_each_part_of_speech(tmp_path: Path) -> None:
    verb = one(tmp_path, '[[frame]]\nrelation = "supports"\nverbs = ["cheer"]')
    assert (verb.source, verb.target) == (("subj",), ("obj",))
    role = one(tmp_path, '[[frame]]\nrelation = "supports"\nroles = ["cheerleader"]')
    assert role.source == ("is",)
    assert "poss" in role.target
    joined = one(tmp_path, '[[frame]]\nrelation = "supports"\njoined = ["cheered"]')
    assert (joined.source, joined.target) == (("mod",), ("head",))
    prefix = one(tmp_path, '[[frame]]\nrelation = "supports"\nprefix = ["pro"]')
    assert (prefix.source, prefix.target) == (("head",), ("mod",))


def test_places_of_the_frame_go_before_defaults(tmp_path: Path) -> None:
    found = one(
        tmp_path, '[[frame]]\nrelation = "arms"\nverbs = ["buy guns from"]\nsource = ["obj"]\ntarget = ["subj"]'
    )
    assert (found.source, found.target) == (("obj",), ("subj",))


def test_symmetric_relations_are_mutual(tmp_path: Path) -> None:
    assert one(tmp_path, '[[frame]]\nrelation = "fights"\nverbs = ["brawl with"]').mutual
    assert not one(tmp_path, '[[frame]]\nrelation = "attacks"\nverbs = ["maul"]').mutual


def test_the_rule_names_relation_part_and_words(tmp_path: Path) -> None:
    found = one(tmp_path, '[[frame]]\nrelation = "supports"\nverbs = ["cheer on"]')
    assert found.rule == "supports/verb/cheer on"


def test_a_trigger_may_have_a_finer_code_than_its_frame(tmp_path: Path) -> None:
    found = load(tmp_path, '[[frame]]\nrelation = "aids"\nverbs = ["feed", "help"]\n[frame.finer]\n073 = ["feed"]')
    assert {t.words[0]: t.frame.cameo for t in found.triggers} == {"feed": "073", "help": None}


def test_classes_of_several_files_add_up(tmp_path: Path) -> None:
    one_, two = tmp_path / "a.toml", tmp_path / "b.toml"
    one_.write_text('[[class]]\nid = "sweet"\nwords = ["cake"]\n', "utf-8")
    two.write_text(
        '[[class]]\nid = "sweet"\nwords = ["tart"]\n[[frame]]\nrelation = "aids"\nverbs = ["bake {sweet}"]', "utf-8"
    )
    assert load_lexicon([one_, two], RELATIONS).classes["sweet"] == {"cake", "tart"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[frame]]\nrelation = "adores"\nverbs = ["adore"]', "'adores' is no relation of relations.toml"),
        ('[[frame]]\nrelation = "supports"', "has no trigger; add verbs, nouns, adjectives"),
        (
            '[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\nsource = ["subject"]',
            "'subject' is no place; ",
        ),
        ('[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\ntarget = ["prep:"]', "'prep:' is no place"),
        ('[[frame]]\nrelation = "supports"\nverbs = ["give {hug}"]', r"no [[class]] has the id 'hug'"),
        (
            '[[frame]]\nrelation = "supports"\nverbs = ["cheer", "cheer"]',
            "verb 'cheer' stands twice for supports; remove one",
        ),
        ('[[frame]]\nrelation = "supports"\nverb = ["cheer"]', "unknown key `verb`"),
        ('[[frame]]\nverbs = ["cheer"]', "`relation` is missing"),
        ('[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\npolarity = "no"', "'no' is none of"),
        ('[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\nstatus = "maybe"', "'maybe' is none of"),
        ('[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\ntarget_kinds = ["planet"]', "'planet' is none of"),
        ('[[frame]]\nrelation = "supports"\nverbs = "cheer"', "must be a list"),
        ('[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\ncameo = "999"', "'999' is no code of cameo.toml"),
        (
            '[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\n[frame.finer]\n053 = ["clap"]',
            "`finer` names 'clap', which is no trigger of the frame",
        ),
        ('[[class]]\nid = "sweet"\nwords = ["slice of cake"]', "'slice of cake' cannot match; write a noun"),
        ('[frame]\nrelation = "supports"', "must be an array of tables"),
        ("[[frame", "not valid TOML"),
    ],
)
def test_a_slip_is_named_with_file_entry_and_fix(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=r"mine\.toml") as caught:
        load(tmp_path, text)
    assert message in str(caught.value)


def test_the_number_of_the_entry_is_told(tmp_path: Path) -> None:
    good = '[[frame]]\nrelation = "supports"\nverbs = ["cheer"]\n'
    with pytest.raises(DataError, match="number 2"):
        load(tmp_path, f'{good}[[frame]]\nrelation = "adores"\nverbs = ["adore"]')
