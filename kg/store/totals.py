"""What a store says of itself and of what was done to it, mostly in numbers. An answer loads none of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import Problem

__all__ = ["Coverage", "Presence", "Stats", "Versions", "WriteReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What a document was read with. A reading by other versions replaces the one that is kept."""

    extractor: str | None = None
    model: str | None = None
    catalogue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What one `write` did, in documents; `assertions` counts those newly written.

    `problems` names the documents that were passed over because their reading cannot be stored; what the store
    held of them before is untouched.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    assertions: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How often documents name an actor: mentions of it, documents with one, assertions from and to it, and when."""

    mentions: int = 0
    documents: int = 0
    as_source: int = 0
    as_target: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which documents a store holds: how many, of how many outlets, and the first and last of their dates."""

    documents: int
    outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """How much a store holds. `first` and `last` bound the dates of its documents."""

    documents: int
    outlets: int
    sentences: int
    mentions: int
    actors: int
    assertions: int
    facts: int
    actor_edges: int
    state_edges: int
    first: str | None
    last: str | None
    relations: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
