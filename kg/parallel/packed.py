"""Readings as plain data, to be kept in a file, and back.

Words of the text are kept as their offsets, so that nothing is said twice; `unpacked(packed(x), x.document) == x`,
words included.
"""

from __future__ import annotations

from typing import Any

from kg.model import Actor, Assertion, Document, Mention, Original, Reading, Sentence, Span

__all__ = ["document_of", "fields_of", "packed", "unpacked"]

Plain = dict[str, Any]


def fields_of(document: Document) -> Plain:
    """A document as a dictionary of texts; `based_on` is one of its own, or None."""
    original = document.based_on
    based_on = original and {
        "title": original.title,
        "publisher": original.publisher,
        "date": original.date,
        "url": original.url,
    }
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "url": document.url,
        "kind": document.kind,
        "based_on": based_on,
    }


def document_of(fields: Plain) -> Document:
    """The inverse of `fields_of`."""
    original = fields["based_on"]
    return Document(**{**fields, "based_on": Original(**original) if original else None})


def packed(reading: Reading) -> Plain:
    """What was read from a document, without the document: lists and dictionaries of texts and numbers."""
    return {
        "sentences": [{"start": sentence.start, "end": sentence.end} for sentence in reading.sentences],
        "mentions": [_mention(mention) for mention in reading.mentions],
        "assertions": [_assertion(assertion) for assertion in reading.assertions],
    }


def unpacked(plain: Plain, document: Document) -> Reading:
    """The reading of a document from what `packed` made of it."""
    text = document.text
    sentences = {
        (s["start"], s["end"]): Sentence(s["start"], s["end"], text[s["start"] : s["end"]]) for s in plain["sentences"]
    }
    actors: dict[tuple[Any, ...], Actor] = {}

    def actor(fields: Plain) -> Actor:
        key = tuple(fields.values())
        return actors.get(key) or actors.setdefault(key, Actor(**fields))

    def mention(fields: Plain) -> Mention:
        start, end = fields["start"], fields["end"]
        return Mention(
            start=start,
            end=end,
            text=text[start:end],
            actor=actor(fields["actor"]),
            state=actor(fields["state"]),
            how=fields["how"],
            confidence=fields["confidence"],
        )

    def assertion(fields: Plain) -> Assertion:
        trigger, sentence = fields["trigger"], fields["sentence"]
        where = (sentence["start"], sentence["end"])
        return Assertion(
            **{
                **{name: value for name, value in fields.items() if name != "id"},
                "document": document.id,
                "sentence": sentences.get(where) or Sentence(*where, text[slice(*where)]),
                "source": mention(fields["source"]),
                "target": mention(fields["target"]),
                "trigger": trigger and Span(trigger["start"], trigger["end"], text[trigger["start"] : trigger["end"]]),
                "about": tuple(fields["about"]),
                "against": tuple(fields["against"]),
            }
        )

    return Reading(
        document=document,
        sentences=tuple(sentences[s["start"], s["end"]] for s in plain["sentences"]),
        mentions=tuple(mention(fields) for fields in plain["mentions"]),
        assertions=tuple(assertion(fields) for fields in plain["assertions"]),
    )


def _actor(actor: Actor) -> Plain:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "sector": actor.sector, "iso3": actor.iso3}


def _mention(mention: Mention) -> Plain:
    return {
        "start": mention.start,
        "end": mention.end,
        "actor": _actor(mention.actor),
        "state": _actor(mention.state),
        "how": mention.how,
        "confidence": mention.confidence,
    }


def _assertion(assertion: Assertion) -> Plain:
    trigger, sentence = assertion.trigger, assertion.sentence
    return {
        "id": assertion.id,
        "sentence": {"start": sentence.start, "end": sentence.end},
        "source": _mention(assertion.source),
        "relation": assertion.relation,
        "target": _mention(assertion.target),
        "trigger": trigger and {"start": trigger.start, "end": trigger.end},
        "polarity": assertion.polarity,
        "status": assertion.status,
        "background": assertion.background,
        "attributed_to": assertion.attributed_to,
        "voice": assertion.voice,
        "about": list(assertion.about),
        "against": list(assertion.against),
        "date": assertion.date,
        "confidence": assertion.confidence,
        "rule": assertion.rule,
        "plover": assertion.plover,
        "cameo": assertion.cameo,
        "weight": assertion.weight,
    }
