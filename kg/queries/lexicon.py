"""The verbs and phrases of questions, and the relations they ask for.

One line a relation or family. A phrase is a verb in its base form with what follows it ("trade with"), or "be" with
a noun or adjective ("be an ally of"); articles, plurals and inflection are the grammar's. A phrase after "~" is said
by the other end ("get weapons from"). A family's name asks for all of its relations.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Literal, NamedTuple

from kg.model import FAMILIES, Family
from kg.relations import ontology

__all__ = ["ARTICLES", "Form", "Predicate", "complements", "known_words", "predicates", "verb_forms"]

Form = Literal["base", "third", "past", "participle", "ing"]

ARTICLES = frozenset({"a", "an", "the"})

_PHRASES: dict[str, str] = {
    "backing": "back, back up, be behind, be on the side of, be a backer of",
    "engaging": "engage, engage with, deal with, interact with",
    "opposing": "oppose, be an opponent of",
    "fighting": "fight, fight with, fight against, be fighting with, be fighting against",
    "structure": "be tied to, be affiliated with, be attached to",
    "supports": "support, endorse, defend, champion, stand by, stand with, stand behind, side with, vouch for, "
    "be supportive of, be a supporter of",
    "aids": "aid, help, assist, fund, train, give aid to, give help to, provide aid to, send aid to, help out, "
    "be a donor to, ~ receive aid from, ~ get aid from, ~ receive help from, ~ get help from",
    "arms": "arm, equip, supply weapons to, supply arms to, sell weapons to, sell arms to, send weapons to, "
    "send arms to, give weapons to, deliver weapons to, provide weapons to, be an arms supplier of, "
    "be an arms supplier to, ~ get weapons from, ~ buy weapons from, "
    "~ get arms from, ~ buy arms from, ~ receive weapons from",
    "recognizes": "recognize, recognise, grant recognition to",
    "praises": "praise, thank, welcome, applaud, commend, laud, hail, congratulate",
    "invests_in": "invest in, build in, put money into, be an investor in, ~ receive investment from",
    "allied_with": "ally with, partner with, be allied with, be allied to, be an ally of, "
    "be an ally to, be a friend of, be friends with, be friendly with, be a partner of",
    "consults": "consult, consult with, meet, meet with, visit, phone, talk to, talk with, speak to, speak with, "
    "hold talks with, negotiate with, confer with",
    "agrees_with": "agree with, sign an agreement with, sign a deal with, sign a treaty with, reach an agreement with, "
    "reach a deal with, make a deal with, strike a deal with, be in agreement with",
    "cooperates_with": "cooperate with, collaborate with, work with, work together with, exercise with, drill with",
    "trades_with": "trade with, do business with, export to, import from, "
    "be a trade partner of, be a trading partner of",
    "mediates": "mediate, mediate for, mediate with, mediate between, be a mediator for, be a mediator of",
    "appeals_to": "appeal to, ask, urge, call on, call upon, plead with, make a request to",
    "concedes_to": "concede to, yield to, give in to, give way to, make concessions to, make a concession to",
    "opposes": "object to, be against, be opposed to",
    "criticizes": "criticize, criticise, condemn, denounce, rebuke, slam, blast, be critical of, be a critic of",
    "accuses": "accuse, blame, level accusations against, be an accuser of",
    "rejects": "reject, rebuff, refuse, deny, turn down, spurn",
    "threatens": "threaten, warn, menace, be a threat to, make threats against",
    "protests": "protest, protest against, demonstrate against, rally against, march against, lodge a protest with",
    "rival_of": "rival, compete with, be a rival of, be a rival to, be an enemy of, be a foe of, be an adversary of, "
    "be hostile to, be at odds with",
    "sanctions": "sanction, impose sanctions on, put sanctions on, embargo, impose an embargo on, blacklist, "
    "cut ties with, cut relations with, break ties with, break relations with, expel diplomats of",
    "mobilizes_against": "mobilize against, mobilise against, mass troops against, deploy troops against, "
    "deploy against, show force against",
    "coerces": "coerce, blockade, detain, arrest, deport, repress, pressure",
    "attacks": "attack, bomb, shell, strike, invade, raid, assault, be an attacker of",
    "fights": "clash with, battle, battle with, wage war on, wage war against, go to war with, be at war with",
    "represents": "represent, speak for, hold office in, be a representative of, be an official of",
    "part_of": "belong to, be part of",
    "member_of": "be a member of, be a member in",
    "controls": "control, govern, administer, occupy, rule, be in control of, be a ruler of",
    "claims": "claim, lay claim to, be a claimant of, be a claimant to",
    "borders": "border, border on, share a border with, adjoin, be a neighbour of, be a neighbor of, be next to",
}

# Verbs whose past and participle are not made with -ed.
_IRREGULAR: dict[str, tuple[str, str]] = {
    "break": ("broke", "broken"),
    "build": ("built", "built"),
    "buy": ("bought", "bought"),
    "cut": ("cut", "cut"),
    "deal": ("dealt", "dealt"),
    "do": ("did", "done"),
    "fight": ("fought", "fought"),
    "get": ("got", "gotten"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hold": ("held", "held"),
    "lay": ("laid", "laid"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "put": ("put", "put"),
    "sell": ("sold", "sold"),
    "send": ("sent", "sent"),
    "show": ("showed", "shown"),
    "speak": ("spoke", "spoken"),
    "stand": ("stood", "stood"),
    "strike": ("struck", "struck"),
}
_DOUBLED = frozenset({"cut", "get", "put", "expel"})  # cutting, expelled
_VOWELS = frozenset("aeiou")


class Predicate(NamedTuple):
    """A phrase that asks for relations; `inverted` where its subject is the target.

    `words` are without articles: the verb first, or "be".
    """

    words: tuple[str, ...]
    relations: tuple[str, ...]
    family: Family | None
    inverted: bool

    @property
    def verb(self) -> str:
        """The verb in its base form."""
        return self.words[0]

    @property
    def rest(self) -> tuple[str, ...]:
        """What follows the verb."""
        return self.words[1:]


@functools.cache
def predicates() -> tuple[Predicate, ...]:
    """All phrases, of families and relations."""
    known = ontology()
    found: dict[tuple[str, ...], Predicate] = {}
    for key, phrases in _PHRASES.items():
        family = next((family for family in FAMILIES if family == key), None)
        relations = tuple(card.id for card in known.family(family)) if family else (key,)
        for phrase in phrases.split(", "):
            inverted = phrase.startswith("~ ")
            words = tuple(word for word in phrase.removeprefix("~ ").split() if word not in ARTICLES)
            found[words] = Predicate(words, relations, family, inverted)
    return tuple(found.values())


@functools.cache
def verb_forms() -> dict[str, tuple[tuple[Predicate, Form], ...]]:
    """Every inflected verb -> the phrases it may begin, the longest first."""
    forms: dict[str, set[tuple[Predicate, Form]]] = defaultdict(set)
    for predicate in predicates():
        if predicate.verb != "be":
            for word, form in _inflected(predicate.verb):
                forms[word].add((predicate, form))
    return {word: tuple(sorted(found, key=_longest_first)) for word, found in forms.items()}


@functools.cache
def complements() -> tuple[Predicate, ...]:
    """The phrases with "be", the longest first."""
    return tuple(sorted((p for p in predicates() if p.verb == "be"), key=lambda p: (-len(p.words), p.words)))


@functools.cache
def known_words() -> tuple[str, ...]:
    """Every word a phrase may begin with, in alphabetical order: what a misspelt verb may have been."""
    return tuple(sorted({*verb_forms(), *(predicate.rest[0] for predicate in complements())}))


def _longest_first(found: tuple[Predicate, Form]) -> tuple[int, tuple[str, ...], str]:
    return -len(found[0].words), found[0].words, found[1]


def _inflected(verb: str) -> list[tuple[str, Form]]:
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    consonant_y = verb.endswith("y") and verb[-2] not in _VOWELS
    if consonant_y:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif verb.endswith(("s", "sh", "ch", "x", "o")):
        third, past = verb + "es", stem + "ed"
    else:
        third, past = verb + "s", verb + "d" if verb.endswith("e") else stem + "ed"
    ing = (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else stem) + "ing"
    past, participle = _IRREGULAR.get(verb, (past, past))
    forms: list[tuple[str, Form]] = [
        (verb, "base"),
        (third, "third"),
        (past, "past"),
        (participle, "participle"),
        (ing, "ing"),
    ]
    if verb == "get":
        forms.append(("got", "participle"))
    if verb == "rival":
        forms += [("rivalled", "past"), ("rivalled", "participle"), ("rivalling", "ing")]
    return forms
