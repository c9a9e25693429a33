"""The table of surface forms: what news calls an actor, in a sentence, on a day, and whom it must resolve to."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.actors.catalogue import catalogue
from kg.actors.schema import slug
from kg.extract import Extractor
from kg.model import Document

TABLE = Path(__file__).parent / "golden" / "surface_forms.toml"


@dataclass(frozen=True)
class Case:
    """One row of the table; `want` and `states` are None where the row only says whom the form must not mean."""

    marked: str
    day: str
    text: str
    start: int
    end: int
    want: frozenset[str] | None
    states: frozenset[str] | None
    never: frozenset[str]
    trap: bool
    fault: str | None


def cases():
    found = []
    for group in tomllib.loads(TABLE.read_text("utf-8"))["group"]:
        for day, marked, actors, *state in group["cases"]:
            start, end = marked.index("["), marked.index("]") - 1
            text = marked.replace("[", "").replace("]", "")
            never = frozenset(a[1:] for a in actors.split() if a.startswith("!"))
            want = None if never else frozenset(actors.replace("-", "", actors == "-").split())
            states = frozenset(state[0].split()) if state else want
            found.append(Case(marked, day, text, start, end, want, states, never, group["trap"], group.get("fault")))
    return found


CASES = cases()


@pytest.fixture(scope="module")
def readings():
    """All sentences of the table, read in one go, those that hold no triple as well."""
    extractor = Extractor(thorough=True)
    documents = [Document(id=str(n), text=case.text, date=case.day) for n, case in enumerate(CASES)]
    problems = []
    found = dict(zip(CASES, extractor.read(documents, problems), strict=True))
    assert problems == []
    return found


def meant(case, reading):
    """The mentions that the marked form makes: no name inside a longer mention, and no mere part of the form."""
    near = [m for m in reading.mentions if m.start < case.end and case.start < m.end]
    if not case.want:  # where nobody is meant, any part is one too many
        return near
    near = [m for m in near if 3 * (min(m.end, case.end) - max(m.start, case.start)) >= case.end - case.start]
    return [
        m for m in near if not any(o.start <= m.start and m.end <= o.end and len(o.text) > len(m.text) for o in near)
    ]


def parameters():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case.fault)] if case.fault else []
        yield pytest.param(case, id=f"{case.day} {case.marked}", marks=marks)


@pytest.mark.parametrize("case", list(parameters()))
def test_a_form_resolves_to_its_actor_and_nobody_else(case, readings):
    mentions = meant(case, readings[case])
    found = {m.actor.id for m in mentions}
    assert not found & case.never
    assert not {m.state.id for m in mentions} & case.never
    if case.want is not None:
        assert (found, {m.state.id for m in mentions}) == (set(case.want), set(case.states))


def test_every_mention_of_the_table_is_quoted_from_its_text(readings):
    for case, reading in readings.items():
        for mention in reading.mentions:
            assert case.text[mention.start : mention.end] == mention.text
            assert 0 < mention.confidence <= 1


def test_the_table_is_large_and_a_third_of_it_are_traps():
    assert len(CASES) >= 320
    assert 3 * sum(case.trap for case in CASES) >= len(CASES)
    assert len({(case.day, case.marked) for case in CASES}) == len(CASES)


def test_the_table_asks_only_for_actors_that_exist_or_that_its_sentence_introduces():
    known = set(catalogue().ids())
    unknown = {
        (actor, case.marked)
        for case in CASES
        for actor in (case.want or frozenset()) | (case.states or frozenset()) | case.never
        if actor not in known and not (actor.startswith("person.") and actor[7:] in slug(case.text))
    }
    assert unknown == set()
