"""Reviewed sentences as a gold file for kg evaluate, which kg review import reads again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.commands.reviewing import Reviews
from kg.export.rows import Row
from kg.model import POLARITIES, STATUSES, Assertion
from kg.relations import ontology
from kg.store import Correction, Filter
from kg.store.records import correction_from_row, correction_row
from kg.store.reviews import REVIEW_KINDS

__all__ = ["gold_rows", "reviews_of"]


def gold_rows(reviews: Reviews, *, accepted: bool = True) -> Iterator[Row]:
    """A labelled sentence a row, for each in which something was reviewed, by document and place.

    Its triples are what stands there now: what a person accepted or relabelled is `core`, what nobody looked at is
    not, what was rejected is not among them, so that it counts as wrong where it is read again. `reviews` says what was
    decided, whole. Without `accepted`, only sentences in which something was rejected or relabelled.
    """
    places: dict[str, dict[tuple[int, int], list[Correction]]] = {}
    for review in reviews.in_force():
        for one in reviews.read(review):
            place = (one.sentence.start, one.sentence.end)
            places.setdefault(one.document, {}).setdefault(place, []).append(review)
    for id in sorted(places):
        reading = reviews.store.reading(id)
        assert reading is not None, "it was read just now"
        agreed = {one.id for one in reviews.store.assertions(Filter(level="actor", document=id, reviewed=True))}
        for (start, end), made in sorted(places[id].items()):
            if not accepted and all(one.kind == "accept" for one in made):
                continue
            here = [one for one in reading.assertions if (one.sentence.start, one.sentence.end) == (start, end)]
            yield {
                "doc": id,
                "date": reading.document.date,
                "start": start,
                "end": end,
                "text": reading.document.text[start:end],
                "triples": [_label(one, one.id in agreed) for one in here],
                "reviews": [_row(one) for one in dict.fromkeys(made)],
            }


def _label(one: Assertion, core: bool) -> Row:
    structure = ontology()[one.relation].family == "structure"
    source, target = (one.source.actor, one.target.actor) if structure else (one.source.state, one.target.state)
    return {
        "source": source.name,
        "relation": one.relation,
        "target": target.name,
        "source_detail": one.source.actor.name,
        "target_detail": one.target.actor.name,
        "polarity": one.polarity,
        "status": one.status,
        "attributed_to": one.attributed_to,
        "core": core,
    }


def _row(review: Correction) -> Row:
    kind, what, why = correction_row(review)
    return {"number": review.number, "time": review.time, "kind": kind, "what": json.loads(what), "note": why}


def reviews_of(row: dict[str, Any]) -> list[Correction]:
    """The reviews in a row of `gold_rows`, to be made again. Raises ValueError, KeyError or TypeError for others."""
    found = []
    for one in row["reviews"]:
        review = correction_from_row((0, one.get("time"), one["kind"], json.dumps(one["what"]), one.get("note"), None))
        if review.kind not in REVIEW_KINDS:
            raise ValueError(f"{one['kind']!r} is no review")
        texts = (*review.assertions, *review.documents, review.reviewer)
        if not all(isinstance(text, str) and text for text in texts) or not review.assertions or not review.documents:
            raise ValueError("a review names assertions, their document and its reviewer")
        change = review.change
        if change is not None and (
            change.relation not in (None, *ontology().relations)
            or change.status not in (None, *STATUSES)
            or change.polarity not in (None, *POLARITIES)
        ):
            raise ValueError("a relabelling has a relation, status or polarity that kg does not know")
        found.append(review)
    return found
