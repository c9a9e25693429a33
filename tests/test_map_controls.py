"""What the reader does with the map, in Chromium: every control by mouse and by keyboard, undone and shared."""

import pytest
from browser import opened
from map_pages import (
    ACTOR,
    MIDDLE,
    actor,
    click,
    files,
    filters,
    focus_map,
    heading,
    large,
    number,
    pick_date,
    shown,
    small,
    state,
    write,
)
from map_views import KENYA, NORWAY, PERU, document, edge, quote

from kg.export.content import MapActor, MapView

__all__ = ["files", "large", "small", "write"]  # the fixtures

pytestmark = pytest.mark.browser


def families(page):
    return {page.evaluate("n => kgMap.data.lines[n].family", n) for n in shown(page)["lines"]}


class TestControls:
    def test_search_by_an_other_name_with_the_keyboard(self, small):
        small.keyboard.press("/")
        small.keyboard.type("nairo")
        assert small.inner_text("#found li").split() == ["Kenya", "Nairobi"]
        small.keyboard.press("Enter")
        assert heading(small) == "Kenya"

    def test_search_that_finds_nothing(self, small):
        small.fill("#search", "Atlantis")
        assert "No actor of that name" in small.inner_text("#found")
        small.press("#search", "Enter")
        small.press("#search", "Escape")
        assert heading(small) == "What stands out"

    def test_search_brings_in_an_actor_that_is_not_drawn(self, large):
        hidden = large.evaluate(
            "kgMap.data.actors.findIndex((a, n) => !kgMap.shown.actors.includes(n) && a.degree > 0)"
        )
        large.fill("#search", large.evaluate("n => kgMap.data.actors[n].name", hidden))
        large.press("#search", "Enter")
        assert hidden in shown(large)["actors"]
        assert len(shown(large)["lines"]) > 96

    def test_families_can_be_left_out_and_the_legend_stays_true(self, small):
        small.uncheck('[data-family="backing"]')
        assert {small.evaluate("n => kgMap.data.lines[n].family", n) for n in shown(small)["lines"]} == {
            "engaging",
            "opposing",
            "fighting",
        }
        assert small.locator("#legend-body li").first.inner_text().split() == ["backing", "0"]
        small.check('[data-family="backing"]')
        assert len(shown(small)["lines"]) == 6

    def test_how_much(self, large):
        large.focus("#much")
        large.keyboard.press("Home")
        assert len(shown(large)["lines"]) == 1
        large.keyboard.press("End")
        assert len(shown(large)["lines"]) == large.evaluate(
            "kgMap.data.lines.filter((line) => line.rank !== null).length"
        )
        assert large.inner_text("#much-note") == "all in this file"

    def test_a_minimum_of_articles(self, small):
        filters(small)
        small.select_option("#least", "2")
        assert len(shown(small)["lines"]) == 2

    def test_dates_bound_what_is_drawn(self, small):
        filters(small)
        pick_date(small, "#since", "2021-05-01")
        assert len(shown(small)["lines"]) == 2
        pick_date(small, "#since", "")
        pick_date(small, "#until", "2019-06-30")
        assert len(shown(small)["lines"]) == 2  # "2019" may lie before July

    def test_undo_redo_and_reset(self, small):
        filters(small)
        small.select_option("#least", "2")
        small.uncheck('[data-family="fighting"]')
        assert len(shown(small)["lines"]) == 1
        small.click("#undo")
        assert len(shown(small)["lines"]) == 2
        small.click("#redo")
        assert len(shown(small)["lines"]) == 1
        small.click("#reset")
        assert len(shown(small)["lines"]) == 6
        small.locator("#panel").focus()
        small.keyboard.press("Control+z")
        assert len(shown(small)["lines"]) == 1

    def test_nothing_left_says_so(self, small):
        filters(small)
        small.select_option("#least", "10")
        assert small.is_visible("#nothing")
        small.click("#nothing-reset")
        assert not small.is_visible("#nothing")

    def test_sizes_count_facts_only(self, small):
        small.select_option("#size", "opposed")
        before = small.evaluate("kgMap.network.body.nodes[1].options.size")
        assert before > small.evaluate("kgMap.network.body.nodes[2].options.size")

    def test_the_address_keeps_the_state(self, chromium, files, small):
        filters(small)
        small.select_option("#least", "2")
        click(small, MIDDLE, number(small, "ke", "pe", "backing", "one"))
        fragment = small.evaluate("location.hash")
        with opened(chromium, files("small"), fragment=fragment) as again:
            assert again.page.evaluate("kgMap.state") == small.evaluate("kgMap.state")
            assert heading(again.page) == "Kenya → Peru"
            again.assert_quiet()

    @pytest.mark.parametrize(
        "fragment", ["#%E0%A4%A", "#much=-3&least=9&off=x~y&ask=ego~nobody~9&actor=&link=a", "#much=1e99", "#&&&=&="]
    )
    def test_a_broken_address_does_no_harm(self, chromium, files, fragment):
        with opened(chromium, files("small"), fragment=fragment) as seen:
            assert len(shown(seen.page)["lines"]) == 6
            seen.assert_quiet()


