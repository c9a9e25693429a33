"""One job beside two: `python benchmarks/jobs.py [ARTICLES] [JOBS]` builds a store of made-up articles with each.

Prints wall and CPU seconds, workers included, and whether both stores hold the same. Wall seconds mean something only
on a machine that does nothing else; the load that it had is printed.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.articles import articles
from kg.build import build
from kg.store import open_store


def main(count: int, jobs: int) -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder, "news")
        news.mkdir()
        for document in articles(count):
            (news / f"{document.id}.txt").write_text(document.text, "utf-8")
        print(f"{count} articles; load of the machine before: {os.getloadavg()[0]:.1f}")
        print(f"{'jobs':<8}{'wall s':>8}{'CPU s':>8}{'articles/s':>12}")
        walls, dumps = [], []
        for n in (1, jobs):
            store = Path(folder, f"{n}.db")
            wall, cpu = time.perf_counter(), _cpu()
            build([news], store, date="2020-01-01", jobs=n)
            walls.append(time.perf_counter() - wall)
            print(f"{n:<8}{walls[-1]:>8.1f}{_cpu() - cpu:>8.1f}{count / walls[-1]:>12.1f}")
            with open_store(store) as opened:
                dumps.append(list(opened.dump()))
        print(f"{jobs} jobs are {walls[0] / walls[1]:.2f} times as fast; stores equal: {dumps[0] == dumps[1]}")
        return 0 if dumps[0] == dumps[1] else 1


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 600, int(sys.argv[2]) if len(sys.argv) > 2 else 2))
