"""One job beside many: `python benchmarks/jobs.py [ARTICLES] [JOBS] [ROUNDS]` builds a store of made-up articles.

Every build is a process of its own; they run in turn, and of each kind the best counts. Printed are wall seconds, how
many of them passed until the first articles were written (Python, spaCy, its model), the CPU seconds of the process
that writes and of those that read, and whether all stores hold the same.

Wall seconds mean something only on a machine that does nothing else; the load that it had is printed. CPU seconds say
on any how much faster it can be where each job has a processor of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.articles import articles
from kg.build import Report, build
from kg.store import open_store


def main(count: int, jobs: int, rounds: int) -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder, "news.jsonl")
        with news.open("w", encoding="utf-8") as file:
            for document in articles(count):
                file.write(json.dumps({"id": document.id, "date": document.date, "text": document.text}) + "\n")
        print(f"{count} articles; load of the machine before: {os.getloadavg()[0]:.1f}")
        print(f"{'jobs':<6}{'wall s':>8}{'start s':>9}{'CPU s writing':>15}{'reading':>9}{'articles/s':>12}")
        runs: dict[int, list[dict[str, float]]] = {1: [], jobs: []}
        dumps = set()
        for _ in range(rounds):
            for n in runs:
                found = json.loads(subprocess.check_output([sys.executable, __file__, "--build", str(news), str(n)]))
                dumps.add(found.pop("dump"))
                runs[n].append(found)
                print(
                    f"{n:<6}{found['wall']:>8.1f}{found['start']:>9.1f}{found['own']:>15.1f}{found['workers']:>9.1f}"
                    f"{count / found['wall']:>12.1f}"
                )
        one, many = (_best(found) for found in runs.values())
        steady = many["rate"] / one["rate"]
        many["workers"] = max(found["workers"] for found in runs[jobs])  # a run may end before its workers are counted
        possible = jobs * one["own"] / (many["own"] + many["workers"])
        print(f"{jobs} jobs are {one['wall'] / many['wall']:.2f} times as fast as one, {steady:.2f} after the start;")
        print(f"by CPU time {possible:.2f} is possible; writing takes {many['own'] / many['workers']:.1%} of reading's")
        print(f"stores equal: {len(dumps) == 1}")
        return 0 if len(dumps) == 1 else 1


def one(news: str, jobs: int) -> None:
    """Build once and print what it took."""
    start: list[tuple[int, float]] = []

    def seen(report: Report) -> None:
        if report.documents and not start:
            start.append((report.documents, time.perf_counter() - begun))

    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        report = build([news], Path(folder, "kg.db"), jobs=jobs, progress=seen)
        wall = time.perf_counter() - begun
        own, workers = (_cpu(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        with open_store(Path(folder, "kg.db")) as store:
            dump = hashlib.sha256("\n".join(store.dump()).encode()).hexdigest()
    documents, first = start[0]
    rate = (report.documents - documents) / (wall - first)
    found = {"wall": wall, "start": first, "rate": rate, "own": own, "workers": workers, "dump": dump}
    print(json.dumps(found))


def _best(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: (max if key == "rate" else min)(run[key] for run in runs) for key in runs[0]}


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(*(int(given) for given in (*sys.argv[1:], *("800", "2", "2")[len(sys.argv) - 1 :]))))
