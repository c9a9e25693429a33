"""Which rows tell to the harm of people without office, as SQL conditions without values.

A person is private who is of no public sector and acts for no state or organisation in any document: so the catalogue
gives him no office, and no text does. To his harm is what he does in opposing or fighting somebody, what he is alleged
to do, and what he is accused of. Nothing here is taken from outside: the words are those of our own ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.relations import ontology
from kg.store.reports import Count

__all__ = ["may_harm", "not_private", "private_edge"]


def may_harm(relations: Sequence[str] | None, having: Count | None) -> bool:
    """Whether any of the relations, None for all, can be to the harm of anybody, told of in that way (None: in any)."""
    if having in (None, "alleged") or relations is None:
        return True
    return any(ontology()[id].family in _HOSTILE for id in relations if id in ontology().relations)


def not_private(source: str, target: str) -> str:
    """The condition that an assertion `a` is not to the harm of a private person, or a person accepted it.

    The ends are columns of it.
    """
    ends = [" ".join(("(SELECT id FROM actors WHERE pk =", column, ")")) for column in (source, target)]
    return " ".join(("(a.reviewed = 1 OR NOT", _harms("a.relation", "a.status = 'alleged'", *ends), ")"))


def private_edge(having: Count | None, *, whole: bool = False) -> str:
    """The condition that a row of `edges` is to the harm of a private person; of several kinds, facts decide.

    What a person accepted may be shown. Asked of `whole` levels, who is private is looked up once for all edges.
    """
    alleged = {"alleged": "1 = 1", None: "(actual = 0 AND alleged > 0)"}.get(having, "1 = 0")
    return " ".join(("(", _harms("relation", alleged, "source", "target", whole=whole), "AND NOT", _ACCEPTED, ")"))


def _harms(relation: str, alleged: str, source: str, target: str, *, whole: bool = False) -> str:
    private = _among_private if whole else _private
    cards = ontology().relations.values()
    hostile = [card for card in cards if card.family in _HOSTILE]
    by_source = _listed(card.id for card in hostile)
    # Who is accused is harmed, and so is either side of what holds both ways.
    to_target = _listed(card.id for card in hostile if card.symmetric or card.id == "accuses")
    both_ways = _listed(card.id for card in cards if card.symmetric)
    return " ".join(
        (
            *("((", relation, "IN", by_source, "OR", alleged, ") AND", private(source)),
            *("OR (", relation, "IN", to_target, "OR", alleged, "AND", relation, "IN", both_ways, ")"),
            *("AND", private(target), ")"),
        )
    )


def _private(id: str) -> str:
    """The condition that an id is of a person without office."""
    return " ".join(
        (
            *("(EXISTS (SELECT 1 FROM actors p WHERE p.id =", id, "AND p.kind = 'person') AND NOT EXISTS"),
            *("(SELECT 1 FROM actors p WHERE p.id =", id, "AND (p.kind <> 'person' OR p.sector IN", _OFFICES),
            "OR EXISTS (SELECT 1 FROM mentions m WHERE m.actor = p.pk AND m.state <> p.pk))))",
        )
    )


def _among_private(id: str) -> str:
    """The same, of an id that is one of many."""
    return " ".join((id, "IN (SELECT q.id FROM actors q WHERE q.kind = 'person' AND", _private("q.id"), ")"))


def _listed(ids: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{id}'" for id in ids) + ")"


_ACCEPTED = (
    "EXISTS (SELECT 1 FROM assertions r WHERE r.reviewed = 1 AND r.relation = edges.relation "
    "AND edges.source IN (SELECT id FROM actors WHERE pk IN (r.source, r.source_state, r.target, r.target_state)) "
    "AND edges.target IN (SELECT id FROM actors WHERE pk IN (r.source, r.source_state, r.target, r.target_state)))"
)
_HOSTILE = ("opposing", "fighting")
_OFFICES = _listed(("government", "military", "intelligence", "legislature", "judiciary"))
