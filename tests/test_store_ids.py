"""Ids that have been met: each is new once, however many there are, and none is held in memory."""

import tracemalloc

import pytest

from kg.errors import StoreError
from kg.store.ids import Ids


def test_an_id_is_new_once():
    with Ids() as ids:
        assert [ids.add(id) for id in ("a", "b", "a", "A", "", "half \ud800", "half \ud800", "b", "")] == [
            *(True, True, False, True, True, True, False, False, False)
        ]
    with Ids() as others:
        assert others.add("a")


def test_ten_times_the_ids_take_no_more_memory():
    peaks = []
    for n in (2_000, 20_000):
        tracemalloc.start()
        with Ids() as ids:
            assert all(ids.add(f"{i:0100}") for i in range(n))
            assert not any(ids.add(f"{i:0100}") for i in range(0, n, 100))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 50_000


def test_a_disk_that_fails_says_what_to_do():
    with Ids() as ids:
        ids._connection.execute("COMMIT")
        (size,) = ids._connection.execute("PRAGMA page_count").fetchone()
        ids._connection.execute(f"PRAGMA max_page_count = {size}")
        ids._connection.execute("BEGIN")
        with pytest.raises(StoreError, match=r"is full; make room on the disk, or name another folder .* TMPDIR"):
            [ids.add(str(i)) for i in range(10_000)]
