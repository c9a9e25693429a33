"""kg relations: the relations that kg can tell apart, as a list and one by one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.commands.group import Command
from kg.commands.layout import Block, Column, Heading, Line, Note, Table
from kg.commands.options import Known, format_option, no_color_option
from kg.commands.output import draw, write_rows
from kg.export.rows import Row
from kg.model import FAMILIES
from kg.relations import Relation, ontology

__all__ = ["relations"]

COLUMNS = (
    *("id", "family", "tier", "symmetric", "standing", "inverse", "plover", "cameo", "weight", "definition", "example"),
)
CARD_COLUMNS = (*COLUMNS, "phrases", "triggers")


@click.command(
    cls=Command,
    examples=[
        ("kg relations", "All relations, by family."),
        ("kg relations backing", "Those of one family."),
        ("kg relations arms", "One relation as a card: example, codes, and the words that ask for it and say it."),
    ],
    exits="0 when a relation is shown. 2 for one that does not exist.",
)
@click.argument("which", required=False, type=Known([*FAMILIES, *ontology().relations]), metavar="[WHICH]")
@format_option()
@no_color_option
def relations(which: str | None, format: str, no_color: bool) -> None:
    """Show the cards of the relations: definition, direction, codes and an example.

    WHICH is a family (backing, engaging, opposing, fighting, structure) or a relation. The list is closed.
    """
    cards = [card for card in ontology().relations.values() if which in (None, card.family, card.id)]
    if which in ontology().relations:
        card = ontology()[which]
        row = {**_row(card), "phrases": _phrases(card), "triggers": _triggers(card)}
        if format == "table":
            draw(_card(card, row), no_color)
        else:
            write_rows([row], format, CARD_COLUMNS)
    elif format == "table":
        draw(_list(cards), no_color)
    else:
        write_rows(map(_row, cards), format, COLUMNS)


def _row(card: Relation) -> Row:
    return {
        "id": card.id,
        "family": card.family,
        "tier": card.tier,
        "symmetric": card.symmetric,
        "standing": card.standing,
        "inverse": card.inverse,
        "plover": card.plover,
        "cameo": card.cameo,
        "weight": card.weight,
        "definition": card.definition,
        "example": card.example,
    }


def _list(cards: list[Relation]) -> Iterator[Block]:
    titles = ("relation", "direction", "tier", "PLOVER", "CAMEO")
    for family in FAMILIES:
        lines = tuple(
            Line(
                (
                    card.id,
                    "both ways" if card.symmetric else "one way",
                    card.tier or "",
                    card.plover or "",
                    card.cameo or "",
                    _weight(card),
                ),
                (Note(card.definition, f"e.g. {card.example}"),),
            )
            for card in cards
            if card.family == family
        )
        if lines:
            yield Heading(family.capitalize())
            yield Table((*map(Column, titles), Column("weight", right=True)), lines)


def _card(card: Relation, row: Row) -> Iterator[Block]:
    yield Heading(card.id, main=True)
    direction = "both ways" if card.symmetric else f"one way; the target {card.inverse} the source"
    facts = [
        ("means", card.definition),
        ("example", card.example),
        ("family", card.family + (f", tier {card.tier}" if card.tier else "")),
        ("direction", direction),
        ("lasts", "until reversed" if card.standing else "no longer than the act"),
        ("PLOVER", card.plover),
        ("CAMEO", card.cameo),
        ("weight", _weight(card)),
        ("ask by", "; ".join(row["phrases"])),
    ]
    lines = tuple(Line((key, value)) for key, value in facts if value)
    yield Table((Column("what", keep=True), Column("value")), lines)
    if row["triggers"]:
        yield Heading("Words that say it")
        lines = tuple(Line((part, "; ".join(words))) for part, words in row["triggers"].items())
        yield Table((Column("as", keep=True), Column("words")), lines)


def _weight(card: Relation) -> str:
    return "" if card.weight is None else f"{card.weight:+.1f}"


def _phrases(card: Relation) -> list[str]:
    """The verbs and phrases of questions that ask for this relation alone; of those said by the target, as it says."""
    from kg.queries.lexicon import predicates

    return [
        " ".join(one.words) + (" (said by the target)" if one.inverted else "")
        for one in predicates()
        if one.relations == (card.id,)
    ]


def _triggers(card: Relation) -> dict[str, list[str]]:
    """The words that texts say it with, by the part they play in a sentence; "not" before those that deny it."""
    from kg.extract.lexicon import lexicon

    found: dict[str, list[str]] = {}
    for trigger in lexicon().triggers:
        if trigger.frame.relation == card.id:
            denied = "not " if trigger.frame.polarity == "negated" else ""
            found.setdefault(trigger.part, []).append(denied + " ".join(trigger.words))
    return found