class TestFilters:
    def test_a_relation_can_be_left_out_alone(self, small):
        filters(small)
        line = number(small, "ke", "pe", "backing", "one")
        small.uncheck('[data-relation="supports"]')
        assert line in shown(small)["lines"]
        small.uncheck('[data-relation="aids"]')
        assert line not in shown(small)["lines"]
        small.check('[data-relation="supports"]')
        assert line in shown(small)["lines"]
        small.click("#table-tab")
        assert small.inner_text(f'#table tr[data-line="{line}"] td:nth-child(2)') == "supports"

    def test_a_family_by_the_keyboard(self, small):
        small.focus("#network .vis-network")
        small.keyboard.press("f")
        assert small.is_visible("#filter-form")
        small.focus('[data-all-of="backing"]')
        small.keyboard.press("Space")
        assert "backing" not in families(small)
        assert not small.is_checked('[data-relation="aids"]')
        small.focus('[data-relation="aids"]')
        small.keyboard.press("Space")
        assert "backing" in families(small)

    @pytest.mark.parametrize(
        ("group", "lines"), [("planned", 2), ("alleged", 1), ("hypothetical", 1), ("ended", 1), ("negated", 1)]
    )
    def test_what_is_no_fact_is_drawn_when_asked_for_as_a_thread(self, small, group, lines):
        filters(small)
        before = {n: small.evaluate("n => kgMap.network.body.nodes[n].options.size", n) for n in shown(small)["actors"]}
        small.uncheck('[data-group="actual"]')
        small.check(f'[data-group="{group}"]')
        assert len(shown(small)["ghosts"]) == len(shown(small)["lines"]) == lines
        widths = small.evaluate("kgMap.shown.lines.map((n) => kgMap.network.body.edges[n].options.width)")
        assert set(widths) == {1.6}
        assert f"{lines} link{'' if lines == 1 else 's'} without a fact" in small.inner_text("#summary")
        assert "0 of 9,785 links" in small.inner_text("#summary")
        small.check('[data-group="actual"]')
        small.select_option("#size", "linked")
        after = {n: small.evaluate("n => kgMap.network.body.nodes[n].options.size", n) for n in before}
        assert after == pytest.approx(before, rel=0.02)  # the legend leaves the map more or less room

    def test_threads_come_beside_facts_and_the_legend_and_table_say_so(self, small):
        filters(small)
        small.check('[data-group="planned"]')
        (thread,) = shown(small)["ghosts"]
        assert small.evaluate("n => kgMap.data.lines[n].documents", thread) == 0
        assert "thread: only planned" in small.inner_text("#legend-body")
        small.click("#table-tab")
        assert small.inner_text(f'#table tr[data-line="{thread}"] td:nth-child(4)') == "planned"

    def test_a_minimum_of_outlets(self, small):
        filters(small)
        small.select_option("#outlets", "2")
        assert shown(small)["lines"] == [number(small, "ke", "pe", "backing", "one")]

    def test_outlets_can_be_left_out(self, small):
        filters(small)
        small.uncheck('[data-outlet="Harbour Post"]')
        assert sorted(shown(small)["lines"]) == sorted(
            number(small, *key)
            for key in [
                ("ke", "pe", "backing", "one"),
                ("pe", "ke", "backing", "one"),
                ("no", "river-guard", "opposing", "one"),
            ]
        )
        small.click('[data-none="outlets"]')
        assert shown(small)["lines"] == []
        small.click('[data-all="outlets"]')
        assert len(shown(small)["lines"]) == 6

    def test_confidence(self, chromium, write):
        from dataclasses import replace

        sure, unsure = quote(KENYA, "supports", PERU, document("one")), quote(KENYA, "attacks", NORWAY, document("two"))
        unsure = replace(unsure, assertion=replace(unsure.assertion, confidence=0.4))
        people = tuple(MapActor(actor=a, degree=1) for a in (KENYA, PERU, NORWAY))
        with opened(chromium, write(MapView(title="t", actors=people, edges=(edge([sure]), edge([unsure]))))) as seen:
            page = seen.page
            filters(page)
            page.focus("#confidence")
            for _ in range(10):
                page.keyboard.press("ArrowRight")
            assert page.inner_text("#confidence-note") == "at least 0.50"
            assert families(page) == {"backing"}
            page.keyboard.press("End")
            assert shown(page)["lines"] == []
            page.click("#undo")
            assert len(shown(page)["lines"]) == 2, "one drag of the slider is one step"
            seen.assert_quiet()

    def test_what_is_set_is_told_and_cleared_at_once(self, small):
        filters(small)
        small.select_option("#least", "2")
        small.uncheck('[data-relation="aids"]')
        assert small.inner_text("#filters-tab") == "Filters (2)"
        assert small.get_attribute("#filters-open", "aria-label") == "Filters, 2 set"
        small.click("#filters-clear")
        assert small.inner_text("#filters-tab") == "Filters"
        assert len(shown(small)["lines"]) == 6


