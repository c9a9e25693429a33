"""kg actors and --actors as real processes: showing, correcting, adding, taking back."""

import json

import pytest
from builders import CN, PK, US, XI, fact, person, reading

from tests.cli_runs import kg, store_of

DARR = person("person.ishaq-darr", "Ishaq Darr")
DAR = person("person.ishaq-dar", "Ishaq Dar")
MINE = """
[[actor]]
id = "my.brigade"
name = "Zorblat Brigade"
kind = "armed group"
names = ["ZB"]
rolls_up_to = "ir"

[[names]]
of = "pk"
names = ["Zorblatistan"]

[[office]]
of = "pk"
title = "Prime Minister"
role = "head_of_government"
source = "a list of my own"
verified = true
holders = [{ name = "Imran Khan", since = "2018-08-18", until = "2022-04-10" }]
"""


@pytest.fixture
def folder(tmp_path):
    store_of(
        tmp_path / "kg.db",
        reading("a", fact(DARR, "supports", CN, source_state=PK), date="2024-05-01"),
        reading("b", fact(DAR, "supports", CN, source_state=PK), fact(XI, "praises", PK, source_state=CN)),
        reading("c", fact(XI, "criticizes", US, source_state=CN)),
    )
    (tmp_path / "my.toml").write_text(MINE)
    return tmp_path


def rows(shown):
    return [json.loads(line) for line in shown.stdout.splitlines()]


def one(shown):
    (row,) = rows(shown)
    return row


def actors(*arguments, cwd, **options):
    return kg("actors", *arguments, "--format", "jsonl", cwd=cwd, **options)


def export(cwd):
    return kg("export", "--what", "assertions", "--level", "actor", cwd=cwd).stdout


@pytest.mark.parametrize("command", ["list", "show", "merge", "split", "add", "corrections", "undo", "restore"])
def test_every_command_below_has_help_with_examples_and_exit_codes(command, tmp_path):
    shown = kg("actors", command, "--help", cwd=tmp_path).stdout
    examples, _, exits = shown.partition("Examples:\n")[2].partition("Exit code:\n")
    assert examples.count("  kg ") >= 2
    assert exits.strip()


# -- showing


def test_a_person_is_shown_with_offices_their_source_and_whether_it_was_checked(tmp_path):
    row = one(actors("show", "Imran Khan", "--date", "2019-10", cwd=tmp_path))
    assert (row["id"], row["rolls_up_to"], row["kind"], row["mentions"]) == ("person.imran-khan", "pk", "person", None)
    (term,) = [t for t in row["terms"] if t["title"] == "Prime Minister"]
    assert (term["of"], term["since"], term["until"]) == ("pk", "2018-08-18", "2022-04-10")
    assert term["source"]
    assert term["verified"] in (True, False)
    assert one(actors("show", "Imran Khan", "--date", "2024", cwd=tmp_path))["rolls_up_to"] is None
    table = kg("actors", "show", "person.imran-khan", "--date", "2019", cwd=tmp_path).stdout
    assert "rolls up to Pakistan" in table
    assert "Prime Minister, Pakistan" in table


def test_a_state_is_shown_with_codes_holders_and_structure(folder):
    row = one(actors("show", "Pakistan", "--date", "2019-10", cwd=folder))
    assert (row["iso3"], row["qid"]) == ("PAK", "Q843")
    assert "Islamabad" in row["names"]
    assert "person.imran-khan" in {holder["person"] for holder in row["holders"]}
    links = {(link["what"], link["id"]) for link in row["links"]}
    assert ("claims", "territory.kashmir") in links
    assert any(what == "member of" for what, _ in links)
    assert (row["mentions"], row["documents"]) == (1, 1)
    kashmir = one(actors("show", "Kashmir", cwd=folder))
    assert {"pk", "in"} <= {link["id"] for link in kashmir["links"] if link["what"] == "claimed by"}


def test_who_is_only_in_the_store_is_shown_too(folder):
    row = one(actors("show", "Ishaq Darr", cwd=folder))
    assert (row["id"], row["mentions"], row["as_source"], row["terms"]) == (DARR.id, 1, 1, [])


