"""Why a trigger gave no act: in words, for `explain`. What is read is decided in frames; here it is only told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.extract.frame_entry import Trigger
from kg.extract.frames import is_public
from kg.extract.mentions import Resolver
from kg.extract.places import Places
from kg.extract.reach import Place
from kg.extract.syntax import is_infinitive
from kg.model import Mention
from kg.relations import ontology

__all__ = ["LeftOut", "no_place", "why_not"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Two actors at the places of a trigger who made no act, and why."""

    source: Mention
    target: Mention
    reason: str


def no_place(places: Places, sources: Place, targets: Place, stood: Collection[Mention]) -> str:
    """Why the places of a trigger held no two actors; `stood` are all that stood at the target's."""
    trigger, frame = places.trigger, places.trigger.frame
    if frame.carried and places.carrier is None:
        return "the noun counts only under one of its light verbs"
    if frame.infinitive and not any(is_infinitive(c) for c in places.head.kids("xcomp", "ccomp", "advcl")):
        return "the verb counts only with an infinitive"
    if frame.plain and places.head.kid("oprd", "ccomp", "attr") is not None:
        return "with a clause or predicate the verb means something else"
    if trigger.source == ("ties",):
        return "it is not said of ties between two actors"
    if trigger.mutual and len(sources.mentions) + len(targets.mentions) == 1:
        alone = (*sources.mentions, *targets.mentions)[0]
        return f"only {alone.actor.name} stands at its places: {_listed((*trigger.source, *trigger.target))}"
    if sources.mentions and not targets.mentions and {m.actor.id for m in stood} == {sources.mentions[0].actor.id}:
        return f"no actor but {sources.mentions[0].actor.name} itself at the target: {_listed(trigger.target)}"
    if not sources.mentions:
        return f"no actor at the source: {_listed(trigger.source)}"
    if not targets.mentions:
        return f"no actor at the target: {_listed(trigger.target)}"
    return "its places hold one and the same actor"


def why_not(trigger: Trigger, a: Mention, b: Mention, resolver: Resolver) -> str:
    """Why two actors at the places of a trigger make no act."""
    frame = trigger.frame
    family = ontology()[frame.relation].family
    structural = family == "structure"
    if a.actor.id == b.actor.id:
        return f"both places hold {a.actor.name}"
    if a.state.id == b.state.id and not structural:
        return f"both are {a.state.name}"
    if structural and frame.relation != "represents" and "title" in (a.how, b.how):
        return f"“{(a if a.how == 'title' else b).text}” is an office or force, which is no land to be held"
    if a.actor.id.startswith("territory.") or a.state.id.startswith("territory."):
        return f"{a.actor.name} is a territory: it is acted on and does not act"
    if resolver.is_place(a):
        return f"“{a.text}” is named as a place, not as who acts"
    if frame.relation == "consults" and (is_public(a) or is_public(b)):
        return f"“{(a if is_public(a) else b).text}” are civilians, whose journeys are no talks"
    if family == "fighting" and is_public(a):
        return f"“{a.text}” are civilians: what they do by force, {a.state.name} does not"
    for mention, kinds, side in ((a, frame.source_kinds, "source"), (b, frame.target_kinds, "target")):
        if kinds and mention.actor.kind not in kinds and mention.state.kind not in kinds:
            return f"the {side} must be {' or '.join(kinds)}; {mention.actor.name} is {mention.actor.kind}"
    return "its frame leaves the pair out"


def _listed(slots: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(slots))
