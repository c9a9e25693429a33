"""What a question costs a store: its statements, of which none reads a whole table, and what is loaded for it."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from builders import CN, HAMAS, IL, IN, IR, PK, RU, TR, US, XI, fact, reading

from kg.export.html import render_answer
from kg.graph import load_graph
from kg.queries.blocs import blocs
from kg.queries.path import paths
from kg.queries.question import answer, understand
from kg.store import Filter, open_store

ROOT = Path(__file__).parent.parent
TABLES = "assertions|documents|mentions|sentences|edges|edge_outlets|actors|actor_names"
# Whole tables that a statement may read: corrections are few, and made by hand.
SCANS = re.compile(rf"SCAN ({TABLES}|[admost])\b(?! USING (COVERING )?INDEX documents_by_date)")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        store.write(
            reading(
                f"d{n}",
                fact(XI, "supports", PK, source_state=CN),
                fact(TR, "allied_with", PK),
                fact(US, "sanctions", IR, status="planned"),
                fact(IN, "supports", PK, polarity="negated"),
                date=f"20{10 + n % 14}-01-01",
            )
            for n in range(60)
        )
        yield store


def statements(path, question):
    """The statements that a question makes, with their values, and whether each answer has rows."""
    with open_store(path) as store:
        made = []
        store._db._connection.set_trace_callback(made.append)
        found = answer(store, understand(question, store), quotes=2, limit=10)
        store._db._connection.set_trace_callback(None)
        return [one for one in made if one.lstrip().upper().startswith(("SELECT", "WITH"))], found


@pytest.mark.parametrize(
    "question",
    [
        *("who backs Pakistan", "whom does China back", "does China back Pakistan", "who is allied with Pakistan"),
        *("who backs Pakistan since 2020", "who sanctions Iran", "who supports Pakistan in at least 1 source"),
    ],
)
def test_a_one_hop_question_reads_no_whole_table(question, store, tmp_path):
    made, found = statements(tmp_path / "news.db", question)
    assert found.found
    connection = sqlite3.connect(tmp_path / "news.db")
    plans = {one: [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + one)] for one in made}
    connection.close()
    assert plans
    scans = {step for plan in plans.values() for step in plan if SCANS.match(step)}
    assert scans == set()


@pytest.mark.parametrize(
    "question", ["who supports Pakistan", "whom does China back", "who backs Pakistan but opposes India"]
)
def test_a_question_makes_as_many_statements_however_many_rows_and_reports_there_are(question, store, tmp_path):
    kinds = [{}, {"status": "planned"}, {"status": "alleged"}, {"status": "ended"}, {"polarity": "negated"}]
    pairs = [(US, PK), (US, IN), (CN, IR), (CN, IL)]

    def written(name, pairs, n):
        said = [
            fact(source, relation, target, **kind)
            for source, target in pairs
            for relation in ("supports", "arms", "allied_with", "praises", "opposes")
            for kind in kinds
        ]
        store.write(reading(f"{name}{k}", *said, date=f"2022-{1 + k % 12:02}-01") for k in range(n))

    written("few", pairs, 1)
    few, one = statements(tmp_path / "news.db", question)
    written("more", [*pairs, *((source, target) for source in (TR, RU, IL, HAMAS, XI) for target in (PK, IN))], 30)
    written("others", [(CN, target) for target in (TR, RU, US, IN, HAMAS)], 30)
    many, two = statements(tmp_path / "news.db", question)
    rows = [sum(len(group.rows) for part in (a, *a.also) for group in (*part.groups, *part.others)) for a in (one, two)]
    assert rows[1] > 1.4 * rows[0] > 0
    assert len(many) <= len(few) + 2 * (1 + len(two.also))  # what is said of people is asked for apart


def loaded(folder, *arguments):
    script = (
        "import sys; from cli import main\n"
        "try: main(sys.argv[1:], prog_name='kg')\n"
        "except SystemExit: pass\n"
        "print(*sorted(name for name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(done.stderr.split())


HEAVY = {"spacy", "networkx", "pyvis", "numpy", "rich", "kg.actors", "kg.extract", "kg.export.html", "kg.queries.path"}
# What only those need who write, correct, complete or ask amiss, and files of data that are compiled.
OTHERS = {
    *("kg.store.changing", "kg.store.writing", "kg.store.correcting", "kg.store.corrections", "kg.store.reviews"),
    *("kg.store.totals", "kg.store.upkeep", "kg.codebook", "tomllib", "difflib", "click.shell_completion"),
}


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "who backs Pakistan"),
        ("query", "who backs Pakistan", "--format", "json"),
        ("query", "who backs Pakistan but not India", "--quotes", "0"),
    ],
)
def test_a_question_loads_nothing_that_it_does_without(arguments, store, tmp_path):
    known = loaded(tmp_path, *arguments, "--store", str(tmp_path / "news.db"))
    assert "kg.store.sqlstore" in known
    assert known & (HEAVY | OTHERS) == set()


def test_the_list_of_commands_loads_no_command(tmp_path):
    known = loaded(tmp_path, "--help")
    assert known & (HEAVY | {"kg.store", "kg.queries", "kg.commands.query"}) == set()


def test_allegations_count_for_nothing_from_store_to_map(tmp_path):
    """With any number of allegations, plans, suppositions and denials, all that is counted stays as it was."""
    facts = [fact(CN, "supports", PK), fact(RU, "arms", CN), fact(IR, "allied_with", RU)]
    others = [
        fact(source, relation, target, **fields)
        for source, relation, target in (
            *((CN, "supports", PK), (US, "arms", IL), (IN, "attacks", PK), (HAMAS, "attacks", IL)),
            *((CN, "allied_with", IR), (TR, "supports", PK), (US, "allied_with", PK)),
        )
        for fields in (
            *({"status": "alleged"}, {"status": "planned"}, {"status": "hypothetical"}, {"status": "ended"}),
            {"polarity": "negated"},
        )
    ]

    def counted(*said):
        path = tmp_path / f"{len(said)}.db"
        with open_store(path, create=True) as store:
            store.write([reading("facts", *facts), *(reading(f"said{n}", *said) for n in range(3 if said else 0))])
            graph = load_graph(store)
            edges = list(store.edges(having="actual"))
            ranks = nx.degree_centrality(nx.Graph(graph))
            page = render_answer(store, edges, title="all", quotes="none")
            return {
                "edges": {(e.source, e.relation, e.target, e.actual, e.documents, e.originals, e.last) for e in edges},
                "arcs": sorted(
                    (s, t, key, data.get("weight")) for s, t, key, data in graph.edges(keys=True, data=True)
                ),
                "centrality": {id: round(rank, 9) for id, rank in ranks.items()},
                "pairs": list(store.pairs()),
                "paths": [[actor.id for actor in path.actors] for path in paths(store, "pk", "ir")],
                "blocs": blocs(store),
                "facts": [
                    (r.source.id, r.relation, r.count) for r in answer(store, understand("who backs whom", store)).facts
                ],
                "map": len(re.findall(r'"relation":', page)),
            }

    assert counted(*others) == counted()


def test_an_edge_keeps_what_is_no_fact_apart(store):
    assert {edge.source for edge in store.edges(Filter(), having="actual")} == {"cn", "pk"}
