"""Pages of the map for tests in Chromium, each written once a session, and where things are on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from map_views import large_view, small_view
from playwright.sync_api import Browser, Page

from kg.export.content import MapView
from kg.export.html import render_map

# The middle of a drawn line, on the screen: where a user would click it. vis-network knows its bends.
MIDDLE = """number => {
  const edge = kgMap.network.body.edges[number];
  const at = edge.edgeType.getPoint(0.5, edge.edgeType.getViaNode ? edge.edgeType.getViaNode() : undefined);
  const dom = kgMap.network.canvasToDOM(at);
  const box = document.getElementById("network").getBoundingClientRect();
  return { x: box.left + dom.x, y: box.top + dom.y };
}"""
ACTOR = """number => {
  const dom = kgMap.network.canvasToDOM(kgMap.network.getPosition(number));
  const box = document.getElementById("network").getBoundingClientRect();
  return { x: box.left + dom.x, y: box.top + dom.y };
}"""
LINE = "key => kgMap.data.lines.findIndex((line) => line.key.join() === key.join())"

VIEWS: dict[str, Callable[[], MapView]] = {
    "small": small_view,
    "medium": lambda: large_view(60, 150),
    "large": lambda: large_view(300, 2000),
}


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Pages by name, each written once."""
    folder = tmp_path_factory.mktemp("maps")

    def file(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(render_map(VIEWS[name]()), encoding="utf-8")
        return path

    return file


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes the page of a view."""

    def write(view: MapView, **options: Any) -> Path:
        path = tmp_path / "map.html"
        path.write_text(render_map(view, **options), encoding="utf-8")
        return path

    return write


@pytest.fixture
def small(chromium: Browser, files: Callable[[str], Path]) -> Iterator[Page]:
    """Four actors and six lines, open; nothing may be fetched or complained of."""
    with opened(chromium, files("small")) as seen:
        yield seen.page
        seen.assert_quiet()


@pytest.fixture
def large(chromium: Browser, files: Callable[[str], Path]) -> Iterator[Page]:
    """300 actors and about 1,800 lines, open."""
    with opened(chromium, files("large")) as seen:
        yield seen.page
        seen.assert_quiet()


def number(page: Page, *key: str) -> int:
    """The line of that source, target, family and "one" or "both"."""
    found: int = page.evaluate(LINE, list(key))
    assert found >= 0, key
    return found


def actor(page: Page, name: str) -> int:
    """The actor of that name."""
    found: int = page.evaluate("name => kgMap.data.actors.findIndex((actor) => actor.name === name)", name)
    assert found >= 0, name
    return found


def click(page: Page, script: str, which: int) -> None:
    """A real click where the script says the thing is."""
    at = page.evaluate(script, which)
    page.mouse.click(at["x"], at["y"])
    page.wait_for_timeout(50)


def heading(page: Page) -> str:
    """What the panel is about."""
    return page.inner_text("#panel h2")


def shown(page: Page) -> dict[str, list[int]]:
    """The numbers of the actors and lines drawn."""
    found: dict[str, list[int]] = page.evaluate("kgMap.shown")
    return found


def state(page: Page) -> dict[str, Any]:
    """All that a user can change."""
    found: dict[str, Any] = page.evaluate("kgMap.state")
    return found


def filters(page: Page) -> None:
    """Opens the filters."""
    page.click("#filters-tab")


def pick_date(page: Page, field: str, day: str) -> None:
    """Fills a date field as a user does."""
    page.fill(field, day)
    page.dispatch_event(field, "change")


def focus_map(page: Page) -> None:
    """Gives the map the keyboard."""
    page.focus("#network .vis-network")
