"""The map in real Chromium, the network refused: what is seen, clicked and typed."""

import csv
import io
import json
from dataclasses import replace
from itertools import combinations

import pytest
from browser import chromium, chromium_path, opened
from map_views import (
    GUARD,
    KENYA,
    NORWAY,
    PERU,
    document,
    edge,
    large_view,
    quote,
    small_view,
)

from kg.export.content import MapActor, MapView
from kg.export.html import render_map
from kg.model import Actor, Original

__all__ = ["chromium"]  # the fixture

pytestmark = pytest.mark.browser

# The middle of a drawn line, on the screen: where a user would click it. vis-network knows its bends.
MIDDLE = """number => {
  const edge = kgMap.network.body.edges[number];
  const from = edge.from, to = edge.to;
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


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Pages by name, each written once."""
    folder = tmp_path_factory.mktemp("maps")
    views = {"small": small_view, "medium": lambda: large_view(60, 150), "large": lambda: large_view(300, 2000)}
    written = {}

    def file(name):
        if name not in written:
            written[name] = folder / f"{name}.html"
            written[name].write_text(render_map(views[name]()), encoding="utf-8")
        return written[name]

    return file


@pytest.fixture
def write(tmp_path):
    def write(view):
        path = tmp_path / "map.html"
        path.write_text(render_map(view), encoding="utf-8")
        return path

    return write


@pytest.fixture
def small(chromium, files):
    with opened(chromium, files("small")) as seen:
        yield seen.page
        seen.assert_quiet()


@pytest.fixture
def large(chromium, files):
    with opened(chromium, files("large")) as seen:
        yield seen.page
        seen.assert_quiet()


def number(page, *key):
    found = page.evaluate(LINE, list(key))
    assert found >= 0, key
    return found


def click(page, script, which):
    at = page.evaluate(script, which)
    page.mouse.click(at["x"], at["y"])
    page.wait_for_timeout(50)


def heading(page):
    return page.inner_text("#panel h2")


def actor(page, name):
    return page.evaluate("name => kgMap.data.actors.findIndex((actor) => actor.name === name)", name)


def shown(page):
    return page.evaluate("kgMap.shown")


@pytest.mark.parametrize("name", ["small", "medium", "large"])
@pytest.mark.parametrize(("width", "height"), [(1300, 860), (390, 844)])
def test_it_opens_quietly_and_no_label_lies_on_another(chromium, files, name, width, height):
    with opened(chromium, files(name), width=width, height=height, dark=width == 390) as seen:
        page = seen.page
        labels, actors = page.evaluate("kgMap.labels()"), shown(page)["actors"]
        for a, b in combinations(labels, 2):
            apart = (
                a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )
            assert apart, (a, b)
        assert len(labels) >= 0.85 * len(actors)
        assert len(actors) <= 60
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        seen.assert_quiet()


def test_an_empty_map_says_so(chromium, write):
    with opened(chromium, write(MapView(title="Nothing yet"))) as seen:
        assert seen.page.is_visible("#nothing")
        assert seen.page.inner_text("#summary") == "0 of 0 actors, 0 of 0 links"
        seen.assert_quiet()


def test_one_link_alone_is_drawn(chromium, write):
    view = MapView(
        title="t",
        actors=(MapActor(actor=KENYA, degree=1), MapActor(actor=PERU, degree=1)),
        edges=(edge([quote(KENYA, "supports", PERU, document("one"))]),),
    )
    with opened(chromium, write(view)) as seen:
        click(seen.page, MIDDLE, 0)
        assert heading(seen.page) == "Kenya → Peru"
        seen.assert_quiet()


def test_the_summary_says_which_part_is_shown(large):
    assert large.inner_text("#summary").startswith("60 of 300 actors, 150 of 1,6")
    assert len(shown(large)["lines"]) == 150


def test_the_footer_tells_the_basis(small):
    footer = small.inner_text("footer")
    assert "4 articles from 3 outlets (1 of those quoted here: paraphrases" in footer
    assert "2019 to 2021-05-06" in footer
    assert "Read by machine" in footer
    assert "To check a triple" in footer


