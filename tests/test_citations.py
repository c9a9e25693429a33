"""Citations for other programs: complete, and inert whatever a title or a quote says."""

import json
import re

import pytest
from builders import CN, PK, fact, reading

from kg.export.citations import annotation, bibtex, csl
from kg.model import Original
from kg.queries.cite import cite
from kg.store import open_store

HOSTILE = [
    r"\input{/etc/passwd} \write18{rm -rf ~} $x^2$ 100% & #1 _a_ ~ {",
    "}, url = {javascript:alert(1)}, title = {",
    "}}}}\n@comment{x} % end",
    "<script>alert(1)</script> <i>loud</i> </span> <!-- ",
    "A \"quoted\" title, “typographic” and 'single'",
    "line\nbreak\ttab\x07bell\x1b[31mred\u202ereversed",
    "{:DOI: 10.1/evil} {:type: book}",
    "\\",
    "{",
    "日本の外相が訪中 𝒳",
]


@pytest.fixture
def cited(tmp_path):
    """Cites the only assertion of a document with this citation data."""
    stores = []

    def made(**citation):
        store = open_store(tmp_path / f"{len(stores)}.db", create=True)
        stores.append(store)
        one = reading("doc-1", fact(CN, "arms", PK), **{"date": "2021-05-02", **citation})
        store.write([one])
        return cite(store, one.assertions[0].id)

    yield made
    for store in stores:
        store.close()


def fields(entry):
    """The fields of an entry as BibTeX reads them: a value ends where its braces are closed, escaped or not."""
    found, place = {}, entry.index(",") + 1
    while match := re.compile(r"\s*([a-z]+) = ").match(entry, place):
        place = match.end()
        if entry[place] != "{":
            word = re.compile(r"[a-z]+").match(entry, place)
            found[match[1]], place = word[0], word.end()
        else:
            depth, start = 0, place
            while True:
                depth += {"{": 1, "}": -1}.get(entry[place], 0)
                place += 1
                if not depth:
                    break
            found[match[1]] = entry[start + 1 : place - 1]
        place += entry[place] == ","
    assert entry[place:].strip() == "}"
    return found


def test_bibtex_has_what_is_known(cited):
    entry = bibtex(cited(title="Arms for Pakistan", publisher="Daily", url="https://news.example/a_b%20c"))
    assert entry.startswith("@misc{kg-")
    assert fields(entry) == {
        "title": "Arms for Pakistan",
        "howpublished": "Daily",
        "year": "2021",
        "month": "may",
        "day": "2",
        "url": "https://news.example/a_b%20c",
        "note": "“China arms Pakistan.” (doc-1:0-20)",
    }


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2021-05", ("2021", "may", None)), ("2021", ("2021", None, None)), (None, (None, None, None))],
)
def test_dates_are_given_as_far_as_they_are_known(cited, date, expected):
    one = cited(date=date)
    found = fields(bibtex(one))
    assert tuple(found.get(key) for key in ("year", "month", "day")) == expected
    parts = csl(one).get("issued")
    assert parts == (date and {"date-parts": [[int(part) for part in date.split("-")]]})


def test_a_paraphrase_is_cited_as_its_own_and_names_the_original(cited):
    original = Original(title="The original", publisher="Wire", date="2020-12-31", url="https://wire.example/1")
    one = cited(title="Ours", publisher="kg brief", based_on=original)
    assert fields(bibtex(one))["howpublished"] == "kg brief"
    assert (
        "Paraphrase of “The original”, Wire, 31 December 2020, https://wire.example/1." in fields(bibtex(one))["note"]
    )
    item = csl(one)
    assert (item["title"], item["container-title"], item["type"]) == ("Ours", "kg brief", "document")
    assert (item["original-title"], item["original-publisher"]) == ("The original", "Wire")
    assert item["original-date"] == {"date-parts": [[2020, 12, 31]]}
    assert annotation(one)["target"]["source"]["schema:isBasedOn"]["schema:publisher"] == "Wire"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_in_bibtex(cited, text):
    one = cited(title=text, publisher=text, based_on=Original(title=text, publisher=text))
    entry = bibtex(one)
    found = fields(entry)
    assert set(found) <= {"title", "howpublished", "year", "month", "day", "note"}
    assert entry.count("@misc{") == 1
    # What is left when all that we escape is taken away holds nothing that TeX obeys.
    names = "textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum"
    for value in (found["title"], found["howpublished"], found["note"]):
        assert not set("\\{}$&%#_^~") & set(re.sub(rf"\\(?:{names})\{{\}}|\\[$&%#_]", "", value))
        assert value.isprintable()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_in_csl(cited, text):
    item = csl(cited(title=text, publisher=text, based_on=Original(title=text)))
    for key in ("title", "container-title", "original-title", "note"):
        assert not re.search(r"</?[A-Za-z!?]", item[key])
        assert "{:" not in item[key]
        assert "\n" not in item[key]
        assert "\x1b" not in item[key]
    assert json.loads(json.dumps(item)) == item


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://a.example/{}", "https://a.example/\\x", " ", "ftp://x"]
)
def test_only_web_addresses_become_links(cited, url):
    one = cited(url=url, based_on=Original(url=url, title="x"))
    assert "url" not in fields(bibtex(one))
    assert "URL" not in csl(one)
    assert "via" not in annotation(one)["target"]["source"]
    assert "id" not in annotation(one)["target"]["source"]["schema:isBasedOn"]


def test_an_annotation_finds_the_quote_by_position_and_by_its_surroundings(cited):
    one = cited(preface="𝒳 before. " * 9, url="https://news.example/a")
    found = annotation(one)
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "Annotation"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found["id"])
    text = one.document.text
    place, quote = found["target"]["selector"]
    assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
    assert text[place["start"] : place["end"]] == quote["exact"] == "China arms Pakistan."
    assert quote["prefix"] == text[place["start"] - 32 : place["start"]]
    assert len(quote["prefix"]) == 32
    source = found["target"]["source"]
    assert source["schema:sha256"] == one.sha256
    assert source["via"] == "https://news.example/a"
    assert source["id"].startswith("ni:///sha-256;")
    assert found["body"]["value"] == "China arms Pakistan (affirmed, actual)"


def test_the_same_assertion_has_the_same_annotation(cited):
    one, again = cited(), cited()
    assert annotation(one) == annotation(again)
    assert annotation(one)["id"] != annotation(cited(preface="More. "))["id"]
