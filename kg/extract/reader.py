"""Documents -> readings: the whole of the reading on one screen."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kg.actors.catalogue import Catalogue, NameHit, catalogue
from kg.errors import Problem
from kg.extract.assertions import Asserter, distinct
from kg.extract.blames import read_blames
from kg.extract.blocks import Block, blocks, capitalised_names
from kg.extract.dates import find_dates
from kg.extract.discourse import Deed, Discourse, Seen
from kg.extract.frames import read_acts
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.mentions import Resolver
from kg.extract.pipeline import DEFAULT_MODEL, Job, Parser
from kg.extract.prepass import Prepass, is_nobody, sentences_of
from kg.extract.speech import read_demands
from kg.extract.telling import with_opponents
from kg.extract.titles import Title, read_titles
from kg.extract.tree import Tree
from kg.extract.vocabulary import Vocabulary, vocabulary
from kg.model import Actor, Assertion, Document, Mention, Reading, Sentence
from kg.relations import Ontology, ontology

__all__ = ["MIN_CONFIDENCE", "VERSION", "Extractor", "Versions"]

VERSION = "4"
"""Rises with every change that reads the same text otherwise."""

MIN_CONFIDENCE = 0.5
"""What is more likely wrong than right is left out, such as a hypothetical deed of strangers that a noun says."""

BATCH = 16
"""Documents parsed together."""

LONG = 200_000
"""Code points of a text from which on it is parsed alone, a few blocks at a time. No text is too long."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What read a document: the rules, the spaCy model and the catalogue."""

    extractor: str
    model: str
    catalogue: str


@dataclass(slots=True)
class _Draft:
    """A document being read."""

    document: Document
    resolver: Resolver
    asserter: Asserter
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)


