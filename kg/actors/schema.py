"""What may stand in data/actors/**/*.toml: the dataclasses are the schema.

Two tables: ``[[actor]]`` for everything that has a name of its own, ``[[office]]`` for the people who hold offices,
with their terms. All names are matched case by case as written, longest first; accents may be left out in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.model import Kind, Sector

__all__ = ["ROLES", "ActorEntry", "Holder", "Membership", "OfficeEntry", "PhraseEntry", "Role", "slug"]

Role = Literal[
    "head_of_state",
    "head_of_government",
    "deputy_head",
    "foreign_minister",
    "defence_minister",
    "interior_minister",
    "finance_minister",
    "army_chief",
    "intelligence_chief",
    "security_adviser",
    "envoy",
    "ambassador",
    "spokesperson",
    "monarch_heir",
    "speaker",
    "leader",
    "secretary_general",
    "minister",
    "official",
]
ROLES: tuple[str, ...] = Role.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A state's membership with its dates, ISO 8601 as exact as known."""

    id: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """One actor.

    `names` are further names; `demonyms` adjectives and words for its people or members ("Chinese", "Briton",
    "Britons"); `seats` capitals and buildings used for its government ("Beijing", "Kremlin"). `rolls_up_to` is the
    actor whose acts its acts are (a ministry -> its state, the Security Council -> the UN); `part_of` names parents it
    belongs to without acting for them. `places` are regions and cities of it that matter for "where" only.
    `since` and `until` bound its existence, where they matter.
    """

    id: str
    name: str
    kind: Kind
    sector: Sector | None = None
    iso3: str | None = None
    qid: str | None = None
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    rolls_up_to: str | None = None
    part_of: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    dated_members: tuple[Membership, ...] = ()
    claimed_by: tuple[str, ...] = ()
    controlled_by: tuple[str, ...] = ()
    surname: str | None = None
    since: str | None = None
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One term of one person in an office.

    `since` and `until` are ISO 8601, as exact as known; `until` is left out while the person is in office. `surname`
    is what news calls the person by after the first mention; left out, it is the last word of `name`. The same
    `name` in several offices is the same person unless `id` says otherwise.
    """

    name: str
    since: str
    until: str | None = None
    names: tuple[str, ...] = ()
    surname: str | None = None
    id: str | None = None
    source: str | None = None
    verified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEntry:
    """An office of a state or organisation, and who held it when.

    `of` is the actor that the office acts for. `source` names a public source for the list; `verified` says whether
    the terms were checked against one. A holder may override both.
    """

    of: str
    title: str
    role: Role
    source: str
    verified: bool
    sector: Sector = "government"
    titles: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseEntry:
    """Phrases that contain an actor's name and are none ("South China Sea"); `why` says what they are."""

    texts: tuple[str, ...]
    why: str


def slug(name: str) -> str:
    """A readable ASCII slug of a name: "Recep Tayyip Erdoğan" -> "recep-tayyip-erdogan"."""
    import unicodedata

    plain = name.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
