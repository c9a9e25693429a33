"""What a store covers, in words."""

from __future__ import annotations

from kg.store import Coverage, Stats

__all__ = ["covered"]


def covered(found: Stats | Coverage) -> str:
    """What a store covers: documents, outlets and their period."""
    documents = f"{found.documents:,} document{'' if found.documents == 1 else 's'}"
    outlets = f"{found.outlets:,} outlet{'' if found.outlets == 1 else 's'}"
    return f"{documents} by {outlets}" + (f", {found.first} to {found.last}" if found.first else "")