class Extractor:
    """Reads documents; loads the spaCy model once. Deterministic: the same document always gives the same reading.

    Paragraphs after the last that may hold a triple are not parsed: their mentions are the names that the catalogue
    knows, without languages ("in French") and whoever is of a people ("a Mexican who"), no more. A `thorough` extractor
    parses them too; the assertions are the same.
    """

    def __init__(
        self,
        actors: Catalogue | None = None,
        *,
        model: str = DEFAULT_MODEL,
        fast: bool = True,
        min_confidence: float = MIN_CONFIDENCE,
        thorough: bool = False,
    ) -> None:
        self.min_confidence = min_confidence
        self.catalogue = actors or catalogue()
        self.words: Vocabulary = vocabulary()
        self.lexicon: Lexicon = lexicon()
        self.ontology: Ontology = ontology()
        self.parser = Parser(
            self.catalogue, self.words, self.lexicon.lemmas | self.words.lemmas, self.lexicon.verbs, model, fast=fast
        )
        tables = None if thorough else self.parser.lemma_tables
        self._prepass = tables and Prepass(self.lexicon, self.words, *tables)

    @property
    def versions(self) -> Versions:
        return Versions(VERSION, self.parser.version, self.catalogue.version)

    def read(self, documents: Iterable[Document], problems: list[Problem]) -> Iterator[Reading]:
        """The readings of the documents, in order, as they come; memory does not grow with their number.

        A document that cannot be read is added to `problems` and passed over.
        """
        batch: list[Document] = []
        for document in documents:
            if len(document.text) > LONG:
                yield from self._batch(batch, problems)
                yield from self._long(document, problems)
                batch = []
                continue
            batch.append(document)
            if len(batch) == BATCH:
                yield from self._batch(batch, problems)
                batch = []
        yield from self._batch(batch, problems)

    def _batch(self, batch: list[Document], problems: list[Problem]) -> Iterator[Reading]:
        """Documents parsed together; where that fails, one by one, so that none costs the others."""
        parts = [(document, *self._jobs(document)) for document in batch if _is_whole(document, problems)]
        try:
            trees = iter(list(self.parser.parse(job for _, jobs, _ in parts for job in jobs)))
        except Exception:  # noqa: BLE001  which document it was shows when each is parsed alone
            trees = None
        for document, jobs, rest in parts:
            with _told(document, problems):
                parsed = list(self.parser.parse(jobs)) if trees is None else [next(trees) for _ in jobs]
                hits = [hit for part in parsed for tree in part for token in tree.tokens for hit in token.hits]
                yield self._document(document, parsed, rest, self._named(hits, rest, document))

    def _long(self, document: Document, problems: list[Problem]) -> Iterator[Reading]:
        """A text of which only a few blocks are held in memory as trees: what it names is looked up beforehand."""
        if _is_whole(document, problems):
            with _told(document, problems):
                jobs, rest = self._jobs(document)
                named = self._named(self.parser.hits(jobs), rest, document)
                yield self._document(document, self.parser.parse(jobs), rest, named)

    def _jobs(self, document: Document) -> tuple[list[Job], list[Job]]:
        """The paragraphs to be parsed, and the rest."""
        text, found = document.text, blocks(document.text)
        keep = capitalised_names(text, found) | self._surnames(document, found)
        jobs = [(text[b.start : b.end], b.start, b.headline, keep) for b in found]
        needed = self._prepass.needed([job[0] for job in jobs]) if self._prepass else len(jobs)
        return jobs[:needed], jobs[needed:]

    def _surnames(self, document: Document, found: list[Block]) -> set[str]:
        """The words of headlines that are the surname of somebody in office."""
        heads = {w for b in found if b.headline for w in re.findall(r"[A-Z][\w-]+", document.text[b.start : b.end])}
        known = self.parser.known
        return {w for w in heads if w.lower() not in known and self.catalogue.surname(w, document.date)}

    # --- one document ---------------------------------------------------------------------------------------------

    def _named(self, hits: Iterable[NameHit], rest: list[Job], document: Document) -> set[str]:
        """The ids of all states and other actors that the document names, whatever the names mean."""
        actors = {actor for hit in itertools.chain(hits, self.parser.hits(rest)) for actor, _ in hit.meanings}
        return {self.catalogue.state(actor, document.date).id for actor in actors}

    def _document(self, document: Document, parts: Iterable[list[Tree]], rest: list[Job], named: set[str]) -> Reading:
        discourse = Discourse(document.date, named=named)
        resolver = Resolver(self.catalogue, self.words, discourse)
        draft = _Draft(document, resolver, Asserter(document, resolver, self.words, self.ontology))
        for trees in parts:
            for tree in trees:
                self._sentence(draft, tree)
        for job in rest:
            self._pass_over(draft, job)
        return Reading(
            document=document,
            sentences=tuple(draft.sentences),
            mentions=tuple(draft.mentions),
            assertions=tuple(with_opponents(draft.assertions, self.ontology)),
        )

    def _pass_over(self, draft: _Draft, job: Job) -> None:
        """A paragraph that is not parsed: about where its sentences stand, and the names in it."""
        text, offset, _, _ = job
        for start, end in sentences_of(text):
            draft.sentences.append(Sentence(offset + start, offset + end, text[start:end]))
        for hit in self.parser.hits([job]):
            mention = None if is_nobody(hit, text) else draft.resolver.named(hit, offset + hit.start)
            if mention is not None:
                draft.mentions.append(mention)

    def _sentence(self, draft: _Draft, tree: Tree) -> None:
        resolver, discourse = draft.resolver, draft.resolver.discourse
        sentence = Sentence(tree.start, tree.end, tree.text)
        draft.sentences.append(sentence)
        resolver.enter(tree)
        titles = read_titles(tree, resolver, self.words)
        for title in titles:
            self._learn(title, discourse)
        resolver.look()
        asserter = draft.asserter
        found = [a for title in titles if (a := asserter.represents(sentence, title)) is not None]
        acts = read_acts(tree, self.lexicon, resolver, self.words)
        if acts:
            found += asserter.acts(tree, sentence, acts, find_dates(tree.text, draft.document.date))
        found += [asserter.demand(tree, sentence, demand) for demand in read_demands(tree, resolver, self.words)]
        found += asserter.blames(tree, sentence, read_blames(tree, resolver, self.words, self.lexicon), found)
        mentions = resolver.mentions()
        draft.mentions += mentions
        kept = [a for a in distinct(found, self.ontology) if a.confidence >= self.min_confidence]
        draft.assertions += kept
        discourse.dyads += [
            (discourse.sentence, a.source.state, a.target.state)
            for a in kept
            if a.source.state.id != a.target.state.id and a.relation not in ("represents", "member_of", "part_of")
        ]
        discourse.deeds += [
            Deed(a.relation, a.source, a.target, discourse.sentence, a.trigger.start)
            for a in kept
            if a.trigger is not None and a.polarity == "affirmed" and a.status in ("actual", "alleged", "planned")
        ]
        discourse.groups += [(discourse.sentence, *group) for group in self._groups(tree, resolver)]
        self._speaker(tree, resolver, discourse)
        subjects = [t.start for t in tree.tokens if t.dep in ("nsubj", "nsubjpass")]
        discourse.remember(
            Seen(
                m.actor, m.state, discourse.sentence, m.start, any(m.start <= s < m.end for s in subjects), text=m.text
            )
            for m in mentions
            if m.how == "anaphora" or m.how == "title"
        )

    def _learn(self, title: Title, discourse: Discourse) -> None:
        person = title.person.actor
        if title.former:
            discourse.former.add(person.id)
            return
        discourse.titles[title.lemma] = person
        discourse.titles[f"{title.lemma} {title.owner.state.id}"] = person
        if title.stated and title.owner.state.kind in ("state", "organisation", "armed group", "territory", "bloc"):
            known = self.catalogue.state(person.id, discourse.day) if person.id in self.catalogue else person
            if known.id == person.id and title.noun.sector in ("government", "military", "intelligence"):
                discourse.learned_state[person.id] = title.owner.state

    def _groups(self, tree: Tree, resolver: Resolver) -> Iterator[tuple[tuple[Actor, ...], str]]:
        """The states or groups that act together as subjects of the sentence, and by what noun they are called."""
        for token in tree.tokens:
            if token.dep in ("nsubj", "nsubjpass") or (
                token.dep == "pobj" and token.head is not None and token.head.dep == "agent"
            ):
                together = {m.state.id: m.state for m in resolver.actors(token)}
                if len(together) > 1:
                    yield tuple(together.values()), token.lemma

    def _speaker(self, tree: Tree, resolver: Resolver, discourse: Discourse) -> None:
        """Remember who spoke, for quotations that run on."""
        for token in tree.tokens if '"' in tree.text or "“" in tree.text else ():
            if token.is_verb and token.lemma in self.words.says:
                subject = token.kid("nsubj")
                said = resolver.actors(subject) if subject is not None else ()
                if said:
                    discourse.speaker, discourse.speaker_state = said[0].actor, said[0].state


def _is_whole(document: Document, problems: list[Problem]) -> bool:
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        problems.append(Problem(document.id, f"holds half a character at {error.start}; left out. Save it as UTF-8."))
        return False
    return True


@contextmanager
def _told(document: Document, problems: list[Problem]) -> Iterator[None]:
    """Whatever a document breaks must not cost the others: it is told and left out."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  no document may stop a run
        problems.append(Problem(document.id, f"could not be read ({type(error).__name__}: {error}); left out."))
