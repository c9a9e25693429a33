"""Views for the map's tests, made by hand: small enough to know every line of, or as large as asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.export.content import MapActor, MapEdge, MapView, Quote, Totals
from kg.model import (
    Actor,
    Assertion,
    Document,
    Edge,
    Kind,
    Mention,
    Original,
    Polarity,
    Reading,
    Sentence,
    Span,
    Status,
)

WORDS = {
    "supports": "backed",
    "aids": "sent aid to",
    "arms": "sold frigates to",
    "allied_with": "stood by",
    "consults": "held talks with",
    "trades_with": "traded grain with",
    "criticizes": "criticised",
    "sanctions": "imposed sanctions on",
    "attacks": "shelled",
    "praises": "praised",
    "accuses": "accused",
    "cooperates_with": "held drills with",
    "agrees_with": "signed a deal with",
}


def document(id: str, publisher: str = "Harbour Post", date: str | None = "2021-03-04", **more: object) -> Document:
    """A document without text: quotes carry their own words."""
    fields: dict[str, object] = {"title": f"Report {id}", "url": f"https://news.example/{id}", **more}
    return Document(id=id, text="", publisher=publisher, date=date, **fields)  # type: ignore[arg-type]


def quote(
    source: Actor,
    relation: str,
    target: Actor,
    document: Document,
    *,
    status: Status = "actual",
    polarity: Polarity = "affirmed",
    before: str = "On Monday ",
    after: str = ", officials said.",
    start: int = 40,
    attributed_to: str | None = None,
    sentence: str | None = None,
) -> Quote:
    """A sentence of source, trigger and target that stands at offset `start` of its document."""
    trigger = WORDS.get(relation, relation)
    words = f"{before}{source.name} {trigger} {target.name}{after}" if sentence is None else sentence
    at = start + len(before)
    act = at + len(source.name) + 1
    end = act + len(trigger) + 1
    return Quote(
        Assertion(
            document=document.id,
            sentence=Sentence(start, start + len(words), words),
            source=Mention(start=at, end=at + len(source.name), text=source.name, actor=source, state=source),
            relation=relation,
            target=Mention(start=end, end=end + len(target.name), text=target.name, actor=target, state=target),
            trigger=Span(act, act + len(trigger), trigger),
            status=status,
            polarity=polarity,
            attributed_to=attributed_to,
            date=document.date,
            confidence=0.9,
            rule="test",
        ),
        document,
    )


def edge(quotes: Sequence[Quote]) -> MapEdge:
    """The edge that the quotes, all of one triple, add up to."""
    first = quotes[0].assertion
    facts = [each for each in quotes if each.assertion.is_fact]
    days = sorted(each.document.date for each in facts if each.document.date)

    def number(status: str) -> int:
        return sum(q.assertion.status == status and q.assertion.polarity == "affirmed" for q in quotes)

    return MapEdge(
        edge=Edge(
            level="state",
            source=first.source.actor.id,
            relation=first.relation,
            target=first.target.actor.id,
            actual=len(facts),
            planned=number("planned"),
            alleged=number("alleged"),
            hypothetical=number("hypothetical"),
            ended=number("ended"),
            negated=sum(q.assertion.polarity == "negated" for q in quotes),
            documents=len({q.document.id for q in facts}),
            outlets=len({q.document.publisher for q in facts}),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        ),
        quotes=tuple(quotes),
    )


KENYA = Actor("ke", "Kenya", "state", iso3="KEN")
PERU = Actor("pe", "Peru", "state", iso3="PER")
NORWAY = Actor("no", "Norway", "state", iso3="NOR")
GUARD = Actor("river-guard", "River Guard", "armed group")
TONGA = Actor("to", "Tonga", "state", iso3="TON")

PARAPHRASE = document(
    "brief",
    "kg brief",
    "2020-01-02",
    title="A brief",
    url=None,
    based_on=Original(title="Harbour talks", publisher="Delta Times", date="2020-01-01", url="https://delta.example/1"),
)


def small_view() -> MapView:
    """Four linked actors and one that is only planned with; every kind of evidence once."""
    one, two, three = document("one"), document("two", "Delta Times", "2021-05-06"), document("three", date="2019")
    edges = [
        edge([quote(KENYA, "supports", PERU, one), quote(KENYA, "supports", PERU, two, attributed_to="Norway")]),
        edge([quote(KENYA, "aids", PERU, three)]),
        edge(
            [
                quote(PERU, "arms", KENYA, PARAPHRASE, after=", the brief says."),
                quote(PERU, "arms", KENYA, one, status="planned", after=" next year."),
                quote(PERU, "arms", KENYA, one, polarity="negated", after=" it never did."),
                quote(PERU, "arms", KENYA, two, status="alleged", after=" rivals claim."),
                quote(PERU, "arms", KENYA, two, status="ended", after=" in the past."),
                quote(PERU, "arms", KENYA, two, status="hypothetical", after=" if asked."),
            ]
        ),
        edge([quote(KENYA, "allied_with", PERU, one)]),
        edge([quote(KENYA, "consults", NORWAY, one)]),
        edge([quote(NORWAY, "criticizes", GUARD, two)]),
        edge([quote(GUARD, "attacks", PERU, one), quote(GUARD, "attacks", PERU, three)]),
        edge([quote(TONGA, "supports", KENYA, two, status="planned")]),
    ]
    actors = [
        MapActor(actor=KENYA, names=("Nairobi",), bloc=0, degree=2),
        MapActor(actor=PERU, names=("Lima",), bloc=0, degree=2),
        MapActor(actor=NORWAY, bloc=0, degree=2),
        MapActor(actor=GUARD, degree=2),
        MapActor(actor=TONGA),
    ]
    totals = Totals(documents=4, outlets=3, first="2019", last="2021-05-06", actors=1043, links=9785)
    return MapView(title="Who backs whom", actors=tuple(actors), edges=tuple(edges), totals=totals)


STEMS = """
Al Bel Cor Dra El Fen Gal Hal Ith Jor Kal Lor Mar Nor Or Pel Quar Ros Sel Tar Ul Val Wes Yar Zan
""".split()  # noqa: SIM905 -- a list of one word a line is no easier to read
ENDS = ["avia", "onia", "aria", "istan", "mark", "ova", "ea", "une", "eth", "orra", "land", "esh"]
LONG = [
    "United Isles of Maravel",
    "Greater Ostrava Union",
    "Republic of Upper Sarn",
    "North Halland",
    "South Halland",
    "Confederation of the Ten Rivers",
]
"""Countries that do not exist, so that a picture made of them says nothing of any that does."""


def invented(n: int) -> str:
    """The n-th name of a made-up world; each is another."""
    if n < len(LONG):
        return LONG[n]
    n -= len(LONG)
    name = STEMS[(n * 7) % len(STEMS)] + ENDS[(5 * (n // len(STEMS)) + n % len(STEMS)) % len(ENDS)]
    return name if n < len(STEMS) * len(ENDS) else f"{name} {n}"


def large_view(actors: int, links: int, seed: int = 1) -> MapView:
    """A made-up world with three camps, neighbours and a few powers; the same arguments give the same view."""
    rng = random.Random(seed)
    people, camps = [], []
    for n in range(actors):
        kind: Kind = "state" if n < actors * 0.6 else rng.choice(["organisation", "armed group", "person", "bloc"])
        name = invented(n)
        if kind != "state":
            name = {
                "organisation": f"{name} Relief Fund",
                "armed group": f"{name} Front",
                "person": f"Leader of {name}",
                "bloc": f"League of {name}",
            }[kind]
        letters = "".join(c for c in name if c.isalpha()).upper()
        code = letters[0] + letters[len(letters) // 2] + letters[-1]
        people.append(Actor(f"a{n:04}", name, kind, iso3=code if kind == "state" else None))
        camps.append(rng.choice([0, 0, 1, 1, 2, None]))
    outlets = ["Harbour Post", "Delta Times", "Ridge Daily", "Coast Wire", "Plains Courier", "Lantern"]
    documents = [
        document(
            f"d{n:04}",
            rng.choice(outlets),
            f"20{int(rng.triangular(14, 25, 23)):02}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        )
        for n in range(max(20, links // 2))
    ]
    found: dict[tuple[str, str, str], list[Quote]] = {}
    while len(found) < links:
        a = rng.randrange(actors)
        b = int(rng.paretovariate(0.8)) - 1 if rng.random() < 0.35 else a + int(rng.gauss(0, 3))
        if not 0 <= b < actors or a == b:
            b = rng.randrange(actors)
        if a == b:
            continue
        if rng.random() < 0.3:
            a, b = b, a
        friendly = rng.random() < (0.9 if camps[a] == camps[b] else 0.35)
        relation = rng.choice(
            ["supports", "aids", "arms", "allied_with", "consults", "praises", "cooperates_with", "agrees_with"]
            if friendly
            else ["criticizes", "sanctions", "attacks", "consults", "accuses", "criticizes"]
        )
        if relation in ("allied_with", "consults", "cooperates_with", "agrees_with") and a > b:
            a, b = b, a
        status: Status = "actual" if rng.random() < 0.93 else rng.choice(["planned", "alleged", "ended"])
        found[people[a].id, relation, people[b].id] = [
            quote(people[a], relation, people[b], where, status=status)
            for where in rng.sample(documents, min(int(rng.paretovariate(1.1)), 20))
        ]
    beside: dict[str, set[str]] = {}
    for (source, _, target), quotes in found.items():
        if quotes[0].assertion.is_fact:
            beside.setdefault(source, set()).add(target)
            beside.setdefault(target, set()).add(source)
    return MapView(
        title="Who backs whom: a made-up world",
        actors=tuple(MapActor(actor=p, bloc=camps[n], degree=len(beside.get(p.id, ()))) for n, p in enumerate(people)),
        edges=tuple(edge(quotes) for _, quotes in sorted(found.items())),
        totals=Totals(documents=len(documents), outlets=len(outlets), first="2014-01-10", last="2025-12-19"),
    )


def readings(view: MapView) -> Iterator[Reading]:
    """What would have been read from documents that say what the view quotes."""
    texts: dict[str, str] = {}
    documents: dict[str, Document] = {}
    assertions: dict[str, list[Assertion]] = {}
    for each in view.edges:
        for quote in each.quotes:
            old, id = quote.assertion, quote.document.id
            start = len(texts.get(id, ""))
            shift = start - old.sentence.start
            moved = replace(
                old,
                sentence=replace(old.sentence, start=start, end=old.sentence.end + shift),
                source=replace(old.source, start=old.source.start + shift, end=old.source.end + shift),
                target=replace(old.target, start=old.target.start + shift, end=old.target.end + shift),
                trigger=replace(old.trigger, start=old.trigger.start + shift, end=old.trigger.end + shift),
            )
            texts[id] = texts.get(id, "") + old.sentence.text + " "
            documents[id] = quote.document
            assertions.setdefault(id, []).append(moved)
    for id, document in documents.items():
        found = assertions[id]
        mentions = {(m.start, m.end): m for a in found for m in (a.source, a.target)}
        yield Reading(
            document=replace(document, text=texts[id]),
            sentences=tuple(a.sentence for a in found),
            mentions=tuple(mentions[place] for place in sorted(mentions)),
            assertions=tuple(found),
        )
