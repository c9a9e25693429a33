"""Assertions, mentions and edges -> plain rows: what JSON lines, tables and spreadsheets are written from.

Pure: nothing is read or written here. The keys of `assertion_row` and `mention_row`, their order included, are a
contract with whoever reads the lines; schema.md tells it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from kg.export.plain import visible
from kg.model import Actor, Assertion, Document, Edge, Mention, Span
from kg.relations import ontology

__all__ = [
    "Row",
    "actor_row",
    "assertion_row",
    "citation",
    "document_row",
    "edge_row",
    "flat",
    "long_date",
    "mention_row",
    "place",
]

Row = dict[str, Any]

_MONTHS = (  # not strftime's, which follow the locale
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def assertion_row(assertion: Assertion) -> Row:
    """One line of `kg extract --format jsonl`."""
    card = ontology()[assertion.relation]
    return {
        "id": assertion.id,
        "document": assertion.document,
        "sentence": _span(assertion.sentence, first="start"),
        "source": _end(assertion.source),
        "relation": card.id,
        "symmetric": card.symmetric,
        "family": card.family,
        "tier": card.tier,
        "plover": assertion.plover or card.plover,
        "cameo": assertion.cameo or card.cameo,
        "weight": card.weight if assertion.weight is None else assertion.weight,
        "target": _end(assertion.target),
        "trigger": None if assertion.trigger is None else _span(assertion.trigger, first="text"),
        "polarity": assertion.polarity,
        "status": assertion.status,
        "background": assertion.background,
        "attributed_to": assertion.attributed_to,
        "voice": assertion.voice,
        "about": list(assertion.about),
        "against": list(assertion.against),
        "date": assertion.date,
        "confidence": round(assertion.confidence, 4),
        "rule": assertion.rule,
    }


def _span(span: Span, first: str) -> Row:
    if first == "text":
        return {"text": span.text, "start": span.start, "end": span.end}
    return {"start": span.start, "end": span.end, "text": span.text}


def _end(mention: Mention) -> Row:
    return {
        "id": mention.actor.id,
        "name": mention.actor.name,
        "kind": mention.actor.kind,
        "sector": mention.actor.sector,
        "state_id": mention.state.id,
        "state": mention.state.name,
        "iso3": mention.state.iso3,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "how": mention.how,
    }


def mention_row(document: str, mention: Mention) -> Row:
    """One line of `kg mentions --format jsonl`."""
    return {
        "document": document,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "id": mention.actor.id,
        "name": mention.actor.name,
        "kind": mention.actor.kind,
        "state": mention.state.name,
        "state_id": mention.state.id,
        "how": mention.how,
        "confidence": round(mention.confidence, 4),
    }


def document_row(document: Document) -> Row:
    """The citation data of a document, without its text."""
    original = document.based_on
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "url": document.url,
        "kind": document.kind,
        "paraphrase_of": original
        and {"title": original.title, "publisher": original.publisher, "date": original.date, "url": original.url},
        "citation": citation(document),
    }


def actor_row(actor: Actor) -> Row:
    """An actor by itself."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "sector": actor.sector,
        "iso3": actor.iso3,
    }


def edge_row(edge: Edge, names: Mapping[str, str]) -> Row:
    """An edge with the names of its ends and what its relation's card says; `names` maps actor ids to names."""
    card = ontology()[edge.relation]
    return {
        "level": edge.level,
        "source": edge.source,
        "source_name": names.get(edge.source, edge.source),
        "relation": edge.relation,
        "symmetric": card.symmetric,
        "family": card.family,
        "tier": card.tier,
        "weight": card.weight,
        "target": edge.target,
        "target_name": names.get(edge.target, edge.target),
        "actual": edge.actual,
        "planned": edge.planned,
        "alleged": edge.alleged,
        "hypothetical": edge.hypothetical,
        "ended": edge.ended,
        "negated": edge.negated,
        "documents": edge.documents,
        "outlets": edge.outlets,
        "first": edge.first,
        "last": edge.last,
    }


def citation(document: Document) -> str:
    """Whose words these are, as printed under a quote.

    A paraphrase is never shown as its original's words: "kg brief (paraphrase of Newsweek, 9 October 2019)".
    """
    own = document.publisher or "no publisher named"
    original = document.based_on
    if original is None:
        return own
    whose = original.publisher or (f"“{original.title}”" if original.title else "a source not named")
    return f"{own} (paraphrase of {', '.join(filter(None, (whose, long_date(original.date))))})"


def long_date(date: str | None) -> str | None:
    """A day as it is written in English; a month or a year as it is."""
    if date is None:
        return None
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date  # a month or a year
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def place(assertion: Assertion) -> str:
    """Where the sentence stands: document id and offsets."""
    return f"{assertion.document}:{assertion.sentence.start}-{assertion.sentence.end}"


def flat(row: Mapping[str, Any], prefix: str = "") -> Row:
    """The row for a spreadsheet: nested keys joined by an underscore, lists by semicolons, nothing for null.

    Text is made one visible line; numbers are left alone.
    """
    result: Row = {}
    for key, value in row.items():
        name = prefix + key
        if isinstance(value, Mapping):
            result.update(flat(value, f"{name}_"))
        elif isinstance(value, bool):
            result[name] = "true" if value else "false"
        elif isinstance(value, Sequence) and not isinstance(value, str):
            result[name] = "; ".join(visible(_item(item)) for item in value)
        elif isinstance(value, str):
            result[name] = visible(value)
        else:
            result[name] = "" if value is None else value
    return result


def _item(item: Any) -> str:
    if isinstance(item, Mapping) and "quote" in item:
        place = f"{item['document']}:{item['start']}-{item['end']}"
        return ", ".join((f"“{item['quote']}” ({item['citation']}", place, item["id"])) + ")"
    return str(item)
