"""Who tells a deed, and what his telling is: a charge, a threat, an opponent's word."""

from __future__ import annotations

import dataclasses

from kg.extract.factuality import Factuality
from kg.extract.frames import Act
from kg.model import Actor, Assertion, Voice
from kg.relations import Ontology

__all__ = ["is_announced", "is_charge", "is_quoted_of_others", "is_told_of_others", "voice_of", "with_opponents"]

_VIOLENT = ("attacks", "coerces", "mobilizes_against")
_HOSTILE = ("attacks", "coerces", "sanctions", "mobilizes_against", "fights", "threatens")


def is_charge(deed: Assertion, facts: Factuality) -> bool:
    """Is it a hostile deed that somebody only claims another to have done?"""
    return (
        facts.claimed
        and facts.speaker is not None
        and deed.relation in _HOSTILE
        and deed.polarity == "affirmed"
        and facts.speaker.state.id != deed.source.state.id
    )


def is_told_of_others(deed: Assertion, facts: Factuality) -> bool:
    """Does a state say that another did violence, to itself or a third? So it says, and blames."""
    speaker = facts.speaker
    return (
        facts.told
        and speaker is not None
        and speaker.state.kind == "state"
        and deed.relation in _VIOLENT
        and (deed.polarity, deed.background) == ("affirmed", False)
        and deed.status in ("actual", "alleged")
        and speaker.state.id != deed.source.state.id
    )


def is_announced(deed: Assertion, facts: Factuality) -> bool:
    """Is it a hostile deed that its doer says he will do?"""
    return (
        deed.relation in _HOSTILE[:5]
        and deed.polarity == "affirmed"
        and (
            deed.status == "planned"
            or (deed.status == "hypothetical" and any(c.endswith(": would") for c in facts.cues))
        )
        and deed.voice == "self"
    )


def is_quoted_of_others(deed: Assertion, facts: Factuality, speaker: Actor | None) -> bool:
    """The same in a sentence of a quotation that runs on; `speaker` is the state of whoever spoke before."""
    return (
        facts.speaker is None
        and speaker is not None
        and speaker.kind == "state"
        and speaker.id != deed.source.state.id
        and deed.relation in _VIOLENT
        and (deed.polarity, deed.status, deed.background) == ("affirmed", "actual", False)
    )


def voice_of(facts: Factuality, act: Act) -> Voice:
    """Who speaks: the text, one of the two, or somebody else."""
    if facts.speaker is None:
        return "outlet"
    if facts.speaker.state.id == act.source.state.id:
        return "self"
    if facts.speaker.state.id == act.target.state.id:
        return "target"
    return "third party"


def with_opponents(assertions: list[Assertion], relations: Ontology) -> list[Assertion]:
    """Who reports a deed of somebody it is at odds with in the same document speaks as an opponent."""
    at_odds: set[tuple[str, str]] = set()
    for a in assertions:
        if relations[a.relation].family in ("opposing", "fighting"):
            ends = ({a.source.actor.name, a.source.state.name}, {a.target.actor.name, a.target.state.name})
            at_odds |= {(x, y) for x in ends[0] for y in ends[1]} | {(y, x) for x in ends[0] for y in ends[1]}
    return [
        dataclasses.replace(a, voice="opponent")
        if a.voice == "third party" and a.attributed_to and (a.attributed_to, a.source.state.name) in at_odds
        else a
        for a in assertions
    ]