def test_an_unknown_actor_is_told_with_suggestions(folder, tmp_path):
    for arguments in (("show", "Pakisten"), ("merge", "Pakisten", "China"), ("merge", "China", "Pakisten")):
        shown = kg("actors", *arguments, cwd=folder)
        assert shown.returncode == 2
        assert "Did you mean" in shown.stderr
        assert "Pakistan" in shown.stderr
    (tmp_path / "none").mkdir()
    assert kg("actors", "show", "Zzzyx Qqq", cwd=tmp_path / "none").returncode == 2
    assert kg("actors", "show", "China", "--store", "no.db", cwd=tmp_path / "none").returncode == 3


# -- merging and splitting


def test_a_merge_answers_by_either_name_and_can_be_taken_back(folder):
    before = export(folder)
    made = one(actors("merge", "Ishaq Darr", "Ishaq Dar", "--note", "a misspelling", cwd=folder))
    assert (made["number"], made["documents"], made["note"]) == (1, 1, "a misspelling")
    assert DARR.id not in export(folder)
    answer = one(kg("query", "does Ishaq Darr back China", "--level", "actor", "--format", "jsonl", cwd=folder))
    assert (answer["source"], answer["documents"]) == (DAR.id, 2)
    listed = one(actors("corrections", cwd=folder))
    assert listed["says"] == "person.ishaq-darr is Ishaq Dar (person.ishaq-dar)"
    assert one(actors("show", "Ishaq Darr", cwd=folder))["corrections"] == [{"number": 1, "what": listed["says"]}]
    again = kg("actors", "merge", "Ishaq Darr", "Ishaq Dar", cwd=folder)
    assert again.returncode == 2
    assert "same actor already" in again.stderr
    assert "taken back" in kg("actors", "undo", "1", cwd=folder).stdout
    assert export(folder) == before
    assert kg("actors", "corrections", cwd=folder).returncode == 1
    assert one(actors("corrections", "--all", cwd=folder))["undone"]
    for number in ("1", "7", "0", "x"):
        assert kg("actors", "undo", number, cwd=folder).returncode == 2


def test_a_merge_of_one_that_no_document_names_leads_on_all_the_same(folder):
    assert kg("actors", "merge", "Narendra Modi", "Ishaq Dar", cwd=folder).returncode == 0
    shown = kg("query", "does Narendra Modi back China", "--level", "actor", "--format", "jsonl", cwd=folder)
    assert one(shown)["source"] == DAR.id


def test_a_split_makes_somebody_new_in_one_document(folder):
    made = one(
        actors(
            *("split", XI.id, "--new", "Xi the Other", "--kind", "person", "--document", "c", "--of", "us"), cwd=folder
        )
    )
    assert made["what"]["target"]["id"] == "person.xi-the-other"
    assert made["documents"] == 1
    sources = {row["document"]: row["source"] for row in map(json.loads, export(folder).splitlines())}
    assert (sources["c"]["id"], sources["c"]["state_id"]) == ("person.xi-the-other", "us")
    assert sources["b"]["id"] in (DAR.id, XI.id)
    assert one(actors("show", "Xi the Other", cwd=folder))["mentions"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--document", "c"), "--to ACTOR or by --new"),
        (("--to", "China", "--new", "X", "--kind", "person", "--document", "c"), "--to ACTOR or by --new"),
        (("--to", "China"), "Say where"),
        (("--to", "China", "--kind", "person", "--document", "c"), "describe a --new actor"),
        (("--new", "X", "--document", "c"), "Say by --kind"),
        (("--to", "China", "--document", "nowhere"), "no document 'nowhere'"),
        (("--new", "X", "--kind", "person", "--id", "Not An Id", "--document", "c"), "is no id"),
        (("--new", "X", "--kind", "person", "--id", "pk", "--document", "c"), "mean it by --to"),
        (("--to", "Xi Jinping", "--document", "c"), "already"),
        (("--to", "Chiina", "--document", "c"), "Did you mean"),
    ],
)
def test_a_split_that_cannot_be_is_refused_and_nothing_kept(folder, arguments, words):
    shown = kg("actors", "split", XI.id, *arguments, cwd=folder)
    assert shown.returncode == 2
    assert words in shown.stderr
    assert kg("actors", "corrections", "--all", cwd=folder).returncode == 1


