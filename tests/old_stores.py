"""What the stores in tests/stores/ hold, each as SQL as the kg of its time wrote it.

A store of a new version is added by `python tests/old_stores.py` before its tables change again. The readings must not
change: what a migrated store holds is compared with what is written today.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from builders import CN, HAMAS, IN, IR, PK, PLA, US, XI, fact, person, reading

from kg.model import Original
from kg.store import Correction, Store, Versions, open_store

FOLDER = Path(__file__).parent / "stores"

NAMES = {"cn": ["Beijing", "PRC"], "us": ["USA"], "person.xi-jinping": ["Xi"]}
ENVOY = person("person.envoy", "The Envoy")


def fill(store: Store) -> None:
    """All that the tables can hold: statuses, counts, outlets, dates of every kind, corrections kept and undone."""
    store.write(
        [
            reading("a", fact(CN, "supports", PK), fact(XI, "praises", PK, source_state=CN), publisher="The Daily"),
            reading("b", fact(CN, "supports", PK, date="2020-03"), publisher="DAILY", date="2021-01-01"),
            reading("c", fact(CN, "supports", PK, confidence=0.85), publisher="Post", date="2022"),
            reading("d", fact(PK, "allied_with", CN), fact(CN, "allied_with", PK, background=True), date=None),
            reading(
                "e/é",
                fact(
                    IR, "arms", HAMAS, status="alleged", source_how="anaphora", about=("Gaza",), attributed_to="Israel"
                ),
                fact(US, "supports", PK, polarity="negated", against=("India",)),
                fact(PLA, "attacks", IN, source_state=CN, status="planned", confidence=0.25),
                publisher="kg brief",
                based_on=Original(title="O", publisher="Wire", date="2024", url="https://example.org/o"),
                url="https://example.org/1",
                kind="brief",
            ),
            reading("f", fact(ENVOY, "criticizes", IN, source_state=ENVOY), publisher=None),
            reading("g"),
        ],
        aliases=lambda id: NAMES.get(id, []),
        versions=Versions(extractor="1", model="m-3.8", catalogue="c1"),
    )
    store.correct(
        Correction(kind="merge", source="person.envoy", target=XI, state=CN, names=("The Envoy",)),
        time="2024-05-01T12:00:00Z",
    )
    store.correct(
        Correction(kind="split", source="us", target=IN, documents=("e/é",)),
        time="2024-05-02T12:00:00Z",
    )
    store.undo(2, time="2024-05-03T12:00:00Z")


def restore(script: Path, path: Path) -> None:
    """The store that the SQL makes, as a file."""
    connection = sqlite3.connect(path)
    connection.executescript(script.read_text("utf-8"))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def main() -> None:
    """Write down a store of today's version."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kg.db"
        with open_store(path, create=True) as store:
            fill(store)
        connection = sqlite3.connect(path)
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        }
        lines = [*connection.iterdump(), *(f"PRAGMA {name} = {value};" for name, value in pragmas.items())]
        connection.close()
    name = FOLDER / f"v{pragmas['user_version']}.sql"
    name.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
