"""The ontology: what kg ships, its compiled form, and errors that name the entry."""

import pytest

from kg import relations
from kg.errors import DataError
from kg.relations import COMPILED, SOURCE, compiled, load_ontology, ontology

CARD = """
[[relation]]
id = "supports"
family = "backing"
tier = "strong"
symmetric = false
plover = "SUPPORT"
cameo = "051"
weight = 3.4
inverse = "is supported by"
definition = "Backs."
example = "Kenya backed Somalia."
"""


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The shipped files as they may come to be: a folder with both, and what `ontology` makes of them."""
    source, kept = tmp_path / "relations.toml", tmp_path / "relations.json"
    monkeypatch.setattr(relations, "SOURCE", source)
    monkeypatch.setattr(relations, "COMPILED", kept)
    source.write_text(CARD, "utf-8")
    kept.write_text(compiled(source), "utf-8")
    return source, kept, ontology.__wrapped__


def test_what_kg_ships_is_compiled_as_it_stands():
    assert COMPILED.read_text("utf-8") == compiled(), "run `python scripts/build_relations.py`"
    assert list(ontology().relations.items()) == list(load_ontology(SOURCE).relations.items())


def test_the_compiled_cards_are_read_without_the_file_being_parsed(elsewhere, monkeypatch):
    _, _, read = elsewhere
    monkeypatch.setattr(relations, "load_ontology", None)
    assert [card.id for card in read().relations.values()] == ["supports"]


def test_a_file_that_was_changed_since_is_read_itself(elsewhere):
    source, _, read = elsewhere
    source.write_text(CARD.replace("3.4", "4.5"), "utf-8")
    assert read()["supports"].weight == 4.5


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"of": 1}', "\xff"])
def test_without_a_compiled_form_the_file_is_read(text, elsewhere):
    _, kept, read = elsewhere
    kept.unlink() if text is None else kept.write_bytes(text.encode("latin-1"))
    assert read()["supports"].tier == "strong"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("tier =", "tear =", "unknown key `tear`"),
        ('tier = "strong"\n', "", "`tier` belongs to every backing relation"),
        ("weight = 3.4", "weight = 30", "outside -10"),
        ('plover = "SUPPORT"\n', "", "belong to every relation but structure's"),
        ('family = "backing"', 'family = "friends"', "'friends' is none of"),
        ("[[relation]]", "[[relations]]", "holds no"),
        (CARD, CARD + CARD, "stands twice"),
    ],
)
def test_a_wrong_card_is_named_with_its_file(old, new, says, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(CARD.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=r"mine\.toml") as caught:
        load_ontology(path)
    assert says in str(caught.value)
