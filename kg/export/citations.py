"""A citation as other programs take it: BibTeX, CSL JSON, W3C Web Annotation.

Titles and quotes are somebody else's text. In BibTeX no character of them is a command, in CSL none begins a tag;
an annotation quotes them as they stand, because they are looked for, and is safe as JSON only.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator
from typing import Any

from kg.export.page_data import web_url
from kg.export.plain import visible
from kg.export.rows import Row, citation, long_date, place
from kg.queries.cite import Citation

__all__ = ["annotation", "bibtex", "csl"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even after a backslash, so none may stand for itself.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "$&%#_"},
}
# CSL takes <i>, <b>, <sup>, <span> in a text for markup, and {:…} in a note for fields. A word joiner, which nobody
# sees, keeps them from being what they look like.
_TAG = re.compile(r"<(?=[A-Za-z/!?])|\{(?=:)")


def bibtex(cited: Citation) -> str:
    """One entry, every value in braces."""
    document = cited.document
    year, month, day = _date(document.date)
    fields = {
        "title": _tex(document.title or document.id),
        "howpublished": _tex(document.publisher),
        "year": f"{{{year}}}" if year else None,
        "month": _MONTHS[month - 1] if month else None,
        "day": f"{{{day}}}" if day else None,
        # web_url lets no brace and no backslash through; % and _ are what they are in a URL.
        "url": f"{{{url}}}" if (url := web_url(document.url)) else None,
        "note": _tex(". ".join(_notes(cited))),
    }
    lines = [f"  {key} = {value}" for key, value in fields.items() if value is not None]
    return "\n".join((f"@misc{{{_key(cited)},", ",\n".join(lines), "}"))


def csl(cited: Citation) -> Row:
    """One item of CSL JSON 1.0; a paraphrase names its original in the fields that CSL has for it."""
    document = cited.document
    original = document.based_on
    item: Row = {
        "id": _key(cited),
        "type": "article-newspaper" if original is None else "document",
        "title": _inert(document.title or document.id),
        "container-title": _inert(document.publisher),
        "issued": _issued(document.date),
        "URL": web_url(document.url),
        "language": "en",
        "note": _inert(". ".join(_notes(cited))),
    }
    if original is not None:
        item["original-title"] = _inert(original.title)
        item["original-publisher"] = _inert(original.publisher)
        item["original-date"] = _issued(original.date)
    return {key: value for key, value in item.items() if value is not None}


def annotation(cited: Citation) -> Row:
    """A Web Annotation: the triple as its body, the sentence as its target.

    Positions are code points, end exclusive, as that standard counts too. The text they point into is named by its
    hash (RFC 6920), and `via` says where it came from: the page there may hold other text around it.
    """
    assertion, document = cited.assertion, cited.document
    named = base64.urlsafe_b64encode(bytes.fromhex(cited.sha256)).decode().rstrip("=")
    source: Row = {
        "id": f"ni:///sha-256;{named}",
        "type": "Text",
        "format": "text/plain",
        "language": "en",
        "schema:sha256": cited.sha256,
        "schema:identifier": document.id,
        "schema:name": document.title,
        "schema:publisher": document.publisher,
        "schema:datePublished": document.date,
        "via": web_url(document.url),
        "schema:isBasedOn": None,
    }
    if document.based_on is not None:
        original = document.based_on
        source["schema:isBasedOn"] = _without_nulls(
            {
                "id": web_url(original.url),
                "schema:name": original.title,
                "schema:publisher": original.publisher,
                "schema:datePublished": original.date,
            }
        )
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"schema": "http://schema.org/"}],
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"kg:assertion:{assertion.id}").urn,
        "type": "Annotation",
        "schema:identifier": assertion.id,
        "motivation": "describing",
        "body": {"type": "TextualBody", "value": _triple(cited), "format": "text/plain", "purpose": "describing"},
        "target": {
            "source": _without_nulls(source),
            "selector": [
                {"type": "TextPositionSelector", "start": assertion.sentence.start, "end": assertion.sentence.end},
                {"type": "TextQuoteSelector", "exact": cited.exact, "prefix": cited.prefix, "suffix": cited.suffix},
            ],
        },
    }


def _without_nulls(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def _key(cited: Citation) -> str:
    return f"kg-{cited.assertion.id}"


def _triple(cited: Citation) -> str:
    assertion = cited.assertion
    words = f"{assertion.source.actor.name} {assertion.relation} {assertion.target.actor.name}"
    said = f", according to {assertion.attributed_to}" if assertion.attributed_to else ""
    return f"{words} ({assertion.polarity}, {assertion.status}{said})"


def _notes(cited: Citation) -> Iterator[str]:
    """Whose words they are where they are not the publisher's own, the quote, and its place."""
    original = cited.document.based_on
    if original is not None:
        title = f"“{original.title}”" if original.title else None
        parts = (title, original.publisher, long_date(original.date), web_url(original.url))
        yield f"Paraphrase of {', '.join(filter(None, parts)) or citation(cited.document)}"
    yield f"“{visible(cited.exact)}” ({place(cited.assertion)})"


def _tex(text: str | None) -> str | None:
    if text is None or not visible(text):
        return None
    return "{" + "".join(_TEX.get(character, character) for character in visible(text)) + "}"


def _inert(text: str | None) -> str | None:
    return None if text is None else _TAG.sub(lambda match: match[0] + "\u2060", visible(text))


def _date(date: str | None) -> tuple[str | None, int | None, int | None]:
    """Year, month and day, as far as they are known."""
    year, month, day = (*(date or "").split("-"), "", "")[:3]
    return year or None, int(month) if month else None, int(day) if day else None


def _issued(date: str | None) -> dict[str, Any] | None:
    parts = [int(part) for part in _date(date) if part is not None]
    return {"date-parts": [parts]} if parts else None
