"""kg show, between, timeline, cite, blocs and balance as real processes, on a store made by hand."""

import csv
import io
import json
import re

import pytest

from kg.model import Original
from tests.builders import CN, IN, IR, PK, RU, US, XI, fact, person, reading
from tests.cli_runs import kg, store_of

JANE = person("person.jane-doe", "Jane Doe", sector=None)
ASKED = {
    "path": ("path", "China", "Iran"),
    "show": ("show", "Pakistan"),
    "between": ("between", "China", "Pakistan"),
    "timeline": ("timeline", "Pakistan"),
    "blocs": ("blocs",),
    "balance": ("balance",),
}
PAIRS = ("path", "between", "timeline")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    store_of(
        folder / "kg.db",
        reading(
            "d1",
            fact(XI, "supports", PK, source_state=CN),
            fact(CN, "allied_with", PK),
            fact(IN, "accuses", PK),
            fact(IN, "attacks", CN),
            fact(RU, "arms", PK, status="planned"),
            fact(US, "supports", PK, polarity="negated"),
            fact(IR, "aids", PK, status="alleged", attributed_to="Daily"),
            publisher="Daily",
            date="2021-05-02",
        ),
        reading("d2", fact(CN, "accuses", PK), fact(PK, "aids", IR), publisher="Evening Post", date="2019-10-09"),
        reading(
            "d3",
            fact(PK, "consults", CN),
            fact(JANE, "attacks", IN),
            publisher="kg brief",
            title="=HYPERLINK(“x”) <script>alert(1)</script> \\input{x} }",
            based_on=Original(publisher="Wire", title="{\\bf Original}"),
            date="2022-01-03",
        ),
    )
    return folder


def rows(shown):
    assert shown.returncode == 0, shown.stderr
    return [json.loads(line) for line in shown.stdout.splitlines()]


