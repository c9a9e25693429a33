"""What is told where nothing was found: what was looked through, and what stands there all the same."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.commands.asked import bounds_told
from kg.commands.covered import covered
from kg.commands.layout import wrapped
from kg.commands.terminal import width
from kg.export.plain import visible
from kg.export.rows import citation
from kg.model import Actor, Level
from kg.queries.nothing import Nothing, nothing_between
from kg.store import Filter, Store

__all__ = ["nothing_between_told", "nothing_told", "within"]

LONGEST = 240


def nothing_told(what: str, found: Nothing) -> None:
    """Say on standard error that `what` was not found, in lines as wide as a terminal is."""
    for indent, text in _said(what, found):
        for line in wrapped(visible(text), width() - indent):
            click.echo(" " * indent + line, err=True)


def nothing_between_told(what: str, store: Store, one: Actor, two: Actor, level: Level, bounds: Filter) -> None:
    """Say on standard error that `what` was not found of two actors within the bounds, and what names both of them."""
    nothing_told(within(what, bounds), nothing_between(store, one, two, level=level, bounds=bounds))


def within(what: str, bounds: Filter) -> str:
    """`what`, with what bounds it in brackets."""
    bounded = bounds_told(bounds)
    return f"{what} ({bounded})" if bounded else what


def _said(what: str, found: Nothing) -> Iterator[tuple[int, str]]:
    yield 0, f"{what} in {covered(found.coverage)}."
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
