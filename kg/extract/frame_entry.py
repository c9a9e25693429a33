"""The schema of data/triggers/*.toml: frames, and the triggers that they are read into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from kg.model import Kind

__all__ = ["DEFAULTS", "SLOT", "FrameEntry", "Part", "Trigger"]

Part = Literal["verb", "noun", "adjective", "role", "joined"]

SLOT = re.compile(
    r"subj|obj|iobj|poss|mod|light|head|is|comp|compobj|compwith|clause|ties|patient"
    r"|under|amid|whose|beneficiary|land|bearer|inside|purpose|hurt|prep:[a-z]+(?: [a-z]+)?"
)
DEFAULTS: dict[Part, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subj",), ("obj",)),
    "noun": (
        ("poss", "mod", "prep:by", "prep:from", "prep:of", "light"),
        ("prep:on", "prep:against", "prep:to", "prep:for"),
    ),
    "adjective": (("subj",), ("obj",)),
    "role": (("is",), ("poss", "mod", "prep:of", "prep:to", "prep:for", "prep:with", "prep:in")),
    "joined": (("mod",), ("head",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameEntry:
    """Triggers that share a relation and the places of source and target.

    Places; the first that holds an actor wins:
    ``subj``, ``obj``, ``iobj``
        of a verb; the object of the preposition where the trigger ends in one
    ``patient``
        to whom a verb is done ("are known as")
    ``prep:to``
        after that preposition of the trigger, or of the verb that carries it
    ``poss``, ``mod``
        a noun's owner ("China's", "Chinese")
    ``light``
        the subject of the light verb that carries the noun
    ``clause``
        the subject of the clause that a noun stands in ("after talks with B, A said")
    ``is``, ``head``
        what a role noun is said of; the noun that an adjective or compound describes
    ``comp``, ``compobj``, ``compwith``
        the subject of the clause that it governs, that clause's object, whom it is done with
    ``inside``, ``purpose``
        whom the clause that it governs is about; whom its purpose clause is ("sent food to help orphans in Chad")
    ``amid``
        who acts under it ("amid threats from B, A withdrew")
    ``whose``
        whose the trigger's object is ("recognised Kosovo's independence")
    ``beneficiary``
        who has what is given ("with B's backing, A acted", "A thanked B for its help")
    ``land``
        where a passive without an agent is done ("was jailed in Dubai")
    ``bearer``
        who is on a visit ("the king, on a visit to Mali")
    ``hurt``
        who is killed or hurt in it ("six Malians died in an ambush by B")
    ``ties``
        those between whom the ties are that it is said of ("relations between A and B soured")
    ``under``
        what is under a noun ("the strip under its rule")

    With ``deed`` the object may be a deed or possession of the target ("condemned the shelling by …"). ``joined`` are
    second parts of compounds ("Iran-backed"), ``prefix`` first ones ("pro-Iranian"). ``roles`` are nouns for the source
    itself ("ally").
    """

    relation: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    deed: bool = False
    places: bool = False
    """With `deed`: a thing may stand for the land that it is in ("shelled a village in Chad")."""
    unless: tuple[str, ...] = ()
    """Words of purpose that make it another deed ("sent troops to help", "as peacekeepers")."""
    only: tuple[str, ...] = ()
    """Words of purpose without one of which it is not this deed."""
    unless_prep: tuple[str, ...] = ()
    """Prepositions on it that make it another deed ("calls by Chad for a truce" are no phone calls)."""
    infinitive: bool = False
    """The verb counts only with an infinitive ("told Chad to withdraw")."""
    plain: bool = False
    """The verb takes no clause and no predicate in this sense (to call somebody, not to call him a liar)."""
    carried: bool = False
    """The noun counts only under one of its light verbs ("strengthened ties", not bare "ties")."""
    singular: bool = False
    """Two owners before the noun share it only in the singular ("the Chad-Libya border")."""
    clause: bool = False
    """The trigger may take a clause whose subject is the target ("said that Chad had armed rebels")."""
    cameo: str | None = None
    """The code of the deed where it is finer than the relation's; PLOVER type and weight follow from it."""
    finer: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """A code that is finer than the frame's -> those of the frame's triggers that have it."""
    polarity: Literal["affirmed", "negated"] = "affirmed"
    status: Literal["actual", "planned", "alleged", "hypothetical", "ended"] = "actual"
    source_kinds: tuple[Kind, ...] = ()
    target_kinds: tuple[Kind, ...] = ()
    """The kinds of actor that may stand there, where not all may."""
    light: tuple[str, ...] = ()
    """The light verbs that carry the noun, where not all may."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its words (the head first for verbs and adjectives, last for nouns), part of speech and frame."""

    words: tuple[str, ...]
    at: int
    part: Part
    frame: FrameEntry
    source: tuple[str, ...]
    target: tuple[str, ...]
    mutual: bool
    others: frozenset[str] = field(init=False, repr=False, compare=False)
    """The words beside its head without which it is not there; "Togo's rescue" says a last "of" too."""

    def __post_init__(self) -> None:
        others = [*self.words[: self.at], *self.words[self.at + 1 :]]
        object.__setattr__(self, "others", frozenset(others[:-1] if others[-1:] == ["of"] else others))

    @property
    def rule(self) -> str:
        """The name by which `explain` and every assertion call this trigger."""
        return f"{self.frame.relation}/{self.part}/{' '.join(self.words)}"
