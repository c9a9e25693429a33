"""Titles beside names: "Ghana's foreign minister, Jane Doe" teaches who she is, and is a triple of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.mentions import Resolver
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Noun, Vocabulary
from kg.model import Mention, Span

__all__ = ["Title", "read_titles"]

_REACH = 12
"""How many words of titles may stand between an owner and a name."""


@dataclass(frozen=True, slots=True)
class Title:
    """A person, whom the title says he acts for, the title's words, and whether he no longer does."""

    person: Mention
    owner: Mention
    span: Span
    former: bool
    noun: Noun
    lemma: str
    stated: bool
    """Does the text name the owner, or only the catalogue?"""


def read_titles(tree: Tree, resolver: Resolver, words: Vocabulary) -> list[Title]:
    """The titles of a sentence, in text order."""
    found = []
    for index, token in enumerate(tree.tokens):
        if not (token.hits or token.tag.startswith("NNP")) or token.joined:
            continue
        if token.hits and not resolver.may_be_person(token):
            continue
        people = [m for m in resolver.name(token) if m.actor.kind == "person"]
        if len(people) != 1:
            continue
        title = _left(tree, index, people[0], resolver, words) or _right(tree, index, people[0], resolver, words)
        if title is not None and not _is_anothers(title, resolver):
            found.append(title)
    return found


def _is_anothers(title: Title, resolver: Resolver) -> bool:
    """ "Scholz, Polish premier discuss trade": who leads one state does not hold an office of another."""
    person, owner = title.person, title.owner.state
    if owner.kind != "state" or person.state.kind != "state" or person.state.id == owner.id:
        return False
    held = resolver.catalogue.offices(person.actor.id, resolver.discourse.day)
    return any(office.role in ("head_of_state", "head_of_government") for office in held)


def _left(tree: Tree, index: int, person: Mention, resolver: Resolver, words: Vocabulary) -> Title | None:
    tokens = tree.tokens
    i = index - 1
    while i >= 0 and tokens[i].start >= person.start:
        i -= 1
    while i >= 0 and tokens[i].text.lower().strip(".") in words.honorifics and not tokens[i].title:
        i -= 1
    comma = i >= 0 and tokens[i].text == ","
    if not comma:
        i = index - 1
        while i >= 0 and tokens[i].start >= person.start:
            i -= 1
    if comma:
        i -= 1
    noun: Noun | None = None
    lemma = ""
    first = last = None
    former = False
    owner: Mention | None = None
    steps = 0
    while i >= 0 and steps < _REACH:
        token, steps = tokens[i], steps + 1
        word = token.text.lower().strip(".-")
        entry = None if token.hits else words.noun(token.lemma, "person")
        if token.hits and not token.joined:
            mentions = resolver.name(token)
            if noun is None or len(mentions) != 1 or mentions[0].actor.kind == "person":
                break
            owner, first = mentions[0], token
            break
        if entry is not None:
            if noun is None:
                last = token
            if noun is None or len(words.nouns[token.lemma][0].roles) > 0:
                noun, lemma = entry, token.lemma
            first = token
        elif word in words.former:
            former = True
        elif (
            word
            in (
                "'s",
                "’s",
                "of",
                "for",
                "the",
                "to",
                "and",
                "&",
                "-",
                "'",
                "’",
                "army",
                "staff",
                "affairs",
                "foreign",
                "defense",
                "defence",
            )
            or word in words.title_before
            or word in words.honorifics
            or (
                token.tag in ("NNP", "JJ", "NN", "NNPS")
                and (noun is not None or (token.tag == "NNP" and token.ent[2:] != "PERSON"))
                and not words.noun(token.lemma, "country")
            )
        ):
            pass
        elif token.tag == "PRP$" and noun is not None:
            mentions = resolver.actors(token)
            if len(mentions) == 1 and mentions[0].state.id != person.actor.id:
                owner, first = mentions[0], token
            break
        else:
            break
        i -= 1
    if noun is None or first is None or last is None or (comma and owner is None):
        return None
    if i > 0 and tokens[i - 1].text.lower().strip("-") in words.former:
        former = True
    stated = owner is not None
    if owner is None:
        if person.state.id == person.actor.id:
            return None
        owner = _silent(person, last)
    if owner.state.id == person.actor.id or owner.actor.kind == "person":
        return None
    span = Span(first.start, last.end, tree.text[first.start - tree.start : last.end - tree.start])
    return Title(person, owner, span, former, noun, lemma, stated)


def _silent(person: Mention, title: Token) -> Mention:
    """The state of a known person whose title stands without it ("Prime Minister Modi")."""
    return Mention(
        start=title.start,
        end=title.end,
        text=title.text,
        actor=person.state,
        state=person.state,
        how="title",
        confidence=0.85,
    )


def _right(tree: Tree, index: int, person: Mention, resolver: Resolver, words: Vocabulary) -> Title | None:
    """ "Jane Doe, Ghana's foreign minister," or "Jane Doe, the leader of the party,"."""
    tokens = tree.tokens
    i = index + 1
    if i >= len(tokens) or tokens[i].text not in (",", "(", "–", "-", "—"):
        return None
    prep = tokens[index].head if tokens[index].dep == "pobj" else None
    if prep is not None and prep.text.lower() in ("in", "at", "near"):  # "In New York, the Israeli ambassador"
        return None
    noun: Noun | None = None
    lemma = ""
    first = last = None
    former = False
    owner: Mention | None = None
    for token in tokens[i + 1 : i + 1 + _REACH]:
        word = token.text.lower().strip(".-")
        entry = None if token.hits else words.noun(token.lemma, "person")
        if (
            noun is not None
            and last is not None
            and token.i == last.i + 1
            and any(m.actor.kind == "person" for m in resolver.name(token))
        ):
            return None  # the title of the next name in a list
        if token.hits and not token.joined:
            mentions = resolver.name(token)
            if len(mentions) != 1 or mentions[0].actor.kind == "person" or owner is not None:
                break
            owner, first, last = mentions[0], first or token, token
        elif entry is not None:
            noun, lemma = entry, token.lemma
            first, last = first or token, token
        elif word in words.former:
            former = True
        elif (
            token.tag in ("VBZ", "VBD", "VBP", "MD", "WP", "WDT", "CC", "IN") and word not in ("of", "for")
        ) or token.text in (",", ")", ".", ";"):
            break
    if last is not None and _names_another(tree, last, person, resolver, words):
        return None
    if noun is None or owner is None or first is None or last is None or owner.state.id == person.actor.id:
        return None
    span = Span(first.start, last.end, tree.text[first.start - tree.start : last.end - tree.start])
    return Title(person, owner, span, former, noun, lemma, True)


def _names_another(tree: Tree, last: Token, person: Mention, resolver: Resolver, words: Vocabulary) -> bool:
    """Does the title lead up to another name ("talks with A, B's army chief, General C")?"""
    token = tree.after(last)
    while token is not None and (
        token.text == "," or token.text.lower().strip(".") in words.honorifics or words.noun(token.lemma, "person")
    ):
        token = tree.after(token)
    if token is None:
        return False
    return any(m.actor.kind == "person" and m.actor.id != person.actor.id for m in resolver.name(token))
