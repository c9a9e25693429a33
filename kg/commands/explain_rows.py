"""How a sentence is read, as rows for programs and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.export.rows import Row, assertion_row, mention_row
from kg.model import Mention

if TYPE_CHECKING:
    from kg.extract.explain import Explained, Told, Trace
    from kg.extract.near import Gap

__all__ = ["STEP_COLUMNS", "basis", "outcome", "sentence_row", "step_rows", "triple_cells"]

STEP_COLUMNS = ("what", "start", "end", "text", "says", "why")


def sentence_row(document: str, one: Explained) -> Row:
    """A sentence: its mentions, triggers, triples and the pairs without one."""
    return {
        "sentence": {"start": one.sentence.start, "end": one.sentence.end, "text": one.sentence.text},
        "headline": one.headline,
        "mentions": [mention_row(document, mention) for mention in one.mentions],
        "triggers": [_trace_row(trace) for trace in one.traces],
        "triples": [{**assertion_row(told.assertion), "cues": list(told.cues)} for told in one.told],
        "missing": [_gap_row(gap) for gap in one.gaps],
    }


def step_rows(one: Explained) -> Iterator[Row]:
    """A row for each mention, trigger, triple and gap, for spreadsheets."""
    for m in one.mentions:
        yield {"what": "mention", "start": m.start, "end": m.end, "text": m.text, "says": m.actor.name, "why": m.how}
    for trace in one.traces:
        words = {"start": trace.words.start, "end": trace.words.end, "text": trace.words.text}
        yield {"what": "trigger", **words, "says": trace.trigger.frame.relation, "why": outcome(trace)}
    for told in one.told:
        sentence = told.assertion.sentence
        source, relation, target, status, _ = triple_cells(told)
        place = {"start": sentence.start, "end": sentence.end, "text": sentence.text}
        yield {"what": "triple", **place, "says": f"{source} {relation} {target} ({status})", "why": basis(told)}
    for gap in one.gaps:
        place = {"start": gap.a.start, "end": gap.a.end, "text": gap.a.text}
        yield {
            "what": "no triple",
            **place,
            "says": f"{gap.a.actor.name} and {gap.b.actor.name}",
            "why": "; ".join((gap.reason, *gap.stands)),
        }


def _trace_row(trace: Trace) -> Row:
    return {
        "text": trace.words.text,
        "start": trace.words.start,
        "end": trace.words.end,
        "rule": trace.trigger.rule,
        "relation": trace.trigger.frame.relation,
        "source": list(trace.trigger.source),
        "target": list(trace.trigger.target),
        "carrier": trace.carrier,
        "places": [
            {"place": looked.place, "side": looked.side, "found": [_end(mention) for mention in looked.found]}
            for looked in trace.looked
        ],
        "acts": trace.read,
        "reason": trace.reason or None,
        "left_out": [
            {"source": _end(left.source), "target": _end(left.target), "reason": left.reason} for left in trace.left_out
        ],
    }


def _gap_row(gap: Gap) -> Row:
    closest = gap.closest
    return {
        "actors": [_end(gap.a), _end(gap.b)],
        "closest": None if closest is None else {"text": closest.words.text, "rule": closest.trigger.rule},
        "reason": gap.reason,
        "stands": list(gap.stands),
    }


def _end(mention: Mention) -> Row:
    return {"id": mention.actor.id, "name": mention.actor.name, "state": mention.state.name, "text": mention.text}


def outcome(trace: Trace) -> str:
    """What a trigger came to: its acts, or why none."""
    return f"{trace.read} act{'' if trace.read == 1 else 's'}" if trace.read else trace.reason


def triple_cells(told: Told) -> tuple[str, ...]:
    """Source, relation, target, status and confidence of a triple."""
    a = told.assertion
    status = f"not {a.status}" if a.polarity == "negated" else a.status
    return _name(a.source), a.relation, _name(a.target), status, f"{a.confidence:.2f}"


def _name(mention: Mention) -> str:
    actor, state = mention.actor.name, mention.state.name
    return actor if actor == state else f"{actor} ({state})"


def basis(told: Told) -> str:
    """The rule and the words that made a triple what it is."""
    a = told.assertion
    parts = [f"rule {a.rule}", *told.cues]
    if a.attributed_to:
        parts.append(f"according to {a.attributed_to}")
    if a.background:
        parts.append("background")
    return "; ".join(parts)
