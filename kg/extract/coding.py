"""CAMEO code, PLOVER type and weight of one assertion, from its trigger, polarity and status.

The PLOVER codebook (2021): a cooperative act that is refused or fails is REJECT; one that is promised or agreed to is
AGREE; a hostile material act that is announced, and sanctions that are called for, are THREATEN.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.lexicon import FrameEntry
from kg.model import Polarity, Status
from kg.relations import Relation

__all__ = ["Code", "code"]

_COOPERATIVE = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"))
_HOSTILE = frozenset(("COERCE", "SANCTION", "ASSAULT", "MOBILIZE", "PROTEST"))


@dataclass(frozen=True, slots=True)
class Code:
    """PLOVER event type, CAMEO code and Goldstein weight; all None for structure relations."""

    plover: str | None
    cameo: str | None
    weight: float | None


def code(relation: Relation, frame: FrameEntry, polarity: Polarity, status: Status) -> Code:
    """The codes of an assertion."""
    cameo = frame.cameo or relation.cameo
    plover = frame.plover or relation.plover
    weight = frame.weight if frame.weight is not None else relation.weight
    if plover in _COOPERATIVE:
        if polarity == "negated":
            plover = "REJECT"
        elif status == "planned":
            plover = "AGREE"
    elif (
        plover in _HOSTILE
        and polarity == "affirmed"
        and (status == "planned" or (status == "hypothetical" and relation.id == "sanctions"))
    ):
        plover = "THREATEN"
    return Code(plover, cameo, weight)
