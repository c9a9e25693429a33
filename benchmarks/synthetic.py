"""Readings made up by the hundred thousand, shaped like real ones: `python benchmarks/synthetic.py STORE [DOCUMENTS]`.

Ten assertions a document, each from a sentence that says it, between actors of the catalogue and people who act for
them; few actors stand in most of it, as in the news. A document is made of its number alone, so that any slice of them
is the same wherever and whenever it is made. The names are real, what is said of them is not.
"""

from __future__ import annotations

import bisect
import datetime
import functools
import itertools
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

if __name__ == "__main__":  # run by hand from a checkout
    sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.actors.catalogue import catalogue
from kg.model import Actor, Assertion, Document, Mention, Reading, Sentence, Span
from kg.relations import Relation, ontology
from kg.store import WriteReport, open_store

T = TypeVar("T")

BATCH = 1000
ASSERTIONS = 10  # in a document
OUTLETS = tuple(f"Outlet {n}" for n in range(1, 201))
_FIRST_DAY = datetime.date(2015, 1, 1)
_DAYS = 3650
_HEAVY = ("us", "cn", "ru", "il", "ir", "ua", "in", "pk", "gb", "fr", "de", "tr", "sa", "jp", "kr", "sy", "eg", "af")
_AIDES = (
    ("person", "government", "the president of"),
    ("person", "government", "the foreign minister of"),
    ("person", "government", "the envoy of"),
    ("organisation", "military", "the army of"),
    ("organisation", "business", "a company of"),
)


@dataclass(frozen=True, slots=True)
class _End:
    """An actor with what it rolls up to."""

    actor: Actor
    state: Actor
    how: str


class _Drawn:
    """Draws by falling weights: the nth of a list has the weight 1 / n ** slope."""

    def __init__(self, slope: float) -> None:
        self.slope = slope

    @functools.cache  # noqa: B019 one object for all of a run
    def _sums(self, size: int) -> list[float]:
        return list(itertools.accumulate(1 / (n + 1) ** self.slope for n in range(size)))

    def __call__(self, of: Sequence[T], chance: float) -> T:
        sums = self._sums(len(of))
        return of[bisect.bisect(sums, chance * sums[-1], hi=len(of) - 1)]


_drawn = _Drawn(1.5)


@functools.cache
def _cast() -> tuple[list[list[_End]], list[_End], list[Relation]]:
    """The states, each with those who act for it, the heaviest first; who acts for none; and the relations."""
    known = catalogue()
    actors = [known.actor(id) for id in sorted(known.ids())]
    states = [actor for actor in actors if actor.kind == "state"]
    states.sort(key=lambda actor: (_HEAVY.index(actor.id) if actor.id in _HEAVY else len(_HEAVY), actor.id))
    crews = []
    for state in states:
        crew = [_End(state, state, "name")]
        for n, (kind, sector, of) in enumerate(_AIDES):
            aide = Actor(f"synthetic.{state.id}.{n}", f"{of} {state.name}", kind, sector)  # type: ignore[arg-type]
            crew.append(_End(aide, state, "title"))
        crews.append(crew)
    others = [_End(actor, actor, "name") for actor in actors if actor.kind in ("armed group", "bloc", "organisation")]
    random.Random(1).shuffle(others)
    cards = [card for card in ontology().relations.values() if card.family != "structure"]
    random.Random(2).shuffle(cards)
    return crews, others, cards


def readings(documents: int, *, first: int = 0, assertions: int = ASSERTIONS) -> Iterator[Reading]:
    """That many readings, from the document of number `first` on."""
    for number in range(first, first + documents):
        yield _reading(number, assertions)


