"""What the map costs, in Chromium: `python benchmarks/map.py`.

CPU seconds of the page's main thread until its first picture stands, and frames per second while the start view is
panned for two seconds. Worlds are made up and go through a store, as for `kg map`; so does the time to write the file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import launched  # noqa: E402 -- from tests/
from map_views import large_view, readings  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

from kg.export.html import render_map  # noqa: E402
from kg.export.view import map_view  # noqa: E402
from kg.store import open_store  # noqa: E402

ROUNDS = 3
SIZES = [(60, 200), (300, 2000), (3000, 30000)]

PAN = """() => new Promise((done) => {
  const from = kgMap.network.getViewPosition();
  const start = performance.now();
  let frames = 0;
  const step = () => {
    const passed = performance.now() - start;
    if (passed > 2000) { done(frames / (passed / 1000)); return; }
    frames += 1;
    const [x, y] = [from.x + 80 * Math.sin(passed / 300), from.y + 50 * Math.cos(passed / 300)];
    kgMap.network.moveTo({ position: { x, y } });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def main() -> int:
    """Measure and print."""
    print(f"{'actors / edges':<18}{'written in':>12}{'file':>9}{'first picture':>15}{'frames/s':>10}")
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        for actors, edges in SIZES:
            page, seconds = written(Path(folder), actors, edges)
            first = min(cpu(browser, page) for _ in range(ROUNDS))
            size = f"{page.stat().st_size / 1e6:.1f} MB"
            rate = panned(browser, page)
            label = f"{actors:,} / {edges:,}"
            print(f"{label:<18}{seconds:>10.1f} s{size:>9}{first:>13.2f} s{rate:>10.0f}")
    return 0


def written(folder: Path, actors: int, edges: int) -> tuple[Path, float]:
    """The page of a made-up world, by way of a store, and the CPU seconds of `kg map` for it."""
    path = folder / f"{actors}.html"
    with open_store(folder / f"{actors}.db", create=True) as store:
        store.write(readings(large_view(actors, edges)))
        start = time.process_time()
        path.write_text(render_map(map_view(store), quotes="short"), encoding="utf-8")
    return path, time.process_time() - start


def cpu(browser: Browser, file: Path) -> float:
    """CPU seconds of the page's main thread from the first byte to the first picture."""
    context = browser.new_context(viewport={"width": 1300, "height": 860})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(file.as_uri())
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return float(metrics["TaskDuration"])


def panned(browser: Browser, file: Path) -> float:
    """Frames per second while the start view is moved about."""
    context = browser.new_context(viewport={"width": 1300, "height": 860})
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_timeout(500)
    rate: float = page.evaluate(PAN)
    context.close()
    return rate


if __name__ == "__main__":
    sys.exit(main())
