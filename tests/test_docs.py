"""The documents say what the code says: what `make docs` writes stands in them, and every command is in them."""

import re
from pathlib import Path

import pytest

from kg.commands.group import COMMANDS
from kg.relations import ontology
from scripts import docs, questions

ROOT = Path(__file__).parent.parent


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_command_is_in_the_reference():
    for entry in COMMANDS:
        assert f"### kg {entry.name}\n" in text("docs/commands.md")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("docs/commands.md", docs.commands),
        ("docs/questions.md", questions.forms),
        ("docs/questions.md", questions.refused),
        ("docs/questions.md", questions.verbs),
        ("schema.md", docs.values),
        ("schema.md", docs.vocabularies),
        ("schema.md", docs.relations),
        ("schema.md", docs.tables),
    ],
)
def test_what_is_generated_is_up_to_date(name, part):
    assert part() == part()
    assert part() in text(name), f"{name} is out of date; run `make docs`"


def test_every_relation_is_in_the_schema():
    assert set(re.findall(r"^\| `(\w+)`(?: \(\w+\))? \| (?:one way|both ways)", text("schema.md"), re.M)) == set(
        ontology().relations
    )


def test_the_readme_opens_with_what_it_does_and_the_two_commands():
    opening = text("README.md").partition("\n## ")[0]
    assert "make demo" in opening
    assert "make test" in opening
    assert "/tmp" not in text("README.md")


def test_the_readme_shows_a_real_session():
    session = text("README.md").partition("```console")[2].partition("```")[0]
    assert re.findall(r"^\$ (.*)$", session, re.M) == [
        "kg build seeds",
        'kg query "who backs Pakistan"',
        "kg path China Afghanistan --k 2",
    ]
    assert "paraphrase of Newsweek" in session


@pytest.mark.parametrize("name", ["show", "between", "timeline", "path", "blocs", "balance", "cite"])
def test_answers_about_actors_are_explained_with_an_example(name):
    section = re.search(rf"^## kg {name}: .*?(?=^## |\Z)", text("docs/answers.md"), re.M | re.S)
    assert section is not None
    assert f"$ kg {name} " in section[0] + " "


@pytest.mark.parametrize("name", ["README.md", "schema.md", "docs/answers.md", "docs/commands.md"])
def test_links_inside_the_project_lead_somewhere(name):
    for target in re.findall(r"\]\(((?!https?:)[^)#]+)", text(name)):
        assert (ROOT / name).parent.joinpath(target).exists(), target
