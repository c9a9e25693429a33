"""What cog writes into docs/questions.md: each form of question with what is asked and what seeds/ answers."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from kg.queries.lexicon import predicates
from kg.queries.parsing import NotUnderstoodError
from kg.queries.question import Part, Question, answer, understand
from kg.relations import ontology
from kg.store import Filter, open_store
from scripts import examples

__all__ = ["FORMS", "forms", "refused", "verbs"]

FORMS: dict[str, tuple[str, ...]] = {
    "Who": (
        "who backs Pakistan",
        "who supported Pakistan",
        "which countries are backing Pakistan",
        "who is an ally of Pakistan",
        "who are Pakistan's allies",
        "who is Pakistan backed by",
        "by whom is Pakistan backed",
        "who backs whom",
    ),
    "Whom": (
        "whom does China back",
        "whom has China helped",
        "who is criticized by India",
        "whom is India at war with",
        "with whom does India trade",
        "who gets aid from China",
    ),
    "Whether": (
        "does China back Pakistan",
        "did China aid Pakistan",
        "is Pakistan supported by China",
        "has India been opposed by China",
        "is Russia arming Pakistan",
        "does China back both Pakistan and Afghanistan",
    ),
    "Two things of one": (
        "who backs Pakistan but opposes India",
        "who is allied with both Pakistan and Afghanistan",
        "who is backed by China but criticized by India",
        "whom do China and India both oppose",
        "who backs Pakistan but not India",
    ),
    "What joins two": (
        "how are China and Afghanistan connected",
        "what connects Russia and China",
        "what is between China and India",
        "what happened between India and Pakistan since 2020",
    ),
    "When": (
        "who backs Pakistan since 2020",
        "who backed Pakistan before May 2021",
        "who backed Pakistan in 2019",
        "who backed Pakistan between October 2019 and 2020",
        "who backs Pakistan as of 2020-01-01",
        "since 2025, who mediates for Afghanistan",
    ),
    "Who says so, and how often": (
        "who backs Pakistan according to Newsweek",
        "who backs Pakistan in at least 2 sources",
    ),
    "About what, against whom": ("who backs Pakistan on Kashmir", "who supports Pakistan against India"),
}
"""Questions by what they show; each is asked when the documents are written, and must be one that can be read."""

REFUSED = (
    "who bakcs Pakistan",
    "who backs Pakistan sinc 2020",
    "how are China and Pakistan conected",
    "who backs Pakistn",
    "who backs Pakistan on trade",
    "tell me about China and Pakistan",
)


def forms() -> str:
    """A table for each kind of question: the question, how it is read, and what the briefs in seeds/ answer."""
    parts = []
    for title, questions in FORMS.items():
        rows = [f"| {question} | {_read(question)} | {_answer(question)} |" for question in questions]
        parts.append(
            "\n".join((f"### {title}", "", "| question | is read as | seeds/ say |", "| --- | --- | --- |", *rows))
        )
    return "\n\n".join(parts)


def refused() -> str:
    """Questions that cannot be read, each with what kg says to it (exit code 2)."""
    lines = []
    with tempfile.TemporaryDirectory() as place:
        path = examples.folder(Path(place))
        for question in REFUSED:
            lines += [f'$ kg query "{question}"', *examples.run(("query", question), path, leaves=2), ""]
    return "```console\n" + "\n".join(lines).rstrip() + "\n```"


def verbs() -> str:
    """The verbs and phrases of each relation and family."""
    rows = []
    families = {predicate.family for predicate in predicates() if predicate.family}
    for key in (*sorted(families), *ontology().relations):
        said = [p for p in predicates() if (p.family or (None if p.family else p.relations[0])) == key]
        words = ", ".join(("~ " if p.inverted else "") + " ".join(p.words) for p in said)
        rows.append(f"| `{key}` | {words} |")
    return "\n".join(("| relation or family | verbs and phrases |", "| --- | --- |", *rows))


@functools.cache
def _understood(question: str) -> Question:
    with tempfile.TemporaryDirectory() as place, open_store(examples.folder(Path(place)) / "kg.db") as store:
        return understand(question, store)


def _read(text: str) -> str:
    try:
        question = _understood(text)
    except NotUnderstoodError as error:
        raise SystemExit(f"docs: {text!r} cannot be read: {error}") from error
    if question.form != "who":
        parts = [f"{question.ends[0].name} – {question.form} – {question.ends[1].name}"]
    else:
        parts = [*map(_triple, question.parts), *(f"not {_triple(part)}" for part in question.without)]
    return "; ".join((*parts, *_bounds(question.bounds)))


def _triple(part: Part) -> str:
    what = part.family or ", ".join(part.relations)
    return f"{part.source.name if part.source else '?'} – *{what}* – {part.target.name if part.target else '?'}"


def _bounds(bounds: Filter) -> list[str]:
    said = {
        "since": bounds.since,
        "until": bounds.until,
        "as of": bounds.as_of,
        "about": bounds.about and bounds.about[0],
        "against": bounds.against and bounds.against[0],
        "according to": bounds.according_to and bounds.according_to[0],
        "originals": bounds.min_originals,
    }
    return [f"{name} {value}" for name, value in said.items() if value is not None]


def _answer(text: str) -> str:
    question = _understood(text)
    with tempfile.TemporaryDirectory() as place, open_store(examples.folder(Path(place)) / "kg.db") as store:
        if question.form == "connected":
            from kg.queries.path import paths

            one, two = question.ends
            found = paths(store, one.id, two.id, k=1, bounds=question.bounds)
            return " – ".join(actor.name for actor in found[0].actors) if found else "nothing"
        if question.form == "between":
            from kg.queries.between import between

            story = between(store, *question.ends, bounds=question.bounds)
            return "; ".join(f"{turn.first}: {' and '.join(turn.leading)}" for turn in story.turns) or "nothing"
        found_ = answer(store, question, quotes=0)
        rows = [row for each in (found_, *found_.also) for row in each.facts]
        told: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            told.setdefault((row.source.name, row.target.name), []).append(f"{row.relation} ({row.verdict})")
        short = [f"{source} {', '.join(words)} {target}" for (source, target), words in told.items()]
        if len(short) > 3:
            short = [*short[:3], f"and {len(short) - 3} pairs more"]
        others = [group.heading for group in found_.others]
        return "; ".join(short) or (f"no fact; {', '.join(others)}" if others else "nothing")
