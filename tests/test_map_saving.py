"""What is saved from the map, in Chromium: whole, harmless to who opens it, and with its marks."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from browser import opened
from map_pages import files, filters, large, shown, small, write
from map_views import document, edge, quote

from kg.export.content import MapActor, MapView
from kg.model import Actor

__all__ = ["files", "large", "small", "write"]  # the fixtures

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def save(page, button, by="mouse"):
    if by == "mouse":
        page.click("#share summary")
    else:
        page.focus("#share summary")
        page.keyboard.press("Enter")
        page.focus(button)
    with page.expect_download() as download:
        if by == "mouse":
            page.click(button)
        else:
            page.keyboard.press("Enter")
    return download.value.path().read_bytes()


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def everything(page):
    filters(page)
    for group in ("planned", "alleged", "hypothetical", "ended", "negated"):
        page.check(f'[data-group="{group}"]')


def test_quotes_as_csv_carry_their_marks(small):
    facts = rows(save(small, "#save-csv"))
    assert {row["status"] for row in facts} == {"actual"}
    assert len(facts) == 9
    everything(small)
    saved = rows(save(small, "#save-csv", by="keyboard"))
    assert len(saved) == 15
    assert {row["status"] for row in saved} == {"actual", "planned", "alleged", "hypothetical", "ended", "negated"}
    brief = next(row for row in saved if row["document"] == "brief")
    assert brief["paraphrase"] == "yes"
    assert "paraphrase based on: Delta Times" in brief["based_on"]
    assert all("Read by machine" in row["notice"] for row in saved)


def test_only_the_selection_is_saved(small):
    filters(small)
    small.uncheck('[data-outlet="Harbour Post"]')
    assert {row["publisher"] for row in rows(save(small, "#save-csv"))} == {"Delta Times", "kg brief"}


def test_links_as_json_are_those_drawn(small):
    filters(small)
    small.select_option("#least", "2")
    saved = json.loads(save(small, "#save-json"))
    assert len(saved["links"]) == 2
    assert "Read by machine" in saved["notice"]
    assert saved["filters"] == ["at least 2 articles"]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_graph_for_gephi_opens_in_networkx(small, tmp_path, by):
    everything(small)
    (tmp_path / "map.gexf").write_bytes(save(small, "#save-gexf", by=by))
    graph = nx.read_gexf(tmp_path / "map.gexf")
    assert {data["label"] for _, data in graph.nodes(data=True)} >= {"Kenya", "Peru", "Norway", "River Guard"}
    found = {(a, b, data["relation"], data["status"]): data for a, b, data in graph.edges(data=True)}
    assert found["ke", "pe", "supports", "actual"]["weight"] == 2
    assert found["pe", "ke", "arms", "planned"]["weight"] == 0
    assert found["to", "ke", "supports", "planned"]["weight"] == 0
    assert found["pe", "ke", "arms", "actual"]["paraphrased"] is True
    assert found["ke", "pe", "allied_with", "actual"]["symmetric"] is True
    assert "Read by machine" in (tmp_path / "map.gexf").read_text("utf-8")


def test_the_picture_is_a_png(small):
    png = save(small, "#save-png")
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width == 2 * small.evaluate("document.getElementById('network').clientWidth")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_drawing_is_the_view_with_its_marks(small, by):
    root = ET.fromstring(save(small, "#save-svg", by=by))
    assert root.tag == f"{SVG}svg"
    words = " ".join(root.itertext())
    for text in ("Kenya", "River Guard", "KEN", "backing", "4 of 1,043 actors", "Read by machine", "paraphrases"):
        assert text in words
    assert "Only affirmed, actual acts are drawn" in words
    told = [title.text for title in root.iter(f"{SVG}title")]
    assert "Kenya supports, aids Peru · 3 articles" in told
    assert len(root.findall(f".//{SVG}polyline")) == len(shown(small)["lines"])


def test_a_drawing_of_threads_says_that_they_are_no_facts(small):
    filters(small)
    small.uncheck('[data-group="actual"]')
    small.check('[data-group="planned"]')
    words = " ".join(ET.fromstring(save(small, "#save-svg")).itertext())
    assert "Thin dotted threads are no facts" in words
    assert "status planned" in words


def test_a_large_view_is_saved_whole(large):
    root = ET.fromstring(save(large, "#save-svg"))
    assert len(root.findall(f".//{SVG}polyline")) == len(shown(large)["lines"])


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(chromium, write, formula):
    one, two = Actor("one", formula, "state"), Actor("two", "Two", "state")
    where = document("d", formula, title=formula)
    view = MapView(
        title="t",
        actors=(MapActor(actor=one, degree=1), MapActor(actor=two, degree=1)),
        edges=(edge([quote(one, "supports", two, where, before=f"{formula} ")]),),
    )
    with opened(chromium, write(view)) as seen:
        for row in rows(save(seen.page, "#save-csv")):
            assert not [value for value in row.values() if value.lstrip()[:1] in ("=", "+", "-", "@")]


def test_markup_in_a_name_stays_text_in_drawing_and_graph(chromium, write, tmp_path):
    name = "A</text><script>x</script>&amp;<b>"
    one, two = Actor("one", name, "state"), Actor("two", "Two", "state")
    view = MapView(
        title=name,
        actors=(MapActor(actor=one, degree=1), MapActor(actor=two, degree=1)),
        edges=(edge([quote(one, "supports", two, document("d"))]),),
    )
    with opened(chromium, write(view)) as seen:
        root = ET.fromstring(save(seen.page, "#save-svg"))
        assert not list(root.iter(f"{SVG}script"))
        (tmp_path / "map.gexf").write_bytes(save(seen.page, "#save-gexf"))
        assert nx.read_gexf(tmp_path / "map.gexf").nodes["one"]["label"] == name
        seen.assert_quiet()


@pytest.mark.parametrize("width", [1300, 390])
def test_printed_it_holds_picture_evidence_and_table_and_is_light(chromium, files, width):
    with opened(chromium, files("small"), width=width, dark=True) as seen:
        page = seen.page
        assert page.pdf().startswith(b"%PDF")
        page.emulate_media(media="print")
        for part in ("#printed svg", "#panel", "#table table", "#basis"):
            assert page.is_visible(part), part
        for part in ("#toolbar", "#share", "#filters", "#timeline", ".canvas"):
            assert not page.is_visible(part), part
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.get_attribute("#printed svg > rect", "fill") == "#fbfaf7"
        assert "Read by machine" in page.text_content("#printed")
        seen.assert_quiet()


def test_the_link_to_the_view_is_copied(small):
    small.context.grant_permissions(["clipboard-read", "clipboard-write"])
    small.uncheck('[data-family="backing"]')
    small.click("#share summary")
    small.click("#copy-link")
    small.wait_for_timeout(100)
    assert small.evaluate("navigator.clipboard.readText()").endswith("#off=backing")
