"""What `kg doctor` finds in a store: each thing that is kept twice is compared with what it follows from."""

import pytest

from kg.store import Correction, checking, open_store
from tests.builders import CN, IN, PK, US, XI, fact, person, reading

ENVOY = person("person.envoy", "The Envoy")
NAMES = {"cn": ["Beijing"], "person.envoy": ["Envoy"]}


@pytest.fixture
def store(place):
    with open_store(place, create=True) as store:
        store.write(
            [
                reading("a", fact(CN, "supports", PK), fact(XI, "praises", PK, source_state=CN), publisher="Daily"),
                reading("b", fact(CN, "supports", PK), publisher="Post"),
                reading("c", fact(ENVOY, "criticizes", IN, source_state=ENVOY), publisher="Post"),
                reading("d", fact(US, "supports", PK)),
            ],
            aliases=lambda id: NAMES.get(id, []),
        )
        store.correct(Correction(kind="merge", source="person.envoy", target=XI, state=CN, names=("The Envoy",)))
        assert store.check() == []
        yield store


def damaged(store, *statements):
    with store._db.transaction():
        for statement in statements:
            store._db.execute(statement)
    return store.check()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE edges SET actual = 7 WHERE level = 'state' AND source = 'us'", ["edge us supports pk at state level"]),
        ("UPDATE edges SET originals = 9 WHERE level = 'actor' AND source = 'us'", ["edge us supports pk at actor"]),
        ("UPDATE edges SET outlets = 9 WHERE level = 'state' AND source = 'us'", ["edge us supports pk at state"]),
        (
            "UPDATE edge_outlets SET documents = 5 WHERE outlet = 'post' AND edge = "
            "(SELECT pk FROM edges WHERE level = 'state' AND source = 'cn' AND relation = 'supports')",
            ["edge cn supports pk at state level counts 5 documents of post, its assertions 1"],
        ),
        (
            "UPDATE edge_outlets SET outlet = 'times' WHERE outlet = 'daily' AND edge = "
            "(SELECT pk FROM edges WHERE level = 'actor' AND source = 'cn' AND relation = 'supports')",
            ["counts 0 documents of daily, its assertions 1", "counts 1 documents of times, its assertions 0"],
        ),
        (
            "UPDATE documents SET text = 'Short.' WHERE id = 'd'",
            ["'d' is not the one", "'d' is counted", "'d' is short"],
        ),
        ("UPDATE documents SET origin = 'x' WHERE id = 'd'", ["document 'd' is counted as of an origin"]),
        (
            "UPDATE documents SET outlet = NULL WHERE id = 'c'",
            ["document 'c' of 'Post' is counted as of the outlet None"],
        ),
        ("UPDATE assertions SET day = '1999-01-01' WHERE pk = 1", ["document 'a' has 1 assertions of another day"]),
        (
            "INSERT INTO actors VALUES (99, 'xx', 'The Nobody', 'state', NULL, NULL, 'nobody')",
            ["actor xx (The Nobody)"],
        ),
        ("UPDATE actors SET folded = 'chin' WHERE id = 'cn'", ["actor cn (China) is looked for as 'chin'"]),
        ("UPDATE actor_names SET folded = 'x' WHERE name = 'Beijing'", ["name 'Beijing' of cn is looked for as 'x'"]),
        ("INSERT INTO actor_names VALUES ('xx', 'xx', 'XX')", ["name 'XX' is of xx, whom no document names"]),
        ("DELETE FROM as_read", ["document 'c' is corrected, and what was read from it is not kept"]),
        ("DELETE FROM corrected", ["Of the document 'c' two readings are kept"]),
        ("UPDATE corrections SET undone = '2024'", ["document 'c' is still as correction 1 made it"]),
    ],
)
def test_each_lie_is_found_and_nothing_beside_it(store, statement, told):
    wrong = damaged(store, statement)
    found = [text for text in wrong if any(part in text for part in told)]
    assert all(any(part in text for text in wrong) for part in told), wrong
    edges = "origin" in statement or "outlet = NULL" in statement or "day =" in statement or "text =" in statement
    assert [text for text in wrong if text not in found and not (edges and "edge" in text)] == []


def test_rows_that_point_nowhere_are_found(tmp_path):
    with open_store(tmp_path / "kg.db", create=True) as store:
        store.write([reading("a", fact(CN, "supports", PK))])
        store._db.execute("PRAGMA foreign_keys = OFF")
        store._db.execute("DELETE FROM actors WHERE id = 'cn'")
        assert any("points at a row of actors" in text for text in store.check())


def test_who_writes_meanwhile_is_not_taken_for_damage(store, place, monkeypatch):
    before = checking._outlets

    def meanwhile(db):
        with open_store(place) as other:
            other.write([reading("new", fact(CN, "supports", PK), publisher="New")])
        yield from before(db)

    monkeypatch.setattr(checking, "_outlets", meanwhile)
    assert store.check() == []
    assert store.document("new") is not None
    monkeypatch.undo()
    assert store.check() == []
