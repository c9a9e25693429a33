"""Whose something is: possessors, demonyms and names before a noun, "of", "from" and "led by" after it."""

from __future__ import annotations

from kg.extract.names import CONFIDENCE, Names
from kg.extract.syntax import conjuncts
from kg.extract.tree import Token
from kg.extract.vocabulary import Noun
from kg.model import Mention, Sector

__all__ = ["Owners"]

_SITED = ("business", "media", "party")
"""Sectors of bodies that belong to the country they are based in ("Nairobi-based banks")."""
_LEAVING = frozenset(("withdraw", "pull", "evacuate", "remove", "expel", "recall", "drive", "oust", "eject", "deport"))


class Owners(Names):
    """Finds owners. The class that resolves noun phrases gives `actors`."""

    def actors(self, token: Token) -> tuple[Mention, ...]:
        raise NotImplementedError

    def owners(self, token: Token, *, of: bool = True) -> tuple[Mention, ...]:
        """Whose something is: possessor, demonym or name before the noun, "of" after it, coordinated ones included.

        Without `of` only what stands before the noun counts: "the murder of X" is not X's deed.
        """
        found: dict[str, Mention] = {}
        possessor = token.kid("poss") if token.lemma != "counterpart" else None
        owner = self.actors(possessor) if possessor is not None else ()
        if owner:  # "India's U.N. delegation" is India's
            return owner
        for child in token.children:
            if child.dep == "poss" or (found and child.dep == "prep"):
                continue  # "the American withdrawal from Syria" is America's
            if child.dep in ("amod", "compound", "nmod", "npadvmod", "nummod") and child.hits and not child.joined:
                parts = tuple(m for c in conjuncts(child) for m in self.name(c))
            elif child.dep in ("amod", "compound", "nmod") and (
                child.joined in ("led", "run", "controlled", "ruled")
                or (child.joined == "based" and self._sector(token) in _SITED)
            ):
                parts = self.name(child)
            elif child.lemma == "loyal" and self._sector(token) in ("military", "opposition"):
                masters = [p.kid("pobj") for p in child.kids("prep") if p.text.lower() == "to"]
                parts = tuple(m for master in masters if master is not None for m in self.actors(master))
            elif (
                child.dep in ("compound", "nmod")
                and child.tag == "NNP"
                and not child.title
                and token.lemma in self.words.nouns
            ):
                parts = tuple(m for m in self.unlisted(child) if m.state.id != m.actor.id or m.actor.kind == "state")
                parts = parts or self.owners(child)  # "the Greek Aurora ferry"
            elif child.dep in ("compound", "nmod") and child.tag.startswith("NN") and not child.hits:
                parts = self.owners(child)  # "Bush administration officials"
            elif child.dep == "acl" and child.lemma in ("lead", "head", "command") and child.kid("agent") is not None:
                leaders = child.kid("agent").kid("pobj")  # type: ignore[union-attr]
                parts = self.actors(leaders) if leaders is not None else ()
            elif child.dep == "prep" and child.text.lower() == "from" and _is_withdrawn(token):
                continue  # "withdrew troops from Liberia"
            elif of and child.dep == "prep" and child.text.lower() in ("of", "from") and child.kid("pobj") is not None:
                inner = child.kid("pobj")
                parts = self.actors(inner)  # type: ignore[arg-type]
                if not parts and inner.lemma in self.words.areas:  # type: ignore[union-attr]
                    parts = self.owners(inner)  # type: ignore[arg-type]
            elif (
                child.dep == "prep"
                and child.text.lower() == "for"
                and self._speaks(token)
                and child.kid("pobj") is not None
            ):
                parts = self.actors(child.kid("pobj"))  # type: ignore[arg-type]
            elif (
                child.dep == "prep"
                and child.text.lower() == "in"
                and (token.lemma in self.words.local or self._sector(token) == "opposition")
                and child.kid("pobj") is not None
            ):
                inner = child.kid("pobj")
                parts = self.actors(inner) or self.owners(inner)  # type: ignore[arg-type]
            else:
                continue
            for mention in parts:
                found.setdefault(mention.actor.id, mention)
        beside = self.tree.after(token) if self.tree is not None else None
        if (
            of
            and not found
            and beside is not None
            and beside.text.lower() in ("from", "of")
            and beside.kid("pobj") is not None
            and not (beside.text.lower() == "from" and _is_withdrawn(token))
        ):
            return self.actors(beside.kid("pobj"))  # type: ignore[arg-type]  # wherever the parser hung it
        return tuple(found.values())

    def home(self, token: Token, owner: Mention) -> Mention:
        """The state of somebody whose "his country" it is."""
        start, sure = min(token.start, owner.start), min(owner.confidence, CONFIDENCE["pronoun"])
        text = self.slice(start, token.end)
        return self.mention(owner.state, start, token.end, text, "anaphora", sure, owner.state)

    def _noun_entry(self, lemma: str) -> Noun | None:
        found = self.words.nouns.get(lemma)
        return found[0] if found else None

    def _sector(self, token: Token) -> Sector | None:
        entry = self._noun_entry(token.lemma)
        return entry.sector if entry is not None else None

    def _speaks(self, token: Token) -> bool:
        """Is it somebody who speaks for others ("a spokesman for the president")?"""
        entry = self._noun_entry(token.lemma)
        return entry is not None and "spokesperson" in entry.roles


def _is_withdrawn(token: Token) -> bool:
    """Is it taken from where the preposition after it says ("withdrew its troops from Liberia")?"""
    for above in token.above():
        if above.is_verb:
            return above.lemma in _LEAVING
        if above.dep not in ("pobj", "prep", "dobj", "nsubjpass", "conj"):
            return False
    return False
