"""Corrections <-> rows of their table, and the JSON in these."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from kg.model import Actor
from kg.store import rows
from kg.store.corrections import Correction
from kg.store.reviews import Change

__all__ = ["correction_from_row", "correction_row"]


def correction_row(correction: Correction) -> tuple[str, str, str | None]:
    """Kind, what and note of a correction."""
    what: dict[str, Any] = {}
    for key in ("source", "target", "state", "names", "documents", "texts", "assertions", "reviewer", "entries"):
        value = getattr(correction, key)
        if value:
            what[key] = dataclasses.asdict(value) if isinstance(value, Actor) else value
    if correction.entries is not None:
        what["entries"] = json.loads(correction.entries)
    if correction.change is not None:
        what["change"] = {key: value for key, value in dataclasses.asdict(correction.change).items() if value}
    return correction.kind, json.dumps(what, ensure_ascii=False, sort_keys=True), correction.note


def correction_from_row(row: rows.Row) -> Correction:
    """A correction from number, time, kind, what, note and undone."""
    number, time, kind, text, note, undone = row
    what = json.loads(text)
    actors = {key: Actor(**what[key]) if key in what else None for key in ("target", "state")}
    lists = {key: tuple(what.get(key, ())) for key in ("names", "documents", "texts", "assertions")}
    entries = json.dumps(what["entries"], ensure_ascii=False) if "entries" in what else None
    return Correction(
        kind=kind,
        source=what.get("source"),
        target=actors["target"],
        state=actors["state"],
        names=lists["names"],
        documents=lists["documents"],
        texts=lists["texts"],
        entries=entries,
        assertions=lists["assertions"],
        change=Change(**what["change"]) if "change" in what else None,
        reviewer=what.get("reviewer"),
        note=note,
        number=number,
        time=time,
        undone=undone,
    )