class TestTimeline:
    def test_bars_count_facts_over_time(self, small):
        bars = small.evaluate("[...document.querySelectorAll('#bars rect')].map((bar) => bar.getAttribute('class'))")
        assert set(bars) == {"backing", "engaging", "opposing", "fighting"}
        assert small.inner_text("#span-note") == "2019-01 to 2021-05"

    def test_the_handles_by_the_keyboard(self, small):
        small.focus("#span-from")
        small.keyboard.press("End")
        assert state(small)["since"] == "2021-05-01"
        assert len(shown(small)["lines"]) == 2
        small.keyboard.press("Home")
        assert state(small)["since"] == ""
        small.focus("#span-to")
        small.keyboard.press("Home")
        assert state(small)["until"] == "2019-01-31"
        assert len(shown(small)["lines"]) == 2
        # One handle never passes the other.
        small.focus("#span-from")
        small.keyboard.press("End")
        assert small.input_value("#span-from") == "0"

    def test_the_handles_by_the_mouse(self, small):
        box = small.locator("#span-from").bounding_box()
        small.mouse.move(box["x"] + 7, box["y"] + 10)
        small.mouse.down()
        small.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + 10, steps=5)
        small.mouse.up()
        assert state(small)["since"] > "2021-01"
        small.click("#undo")
        assert state(small)["since"] == "", "one drag is one step"

    @pytest.mark.parametrize("by", ["mouse", "keyboard"])
    def test_play_moves_a_window_and_stops(self, small, by):
        if by == "mouse":
            small.click("#play")
        else:
            small.focus("#play")
            small.keyboard.press("Enter")
        first = state(small)
        assert first["since"] == "2019-01-01"
        assert small.get_attribute("#play", "aria-label") == "Stop"
        small.wait_for_timeout(1600)
        later = state(small)
        assert later["since"] > first["since"]
        assert later["until"] > first["until"]
        if by == "mouse":
            small.click("#play")
        else:
            small.keyboard.press("Space")
        stopped = state(small)["since"]
        small.wait_for_timeout(900)
        assert state(small)["since"] == stopped
        small.click("#undo")
        assert state(small)["since"] == "", "a whole play is one step"

    def test_without_two_dates_there_is_none(self, chromium, write):
        people = tuple(MapActor(actor=a, degree=1) for a in (KENYA, PERU))
        view = MapView(
            title="t", actors=people, edges=(edge([quote(KENYA, "supports", PERU, document("one", date=None))]),)
        )
        with opened(chromium, write(view)) as seen:
            assert not seen.page.is_visible("#timeline")
            seen.assert_quiet()


