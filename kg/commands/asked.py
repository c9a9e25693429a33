"""What a question asks, in words: its parts and what bounds it."""

from __future__ import annotations

from kg.model import Family
from kg.queries.question import Part
from kg.relations import ontology
from kg.store import Filter

__all__ = ["asked", "bounds_told"]


def bounds_told(bounds: Filter) -> str:
    """What a question is bounded by, in words; nothing where it is not."""
    same = bounds.since is not None and bounds.since == bounds.until
    said = [
        (bounds.since if same else None, f"{'on' if len(bounds.since or '') == 10 else 'in'} {bounds.since}"),
        (None if same else bounds.since, f"since {bounds.since}"),
        (None if same else bounds.until, f"until {bounds.until}"),
        (bounds.as_of, f"as the sources stood on {bounds.as_of}"),
        (bounds.about, f"on {(bounds.about or ('',))[0]}"),
        (bounds.against, f"against {(bounds.against or ('',))[0]}"),
        (bounds.according_to, f"according to {(bounds.according_to or ('',))[0]}"),
        (bounds.min_originals, f"in at least {bounds.min_originals} independent sources"),
        (bounds.min_confidence, f"read with a certainty of at least {bounds.min_confidence}"),
    ]
    return ", ".join(words for value, words in said if value is not None)


_VERBS: dict[Family, tuple[str, str]] = {
    "backing": ("backs", "is backed by"),
    "engaging": ("engages with", "is engaged by"),
    "opposing": ("opposes", "is opposed by"),
    "fighting": ("fights", "is fought by"),
    "structure": ("is tied to", "is tied to"),
}
_BEING = {"part_of": "is part of", "member_of": "is a member of"}


def asked(part: Part) -> str:
    """A part of a question in the words of its relation: "backs Pakistan", "is sanctioned by China"."""
    card = ontology()[part.relations[0]]
    active = card.inverse if card.symmetric else _BEING.get(card.id, card.id.replace("_", " "))
    verbs = _VERBS[part.family] if part.family else (active, card.inverse)
    if part.source is None:
        return f"{verbs[0]} {part.target.name if part.target else 'anybody'}"
    return f"{part.source.name} {verbs[0]} {part.target.name}" if part.target else f"{verbs[1]} {part.source.name}"
