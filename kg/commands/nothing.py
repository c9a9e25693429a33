"""What is told where nothing was found: what was looked through, and what stands there all the same."""

from __future__ import annotations

from collections.abc import Iterator

from kg.commands.covered import covered
from kg.commands.layout import wrapped
from kg.commands.terminal import width
from kg.export.plain import visible
from kg.export.rows import citation
from kg.queries.nothing import Nothing
from kg.queries.question import Question

__all__ = ["nothing_told"]

LONGEST = 240


def nothing_told(asked: Question, found: Nothing, bounds: str) -> Iterator[str]:
    """The lines for standard error, as wide as a terminal is."""
    for indent, text in _said(asked, found, bounds):
        for line in wrapped(visible(text), width() - indent):
            yield " " * indent + line


def _said(asked: Question, found: Nothing, bounds: str) -> Iterator[tuple[int, str]]:
    bounded = f" ({bounds})" if bounds else ""
    yield 0, f"Nothing found for “{asked.text}”{bounded} in {covered(found.coverage)}."
    for actor, documents in found.named:
        if documents:
            yield 0, f"{actor.name} is named in {documents:,} document{'' if documents == 1 else 's'}."
        else:
            yield 0, f"{actor.name} is known, but named in no document."
    if found.relations:
        said = (f"{one.name} – {relation} – {two.name}" for one, relation, two in found.relations)
        yield 0, f"Read between the two: {'; '.join(said)}."
    if found.unread:
        one, two = (actor.name for actor, _ in found.named)
        yield 0, f"Sentences that name {one} and {two} and were not read as a triple:"
        for document, sentence in found.unread:
            text = visible(sentence.text)
            yield 4, f"“{text if len(text) <= LONGEST else text[:LONGEST].rsplit(' ', 1)[0] + ' …'}”"
            where = f"{document.id}:{sentence.start}-{sentence.end}"
            yield 6, f"{citation(document)}; {document.date or 'undated'}; {where}"
        if found.more:
            yield 4, f"and {found.more:,} more."
    if found.withheld:
        yield 0, "What people without office do to others or are said to do is left out; --private-people shows it."
