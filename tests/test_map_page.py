"""The map in real Chromium, the network refused: what is seen at first, the evidence behind it, the profiles."""

from dataclasses import replace
from itertools import combinations

import pytest
from browser import chromium_path, opened
from map_pages import (
    ACTOR,
    MIDDLE,
    actor,
    click,
    files,
    heading,
    large,
    number,
    shown,
    small,
    write,
)
from map_views import GUARD, KENYA, NORWAY, PERU, document, edge, quote

from kg.export.content import MapActor, MapView
from kg.queries.verdict import Verdict

__all__ = ["files", "large", "small", "write"]  # the fixtures

pytestmark = pytest.mark.browser


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
        assert len(labels) >= 0.9 * len(actors)
        assert len(actors) <= 60
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        seen.assert_quiet()


def test_an_empty_map_says_so(chromium, write):
    with opened(chromium, write(MapView(title="Nothing yet"))) as seen:
        assert seen.page.is_visible("#nothing")
        assert seen.page.inner_text("#summary") == "0 of 0 actors, 0 of 0 links"
        seen.assert_quiet()


def test_the_verdict_stands_with_the_figures(chromium, write):
    told = edge([quote(KENYA, "supports", PERU, document("one"))])
    judged = replace(told, verdict=Verdict(kind="reversed", by=("self",), date="2021-08-15"))
    actors = (MapActor(actor=KENYA, degree=1), MapActor(actor=PERU, degree=1))
    with opened(chromium, write(MapView(title="t", actors=actors, edges=(judged,)))) as seen:
        click(seen.page, MIDDLE, 0)
        assert "reversed 2021-08-15, claimed only by itself" in seen.page.locator("#panel .facts").first.inner_text()
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
    assert large.inner_text("#summary").startswith("54 of 300 actors, 96 of 1,8")
    assert len(shown(large)["lines"]) == 96


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
        assert heading(small) == "What stands out"

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


class TestPhone:
    @pytest.fixture
    def phone(self, chromium, files):
        with opened(chromium, files("small"), width=390, height=844) as seen:
            yield seen.page
            seen.assert_quiet()

    def sheet(self, page):
        return page.evaluate("document.body.dataset.sheet")

    def test_the_map_has_the_screen_and_nothing_scrolls_sideways(self, phone):
        assert self.sheet(phone) == "peek"
        box = phone.locator("#network").bounding_box()
        assert box["width"] == 390
        assert box["height"] > 0.7 * 844
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
        assert not phone.is_visible("#much")

    def test_a_tap_on_a_line_raises_the_sheet_with_its_quotes(self, phone):
        click(phone, MIDDLE, number(phone, "no", "river-guard", "opposing", "one"))
        assert self.sheet(phone) == "half"
        assert heading(phone) == f"{NORWAY.name} → {GUARD.name}"
        # What was tapped stays in sight above the sheet.
        top = phone.locator("#side").bounding_box()["y"]
        for end in ("Norway", "River Guard"):
            assert phone.evaluate(ACTOR, actor(phone, end))["y"] < top

    def test_the_sheet_goes_by_its_grip(self, phone):
        for name in ("half", "full", "peek"):
            phone.click("#grip")
            assert self.sheet(phone) == name
        box = phone.locator("#grip").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        phone.mouse.move(x, y)
        phone.mouse.down()
        phone.mouse.move(x, y - 200, steps=4)
        phone.mouse.move(x, y - 380, steps=4)
        phone.mouse.up()
        assert self.sheet(phone) == "half"

    def test_all_filters_are_behind_one_button(self, phone):
        phone.click("#filters-tab")
        for field in ("#much", "#size", "#span-from", '[data-family="backing"]', "#least", "#since"):
            phone.locator(field).scroll_into_view_if_needed()
            assert phone.is_visible(field), field
        phone.click("#filters-tab")
        assert self.sheet(phone) == "peek"

    def test_what_the_map_rests_on_is_told_there_too(self, phone):
        phone.click("#panel-tab")
        assert "Read by machine" in phone.inner_text("#panel footer")


def test_without_a_browser_the_tests_fail_and_say_what_to_install(monkeypatch):
    monkeypatch.delenv("KG_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium_path()
