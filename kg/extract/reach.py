"""Noun phrase -> the actors at a place of a frame: itself, whose it is, or where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.deeds import doers
from kg.extract.frame_entry import Trigger
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Resolver
from kg.extract.syntax import conjuncts, deed_subject, objects_of
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Mention
from kg.relations import ontology

__all__ = ["LOOSE", "NOBODY", "OWNER", "Place", "Reach", "unique"]

_WHERE = frozenset(
    ("in", "on", "inside", "of", "near", "at", "outside", "from", "across", "within", "throughout", "around", "along")
) | {"for", "among", "including"}
"""Prepositions that say where or whose a thing is."""
_EDGES = frozenset(("border", "frontier", "boundary", "line"))
"""What is also of the land named after "with" ("the border with Chad")."""
LOOSE = 0.85
"""How much less sure an argument is that was found below the trigger rather than on it."""
OWNER = 0.85
"""How much less sure an end is that stands for the owner of a deed or thing."""
_ACTS = frozenset(
    [
        "move",
        "decision",
        "action",
        "policy",
        "law",
        "vote",
        "statement",
        "report",
        "strike",
        "attack",
        "offensive",
        "campaign",
        "court",
        "order",
        "ruling",
        "raid",
        "shelling",
        "invasion",
        "operation",
    ]
)
"""Nouns that can be the subject of an act for their owner, besides those that are triggers."""

_HANDED = frozenset(
    (
        "supply",
        "provide",
        "sell",
        "make",
        "build",
        "deliver",
        "donate",
        "manufacture",
        "give",
        "produce",
        "train",
        "arm",
        "equip",
        "fund",
        "finance",
        "back",
        "support",
        "sponsor",
        "recruit",
    )
)
"""What makes a thing another's, or leaves it so: a drone supplied by Iran and rebels trained by it are not Iran."""


@dataclass(frozen=True, slots=True)
class Place:
    """Actors found at a place, and how directly (0 to 1)."""

    mentions: tuple[Mention, ...]
    certainty: float = 1.0


NOBODY = Place(())


def unique(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions, the first of each actor."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.actor.id, mention)
    return tuple(found.values())


class Reach:
    """What the places of one trigger share: its words, the sentence, and how far a noun phrase reaches."""

    def __init__(
        self,
        trigger: Trigger,
        found: tuple[Token, ...],
        tree: Tree,
        resolver: Resolver,
        words: Vocabulary,
        lexicon: Lexicon,
    ) -> None:
        self.trigger = trigger
        self.found = found
        self.head = found[0]
        self.tree = tree
        self.resolver = resolver
        self.words = words
        self.lexicon = lexicon
        self._taken = {t.i for t in found}

    def _first(self, tokens: Iterable[Token | None]) -> Place:
        for token in tokens:
            if token is not None:
                place = self._reach(token)
                if place.mentions:
                    return place
        return NOBODY

    def _reach(self, token: Token, strict: bool = False) -> Place:
        """The actors of a noun phrase: it is one, or its owner is and what it owns may stand for it."""
        mentions = self.resolver.actors(token)
        if mentions:
            return Place(mentions)
        if strict or token.i in self._taken:
            return NOBODY
        owners: list[Mention] = []
        for part in conjuncts(token):
            if self.resolver.is_former(part):
                continue  # who held an office is not his state
            owners += self.resolver.owners(part, of=not self._is_violent(part))
            for prep in part.kids("prep", "agent"):
                if prep.text.lower() in ("between", "among") and prep.kid("pobj") is not None and not owners:
                    inner = prep.kid("pobj")
                    owners = list(self.resolver.actors(inner) or self.resolver.owners(inner))  # type: ignore[arg-type]
                if prep.text.lower() == "by" and prep.kid("pobj") is not None:
                    owners = list(self.resolver.actors(prep.kid("pobj")))  # type: ignore[arg-type]
            if not owners:  # "every offer made by the rebels"
                agents = [a for c in part.kids("acl") if c.lemma not in _HANDED for a in c.kids("agent")]
                owners = [m for a in agents for noun in a.kids("pobj") for m in self.resolver.actors(noun)]
            wrong = self.trigger.frame.deed and part.lemma in self.lexicon.classes["abuse"]
            if not owners and (wrong or (self.trigger.frame.places and not self._is_violent(part))):
                owners = self._where(part)
            if not owners and part.lemma in self.lexicon.classes["traffic"]:
                flow = objects_of(part, ("to", "from", "with"))
                owners = [m for t in flow for m in self.resolver.actors(t)]  # "curbs on travel to Cuba"
            if not owners:
                for prep in part.kids("prep"):
                    inner = prep.kid("pobj")
                    if prep.text.lower() == "of" and inner is not None and not self.resolver.actors(inner):
                        owners = list(self._reach(inner).mentions)  # "the possibility of an Angolan raid"
            if not owners and self.resolver.told is not None and ontology()[self.trigger.frame.relation].stance:
                owners = list(self._doers(part))
            owners = [m for m in owners if wrong or not (self.resolver.is_place(m) and self._is_violent(part))]
        return Place(unique(owners), OWNER)

    def _doers(self, noun: Token) -> tuple[Mention, ...]:
        """Whose deed the noun points at, from what was told before."""
        relation, told = self.trigger.frame.relation, self.resolver.told or ()
        holder = deed_subject(self.head, self.words)
        if noun is holder or (self.trigger.part == "verb" and holder is None):
            return ()
        holders = self.resolver.actors(holder) if holder is not None else ()
        return doers(noun, relation, holders, told, self.resolver, self.lexicon)

    def _some_of(self, noun: Token) -> list[Token]:
        """Those whom a plural names as some of its own ("its allies, including Peru", "allies such as Peru")."""
        named = (p for p in noun.kids("prep") if noun.is_plural and p.text.lower() in ("including", "like", "as"))
        return [token for prep in named for token in prep.kids("pobj")]

    def _where(self, noun: Token, depth: int = 0) -> list[Mention]:
        """The actors in whose land a thing is: "a base in a county in Kenya", "people hit by a storm in Togo"."""
        found: list[Mention] = []
        for child in noun.children:
            if child.start < noun.start:
                continue
            if child.dep in ("acl", "relcl") and not any(c.hits for c in child.kids("nsubj", "agent")):
                found += self._where(child, depth + 1) if depth < 4 else []
            elif depth < 4 and (child.dep in ("advmod", "agent") or (child.dep == "pobj" and noun.dep == "agent")):
                found += self._where(child, depth + 1)
            inner = child.kid("pobj") if child.dep == "prep" else None
            edge = noun.lemma in _EDGES and child.text.lower() in ("with", "between")
            if inner is None or not (edge or child.text.lower() in _WHERE):
                continue
            if child.text.lower() != "for":
                found += self.resolver.actors(inner) or self.resolver.owners(inner)
            if not found and depth < 4:
                found += self._where(inner, depth + 1)
        return [m for m in found if m.state.kind in ("state", "territory") or depth == 0]

    def _is_deed(self, noun: Token) -> bool:
        return (
            noun.lemma in _ACTS
            or noun.lemma in self.lexicon.classes["projectile"]
            or bool(self.lexicon.get("noun", noun.lemma))
        )

    def _is_violent(self, noun: Token) -> bool:
        """Is the noun a deed of violence? Where it happened is then its victim, not who did it."""
        return any(t.frame.relation in ("attacks", "fights", "coerces") for t in self.lexicon.get("noun", noun.lemma))