class TestEvidence:
    def test_a_click_on_a_line_shows_its_quotes_and_marks(self, small):
        click(small, MIDDLE, number(small, "ke", "pe", "backing", "one"))
        assert heading(small) == "Kenya → Peru"
        first = small.locator("#panel .quote").first
        assert first.locator("blockquote").inner_text() == "On Monday Kenya backed Peru, officials said."
        assert first.locator("mark.source").inner_text() == "Kenya"
        assert first.locator("mark.trigger").inner_text() == "backed"
        assert first.locator("mark.target").inner_text() == "Peru"
        words = small.inner_text("#panel")
        for fact in (
            "Delta Times",
            "2021-05-06",
            "according to Norway",
            "status actual",
            "confidence 0.90",
            "document two",
        ):
            assert fact in words
        assert small.locator("#panel h3").all_inner_texts() == ["Kenya supports Peru", "Kenya aids Peru"]

    def test_the_link_to_the_article_is_safe(self, small):
        click(small, MIDDLE, number(small, "ke", "pe", "backing", "one"))
        link = small.locator("#panel .quote a").first
        assert link.get_attribute("href") == "https://news.example/two"
        assert "noopener" in link.get_attribute("rel")

    def test_parallel_lines_are_each_clickable(self, small):
        for key, words in {
            ("ke", "pe", "backing", "one"): "Kenya → Peru",
            ("pe", "ke", "backing", "one"): "Peru → Kenya",
            ("ke", "pe", "backing", "both"): "Kenya – Peru",
        }.items():
            click(small, MIDDLE, number(small, *key))
            assert heading(small) == words

    def test_a_paraphrase_is_never_shown_as_the_outlets_words(self, small):
        click(small, MIDDLE, number(small, "pe", "ke", "backing", "one"))
        card = small.locator("#panel .quote").first
        assert card.locator("blockquote").count() == 0
        assert "kg brief, paraphrase based on: Delta Times, “Harbour talks”, 2020-01-01" in card.inner_text()
        assert "not the outlet’s words" in card.inner_text()
        assert card.locator("a").inner_text() == "Open the original"

    def test_what_is_no_fact_stands_apart_under_its_own_heading(self, small):
        click(small, MIDDLE, number(small, "pe", "ke", "backing", "one"))
        apart = small.locator("#panel .apart")
        assert [words.split(",")[0] for words in apart.locator("h4").all_inner_texts()] == [
            "Planned or promised",
            "Alleged by one side",
            "Hypothetical",
            "Ended",
            "Denied or negated",
        ]
        assert apart.locator(".quote").count() == 5
        assert small.locator("#panel .quote").count() == 6
        assert "1 article, 1 outlet" in small.inner_text("#panel .lead")

    def test_a_single_source_is_marked(self, small):
        click(small, MIDDLE, number(small, "ke", "no", "engaging", "both"))
        assert small.inner_text("#panel .badge") == "single source"
        click(small, MIDDLE, number(small, "ke", "pe", "backing", "one"))
        assert small.locator("#panel .lead .badge").count() == 0

    def test_a_click_beside_everything_clears_the_choice(self, small):
        click(small, MIDDLE, number(small, "ke", "no", "engaging", "both"))
        box = small.locator("#network").bounding_box()
        small.mouse.click(box["x"] + 6, box["y"] + box["height"] - 6)
        small.wait_for_timeout(50)
        assert heading(small) == "Who backs whom"

    def test_a_citation_can_be_copied(self, small):
        small.context.grant_permissions(["clipboard-read", "clipboard-write"])
        click(small, MIDDLE, number(small, "pe", "ke", "backing", "one"))
        small.click("#panel .quote button")
        small.wait_for_timeout(100)
        copied = small.evaluate("navigator.clipboard.readText()")
        assert "[paraphrase]" in copied
        assert "status: actual" in copied
        assert "Read by machine" in copied


