"""Who is the subject, who the object: on trees built by hand."""

from __future__ import annotations

import pytest
from trees import find, tree

from kg.extract.syntax import conjuncts, deed_object, deed_subject, is_passive, objects_of, surface_subject
from kg.extract.tree import Token
from kg.extract.vocabulary import vocabulary

WORDS = vocabulary()


def text(token: Token | None) -> str | None:
    return token.text if token is not None else None


ACTIVE = "Ghana*/NNP/nsubj>thanked thanked~thank/VBD/ROOT Togo*/NNP/dobj>thanked"
PASSIVE = (
    "Togo*/NNP/nsubjpass>thanked was/VBD/auxpass>thanked thanked~thank/VBN/ROOT by/IN/agent>thanked Ghana*/NNP/pobj>by"
)
BARE_PASSIVE = "towns/NNS/nsubj>fell shelled~shell/VBN/acl>towns by/IN/agent>shelled Ghana*/NNP/pobj>by fell/VBD/ROOT"
NO_AGENT = (
    "Togo*/NNP/nsubjpass>thanked was/VBD/auxpass>thanked thanked~thank/VBN/ROOT on/IN/prep>thanked Monday/NNP/pobj>on"
)
CONTROL = "Ghana*/NNP/nsubj>agreed agreed~agree/VBD/ROOT to/TO/aux>help help/VB/xcomp>agreed Togo*/NNP/dobj>help"
OBJECT_CONTROL = (
    "Ghana*/NNP/nsubj>urged urged~urge/VBD/ROOT Togo*/NNP/dobj>urged to/TO/aux>help help/VB/xcomp>urged"
    " Mali*/NNP/dobj>help"
)
PASSIVE_CONTROL = (
    "Togo*/NNP/nsubjpass>urged was/VBD/auxpass>urged urged~urge/VBN/ROOT to/TO/aux>help help/VB/xcomp>urged"
    " Mali*/NNP/dobj>help"
)
ACCUSED_OF = (
    "Ghana*/NNP/nsubj>accused accused~accuse/VBD/ROOT Togo*/NNP/dobj>accused of/IN/prep>accused arming~arm/VBG/pcomp>of"
    " Mali*/NNP/dobj>arming"
)
RELATIVE = (
    "Togo*/NNP/nsubj>left which/WDT/nsubj>backs backs~back/VBZ/relcl>Togo Mali*/NNP/dobj>backs left~leave/VBD/ROOT"
)
RELATIVE_OBJECT = (
    "Togo*/NNP/nsubj>left which/WDT/dobj>backs Ghana*/NNP/nsubj>backs backs~back/VBZ/relcl>Togo left~leave/VBD/ROOT"
)
VERBS_JOINED = (
    "Ghana*/NNP/nsubj>praised praised~praise/VBD/ROOT Togo*/NNP/dobj>praised and/CC/cc>praised"
    " criticised~criticise/VBD/conj>praised Mali*/NNP/dobj>criticised"
)
OWNED_CLAUSE = (
    "Ghana*/NNP/poss>plan plan/NN/nsubj>failed to/TO/aux>arm arm/VB/acl>plan Togo*/NNP/dobj>arm failed~fail/VBD/ROOT"
)


@pytest.mark.parametrize(
    ("notation", "verb", "subject", "object_"),
    [
        (ACTIVE, "thanked", "Ghana", "Togo"),
        (PASSIVE, "thanked", "Ghana", "Togo"),
        (BARE_PASSIVE, "shelled", "Ghana", "towns"),
        (NO_AGENT, "thanked", None, "Togo"),
        (CONTROL, "help", "Ghana", "Togo"),
        (OBJECT_CONTROL, "help", "Togo", "Mali"),
        (PASSIVE_CONTROL, "help", "Togo", "Mali"),
        (ACCUSED_OF, "arming", "Togo", "Mali"),
        (RELATIVE, "backs", "Togo", "Mali"),
        (RELATIVE_OBJECT, "backs", "Ghana", "Togo"),
        (VERBS_JOINED, "praised", "Ghana", "Togo"),
        (VERBS_JOINED, "criticised", "Ghana", "Mali"),
        (OWNED_CLAUSE, "arm", "Ghana", "Togo"),
    ],
)
def test_who_does_it_to_whom(notation: str, verb: str, subject: str | None, object_: str | None) -> None:
    token = find(tree(notation), verb)
    assert text(deed_subject(token, WORDS)) == subject
    assert text(deed_object(token, WORDS)) == object_


