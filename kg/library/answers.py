"""What a store answers to whoever asks it from Python: values that a notebook shows as the command line does.

Text from articles is escaped wherever it is shown.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.model import Actor
from kg.queries.between import Between
from kg.queries.path import Path
from kg.queries.question import Question
from kg.queries.who import Answer

if TYPE_CHECKING:
    from kg.commands.layout import Block
    from kg.export.view import MapView

__all__ = ["Ego", "Found", "Paths", "Story", "fields_of", "shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Answer):
    """An answer that a notebook shows as the tables of kg query, its quotes under the rows."""

    question: Question

    def _repr_html_(self) -> str:
        from kg.commands.answer import answer_blocks

        return shown(answer_blocks(self.question, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Between):
    """What is between two actors, which a notebook shows as kg between does."""

    title: str

    def _repr_html_(self) -> str:
        from kg.commands.story import story_blocks

        return shown(story_blocks(self.title, self))


class Paths(tuple[Path, ...]):
    """Paths between two actors, the best first, which a notebook shows as kg path does."""

    title: str

    @classmethod
    def of(cls, title: str, found: Sequence[Path]) -> Paths:
        """These paths under a title."""
        paths = cls(found)
        paths.title = title
        return paths

    def _repr_html_(self) -> str:
        from kg.commands.answer import path_blocks

        return shown(path_blocks(self.title, self))


@dataclass(frozen=True, slots=True)
class Ego:
    """What stands near an actor. `view` is what the map of it shows; a notebook shows the map itself."""

    actor: Actor
    view: MapView

    def html(self) -> str:
        """The map as a whole page, which needs no network."""
        from kg.export.html import render_map

        return render_map(self.view)

    def _repr_html_(self) -> str:
        # A frame without the rights of the notebook: what an article says cannot reach it, whatever it is.
        page, title = html.escape(self.html(), quote=True), html.escape(self.actor.name, quote=True)
        style = "width:100%;height:560px;border:0"
        return f'<iframe sandbox="allow-scripts" title="{title}" style="{style}" srcdoc="{page}"></iframe>'


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, to make another with more."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def shown(blocks: Iterable[Block]) -> str:
    """The blocks of an answer as a piece of a page."""
    from kg.commands.html_layout import draw_html

    return draw_html(blocks)
