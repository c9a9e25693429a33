"""Made-up news articles, for measuring: `python benchmarks/articles.py [N] > articles.jsonl`.

All sentences are our own. An article has a headline, paragraphs on two or three states with people, pronouns, plans,
denials and quotations, and, as the press has, paragraphs on nothing of the kind; every fourth article is on nothing of
the kind throughout. The same number always gives the same articles.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator

from kg.actors.catalogue import catalogue
from kg.model import Document

__all__ = ["articles"]

NEWS = (
    "{A} has backed {B} in its dispute with {C}, officials in both countries said on {day}.",
    "{A} will send {number} armoured vehicles to {B} by the end of the year, its defence ministry said.",
    "The foreign ministers of {A} and {B} met on {day} and agreed to reopen the road that joins them.",
    "{B} accused {A} of arming fighters along the border, a charge that {A} denied.",
    "{A} condemned the shelling of a village in {B} and urged {C} to hold its fire.",
    "He thanked {B} for its help and said that {A} would never forget it.",
    "They signed an agreement on trade, and {C} promised to join it later.",
    "“We stand with {B},” said {person}, a spokesman for the government of {A}. “We will not step back.”",
    "{A} imposed sanctions on {C} after talks between the two countries failed.",
    "The two sides have not spoken since {A} expelled {number} diplomats of {C} in {month}.",
    "If {C} attacked {B}, {A} would have to defend it, {person} told reporters in the capital.",
    "{A} lent {B} {number} million dollars for a port that {C} had refused to build.",
    "The president of {A} is to visit {B} next week, where he is expected to meet its prime minister.",
    "Analysts said that {A}-backed groups were unlikely to leave {B} soon.",
    "{C} has yet to recognize the new government of {B}, which {A} praised on {day}.",
    "A convoy of the {A} army crossed into {B} at dawn and withdrew before noon, {person} said.",
)
OTHER = (
    "Rain fell for most of the day, and the river rose by the height of a hand.",
    "The bakery at the corner sold its last loaf before ten and closed its shutters.",
    "{person} scored twice in the second half, and the home side held on to win.",
    "Prices of onions and lentils rose again in {month}, according to the market board.",
    "The new tram line will run every {number} minutes once the bridge is painted.",
    "Doctors advise people with a cough to rest, to drink enough and to stay at home.",
    "{person}, a carpenter, had carved chairs in the same street for {number} years.",
    "The orchestra opened the evening with a slow march and ended it with a faster one.",
    "Share prices were little changed, and trading was thin ahead of the holiday.",
    "A cat was rescued from a chimney on {day}; it has been given a name and a cushion.",
    "The exhibition, which fills {number} rooms, is open until the end of {month}.",
    "Nobody was hurt when a lorry full of melons lost its load on the ring road.",
)
HEADS = (
    "{A} Backs {B} as Talks With {C} Stall",
    "{A} and {B} Sign Deal",
    "{C} Warns {A} Over {B}",
    "Tensions Rise in {B}",
)
DULL = ("Bakery Closes Early", "A Wet Week Ahead", "Tram Line to Open Soon", "Melons on the Ring Road")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
GIVEN = ("Jane", "Abena", "Tomas", "Leila", "Marek", "Ines", "Yusuf", "Carla", "Ivo", "Mina")
FAMILY = ("Osei", "Varga", "Haddad", "Novak", "Pereira", "Kaya", "Lindqvist", "Moreau", "Tanaka", "Okoro")


def articles(count: int, seed: int = 0) -> Iterator[Document]:
    """So many articles, some 220 words each."""
    known = catalogue()
    states = sorted(known.actor(id).name for id in known.ids() if known.actor(id).kind == "state")
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        ends = dict(zip("ABC", chance.sample(states, 3), strict=True))
        dull = number % 4 == 3
        paragraphs = [_filled(chance, chance.choice(DULL if dull else HEADS), ends)]
        for _ in range(chance.randint(5, 8)):
            source = OTHER if dull or chance.random() < 0.3 else NEWS
            paragraphs.append(
                " ".join(_filled(chance, line, ends) for line in chance.sample(source, chance.randint(1, 3)))
            )
        date = f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Document(id=f"made-{number:05}", text="\n\n".join(paragraphs) + "\n", date=date, publisher="Made-up Post")


def _filled(chance: random.Random, line: str, ends: dict[str, str]) -> str:
    person = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    return line.format(
        **ends, person=person, day=chance.choice(DAYS), month=chance.choice(MONTHS), number=chance.randint(2, 90)
    )


if __name__ == "__main__":
    for document in articles(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        fields = {"id": document.id, "date": document.date, "publisher": document.publisher, "text": document.text}
        print(json.dumps(fields, ensure_ascii=False))
