"""Names in a sentence -> actors: what the catalogue lists, surnames in office, strangers named in full."""

from __future__ import annotations

from kg.actors.catalogue import Catalogue, NameHit
from kg.actors.schema import slug
from kg.extract.discourse import Discourse
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Vocabulary
from kg.model import Actor, How, Mention

__all__ = ["CONFIDENCE", "Names"]

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
            if token.joined == "non":
                return ()
            return tuple(m for hit in token.hits if (m := self._hit(hit, token)) is not None)
        if token.tag.startswith("NNP"):
            return self.unlisted(token)
        return ()

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
        return Mention(
            start=start, end=end, text=text, actor=actor, state=state or actor, how=how, confidence=confidence
        )

    def _learn_person(self, actor: Actor, name: str) -> None:
        people = self.discourse.people
        people[name] = actor
        for surname in (name.split()[-1], *self.catalogue.surnames_of(actor.id)):
            people[surname] = actor

    def unlisted(self, token: Token) -> tuple[Mention, ...]:
        """A name that is not in the catalogue: a surname in office, somebody named in full before, or a stranger."""
        if (
            (
                token.dep == "compound"
                and token.head is not None
                and token.head.tag.startswith("NNP")
                and not token.head.title
            )
            and token.head.i == token.i + 1
            and token.head.lemma not in self.words.nouns
        ):
            return ()  # part of a longer name
        parts = self._name_span(token)
        text = self.slice(parts[0].start, parts[-1].end)
        known = self.discourse.people.get(text) or (
            self.discourse.people.get(parts[-1].text) if len(parts) == 1 else None
        )
        if known is not None:
            return (self.mention(known, parts[0].start, parts[-1].end, text, "learned", CONFIDENCE["surname"]),)
        label = parts[-1].ent[2:]
        if (
            len(parts) == 1
            and label not in ("ORG", "DATE", "FAC", "EVENT", "PRODUCT", "LAW")
            and token.text not in _MONTHS
        ):
            bearers = self.catalogue.surname(token.text, self.discourse.day)
            at_home = [b for b in bearers if self.catalogue.state(b, self.discourse.day).id in self.discourse.named]
            only = self.catalogue.only_bearer(token.text, self.discourse.day) if not at_home else None
            if len(at_home) == 1 or only is not None:
                actor = self.catalogue.actor(only or at_home[0])
                if actor.kind == "person":
                    self.discourse.people[token.text] = actor
                return (self.mention(actor, token.start, token.end, token.text, "name", CONFIDENCE["surname"]),)
            states = {self.catalogue.state(b, self.discourse.day) for b in at_home}
            if (
                len(states) == 1 and (state := states.pop()).kind == "state"
            ):  # whichever Bush it is, it is the United States
                return (self.mention(state, token.start, token.end, token.text, "name", CONFIDENCE["surname"]),)
        organisation = self.discourse.organisations.get(text)
        if organisation is not None:
            return (self.mention(organisation, parts[0].start, parts[-1].end, text, "learned", CONFIDENCE["unknown"]),)
        if (
            token is not parts[-1]
            or any(p.text.lower().strip(".") in self.words.noise for p in parts)
            or any(c.isdigit() for c in text)
        ):
            return ()
        titled = (
            self.tree is not None
            and (before := self.tree.before(parts[0])) is not None
            and bool(before.title or self.words.noun(before.lemma, "person"))
        )
        if (
            (label == "PERSON" or (titled and label not in ("ORG", "GPE")))
            and len(parts) > 1
            and text[0].isupper()
            and parts[-1].text[:1].isupper()
            and not text.isupper()
        ):
            if not slug(text):
                return ()
            respelt = self.catalogue.respelt(text, self.discourse.day)
            if respelt is not None:
                actor = self.catalogue.actor(respelt)
                self._learn_person(actor, text)
                return (self.mention(actor, parts[0].start, parts[-1].end, text, "name", CONFIDENCE["surname"]),)
            actor = Actor(f"person.{slug(text)}", text, "person")
            self.discourse.people[text] = self.discourse.people[parts[-1].text] = actor
            return (self.mention(actor, parts[0].start, parts[-1].end, text, "name", CONFIDENCE["unknown"]),)
        shouted = self.tree is not None and self.tree.text.isupper()
        if (
            label == "ORG"
            and not shouted
            and (len(parts) > 1 or (text.isupper() and len(text) > 2))
            and text[0].isupper()
            and slug(text)
        ):
            actor = Actor(f"org.{slug(text)}", text, "organisation")
            self.discourse.organisations[text] = actor
            return (self.mention(actor, parts[0].start, parts[-1].end, text, "name", CONFIDENCE["unknown"]),)
        return ()

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
            if left.text.lower().strip(".") in self.words.honorifics:
                break
            first -= 1
        return tokens[first : index + 1]

    def slice(self, start: int, end: int) -> str:
        """The words of the sentence between two offsets of the document."""
        assert self.tree is not None
        return self.tree.text[start - self.tree.start : end - self.tree.start]
