"""The answers about one actor, groups and one assertion, as those of `kg.library.answers`; imported when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.library.answers import shown
from kg.queries.balance import Balance
from kg.queries.blocs import Blocs
from kg.queries.cite import Citation
from kg.queries.profile import Profile
from kg.queries.timeline import Timeline

__all__ = ["ActorProfile", "BalanceFound", "BlocsFound", "Cited", "Events"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorProfile(Profile):
    """A profile, which a notebook shows as kg show does; `about` is what the catalogue says of the actor, by key."""

    about: Mapping[str, Any]

    def _repr_html_(self) -> str:
        from kg.commands.show import profile_blocks

        return shown(profile_blocks(self.about, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Events(Timeline):
    """Events by date, which a notebook shows as kg timeline does."""

    title: str

    def _repr_html_(self) -> str:
        from kg.commands.story import timeline_blocks

        return shown(timeline_blocks(self.title, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocsFound(Blocs):
    """Blocs, which a notebook shows as kg blocs does."""

    title: str

    def _repr_html_(self) -> str:
        from kg.commands.groups import bloc_blocks

        return shown(bloc_blocks(self.title, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceFound(Balance):
    """Triads of friends and enemies, which a notebook shows as kg balance does."""

    title: str

    def _repr_html_(self) -> str:
        from kg.commands.groups import balance_blocks

        return shown(balance_blocks(self.title, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited(Citation):
    """The citation of an assertion, which a notebook shows as kg cite does."""

    def _repr_html_(self) -> str:
        from kg.commands.cite import citation_blocks

        return shown(citation_blocks(self))