def _reading(number: int, size: int) -> Reading:
    chance = random.Random(number)
    name = f"synthetic/{number:07}"
    day = (_FIRST_DAY + datetime.timedelta(days=chance.randrange(_DAYS))).isoformat()
    parts: list[str] = []
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    assertions: list[Assertion] = []
    start = 0
    for _ in range(size):
        source, target, card = _triple(chance)
        verb = card.id.replace("_", " ")
        after = f", as it said on {chance.choice(('Monday', 'Tuesday', 'Friday'))}"
        bystander = _end(chance) if chance.random() < 0.6 else None
        if bystander is not None:
            after += f" after talks with {bystander.actor.name}"
        words = f"{source.actor.name} {verb} {target.actor.name}{after}."
        sentence = Sentence(start, start + len(words), words)
        trigger_start = start + len(source.actor.name) + 1
        first = _mention(source, start, chance)
        second = _mention(target, trigger_start + len(verb) + 1, chance)
        sentences.append(sentence)
        mentions += [first, second]
        if bystander is not None:
            mentions.append(_mention(bystander, sentence.end - 1 - len(bystander.actor.name), chance))
        assertions.append(
            Assertion(
                document=name,
                sentence=sentence,
                source=first,
                relation=card.id,
                target=second,
                trigger=Span(trigger_start, trigger_start + len(verb), verb),
                polarity="negated" if chance.random() < 0.04 else "affirmed",
                status=chance.choices(("actual", "planned", "alleged", "hypothetical", "ended"), (78, 10, 6, 4, 2))[0],
                background=chance.random() < 0.05,
                attributed_to=source.state.name if chance.random() < 0.2 else None,
                voice="self" if chance.random() < 0.2 else "outlet",
                about=(target.state.name,) if chance.random() < 0.1 else (),
                date=day if chance.random() < 0.1 else None,
                confidence=round(0.5 + chance.random() / 2, 2),
                rule=f"{card.family}.verb",
                plover=card.plover,
                cameo=card.cameo,
                weight=card.weight,
            )
        )
        parts.append(words)
        start += len(words) + 1
    document = Document(
        id=name,
        text=" ".join(parts) + "\n",
        title=f"Made up, number {number}",
        publisher=_drawn(OUTLETS, chance.random()),
        date=day,
        url=f"https://news.example/{number}",
    )
    return Reading(
        document=document, sentences=tuple(sentences), mentions=tuple(mentions), assertions=tuple(assertions)
    )


def _triple(chance: random.Random) -> tuple[_End, _End, Relation]:
    source = _end(chance)
    while (target := _end(chance)).state.id == source.state.id:
        pass
    return source, target, _drawn(_cast()[2], chance.random())


def _end(chance: random.Random) -> _End:
    crews, others, _ = _cast()
    if chance.random() < 0.12:
        return _drawn(others, chance.random())
    crew = _drawn(crews, chance.random())
    return crew[0] if chance.random() < 0.65 else crew[chance.randrange(1, len(crew))]


def _mention(end: _End, start: int, chance: random.Random) -> Mention:
    name = end.actor.name
    how = "anaphora" if chance.random() < 0.1 else end.how
    return Mention(
        start=start,
        end=start + len(name),
        text=name,
        actor=end.actor,
        state=end.state,
        how=how,  # type: ignore[arg-type]
        confidence=0.7 if how == "anaphora" else 1.0,
    )


def batches(documents: int, size: int = BATCH, *, first: int = 0) -> Iterator[list[Reading]]:
    """The readings in lists of a size."""
    for begin in range(0, documents, size):
        yield list(readings(min(size, documents - begin), first=first + begin))


def main(arguments: list[str]) -> int:
    """Fill a store."""
    if not arguments or len(arguments) > 2 or not all(number.isdecimal() for number in arguments[1:]):
        print("usage: python benchmarks/synthetic.py STORE [DOCUMENTS, 10000 unless told]", file=sys.stderr)
        return 2
    documents = int(arguments[1]) if len(arguments) > 1 else 10_000
    began, report = time.process_time(), WriteReport()
    with open_store(arguments[0], create=True) as store:
        report = store.write(readings(documents), aliases=catalogue().aliases)
    spent = time.process_time() - began
    print(f"{report.added} documents, {report.assertions} assertions -> {arguments[0]}; {spent:.1f} CPU seconds")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
