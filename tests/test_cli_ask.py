"""kg query, path, map, export, stats, relations and actors as real processes, on a store made by hand."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from kg.model import Original
from kg.relations import ontology
from tests.builders import CN, IN, IR, PK, RU, US, XI, fact, reading
from tests.cli_runs import kg, store_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    store_of(
        folder / "kg.db",
        reading(
            "d1",
            fact(XI, "supports", PK, source_state=CN),
            fact(CN, "allied_with", PK),
            fact(CN, "praises", PK),
            fact(RU, "arms", PK, status="planned"),
            fact(US, "supports", PK, polarity="negated"),
            fact(IR, "aids", PK, status="alleged", attributed_to="Daily"),
            publisher="Daily",
            date="2021-05-02",
        ),
        reading("d2", fact(CN, "supports", PK), fact(PK, "supports", RU), publisher="Evening Post", date="2019-10-09"),
        reading("d3", fact(IN, "arms", PK, confidence=0.2), publisher="kg brief", based_on=Original(publisher="Wire")),
    )
    return folder


def rows(shown):
    assert shown.returncode == 0, shown.stderr
    return [json.loads(line) for line in shown.stdout.splitlines()]


def test_backing_is_answered_in_three_tiers_and_the_rest_apart(folder):
    shown = kg("query", "who backs Pakistan?", cwd=folder)
    assert shown.returncode == 0
    order = ["Strong backing", "Ties", "Signals of backing", "Planned", "Alleged", "Denied"]
    places = [shown.stdout.index(f"\n{heading}") for heading in order]
    assert places == sorted(places)
    facts = shown.stdout[: places[3]]
    assert "Russia" not in facts
    assert "United States" not in facts
    assert "Iran" not in facts


def test_a_row_has_its_figures_and_quotes(folder):
    found = rows(kg("query", "who backs Pakistan", "--format", "jsonl", cwd=folder))
    row = next(row for row in found if (row["source"], row["relation"]) == ("cn", "supports"))
    assert (row["assertions"], row["documents"], row["first"], row["last"]) == (2, 2, "2019-10-09", "2021-05-02")
    assert (row["group"], row["status"], row["weight"]) == ("strong", "actual", ontology()["supports"].weight)
    quote = row["quotes"][0]
    assert quote["quote"]
    assert {quote["publisher"] for quote in row["quotes"]} == {"Daily", "Evening Post"}


@pytest.mark.parametrize(("options", "n"), [((), 2), (("--quotes", "1"), 1), (("--quotes", "0"), 0)])
def test_the_number_of_quotes_is_asked_for(options, n, folder):
    found = rows(kg("query", "who supports Pakistan", "--format", "jsonl", *options, cwd=folder))
    assert len(found[0]["quotes"]) == n


def test_who_was_named_is_told_at_actor_level(folder):
    found = rows(kg("query", "who supports Pakistan", "--level", "actor", "--format", "jsonl", cwd=folder))
    assert {"cn", "person.xi-jinping"} <= {row["source"] for row in found}


def test_dates_and_confidence_bound_the_answer(folder):
    ask = ("query", "who backs Pakistan", "--format", "jsonl")
    assert all(row["first"] != "2019-10-09" for row in rows(kg(*ask, "--since", "2020", cwd=folder)))
    assert [row["source"] for row in rows(kg(*ask, "--until", "2019", cwd=folder))] == ["cn"]
    assert "in" in {row["source"] for row in rows(kg(*ask, cwd=folder))}
    assert "in" not in {row["source"] for row in rows(kg(*ask, "--min-confidence", "0.5", cwd=folder))}


def test_a_paraphrase_is_shown_as_one_everywhere(folder):
    ask = ("query", "who arms Pakistan")
    assert "kg brief (paraphrase of Wire)" in kg(*ask, cwd=folder).stdout
    for format in ("json", "jsonl", "csv", "tsv", "md"):
        assert "paraphrase of Wire" in kg(*ask, "--format", format, cwd=folder).stdout


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "md"])
def test_every_format_has_every_row(format, folder):
    shown = kg("query", "who backs Pakistan", "--format", format, cwd=folder)
    count = {
        "json": lambda text: len(json.loads(text)),
        "jsonl": lambda text: len(text.splitlines()),
        "csv": lambda text: len(list(csv.DictReader(io.StringIO(text)))),
        "tsv": lambda text: len(text.splitlines()) - 1,
        "md": lambda text: len(text.splitlines()) - 2,
    }[format]
    assert count(shown.stdout) == 7


def test_cells_are_no_formulas_and_numbers_stay_numbers(tmp_path):
    one = reading("=SUM(A1)", fact(US, "criticizes", IR), publisher="@Daily")
    store_of(tmp_path / "kg.db", one)
    for format, delimiter in (("csv", ","), ("tsv", "\t")):
        shown = kg("export", "--what", "assertions", "--format", format, cwd=tmp_path)
        (row,) = csv.DictReader(io.StringIO(shown.stdout), delimiter=delimiter)
        assert row["document"] == "'=SUM(A1)"
        assert row["citation_citation"] == "'@Daily"
        assert float(row["weight"]) < 0


@pytest.mark.parametrize(("typed", "meant"), [("Pakstan", "Pakistan"), ("Chna", "China")])
@pytest.mark.parametrize("command", ["query", "path", "map"])
def test_an_unknown_actor_is_answered_with_suggestions(command, typed, meant, folder):
    arguments = {
        "query": ("query", f"who backs {typed}"),
        "path": ("path", typed, "India"),
        "map": ("map", "-o", "-", "--focus", typed),
    }[command]
    shown = kg(*arguments, cwd=folder)
    assert shown.returncode == 2
    assert typed in shown.stderr
    assert meant in shown.stderr
    assert shown.stdout == ""


def test_nothing_found_says_what_was_covered(folder):
    shown = kg("query", "who attacks Pakistan", cwd=folder)
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert "3 documents by 3 outlets" in shown.stderr
    assert kg("query", "who attacks Pakistan", "--format", "json", cwd=folder).stdout == "[]\n"


def test_a_known_actor_that_no_document_names_is_no_typo(folder):
    assert kg("query", "who backs Norway", cwd=folder).returncode == 1


def test_what_is_no_question_exits_2_and_shows_what_can_be_asked(folder):
    shown = kg("query", "colourless green ideas", cwd=folder)
    assert shown.returncode == 2
    assert "who backs" in shown.stderr


def test_a_path_shows_each_step_in_its_own_direction(folder):
    (path,) = rows(kg("path", "China", "Russia", "--k", "1", "--format", "jsonl", cwd=folder))
    assert path["actors"] == ["China", "Pakistan", "Russia"]
    assert [(step["source"], step["target"]) for step in path["steps"]] == [("cn", "pk"), ("pk", "ru")]
    assert all(step["quotes"] for step in path["steps"])
    (back,) = rows(kg("path", "Russia", "China", "--k", "1", "--format", "jsonl", cwd=folder))
    assert back["steps"][0]["source"] == "pk"


def test_a_path_is_bounded_by_hops_family_and_direction(folder):
    assert kg("path", "China", "Russia", cwd=folder).returncode == 0
    assert kg("path", "China", "Russia", "--directed", "--via", "backing", cwd=folder).returncode == 0
    assert kg("path", "China", "Russia", "--max-hops", "1", cwd=folder).returncode == 1
    assert kg("path", "China", "Russia", "--via", "fighting", cwd=folder).returncode == 1
    assert kg("path", "Russia", "China", "--directed", cwd=folder).returncode == 1
    assert kg("path", "China", "China", cwd=folder).returncode == 2


def test_only_facts_connect(folder):
    shown = kg("path", "United States", "Pakistan", cwd=folder)
    assert shown.returncode == 1
    assert "No path" in shown.stderr


def test_the_map_is_one_file_and_the_store_is_never_written_over(folder, tmp_path):
    target = tmp_path / "map.html"
    assert kg("map", "-o", target, "--store", folder / "kg.db", cwd=tmp_path).returncode == 0
    assert "Pakistan" in target.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [target]
    before = (folder / "kg.db").read_bytes()
    assert kg("map", "-o", "kg.db", cwd=folder).returncode == 2
    assert kg("export", "-o", "./kg.db", cwd=folder).returncode == 2
    assert (folder / "kg.db").read_bytes() == before
    assert kg("map", "-o", "no/such/folder/map.html", cwd=folder).returncode == 3


def test_graphs_are_read_back_with_their_provenance(folder, tmp_path):
    for format, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        target = tmp_path / f"graph.{format}"
        assert kg("export", "--format", format, "-o", target, cwd=folder).returncode == 0
        ET.parse(target)
        graph = read(target)
        assert graph.nodes["cn"]["label"] == "China"
        edges = {(s, t, data["relation"]): data for s, t, data in graph.edges(data=True)}
        assert ("us", "pk", "supports") not in edges
        evidence = json.loads(edges["cn", "pk", "supports"]["evidence"])
        assert {each["document"] for each in evidence} == {"d1", "d2"}
        assert all(each["quote"] and each["citation"] for each in evidence)


def test_exported_assertions_are_all_of_them_with_status_and_citation(folder):
    found = rows(kg("export", "--what", "assertions", "--level", "actor", cwd=folder))
    assert len(found) == 9
    assert {row["status"] for row in found} == {"actual", "planned", "alleged"}
    assert all(row["citation"]["citation"] for row in found)


def test_an_export_can_be_empty(folder):
    assert kg("export", "--family", "fighting", cwd=folder).returncode == 1


def test_stats_count_what_is_there(folder):
    counts = {(row["what"], row["of"]): row["count"] for row in rows(kg("stats", "--format", "jsonl", cwd=folder))}
    assert counts["documents", None] == 3
    assert counts["assertions", None] == 9
    assert counts["relation", "supports"] == 4
    assert not [key for key in counts if key[0] in ("review", "correction")]


def test_stats_count_reviews_and_corrections_apart(tmp_path):
    store_of(tmp_path / "kg.db", reading("a", fact(CN, "arms", PK), fact(CN, "aids", PK), fact(XI, "praises", PK)))
    ids = [row["id"] for row in rows(kg("export", "--what", "assertions", "--format", "jsonl", cwd=tmp_path))]
    assert kg("review", "accept", *ids[:2], "--reviewer", "me", cwd=tmp_path).returncode == 0
    assert kg("review", "reject", ids[2], "--reviewer", "me", cwd=tmp_path).returncode == 0
    assert kg("actors", "merge", "Xi Jinping", "China", cwd=tmp_path).returncode == 0
    counts = {(row["what"], row["of"]): row["count"] for row in rows(kg("stats", "--format", "jsonl", cwd=tmp_path))}
    made = {key: count for key, count in counts.items() if key[0] in ("review", "correction")}
    assert made == {("review", "accept"): 2, ("review", "reject"): 1, ("correction", "merge"): 1}
    assert "accept" in kg("stats", cwd=tmp_path).stdout


def test_relations_show_every_card(folder):
    shown = kg("relations", cwd=folder)
    assert shown.returncode == 0
    assert all(f"\n{id} " in shown.stdout for id in ontology().relations)
    assert [row["id"] for row in rows(kg("relations", "arms", "--format", "jsonl", cwd=folder))] == ["arms"]
    assert kg("relations", "likes", cwd=folder).returncode == 2


def test_actors_are_found_by_name_pattern_and_kind(folder, tmp_path):
    assert "pk" in {row["id"] for row in rows(kg("actors", "PAKISTAN", "--format", "jsonl", cwd=tmp_path))}
    assert {row["kind"] for row in rows(kg("actors", "--kind", "state", "--format", "jsonl", cwd=tmp_path))} == {
        "state"
    }
    stored = {row["id"] for row in rows(kg("actors", "--stored", "--format", "jsonl", cwd=folder))}
    assert stored == {"cn", "pk", "ru", "us", "ir", "in", "person.xi-jinping"}
    assert kg("actors", "zzzz no such", cwd=tmp_path).returncode == 1
    assert kg("actors", "--stored", cwd=tmp_path).returncode == 3
