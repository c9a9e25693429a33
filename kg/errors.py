"""Every way kg can fail, as few classes as callers need to tell apart.

A message names what was wrong, where, and what to do about it. Problems that leave the rest of the work
whole (one unreadable document among thousands) are not raised but collected as `Problem`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DataError", "DocumentError", "KgError", "Problem", "QuestionError", "StoreError", "UnknownActorError"]


class KgError(Exception):
    """The base of all errors that kg raises on purpose; its text is meant for the user."""


class DataError(KgError):
    """A data file (relations, triggers, actors) breaks its schema; names the file, the entry and the fix."""


class DocumentError(KgError):
    """A source could not be read as a document: missing, empty, binary, undecodable or malformed."""


class StoreError(KgError):
    """The store is missing, of another version, or not one of ours."""


class QuestionError(KgError):
    """A question could not be understood; says how far it was read and what can be asked."""


class UnknownActorError(KgError):
    """No actor of that name; `suggestions` holds the nearest names, best first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.name = name
        self.suggestions = suggestions
        hint = f" Did you mean {', '.join(suggestions)}?" if suggestions else " `kg actors` lists who is known."
        super().__init__(f"No actor is called {name!r}.{hint}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was passed over so that the rest could go on.

    `where` names the file or document, `line` counts from 1 (None where no line is meant).
    """

    where: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.message}"