def drag(page, which, dx, dy):
    at = page.evaluate(ACTOR, which)
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + dx, at["y"] + dy, steps=5)
    page.mouse.up()
    page.wait_for_timeout(50)


ACTIONS = {
    "search": lambda page: (page.fill("#search", "Peru"), page.press("#search", "Enter")),
    "how much": lambda page: (page.focus("#much"), page.keyboard.press("Home")),
    "size": lambda page: page.select_option("#size", "between"),
    "family": lambda page: page.uncheck('[data-family="backing"]'),
    "relation": lambda page: (filters(page), page.uncheck('[data-relation="aids"]')),
    "status": lambda page: (filters(page), page.check('[data-group="planned"]')),
    "outlet": lambda page: (filters(page), page.uncheck('[data-outlet="Delta Times"]')),
    "articles": lambda page: (filters(page), page.select_option("#least", "2")),
    "outlets": lambda page: (filters(page), page.select_option("#outlets", "2")),
    "confidence": lambda page: (filters(page), page.focus("#confidence"), page.keyboard.press("ArrowRight")),
    "date": lambda page: (filters(page), pick_date(page, "#since", "2020-01-01")),
    "time line": lambda page: (page.focus("#span-from"), page.keyboard.press("ArrowRight")),
    "choosing a line": lambda page: click(page, MIDDLE, number(page, "ke", "no", "engaging", "both")),
    "choosing an actor": lambda page: click(page, ACTOR, actor(page, "Kenya")),
    "dragging an actor": lambda page: drag(page, actor(page, "Kenya"), 40, 30),
    "sorting": lambda page: (page.click("#table-tab"), page.click('[data-sort="source"]')),
    "rearranging": lambda page: (page.click("#untangle"), page.wait_for_timeout(400)),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_undone_done_again_and_travels_in_the_address(chromium, files, small, name):
    start = state(small)
    ACTIONS[name](small)
    done = state(small)
    assert {**done, "tab": "panel"} != start
    small.focus("#network .vis-network")
    small.keyboard.press("Control+z")
    assert state(small) == {**start, "tab": done["tab"]}
    small.keyboard.press("Control+Shift+z")
    assert state(small) == done
    with opened(chromium, files("small"), fragment=small.evaluate("location.hash")) as again:
        assert state(again.page) == done
        again.assert_quiet()
    small.click("#reset")
    assert state(small) == {**start, "tab": done["tab"]}


class TestAskingByKeyboard:
    """What a click on the map does, without a mouse."""

    def test_from_actor_to_actor_and_through_its_links(self, small):
        focus_map(small)
        small.keyboard.press("Shift+ArrowRight")
        first = state(small)["chosen"]
        assert first["kind"] == "actor"
        small.keyboard.press("Shift+ArrowLeft")
        second = state(small)["chosen"]
        assert second["kind"] == "actor"
        assert second != first
        small.keyboard.press("]")
        line = state(small)["chosen"]
        assert line["kind"] == "line"
        small.keyboard.press("]")
        assert state(small)["chosen"] != line
        small.keyboard.press("[")
        assert state(small)["chosen"] == line
        small.keyboard.press("Enter")
        assert small.evaluate("document.activeElement.tagName") == "H2"
        focus_map(small)
        small.keyboard.press("Escape")
        assert state(small)["chosen"] is None

    def test_the_map_and_an_actor_move_by_keys(self, small):
        focus_map(small)
        before = small.evaluate("kgMap.network.getViewPosition().x")
        small.keyboard.press("ArrowRight")
        assert small.evaluate("kgMap.network.getViewPosition().x") > before
        scale = small.evaluate("kgMap.network.getScale()")
        small.keyboard.press("+")
        assert small.evaluate("kgMap.network.getScale()") > scale
        small.keyboard.press("0")
        small.keyboard.press("Shift+ArrowRight")
        chosen = state(small)["chosen"]["number"]
        at = small.evaluate("n => kgMap.network.getPosition(n).y", chosen)
        small.keyboard.press("Alt+ArrowDown")
        assert small.evaluate("n => kgMap.network.getPosition(n).y", chosen) > at
        small.keyboard.press("Control+z")
        assert small.evaluate("n => kgMap.network.getPosition(n).y", chosen) == at

    def test_all_links_of_an_actor_come_and_go(self, large):
        focus_map(large)
        large.keyboard.press("Shift+ArrowRight")
        before = len(shown(large)["lines"])
        large.keyboard.press("e")
        assert len(shown(large)["lines"]) > before
        large.keyboard.press("e")
        assert len(shown(large)["lines"]) == before

    @pytest.mark.parametrize(("ask", "lines"), [("backers", 2), ("opponents", 0), ("backed", 2), ("opposed", 0)])
    def test_questions_about_an_actor(self, small, ask, lines):
        small.keyboard.press("/")
        small.keyboard.type("Kenya")
        small.keyboard.press("Enter")
        small.focus(f'[data-ask="{ask}"]')
        small.keyboard.press("Enter")
        assert len(shown(small)["lines"]) == lines
        assert small.get_attribute(f'[data-ask="{ask}"]', "aria-pressed") == "true"
        small.focus(f'[data-ask="{ask}"]')
        small.keyboard.press("Enter")
        assert len(shown(small)["lines"]) == 6

    def test_a_path_and_steps(self, small):
        small.keyboard.press("/")
        small.keyboard.type("Norway")
        small.keyboard.press("Enter")
        small.focus('[data-ask="ego-1"]')
        small.keyboard.press("Space")
        assert len(shown(small)["actors"]) == 3
        small.focus("#path-to")
        small.keyboard.type("Peru")
        assert small.inner_text("#ask-clear").startswith("Shortest ways from Norway to Peru")
        small.focus("#ask-clear")
        small.keyboard.press("Enter")
        assert len(shown(small)["lines"]) == 6

    def test_help_opens_and_closes(self, small):
        small.keyboard.press("?")
        assert small.is_visible("#help")
        small.keyboard.press("Escape")
        assert not small.is_visible("#help")
        small.click("#help-open")
        small.click("#help-close")
        assert not small.is_visible("#help")


def test_betweenness_finds_the_actor_in_between(chromium, write):
    people = (KENYA, PERU, NORWAY)
    edges = (
        edge([quote(KENYA, "supports", PERU, document("a"))]),
        edge([quote(PERU, "attacks", NORWAY, document("b"))]),
    )
    with opened(
        chromium, write(MapView(title="t", actors=tuple(MapActor(actor=a, degree=1) for a in people), edges=edges))
    ) as seen:
        seen.page.select_option("#size", "between")
        sizes = seen.page.evaluate("[0, 1, 2].map((n) => kgMap.network.body.nodes[n].options.size)")
        assert sizes[1] > sizes[0] == sizes[2]
        seen.assert_quiet()


def test_rearranging_moves_actors_and_comes_to_rest(small):
    before = small.evaluate("kgMap.shown.actors.map((n) => kgMap.network.getPosition(n))")
    small.focus("#untangle")
    small.keyboard.press("Enter")
    small.wait_for_timeout(400)
    assert small.evaluate("kgMap.shown.actors.map((n) => kgMap.network.getPosition(n))") != before
    assert small.is_enabled("#untangle")
    assert not small.evaluate("kgMap.network.physics.physicsEnabled")
