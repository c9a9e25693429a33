"""Whatever was written, replaced, removed, corrected, reviewed and undone: a store is what its end state says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import POLARITIES, STATUSES
from kg.store import Correction, open_store
from kg.store.reviews import Change
from tests.builders import CN, IN, PK, RELATIONS, US, person, readings

ACTORS = (CN, PK, US, IN, person("person.cn", "Leader of China"), person("person.new", "Somebody New"))
NAMES = {actor.id: [actor.name, f"the people of {actor.name}"] for actor in ACTORS}
TIME = "2024-05-01T12:00:00Z"
IDS = ("a", "b", "c/d")

numbers = st.integers(0, 9)
changes = st.builds(
    Change,
    relation=st.none() | st.sampled_from(RELATIONS),
    polarity=st.none() | st.sampled_from(POLARITIES),
    status=st.none() | st.sampled_from(STATUSES),
).filter(lambda change: change != Change())
steps = st.one_of(
    st.tuples(st.just("write"), readings(IDS, max_facts=4)),
    st.tuples(st.just("write"), readings(IDS, max_facts=3, url="https://example.org/2")),
    st.tuples(st.just("remove"), st.sampled_from(IDS)),
    st.tuples(st.just("merge"), st.lists(st.sampled_from(ACTORS), min_size=3, max_size=3, unique=True)),
    st.tuples(st.just("split"), st.lists(st.sampled_from(ACTORS), min_size=3, max_size=3, unique=True), numbers),
    st.tuples(st.sampled_from(["accept", "reject"]), numbers, numbers),
    st.tuples(st.just("relabel"), numbers, numbers, changes),
    st.tuples(st.just("undo"), numbers),
)


class History:
    """A store and what was done to it, so that its end can be written anew."""

    def __init__(self, store):
        self.store = store
        self.last = {}  # of every document there ever was, the last edition
        self.removed = set()
        self.corrections = []
        self.undone = []

    def do(self, what, *of):
        if what == "write":
            self.write(of[0])
        elif what == "remove":
            assert self.store.remove(of[0]) == (of[0] in self.last and of[0] not in self.removed)
            self.removed.add(of[0])
        elif what == "undo":
            standing = [c.number for c in self.store.corrections()]
            if standing:
                self.undo(standing[of[0] % len(standing)])
        elif (correction := self.correction(what, *of)) is not None:
            self.correct(correction)

    def write(self, batch):
        self.store.write(batch, aliases=aliases)
        self.last |= {one.document.id: one for one in batch}
        self.removed -= {one.document.id for one in batch}

    def correct(self, correction):
        self.store.correct(correction, aliases=aliases, time=TIME)
        self.corrections.append(correction)

    def undo(self, number):
        self.store.undo(number, aliases=aliases, time=TIME)
        self.undone.append(number)

    def correction(self, what, *of):
        documents = [document.id for document in self.store.documents()]
        if what == "merge":
            (one, other, state) = of[0]
            return Correction(kind="merge", source=one.id, target=other, state=state, names=(one.name,))
        if not documents:
            return None
        if what == "split":
            (one, other, _), n = of
            return Correction(kind="split", source=one.id, target=other, documents=(documents[n % len(documents)],))
        document = documents[of[0] % len(documents)]
        read = self.store.reading(document, corrected=False).assertions
        if not read:
            return None
        change = of[2] if what == "relabel" else None
        ids = (read[of[1] % len(read)].id,)
        return Correction(kind=what, documents=(document,), assertions=ids, change=change, reviewer="ada")

    def again(self, store):
        """The same end, come to on the straightest way."""
        history = History(store)
        history.write(list(self.last.values()))
        for correction in self.corrections:
            history.correct(correction)
        for number in self.undone:
            history.undo(number)
        for document in sorted(self.removed & self.last.keys()):
            assert store.remove(document)


def aliases(actor):
    return NAMES.get(actor, [])


@given(st.lists(steps, max_size=7))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_step_leaves_a_sound_store_and_the_end_is_all_that_counts(done):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "kg.db", create=True) as store,
        open_store(Path(folder) / "again.db", create=True) as again,
    ):
        history = History(store)
        for step in done:
            history.do(*step)
            assert store.check() == [], step
        history.again(again)
        assert again.check() == []
        assert list(store.dump()) == list(again.dump())


@given(st.lists(steps, max_size=7))
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@pytest.mark.usefixtures("postgresql")
def test_both_stores_come_to_the_same(postgresql, done):
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS histories CASCADE")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "kg.db", create=True) as file,
        open_store(f"{postgresql}#histories", create=True) as server,
    ):
        histories = [History(file), History(server)]
        for step in done:
            for history in histories:
                history.do(*step)
            assert server.check() == []
        assert list(server.dump()) == list(file.dump())
