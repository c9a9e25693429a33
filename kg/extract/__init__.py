"""Documents -> mentions and assertions, each with the words that say it; the only place that imports spaCy."""

from kg.extract.pipeline import DEFAULT_MODEL
from kg.extract.reader import MIN_CONFIDENCE, VERSION, Extractor, Versions

__all__ = ["DEFAULT_MODEL", "MIN_CONFIDENCE", "VERSION", "Extractor", "Versions"]
