"""Events and stories of kg/queries -> blocks for people and rows for programs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.commands.answer import HEADINGS, quote_row
from kg.commands.layout import Block, Column, Heading, Line, Note, Table, Text
from kg.commands.quotes import note_of
from kg.export.rows import Row
from kg.queries.between import Between, Tone, Turn
from kg.queries.events import Event
from kg.queries.timeline import Timeline
from kg.relations import ontology

__all__ = [
    "EVENT_COLUMNS",
    "STORY_COLUMNS",
    "dated",
    "event_row",
    "event_rows",
    "story_blocks",
    "story_lines",
    "story_rows",
    "timeline_blocks",
    "weights",
]

EVENT_COLUMNS = (
    *("status", "first", "last", "source", "source_name", "relation", "target", "target_name", "family"),
    *("least_weight", "most_weight", "assertions", "documents", "originals", "outlets", "quotes"),
)
STORY_COLUMNS = ("section", "turn", "turn_first", "turn_last", "tone", "change", *EVENT_COLUMNS)
STANDING = "Presupposed or without a date: held to be so, not reported of a day"


def event_row(event: Event) -> Row:
    """An event with its quotes, each with its citation."""
    return {
        "status": event.kind,
        "first": event.first,
        "last": event.last,
        "source": event.source.id,
        "source_name": event.source.name,
        "relation": event.relation,
        "target": event.target.id,
        "target_name": event.target.name,
        "family": ontology()[event.relation].family,
        "least_weight": event.least,
        "most_weight": event.most,
        "assertions": event.figures.assertions,
        "documents": event.figures.documents,
        "originals": event.figures.originals,
        "outlets": event.figures.outlets,
        "quotes": [quote_row(quote) for quote in event.quotes],
    }


def event_rows(found: Timeline) -> Iterator[Row]:
    """The facts by date, then each other kind by date."""
    for events in (found.events, *(events for _, events in found.others)):
        yield from map(event_row, events)


def timeline_blocks(title: str, found: Timeline) -> Iterator[Block]:
    """The timeline for people: a heading for each year, then what is no fact."""
    yield Heading(title, main=True)
    if found.more:
        yield Text("There are earlier events; --limit shows them.")
    for year, of_year in itertools.groupby(found.events, key=lambda event: (event.first or "")[:4]):
        yield Heading(year)
        yield dated(list(of_year))
    if not found.events:
        yield Text("No fact is reported; what follows is planned, claimed or denied.")
    for kind, events in found.others:
        yield Heading(HEADINGS[kind])
        yield dated(events)


def dated(events: Sequence[Event]) -> Table:
    """Events of one date each, with their quotes."""
    columns = (
        *(Column("date", keep=True), Column("source"), Column("relation", keep=True), Column("target")),
        Column("docs", right=True),
    )
    lines = (
        Line(
            (event.first or "", event.source.name, event.relation, event.target.name, f"{event.figures.documents:,}"),
            _notes(event),
        )
        for event in events
    )
    return Table(columns, tuple(lines))


def story_rows(found: Between) -> Iterator[Row]:
    """A row for each turn with its tones and events, then one for each heading that is no turn."""
    for number, turn in enumerate(found.turns, 1):
        yield {
            "section": "turn",
            "turn": number,
            "first": turn.first,
            "last": turn.last,
            "tone": list(turn.leading),
            "change": turn.change,
            "documents": turn.documents,
            "tones": [
                {
                    "family": t.family,
                    "documents": t.documents,
                    "originals": t.originals,
                    "least_weight": t.least,
                    "most_weight": t.most,
                }
                for t in turn.tones
            ],
            "more": turn.more,
            "events": [event_row(event) for event in turn.events],
        }
    for section, events in _rest(found):
        yield {"section": section, "events": [event_row(event) for event in events]}


def story_lines(found: Between) -> Iterator[Row]:
    """A row for each event, for spreadsheets."""
    for number, turn in enumerate(found.turns, 1):
        of_turn = {
            "section": "turn",
            "turn": number,
            "turn_first": turn.first,
            "turn_last": turn.last,
            "tone": list(turn.leading),
            "change": turn.change,
        }
        yield from ({**of_turn, **event_row(event)} for event in turn.events)
    for section, events in _rest(found):
        yield from ({"section": section, **event_row(event)} for event in events)


def _rest(found: Between) -> Iterator[tuple[str, Sequence[Event]]]:
    if found.standing:
        yield "standing", found.standing
    if found.structure:
        yield "structure", found.structure
    yield from found.others


def story_blocks(title: str, found: Between) -> Iterator[Block]:
    """The story for people: the tone by turns, then each turn with its quotes, then what is no dated fact."""
    yield Heading(title, main=True)
    if found.turns:
        yield Text("Tone: " + ", then ".join(map(_in_short, found.turns)))
        columns = (
            Column("turn", right=True),
            *(Column("first", keep=True), Column("last", keep=True)),
            *(Column("family", keep=True), Column("docs", right=True), Column("weight", keep=True)),
        )
        lines = [line for number, turn in enumerate(found.turns, 1) for line in _tone_lines(number, turn)]
        yield Table(columns, tuple(lines))
    elif found.others and not (found.standing or found.structure):
        yield Text("No fact is reported; what follows is planned, claimed or denied.")
    for number, turn in enumerate(found.turns, 1):
        change = "" if turn.change == "first" else f" ({turn.change})"
        yield Heading(f"{number}. {_when(turn)}: {_words(turn.leading)}{change}")
        yield _figures(turn.events)
        if turn.more:
            yield Text(f"And {turn.more:,} more; --limit shows them.")
    for section, events in _rest(found):
        yield Heading(STANDING if section == "standing" else HEADINGS[section])
        yield _figures(events)


def _tone_lines(number: int, turn: Turn) -> Iterator[Line]:
    """The families of a turn, each by itself."""
    for n, tone in enumerate(turn.tones):
        also = "" if tone.family in turn.leading else "also "
        head = (str(number), turn.first, turn.last) if n == 0 else ("", "", "")
        yield Line((*head, also + tone.family, f"{tone.documents:,}", weights(tone)))


def _in_short(turn: Turn) -> str:
    again = "again " if turn.change == "resumed" else ""
    return f"{again}{_words(turn.leading)} ({_when(turn)})"


def _when(turn: Turn) -> str:
    return turn.first if turn.first == turn.last else f"{turn.first} to {turn.last}"


def _words(families: Sequence[str]) -> str:
    return " and ".join(families)


def weights(one: Tone | Event) -> str:
    """The least and the most weight, as one number where they are the same."""
    if one.least is None or one.most is None:
        return ""
    return f"{one.least:+.1f}" if one.least == one.most else f"{one.least:+.1f} to {one.most:+.1f}"


def _figures(events: Sequence[Event]) -> Table:
    """Events in a span of time: one date where each has but one, else the first and the last."""
    if all(event.first == event.last for event in events):
        return dated(events)
    columns = (
        *(Column("first", keep=True), Column("last", keep=True)),
        *(Column("source"), Column("relation", keep=True), Column("target"), Column("docs", right=True)),
    )
    lines = (
        Line(
            (
                *(event.first or "", event.last or ""),
                *(event.source.name, event.relation, event.target.name, f"{event.figures.documents:,}"),
            ),
            _notes(event),
        )
        for event in events
    )
    return Table(columns, tuple(lines))


def _notes(event: Event) -> tuple[Note, ...]:
    return tuple(note_of(quote.assertion, quote.document) for quote in event.quotes)
