"""Value objects <-> rows of a SQLite store, and what makes a reading unfit to be kept."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from kg.model import Actor, Assertion, Document, Edge, Mention, Original, Reading, Sentence, Span
from kg.store.names import fold
from kg.store.reports import Report

__all__ = [
    "ASSERTION_COLUMNS",
    "DOCUMENT_COLUMNS",
    "EDGE_COUNTS",
    "REPORT_COLUMNS",
    "WRITTEN_COLUMNS",
    "Row",
    "assertion_from_row",
    "assertion_rows",
    "document_from_row",
    "document_row",
    "edges_from_rows",
    "flaw",
    "listed",
    "outlet",
    "report_from_row",
]

Row: TypeAlias = Sequence[Any]

DOCUMENT_COLUMNS = (
    "id, text, title, publisher, date, url, kind, "
    "paraphrase, original_title, original_publisher, original_date, original_url"
)

ASSERTION_COLUMNS = (
    "id, document, source, source_state, relation, target, target_state, "
    "polarity, status, background, date, confidence, "
    "sentence_start, sentence_end, source_start, source_end, source_how, source_confidence, "
    "target_start, target_end, target_how, target_confidence, trigger_start, trigger_end, "
    "attributed_to, voice, about, against, rule, plover, cameo, weight"
)

# Of an assertion `a` and its document `d`, as they follow the triple in a `Report`.
REPORT_COLUMNS = (
    "d.id, d.origin, d.outlet, a.polarity, a.status, a.background, a.voice, a.attributed_to, "
    "coalesce(a.date, a.day), a.id, a.sentence_start, a.grade, a.weight"
)
WRITTEN_COLUMNS = ("pk", "seq", "day", "grade", "reviewed", *ASSERTION_COLUMNS.split(", "))

_DIRECT = ("name", "title")

EDGE_COUNTS = ("actual", "planned", "alleged", "hypothetical", "ended", "negated")


def listed(values: Iterable[Any]) -> str:
    """Ids or row numbers as the JSON array that a statement reads with ``json_each(?)``."""
    return json.dumps(sorted(set(values)))


def outlet(document: Document) -> str | None:
    """Who says the document's words, in the form in which outlets are told apart; None where nobody knows."""
    return fold(document.publisher or "") or None


def document_row(document: Document) -> tuple[Any, ...]:
    """`DOCUMENT_COLUMNS` of a document."""
    original = document.based_on
    cited = (original.title, original.publisher, original.date, original.url) if original else (None,) * 4
    return (
        document.id,
        document.text,
        document.title,
        document.publisher,
        document.date,
        document.url,
        document.kind,
        int(original is not None),
        *cited,
    )


def document_from_row(row: Row) -> Document:
    """The inverse of `document_row`."""
    identity, text, title, publisher, date, url, kind, paraphrase, *cited = row
    based_on = None
    if paraphrase:
        based_on = Original(title=cited[0], publisher=cited[1], date=cited[2], url=cited[3])
    return Document(
        id=identity, text=text, title=title, publisher=publisher, date=date, url=url, kind=kind, based_on=based_on
    )


def assertion_rows(
    assertions: Mapping[str, Assertion],
    document: tuple[int, str | None],
    first: int,
    ends: Mapping[int, tuple[int, int]],
    accepted: Collection[str] = (),
) -> Iterator[tuple[Any, ...]]:
    """`WRITTEN_COLUMNS` of a document's assertions, given by id.

    `document` is its row and date, `first` the row of the first assertion; `ends` has the rows of actor and state by
    the identity of the mention. Nothing is called on the way: there are millions of rows.
    """
    pk, day = document
    for seq, (identity, one) in enumerate(assertions.items()):
        source, target, trigger, sentence = one.source, one.target, one.trigger, one.sentence
        source_how, target_how, background, confidence = source.how, target.how, one.background, one.confidence
        source_row, source_state = ends[id(source)]
        target_row, target_state = ends[id(target)]
        direct = source_how in _DIRECT and target_how in _DIRECT
        yield (
            first + seq,
            seq,
            day,
            (100 if direct else 0) + (0 if background else 50) + int(confidence * 10 + 0.5),
            1 if identity in accepted else 0,
            identity,
            pk,
            source_row,
            source_state,
            one.relation,
            target_row,
            target_state,
            one.polarity,
            one.status,
            1 if background else 0,
            one.date,
            confidence,
            sentence.start,
            sentence.end,
            source.start,
            source.end,
            source_how,
            source.confidence,
            target.start,
            target.end,
            target_how,
            target.confidence,
            None if trigger is None else trigger.start,
            None if trigger is None else trigger.end,
            one.attributed_to,
            one.voice,
            json.dumps(one.about, ensure_ascii=False) if one.about else "[]",
            json.dumps(one.against, ensure_ascii=False) if one.against else "[]",
            one.rule,
            one.plover,
            one.cameo,
            one.weight,
        )


