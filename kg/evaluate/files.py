"""Gold files and files of readings -> what is compared."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

from kg.errors import DocumentError
from kg.evaluate.claims import Claim, Gold, Predicted
from kg.model import POLARITIES, STATUSES, Assertion, Document
from kg.relations import ontology

__all__ = ["as_documents", "as_predicted", "load_gold", "load_predicted"]

T = TypeVar("T")


def as_predicted(assertion: Assertion) -> Predicted:
    """An assertion as it is compared: acts between states, structure between the actors as named."""
    source, target = assertion.source, assertion.target
    claim = Claim(source.state.name, assertion.relation, target.state.name, assertion.polarity, assertion.status)
    if claim.group == "structure":
        claim = dataclasses.replace(claim, source=source.actor.name, target=target.actor.name)
    return Predicted(assertion.document, assertion.sentence.start, assertion.sentence.end, claim)


def load_gold(path: Path) -> list[Gold]:
    """The labelled sentences of a file, in order. Raises `DocumentError` that names the line and what is wrong."""
    found = _lines(path, _gold)
    if not found:
        raise DocumentError(f"{path}: is empty; it needs a line of JSON for each labelled sentence.")
    return found


def load_predicted(path: Path) -> list[Predicted]:
    """The readings in a file as `kg extract --format jsonl` writes it. Raises `DocumentError` as `load_gold` does."""
    return _lines(path, _predicted)


def _lines(path: Path, made: Callable[[dict[str, Any]], T]) -> list[T]:
    found: list[T] = []
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                where = f"{path}:{number}"
                try:
                    row = json.loads(line)
                except (json.JSONDecodeError, RecursionError) as error:
                    raise DocumentError(f"{where}: is not JSON ({error}); each line must be one object.") from None
                if not isinstance(row, dict):
                    raise DocumentError(f"{where}: is not a JSON object.")
                try:
                    found.append(made(row))
                except KeyError as error:
                    raise DocumentError(f"{where}: has no {error}; `kg evaluate --help` shows the format.") from None
                except (TypeError, ValueError, AttributeError) as error:
                    raise DocumentError(f"{where}: {error}; `kg evaluate --help` shows the format.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: could not be read: {error}.") from None
    return found


def _opened(path: Path) -> IO[str]:
    """The lines of a file; - is standard input."""
    return io.TextIOWrapper(sys.stdin.buffer, "utf-8") if path == Path("-") else path.open(encoding="utf-8")


def _gold(row: dict[str, Any]) -> Gold:
    triples = row["triples"]
    claims = tuple(_checked(_claim(t, t["source"], t["target"], t.get("core", True))) for t in triples)
    alts = {str(name): tuple(map(str, others)) for name, others in (row.get("alts") or {}).items()}
    start = int(row.get("start", -1))
    return Gold(str(row["doc"]), start, int(row.get("end", -1)), row["text"], claims, alts, row.get("date") or None)


def _predicted(row: dict[str, Any]) -> Predicted:
    place = row["sentence"]
    ends = [row[end] for end in ("source", "target")]
    claim = _claim(row, ends[0]["state"], ends[1]["state"])
    if claim.group == "structure":
        claim = dataclasses.replace(claim, source=ends[0]["name"], target=ends[1]["name"])
    return Predicted(str(row["document"]), int(place["start"]), int(place["end"]), claim)


def _claim(row: dict[str, Any], source: str, target: str, core: bool = True) -> Claim:
    polarity, status = row.get("polarity") or "affirmed", row.get("status") or "actual"
    return Claim(source or "", row["relation"], target or "", polarity, status, core)


def _checked(claim: Claim) -> Claim:
    for what, value, known in (
        ("relation", claim.relation, ontology().relations),
        ("polarity", claim.polarity, POLARITIES),
        ("status", claim.status, STATUSES),
    ):
        if value not in known:
            raise ValueError(f"{value!r} is no {what}; it is one of {', '.join(known)}")
    return claim


def as_documents(gold: Sequence[Gold]) -> tuple[list[Gold], list[Document]]:
    """The labelled sentences of each document as its text, a line for each, and the labels at their new places."""
    texts: dict[str, str] = {}
    dates: dict[str, str] = {}
    moved = []
    for g in gold:
        before = texts.get(g.doc)
        start = 0 if before is None else len(before) + 1
        texts[g.doc] = g.text if before is None else f"{before}\n{g.text}"
        moved.append(dataclasses.replace(g, start=start, end=start + len(g.text)))
        if g.date:
            dates.setdefault(g.doc, g.date)
    return moved, [Document(id=doc, text=text, date=dates.get(doc)) for doc, text in texts.items()]
