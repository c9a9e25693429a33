"""Whether it is so: what an answer's facts say to "does X back Y", by verdict and never by sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.queries.verdict import VerdictKind
from kg.queries.who import Answer, Row

__all__ = ["ruling"]

_LEADS: dict[VerdictKind, str] = {
    "reported": "Yes",
    "claimed": "Claimed only",
    "contested": "Contested",
    "stale": "Once, and not reported since",
    "reversed": "No longer",
}
"""What each verdict says to the question, the strongest first."""

_OTHERS = {
    "planned": "planned",
    "alleged": "alleged",
    "hypothetical": "only conceivable",
    "ended": "reported as ended",
    "negated": "denied",
}


def ruling(answer: Answer) -> str:
    """The answer in a sentence: a word for the best verdict, then each relation with its own."""
    facts = answer.facts
    if not facts:
        kinds = [f"{_OTHERS[group.heading]} ({_relations(group.rows)})" for group in answer.others]
        if answer.others and answer.others[-1].heading == "negated" and len(answer.others) == 1:
            return f"No: {kinds[0]}."
        return f"Not reported as a fact; {', '.join(kinds)}." if kinds else "Nothing is reported."
    order = list(_LEADS)
    ranked = sorted(facts, key=lambda row: order.index(row.verdict.kind))
    return f"{_LEADS[ranked[0].verdict.kind]}: {'; '.join(map(_words, ranked))}."


def _words(row: Row) -> str:
    figures = row.figures
    sources = f"{figures.originals:,} independent source{'' if figures.originals == 1 else 's'}"
    last = f", last {figures.last}" if figures.last and row.verdict.kind in ("reported", "claimed", "contested") else ""
    return f"{row.relation.replace('_', ' ')} – {row.verdict} ({sources}{last})"


def _relations(rows: Iterable[Row]) -> str:
    def each() -> Iterator[str]:
        for row in rows:
            yield row.relation.replace("_", " ")

    return ", ".join(dict.fromkeys(each()))
