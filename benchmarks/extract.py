"""CPU seconds of reading, beside spaCy's default pipeline on the same texts: `python benchmarks/extract.py SOURCES…`.

Prints a table; every row is measured in this one run, each after a warm-up. `rules` is what our own code costs: all of
`kg` less parsing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import spacy

from kg.documents import read_sources
from kg.errors import Problem
from kg.extract import DEFAULT_MODEL, Extractor
from kg.extract.blocks import blocks, capitalised_names
from kg.model import Document

ROUNDS = 3


def main(sources: list[str]) -> int:
    """Measure and print."""
    problems: list[Problem] = []
    documents = list(read_sources(sources, problems=problems))
    if not documents:
        print("Nothing to read: name files or folders, as for `kg extract`.", file=sys.stderr)
        return 2
    words = sum(len(d.text.split()) for d in documents)
    extractor = Extractor()
    rows = [("kg, whole", _best(lambda: list(extractor.read(documents, []))))]
    rows.append(("kg, parsing only", _best(lambda: list(extractor.parser.parse(_jobs(documents))))))
    plain = spacy.load(DEFAULT_MODEL)
    rows.append(("spaCy, default pipeline", _best(lambda: list(plain.pipe([d.text for d in documents])))))
    whole, parsing, default = (seconds for _, seconds in rows)
    rows.insert(2, ("kg, rules", whole - parsing))
    print(f"{len(documents)} documents, {words} words; best of {ROUNDS}, CPU seconds")
    print(f"{'':<26}{'CPU s':>8}{'of spaCy':>10}{'words/s':>10}")
    for name, seconds in rows:
        print(f"{name:<26}{seconds:>8.2f}{seconds / default:>10.2f}{words / seconds:>10.0f}")
    return 0


def _jobs(documents: list[Document]) -> list[tuple[str, int, bool, set[str]]]:
    jobs = []
    for document in documents:
        found = blocks(document.text)
        keep = capitalised_names(document.text, found)
        jobs += [(document.text[b.start : b.end], b.start, b.headline, keep) for b in found]
    return jobs


def _best(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
