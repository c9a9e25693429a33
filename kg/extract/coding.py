"""CAMEO code, PLOVER type and weight of one assertion, from its trigger, polarity and status.

A trigger has the code of the deed. A deed that is refused or fails, and one that is promised, agreed to or announced,
has a code of its own in the codebook, from which type and weight follow. So a cooperative act that is refused is PLOVER
REJECT, one that is promised is AGREE; a hostile material act that is announced, and sanctions that are called for, are
THREATEN. An appeal has the code of what is asked for, a charge that of the deed charged, where the sentence says which.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.codebook import Code, as_told, codebook
from kg.extract.frame_entry import FrameEntry
from kg.model import Polarity, Status
from kg.relations import Relation

__all__ = ["Coded", "code"]


@dataclass(frozen=True, slots=True)
class Coded:
    """PLOVER event type, CAMEO code and Goldstein weight; all None for structure relations."""

    plover: str | None
    cameo: str | None
    weight: float | None


def code(relation: Relation, frame: FrameEntry, polarity: Polarity, status: Status, deed: str | None = None) -> Coded:
    """The codes of an assertion; `deed` is the code of what it asks for or charges."""
    codes = codebook()
    own = frame.cameo or relation.cameo
    if own is None:
        return Coded(None, None, None)
    found = codes[own]
    if deed is not None:
        found = codes[_said_of(codes[deed], found.id) or found.id]
    found = as_told(found, polarity, status, called_for=relation.id == "sanctions")
    return Coded(found.plover, found.id, found.weight)


def _said_of(deed: Code, own: str) -> str | None:
    """The code of an appeal, a demand or a charge of that code by the deed it speaks of."""
    return {"020": deed.asked, "100": deed.demanded, "112": deed.accused}.get(own)
