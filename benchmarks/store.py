"""What a store costs: `python benchmarks/store.py [ASSERTIONS] [STORE]`; unless told, 100,000 in a file thrown away.

Prints a table of CPU seconds of this process and of the clock; making the readings up is not counted. A STORE is a path
or an URL that holds nothing yet, and is left behind to be looked at.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

if __name__ == "__main__":  # run by hand from a checkout
    sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.synthetic import ASSERTIONS, batches, readings
from kg.actors.catalogue import catalogue
from kg.graph import load_graph
from kg.model import Edge, Reading
from kg.store import Filter, Store, open_store

SMALL_BATCH = 64  # what `kg build` writes at once
APPENDED = 100


class _Meter:
    """CPU and wall seconds, without those spent on making readings up."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float]] = []
        self._outside = (0.0, 0.0)

    def __call__(self, what: str, work: Callable[[], object]) -> None:
        self._outside = (0.0, 0.0)
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        cpu, wall = time.process_time() - cpu - self._outside[0], time.perf_counter() - wall - self._outside[1]
        self.rows.append((what, cpu, wall))
        print(f"{what:<58}{cpu:>10.4f}{wall:>10.4f}", flush=True)

    def without(self, made: Iterable[Reading]) -> Iterator[Reading]:
        """The readings, their making not counted."""
        source = iter(made)
        while True:
            cpu, wall = time.process_time(), time.perf_counter()
            one = next(source, None)
            spent = (time.process_time() - cpu, time.perf_counter() - wall)
            self._outside = (self._outside[0] + spent[0], self._outside[1] + spent[1])
            if one is None:
                return
            yield one


def measure(place: str, assertions: int) -> None:
    """Fill a store and ask it."""
    meter, documents = _Meter(), assertions // ASSERTIONS
    few = max(documents // 20, 1)
    catalogue()
    print(f"{f'{documents:,} documents, {documents * ASSERTIONS:,} assertions':<58}{'CPU s':>10}{'wall s':>10}")
    with open_store(place, create=True) as store:
        meter("load all into an empty store", lambda: _write(store, meter.without(readings(documents))))
        meter(f"add {few:,} documents more, {SMALL_BATCH} at a time", lambda: _in_batches(store, meter, documents, few))
        documents += few
        more = list(readings(APPENDED, first=documents))
        meter(f"add {APPENDED} documents", lambda: _write(store, more))
        meter(f"the same {APPENDED} again", lambda: _write(store, more))
        changed = [
            dataclasses.replace(one, document=dataclasses.replace(one.document, title="Another edition"))
            for one in more
        ]
        meter(f"replace these {APPENDED}", lambda: _write(store, changed))
        meter(f"remove {APPENDED // 10} documents", lambda: [store.remove(one.document.id) for one in more[:10]])
    with open_store(place) as store:
        meter("load the graph between states", lambda: load_graph(store, "state"))
        meter("load the graph between actors", lambda: load_graph(store, "actor"))
        heavy = next(iter(store.edges(having="actual", limit=1)))
        _ask(store, meter, heavy)
        print(f"heaviest edge: {heavy.source} {heavy.relation} {heavy.target}, {heavy.actual:,} facts")
        edges = {level: sum(1 for _ in store.edges(Filter(level=level))) for level in ("state", "actor")}  # type: ignore[arg-type]
        print(f"edges: {edges['state']:,} between states, {edges['actor']:,} between actors")
        meter("check everything", lambda: print(*store.check(), sep="\n", end=""))
    if Path(place).exists():
        print(f"{Path(place).stat().st_size / 1e6:,.0f} MB")


def _write(store: Store, made: Iterable[Reading]) -> None:
    store.write(made, aliases=catalogue().aliases)


def _in_batches(store: Store, meter: _Meter, first: int, documents: int) -> None:
    for batch in batches(documents, SMALL_BATCH, first=first):
        _write(store, batch)


def _ask(store: Store, meter: _Meter, heavy: Edge) -> None:
    this = Filter(sources=(heavy.source,), relations=(heavy.relation,), targets=(heavy.target,))
    backed = Filter(targets=(heavy.target,), relations=("supports", "aids", "arms"))
    questions: dict[str, Callable[[], object]] = {
        "who backs the heaviest target": lambda: list(store.edges(backed, having="actual", limit=20)),
        "the same since 2020": lambda: list(
            store.edges(dataclasses.replace(backed, since="2020"), having="actual", limit=20)
        ),
        "20 quotes of the heaviest edge": lambda: list(store.assertions(this, limit=20)),
        "the edges of the heaviest source": lambda: list(store.edges(Filter(sources=(heavy.source,)), having="actual")),
        "find an actor by name": lambda: store.find_actors("the united states"),
    }
    for what, work in questions.items():
        work()
        meter(what, work)


def main(arguments: list[str]) -> int:
    """Measure and print."""
    if len(arguments) > 2 or not all(number.isdecimal() for number in arguments[:1]):
        print("usage: python benchmarks/store.py [ASSERTIONS, 100000 unless told] [STORE]", file=sys.stderr)
        return 2
    assertions = int(arguments[0]) if arguments else 100_000
    if len(arguments) > 1:
        measure(arguments[1], assertions)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        measure(str(Path(folder) / "kg.db"), assertions)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
