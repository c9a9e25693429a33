"""kg as a library: the same answers as objects, in a notebook as tables, and typed for whoever uses it."""

import html
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx
import pytest

import kg
from kg.errors import QuestionError, StoreError, UnknownActorError
from kg.store import Correction, Filter
from tests.builders import CN, IN, PK, US, actor, fact, person, reading
from tests.cli_runs import ROOT, store_of

EVIL = "</td><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def store(tmp_path):
    path = store_of(
        tmp_path / "kg.db",
        reading("d1", fact(CN, "supports", PK), fact(US, "opposes", IN), fact(CN, "arms", PK, status="planned")),
        reading("d2", fact(PK, "supports", IN), date="2020-01-01"),
    )
    with kg.open(path) as opened:
        yield opened


def test_importing_kg_imports_nothing_else():
    code = (
        "import sys, kg; print(sorted(name for name in sys.modules if name.startswith('kg')), 'click' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kg'] False"


def test_a_name_that_kg_has_not_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # noqa: B018


def test_opening_loads_neither_model_nor_graph_nor_map(store, tmp_path):
    code = (
        "import sys, kg; kg.open(sys.argv[1]).who_backs('Pakistan'); "
        "print([m for m in ('spacy', 'networkx', 'pyvis', 'rich', 'numpy') if m in sys.modules])"
    )
    path = tmp_path / "kg.db"
    done = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_who_backs_and_whom_it_backs(store):
    found = store.who_backs("Pakistan")
    assert [(row.source.id, row.relation) for row in found.facts] == [("cn", "supports")]
    assert [group.heading for group in found.others] == ["planned"]
    assert found.facts[0].quotes[0].text == "China supports Pakistan."
    assert [row.target.id for row in store.backed_by("pk").facts] == ["in"]
    assert store.who_backs("Pakistan", bounds=Filter(since="2030")).found is False


def test_a_relation_or_a_family_by_name(store):
    assert [row.source.id for row in store.who("opposes", target="India").facts] == ["us"]
    assert len(store.who("backing").facts) == 2
    with pytest.raises(ValueError, match="loves"):
        store.who("loves")


def test_questions_paths_and_stories(store):
    assert [row.source.id for row in store.ask("who backs Pakistan?").facts] == ["cn"]
    assert isinstance(store.ask("how are China and India connected"), type(store.paths("China", "India")))
    assert [end.id for end in store.paths("China", "India")[0].actors] == ["cn", "pk", "in"]
    assert store.between("China", "Pakistan").found
    assert store.ask("what is between China and Pakistan").found
    assert store.show("China").actor == CN
    assert store.show("China").about["iso3"] == "CHN"
    assert [event.relation for event in store.timeline("China").events] == ["supports"]
    assert store.timeline("China", "India").events == ()


def test_groups_and_citations(store):
    assert store.blocs().blocs == ()
    assert [sorted(m.id for m in bloc.members) for bloc in store.blocs(one_way=True).blocs] == [["cn", "in", "pk"]]
    assert store.balance("China").friendly == 1
    one = next(store.assertions(Filter(relations=("opposes",))))
    assert store.cite(one.id[:8]).exact == "United States opposes India."
    assert store.cite("0" * 16) is None


def test_the_whole_as_a_graph_and_as_value_objects(store):
    graph = store.graph()
    assert isinstance(graph, networkx.MultiDiGraph)
    assert graph.has_edge("cn", "pk", "supports")
    assert not graph.has_edge("cn", "pk", "arms")
    assert len(list(store.assertions())) == 4
    assert {edge.source for edge in store.edges()} == {"cn", "us", "pk"}
    assert [document.id for document in store.documents()] == ["d1", "d2"]
    assert store.stats().documents == 2


def test_errors_are_those_of_the_command_line(store, tmp_path):
    with pytest.raises(UnknownActorError, match="Pakistan"):
        store.who_backs("Pakistn")
    with pytest.raises(QuestionError):
        store.ask("why is the sky blue")
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path / "none.db")


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()
        self.attributes = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def tags(text):
    parser = Tags()
    parser.feed(text)
    return parser


