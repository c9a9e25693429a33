"""Who-questions over real stores: direction, tiers, what is no fact, ranking and quotes."""

import dataclasses
import itertools
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import networkx as nx
import pytest
from builders import (
    CN,
    HAMAS,
    IL,
    IN,
    IR,
    PK,
    PLA,
    RELATIONS,
    RU,
    STATES,
    TR,
    US,
    XI,
    actor,
    fact,
    person,
    reading,
    readings,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import load_graph
from kg.model import FAMILIES, Original
from kg.queries.question import answer, understand
from kg.queries.verdict import figures, verdict
from kg.queries.who import who
from kg.relations import ontology
from kg.store import Filter, open_store

BACKING = tuple(card.id for card in ontology().family("backing"))


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db", create=True) as store:
        yield store


def triples(rows):
    return [(row.source.id, row.relation, row.target.id) for row in rows]


def test_backing_is_answered_in_its_three_tiers(store):
    store.write([reading("a", *(fact(CN, relation, PK) for relation in BACKING), fact(US, "supports", PK))])
    found = who(store, BACKING, target="pk")
    assert [group.heading for group in found.groups] == ["strong", "tie", "signal"]
    assert {row.relation for row in found.groups[0].rows} == {"supports", "aids", "arms"}
    assert triples(found.groups[1].rows) == [("cn", "allied_with", "pk")]
    assert {row.relation for row in found.groups[2].rows} == {"recognizes", "praises", "invests_in"}
    assert (found.source, found.target, found.level) == (None, PK, "state")


@pytest.mark.parametrize("kind", ["planned", "alleged", "hypothetical", "ended", "negated"])
def test_what_is_no_fact_stands_apart(store, kind):
    fields = {"polarity": "negated"} if kind == "negated" else {"status": kind}
    store.write([reading("a", fact(US, "arms", IL), fact(CN, "arms", PK, **fields), fact(US, "arms", IL, **fields))])
    found = who(store, BACKING)
    assert triples(found.facts) == [("us", "arms", "il")]
    assert [(row.count, row.edge.actual) for row in found.facts] == [(1, 1)]
    (group,) = found.others
    assert group.heading == kind
    assert sorted(triples(group.rows)) == [("cn", "arms", "pk"), ("us", "arms", "il")]
    assert all(row.kind == kind and row.count == 1 for row in group.rows)
    for row in (*found.facts, *group.rows):
        for quote in row.quotes:
            assert quote.assertion.is_fact is (row.kind == "actual")
    alone = who(store, BACKING, target="pk")
    assert alone.found
    assert not alone.facts


def test_rows_are_ranked_by_documents_then_assertions_then_recency(store):
    store.write(
        [
            reading(
                "a", fact(RU, "supports", PK), fact(US, "supports", PK), fact(IR, "supports", PK), date="2020-01-01"
            ),
            reading(
                "b", fact(CN, "supports", PK), fact(TR, "supports", PK), fact(TR, "supports", PK), date="2021-01-01"
            ),
            reading("c", fact(US, "supports", PK), date="2019-01-01"),
        ]
    )
    assert [row.source.id for row in who(store, ["supports"], target="pk").facts] == ["us", "tr", "cn", "ir", "ru"]
    short = who(store, ["supports"], target="pk", limit=2)
    assert [row.source.id for row in short.facts] == ["us", "tr"]
    assert short.groups[0].more
    assert not who(store, ["supports"], target="pk", limit=5).groups[0].more


def test_symmetric_relations_answer_from_either_end(store):
    store.write([reading("a", fact(PK, "allied_with", CN), fact(TR, "allied_with", PK))])
    assert triples(who(store, ["allied_with"], target="pk").facts) == [
        ("cn", "allied_with", "pk"),
        ("tr", "allied_with", "pk"),
    ]
    assert triples(who(store, ["allied_with"], source="pk").facts) == [
        ("pk", "allied_with", "cn"),
        ("pk", "allied_with", "tr"),
    ]
    assert triples(who(store, ["allied_with"], source="tr", target="pk").facts) == [("tr", "allied_with", "pk")]
    assert triples(who(store, ["allied_with"], source="pk", target="tr").facts) == [("pk", "allied_with", "tr")]
    (row,) = who(store, ["allied_with"], source="cn").facts
    assert (row.edge.source, row.edge.target) == ("cn", "pk")
    assert [quote.assertion.source.actor.id for quote in row.quotes] == ["pk"]


def test_quotes_are_the_best_each_sentence_once_and_tell_a_paraphrase(store):
    brief = {"publisher": "kg brief", "based_on": Original(publisher="Wire", title="T")}
    store.write(
        [
            reading("old", fact(CN, "supports", PK), date="2019-01-01"),
            reading("new", fact(CN, "supports", PK), date="2024-01-01", **brief),
            reading("weak", fact(CN, "supports", PK, source_how="anaphora"), date="2024-02-01"),
        ]
    )
    (row,) = who(store, BACKING, target="pk", quotes=2).facts
    assert [quote.document.id for quote in row.quotes] == ["new", "old"]
    assert [quote.is_paraphrase for quote in row.quotes] == [True, False]
    assert row.quotes[0].text == "China supports Pakistan."
    for quote in row.quotes:
        span = quote.assertion.sentence
        assert quote.document.text[span.start : span.end] == quote.text
    assert who(store, BACKING, target="pk", quotes=0).facts[0].quotes == ()

    one = reading("twice", fact(XI, "arms", IN, source_state=CN))
    (said,) = one.assertions

    again = dataclasses.replace(said, trigger=None, source=dataclasses.replace(said.source, actor=PLA))
    store.write([dataclasses.replace(one, assertions=(said, again))])
    (row,) = who(store, ["arms"], target="in").facts
    assert (row.count, len(row.quotes)) == (2, 1)


def test_state_level_by_default_and_actor_level_on_request_or_of_need(store):
    store.write([reading("a", fact(XI, "praises", PK, source_state=CN), fact(HAMAS, "praises", IR))])
    assert triples(who(store, BACKING, target="pk").facts) == [("cn", "praises", "pk")]
    assert triples(who(store, BACKING, target="pk", level="actor").facts) == [(XI.id, "praises", "pk")]
    by_xi = who(store, BACKING, source=XI.id)
    assert (by_xi.level, triples(by_xi.facts)) == ("actor", [(XI.id, "praises", "pk")])
    assert not who(store, BACKING, source=XI.id, level="state").found
    assert who(store, BACKING, source="cn").level == "state"
    assert who(store, BACKING, source="hamas").level == "state"
    assert not who(store, BACKING, source="nobody").found


def test_structure_is_answered_at_actor_level(store):
    bloc = actor("sco", "SCO", "bloc")
    store.write([reading("a", fact(PK, "member_of", bloc), fact(XI, "represents", CN, source_state=CN))])
    found = who(store, ["member_of"], target="sco")
    assert (found.level, triples(found.facts)) == ("actor", [("pk", "member_of", "sco")])
    assert found.groups[0].heading == "structure"
    assert triples(who(store, ["represents"], target="cn").facts) == [(XI.id, "represents", "cn")]


def test_bounds_bound_figures_and_quotes(store):
    store.write(
        [
            reading("a", fact(CN, "supports", PK), date="2019-01-01"),
            reading("b", fact(CN, "supports", PK, status="planned"), fact(CN, "supports", PK), date="2023-01-01"),
        ]
    )
    found = who(store, BACKING, target="pk", bounds=Filter(until="2020", level="actor", sources=("us",)))
    (row,) = found.facts
    assert (row.count, row.edge.last, [q.document.id for q in row.quotes]) == (1, "2019-01-01", ["a"])
    assert found.others == ()
    assert not who(store, BACKING, target="pk", bounds=Filter(min_confidence=0.95)).found


def test_people_and_states_are_named_in_rows(store):
    store.write([reading("a", fact(person("person.x", "X Y"), "praises", PK))])
    (row,) = who(store, BACKING, target="pk", level="actor").facts
    assert (row.source.name, row.source.kind, row.target) == ("X Y", "person", PK)


@given(readings(max_facts=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_direction_is_never_misstated(written):
    """For every relation and pair: question, inverse question, passive question and graph say the same."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write(written)
        true = {
            (a.source.state.id, a.relation, a.target.state.id)
            for one in written
            for a in one.assertions
            if a.is_fact and ontology()[a.relation].family != "structure"
        }
        either_way = true | {(t, r, s) for s, r, t in true if ontology()[r].symmetric}
        graph: nx.MultiDiGraph = load_graph(store)
        arcs = set(graph.edges(keys=True))
        assert {(s, r, t) for s, t, r in arcs} | {
            (t, r, s) for s, t, r in arcs if ontology()[r].symmetric
        } == either_way
        # Symmetric or not, an arc is there once.
        assert len(arcs) == len({(frozenset((s, t)) if ontology()[r].symmetric else (s, t), r) for s, r, t in true})
        acting = [card.id for card in ontology().relations.values() if card.family != "structure"]
        from_source, from_target = set(), set()
        for end in STATES:
            from_source |= set(triples(who(store, acting, source=end.id, level="state").facts))
            from_target |= set(triples(who(store, acting, target=end.id, level="state").facts))
        assert from_source == from_target == either_way
        for source, relation, target in either_way:
            for row in who(store, [relation], source=source, target=target).facts:
                for quote in row.quotes:
                    said = (quote.assertion.source.state.id, quote.assertion.target.state.id)
                    assert said == (source, target) or (ontology()[relation].symmetric and said == (target, source))
        asked = set()
        for end in STATES:
            if store.levels(end.id):
                for text in (f"who is {end.name} backed by", f"who backs {end.id}", f"by whom was {end.name} backed"):
                    asked |= set(triples(answer(store, understand(text, store), level="state").facts))
        backing = {(s, r, t) for s, r, t in either_way if r in BACKING}
        assert asked == backing


# Of each family a question for sources, the same as a passive, one for targets, and one for a pair.
ASKED = {
    "backing": ("who backs {}", "who is {} backed by", "whom does {} back", "does {} back {}"),
    "engaging": ("who engages with {}", "who is {} engaged by", "whom does {} engage", "does {} engage with {}"),
    "opposing": ("who opposes {}", "by whom was {} opposed", "whom did {} oppose", "did {} oppose {}"),
    "fighting": ("who fought {}", "who was {} fought by", "whom has {} fought", "is {} fighting with {}"),
    "structure": ("who is tied to {}", "who is attached to {}", "whom is {} tied to", "is {} tied to {}"),
}
BOUNDED = {  # the bounds a qualifier means: since, until, and how many originals at least
    "": (None, None, 1),
    "since 2020-02-11": ("2020-02-11", None, 1),
    "before 2021": (None, "2020", 1),
    "in February 2020": ("2020-02", "2020-02", 1),
    "between 2019 and 2021 in at least two sources": ("2019", "2021", 2),
    "on Kashmir": (None, None, 1),
}


def dated(date, since, until):
    """Whether a date may lie between two others, as exactly as the less exact of each two."""
    if since is None and until is None:
        return True
    return (
        date is not None
        and (since is None or date >= since[: len(date)])
        and (until is None or date[: len(until)] <= until)
    )


@given(readings(max_facts=12, plain=True), st.sampled_from(sorted(BOUNDED)), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_question_of_any_family_and_its_inverse_say_what_was_read_within_the_bounds(written, bound, data):
    since, until, least = BOUNDED[bound]
    family = data.draw(st.sampled_from(sorted(ASKED)))
    if bound == "on Kashmir":
        written = [
            dataclasses.replace(
                one,
                assertions=tuple(
                    dataclasses.replace(a, about=("Kashmir",) if data.draw(st.booleans()) else ("Gaza",))
                    for a in one.assertions
                ),
            )
            for one in written
        ]
    named = reading("kashmir", fact(actor("territory.kashmir", "Kashmir", "territory"), "borders", PK), date="1950")
    origins = defaultdict(set)
    for one in written:
        for a in one.assertions:
            source, target = (end.actor.id if family == "structure" else end.state.id for end in (a.source, a.target))
            if ontology()[a.relation].family != family or not dated(a.date or one.document.date, since, until):
                continue
            if bound != "on Kashmir" or "Kashmir" in a.about:
                for s, t in {(source, target), *([(target, source)] if ontology()[a.relation].symmetric else ())}:
                    origins[s, a.relation, t].add(one.document.origin)
    true = {triple for triple, found in origins.items() if len(found) >= least}
    ids = {id for s, _, t in origins for id in (s, t)}
    of_source, of_source_again, of_target, of_pair = ASKED[family]
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write([*written, named])
        level = "actor" if family == "structure" else "state"

        def told(question, *ends):
            asked = understand(f"{question.format(*ends)} {bound}", store)
            found = answer(store, asked, level=level, quotes=5, limit=200)
            for row in found.facts:
                for quote in row.quotes:
                    said = quote.assertion
                    stand = [end.actor.id if level == "actor" else end.state.id for end in (said.source, said.target)]
                    ways = [stand, stand[::-1]] if ontology()[row.relation].symmetric else [stand]
                    assert [row.source.id, row.target.id] in ways
                    assert said.relation == row.relation
            return set(triples(found.facts))

        for end in ids:
            assert told(of_source, end) == told(of_source_again, end) == {one for one in true if one[2] == end}
            assert told(of_target, end) == {one for one in true if one[0] == end}
        for source, target in itertools.islice(itertools.permutations(sorted(ids), 2), 6):
            assert told(of_pair, source, target) == {one for one in true if (one[0], one[2]) == (source, target)}


def test_every_relation_is_under_some_heading(store):
    store.write([reading("a", *(fact(CN, relation, PK) for relation in RELATIONS))])
    found = who(store, RELATIONS)
    assert {row.relation for row in found.facts} == set(RELATIONS)
    assert [group.heading for group in found.groups] == ["strong", "tie", "signal", *FAMILIES[1:]]


def test_a_one_hop_question_loads_no_heavy_module(store, tmp_path):
    store.write([reading("a", fact(CN, "supports", PK))])
    script = (
        "import sys; from kg.store import open_store; from kg.queries.question import understand, answer\n"
        "store = open_store(sys.argv[1]); found = answer(store, understand('who backs Pakistan', store))\n"
        "assert found.facts\n"
        "print(*sorted({'spacy', 'networkx', 'pyvis', 'numpy', 'click', 'hypothesis'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "news.db")]
    done = subprocess.run(
        command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""


@given(readings(max_facts=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_row_says_what_all_reports_of_its_triple_say(written):
    """Rows are judged by as few reports as decide them: all of them would say the same."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "news.db", create=True) as store:
        store.write(written)
        for bounds in (Filter(), Filter(since="2020-01-15"), Filter(min_confidence=0.5)):
            found = who(store, RELATIONS, bounds=bounds)
            for row in (row for group in (*found.groups, *found.others) for row in group.rows):
                card = ontology()[row.relation]
                level = "actor" if card.family == "structure" else "state"
                ends = {"sources": (row.edge.source,), "relations": (row.relation,), "targets": (row.edge.target,)}
                reports = list(store.reports(dataclasses.replace(bounds, level=level, **ends)))
                assert row.figures == figures(reports, row.kind)
                assert row.verdict == verdict(reports, row.kind, standing=card.standing, as_of=found.as_of)