@pytest.mark.parametrize(
    ("notation", "verb", "passive"),
    [
        (ACTIVE, "thanked", False),
        (PASSIVE, "thanked", True),
        (BARE_PASSIVE, "shelled", True),
        (BARE_PASSIVE, "fell", False),
        (NO_AGENT, "thanked", True),
        (CONTROL, "help", False),
        (RELATIVE, "backs", False),
    ],
)
def test_the_passive_is_seen(notation: str, verb: str, passive: bool) -> None:
    assert is_passive(find(tree(notation), verb)) is passive


def test_the_surface_subject_of_a_passive_is_whom_it_is_done_to() -> None:
    assert text(surface_subject(find(tree(PASSIVE), "thanked"), WORDS)) == "Togo"


def test_a_verb_without_any_subject_has_none() -> None:
    built = tree("Thank/VB/ROOT Togo*/NNP/dobj>Thank")
    assert surface_subject(find(built, "Thank"), WORDS) is None


def test_nobody_stands_in_for_the_subject_of_an_unrelated_clause() -> None:
    built = tree(
        "Ghana*/NNP/nsubj>left left~leave/VBD/ROOT after/IN/mark>rained it/PRP/nsubj>rained rained/VBD/advcl>left"
    )
    assert text(surface_subject(find(built, "rained"), WORDS)) == "it"


def test_a_circle_of_heads_does_not_hang() -> None:
    built = tree("a/VB/conj>b b/VB/conj>a")
    assert surface_subject(built.tokens[0], WORDS) is None


# --- coordination -----------------------------------------------------------------------------------------------------


def test_conjuncts_stand_in_text_order() -> None:
    built = tree("Ghana*/NNP/ROOT ,/,/punct>Ghana Togo*/NNP/conj>Ghana and/CC/cc>Togo Mali*/NNP/conj>Togo")
    assert [t.text for t in conjuncts(built.tokens[0])] == ["Ghana", "Togo", "Mali"]
    assert [t.text for t in conjuncts(find(built, "Mali"))] == ["Mali"]


def test_a_name_beside_a_name_is_coordinated_as_headlines_do() -> None:
    built = tree("Ghana*/NNP/ROOT ,/,/punct>Ghana Togo*/NNP/appos>Ghana")
    assert [t.text for t in conjuncts(built.tokens[0])] == ["Ghana", "Togo"]


@pytest.mark.parametrize(
    "notation",
    [
        "Ghana*/NNP/ROOT ,/,/punct>Ghana neighbour/NN/appos>Ghana",  # a description, no second name
        "Ghana*/NNP/ROOT ,/,/punct>Ghana the/DT/det>Gambia Gambia*/NNP/appos>Ghana",  # more than a bare name
    ],
)
def test_an_apposition_is_no_coordination(notation: str) -> None:
    assert len(conjuncts(tree(notation).tokens[0])) == 1


# --- prepositions -----------------------------------------------------------------------------------------------------


def test_objects_of_prepositions() -> None:
    built = tree(
        "spoke/VBD/ROOT with/IN/prep>spoke Togo*/NNP/pobj>with about/IN/prep>spoke Mali*/NNP/pobj>about"
        " up/IN/prep>spoke to/IN/prep>up noon/NN/pobj>to"
    )
    spoke = built.tokens[0]
    assert [t.text for t in objects_of(spoke, ("with",))] == ["Togo"]
    assert [t.text for t in objects_of(spoke, ("about", "with"))] == ["Togo", "Mali"]
    assert [t.text for t in objects_of(spoke, ("to",))] == ["noon"]
    assert objects_of(spoke, ("against",)) == []
