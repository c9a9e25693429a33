"""CPU seconds of reading, beside spaCy's default pipeline on the same texts: `python benchmarks/extract.py SOURCES…`.

Without SOURCES 200 made-up articles are read. Prints a table; all rows are measured in this one run, in turn, each
after a warm-up; spaCy's pipeline is loaded as `spacy.load(model)` does and run with its own batch size and matrix code.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.articles import articles
from kg.documents import read_sources
from kg.errors import Problem
from kg.extract import DEFAULT_MODEL, Extractor
from kg.extract.blocks import blocks, capitalised_names
from kg.extract.lexicon import lexicon
from kg.extract.prepass import Prepass
from kg.extract.vocabulary import vocabulary
from kg.model import Document

ROUNDS = 4


def main(sources: list[str]) -> int:
    """Measure and print."""
    problems: list[Problem] = []
    documents = list(read_sources(sources, problems=problems) if sources else articles(200))
    if not documents:
        print("Nothing to read: name files or folders, as for `kg extract`.", file=sys.stderr)
        return 2
    words = sum(len(d.text.split()) for d in documents)
    fast, plain = Extractor(), Extractor(fast=False)
    default = spacy.load(DEFAULT_MODEL)
    jobs = _jobs(documents)
    tables = fast.parser.lemma_tables
    assert tables is not None
    prepass = Prepass(lexicon(), vocabulary(), *tables)
    texts = [d.text for d in documents]
    seconds = _best(
        {
            "kg, whole": lambda: list(fast.read(documents, [])),
            "kg, parsing all of it": lambda: list(fast.parser.parse(jobs)),
            "kg, whole, fast code off": lambda: list(plain.read(documents, [])),
            "kg, pre-pass alone": lambda: [prepass.holds(job[0]) for job in jobs],
            "spaCy, default pipeline": lambda: list(default.pipe(texts)),
        }
    )
    base = seconds["spaCy, default pipeline"]
    print(f"{len(documents)} documents, {words} words; best of {ROUNDS}, CPU seconds")
    print(f"{'':<26}{'CPU s':>8}{'of spaCy':>10}{'words/s':>12}")
    for name, spent in seconds.items():
        print(f"{name:<26}{spent:>8.3f}{spent / base:>10.2f}{words / spent:>12,.0f}")
    return 0


def _jobs(documents: list[Document]) -> list[tuple[str, int, bool, set[str]]]:
    jobs = []
    for document in documents:
        found = blocks(document.text)
        keep = capitalised_names(document.text, found)
        jobs += [(document.text[b.start : b.end], b.start, b.headline, keep) for b in found]
    return jobs


def _best(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least CPU seconds of each, measured in turn so that all meet the same machine."""
    best = dict.fromkeys(work, float("inf"))
    for n in range(ROUNDS + 1):
        for name, do in work.items():
            start = time.process_time()
            do()
            if n:
                best[name] = min(best[name], time.process_time() - start)
    return best


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
