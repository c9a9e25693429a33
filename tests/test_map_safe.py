"""Hostile text, wherever text can stand, in Chromium: it is shown and never runs."""

from dataclasses import replace

import pytest
from browser import opened
from map_pages import ACTOR, MIDDLE, click, write
from map_views import document, edge, quote

from kg.export import html
from kg.export.content import MapActor, MapView
from kg.model import Actor, Original
from kg.relations import Ontology, ontology

__all__ = ["write"]  # the fixtures

pytestmark = pytest.mark.browser

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
    "\u2028\u2029&lt;script&gt;hit()",
    "\u200f\u061cright to left",
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
        page.click("#filters-tab")
        page.check('[data-group="planned"]')
        page.locator("[data-outlet]").last.hover()
        assert page.evaluate("window.hits") == 0
        assert page.locator("script").count() == 4
        assert page.locator("img, iframe, svg[onload], a[href^=javascript]").count() == 0
        for link in page.locator("a[target]").all():
            assert link.get_attribute("href").startswith("https://a.example/")
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every((e) => ![...e.attributes].some((a) => a.name.startsWith('on')))"
        )
        seen.assert_quiet()


@pytest.mark.parametrize("attack", ["<img src=x onerror=hit()>", "</script><script>hit()</script>", "{{ 7*7 }} href"])
def test_labels_of_relations_are_text_too(chromium, write, monkeypatch, attack):
    card = replace(ontology()["supports"], id=attack, inverse=attack)
    monkeypatch.setattr(html, "ontology", lambda: Ontology([card]))
    one, two = Actor("one", "One", "state"), Actor("two", "Two", "state")
    said = quote(one, "supports", two, document("d"))
    view = MapView(
        title="t",
        actors=(MapActor(actor=one, degree=1), MapActor(actor=two, degree=1)),
        edges=(edge([replace(said, assertion=replace(said.assertion, relation=attack))]),),
    )
    with opened(chromium, write(view)) as seen:
        page = seen.page
        page.evaluate("window.hits = 0; window.hit = () => { window.hits += 1; }; null")
        click(page, MIDDLE, 0)
        assert attack.replace("_", " ") in page.inner_text("#panel h3")
        page.click("#table-tab")
        page.click("#filters-tab")
        at = page.evaluate(MIDDLE, 0)
        page.mouse.move(at["x"], at["y"])
        page.wait_for_timeout(60)
        assert page.evaluate("window.hits") == 0
        assert page.locator("img, iframe").count() == 0
        seen.assert_quiet()


def test_a_script_that_slips_in_is_refused_by_the_policy(chromium, write):
    """Were some text read as markup after all, the page's policy would still not run it."""
    with opened(chromium, write(MapView(title="t"))) as seen:
        markup = "<details open ontoggle=hits=1>"
        seen.page.evaluate(
            "words => { window.hits = 0; document.body.insertAdjacentHTML('beforeend', words); }", markup
        )
        seen.page.wait_for_timeout(100)
        assert seen.page.evaluate("window.hits") == 0
        assert any("Content Security Policy" in each for each in seen.complaints)
        assert seen.requests == []
