"""The briefs that come with kg: whose words they are and what they are based on is told by each."""

from pathlib import Path

import pytest

from kg.documents import read_sources

SEEDS = Path(__file__).parent.parent / "seeds"
BRIEFS = sorted(path for path in SEEDS.glob("*.md") if path.name != "README.md")


def read(path):
    problems = []
    documents = list(read_sources([path], problems=problems))
    assert problems == []
    return documents


def test_the_folder_is_read_whole():
    assert [document.id for document in read(SEEDS)] == [path.stem for path in BRIEFS]
    assert len(BRIEFS) == 5


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_is_a_paraphrase_and_says_of_what(path):
    (document,) = read(path)
    assert document.publisher == "kg brief"
    assert document.kind == "brief"
    assert document.title
    assert document.url is None  # the address of the original would pass for that of our words
    assert document.based_on is not None
    assert document.based_on.title
    assert document.based_on.title != document.title
    assert document.based_on.date == document.date
    assert document.based_on.publisher != document.publisher


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_id_and_date_are_those_of_the_file_name(path):
    (document,) = read(path)
    assert document.id == path.stem
    assert path.name.startswith(f"{document.date}-")


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_is_a_page_of_prose(path):
    (document,) = read(path)
    assert 150 <= len(document.text.split()) <= 400
    for paragraph in document.text.strip().split("\n\n"):
        assert "\n" not in paragraph  # a quote is never torn by a line end
        assert paragraph[0].isalnum()  # no headings, lists or quotations
        assert paragraph.endswith(".")
        assert '"' not in paragraph
        assert "“" not in paragraph


def test_the_readme_lists_every_brief():
    listed = [
        line.split("|")[1].strip() for line in (SEEDS / "README.md").read_text("utf-8").splitlines() if ".md |" in line
    ]
    assert listed == [path.name for path in BRIEFS]