class TestProfile:
    def test_a_click_on_an_actor_shows_both_directions(self, small):
        click(small, ACTOR, actor(small, "Kenya"))
        assert heading(small) == "Kenya"
        words = small.locator("#panel h3").all_inner_texts()
        assert words[:4] == [
            "Backed by: support, aid, arms (1)",
            "Backs: support, aid, arms (1)",
            "Stands with: ally, friend, partner (1)",
            "Deals with (1)",
        ]
        assert "Nairobi" in small.inner_text("#panel")

    def test_plans_alone_are_listed_apart_and_not_drawn(self, small):
        click(small, ACTOR, actor(small, "Kenya"))
        apart = small.locator("#panel .apart")
        assert apart.inner_text().startswith("Only planned, alleged, ended or denied: not drawn")
        assert actor(small, "Tonga") not in shown(small)["actors"]
        apart.locator("button").click()
        assert heading(small) == "Tonga → Kenya"
        assert "no fact, so not drawn" in small.inner_text("#panel")
        assert actor(small, "Tonga") not in shown(small)["actors"]

    def test_who_backs_it(self, small):
        click(small, ACTOR, actor(small, "Kenya"))
        small.click('[data-ask="backers"]')
        assert len(shown(small)["lines"]) == 2
        assert "Who backs Kenya" in small.inner_text("#summary")
        small.click("#ask-clear")
        assert len(shown(small)["lines"]) == 6

    def test_steps_around_it(self, small):
        click(small, ACTOR, actor(small, "Norway"))
        small.click('[data-ask="opponents"]')
        assert shown(small)["lines"] == []
        small.click('[data-ask="ego-1"]')
        assert sorted(shown(small)["actors"]) == sorted(
            actor(small, name) for name in ("Norway", "Kenya", "River Guard")
        )

    def test_the_shortest_way_to_another(self, small):
        click(small, ACTOR, actor(small, "Norway"))
        small.select_option("#path-to", label="Peru")
        assert "Shortest ways from Norway to Peru" in small.inner_text("#summary")
        assert len(shown(small)["actors"]) == 4

    def test_all_links_of_an_actor_come_in(self, large):
        number = large.evaluate("kgMap.shown.actors[5]")
        large.evaluate("number => { location.hash = 'actor=' + kgMap.data.actors[number].key }", number)
        large.click('[data-ask="expand"]')
        touching = f"(line) => line.source === {number} || line.target === {number}"
        own = large.evaluate(f"kgMap.data.lines.filter((line) => line.rank !== null).filter({touching}).length")
        drawn = large.evaluate(f"kgMap.shown.lines.map((n) => kgMap.data.lines[n]).filter({touching}).length")
        assert drawn == own


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
        assert heading(small) == "Who backs whom"

    def test_search_brings_in_an_actor_that_is_not_drawn(self, large):
        hidden = large.evaluate(
            "kgMap.data.actors.findIndex((a, n) => !kgMap.shown.actors.includes(n) && a.degree > 0)"
        )
        large.fill("#search", large.evaluate("n => kgMap.data.actors[n].name", hidden))
        large.press("#search", "Enter")
        assert hidden in shown(large)["actors"]
        assert len(shown(large)["lines"]) > 150

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
        small.select_option("#least", "2")
        assert len(shown(small)["lines"]) == 2

    def test_dates_bound_what_is_drawn(self, small):
        small.fill("#since", "2021-05-01")
        small.dispatch_event("#since", "change")
        assert len(shown(small)["lines"]) == 2
        small.fill("#since", "")
        small.dispatch_event("#since", "change")
        small.fill("#until", "2019-06-30")
        small.dispatch_event("#until", "change")
        assert len(shown(small)["lines"]) == 2  # "2019" may lie before July

    def test_undo_redo_and_reset(self, small):
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
        small.select_option("#least", "10")
        assert small.is_visible("#nothing")
        small.click("#nothing-reset")
        assert not small.is_visible("#nothing")

    def test_sizes_count_facts_only(self, small):
        small.select_option("#size", "opposed")
        before = small.evaluate("kgMap.network.body.nodes[1].options.size")
        assert before > small.evaluate("kgMap.network.body.nodes[2].options.size")

    def test_the_address_keeps_the_state(self, chromium, files, small):
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

    def test_the_map_moves_by_keys(self, small):
        small.locator("#network .vis-network").focus()
        before = small.evaluate("kgMap.network.getViewPosition().x")
        small.keyboard.press("ArrowRight")
        assert small.evaluate("kgMap.network.getViewPosition().x") > before


class TestSaving:
    def save(self, page, button):
        page.click("#share summary")
        with page.expect_download() as download:
            page.click(button)
        return download.value.path().read_bytes()

    def test_quotes_as_csv_carry_their_marks(self, small):
        rows = list(csv.DictReader(io.StringIO(self.save(small, "#save-csv").decode("utf-8-sig"))))
        assert len(rows) == 14
        assert {row["status"] for row in rows} == {"actual", "planned", "alleged", "hypothetical", "ended", "negated"}
        brief = next(row for row in rows if row["document"] == "brief")
        assert brief["paraphrase"] == "yes"
        assert "paraphrase based on: Delta Times" in brief["based_on"]
        assert all("Read by machine" in row["notice"] for row in rows)

    def test_links_as_json_are_those_drawn(self, small):
        small.select_option("#least", "2")
        saved = json.loads(self.save(small, "#save-json"))
        assert len(saved["links"]) == 2
        assert "Read by machine" in saved["notice"]

    def test_the_picture_is_a_png(self, small):
        assert self.save(small, "#save-png").startswith(b"\x89PNG")


