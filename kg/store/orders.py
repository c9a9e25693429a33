"""In which order assertions are given, as SQL without values; `a` is the row of an assertion."""

from __future__ import annotations

from kg.model import Family
from kg.relations import ontology
from kg.store.filters import Order

__all__ = ["ordered"]

# The most direct and certain first, then the latest; document and place make the order whole.
_BEST = "a.grade DESC, a.day DESC NULLS LAST, (SELECT d.id FROM documents d WHERE d.pk = a.document), a.seq"
_TEXT = "(SELECT d.id FROM documents d WHERE d.pk = a.document), a.seq"
_LEAST_CERTAIN = "a.confidence, a.grade, a.id"
# What would do most harm if it were wrong: told as done or claimed, hostile, by or against a person, least certain.
_TOLD = "CASE WHEN a.polarity = 'affirmed' AND a.status IN ('actual', 'alleged') THEN 0 ELSE 1 END"
_PEOPLE = (
    "CASE WHEN 'person' IN ((SELECT kind FROM actors WHERE pk = a.source), "
    "(SELECT kind FROM actors WHERE pk = a.target)) THEN 0 ELSE 1 END"
)
_HARM: tuple[Family, ...] = ("fighting", "opposing", "backing")


def ordered(order: Order) -> str:
    """The ORDER BY of an order."""
    if order == "harm":
        return "ORDER BY " + ", ".join((_TOLD, _hostile(), _PEOPLE, _LEAST_CERTAIN))
    return "ORDER BY " + {"best": _BEST, "text": _TEXT, "certainty": _LEAST_CERTAIN}[order]


def _hostile() -> str:
    ranks = [
        f"WHEN a.relation = '{relation.id}' THEN {rank}"
        for rank, family in enumerate(_HARM)
        for relation in ontology().family(family)
    ]
    return " ".join(("CASE", *ranks, "ELSE", str(len(_HARM)), "END"))
