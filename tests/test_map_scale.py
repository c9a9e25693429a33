"""The map of whole stores in Chromium: the five briefs, and 3,000 actors with 30,000 edges."""

from itertools import combinations
from pathlib import Path

import pytest
from browser import opened
from map_pages import heading, shown
from map_views import large_view, readings

from kg.build import build
from kg.export.html import render_map
from kg.export.view import MAX_LINKS, map_view
from kg.store import open_store

pytestmark = pytest.mark.browser

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A store of 3,000 actors and 30,000 edges, as a page."""
    folder = tmp_path_factory.mktemp("world")
    with open_store(folder / "world.db", create=True) as store:
        assert not store.write(readings(large_view(3000, 30000))).problems
        (folder / "map.html").write_text(render_map(map_view(store), quotes="short"), encoding="utf-8")
    return folder / "map.html"


@pytest.mark.parametrize(("width", "height"), [(1300, 860), (390, 844)])
def test_a_world_opens_quietly_with_its_backbone(chromium, world, width, height):
    with opened(chromium, world, width=width, height=height) as seen:
        page = seen.page
        drawn, labels = shown(page), page.evaluate("kgMap.labels()")
        assert len(drawn["actors"]) <= 60
        assert len(drawn["lines"]) <= 150
        assert len(labels) >= 0.85 * len(drawn["actors"])
        for a, b in combinations(labels, 2):
            assert (
                a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )
        held = page.evaluate("kgMap.data.lines.filter((line) => line.rank !== null).length")
        assert f"{held:,} links in this file" in page.inner_text("#summary")
        seen.assert_quiet()


def test_a_world_is_searched_filtered_and_opened_up(chromium, world):
    with opened(chromium, world) as seen:
        page = seen.page
        page.fill("#search", page.evaluate("kgMap.data.actors.at(-1).name"))
        page.press("#search", "Enter")
        assert heading(page) == page.evaluate("kgMap.data.actors.at(-1).name")
        page.focus("#span-from")
        page.keyboard.press("ArrowRight")
        page.click("#filters-tab")
        page.select_option("#outlets", "2")
        page.click("#reset")
        page.focus("#much")
        page.keyboard.press("End")
        assert 1000 < len(shown(page)["lines"]) <= MAX_LINKS
        seen.assert_quiet()


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    """The five briefs in seeds/ as a page."""
    folder = tmp_path_factory.mktemp("briefs")
    build([SEEDS], folder / "kg.db")
    with open_store(folder / "kg.db") as store:
        (folder / "map.html").write_text(render_map(map_view(store), quotes="short"), encoding="utf-8")
    return folder / "map.html"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1300, 860), (390, 844)])
def test_the_briefs_open_quietly_and_every_name_is_read(chromium, briefs, width, height, dark):
    with opened(chromium, briefs, width=width, height=height, dark=dark) as seen:
        labels = seen.page.evaluate("kgMap.labels()")
        assert len(labels) == len(shown(seen.page)["actors"]) >= 6
        assert "paraphrases of another outlet’s article" in seen.page.text_content("#basis")
        seen.assert_quiet()
