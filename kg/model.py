"""The value objects that flow through kg: document -> sentence -> mention -> assertion -> edge.

All are frozen. Offsets are code points into the document's text, end exclusive, so that
``document.text[span.start:span.end]`` gives the quoted words again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "ACTOR_KINDS",
    "FAMILIES",
    "HOWS",
    "LEVELS",
    "POLARITIES",
    "SECTORS",
    "STATUSES",
    "VOICES",
    "Actor",
    "Assertion",
    "Document",
    "Edge",
    "Family",
    "How",
    "Kind",
    "Level",
    "Mention",
    "Original",
    "Polarity",
    "Reading",
    "Sector",
    "Sentence",
    "Span",
    "Status",
    "Voice",
]

Family = Literal["backing", "engaging", "opposing", "fighting", "structure"]
FAMILIES: tuple[Family, ...] = ("backing", "engaging", "opposing", "fighting", "structure")

Kind = Literal["state", "territory", "person", "office", "organisation", "armed group", "bloc", "programme"]
ACTOR_KINDS: tuple[Kind, ...] = (
    "state",
    "territory",
    "person",
    "office",
    "organisation",
    "armed group",
    "bloc",
    "programme",
)

Sector = Literal[
    "government",
    "military",
    "intelligence",
    "legislature",
    "judiciary",
    "party",
    "opposition",
    "media",
    "business",
    "civilians",
]
SECTORS: tuple[Sector, ...] = (
    "government",
    "military",
    "intelligence",
    "legislature",
    "judiciary",
    "party",
    "opposition",
    "media",
    "business",
    "civilians",
)

Polarity = Literal["affirmed", "negated"]
POLARITIES: tuple[Polarity, ...] = ("affirmed", "negated")

Status = Literal["actual", "planned", "alleged", "hypothetical", "ended"]
STATUSES: tuple[Status, ...] = ("actual", "planned", "alleged", "hypothetical", "ended")

How = Literal["name", "title", "learned", "anaphora"]
HOWS: tuple[How, ...] = ("name", "title", "learned", "anaphora")

Voice = Literal["self", "target", "opponent", "third party", "outlet"]
VOICES: tuple[Voice, ...] = ("self", "target", "opponent", "third party", "outlet")

Level = Literal["actor", "state"]
LEVELS: tuple[Level, ...] = ("actor", "state")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: code points, end exclusive."""

    start: int
    end: int
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence (or headline) of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a paraphrase is based on: the citation of somebody else's text."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source text with its citation data.

    `text` is the text as cited: offsets of everything read from it point into it. `date` is ISO 8601, as exact as it
    is known (2019-10-09, 2019-10 or 2019). A document with `based_on` is a paraphrase: its words are its own
    publisher's, never the original's.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    kind: str | None = None
    based_on: Original | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of text and citation data in hex: equal digests need no second reading."""
        original = self.based_on or Original()
        parts = (
            self.text,
            self.title,
            self.publisher,
            self.date,
            self.url,
            self.kind,
            original.title,
            original.publisher,
            original.date,
            original.url,
        )
        return _sha256("\x1f".join(part or "" for part in parts))

    @property
    def origin(self) -> str:
        """Equal for documents that are no independent sources: copies of one text, paraphrases of one original.

        A copy has the same words, whatever their case and spacing; an original is told by its address, else by its
        publisher, title and date. A paraphrase and its original, both read, have different origins.
        """
        original = self.based_on
        if original is not None and original.url:
            key = "at " + _address(original.url)
        elif original is not None and original.title:
            key = "\x1f".join(("of", original.publisher or "", original.title, original.date or "")).casefold()
        else:
            key = "text " + " ".join(self.text.casefold().split())
        return _sha256(key)[:16]


def _sha256(text: str) -> str:
    import hashlib  # loads OpenSSL, which a question does without

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _address(url: str) -> str:
    """The address without what differs between two links to one page: scheme, www., fragment, the last slash."""
    rest = url.strip().partition("#")[0].rstrip("/").casefold()
    return rest.partition("://")[2].removeprefix("www.") or rest


@dataclass(frozen=True, slots=True)
class Actor:
    """Who can act or be acted on. `iso3` is ISO 3166-1 alpha-3 for states, else None."""

    id: str
    name: str
    kind: Kind
    sector: Sector | None = None
    iso3: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a document that stand for an actor.

    `state` is what the actor rolls up to at the document's date, the actor itself where nothing. `how` says what
    resolved it: its name, a title, something the document taught, or anaphora. `confidence` is between 0 and 1.
    """

    start: int
    end: int
    text: str
    actor: Actor
    state: Actor
    how: How = "name"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """Source actor, relation, target actor, as one sentence of one document states it.

    It cannot be built without its evidence. `trigger` is None where no word says the relation (an apposition).
    `date` is a day, a month, a year or None. `rule` names the frame that read it.
    """

    document: str
    sentence: Sentence
    source: Mention
    relation: str
    target: Mention
    trigger: Span | None
    polarity: Polarity = "affirmed"
    status: Status = "actual"
    background: bool = False
    attributed_to: str | None = None
    voice: Voice = "outlet"
    about: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    date: str | None = None
    confidence: float
    rule: str
    plover: str | None = None
    cameo: str | None = None
    weight: float | None = None

    @property
    def id(self) -> str:
        """A hash of document id, spans and relation: the same reading of the same text has the same id."""
        sentence, source, target, trigger = self.sentence, self.source, self.target, self.trigger
        spans = f"{sentence.start}\x1f{sentence.end}\x1f{source.start}\x1f{source.end}\x1f{source.actor.id}"
        ends = f"{target.start}\x1f{target.end}\x1f{target.actor.id}"
        words = f"{trigger.start}\x1f{trigger.end}" if trigger else "-1\x1f-1"
        text = f"{self.document}\x1f{spans}\x1f{self.relation}\x1f{ends}\x1f{words}"
        return _sha256(text)[:16]

    @property
    def is_fact(self) -> bool:
        """Affirmed and actual: the only kind of assertion that makes an edge."""
        return self.polarity == "affirmed" and self.status == "actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one document: every sentence, every resolved mention, every assertion, in text order."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    assertions: tuple[Assertion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """All assertions of one (level, source, relation, target), counted.

    The six counts are apart and never summed: the first five are affirmed assertions by status, `negated` is all
    that deny. `documents`, `originals`, `outlets`, `first` and `last` (ISO 8601 days or parts of one) speak of
    affirmed, actual assertions only; background ones do not move `first` or `last`. `originals` counts documents that
    retell the same text or copy each other once (`Document.origin`).
    """

    level: Level
    source: str
    relation: str
    target: str
    actual: int = 0
    planned: int = 0
    alleged: int = 0
    hypothetical: int = 0
    ended: int = 0
    negated: int = 0
    documents: int = 0
    originals: int = 0
    outlets: int = 0
    first: str | None = None
    last: str | None = None
