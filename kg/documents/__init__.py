"""Files, folders, JSON Lines and standard input -> documents."""

from kg.documents.sources import read_sources

__all__ = ["read_sources"]
