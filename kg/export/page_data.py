"""MapView -> what the page knows: plain data, short enough to travel in the file.

Everything that depends on offsets is settled here, in code points; the page never counts characters. Text is cleaned
of what is not words (control characters, lone surrogates, marks that turn the direction of what follows).
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from kg.export.backbone import Order
from kg.export.content import GROUPS, MapEdge, MapView, Quote, QuoteLength, group_of, origin_of
from kg.export.lines import Line
from kg.model import ACTOR_KINDS, FAMILIES, Assertion, Document
from kg.relations import Ontology

__all__ = ["QUOTES_PER_EDGE", "page_data", "plain", "segments", "web_url"]

QUOTES_PER_EDGE = 20
SHORT_WORDS = 30

NO_WORDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")
WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}]+", re.IGNORECASE)


def plain(text: str) -> str:
    """The words of a text, fit for display and for UTF-8."""
    return SURROGATE.sub("\ufffd", NO_WORDS.sub("", text))


def web_url(url: str | None) -> str | None:
    """The URL if it is a link that may be followed (http or https), else None."""
    cleaned = plain(url or "").strip()
    return cleaned if WEB.fullmatch(cleaned) else None


def segments(assertion: Assertion, length: QuoteLength = "full") -> list[list[str]]:
    """The sentence in pieces, [text, role]: role is source, trigger, target or empty.

    Where spans overlap the shorter one marks the words. "short" keeps about 30 words round the marks, "none" only
    the marked words; what was left out shows as "…".
    """
    sentence = assertion.sentence
    spans = [(assertion.source.start, assertion.source.end, "source")]
    if assertion.trigger:
        spans.append((assertion.trigger.start, assertion.trigger.end, "trigger"))
    spans.append((assertion.target.start, assertion.target.end, "target"))
    inside = [
        (max(start - sentence.start, 0), min(end - sentence.start, len(sentence.text)), role)
        for start, end, role in spans
    ]
    inside = [span for span in inside if span[0] < span[1]]
    cuts = sorted({0, len(sentence.text), *(edge for span in inside for edge in span[:2])})
    pieces = []
    for low, high in itertools.pairwise(cuts):
        covering = [span for span in inside if span[0] <= low and high <= span[1]]
        role = min(covering, key=lambda span: span[1] - span[0])[2] if covering else ""
        pieces.append([sentence.text[low:high], role])
    if length == "none":
        return [piece if piece[1] else [" … ", ""] for piece in pieces if piece[1] or piece[0].strip()]
    return _shortened(pieces) if length == "short" else pieces


def _shortened(pieces: list[list[str]]) -> list[list[str]]:
    """Cut unmarked pieces until about SHORT_WORDS words are left, taking from the ends of the sentence first."""
    spare = sum(len(text.split()) for text, _ in pieces) - SHORT_WORDS
    if spare <= 0:
        return pieces
    result = [list(piece) for piece in pieces]
    last = len(result) - 1
    for n in sorted(range(len(result)), key=lambda n: (0 < n < last, -n)):
        text, role = result[n]
        words = re.findall(r"\S+\s*", text)
        if role or spare <= 0 or len(words) < 3:
            continue
        kept = max(len(words) - spare, 2)
        spare -= len(words) - kept
        lead = text[: len(text) - len(text.lstrip())]
        if n == 0 and last > 0:
            result[n][0] = "… " + "".join(words[-kept:])
        elif n == last:
            result[n][0] = lead + "".join(words[:kept]).rstrip() + " …"
        else:
            half = kept // 2
            result[n][0] = lead + "".join(words[: kept - half]) + "… " + "".join(words[len(words) - half :])
    return result


def page_data(view: MapView, lines: tuple[Line, ...], order: Order, ontology: Ontology, length: QuoteLength) -> Any:
    """All that the page shows beside the picture, as JSON values."""
    documents = _Documents()
    numbers = {each.actor.id: n for n, each in enumerate(view.actors)}
    rank = {line: n for n, line in enumerate(order.lines)}
    relations = {each.edge.relation for each in view.edges}
    totals = view.totals
    content = {
        "title": view.title,
        "level": view.level,
        "start": order.start,
        "quotes": length,
        "bounds": list(view.bounds),
        "totals": {
            "documents": totals.documents,
            "outlets": totals.outlets,
            "first": totals.first,
            "last": totals.last,
            "actors": max(totals.actors, len(view.actors)),
            "links": max(totals.links, len(order.lines)),
        },
        "families": list(FAMILIES),
        "groups": list(GROUPS),
        "kinds": [kind for kind in ACTOR_KINDS if any(each.actor.kind == kind for each in view.actors)],
        "relations": {
            card.id: {"family": card.family, "inverse": card.inverse, "symmetric": card.symmetric, "tier": card.tier}
            for card in ontology.relations.values()
            if card.id in relations
        },
        "actors": [
            {
                "key": each.actor.id,
                "name": each.actor.name or each.actor.id,
                "names": list(each.names),
                "kind": each.actor.kind,
                "sector": each.actor.sector,
                "iso3": each.actor.iso3,
                "bloc": each.bloc,
                "degree": each.degree,
            }
            for each in view.actors
        ],
        "lines": [
            {
                "source": numbers[line.source],
                "target": numbers[line.target],
                "family": line.family,
                "symmetric": line.symmetric,
                "documents": line.documents,
                "outlets": line.outlets,
                "single": line.single_source,
                "rank": rank.get(n),
                "relations": [_relation(each, documents, length) for each in line.edges],
            }
            for n, line in enumerate(lines)
        ],
        "documents": documents.rows,
    }
    return _cleaned(content)


def _cleaned(value: Any) -> Any:
    """The value with every string in it made plain: whatever the store holds, the page gets words."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list | tuple | set):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return value


