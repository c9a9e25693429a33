"""What is asked of a store: which assertions or edges, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import Level, Polarity, Status

__all__ = ["Filter", "Order"]

Order = Literal["best", "text", "certainty", "harm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which assertions or edges are meant. None or False asks for nothing in particular; all that is set must hold.

    `sources` and `targets` are ids at `level`; a symmetric relation answers from either end. At state level two ends
    that are the same state, and structure relations, never answer. `since` and `until` are ISO 8601, as exact as
    known, both included; an assertion dated less exactly answers where it may lie within, an undated one never.
    `official` asks for acts of governments, militaries and whole actors: of a source that has no sector, or one of
    government, military or intelligence. `reviewed` asks for what a person accepted, as read or relabelled.

    `as_of` asks for documents of that day or before. `about` and `against` are names of actors of which one must stand
    there. `according_to` holds names of who must say so: of the outlet, of the outlet that a paraphrase retells, or of
    whom the sentence names. `min_originals` bounds edges only: so many documents that are independent of each other.

    What private people do in opposing or fighting somebody, what they are alleged to do and what they are accused of
    is left out, unless `private_people` or somebody accepted it. Private is a person who has no office: of no public
    sector, and who acts for no state or organisation in any document.
    """

    level: Level = "state"
    sources: Sequence[str] | None = None
    relations: Sequence[str] | None = None
    targets: Sequence[str] | None = None
    status: Sequence[Status] | None = None
    polarity: Polarity | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    official: bool = False
    reviewed: bool = False
    document: str | None = None
    as_of: str | None = None
    about: Sequence[str] | None = None
    against: Sequence[str] | None = None
    according_to: Sequence[str] | None = None
    min_originals: int | None = None
    private_people: bool = False

    @property
    def counted(self) -> bool:
        """Whether the edges kept by the store answer it, so that no assertion need be looked at."""
        bounds = (self.status, self.polarity, self.since, self.until, self.min_confidence, self.document)
        said = (self.as_of, self.about, self.against, self.according_to)
        return not (self.official or self.reviewed) and all(bound is None for bound in (*bounds, *said))
