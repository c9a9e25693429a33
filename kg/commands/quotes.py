"""Assertions as people read them: the quote, whose words they are, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

from kg.commands.layout import Note
from kg.export.rows import citation, place
from kg.model import Assertion, Document

__all__ = ["Documents", "excerpt", "note_of"]

Documents = Callable[[str], Document | None]
LONGEST = 240
"""Characters of a sentence that are shown in a table; other formats give all of it."""


def note_of(assertion: Assertion, document: Document | None) -> Note:
    """The quote and its source, as a note under a row."""
    marks = [assertion.date or "undated"]
    if assertion.attributed_to:
        marks.append(f"according to {assertion.attributed_to}")
    if assertion.background:
        marks.append("background")
    whose = citation(document) if document is not None else "document not in the store"
    return Note(f"“{excerpt(assertion)}”", f"{whose}; {', '.join(marks)}; {place(assertion)}")


def excerpt(assertion: Assertion, longest: int = LONGEST) -> str:
    """The sentence, or of a long one the part around the words that say it, with … where something is left out."""
    sentence = assertion.sentence
    if len(sentence.text) <= longest:
        return sentence.text
    words = [(assertion.source.start, assertion.source.end), (assertion.target.start, assertion.target.end)]
    if assertion.trigger:
        words.append((assertion.trigger.start, assertion.trigger.end))
    # An actor that a pronoun stands for may be named elsewhere.
    inside = [(start, end) for start, end in words if sentence.start <= start and end <= sentence.end]
    first = min((start for start, _ in inside), default=sentence.start) - sentence.start
    last = max((end for _, end in inside), default=sentence.start) - sentence.start
    spare = max(0, longest - (last - first))
    start = max(0, min(first - spare // 3, len(sentence.text) - longest))
    end = min(len(sentence.text), max(last, start + longest))
    if start:
        start = sentence.text.find(" ", start, first) + 1 or start
    if end < len(sentence.text):
        cut = sentence.text.rfind(" ", last, end)
        end = cut if cut > 0 else end
    return ("… " if start else "") + sentence.text[start:end] + (" …" if end < len(sentence.text) else "")
