"""What the triggers cover of the CAMEO codebook.

    python -m scripts.coverage          every code, with how many triggers say it
    python -m scripts.coverage --roots  one line a root

Ends with status 1 and names the codes that no trigger says and that have no `left_out` in kg/data/cameo.toml.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass

from kg.codebook import Code, codebook
from kg.extract.lexicon import lexicon
from kg.relations import ontology

__all__ = ["Covered", "by_root", "coverage"]

ROOTS = {
    "01": "public statement",
    "02": "appeal",
    "03": "intent to cooperate",
    "04": "consultation",
    "05": "diplomatic cooperation",
    "06": "material cooperation",
    "07": "aid",
    "08": "yielding",
    "09": "investigation",
    "10": "demand",
    "11": "disapproval",
    "12": "rejection",
    "13": "threat",
    "14": "protest",
    "15": "show of force",
    "16": "reduced relations",
    "17": "coercion",
    "18": "assault",
    "19": "fighting",
    "20": "mass violence",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """One code: the triggers that have it, and the codes whose deed has it when it is planned, refused or asked for."""

    code: Code
    triggers: tuple[str, ...]
    derived: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Is it neither said by a trigger nor left out with a reason?"""
        return not self.triggers and not self.derived and self.code.left_out is None

    @property
    def contradicted(self) -> bool:
        """Is it left out and said all the same?"""
        return bool(self.triggers) and self.code.left_out is not None


def coverage() -> list[Covered]:
    """Every code of the codebook, in its order."""
    triggers: dict[str, list[str]] = defaultdict(list)
    for trigger in lexicon().triggers:
        code = trigger.frame.cameo or ontology()[trigger.frame.relation].cameo
        if code is not None:
            triggers[code].append(trigger.rule)
    derived: dict[str, list[str]] = defaultdict(list)
    codes = codebook().codes.values()
    for code in codes:
        if triggers[code.id]:
            for other in (code.planned, code.refused, code.asked, code.demanded):
                if other is not None:
                    derived[other].append(code.id)
    return [Covered(code, tuple(triggers[code.id]), tuple(derived[code.id])) for code in codes]


def by_root(covered: list[Covered]) -> list[tuple[str, str, int, int, int, int, int]]:
    """Root, name, codes, said by triggers, derived only, left out, triggers."""
    rows = []
    for root, name in ROOTS.items():
        own = [c for c in covered if c.code.id.startswith(root)]
        rows.append(
            (
                root,
                name,
                len(own),
                sum(bool(c.triggers) for c in own),
                sum(bool(c.derived) and not c.triggers for c in own),
                sum(c.code.left_out is not None for c in own),
                sum(len(c.triggers) for c in own),
            )
        )
    return rows


def _told(covered: Covered) -> str:
    if covered.triggers:
        return f"{len(covered.triggers)} triggers"
    if covered.derived:
        return f"said of {', '.join(covered.derived)}"
    return f"left out: {covered.code.left_out}" if covered.code.left_out else "MISSING"


def main(arguments: list[str]) -> int:
    covered = coverage()
    if "--roots" in arguments:
        print(f"{'root':4}  {'':22}  codes  triggers' own  derived  left out  triggers")
        for root, name, codes, own, derived, left_out, triggers in by_root(covered):
            print(f"{root:4}  {name:22}  {codes:5}  {own:13}  {derived:7}  {left_out:8}  {triggers:8}")
    else:
        for one in covered:
            print(f"{one.code.id:4}  {one.code.name:62}  {_told(one)}")
    wrong = [one.code.id for one in covered if one.missing or one.contradicted]
    for code in wrong:
        print(f"{code}: give it a trigger in kg/data/triggers or `left_out` in kg/data/cameo.toml.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
