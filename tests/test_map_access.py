"""The map for everyone, in Chromium: a table with the same facts, the keyboard, any script, and what axe says."""

from itertools import combinations
from pathlib import Path

import axe_playwright_python
import pytest
from browser import opened
from map_pages import MIDDLE, click, files, filters, heading, number, shown, small, write
from map_views import document, edge, quote

from kg.export.content import MapActor, MapView
from kg.model import Actor

__all__ = ["files", "small", "write"]  # the fixtures

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def problems(page):
    """What axe finds serious or critical."""
    page.evaluate(f"() => {{ {AXE} }}")
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


SCENES = {
    "start": lambda page: None,
    "evidence": lambda page: click(page, MIDDLE, number(page, "pe", "ke", "backing", "one")),
    "profile": lambda page: (page.fill("#search", "Kenya"), page.press("#search", "Enter")),
    "search": lambda page: (page.fill("#search", "e"), page.focus("#search")),
    "table": lambda page: (page.click("#table-tab"),),
    "filters": lambda page: (filters(page), page.check('[data-group="planned"]')),
    "asked": lambda page: (SCENES["profile"](page), page.click("[data-ask=backers]")),
    "menu": lambda page: page.click("#share summary"),
    "help": lambda page: page.keyboard.press("?"),
    "nothing": lambda page: (page.uncheck("[data-family=backing]"), page.click("#table-tab")),
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("scene", SCENES)
def test_axe_finds_nothing_serious(chromium, files, scene, dark):
    with opened(chromium, files("small"), dark=dark) as seen:
        SCENES[scene](seen.page)
        assert problems(seen.page) == []
        seen.assert_quiet()


@pytest.mark.parametrize("tab", ["panel", "table", "filters"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_on_a_phone(chromium, files, tab, dark):
    with opened(chromium, files("small"), width=390, height=844, dark=dark) as seen:
        seen.page.click(f"#{tab}-tab")
        assert problems(seen.page) == []


class TestTable:
    def test_it_holds_the_links_of_the_map(self, small):
        small.click("#table-tab")
        rows = small.locator("#table tbody tr")
        assert rows.count() == len(shown(small)["lines"])
        small.uncheck('[data-family="backing"]')
        assert rows.count() == 3

    def test_enter_on_a_row_shows_its_quotes_and_escape_comes_back(self, small):
        small.focus("#panel-tab")
        small.keyboard.press("ArrowRight")
        small.keyboard.press("Tab")  # the panel itself
        for _ in range(6):  # five headings, then the rows
            small.keyboard.press("Tab")
        small.keyboard.press("ArrowDown")
        row = small.evaluate("document.activeElement.closest('tr').dataset.line")
        small.keyboard.press("Enter")
        assert small.is_visible("#panel .quote")
        assert small.evaluate("kgMap.state.chosen") == {"kind": "line", "number": int(row)}
        small.keyboard.press("Escape")
        assert small.evaluate("document.activeElement.closest('tr').dataset.line") == row

    def test_it_sorts(self, small):
        small.click("#table-tab")
        small.click('[data-sort="source"]')
        names = small.locator("#table tbody td:first-child").all_inner_texts()
        assert names == sorted(names)
        assert small.locator("#table th").first.get_attribute("aria-sort") == "ascending"


def test_the_table_holds_what_the_map_shows_through_every_filter(small):
    small.click("#table-tab")
    rows = small.locator("#table tbody tr")
    for act in (
        lambda: small.uncheck('[data-family="engaging"]'),
        lambda: (small.focus("#much"), small.keyboard.press("Home")),
        lambda: small.click("#undo"),
        lambda: (filters(small), small.check('[data-group="planned"]')),
    ):
        act()
        assert sorted(int(row.get_attribute("data-line")) for row in rows.all()) == sorted(shown(small)["lines"])


def test_every_control_is_reached_by_tab_and_shows_its_focus(small):
    small.select_option("#size", "backed")  # so that undo is there to be reached
    small.evaluate("document.activeElement.blur()")
    reached, without = [], []
    for _ in range(80):
        small.keyboard.press("Tab")
        name, outlined = small.evaluate(
            """(() => { const at = document.activeElement;
              const style = getComputedStyle(at);
              const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
              return [at.id || at.dataset.family || at.className || at.tagName, outlined]; })()"""
        )
        if name == "BODY":
            break
        reached.append(name)
        if not outlined:
            without.append(name)
    for name in (
        "skip", "search", "undo", "reset", "help-open", "much", "size", "untangle", "filters-open", "vis-network",
        "zoom-in", "zoom-out", "zoom-fit", "play", "span-from", "span-to", "backing", "panel-tab", "panel",
    ):  # fmt: skip
        assert name in reached, name
    assert without == []


def test_the_skip_link_leads_to_the_table(small):
    small.keyboard.press("Tab")
    small.keyboard.press("Enter")
    assert small.is_visible("#table table")
    assert small.evaluate("document.activeElement.id") == "table-tab"


def test_tabs_go_by_arrow_keys(small):
    small.focus("#panel-tab")
    for name in ("table", "filters", "panel"):
        small.keyboard.press("ArrowRight")
        assert small.evaluate("document.activeElement.id") == f"{name}-tab"
        assert small.is_visible(f"#{name}")


@pytest.mark.parametrize("width", [1300, 390])
def test_names_in_any_script_are_drawn_and_found(chromium, write, width):
    people = [
        Actor("ir", "ایران", "state"),
        Actor("cn", "中国", "state"),
        Actor("il", "ישראל", "state"),
        Actor("jp", "日本国の非常に長い名前を持つ組織の代表者会議と関係諸機関の連絡", "organisation"),
    ]
    edges = [edge([quote(a, "supports", b, document("one"))]) for a, b in combinations(people, 2)]
    view = MapView(title="世界", actors=tuple(MapActor(actor=a, degree=3) for a in people), edges=tuple(edges))
    with opened(chromium, write(view), width=width, height=844) as seen:
        page = seen.page
        labels = page.evaluate("kgMap.labels()")
        assert len(labels) == 4
        for a, b in combinations(labels, 2):
            assert (
                a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )
        page.fill("#search", "中")
        page.press("#search", "Enter")
        assert heading(page) == "中国"
        # A name of the other direction keeps to itself: the words round it stay where they are.
        page.fill("#search", "ایران")
        page.press("#search", "Enter")
        assert page.locator("#panel h2 bdi").inner_text() == "ایران"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        seen.assert_quiet()


def test_who_wants_no_motion_gets_none(small):
    small.fill("#search", "Norway")
    small.press("#search", "Enter")
    small.click('[data-ask="ego-1"]')
    one = small.evaluate("kgMap.network.getScale()")
    small.wait_for_timeout(120)
    assert small.evaluate("kgMap.network.getScale()") == one
    assert small.evaluate("getComputedStyle(document.querySelector('.list button')).transitionDuration") == "0s"
