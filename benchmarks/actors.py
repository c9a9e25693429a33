"""What the actor catalogue costs: `python benchmarks/actors.py`.

CPU milliseconds, best and median of several runs in processes of their own, so that nothing is warm that would be cold
for a user. The promise is that loading stays under 150 ms.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 5
LIMIT = 150.0

TEXT = "Chinese President Xi Jinping told the U.N. Security Council that Beijing backs Pakistan, not the Tamil Tigers. "
JOBS = {
    "import": ("", "import kg.actors.catalogue"),
    "load": ("import kg.actors.catalogue as c", "loaded = c.load_catalogue()"),
    "first look-up of a name": ("from kg.actors.catalogue import catalogue; k = catalogue()", "k.lookup('pakistan')"),
    "first surname": ("from kg.actors.catalogue import catalogue; k = catalogue()", "k.surname('Putin', '2022-03-01')"),
    "names in 100 kB of text": (
        f"from kg.actors.catalogue import catalogue; k = catalogue(); text = {TEXT!r} * {100_000 // len(TEXT)}",
        "k.find(text)",
    ),
}


def measure(setup: str, job: str) -> float:
    """CPU milliseconds of one run of the job in a new process."""
    code = f"import time\n{setup}\nstart = time.process_time()\n{job}\nprint(time.process_time() - start)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return 1000 * float(done.stdout)


def main() -> int:
    """Print the table; exit 1 where loading takes longer than promised."""
    print(f"{'CPU ms':<28}{'best':>8}{'median':>8}")
    best = {}
    for name, (setup, job) in JOBS.items():
        times = [measure(setup, job) for _ in range(RUNS)]
        best[name] = min(times)
        print(f"{name:<28}{min(times):>8.1f}{statistics.median(times):>8.1f}")
    print(f"loading: {best['load']:.0f} of {LIMIT:.0f} ms")
    return 1 if best["load"] > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
