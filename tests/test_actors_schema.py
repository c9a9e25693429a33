"""What an entry may hold: the dataclasses are the schema, and an error names file, entry and fix."""

import pytest

from kg.actors.schema import ActorEntry, Membership, OfficeEntry, PhraseEntry, slug
from kg.datafiles import build, read_table, read_toml
from kg.errors import DataError

OFFICE = {"of": "gh", "title": "President", "role": "head_of_state", "source": "a list", "verified": False}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Lech Wałęsa", "lech-walesa"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("Kim Jong-un", "kim-jong-un"),
        ("  José  ", "jose"),
        ("中国", ""),
        ("", ""),
    ],
)
def test_a_slug_is_readable_ascii(name, plain):
    assert slug(name) == plain


@pytest.mark.parametrize(
    ("name", "plain"), [("Jens Bjørn", "jens-bjorn"), ("Diyarbakır", "diyarbakir"), ("Voß", "voss")]
)
def test_letters_that_are_no_accents_are_written_out(name, plain):
    assert slug(name) == plain


def test_an_actor_needs_only_id_name_and_kind():
    entry = build(ActorEntry, {"id": "gh", "name": "Ghana", "kind": "state"}, "here")
    assert entry == ActorEntry(id="gh", name="Ghana", kind="state")
    assert (entry.names, entry.members, entry.sector, entry.rolls_up_to) == ((), (), None, None)


def test_nested_tables_become_their_own_objects():
    raw = {"id": "b", "name": "B", "kind": "bloc", "dated_members": [{"id": "gh", "since": "1999"}]}
    assert build(ActorEntry, raw, "here").dated_members == (Membership(id="gh", since="1999"),)
    office = build(OfficeEntry, OFFICE | {"holders": [{"name": "Jane Doe", "since": "2001-01"}]}, "here")
    assert office.holders[0].name == "Jane Doe"
    assert (office.sector, office.holders[0].until, office.holders[0].verified) == ("government", None, None)


@pytest.mark.parametrize(
    ("cls", "raw", "words"),
    [
        (ActorEntry, {"id": "gh", "name": "Ghana"}, ("`kind`", "missing")),
        (ActorEntry, {"id": "gh", "kind": "state"}, ("`name`", "missing")),
        (ActorEntry, {"id": "gh", "name": "Ghana", "kind": "planet"}, ("'planet'", "'state'")),
        (ActorEntry, {"id": "gh", "name": "Ghana", "kind": "state", "sector": "army"}, ("'army'", "'military'")),
        (ActorEntry, {"id": "gh", "name": "Ghana", "kind": "state", "names": "Gold Coast"}, ("list", "[ ]")),
        (ActorEntry, {"id": "gh", "name": "Ghana", "kind": "state", "names": [7]}, ("str", "7")),
        (ActorEntry, {"id": "gh", "name": " ", "kind": "state"}, ("`name`", "empty")),
        (ActorEntry, {"id": "gh", "name": "Ghana", "kind": "state", "nmes": []}, ("`nmes`", "names")),
        (ActorEntry, {"id": "gh", "name": True, "kind": "state"}, ("`name`", "str")),
        (
            ActorEntry,
            {"id": "b", "name": "B", "kind": "bloc", "dated_members": [{"since": "1999"}]},
            ("`id`", "missing"),
        ),
        (OfficeEntry, OFFICE | {"role": "king"}, ("'king'", "'head_of_state'")),
        (OfficeEntry, OFFICE | {"verified": "yes"}, ("`verified`", "bool")),
        (OfficeEntry, {k: v for k, v in OFFICE.items() if k != "source"}, ("`source`", "missing")),
        (OfficeEntry, {k: v for k, v in OFFICE.items() if k != "verified"}, ("`verified`", "missing")),
        (OfficeEntry, OFFICE | {"holders": [{"name": "Jane Doe"}]}, ("`since`", "missing")),
        (PhraseEntry, {"texts": ["South China Sea"]}, ("`why`", "missing")),
        (PhraseEntry, "South China Sea", ("table",)),
    ],
)
def test_an_entry_against_the_schema_is_told_with_its_place_and_the_fix(cls, raw, words):
    with pytest.raises(DataError) as error:
        build(cls, raw, "my.toml: [[entry]] 3")
    assert str(error.value).startswith("my.toml: [[entry]] 3")
    assert all(word in str(error.value) for word in words)


def test_a_wrong_entry_of_a_file_is_told_with_file_entry_and_number(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text('[[actor]]\nid = "gh"\nname = "Ghana"\nkind = "state"\n\n[[actor]]\nid = "tg"\nname = "Togo"\n')
    with pytest.raises(DataError, match=r"my\.toml: \[\[actor\]\] 'tg' \(number 2\): the key `kind` is missing"):
        read_table(path, "actor", ActorEntry)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"[[actor]\n", "not valid TOML"), (b"\xff\xfe", "not UTF-8"), (b'actor = "Ghana"\n', r"array of tables")],
)
def test_a_broken_file_is_told_by_name(tmp_path, content, words):
    path = tmp_path / "my.toml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=rf"my\.toml: .*{words}"):
        read_table(path, "actor", ActorEntry)


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(DataError, match=r"none\.toml: no such"):
        read_toml(tmp_path / "none.toml")
