"""The page as text: one file, the same each time, closed against what it carries. The browser is in test_map_page."""

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest
from map_views import large_view, small_view

from kg.export.content import MapView
from kg.export.html import json_block, render_map


@pytest.fixture(scope="module")
def page():
    return render_map(small_view())


def test_the_same_view_gives_the_same_page(page):
    assert render_map(small_view()) == page
    world = large_view(40, 200)
    assert render_map(world) == render_map(replace(world, edges=world.edges[::-1]))


def test_it_is_a_whole_document(page):
    assert page.startswith("<!doctype html>\n<html lang=")
    assert page.count("<h1") == page.count("<title>") == 1
    assert 'name="viewport"' in page
    assert page.rstrip().endswith("</html>")


def test_nothing_is_fetched(page):
    markup = re.sub(r"(?s)<script.*?</script>|<style>.*?</style>", "", page)
    assert re.findall(r'(?:src|href)="([^"]*)"', markup) == ["data:,", "#table-tab"]
    assert "sourceMappingURL" not in page
    assert not re.search(r"@import|url\(", re.search(r"(?s)<style>(.*?)</style>", page)[1])


def test_the_policy_names_exactly_what_is_in_the_file(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    scripts = re.findall(r"(?s)<script>(.*?)</script>", page)
    styles = re.findall(r"(?s)<style>(.*?)</style>", page)
    assert len(scripts) == 2
    for text in scripts + styles:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_our_script_reads_no_text_as_markup(page):
    ours = re.findall(r"(?s)<script>(.*?)</script>", page)[1]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|\.title\s*=", ours)


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "&lt;", "{{ 7*7 }}", "'\"\\"]
)
def test_json_cannot_be_closed_from_inside(text):
    block = str(json_block({"x": text}))
    assert not re.search("[<>&\u2028\u2029]", block)
    assert json.loads(block) == {"x": text}


def test_a_title_is_text_and_not_a_template():
    page = render_map(MapView(title="</title><b>{{ 7*7 }}{% x %}"))
    assert "&lt;/title&gt;&lt;b&gt;{{ 7*7 }}{% x %}" in page
    assert "49" not in re.search(r"(?s)<title>(.*?)</title>", page)[1]


def test_the_page_can_be_written_as_utf_8_whatever_the_text():
    assert render_map(MapView(title="\ud800 \x00 中国")).encode("utf-8")


def test_quotes_can_stay_behind():
    assert "officials said" in render_map(small_view())
    assert "officials said" not in render_map(small_view(), quotes="none")
