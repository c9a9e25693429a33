"""Noun phrase -> the actors it stands for: by name, title, what the document taught, or anaphora."""

from __future__ import annotations

import dataclasses

from kg.actors.catalogue import Catalogue
from kg.actors.schema import slug
from kg.extract.anaphora import COUNTS, NOMINAL, Anaphora, count_of
from kg.extract.discourse import Deed, Discourse, Seen
from kg.extract.names import CONFIDENCE
from kg.extract.owners import Owners
from kg.extract.salience import salient
from kg.extract.syntax import conjuncts, is_own_country, relative_antecedent
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import Noun, Vocabulary
from kg.model import Actor, Mention, Sector

__all__ = ["CONFIDENCE", "Resolver"]


class Resolver(Owners):
    """Resolves the noun phrases of one sentence after the other."""

    def __init__(self, catalogue: Catalogue, words: Vocabulary, discourse: Discourse) -> None:
        super().__init__(catalogue, words, discourse)
        self.busy: set[int] = set()
        """The tokens being resolved: none may be its own antecedent."""
        self.told: list[Deed] | None = None
        """What the sentence says to be done, once its triggers were read; None before."""
        self._memo: dict[int, tuple[Mention, ...]] = {}
        self._named: dict[int, tuple[Mention, ...]] = {}
        self._anaphora = Anaphora(self)

    def enter(self, tree: Tree) -> None:
        """Begin a sentence."""
        self.tree = tree
        self.told = None
        self._memo.clear()
        self._named.clear()
        self.discourse.enter(tree.text)

    def look(self) -> None:
        """Resolve the names of the sentence, once its titles are learned: anaphora in it can look back at them."""
        assert self.tree is not None
        tree = self.tree
        self._memo.clear()
        seen: list[Seen] = []
        for token in tree.tokens:
            if not token.hits and not token.tag.startswith("NNP"):
                continue
            found = self._named[token.i] = self.name(token)
            if found and not self.only_place(token):
                seen += salient(token, found, self.discourse.sentence)
        self.discourse.remember(seen)

    def name(self, token: Token) -> tuple[Mention, ...]:
        """The actors that the token names, without looking at what stands beside it; looked up once a sentence."""
        known = self._named.get(token.i)
        return known if known is not None else super().name(token)

    def mentions(self) -> list[Mention]:
        """All mentions of the sentence, anaphora included, in text order, each once."""
        assert self.tree is not None
        found: dict[tuple[int, int, str], Mention] = {}
        for token in self.tree.tokens:
            if token.tag in _MUTE and not token.hits and not token.title and token.text.lower() not in _MARKED:
                continue
            for mention in self.one(token):
                found.setdefault((mention.start, mention.end, mention.actor.id), mention)
            if token.hits and not self._memo.get(token.i):
                for mention in self.name(token):
                    found.setdefault((mention.start, mention.end, mention.actor.id), mention)
        return sorted(found.values(), key=lambda m: (m.start, m.end, m.actor.id))

    def actors(self, token: Token) -> tuple[Mention, ...]:
        """The actors that a noun phrase stands for, coordinated ones included, each once."""
        found: dict[str, Mention] = {}
        for part in conjuncts(token):
            for mention in self.one(part):
                found.setdefault(mention.actor.id, mention)
        return tuple(found.values())

    def one(self, token: Token) -> tuple[Mention, ...]:
        """The actors that one noun phrase stands for, coordinated ones left out; each token is resolved once."""
        if token.i in self._memo:
            return self._memo[token.i]
        if token.i in self.busy:
            return ()
        self.busy.add(token.i)
        found = self._resolve(token)
        self.busy.discard(token.i)
        self._memo[token.i] = found
        return found

    def _resolve(self, token: Token) -> tuple[Mention, ...]:
        if token.hits and not token.joined:
            return self.name(token)
        if token.tag.startswith("PRP") or (
            token.text.lower() in ("both",) and token.dep in ("nsubj", "dobj", "pobj", "nsubjpass")
        ):
            return self._anaphora.pronoun(token)
        each = any(c.text.lower() in ("each", "one") for c in token.children)
        if each and token.text.lower() in ("other", "another"):
            return self._anaphora.each_other(token)
        if token.tag in ("WDT", "WP", "WP$"):
            antecedent = relative_antecedent(token)
            return self.actors(antecedent) if antecedent is not None and antecedent.i not in self.busy else ()
        if token.is_noun or token.title or (token.tag == "CD" and token.kid("prep") is not None):
            return self._noun(token)
        named = token.kid("appos")
        if named is not None and named.hits and token.lemma in _RELATIONAL:  # "counterpart" is tagged an adjective
            return tuple(m for part in conjuncts(named) for m in self.name(part))
        if token.text.lower() in ("former", "latter") and token.kid("det") is not None and token.dep in NOMINAL:
            pair = self._anaphora.plural(token, 2)
            return pair[:1] if token.text.lower() == "former" else pair[1:2]
        if token.tag == "CD" and token.text.lower() in COUNTS and token.kid("det") is not None and token.dep in NOMINAL:
            return self._anaphora.plural(token, COUNTS[token.text.lower()])
        return ()

    def _noun(self, token: Token) -> tuple[Mention, ...]:
        lemma = token.lemma
        count = count_of(token)
        entry = self._noun_entry(lemma)
        if lemma in self.words.partitive or token.tag == "CD":  # "six of its soldiers"
            for prep in token.kids("prep"):
                if prep.text.lower() == "of" and prep.kid("pobj") is not None:
                    return self.actors(prep.kid("pobj"))  # type: ignore[arg-type]
        apposed = token.kid("appos")
        if (
            apposed is not None
            and apposed.start > token.start
            and (entry or lemma in self.words.plural or not token.tag.startswith("NNP"))
        ):
            names = tuple(m for part in conjuncts(apposed) for m in self.name(part))
            if names and (entry is not None or lemma in _RELATIONAL):
                return names
        if (
            token.tag.startswith("NNP")
            and entry is None
            and not (token.text in ("North", "South") and token.kid("det"))
        ):
            return (self._institution(token) if lemma in self.words.institutions else ()) or self.unlisted(token)
        if token.text in ("North", "South") and token.kid("det") is not None:
            return self._anaphora.half(token)
        if token.tag == "NNP" and lemma in self.words.institutions:
            body = self._institution(token)
            if body:
                return body
        if entry is None and not (count and lemma in self.words.plural):
            return ()
        if _is_title_of_name(token):
            return ()
        sponsored = self._sponsored(token)
        if sponsored is not None:
            return (sponsored,)
        owners = self.owners(token)
        if owners and not (count and all(o.actor.kind == "person" for o in owners)):
            return self._owned(token, entry, owners) if entry is not None else tuple(owners)
        if token.tag.startswith("NNP") and token.ent[2:] == "PERSON" and not token.title:
            return self.unlisted(token)
        if count and lemma in self.words.plural and token.kid("det", "predet", "poss") is not None:
            return self._anaphora.plural(token, count)
        if entry is None:
            return ()
        return self._anaphora.definite(token, entry)

    def _sponsored(self, token: Token) -> Mention | None:
        """A group known only by who stands behind it: "Iran-backed militias" are an actor of their own."""
        if token.lemma not in _GROUPS and self._sector(token) != "opposition":
            return None
        known = token.kid("det")  # "the Iran-backed group" is one named before
        if any(c.hits and not c.joined for c in token.children) or (known is not None and known.text.lower() != "a"):
            return None
        joined = next((c for c in token.kids("amod", "compound", "nmod") if c.joined in _BACKED), None)
        sponsors = self.name(joined) if joined is not None else ()
        if joined is None or len(sponsors) != 1 or joined.start > token.start:
            return None
        words = [c for c in token.kids("compound", "amod") if c.start > joined.start and c.tag.startswith("NN")]
        noun = " ".join([*(c.text for c in words), token.lemma if token.is_plural else token.text])
        name = f"{sponsors[0].state.name}-{joined.joined} {noun}{'s' if token.is_plural else ''}"
        actor = Actor(f"group.{slug(name)}", name, "armed group", "opposition")
        text = self.slice(joined.start, token.end)
        return self.mention(actor, joined.start, token.end, text, "title", CONFIDENCE["title"], actor)

    def _institution(self, token: Token) -> tuple[Mention, ...]:
        """A body of a state that the catalogue does not list: "the Kenyan Wildlife Service"."""
        assert self.tree is not None
        parts = self._name_span(token)
        before = self.tree.before(parts[0])
        if before is None or not before.hits or before.joined or not parts[-1].text[:1].isupper():
            return ()
        owners = [m for m in self.name(before) if m.state.kind == "state" and not self.is_place(m)]
        if len(owners) != 1 or before.text.endswith("s"):
            return ()
        owner, end = owners[0], parts[-1].end
        name = self.slice(owner.start, end)
        actor = Actor(f"org.{slug(name)}", name, "organisation", "government")
        confidence = CONFIDENCE["body"] * owner.confidence
        return (self.mention(actor, owner.start, end, name, "title", confidence, owner.state),)

    def _owned(self, token: Token, entry: Noun, owners: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """A title, force or people with its owner named: "the Chinese president", "troops of the alliance"."""
        if entry.sort in ("country", "group", "organisation") and entry is self._noun_entry(token.lemma):
            if token.is_plural and len(owners) > 1:  # "their countries"
                return owners
            if len(owners) == 1 and is_own_country(token):
                return (self.home(token, owners[0]),)  # "Russia's neighbour" is not Russia; "the Hamas group" is Hamas
            named = {c.i for c in token.kids("compound", "nmod") if c.hits}
            return tuple(o for o in owners if named and o.actor.kind in ("armed group", "organisation", "bloc"))
        found = []
        for owner in owners:
            if entry.sector == "opposition" and owner.state.kind in ("state", "territory"):
                group = self._anaphora.group_before(token)
                if group is not None:  # "the Palestinian militant group" named before
                    found.append(group)
                    continue
                found.append(self._anaphora.opposition(token, owner, owner.start))
                continue
            actor, how, confidence = owner.state, "title", CONFIDENCE["title"]
            sector: Sector | None = entry.sector
            if self.is_former(token):
                continue  # who held an office acts for himself
            if entry.sort == "person" and not token.is_plural and entry.roles:
                person = self.discourse.titles.get(f"{token.lemma} {owner.state.id}")
                day = self.discourse.day
                holder = None
                if entry.roles[0] not in _SHARED:
                    titled = self.catalogue.title_holder(owner.state.id, token.lemma, day)
                    holder = titled or self.catalogue.holder(owner.state.id, entry.roles[:1], day)
                if person is not None:
                    actor = person
                elif holder is not None and token.lemma not in self.words.shared and not _is_one_of_many(token):
                    actor = self.catalogue.actor(holder)
                    self.discourse.titles[token.lemma] = actor
            elif entry.sort == "people":
                confidence = CONFIDENCE["people"]
            else:
                confidence = CONFIDENCE["body"]
            if actor is owner.state and sector is not None and actor.kind == "state":
                actor = dataclasses.replace(actor, sector=sector)
            start = min([token.start, owner.start, *(c.start for c in token.kids("poss", "amod", "compound", "nmod"))])
            end = max(token.end, owner.end)
            text = self.slice(start, end)
            if owner.how == "anaphora":
                how, confidence = "anaphora", min(confidence, owner.confidence)
            if self.is_place(owner) and entry.sort in ("body", "person"):
                confidence = min(confidence, CONFIDENCE["phrase"])  # "a court in Istanbul" acts, the city does not
            else:
                confidence = min(confidence, owner.confidence)
            found.append(self.mention(actor, start, end, text, how, confidence, owner.state))  # type: ignore[arg-type]
        return tuple(found)

    def is_former(self, token: Token) -> bool:
        """Is it somebody who held an office ("a former Guatemalan minister")?"""
        return self.words.noun(token.lemma, "person") is not None and any(
            c.text.lower().strip("-") in self.words.former for c in token.children
        )

    def pointed_at(self, doer: Mention, start: int, end: int) -> Mention:
        """Whoever did the deed that the words between two offsets point at."""
        confidence = min(CONFIDENCE["phrase"], doer.confidence)
        return self.mention(doer.actor, start, end, self.slice(start, end), "anaphora", confidence, doer.state)

    def pair(self, token: Token) -> tuple[Mention, ...]:
        """The two actors that a plural noun such as "the longtime rivals" stands for."""
        return self._anaphora.plural(token, count_of(token) or 2)


def _is_one_of_many(token: Token) -> bool:
    """ "a Peruvian president", "another Iranian general": not the one who holds the office."""
    determiner = token.kid("det")
    return determiner is not None and determiner.text.lower() in _SOME


_SOME = ("a", "an", "one", "some", "any", "another", "each", "every", "no")
_MUTE = frozenset(("IN", "TO", ",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "POS", "RP", "MD", "RB", "EX", "$"))
"""Tags of words that stand for nobody, unless they are hits, titles or marked."""
_MARKED = frozenset(("both", "other", "another", "former", "latter"))
_BACKED = ("backed", "supported", "sponsored", "aligned", "allied", "trained", "armed", "funded", "linked")
_GROUPS = frozenset(("group", "militia", "militias", "faction", "rebel", "separatist", "fighter", "proxy", "movement"))
_SHARED = frozenset(("envoy", "ambassador", "spokesperson", "minister"))
"""Roles that several hold at once: the title alone names nobody."""
_RELATIONAL = frozenset(
    ("ally", "friend", "partner", "neighbor", "neighbour", "foe", "rival", "enemy", "adversary", "counterpart")
) | {"nation", "country", "giant", "patron", "backer", "benefactor", "supporter", "sponsor"}


def _is_title_of_name(token: Token) -> bool:
    """Is the noun the title of the name that follows it ("President Xi")?"""
    return (
        token.dep in ("compound", "nmod", "amod")
        and token.head is not None
        and token.head.start > token.start
        and (bool(token.head.hits) or token.head.tag.startswith("NNP"))
    )