def test_corrections_go_out_with_the_store_and_into_another(folder):
    kg("actors", "merge", "Ishaq Darr", "Ishaq Dar", cwd=folder)
    kg("actors", "split", XI.id, "--to", "us", "--document", "c", "--text", "xi jinping", cwd=folder)
    kg("actors", "add", "--file", "my.toml", cwd=folder)
    kg("actors", "merge", "China", "India", cwd=folder)
    kg("actors", "undo", "4", cwd=folder)
    assert kg("export", "--what", "corrections", "-o", "mine.jsonl", cwd=folder).returncode == 0
    assert [json.loads(line)["kind"] for line in (folder / "mine.jsonl").open()] == ["merge", "split", "add"]
    other = folder / "other"
    other.mkdir()
    store_of(
        other / "kg.db",
        *(
            reading("a", fact(DARR, "supports", CN, source_state=PK), date="2024-05-01"),
            reading("b", fact(DAR, "supports", CN, source_state=PK), fact(XI, "praises", PK, source_state=CN)),
            reading("c", fact(XI, "criticizes", US, source_state=CN)),
        ),
    )
    shown = kg("actors", "restore", "-", stdin=(folder / "mine.jsonl").read_bytes(), cwd=other)
    assert shown.returncode == 0
    assert export(other) == export(folder)
    (folder / "mine.jsonl").open("a").write('{"kind": "merge"}\n')
    wrong = kg("actors", "restore", "mine.jsonl", cwd=folder)
    assert wrong.returncode == 2
    assert "mine.jsonl:4" in wrong.stderr
    assert len(rows(actors("corrections", cwd=folder))) == 3
    assert kg("export", "--what", "corrections", "--format", "gexf", cwd=folder).returncode == 2


# -- actors of one's own


def test_added_actors_are_found_read_and_taken_back(folder):
    made = kg("actors", "add", "--file", "my.toml", cwd=folder)
    assert made.returncode == 0, made.stderr
    assert one(actors("Zorblat", cwd=folder))["rolls_up_to"] == "Iran"
    assert one(actors("show", "Zorblatistan", cwd=folder))["id"] == "pk"
    term = next(t for t in one(actors("show", "Imran Khan", cwd=folder))["terms"] if t["title"] == "Prime Minister")
    assert (term["source"], term["verified"]) == ("a list of my own", True)
    (folder / "n.txt").write_text("China supports the Zorblat Brigade.\n")
    kg("build", "n.txt", cwd=folder)
    answer = one(kg("query", "who backs ZB", "--format", "jsonl", "--level", "actor", cwd=folder))
    assert (answer["source"], answer["target"]) == ("cn", "my.brigade")
    assert "(1 there already)" in kg("build", "n.txt", cwd=folder).stderr
    kg("actors", "undo", "1", cwd=folder)
    assert kg("actors", "Zorblat", cwd=folder).returncode == 1
    assert "(1 read again)" in kg("build", "n.txt", cwd=folder).stderr
    assert kg("query", "who backs Zorblatistan", cwd=folder).returncode == 2


def test_a_store_can_begin_with_actors_of_ones_own(tmp_path):
    (tmp_path / "my.toml").write_text(MINE)
    assert kg("actors", "add", "--file", "my.toml", cwd=tmp_path).returncode == 0
    assert one(actors("Zorblat", cwd=tmp_path))["id"] == "my.brigade"


ENTRY = '[[actor]]\nid = "my.x"\nname = "X-Men"\nkind = "organisation"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no entry"),
        ("[[actor]\n", "not valid TOML"),
        ('[[actors]]\nid = "x"\n', "no table `actors`"),
        ('[[actor]]\nid = "my.x"\nname = "X"\nkind = "club"\n', "'my.x' (number 1): `kind`: 'club' is none of"),
        ('[[actor]]\nid = "my.x"\nname = "X"\n', "the key `kind` is missing; add it"),
        (ENTRY + 'colour = "red"\n', "unknown key `colour`"),
        (ENTRY + 'rolls_up_to = "nowhere"\n', "[[actor]] 'my.x': no actor has the id 'nowhere'"),
        (ENTRY + 'since = "1.5.2020"\n', "is no date; write YYYY-MM-DD"),
        (ENTRY + ENTRY, "stands twice"),
        (ENTRY.replace("my.x", "My X"), "an id is made of a-z"),
        ('[[names]]\nof = "pk"\n', "gives no name"),
        ('[[names]]\nof = "nowhere"\nnames = ["N"]\n', "no actor has the id 'nowhere'"),
    ],
)
def test_a_wrong_entry_is_named_with_what_to_do_and_nothing_is_kept(tmp_path, text, words):
    (tmp_path / "my.toml").write_text(text)
    shown = kg("actors", "add", "--file", "my.toml", cwd=tmp_path)
    assert shown.returncode == 2
    assert words in shown.stderr
    assert "my.toml" in shown.stderr
    assert not (tmp_path / "kg.db").exists()
    if text:
        (tmp_path / "a.txt").write_text("China backs Pakistan.\n")
        for command in (("extract", "a.txt"), ("build", "a.txt")):
            assert words in kg(*command, "--actors", "my.toml", cwd=tmp_path).stderr
        assert not (tmp_path / "kg.db").exists()


