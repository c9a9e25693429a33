"""Files, folders, JSON Lines and standard input -> documents."""

from kg.documents.sources import count_documents, read_sources

__all__ = ["count_documents", "read_sources"]
