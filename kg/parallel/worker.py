"""Reading in a process of its own: documents in, readings out. The model is loaded once a process, never sent."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.actors.overlay import Layer, overlaid
from kg.errors import KgError, Problem
from kg.extract import DEFAULT_MODEL, VERSION, Extractor, Versions
from kg.model import Document, Reading

__all__ = ["Outcome", "prepare", "read", "versions_of"]

Outcome = tuple[list[Reading], list[Problem]]
"""What was read, and what was passed over."""

_extractor: Extractor | None = None
_prepared: tuple[Any, ...] | None = None


def prepare(layers: Sequence[Layer], model: str | None) -> None:
    """Loads the model and the catalogue with these layers over it, unless they are what the process has already."""
    global _extractor, _prepared
    asked = (tuple(json.dumps(layer.content, sort_keys=True) for layer in layers), model)
    if asked != _prepared:
        _extractor = Extractor(overlaid(layers), model=model or DEFAULT_MODEL)
        _prepared = asked


def read(documents: list[Document]) -> Outcome:
    """The readings of documents; what cannot be read is told and passed over."""
    assert _extractor is not None, "prepare() comes first"
    problems: list[Problem] = []
    return list(_extractor.read(documents, problems)), problems


def versions_of(catalogue: str, model: str | None = None) -> Versions:
    """What a reading with that version of the catalogue is marked with, without loading the model.

    Raises `KgError` where the model is not installed.
    """
    name = model or DEFAULT_MODEL
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    folder = Path((spec.submodule_search_locations or [""])[0]) if spec is not None else Path(name)
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
    except OSError:
        raise KgError(
            f"The spaCy pipeline {name!r} is not installed; install it with pip or name another with --model."
        ) from None
    return Versions(VERSION, f"{name}-{meta['version']}", catalogue)
