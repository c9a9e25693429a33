"""How often the golden cases read each frame of the triggers, and how often they must not.

    python -m scripts.cases          every frame: facts, non-facts, nothing, its first triggers
    python -m scripts.cases --words  the triggers that no case reads as a fact, a line a frame

A case is **for** a frame where one of its triggers reads a fact of it: affirmed, and actual, or of the status that the
frame itself gives ("pledged aid" is a plan). It is **against** a frame
where one of its triggers stands in a sentence with two actors of different states, as the engine's own matcher finds
triggers and not as part of a longer one, and the case tells no fact of the frame's relation: either nothing is read by
the frame, or only what is negated, planned, alleged, hypothetical or ended. A matcher of words would tell a fact there.
Cases that are not read yet (`xfail`) count for nothing.

Ends with status 1 and names the frames with fewer cases against them than for them, or without either.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.datafiles import DATA, read_table, read_toml
from kg.extract.explain import Explained, Explainer, Explanation
from kg.extract.frame_entry import FrameEntry
from kg.model import Assertion

__all__ = ["Frame", "count", "frames"]


@dataclass(slots=True)
class Frame:
    """A frame of a file of triggers and the ids of the cases for and against it."""

    name: str
    relation: str
    triggers: dict[str, str]
    """The rule of each trigger -> the trigger as it is written."""
    status: str = "actual"
    facts: set[str] = field(default_factory=set)
    nonfacts: set[str] = field(default_factory=set)
    nothing: set[str] = field(default_factory=set)
    used: Counter[str] = field(default_factory=Counter)
    """How many facts of the cases a rule reads."""

    @property
    def negatives(self) -> int:
        return len(self.nonfacts) + len(self.nothing)

    @property
    def wanting(self) -> bool:
        """Are there fewer cases against it than for it, or none of a kind?"""
        return not self.facts or not self.negatives or self.negatives < len(self.facts)


def frames() -> list[Frame]:
    """Every frame in the order of the files; two frames for the same rule are told as the first."""
    found = []
    known: set[str] = set()
    for path in sorted((DATA / "triggers").glob("*.toml")):
        for number, entry in enumerate(read_table(path, "frame", FrameEntry, read_toml(path)), 1):
            parts = {
                "verb": entry.verbs,
                "noun": entry.nouns,
                "adjective": entry.adjectives,
                "role": entry.roles,
                "joined": (*entry.joined, *entry.prefix),
            }
            rules = {f"{entry.relation}/{part}/{text}": text for part, texts in parts.items() for text in texts}
            rules = {rule: text for rule, text in rules.items() if rule not in known}
            known |= rules.keys()
            found.append(Frame(f"{path.stem} {number}", entry.relation, rules, entry.status))
    return found


def count(explained: Iterable[Explanation]) -> list[Frame]:
    """The frames with the cases for and against them; the id of a case is its document's."""
    found = frames()
    of = {rule: frame for frame in found for rule in frame.triggers}
    for one in explained:
        case, assertions = one.reading.document.id, one.reading.assertions
        told = {a.relation for a in assertions if _is_fact(a)}
        for a in assertions:
            frame = of.get(a.rule)
            if frame is not None and _is_fact(a, frame.status):
                told.add(a.relation)
                frame.facts.add(case)
                frame.used[a.rule] += 1
        stands = {rule for sentence in one.sentences for rule in _stand(sentence)}
        read = {rule for a in assertions for rule in of if a.rule == rule or a.rule.endswith(f"/{rule}")}
        for frame in found:
            if stands & frame.triggers.keys() and frame.relation not in told:
                (frame.nonfacts if read & frame.triggers.keys() else frame.nothing).add(case)
    return found


def _is_fact(assertion: Assertion, status: str = "actual") -> bool:
    return assertion.polarity == "affirmed" and assertion.status in ("actual", status)


def _stand(sentence: Explained) -> set[str]:
    """The rules of the triggers in a sentence with two actors."""
    several = len({mention.state.id for mention in sentence.mentions}) > 1
    return {trace.trigger.rule for trace in sentence.traces if not trace.covered} if several else set()


def _golden() -> Iterable[Explanation]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from golden_cases import load_cases

    return Explainer().explain([case.document for case in load_cases() if case.xfail is None], [])


def main(arguments: list[str]) -> int:
    counted = count(_golden())
    if "--words" in arguments:
        for frame in counted:
            bare = [text for rule, text in frame.triggers.items() if not frame.used[rule]]
            print(f"{frame.name} ({frame.relation}): {', '.join(bare)}")
        return 0
    print(f"{'frame':14}  {'relation':18}  facts  non-facts  nothing")
    for frame in counted:
        some = ", ".join(list(frame.triggers.values())[:3])
        row = f"{len(frame.facts):5}  {len(frame.nonfacts):9}  {len(frame.nothing):7}"
        print(f"{frame.name:14}  {frame.relation:18}  {row}  {some}")
    for frame in counted:
        if frame.wanting:
            print(
                f"{frame.name} ({frame.relation}): {len(frame.facts)} for, {frame.negatives} against", file=sys.stderr
            )
    return 1 if any(frame.wanting for frame in counted) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