ATTACKS = [
    "<script>hit()</script>",
    "</script><script>hit()</script>",
    "<!--<script>",
    "<img src=x onerror=hit()>",
    '"><svg onload=hit()>',
    "' onmouseover='hit()",
    '<a href="javascript:hit()">href</a>',
    "javascript:hit()",
    "{{ 7*7 }}{% include 'x' %}${hit()}",
    "\u202etxt.exe\u202c\u2066\x00\ud800",
    "__proto__",
    "constructor",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_executes_nothing_wherever_it_stands(chromium, write, attack):
    one = Actor(f"one {attack}", f"A {attack}", "state", iso3=attack)
    two = Actor(attack, attack, "armed group")
    source = document(
        attack,
        attack,
        attack,
        title=attack,
        url=attack,
        based_on=Original(title=attack, publisher=attack, date=attack, url=attack),
    )
    plain = document(f"plain {attack}", attack, attack, title=attack, url=f"https://a.example/{attack}")
    quotes = [
        quote(one, "supports", two, where, before=f"{attack} ", after=f" {attack}", attributed_to=attack, status=status)
        for where, status in [(source, "actual"), (plain, "actual"), (source, "planned")]
    ]
    quotes = [replace(each, assertion=replace(each.assertion, about=(attack,))) for each in quotes]
    view = MapView(
        title=attack,
        actors=(MapActor(actor=one, names=(attack,), bloc=0, degree=1), MapActor(actor=two, names=(attack,), degree=1)),
        edges=(edge(quotes),),
    )
    with opened(chromium, write(view)) as seen:
        page = seen.page
        page.evaluate("window.hits = 0; window.hit = () => { window.hits += 1; }; null")
        page.hover("#network")
        at = page.evaluate(ACTOR, 0)
        page.mouse.move(at["x"], at["y"])
        page.mouse.move(at["x"] + 2, at["y"] + 1)
        page.wait_for_timeout(60)
        click(page, ACTOR, 0)
        click(page, ACTOR, 1)
        page.fill("#search", "a")
        page.press("#search", "Enter")
        click(page, MIDDLE, 0)
        assert page.locator("#panel .quote").count() == 3
        page.click("#table-tab")
        page.locator("#table tbody button").first.click()
        assert page.evaluate("window.hits") == 0
        assert page.locator("script").count() == 4
        assert page.locator("#panel img, #panel svg[onload], #found img, #table img").count() == 0
        for link in page.locator("a[target]").all():
            assert link.get_attribute("href").startswith("https://a.example/")
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every((e) => ![...e.attributes].some((a) => a.name.startsWith('on')))"
        )
        seen.assert_quiet()


def test_names_in_any_script_are_drawn_and_found(chromium, write):
    people = [Actor("ir", "ایران", "state"), Actor("cn", "中国", "state"), Actor("il", "ישראל", "state")]
    edges = [edge([quote(a, "supports", b, document("one"))]) for a, b in combinations(people, 2)]
    view = MapView(title="世界", actors=tuple(MapActor(actor=a, degree=2) for a in people), edges=tuple(edges))
    with opened(chromium, write(view)) as seen:
        assert len(seen.page.evaluate("kgMap.labels()")) == 3
        seen.page.fill("#search", "中")
        seen.page.press("#search", "Enter")
        assert heading(seen.page) == "中国"
        seen.assert_quiet()


def test_colours_follow_the_system(chromium, files):
    def colours(dark):
        with opened(chromium, files("small"), dark=dark) as seen:
            return seen.page.evaluate(
                """[getComputedStyle(document.body).backgroundColor,
                kgMap.network.body.edges[kgMap.shown.lines[0]].options.color.color]"""
            )

    assert all(a != b for a, b in zip(colours(False), colours(True), strict=True))


def test_families_differ_by_dash_and_colour_and_arrows_tell_direction(small):
    drawn = small.evaluate(
        """kgMap.shown.lines.map((n) => {
          const { options: { dashes, color, arrows } } = kgMap.network.body.edges[n];
          const { family, symmetric } = kgMap.data.lines[n];
          return [family, symmetric, String(dashes), color.color, arrows.to.enabled];
        })"""
    )
    looks = {family: (dash, colour) for family, _, dash, colour, _ in drawn}
    assert len({dash for dash, _ in looks.values()}) == len({colour for _, colour in looks.values()}) == len(looks) == 4
    assert all(arrow != symmetric for _, symmetric, _, _, arrow in drawn)


def test_a_tap_on_a_phone_shows_the_quotes(chromium, files):
    with opened(chromium, files("small"), width=390, height=844) as seen:
        click(seen.page, MIDDLE, number(seen.page, "no", "river-guard", "opposing", "one"))
        assert heading(seen.page) == f"{NORWAY.name} → {GUARD.name}"
        seen.page.click("#filters summary")
        assert seen.page.is_visible("#much")
        seen.assert_quiet()


def test_without_a_browser_the_tests_fail_and_say_what_to_install(monkeypatch):
    monkeypatch.delenv("KG_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium_path()