def test_files_of_ones_own_are_read_by_every_command_that_looks_up_names(tmp_path):
    (tmp_path / "my.toml").write_text(MINE)
    (tmp_path / "n.txt").write_text("China supports the Zorblat Brigade.\n")
    own = ("--actors", "my.toml")
    ids = {row["id"] for row in rows(kg("mentions", "n.txt", "--format", "jsonl", *own, cwd=tmp_path))}
    assert ids == {"cn", "my.brigade"}
    (triple,) = rows(kg("extract", "n.txt", "--format", "jsonl", cwd=tmp_path, env={"KG_ACTORS": "my.toml"}))
    assert (triple["target"]["id"], triple["target"]["state_id"]) == ("my.brigade", "ir")
    kg("build", "n.txt", *own, cwd=tmp_path)
    assert "(1 there already)" in kg("build", "n.txt", *own, cwd=tmp_path).stderr
    assert "(1 read again)" in kg("build", "n.txt", cwd=tmp_path).stderr
    assert kg("query", "who backs Zorblatistan", *own, cwd=tmp_path).returncode == 1
    assert kg("query", "who backs Zorblatistan", cwd=tmp_path).returncode == 2
    assert kg("query", "who backs Zorblatistan", "--actors", "no.toml", cwd=tmp_path).returncode == 2


def test_the_file_in_the_configuration_folder_is_always_read(tmp_path):
    (tmp_path / "kg").mkdir()
    (tmp_path / "kg" / "actors.toml").write_text(MINE)
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert one(actors("Zorblat", cwd=tmp_path, env=env))["id"] == "my.brigade"
    assert kg("actors", "Zorblat", cwd=tmp_path, env={"XDG_CONFIG_HOME": str(tmp_path / "kg")}).returncode == 1


def test_an_entry_with_a_known_id_replaces_what_is_shipped(tmp_path):
    (tmp_path / "my.toml").write_text('[[actor]]\nid = "pk"\nname = "Pakland"\nkind = "state"\niso3 = "PAK"\n')
    row = one(actors("Pakland", "--actors", "my.toml", cwd=tmp_path))
    assert (row["name"], row["names"]) == ("Pakland", ["Pakland"])
    assert kg("actors", "show", "Islamabad", "--actors", "my.toml", cwd=tmp_path).returncode == 2
    assert (
        one(actors("show", "Imran Khan", "--date", "2019", "--actors", "my.toml", cwd=tmp_path))["rolls_up_to"] == "pk"
    )


def test_a_merge_holds_for_what_is_built_later_and_built_again(tmp_path):
    (tmp_path / "a.txt").write_text("China supports Hamas. India condemned Hezbollah.\n")
    kg("build", "a.txt", cwd=tmp_path)
    before = export(tmp_path)
    kg("actors", "merge", "Hamas", "Hezbollah", cwd=tmp_path)
    (tmp_path / "b.txt").write_text("Russia supports Hamas.\n")
    (tmp_path / "a.txt").write_text("China supports Hamas.\n")
    assert "(1 new, 1 read again)" in kg("build", "a.txt", "b.txt", cwd=tmp_path).stderr
    answers = rows(kg("query", "who backs Hamas", "--format", "jsonl", cwd=tmp_path))
    assert {(row["source"], row["target_name"]) for row in answers} == {("cn", "Hezbollah"), ("ru", "Hezbollah")}
    (tmp_path / "a.txt").write_text("China supports Hamas. India condemned Hezbollah.\n")
    kg("build", "a.txt", cwd=tmp_path)
    kg("actors", "undo", "1", cwd=tmp_path)
    assert [line for line in export(tmp_path).splitlines() if '"document": "a.txt"' in line] == before.splitlines()