class _Documents:
    """Each document once, numbered in the order in which quotes name them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._numbers: dict[str, int] = {}

    def number(self, document: Document) -> int:
        if document.id not in self._numbers:
            self._numbers[document.id] = len(self.rows)
            original = document.based_on
            self.rows.append(
                {
                    "id": document.id,
                    "title": document.title or "",
                    "publisher": document.publisher or "",
                    "origin": origin_of(document),
                    "date": document.date or "",
                    "url": web_url(document.url),
                    "original": original
                    and {
                        "title": original.title or "",
                        "publisher": original.publisher or "",
                        "date": original.date or "",
                        "url": web_url(original.url),
                    },
                }
            )
        return self._numbers[document.id]


def _said(quotes: tuple[Quote, ...], documents: _Documents) -> list[list[Any]]:
    """Every report behind an edge, quoted in the file or not: what filters count.

    Each is its group (an index of GROUPS), its document, its confidence in hundredths, and its day where that is
    another than the document's.
    """
    said = set()
    for quote in quotes:
        group, confidence = GROUPS.index(group_of(quote.assertion)), round(100 * quote.assertion.confidence)
        own, published = quote.assertion.date or "", quote.document.date or ""
        day = () if own in ("", published) else (own,)
        said.add((group, documents.number(quote.document), confidence, *day))
    return [list(each) for each in sorted(said)]


def _relation(each: MapEdge, documents: _Documents, length: QuoteLength) -> dict[str, Any]:
    edge, quotes = each.edge, each.quotes
    groups: dict[str, list[Quote]] = {group: [] for group in GROUPS}
    for quote in sorted(quotes, key=lambda q: q.assertion.id):
        groups[group_of(quote.assertion)].append(quote)
    for members in groups.values():
        members.sort(key=lambda q: q.assertion.date or q.document.date or "", reverse=True)
    others = [quote for group in GROUPS[1:] for quote in groups[group]]
    facts = groups["actual"][: QUOTES_PER_EDGE - min(len(others), QUOTES_PER_EDGE // 3)]
    shown = facts + others[: QUOTES_PER_EDGE - len(facts)]
    told = {group: sum(group_of(q.assertion) == group for q in shown) for group in GROUPS}
    counts = {group: max(getattr(edge, group), len(groups[group])) for group in GROUPS}
    return {
        "id": edge.relation,
        "documents": edge.documents,
        "outlets": max(edge.outlets, len({origin_of(quote.document) for quote in groups["actual"]})),
        "first": edge.first,
        "last": edge.last,
        "verdict": str(each.verdict) if each.verdict else "",
        "counts": {group: count for group, count in counts.items() if count},
        "more": {group: counts[group] - told[group] for group in GROUPS if counts[group] > told[group]},
        "quotes": [_quote(quote, documents, length) for quote in shown],
        "said": _said(quotes, documents),
    }


def _quote(quote: Quote, documents: _Documents, length: QuoteLength) -> dict[str, Any]:
    assertion = quote.assertion
    row: dict[str, Any] = {
        "id": assertion.id,
        "document": documents.number(quote.document),
        "parts": segments(assertion, length),
        "group": group_of(assertion),
        "date": assertion.date or "",
        "confidence": round(assertion.confidence, 2),
        "source": assertion.source.actor.name,
        "target": assertion.target.actor.name,
    }
    if assertion.polarity == "negated":
        row["status"] = assertion.status
    if assertion.attributed_to:
        row["attributed"] = assertion.attributed_to
    if assertion.background:
        row["background"] = True
    if assertion.about:
        row["about"] = list(assertion.about)
    return row
