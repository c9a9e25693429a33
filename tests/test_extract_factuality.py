"""Fact, plan, claim, wish or denial: on trees built by hand, each deed with the words that govern it."""

from __future__ import annotations

import pytest
from trees import find, resolver, tree

from kg.extract.factuality import Factuality, judge
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import vocabulary
from kg.model import Family

WORDS = vocabulary()
G, T = "Ghana*/NNP/nsubj", "Togo*/NNP/dobj"


def judged(built: Tree, trigger: str, carrier: str | None = None, family: Family = "backing") -> Factuality:
    carried: Token | None = find(built, carrier) if carrier else None
    return judge(find(built, trigger), carried, family, resolver(built), WORDS)


def verdict(notation: str, trigger: str, carrier: str | None = None, family: Family = "backing") -> tuple[str, str]:
    found = judged(tree(notation), trigger, carrier, family)
    return found.polarity, found.status


FACT = ("affirmed", "actual")


@pytest.mark.parametrize(
    ("notation", "trigger", "expected"),
    [
        # --- told as a fact
        (f"{G}>2 backs~back/VBZ/ROOT {T}>2", "backs", FACT),
        (f"{G}>3 has~have/VBZ/aux>3 backed~back/VBN/ROOT {T}>3", "backed", FACT),
        (f"{G}>2 continues~continue/VBZ/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", FACT),
        (f"{G}>2 began~begin/VBD/ROOT backing~back/VBG/xcomp>2 {T}>3", "backing", FACT),
        (f"{G}>3 openly/RB/advmod>3 backs~back/VBZ/ROOT {T}>3", "backs", FACT),
        (f"{G}>2 backs~back/VBZ/ROOT {T}>2 and/CC/cc>2 refused~refuse/VBD/conj>2 tea/NN/dobj>5", "backs", FACT),
        (
            f"{G}>2 hopes~hope/VBZ/ROOT and/CC/cc>2 Mali*/NNP/nsubj>5 backs~back/VBZ/conj>2 Togo*/NNP/dobj>5",
            "backs",
            FACT,
        ),
        # --- denied
        (f"{G}>4 has~have/VBZ/aux>4 not/RB/neg>4 backed~back/VBN/ROOT {T}>4", "backed", ("negated", "actual")),
        (f"{G}>3 never/RB/neg>3 backed~back/VBD/ROOT {T}>3", "backed", ("negated", "actual")),
        (f"{G}>3 doesnot/RB/advmod>3 back/VBP/ROOT {T}>3", "back", ("negated", "actual")),
        (f"{G}>2 refused~refuse/VBD/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("negated", "actual")),
        (f"{G}>2 failed~fail/VBD/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("negated", "actual")),
        (f"{G}>2 denied~deny/VBD/ROOT backing~back/VBG/xcomp>2 {T}>3", "backing", ("negated", "actual")),
        (f"{G}>2 has~have/VBZ/ROOT yet/RB/advmod>2 to/TO/aux>5 back/VB/xcomp>2 {T}>5", "back", ("negated", "actual")),
        (
            f"{G}>2 left~leave/VBD/ROOT without/IN/prep>2 backing~back/VBG/pcomp>3 {T}>4",
            "backing",
            ("negated", "actual"),
        ),
        # --- denied twice is not denied
        (
            f"{G}>4 did/VBD/aux>4 not/RB/neg>4 refuse/VB/ROOT to/TO/aux>6 back/VB/xcomp>4 {T}>6",
            "back",
            ("affirmed", "actual"),
        ),
        # --- planned
        (f"{G}>3 will/MD/aux>3 back/VB/ROOT {T}>3", "back", ("affirmed", "planned")),
        (f"{G}>2 plans~plan/VBZ/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("affirmed", "planned")),
        (f"{G}>2 agreed~agree/VBD/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("affirmed", "planned")),
        (f"{G}>2 is~be/VBZ/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("affirmed", "planned")),
        (f"{G}>3 is~be/VBZ/aux>3 going~go/VBG/ROOT to/TO/aux>5 back/VB/xcomp>3 {T}>5", "back", ("affirmed", "planned")),
        (f"{G}>2 is~be/VBZ/ROOT ready/JJ/acomp>2 to/TO/aux>5 back/VB/xcomp>3 {T}>5", "back", ("affirmed", "planned")),
        # --- wished for, possible
        (f"{G}>3 could/MD/aux>3 back/VB/ROOT {T}>3", "back", ("affirmed", "hypothetical")),
        (f"{G}>2 hopes~hope/VBZ/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("affirmed", "hypothetical")),
        (
            f"If/IN/mark>3 {G}>3 backs~back/VBZ/advcl>6 {T}>3 Mali*/NNP/nsubj>6 leaves~leave/VBZ/ROOT",
            "backs",
            ("affirmed", "hypothetical"),
        ),
        (
            f"Mali*/NNP/nsubj>2 urged~urge/VBD/ROOT Ghana*/NNP/dobj>2 to/TO/aux>5 back/VB/xcomp>2 {T}>5",
            "back",
            ("affirmed", "hypothetical"),
        ),
        # --- alleged
        (
            f"Mali*/NNP/nsubj>2 accused~accuse/VBD/ROOT Ghana*/NNP/dobj>2 of/IN/prep>2 backing~back/VBG/pcomp>4 {T}>5",
            "backing",
            ("affirmed", "alleged"),
        ),
        (
            f"Ghana*/NNP/nsubjpass>3 is/VBZ/auxpass>3 believed~believe/VBN/ROOT to/TO/aux>5 back/VB/xcomp>3 {T}>5",
            "back",
            ("affirmed", "alleged"),
        ),
        (f"{G}>3 reportedly/RB/advmod>3 backs~back/VBZ/ROOT {T}>3", "backs", ("affirmed", "alleged")),
        (
            f"Mali*/NNP/nsubj>2 claimed~claim/VBD/ROOT that/IN/mark>5 {G}>5 backs~back/VBZ/ccomp>2 {T}>5",
            "backs",
            ("affirmed", "alleged"),
        ),
        # --- over
        (f"{G}>2 used~use/VBD/ROOT to/TO/aux>4 back/VB/xcomp>2 {T}>4", "back", ("affirmed", "ended")),
        (f"{G}>3 formerly/RB/advmod>3 backed~back/VBD/ROOT {T}>3", "backed", ("affirmed", "ended")),
        # --- a denial of a plan is both
        (f"{G}>4 will/MD/aux>4 not/RB/neg>4 back/VB/ROOT {T}>4", "back", ("negated", "planned")),
    ],
)
def test_deeds_told_by_verbs(notation: str, trigger: str, expected: tuple[str, str]) -> None:
    assert verdict(notation, trigger) == expected


LIGHT = "Ghana*/NNP/nsubj>2 gave~give/VBD/ROOT support/NN/dobj>2 to/IN/prep>3 Togo*/NNP/pobj>4"
NO_LIGHT = "Ghana*/NNP/nsubj>2 gave~give/VBD/ROOT no/DT/det>4 support/NN/dobj>2 to/IN/prep>4 Togo*/NNP/pobj>5"
WILL_LIGHT = "Ghana*/NNP/nsubj>3 will/MD/aux>3 give/VB/ROOT support/NN/dobj>3 to/IN/prep>4 Togo*/NNP/pobj>5"
PLEDGED = "Ghana*/NNP/nsubj>2 pledged~pledge/VBD/ROOT support/NN/dobj>2 to/IN/prep>3 Togo*/NNP/pobj>4"
REFUSED = "Ghana*/NNP/nsubj>2 refused~refuse/VBD/ROOT support/NN/dobj>2 to/IN/prep>3 Togo*/NNP/pobj>4"
ALLEGED = (
    "Ghana*/NNP/poss>4 's/POS/case>1 alleged/JJ/amod>4 support/NN/nsubj>7 for/IN/prep>4 Togo*/NNP/pobj>5 grew/VBD/ROOT"
)


@pytest.mark.parametrize(
    ("notation", "carrier", "expected"),
    [
        (LIGHT, "gave", FACT),
        (NO_LIGHT, "gave", ("negated", "actual")),
        (WILL_LIGHT, "give", ("affirmed", "planned")),
        (PLEDGED, "pledged", ("affirmed", "planned")),
        (REFUSED, "refused", ("negated", "actual")),
        (ALLEGED, None, ("affirmed", "alleged")),
    ],
)
def test_deeds_told_by_nouns(notation: str, carrier: str | None, expected: tuple[str, str]) -> None:
    assert verdict(notation, "support", carrier) == expected


CALLED_FOR = (
    "Mali*/NNP/nsubj>2 called~call/VBD/ROOT for/IN/prep>2 talks~talk/NNS/pobj>3 between/IN/prep>4 Ghana*/NNP/pobj>5"
    " and/CC/cc>6 Togo*/NNP/conj>6"
)
REJECTED_WAR = (
    "Mali*/NNP/nsubj>2 rejected~reject/VBD/ROOT the/DT/det>4 war/NN/dobj>2 between/IN/prep>4 Ghana*/NNP/pobj>5"
    " and/CC/cc>6 Togo*/NNP/conj>6"
)


def test_what_is_called_for_has_not_happened() -> None:
    assert verdict(CALLED_FOR, "talks", family="engaging") == ("affirmed", "hypothetical")


def test_a_war_that_is_rejected_is_a_war_all_the_same() -> None:
    assert verdict(REJECTED_WAR, "war", family="fighting") == FACT


# --- who says so ------------------------------------------------------------------------------------------------------

SAID = f"Mali*/NNP/nsubj>2 said~say/VBD/ROOT {G}>4 backs~back/VBZ/ccomp>2 {T}>4"
SAID_AFTER = f"{G}>2 backs~back/VBZ/ccomp>6 {T}>2 ,/,/punct>6 Mali*/NNP/nsubj>6 said~say/VBD/ROOT"
ACCORDING = f"According~accord/VBG/prep>5 to/IN/prep>1 Mali*/NNP/pobj>2 {G}>5 backs~back/VBZ/ROOT {T}>5"


@pytest.mark.parametrize("notation", [SAID, SAID_AFTER, ACCORDING])
def test_who_says_so_is_remembered_and_casts_no_doubt(notation: str) -> None:
    found = judged(tree(notation), "backs")
    assert found.speaker is not None
    assert found.speaker.actor.name == "Mali"
    assert (found.polarity, found.status) == FACT


def test_nobody_says_so_where_the_text_speaks() -> None:
    assert judged(tree(f"{G}>2 backs~back/VBZ/ROOT {T}>2"), "backs").speaker is None


def test_what_is_not_said_is_no_fact() -> None:
    notation = f"Mali*/NNP/nsubj>4 did/VBD/aux>4 not/RB/neg>4 say/VB/ROOT {G}>6 backs~back/VBZ/ccomp>4 {T}>6"
    assert verdict(notation, "backs") != FACT


def test_every_cue_is_told_for_explain() -> None:
    found = judged(tree(f"{G}>4 will/MD/aux>4 not/RB/neg>4 back/VB/ROOT {T}>4"), "back")
    assert found.cues == ["planned: will", "negated: not"]
    assert judged(tree(f"{G}>2 backs~back/VBZ/ROOT {T}>2"), "backs").cues == []


def test_a_circle_of_heads_does_not_hang() -> None:
    built = tree("a/VB/xcomp>2 b/VB/xcomp>1")
    assert judge(built.tokens[0], None, "backing", resolver(built), WORDS).polarity == "affirmed"
