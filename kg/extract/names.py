"""Names in a sentence -> actors: what the catalogue lists, surnames in office, strangers named in full."""

from __future__ import annotations

from dataclasses import replace

from kg.actors.catalogue import Catalogue, NameHit
from kg.actors.schema import slug
from kg.extract.discourse import Discourse
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Actor, How, Mention

__all__ = ["CALENDAR", "CONFIDENCE", "Names"]

CONFIDENCE: dict[str, float] = {
    "name": 1.0,
    "demonym": 0.95,
    "seat": 0.95,
    "place": 0.7,
    "surname": 0.9,
    "title": 0.92,
    "body": 0.95,
    "people": 0.75,
    "learned": 0.9,
    "unknown": 0.6,
    "pronoun": 0.75,
    "phrase": 0.75,
}
"""How sure a mention is by what resolved it."""


_MONTHS = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)

CALENDAR = _MONTHS | {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
"""Words with a capital that name nobody, but for the few that are surnames (Godwin Friday)."""


class Names:
    """Resolves the names of one sentence after the other."""

    def __init__(self, catalogue: Catalogue, words: Vocabulary, discourse: Discourse) -> None:
        self.catalogue = catalogue
        self.words = words
        self.discourse = discourse
        self.tree: Tree | None = None

    def name(self, token: Token) -> tuple[Mention, ...]:
        """The actors that the token names, without looking at what stands beside it."""
        if token.hits:
            if token.joined == "non" or _is_language(token) or _is_anybody(token):
                return ()
            return tuple(m for hit in token.hits if (m := self._hit(hit, token)) is not None)
        if token.tag.startswith("NNP"):
            return self.unlisted(token)
        return ()

    def named(self, hit: NameHit, start: int) -> Mention | None:
        """The actor of a name that stands at an offset of the document, where no tree tells what is beside it."""
        chosen = self._meaning(hit)
        if chosen is None:
            return None
        actor_id, sort = chosen
        return self.mention(
            self.catalogue.actor(actor_id), start, start + len(hit.text), hit.text, "name", CONFIDENCE[sort]
        )

    def _hit(self, hit: NameHit, token: Token) -> Mention | None:
        chosen = self._meaning(hit)
        if chosen is None:
            return None
        actor_id, sort = chosen
        offset = token.text.find(hit.text)
        start = token.start + max(0, offset)
        actor = self.catalogue.actor(actor_id)
        if actor.kind == "person":
            self._learn_person(actor, hit.text)
        return self.mention(actor, start, start + len(hit.text), hit.text, "name", CONFIDENCE[sort])

    def _meaning(self, hit: NameHit) -> tuple[str, str] | None:
        if len(hit.meanings) < 2:
            return hit.meanings[0] if hit.meanings else None
        day = self.discourse.day
        in_office = [m for m in hit.meanings if self.catalogue.offices(m[0], day)]
        if len(in_office) == 1:
            return in_office[0]
        known = [m for m in hit.meanings if self.catalogue.state(m[0], day).id in self.discourse.named]
        if len(known) == 1:
            return known[0]
        ranked = sorted(hit.meanings, key=lambda m: ("name", "seat", "demonym", "place").index(m[1]))
        return ranked[0] if ranked[0][1] != ranked[1][1] else None

    def may_be_person(self, token: Token) -> bool:
        """Can one of the names that stand there be a person's?"""
        return any(self.catalogue.actor(m[0]).kind == "person" for hit in token.hits for m in hit.meanings)

    def only_place(self, token: Token) -> bool:
        """Does the token name only places inside a state?"""
        return bool(token.hits) and all(m[1] == "place" for hit in token.hits for m in hit.meanings)

    def is_place(self, mention: Mention) -> bool:
        """Is the mention only a place inside its state: able to be struck or visited, not to act?"""
        return mention.confidence == CONFIDENCE["place"]

    def mention(
        self,
        actor: Actor,
        start: int,
        end: int,
        text: str,
        how: How,
        confidence: float,
        state: Actor | None = None,
    ) -> Mention:
        """A mention of an actor, rolled up by what the document taught, else by the catalogue at its date."""
        if state is None:
            state = self.discourse.learned_state.get(actor.id)
        if state is None and actor.id in self.catalogue and actor.id not in self.discourse.former:
            state = self.catalogue.state(actor.id, self.discourse.day)
            if state.id == actor.id and actor.kind == "person" and (year := self.discourse.year) is not None:
                state = self.catalogue.state(actor.id, f"{year}-06-30")  # "in 1962, when Kennedy"
        return Mention(
            start=start, end=end, text=text, actor=actor, state=state or actor, how=how, confidence=confidence
        )

    def in_office(self, mention: Mention) -> Mention:
        """Somebody who led a state and no longer does, as who acted for it then; anybody else as he is."""
        actor = mention.actor
        if actor.kind != "person" or mention.state.id != actor.id or actor.id not in self.catalogue:
            return mention
        led = self.catalogue.led(actor.id, self.discourse.day)
        return mention if led is None else replace(mention, state=self.catalogue.actor(led))

    def _learn_person(self, actor: Actor, name: str) -> None:
        people = self.discourse.people
        people[name] = actor
        for surname in (name.split()[-1], *self.catalogue.surnames_of(actor.id)):
            people[surname] = actor

    def unlisted(self, token: Token) -> tuple[Mention, ...]:
        """A name that is not in the catalogue: a surname in office, somebody named in full before, or a stranger."""
        head = token.head
        inner = token.dep == "compound" and head is not None and head.tag.startswith("NNP") and not head.title
        if inner and head is not None and head.i == token.i + 1 and head.lemma not in self.words.nouns:
            return ()  # part of a longer name
        parts = self._name_span(token)
        start, end = parts[0].start, parts[-1].end
        words = self.slice(start, end)
        shouted = self.tree is not None and self.tree.text.isupper()
        name = words.title() if shouted else words
        known = self.discourse.people.get(name)
        if known is not None:
            return (self.mention(known, start, end, words, "learned", CONFIDENCE["surname"]),)
        if len(parts) == 1:
            found = self._in_office(name, token)
            if found is not None:
                return (self.mention(found, start, end, words, "name", CONFIDENCE["surname"]),)
        organisation = self.discourse.organisations.get(name)
        if organisation is not None:
            return (self.mention(organisation, start, end, words, "learned", CONFIDENCE["unknown"]),)
        if shouted or token is not parts[-1] or self._is_noise(parts) or any(c.isdigit() for c in name):
            return ()
        return self._stranger(parts, name)

    def _in_office(self, surname: str, token: Token) -> Actor | None:
        """The actor that a surname alone means on the document's day, if it can mean only one."""
        if token.ent[2:] in ("ORG", "DATE", "FAC", "EVENT", "PRODUCT", "LAW") or surname in _MONTHS:
            return None
        day = self.discourse.day
        at_home = [
            bearer
            for bearer in self.catalogue.surname(surname, day)
            if self.catalogue.state(bearer, day).id in self.discourse.named
        ]
        only = self.catalogue.only_bearer(surname, day) if not at_home else None
        if len(at_home) == 1 or only is not None:
            actor = self.catalogue.actor(only or at_home[0])
            if actor.kind == "person":
                self.discourse.people[surname] = actor
            return actor
        states = {self.catalogue.state(bearer, day) for bearer in at_home}
        if len(states) == 1:
            state = states.pop()  # whichever Bush it is, it is the United States
            return state if state.kind == "state" else None
        return None

    def _stranger(self, parts: list[Token], name: str) -> tuple[Mention, ...]:
        """A person or organisation that the catalogue does not know, named in full."""
        start, end, label = parts[0].start, parts[-1].end, parts[-1].ent[2:]
        if not slug(name) or not name[0].isupper() or not parts[-1].text[:1].isupper():
            return ()
        if len(parts) > 1 and not name.isupper() and self._is_person(parts, label):
            respelt = self.catalogue.respelt(name, self.discourse.day)
            if respelt is not None:
                actor = self.catalogue.actor(respelt)
                self._learn_person(actor, name)
                return (self.mention(actor, start, end, name, "name", CONFIDENCE["surname"]),)
            actor = Actor(f"person.{slug(name)}", name, "person")
            self.discourse.people[name] = self.discourse.people[parts[-1].text] = actor
            return (self.mention(actor, start, end, name, "name", CONFIDENCE["unknown"]),)
        if label == "ORG" and (len(parts) > 1 or (name.isupper() and len(name) > 2)):
            actor = Actor(f"org.{slug(name)}", name, "organisation")
            self.discourse.organisations[name] = actor
            return (self.mention(actor, start, end, name, "name", CONFIDENCE["unknown"]),)
        return ()

    def _is_person(self, parts: list[Token], label: str) -> bool:
        """Does the model say so, or a title beside the name, or a surname that only persons bear?"""
        if label == "PERSON" or self.tree is None:
            return label == "PERSON"
        if len(parts) == 2 and self.catalogue.only_bearer(parts[-1].text, self.discourse.day) is not None:
            return True  # somebody of a famous name, whatever the model takes him for
        before = self.tree.before(parts[0])
        if label not in ("ORG", "GPE"):
            if before is not None and (before.title or self.words.noun(before.lemma, "person")):
                return True
            if len(parts) == 2 and self.catalogue.surname_bearers(parts[-1].text):
                return True
        after = self.tree.after(parts[-1])  # "Jane Doe, Ghana's ambassador"
        for _ in range(6):
            after = self.tree.after(after) if after is not None and (_ or after.text == ",") else None
            if after is None or after.text in (",", ".", ";"):
                return False
            if after.title or (not after.hits and self.words.noun(after.lemma, "person")):
                return True
        return False

    def _is_noise(self, parts: list[Token]) -> bool:
        return any(part.text.lower().strip(".") in self.words.noise for part in parts)

    def _name_span(self, token: Token) -> list[Token]:
        """The words of the name that ends at the token: entity words, or capitalised compounds beside it."""
        assert self.tree is not None
        tokens = self.tree.tokens
        index = token.i - tokens[0].i
        first = index
        while first > 0:
            left = tokens[first - 1]
            if left.hits or left.title or not left.text[:1].isupper() or not left.tag.startswith("NNP"):
                break
            if left.text.lower().strip(".") in self.words.honorifics or self.words.noun(left.lemma, "person"):
                break
            first -= 1
        return tokens[first : index + 1]

    def slice(self, start: int, end: int) -> str:
        """The words of the sentence between two offsets of the document."""
        assert self.tree is not None
        return self.tree.text[start - self.tree.start : end - self.tree.start]


def _is_anybody(token: Token) -> bool:
    """Is it somebody of a people, whoever he may be ("a Mexican who lives in Spain")?"""
    determiner = token.kid("det")
    return (
        determiner is not None
        and determiner.text.lower() in ("a", "an")
        and token.dep not in ("amod", "compound", "nmod", "poss")
        and not token.joined
        and bool(token.hits)
        and all(sort == "demonym" for hit in token.hits for _, sort in hit.meanings)
    )


_LANGUAGE_VERBS = frozenset(("learn", "speak", "teach", "study", "translate"))


def _is_language(token: Token) -> bool:
    """Is the adjective of a people their language ("learn French", "said in Russian")?"""
    if any(sort != "demonym" for hit in token.hits for _, sort in hit.meanings) or token.text.endswith("s"):
        return False
    head = token.head
    if head is None:
        return False
    return (token.dep == "dobj" and head.lemma in _LANGUAGE_VERBS) or (
        token.dep == "pobj" and head.text.lower() == "in"
    )
