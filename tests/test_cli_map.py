"""kg map as a process: what it writes, for whom, and how it refuses."""

import json
import os
import re
import stat

import pytest
from cli_runs import kg
from map_views import KENYA, document, edge, quote, readings, small_view

from kg.export.content import MapActor, MapView
from kg.model import Actor
from kg.store import open_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with kg.db: four linked actors and a man without office who attacks one of them."""
    folder = tmp_path_factory.mktemp("map")
    nobody = Actor("p1", "Otto Nobody", "person")
    act = edge([quote(nobody, "attacks", KENYA, document("four"))])
    private = MapView(title="t", actors=(MapActor(actor=nobody), MapActor(actor=KENYA)), edges=(act,))
    with open_store(folder / "kg.db", create=True) as store:
        assert not store.write([*readings(small_view()), *readings(private)]).problems
    return folder


def data(page):
    """What the page of that text knows."""
    return json.loads(re.search(r'(?s)<script type="application/json" id="data">(.*?)</script>', page)[1])


def written(folder, *options):
    done = kg("map", "-o", "-", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return data(done.stdout)


def names(page):
    return {actor["name"] for actor in page["actors"]}


def test_it_writes_map_html_and_says_so(folder, tmp_path):
    done = kg("map", "--store", folder / "kg.db", cwd=tmp_path)
    assert done.returncode == 0
    assert "4 actors" in done.stderr
    assert "-> map.html" in done.stderr
    page = (tmp_path / "map.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert kg("map", "-o", "-", "--store", folder / "kg.db", cwd=tmp_path).stdout == page, (
        "the same store, the same page"
    )


def test_people_without_office_are_left_out_unless_asked_for(folder):
    page = written(folder)
    assert "Otto Nobody" not in names(page)
    assert page["bounds"] == ["no hostile or alleged acts of people who hold no office"]
    page = written(folder, "--private-people")
    assert "Otto Nobody" in names(page)
    assert page["bounds"] == []


def test_dates_confidence_and_sources_bound_it_and_it_says_so(folder):
    page = written(folder, "--since", "2021-05", "--min-confidence", "0.5")
    assert page["bounds"][:2] == ["since 2021-05", "confidence at least 0.5"]
    assert {document["id"] for document in page["documents"]} == {"two"}
    sure = written(folder, "--min-sources", "2")
    drawn = [line for line in sure["lines"] if line["rank"] is not None]
    assert {relation["id"] for line in drawn for relation in line["relations"]} == {"supports", "attacks"}


def test_focus_hops_families_and_title(folder):
    page = written(folder, "--focus", "Norway", "--family", "engaging", "--family", "opposing", "--title", "Fjords <b>")
    assert page["title"] == "Fjords <b>"
    assert names(page) == {"Norway", "Kenya", "River Guard"}
    assert page["bounds"][:2] == ["within 1 link of Norway", "only engaging, opposing"]
    assert names(written(folder, "--focus", "Norway", "--hops", "2")) == {"Norway", "Kenya", "River Guard", "Peru"}


@pytest.mark.parametrize(("quotes", "there"), [("none", False), ("short", True), ("full", True)])
def test_how_much_of_a_sentence_travels(folder, quotes, there):
    page = written(folder, "--quotes", quotes)
    assert page["quotes"] == quotes
    assert ("officials said" in json.dumps(page)) is there


def test_quotes_are_short_unless_asked_for(folder):
    assert written(folder)["quotes"] == "short"


def test_open_shows_the_file(folder, tmp_path):
    """With a browser that writes down what it is shown."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/shown\n', encoding="utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    for name in ("xdg-open", "www-browser"):
        (tmp_path / name).symlink_to(browser)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = kg("map", "-o", tmp_path / "m.html", "--open", cwd=folder, env={"PATH": path, "BROWSER": str(browser)})
    assert done.returncode == 0
    assert (tmp_path / "shown").read_text("utf-8").strip() == str(tmp_path / "m.html")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("-o", "-", "--open"), "--open shows a file"),
        (("--focus", "Atlantis"), "Atlantis"),
        (("--focus", "Tonga"), "has no link to draw"),
        (("--hops", "0"), "--hops"),
        (("--quotes", "all"), "--quotes"),
        (("--since", "soon"), "soon"),
    ],
)
def test_what_it_refuses(folder, tmp_path, options, says):
    done = kg("map", "--store", folder / "kg.db", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


class TestAnswers:
    def test_a_question(self, folder, tmp_path):
        done = kg("query", "who supports Peru", "--store", folder / "kg.db", "--map", "a.html", cwd=tmp_path)
        assert done.returncode == 0
        page = data((tmp_path / "a.html").read_text("utf-8"))
        assert page["title"] == "who supports Peru"
        assert names(page) == {"Kenya", "Peru"}
        assert page["bounds"][0] == "an answer to a question"

    def test_a_path(self, folder, tmp_path):
        done = kg("path", "Norway", "Peru", "--store", folder / "kg.db", "--map", "a.html", cwd=tmp_path)
        assert done.returncode == 0
        assert "-> a.html" in done.stderr
        page = data((tmp_path / "a.html").read_text("utf-8"))
        assert page["title"] == "How Norway and Peru are connected"
        assert names(page) >= {"Norway", "Kenya", "Peru"}

    def test_nothing_found_writes_nothing(self, folder, tmp_path):
        done = kg("query", "who sanctions Peru", "--store", folder / "kg.db", "--map", "a.html", cwd=tmp_path)
        assert done.returncode == 1
        assert list(tmp_path.iterdir()) == []
