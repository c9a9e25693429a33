"""Readings for tests, built without a model: short sentences of our own, with spans that stand where they say.

reading("d1", fact(CN, "supports", PK), fact(US, "arms", IL, status="planned"), publisher="Daily")
said("d1", "Beijing backs Pakistan.", ("Beijing", CN), "supports", ("Pakistan", PK), trigger="backs")
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from kg.model import (
    POLARITIES,
    STATUSES,
    VOICES,
    Actor,
    Assertion,
    Document,
    Kind,
    Mention,
    Original,
    Reading,
    Sentence,
    Span,
)
from kg.relations import ontology


def state(identity: str, name: str, iso3: str | None = None) -> Actor:
    return Actor(identity, name, "state", iso3=iso3)


def person(identity: str, name: str, **fields: Any) -> Actor:
    return Actor(identity, name, "person", **{"sector": "government", **fields})


def actor(identity: str, name: str | None = None, kind: Kind = "organisation", **fields: Any) -> Actor:
    return Actor(identity, name or identity, kind, **fields)


CN = state("cn", "China", "CHN")
PK = state("pk", "Pakistan", "PAK")
US = state("us", "United States", "USA")
IN = state("in", "India", "IND")
IL = state("il", "Israel", "ISR")
IR = state("ir", "Iran", "IRN")
RU = state("ru", "Russia", "RUS")
TR = state("tr", "Türkiye", "TUR")
STATES = (CN, PK, US, IN, IL, IR, RU, TR)
XI = person("person.xi-jinping", "Xi Jinping")
PLA = actor("cn.army", "People's Liberation Army", "organisation", sector="military")
HAMAS = actor("hamas", "Hamas", "armed group")


@dataclass(frozen=True)
class Fact:
    """What one sentence of a built reading says; `rolls` are the states of its ends where they are not themselves."""

    source: Actor
    relation: str
    target: Actor
    rolls: tuple[Actor | None, Actor | None] = (None, None)
    fields: dict[str, Any] = field(default_factory=dict)


def fact(
    source: Actor,
    relation: str,
    target: Actor,
    *,
    source_state: Actor | None = None,
    target_state: Actor | None = None,
    **fields: Any,
) -> Fact:
    """A fact; `fields` are those of `Assertion`, and `source_how` and `target_how`."""
    return Fact(source, relation, target, (source_state, target_state), fields)


def mention(text: str, words: str, who: Actor, state: Actor | None = None, *, after: int = 0, **fields: Any) -> Mention:
    """The first mention of `words` in the text at or after an offset."""
    start = text.index(words, after)
    return Mention(start=start, end=start + len(words), text=words, actor=who, state=state or who, **fields)


def span(text: str, words: str, *, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words), words)


def reading(
    document: str,
    *facts: Fact,
    publisher: str | None = "Daily",
    date: str | None = "2024-05-01",
    based_on: Original | None = None,
    preface: str = "",
    **citation: Any,
) -> Reading:
    """A document with one sentence for each fact, and all that can be read from it."""
    text, sentences, mentions, assertions = preface, [], [], []
    for one in facts:
        start = len(text)
        verb = one.relation.replace("_", " ")
        text += f"{one.source.name} {verb} {one.target.name}. "
        sentence = Sentence(start, len(text) - 1, text[start:-1])
        fields = {"date": date, "confidence": 0.9, "rule": "built", **one.fields}
        source = mention(
            text, one.source.name, one.source, one.rolls[0], after=start, how=fields.pop("source_how", "name")
        )
        trigger = span(text, verb, after=source.end)
        target = mention(
            text, one.target.name, one.target, one.rolls[1], after=trigger.end, how=fields.pop("target_how", "name")
        )
        sentences.append(sentence)
        mentions += [source, target]
        assertions.append(
            Assertion(
                document=document,
                sentence=sentence,
                source=source,
                relation=one.relation,
                target=target,
                trigger=trigger,
                **fields,
            )
        )
    return Reading(
        document=Document(
            id=document,
            text=text,
            **{"title": f"Title of {document}", **citation},
            publisher=publisher,
            date=date,
            based_on=based_on,
        ),
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        assertions=tuple(assertions),
    )


def said(
    document: str,
    text: str,
    source: tuple[str, Actor],
    relation: str,
    target: tuple[str, Actor],
    *,
    trigger: str | None = None,
    states: tuple[Actor | None, Actor | None] = (None, None),
    **fields: Any,
) -> Assertion:
    """An assertion read from the whole of a text of one sentence, by the words given."""
    return Assertion(
        document=document,
        sentence=Sentence(0, len(text), text),
        source=mention(text, source[0], source[1], states[0]),
        relation=relation,
        target=mention(text, target[0], target[1], states[1]),
        trigger=span(text, trigger) if trigger else None,
        **{"confidence": 0.9, "rule": "built", **fields},
    )


def texts(one: Reading) -> list[str]:
    """Every quoted word of a reading: spans compare by offset only."""
    spans: list[Any] = [*one.sentences, *one.mentions]
    for assertion in one.assertions:
        spans += [assertion.sentence, assertion.source, assertion.target, *filter(None, [assertion.trigger])]
    return [part.text for part in spans]


# -- random readings

RELATIONS = tuple(ontology().relations)
_WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
_DATES = st.sampled_from([None, "2019", "2020-02", "2020-02-11", "2021-12-31", "2024-05"])


@st.composite
def facts(draw: st.DrawFn, relations: tuple[str, ...] = RELATIONS, plain: bool = False) -> Fact:
    """A random fact between the states above, some through somebody who acts for one; plain ones are all affirmed."""
    ends = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True))
    who = [draw(st.sampled_from([None, person(f"person.{end.id}", f"Leader of {end.name}")])) for end in ends]
    fields: dict[str, Any] = {"date": draw(_DATES), "confidence": draw(st.sampled_from([0.3, 0.6, 0.9]))}
    if not plain:
        fields |= {
            "polarity": draw(st.sampled_from(POLARITIES)),
            "status": draw(st.sampled_from(STATUSES)),
            "background": draw(st.booleans()),
            "voice": draw(st.sampled_from(VOICES)),
            "attributed_to": draw(st.none() | _WORDS),
            "about": tuple(draw(st.lists(_WORDS, max_size=2))),
            "against": tuple(draw(st.lists(_WORDS, max_size=2))),
            "plover": draw(st.sampled_from([None, "SUPPORT"])),
            "weight": draw(st.sampled_from([None, -2.0, 3.4])),
            "source_how": draw(st.sampled_from(["name", "anaphora"])),
        }
    return fact(
        who[0] or ends[0],
        draw(st.sampled_from(relations)),
        who[1] or ends[1],
        source_state=ends[0],
        target_state=ends[1],
        **fields,
    )


@st.composite
def readings(
    draw: st.DrawFn,
    ids: tuple[str, ...] = ("a", "b", "c/d", "é"),
    plain: bool = False,
    max_facts: int = 6,
    url: str | None = None,
) -> list[Reading]:
    """Random readings of documents with different ids; another `url` makes each another edition of the document."""
    chosen = draw(st.lists(st.sampled_from(ids), unique=True, max_size=len(ids)))
    return [
        reading(
            identity,
            *draw(st.lists(facts(plain=plain), max_size=max_facts)),
            publisher=draw(st.sampled_from([None, "Daily", "Evening Post", "The Daily"])),
            date=draw(_DATES),
            based_on=draw(st.sampled_from([None, Original(), Original(publisher="Wire", date="2020")])),
            preface=draw(_WORDS),
            title=draw(st.none() | _WORDS),
            url=url,
        )
        for identity in chosen
    ]