def test_what_an_article_says_is_text_in_a_notebook(tmp_path):
    evil = actor("evil", EVIL)
    said = [fact(evil, "supports", PK), fact(PK, "supports", evil), fact(evil, "fights", IN), fact(IN, "arms", PK)]
    one = reading(EVIL, *said, publisher=EVIL, title=EVIL, preface=EVIL + " ")
    with kg.open(store_of(tmp_path / "kg.db", one)) as store:
        shown = [
            store.who_backs("Pakistan"),
            store.paths("evil", "Pakistan", level="actor"),
            store.between("evil", "Pakistan", level="actor"),
            store.show("evil", level="actor"),
            store.timeline("evil", level="actor"),
            store.blocs(level="actor"),
            store.balance("evil", level="actor"),
            store.cite(next(store.assertions(Filter(level="actor", sources=("evil",)))).id),
            store,
        ]
        for each in shown:
            assert each is store or EVIL[:20] in html.unescape(each._repr_html_())
            found = tags(each._repr_html_())
            assert not found.tags & {"script", "img", "iframe", "svg", "object"}
            assert not [name for name in found.attributes if name.startswith("on")]
        assert "&lt;script&gt;" in shown[0]._repr_html_()
        frame = store.ego("evil", level="actor")._repr_html_()
        assert tags(frame).tags == {"iframe"}
        assert tags(frame).attributes == {"sandbox", "title", "style", "srcdoc"}
        assert 'sandbox="allow-scripts"' in frame


def test_the_script_of_a_user_is_checked_against_the_types(tmp_path):
    script = tmp_path / "mine.py"
    script.write_text(
        "import kg\n"
        "with kg.open('kg.db') as store:\n"
        "    for row in store.who_backs('Pakistan').facts:\n"
        "        name: str = row.source.name\n"
        "    hops: int = len(store.paths('a', 'b')[0].hops)\n"
        "    wrong: int = store.who_backs('Pakistan').facts[0].relation\n"
        "    store.who_backs(5)\n"
    )
    assert (Path(kg.__file__).parent / "py.typed").exists()
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in done.stdout.splitlines() if "error:" in line]
    assert [line.split(":")[1] for line in wrong] == ["6", "7"], done.stdout


def test_what_was_accepted_of_people_without_office_is_told(tmp_path):
    jane, joe = (person(f"person.{name}", name.title(), sector=None) for name in ("jane", "joe"))
    said = [
        *(fact(jane, "criticizes", CN), fact(jane, "supports", CN, status="alleged"), fact(joe, "criticizes", CN)),
        fact(IN, "accuses", jane),
    ]
    written = reading("d1", *said)
    with kg.open(store_of(tmp_path / "kg.db", written)) as opened:

        def told():
            found = map(opened.ask, ("who criticizes China", "who backs China", "whom does India accuse"))
            rows = [[row for group in one.groups + one.others for row in group.rows] for one in found]
            return [[(row.source.id, row.relation, row.target.id, len(row.quotes)) for row in some] for some in rows]

        assert told() == [[], [], []]
        expected = [
            [(jane.id, "criticizes", "cn", 1)],
            [(jane.id, "supports", "cn", 1)],
            [("in", "accuses", jane.id, 1)],
        ]
        for n, one in enumerate((written.assertions[0], written.assertions[1], written.assertions[3]), 1):
            opened.store.correct(Correction(kind="accept", assertions=(one.id,), documents=("d1",), reviewer="ada"))
            assert told() == [*expected[:n], *[[]] * (3 - n)]
        assert joe.id not in {edge.source for edge in opened.store.edges(Filter(level="actor"))}
        opened.store.undo(1)
        assert told() == [[], *expected[1:]]
