"""data/relations.toml -> the ontology: the closed list of relations, one card each.

What kg ships is checked once, when `scripts/build_relations.py` compiles it: to read TOML field by field costs a
question more than all its statements.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.datafiles import DATA, read_table
from kg.errors import DataError
from kg.model import FAMILIES, Family

__all__ = ["COMPILED", "Ontology", "Relation", "Tier", "compiled", "load_ontology", "ontology"]

SOURCE = DATA / "relations.toml"
COMPILED = DATA / "relations.json"

Tier = Literal["strong", "tie", "signal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation's card.

    `id` is a verb in the third person ("supports"), `inverse` what the target says of the source ("is supported
    by"). `plover`, `cameo` and `weight` (Goldstein scale, -10 … +10) are None for structure relations; a trigger or
    an assertion may carry finer ones. `tier` is set in the backing family only. A `standing` relation holds until it
    is reversed ("is an ally of"); any other happens at a time ("attacked"). A `stance` is taken to a deed as well as to
    an actor ("A struck B, which C condemned").
    """

    id: str
    family: Family
    symmetric: bool
    inverse: str
    definition: str
    example: str
    standing: bool = False
    stance: bool = False
    tier: Tier | None = None
    plover: str | None = None
    cameo: str | None = None
    weight: float | None = None


class Ontology:
    """The relations by id, in the order of the file."""

    def __init__(self, relations: list[Relation], where: str = "relations") -> None:
        self.relations: dict[str, Relation] = {}
        for relation in relations:
            entry = f"{where}: [[relation]] {relation.id!r}"
            if relation.id in self.relations:
                raise DataError(f"{entry}: stands twice; remove one.")
            if (relation.tier is None) == (relation.family == "backing"):
                raise DataError(f"{entry}: `tier` belongs to every backing relation and to no other.")
            if relation.weight is not None and not -10 <= relation.weight <= 10:
                raise DataError(f"{entry}: `weight` {relation.weight} is outside -10 … +10.")
            coded = (relation.plover, relation.cameo, relation.weight)
            if (None in coded) != (relation.family == "structure") or len({c is None for c in coded}) > 1:
                raise DataError(f"{entry}: `plover`, `cameo` and `weight` belong to every relation but structure's.")
            self.relations[relation.id] = relation

    def __getitem__(self, relation: str) -> Relation:
        return self.relations[relation]

    def family(self, family: Family) -> tuple[Relation, ...]:
        """The relations of one family, in the order of the file."""
        return tuple(r for r in self.relations.values() if r.family == family)

    @property
    def families(self) -> dict[Family, tuple[Relation, ...]]:
        return {family: self.family(family) for family in FAMILIES}


def load_ontology(path: Path) -> Ontology:
    """The ontology in a TOML file. Raises `DataError` that names the offending entry."""
    relations = read_table(path, "relation", Relation)
    if not relations:
        raise DataError(f"{path}: holds no [[relation]].")
    return Ontology(relations, str(path))


def compiled(path: Path = SOURCE) -> str:
    """The checked cards of a file as JSON that loads fast, with the sum of the bytes that they are of."""
    cards = [
        {key: value for key, value in dataclasses.asdict(card).items() if value is not None}
        for card in load_ontology(path).relations.values()
    ]
    lines = ",\n".join(json.dumps(card, ensure_ascii=False) for card in cards)
    return f'{{"of": {zlib.crc32(path.read_bytes())}, "relations": [\n{lines}\n]}}\n'


@functools.cache
def ontology() -> Ontology:
    """The ontology that kg ships: as compiled, where that is of the file as it stands, else from the file."""
    try:
        kept = json.loads(COMPILED.read_bytes())
        current = kept["of"] == zlib.crc32(SOURCE.read_bytes())
    except (OSError, ValueError, TypeError, KeyError):
        current = False
    return Ontology([Relation(**card) for card in kept["relations"]]) if current else load_ontology(SOURCE)
