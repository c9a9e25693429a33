"""The rows of actors and the names they are found by, as one batch needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.model import Actor, Mention, Reading
from kg.store import rows
from kg.store.database import Database
from kg.store.names import fold

__all__ = ["Cast"]

_ACTOR = ("pk", "id", "name", "kind", "sector", "iso3", "folded")


class Cast:
    """The actors of a batch and their rows, found or made once."""

    def __init__(self, db: Database, number: Callable[[str], int]) -> None:
        self._db = db
        self._number = number
        self._rows: dict[Actor, int] = {}
        self._unsure: set[int] = set()  # rows that may have lost their last mention

    @property
    def ids(self) -> set[str]:
        """The actors that stand in what was written."""
        return {actor.id for actor in self._rows}

    def rows_of(self, readings: Iterable[Reading]) -> Mapping[int, tuple[int, int]]:
        """The rows of actor and state of every mention of the readings, by the identity of the mention.

        Those that are missing are made. Good as long as the readings live. A mention and an actor are told by their
        objects because that is ten times as fast as to compare their fields.
        """
        mentions: dict[int, Mention] = {}
        for reading in readings:
            for mention in reading.mentions:
                mentions[id(mention)] = mention
            for one in reading.assertions:
                source, target = one.source, one.target
                mentions[id(source)] = source
                mentions[id(target)] = target
        kept, actors = self._rows, {}
        for mention in mentions.values():
            actor, state = mention.actor, mention.state
            actors[id(actor)] = actor
            actors[id(state)] = state
        self._find(dict.fromkeys(actor for actor in actors.values() if actor not in kept))
        known = {key: kept[actor] for key, actor in actors.items()}
        return {key: (known[id(one.actor)], known[id(one.state)]) for key, one in mentions.items()}

    def _find(self, missing: Iterable[Actor]) -> None:
        kept = self._rows
        for pk, *fields in self._db.execute(
            "SELECT pk, id, name, kind, sector, iso3 FROM actors WHERE id IN (SELECT value FROM json_each(?))",
            (rows.listed(actor.id for actor in missing),),
        ):
            kept[Actor(*fields)] = pk
        new = []
        for actor in missing:
            if actor not in kept:
                kept[actor] = self._number("actors")
                values = (actor.id, actor.name, actor.kind, actor.sector, actor.iso3)
                new.append((kept[actor], *values, fold(actor.name)))
        self._db.insert("actors", _ACTOR, new)

    # -- what is lost

    def lose(self, document: int) -> None:
        """Notes the actors of a document that is about to be deleted."""
        for actors in self._db.execute(
            "SELECT actor, state FROM mentions WHERE document = :pk UNION SELECT source, source_state FROM assertions "
            "WHERE document = :pk UNION SELECT target, target_state FROM assertions WHERE document = :pk",
            {"pk": document},
        ):
            self._unsure.update(actors)

    def forget(self, spared: Iterable[str | None]) -> None:
        """Deletes the actors that no document names any more, their names too, but for those of the spared."""
        for pk in self._unsure - set(self._rows.values()):
            gone = self._db.execute(
                "DELETE FROM actors WHERE pk = :pk AND NOT EXISTS (SELECT 1 FROM mentions WHERE actor = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM mentions WHERE state = :pk AND state <> actor) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE source = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE source_state = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE target = :pk) "
                "AND NOT EXISTS (SELECT 1 FROM assertions WHERE target_state = :pk) RETURNING id",
                {"pk": pk},
            ).fetchone()
            if gone and gone[0] not in spared:
                self._db.execute(
                    "DELETE FROM actor_names WHERE actor = :id AND NOT EXISTS (SELECT 1 FROM actors WHERE id = :id)",
                    {"id": gone[0]},
                )

    # -- names

    def name(self, actor: str, names: Iterable[str]) -> None:
        """Adds names under which an actor is found."""
        self._db.many(
            "INSERT INTO actor_names (folded, actor, name) VALUES (?,?,?) ON CONFLICT DO NOTHING",
            [(fold(name), actor, name) for name in names if fold(name)],
        )

    def rename(self, actors: Iterable[str], aliases: Callable[[str], Iterable[str]]) -> None:
        """Gives each of the actors its names, and no others; most have them already."""
        actors = sorted(actors)
        kept: dict[str, set[tuple[str, str]]] = {}
        for actor, folded, name in self._db.execute(
            "SELECT actor, folded, name FROM actor_names WHERE actor IN (SELECT value FROM json_each(?))",
            (rows.listed(actors),),
        ):
            kept.setdefault(actor, set()).add((folded, name))
        new: list[tuple[str, str, str]] = []
        gone: list[tuple[str, str, str]] = []
        for actor in actors:
            names = {(fold(name), name) for name in aliases(actor) if fold(name)}
            before = kept.get(actor, set())
            new += [(folded, actor, name) for folded, name in names - before]
            gone += [(folded, actor, name) for folded, name in before - names]
        self._db.many("DELETE FROM actor_names WHERE folded = ? AND actor = ? AND name = ?", gone)
        self._db.insert("actor_names", ("folded", "actor", "name"), new)