def quotes(value):
    """Every quote anywhere in a row."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "quotes" else quotes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes(inner)


@pytest.mark.parametrize("name", ASKED)
def test_every_row_carries_its_citation(name, folder):
    found = rows(kg(*ASKED[name], "--format", "jsonl", cwd=folder))
    told = [quote for row in found for quote in quotes(row)]
    assert told
    for quote in told:
        assert quote["quote"]
        assert quote["citation"] in ("Daily", "Evening Post", "kg brief (paraphrase of Wire)")
        assert kg("cite", quote["id"], cwd=folder).returncode == 0
    for delimiter, format in ((",", "csv"), ("\t", "tsv")):
        shown = kg(*ASKED[name], "--format", format, cwd=folder)
        lines = list(csv.DictReader(io.StringIO(shown.stdout), delimiter=delimiter))
        assert lines
        assert all(line["quotes"] and line["source"] and line["relation"] for line in lines)
    assert "paraphrase of Wire" in kg("between", "China", "Pakistan", "--format", "md", cwd=folder).stdout


@pytest.mark.parametrize("name", ASKED)
def test_nothing_that_is_no_fact_is_told_as_one(name, folder):
    shown = kg(*ASKED[name], cwd=folder).stdout
    facts = re.split(r"\n(?:Planned|Alleged|Hypothetical|Ended|Denied|Not facts)", shown)[0]
    for nobody in ("Russia", "United States"):
        assert nobody not in facts
    assert "aids      Pakistan" not in facts
    assert "Jane Doe" not in shown


@pytest.mark.parametrize("name", ["show", "between", "timeline", "path", "balance"])
def test_an_unknown_actor_is_answered_with_suggestions(name, folder):
    arguments = {"between": ("between", "Pakstan", "China"), "path": ("path", "Pakstan", "China")}
    shown = kg(*arguments.get(name, (name, "Pakstan")), cwd=folder)
    assert shown.returncode == 2
    assert "Did you mean Pakistan" in shown.stderr
    assert shown.stdout == ""


@pytest.mark.parametrize("name", PAIRS)
def test_the_same_actor_twice_is_no_pair(name, folder):
    shown = kg(name, "China", "Beijing", cwd=folder)
    assert shown.returncode == 2
    assert "same actor, China" in shown.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "Norway"),
        ("between", "Iran", "India"),
        ("timeline", "Norway"),
        ("timeline", "China", "--since", "2030"),
        ("path", "Norway", "China"),
        ("blocs", "--since", "2030"),
        ("balance", "Norway"),
        ("cite", "0123456789abcdef"),
    ],
)
@pytest.mark.parametrize("format", ["table", "json"])
def test_nothing_found_exits_1_and_says_what_was_covered(arguments, format, folder):
    shown = kg(*arguments, "--format", format, cwd=folder)
    assert shown.returncode == 1
    assert "3 documents by 3 outlets, 2019-10-09 to 2022-01-03" in " ".join(shown.stderr.split())
    if arguments[0] != "show":
        assert shown.stdout == ("" if format == "table" else "[]\n")


@pytest.mark.parametrize("name", [*ASKED, "cite"])
def test_without_a_store_nothing_can_be_asked(name, tmp_path):
    shown = kg(*ASKED.get(name, ("cite", "0")), cwd=tmp_path)
    assert shown.returncode == 3
    assert "kg build" in shown.stderr


@pytest.mark.parametrize("name", [*ASKED, "cite"])
def test_a_wrong_option_exits_2(name, folder):
    arguments = ASKED.get(name, ("cite", "0"))
    assert kg(*arguments, "--format", "pdf", cwd=folder).returncode == 2
    if name != "cite":
        assert kg(*arguments, "--since", "soon", cwd=folder).returncode == 2


def test_a_story_goes_turn_by_turn(folder):
    shown = kg("between", "China", "Pakistan", cwd=folder)
    assert shown.returncode == 0
    assert "opposing (2019-10-09), then backing (2021-05-02), then engaging (2022-01-03)" in " ".join(
        shown.stdout.split()
    )
    assert shown.stdout.index("1. 2019-10-09: opposing") < shown.stdout.index("2. 2021-05-02: backing (warmer)")
    assert shown.stdout.index("backing (warmer)") < shown.stdout.index("3. 2022-01-03: engaging (colder)")
    found = rows(kg("between", "Pakistan", "China", "--format", "jsonl", cwd=folder))
    assert [row["tone"] for row in found] == [["opposing"], ["backing"], ["engaging"]]
    (accused,) = found[0]["events"]
    assert (accused["source"], accused["relation"], accused["target"]) == ("cn", "accuses", "pk")


@pytest.mark.parametrize("name", PAIRS)
def test_who_stands_below_the_states_only_is_asked_about_as_named(name, folder):
    asked = ("Xi Jinping", "Pakistan")
    assert kg(name, *asked, cwd=folder).returncode == 0
    assert kg(name, *asked, "--level", "state", cwd=folder).returncode == 1


def test_a_profile_says_who_it_is_and_who_stands_where(folder):
    shown = kg("show", "Pakistan", cwd=folder)
    text = shown.stdout
    assert text.startswith("Pakistan (pk)\n")
    assert re.search(r"^mutual backing +China$", text, re.M)
    order = ["Backed by: strong backing", "Backs: strong backing", "Allied with: ties", "Opposed by", "Lately"]
    places = [text.index(f"\n{heading}\n") for heading in order]
    assert places == sorted(places)
    (row,) = rows(kg("show", "Pakistan", "--format", "jsonl", cwd=folder))
    assert row["mutual"] == ["cn"]
    assert {told["status"] for told in row["not_facts"]} == {"planned", "alleged", "negated"}
    assert {year["year"] for year in row["years"]} == {"2019", "2021", "2022"}


def test_offices_are_those_of_the_day(folder):
    then = " ".join(kg("show", "Pakistan", "--date", "2019-10-09", cwd=folder).stdout.split())
    assert "Imran Khan, Prime Minister" in then
    now = " ".join(kg("show", "Pakistan", cwd=folder).stdout.split())
    assert "on 2022-01-03" in now


def test_a_timeline_shows_other_kinds_on_request_and_apart(folder):
    assert "Planned" not in kg("timeline", "Pakistan", cwd=folder).stdout
    shown = kg("timeline", "Pakistan", "--include", "planned,negated", cwd=folder).stdout
    facts, _, rest = shown.partition("\nPlanned")
    assert "Russia" not in facts
    assert "Russia" in rest
    assert "United States" in rest.partition("\nDenied")[2]


def test_balance_and_blocs_tell_both_sides(folder):
    found = rows(kg("balance", "--format", "jsonl", cwd=folder))
    assert [(row["pattern"], row["names"]) for row in found] == [("both", ["China", "Pakistan"])]
    (bloc,) = rows(kg("blocs", "--format", "jsonl", cwd=folder))
    assert sorted(bloc["members"]) == ["cn", "pk"]
    assert [(link["source"], link["relation"]) for link in bloc["rifts"]] == [("cn", "accuses")]


def test_an_assertion_is_cited_in_full_by_the_beginning_of_its_id(folder):
    found = rows(kg("between", "China", "Pakistan", "--format", "jsonl", cwd=folder))
    id = next(quote["id"] for row in found for quote in quotes(row) if quote["paraphrase"])
    shown = kg("cite", id[:8], cwd=folder)
    assert shown.returncode == 0
    for said in (id, "Pakistan consults China", "“Pakistan consults China.”", "paraphrase of", "SHA-256", "d3:0-24"):
        assert said in shown.stdout
    assert "<script>" in shown.stdout  # a table is no page: what stands there is shown
    entry = kg("cite", id, "--format", "bibtex", cwd=folder).stdout
    assert entry.startswith(f"@misc{{kg-{id},\n")
    assert "\\input{x}" not in entry
    csl = kg("cite", id, "--format", "csl", cwd=folder).stdout
    assert "<" not in csl
    (item,) = json.loads(csl)
    assert item["original-publisher"] == "Wire"
    annotation = kg("cite", id, "--format", "annotation", cwd=folder).stdout
    assert "<" not in annotation
    place, quote = json.loads(annotation)["target"]["selector"]
    assert (place["start"], place["end"], quote["exact"]) == (0, 24, "Pakistan consults China.")
    assert "'=HYPERLINK" in kg("cite", id, "--format", "csv", cwd=folder).stdout


def test_many_are_cited_and_each_that_is_missing_is_named(folder):
    ids = [
        quote["id"]
        for row in rows(kg("timeline", "Pakistan", "--format", "jsonl", cwd=folder))
        for quote in quotes(row)
    ]
    shown = kg("cite", "-", "--format", "csl", cwd=folder, stdin="\n".join([*ids, ids[0]]))
    assert shown.returncode == 0
    assert [item["id"] for item in json.loads(shown.stdout)] == [f"kg-{id}" for id in ids]
    some = kg("cite", ids[0], "ffffffffffffffff", "--format", "jsonl", cwd=folder)
    assert some.returncode == 1
    assert len(some.stdout.splitlines()) == 1
    assert "ffffffffffffffff" in some.stderr


def test_an_id_that_means_several_or_none_is_refused(folder, tmp_path):
    store_of(tmp_path / "kg.db", *(reading(f"d{n}", fact(CN, "arms", PK)) for n in range(40)))
    shown = kg("cite", "", cwd=tmp_path)
    assert shown.returncode == 2
    several = [digit for digit in "0123456789abcdef" if kg("cite", digit, cwd=tmp_path).returncode == 2]
    assert several
    assert "Several assertions begin with" in kg("cite", several[0], cwd=tmp_path).stderr
    assert kg("cite", "no-id", cwd=tmp_path).returncode == 2


def test_people_without_office_are_shown_on_request_only(folder):
    assert "Jane Doe" not in kg("timeline", "India", cwd=folder).stdout
    assert "Jane Doe" in kg("timeline", "India", "--private-people", cwd=folder).stdout
    (row, *_) = [
        quote
        for row in rows(kg("timeline", "India", "--private-people", "--format", "jsonl", cwd=folder))
        for quote in quotes(row)
        if "Jane" in quote["quote"]
    ]
    refused = kg("cite", row["id"], cwd=folder)
    assert refused.returncode == 1
    assert "--private-people" in refused.stderr
    assert kg("cite", row["id"], "--private-people", cwd=folder).returncode == 0


HEAVY = {"spacy", "thinc", "pyvis", "rich", "kg.extract", "kg.export.html"}


@pytest.mark.parametrize("name", [*ASKED, "cite"])
def test_networkx_is_imported_where_it_is_needed_and_spacy_nowhere(name, folder):
    id = rows(kg("timeline", "Pakistan", "--format", "jsonl", cwd=folder))[0]["quotes"][0]["id"]
    shown = kg(*ASKED.get(name, ("cite", id)), cwd=folder, python=("-X", "importtime"))
    assert shown.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in shown.stderr.split("\n")}
    assert "kg.store" in loaded
    assert not loaded & HEAVY
    assert ("networkx" in loaded) == (name in ("path", "blocs"))