def assertion_from_row(row: Row, document: str, text: str, actors: dict[int, Actor]) -> Assertion:
    """An assertion from `ASSERTION_COLUMNS`, given the document's id and text and the actors by row."""
    trigger_start, trigger_end = row[22], row[23]
    return Assertion(
        document=document,
        sentence=Sentence(row[12], row[13], text[row[12] : row[13]]),
        source=mention_from_row((row[14], row[15], row[2], row[3], row[16], row[17]), text, actors),
        relation=row[4],
        target=mention_from_row((row[18], row[19], row[5], row[6], row[20], row[21]), text, actors),
        trigger=None if trigger_start is None else Span(trigger_start, trigger_end, text[trigger_start:trigger_end]),
        polarity=row[7],
        status=row[8],
        background=bool(row[9]),
        attributed_to=row[24],
        voice=row[25],
        about=tuple(json.loads(row[26])),
        against=tuple(json.loads(row[27])),
        date=row[10],
        confidence=row[11],
        rule=row[28],
        plover=row[29],
        cameo=row[30],
        weight=row[31],
    )


def mention_from_row(row: Row, text: str, actors: dict[int, Actor]) -> Mention:
    """A mention from its start, end, actor's and state's row, how and confidence."""
    start, end, actor, state, how, confidence = row
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        actor=actors[actor],
        state=actors[state],
        how=how,
        confidence=confidence,
    )


def edges_from_rows(rows: Iterable[Row]) -> Iterator[Edge]:
    """Edges from rows of level, source, relation, target, six counts, documents, originals, outlets, first and last."""
    return itertools.starmap(_edge, rows)


class _Unfrozen:
    """An edge being made: what is frozen takes five times as long to fill, and a graph has them by the 100,000."""

    __slots__ = Edge.__slots__

    def __init__(
        self,
        level: Any,
        source: Any,
        relation: Any,
        target: Any,
        actual: Any,
        planned: Any,
        alleged: Any,
        hypothetical: Any,
        ended: Any,
        negated: Any,
        documents: Any,
        originals: Any,
        outlets: Any,
        first: Any,
        last: Any,
    ) -> None:
        self.level = level
        self.source = source
        self.relation = relation
        self.target = target
        self.actual = actual
        self.planned = planned
        self.alleged = alleged
        self.hypothetical = hypothetical
        self.ended = ended
        self.negated = negated
        self.documents = documents
        self.originals = originals
        self.outlets = outlets
        self.first = first
        self.last = last
        self.__class__ = Edge  # type: ignore[assignment] # of the same layout, else a TypeError


_edge: Callable[..., Any] = _Unfrozen


def report_from_row(row: Row) -> Report:
    """A report from its source, relation and target and `REPORT_COLUMNS`."""
    return Report._make((*row[:8], row[8] == 1, *row[9:]))


def flaw(reading: Reading, relations: Sequence[str] | dict[str, Any]) -> str | None:
    """Why the reading cannot be kept: what it says of its evidence is not so. None where all is well."""
    document = reading.document
    text = document.text
    if (fault := _unfit("its text or citation", map(str, filter(None, document_row(document))))) is not None:
        return fault
    actors = {id(actor): actor for mention in reading.mentions for actor in (mention.actor, mention.state)}
    said: list[str | None] = []
    for one in reading.assertions:
        for end in (one.source, one.target):
            if id(end.actor) not in actors or id(end.state) not in actors:
                actors |= {id(end.actor): end.actor, id(end.state): end.state}
        said += (one.attributed_to, one.date, one.rule)
        if one.about or one.against:
            said += (*one.about, *one.against)
    said += [word for actor in actors.values() for word in (actor.id, actor.name, actor.iso3)]
    if (fault := _unfit("an actor or an attribution in its reading", filter(None, said))) is not None:
        return fault
    for sentence in reading.sentences:
        if text[sentence.start : sentence.end] != sentence.text:
            return _misquoted("a sentence", sentence)
    for mention in reading.mentions:
        if text[mention.start : mention.end] != mention.text:
            return _misquoted("a mention", mention)
    for assertion in reading.assertions:
        if assertion.document != document.id:
            return f"an assertion in its reading is of document {assertion.document!r}"
        if assertion.relation not in relations:
            return f"an assertion has the relation {assertion.relation!r}, which the ontology does not know"
        for span in (assertion.sentence, assertion.source, assertion.target, assertion.trigger):
            if span is not None and text[span.start : span.end] != span.text:
                return _misquoted("an assertion's evidence", span)
    return None


def _unfit(what: str, words: Iterable[str]) -> str | None:
    """Why these words cannot be kept in every database; None where they can."""
    together = "\x1f".join(words)
    try:
        together.encode()
    except UnicodeEncodeError:
        return f"{what} is not valid Unicode (a lone surrogate); save the source as UTF-8"
    if "\0" in together:
        return f"{what} holds a NUL character, which not every database can keep; take it out"
    return None


def _misquoted(what: str, span: Span | Mention) -> str:
    return f"{what} at {span.start}–{span.end} says {span.text[:60]!r}, which does not stand there in its text"
