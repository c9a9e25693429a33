"""Sources -> documents: what is read, and that whatever cannot be read is told and costs nothing else."""

import io
import json
import os
from pathlib import Path

import pytest

from kg.documents import count_documents, read_sources
from kg.errors import DocumentError
from kg.model import Original


@pytest.fixture
def read(tmp_path):
    """Reads sources below a temporary folder; returns the documents and the problems as lines of text."""

    def read(*names, stdin=b"", **options):
        problems = []
        sources = [name if name in ("-", "") else tmp_path / name for name in names]
        documents = list(read_sources(sources, stdin=io.BytesIO(stdin), problems=problems, **options))
        return documents, [str(problem).replace(f"{tmp_path}/", "") for problem in problems]

    return read


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def lines(*objects):
    return "".join(json.dumps(o) + "\n" for o in objects)


# Plain text


def test_text_is_kept_but_for_line_ends(read, write):
    write("a.txt", "  Kenya praised Ghana. \r\n\r\n\tGhana did not answer.\rEnd\n\n")
    (document,), problems = read("a.txt")
    assert document.text == "  Kenya praised Ghana. \n\n\tGhana did not answer.\nEnd\n\n"
    assert (document.id, document.title, document.date, document.based_on) == ("a.txt", None, None, None)
    assert problems == []


def test_plain_text_has_no_front_matter(read, write):
    write("a.txt", "---\nid: x\n---\nKenya praised Ghana.\n")
    (document,), _ = read("a.txt")
    assert document.text.startswith("---\nid: x")


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffPérou".encode(),
        "\ufeffPérou".encode("utf-16-le"),
        "\ufeffPérou".encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_no_text(read, write, content):
    write("a.txt", content)
    assert read("a.txt", encoding="cp1252")[0][0].text == "Pérou"


def test_another_encoding_on_request(read, write):
    write("a.txt", "Pérou".encode("latin-1"))
    documents, problems = read("a.txt")
    assert documents == []
    assert problems == ["a.txt: is not UTF-8 at byte 1; save it as UTF-8 or name its encoding."]
    assert read("a.txt", encoding="latin-1")[0][0].text == "Pérou"


def test_a_file_of_an_unknown_kind_is_read_when_named(read, write):
    write("wire", "Kenya praised Ghana.")
    write("wire.dat", lines({"id": "1", "text": "Kenya praised Ghana."}))
    documents, problems = read("wire", "wire.dat")
    assert [d.id for d in documents] == ["wire", "1"]
    assert problems == []


# Markdown


def test_front_matter_fills_the_citation_and_the_text_follows_it(read, write):
    write(
        "brief.md",
        "---\nid: kenya-ghana\ntitle: 'Kenya: Ghana'\npublisher: kg brief\nkind: brief\ndate: 2019-10-09\n"
        "url: https://example.org/a\ntags: [x, y]\nbased_on:\n  title: Ghana hears Kenya\n  publisher: The Wire\n"
        "  date: 2019-10\n---\n\n# Kenya *praises* Ghana\n\nText.\n",
    )
    (document,), problems = read("brief.md")
    assert problems == []
    assert document.text == "\n# Kenya *praises* Ghana\n\nText.\n"
    assert document.id == "kenya-ghana"
    assert (document.title, document.publisher, document.kind) == ("Kenya: Ghana", "kg brief", "brief")
    assert (document.date, document.url) == ("2019-10-09", "https://example.org/a")
    assert document.based_on == Original(title="Ghana hears Kenya", publisher="The Wire", date="2019-10")


def test_line_ends_and_byte_order_mark_do_not_hide_front_matter(read, write):
    write("a.md", b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nText.\r\n")
    (document,), _ = read("a.md")
    assert (document.title, document.text) == ("T", "Text.\n")


def test_front_matter_scalars_stay_as_written(read, write):
    write("a.md", "---\nid: 003\ntitle: No\npublisher: null\nurl:\n---\nText.\n")
    (document,), problems = read("a.md")
    assert problems == []
    assert (document.id, document.title, document.publisher, document.url) == ("003", "No", None, None)


@pytest.mark.parametrize(
    "content",
    ["Kenya praised Ghana.\n\n---\n\nMore.\n---\n", "----\nKenya praised Ghana.\n---\n", "\n---\nid: x\n---\nText.\n"],
)
def test_rules_in_the_text_are_no_front_matter(read, write, content):
    write("a.md", content)
    (document,), problems = read("a.md")
    assert (document.id, document.text, problems) == ("a.md", content, [])


def test_empty_front_matter(read, write):
    write("a.md", "---\n---\nText.\n")
    assert read("a.md")[0][0].text == "Text.\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("---\ntitle: T\n\nText.\n", "never closes it"),
        ("---\nKenya praised Ghana.\n---\nText.\n", "without keys"),
        ("---\n- a\n- b\n---\nText.\n", "without keys"),
        ("---\ntitle: T\nurl: 'x\n---\nText.\n", "not YAML at line"),
        ("---\ntitle: a: b\n---\nText.\n", "not YAML at line 2"),
        ("---\ntitle: [a, b]\n---\nText.\n", "`title` must be text"),
        ("---\nid: {a: b}\n---\nText.\n", "`id` must be text"),
        ("---\nbased_on: The Wire\n---\nText.\n", "`based_on` must hold"),
        ("---\nbased_on:\n  title: [a]\n---\nText.\n", "`based_on.title` must be text"),
        ("---\ntitle: T\n---\n \n", "is empty"),
        pytest.param("---\nx: " + "[" * 5000 + "\n---\nText.\n", "front matter", id="deep"),
    ],
)
def test_malformed_front_matter_is_told(read, write, content, told):
    write("a.md", content)
    write("b.md", "Text.")
    documents, problems = read("a.md", "b.md")
    assert [d.id for d in documents] == ["b.md"]
    assert len(problems) == 1
    assert problems[0].startswith("a.md: ")
    assert told in problems[0]


# JSON Lines


def test_json_lines_keep_their_text_as_it_is(read, write):
    text = "\ufeffKenya\r\npraised\u2028Ghana. \n"
    based_on = {"publisher": "The Wire", "date": "2019"}
    write("a.jsonl", lines({"id": "x", "text": text, "title": "T", "date": "2019-10", "based_on": based_on, "n": 1}))
    (document,), problems = read("a.jsonl")
    assert problems == []
    assert (document.id, document.text, document.title, document.date) == ("x", text, "T", "2019-10")
    assert document.based_on == Original(publisher="The Wire", date="2019")


def test_numbers_serve_as_ids(read, write):
    write("a.jsonl", lines({"id": 7, "text": "Text.", "date": 2019}))
    (document,), _ = read("a.jsonl")
    assert (document.id, document.date) == ("7", "2019")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"id": "x", "text": "Text."', "is not JSON"),
        (b"Kenya praised Ghana.", "is not JSON"),
        (b'["x", "Text."]', "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b'{"id": "x"}', 'has no "text"'),
        (b'{"id": "x", "text": null}', 'has no "text"'),
        (b'{"id": "x", "text": ["Text."]}', 'has no "text"'),
        (b'{"id": "x", "text": " \\n"}', "is empty"),
        (b'{"text": "Text."}', 'has no "id"'),
        (b'{"id": "", "text": "Text."}', 'has no "id"'),
        (b'{"id": true, "text": "Text."}', "`id` must be text"),
        (b'{"id": ["x"], "text": "Text."}', "`id` must be text"),
        (b'{"id": "x", "text": "Text.", "publisher": 5}', "`publisher` must be text"),
        (b'{"id": "x", "text": "Text.", "based_on": []}', "`based_on` must hold"),
        (b'{"id": "x", "text": "P\xe9rou"}', "is not UTF-8 at byte 22"),
        (b'{"id": "x", "text": "half \\ud83d"}', "`text` holds half a surrogate pair"),
        (b'{"id": "\\ud83d", "text": "Text."}', "`id` holds half a surrogate pair"),
        (b'{"id": "x", "text": "a\\u0000b"}', "NUL"),
        pytest.param(b'{"id": "x", "text": ' + b"[" * 100_000, "too deep", id="deep"),
        pytest.param(b'{"id": ' + b"9" * 5000 + b', "text": "Text."}', "too large", id="large"),
    ],
)
def test_a_bad_line_costs_only_itself(read, write, line, told):
    good = b'{"id": "%s", "text": "Text."}\n'
    write("a.jsonl", good % b"first" + b"\n" + line + b"\n" + good % b"last")
    documents, problems = read("a.jsonl")
    assert [d.id for d in documents] == ["first", "last"]
    assert len(problems) == 1
    assert problems[0].startswith("a.jsonl:3: ")
    assert told in problems[0]


def test_a_binary_file_of_json_lines_is_told_once(read, write):
    write("a.jsonl", b"\x00\x01\n" * 50)
    documents, problems = read("a.jsonl")
    assert documents == []
    assert problems == ["a.jsonl:1: is binary or not UTF-8; the rest of it was not read."]


def test_json_lines_are_read_as_they_arrive():
    def endless():
        number = 0
        while True:
            number += 1
            yield b'{"id": %d, "text": "Text."}\n' % number

    documents = read_sources(["-"], stdin=endless(), problems=[])
    assert [next(documents).id for _ in range(3)] == ["1", "2", "3"]


# Dates


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2019-10-09", "2019-10-09"),
        ("2019-10", "2019-10"),
        ("2019", "2019"),
        ("2019-10-09T23:30:00Z", "2019-10-09"),
        ("2019-10-09 23:30:00+05:00", "2019-10-09"),
        ("", None),
        ("null", None),
    ],
)
def test_dates(read, write, written, date):
    write("a.md", f"---\ndate: {written}\n---\nText.\n")
    (document,), problems = read("a.md")
    assert (document.date, problems) == (date, [])


@pytest.mark.parametrize(
    "written", ["9 October 2019", "2019-02-30", "2019-13", "0000", "10/09/2019", "2019-10-9", "2019-10-09Tnoon", "٢٠١٩"]
)
def test_a_date_that_is_none_is_told_and_left_out(read, write, written):
    write("a.md", f"---\ndate: {written}\n---\nText.\n")
    (document,), problems = read("a.md")
    assert document.date is None
    assert len(problems) == 1
    assert "`date` is left out" in problems[0]
    assert written in problems[0]


@pytest.mark.parametrize("value", [True, 5, 2019.5, ["2019"], {"year": 2019}])
def test_a_date_of_a_wrong_type_is_told_and_left_out(read, write, value):
    write("a.jsonl", lines({"id": "x", "text": "Text.", "date": value}))
    (document,), problems = read("a.jsonl")
    assert document.date is None
    assert problems[0].startswith("a.jsonl:1: `date` is left out")


def test_the_default_date_is_for_documents_that_give_none(read, write):
    write("a.md", "---\ndate: 2019-10-09\n---\nText.\n")
    write("b.txt", "Text.")
    write("c.jsonl", lines({"id": "c", "text": "Text.", "based_on": {"title": "T"}}))
    documents, _ = read("a.md", "b.txt", "c.jsonl", default_date="2021-08")
    assert [d.date for d in documents] == ["2019-10-09", "2021-08", "2021-08"]
    assert documents[2].based_on.date is None


@pytest.mark.parametrize("options", [{"default_date": "yesterday"}, {"encoding": "utf-9"}, {"encoding": "hex"}])
def test_wrong_options_are_told_before_anything_is_read(options):
    with pytest.raises(DocumentError):
        read_sources(["-"], problems=[], **options)


# Folders


def test_folders_are_read_whole_and_in_order(read, write):
    for name in ("b.txt", "a.md", "A.TXT", "sub/deep/c.txt", "sub/d.md", "no-suffix"):
        write(f"news/{name}", "Text.")
    write("news/sub/e.jsonl", lines({"id": "e1", "text": "Text."}))
    documents, problems = read("news")
    assert [d.id for d in documents] == ["A.TXT", "a.md", "b.txt", "no-suffix", "sub/d.md", "e1", "sub/deep/c.txt"]
    assert problems == []


def test_readmes_and_hidden_names_are_passed_over_in_folders(read, write):
    passed_over = ("README", "README.md", "readme.txt", "Readme.fr.md", ".a.txt", "_draft.md", ".git/a.txt", "_x/b.md")
    for name in passed_over:
        write(f"news/{name}", "Text.")
    write("news/readmission.txt", "Text.")
    documents, problems = read("news")
    assert [d.id for d in documents] == ["readmission.txt"]
    assert problems == []
    assert [d.id for d in read("news/README.md", "news/_draft.md")[0]] == ["README.md", "_draft.md"]


def test_the_id_does_not_depend_on_how_the_folder_is_named(read, write, tmp_path, monkeypatch):
    write("news/sub/a.txt", "Text.")
    monkeypatch.chdir(tmp_path / "news")
    ids = {next(read_sources([name], problems=[])).id for name in (".", "../news", tmp_path / "news", "sub/..")}
    assert ids == {"sub/a.txt"}


def test_other_kinds_of_files_in_folders_are_named(read, write):
    write("news/a.txt", "Text.")
    write("news/photo.png", b"\x89PNG\r\n\x1a\n\x00")
    documents, problems = read("news")
    assert [d.id for d in documents] == ["a.txt"]
    assert problems == ["news/photo.png: is not a kind of file that kg reads in folders: .txt, .md or .jsonl."]


def test_a_folder_without_documents_is_told(read, write):
    write("news/README.md", "Text.")
    assert read("news") == ([], ["news: holds no documents: no .txt, .md or .jsonl file."])


def test_links_that_lead_nowhere_and_pipes_are_told(read, write, tmp_path):
    write("news/a.txt", "Text.")
    (tmp_path / "news/b.txt").symlink_to("nowhere.txt")
    os.mkfifo(tmp_path / "news/c.txt")
    (tmp_path / "news/loop").symlink_to(tmp_path / "news")
    documents, problems = read("news")
    assert [d.id for d in documents] == ["a.txt"]
    assert problems == [
        "news/b.txt: no such file or folder.",
        "news/c.txt: is a device or a pipe; name it itself to read it.",
    ]


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_file_name_that_is_not_utf8_gives_an_id_that_is(read, write, tmp_path):
    write("news/a.txt", "Text.")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/news/\xff.txt")).write_text("Text.")
    except OSError:
        pytest.skip("the file system refuses such names")
    assert [d.id for d in read("news")[0]] == ["a.txt", "\ufffd.txt"]


# Standard input


def test_stdin_text(read):
    (document,), problems = read("-", stdin=b"\n\xef\xbb\xbfKenya praised Ghana.\r\n")
    assert (document.id, problems) == ("stdin", [])
    assert document.text.endswith("Kenya praised Ghana.\n")


@pytest.mark.parametrize("opening", [b"", b"\n  \n", b"\xef\xbb\xbf"])
def test_stdin_json_lines(read, opening):
    two = lines({"id": "a", "text": "A."}, {"id": "b", "text": "B."}).encode()
    documents, problems = read("-", stdin=opening + two)
    assert [d.id for d in documents] == ["a", "b"]
    assert problems == []


def test_stdin_that_opens_with_a_brace_is_not_always_json(read):
    (document,), problems = read("-", stdin=b"{Reuters} Kenya praised Ghana.")
    assert (document.id, problems) == ("stdin", [])


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "is empty"), (b" \n\n", "is empty"), (b"\x7fELF\x00\x00", "is binary"), (b"P\xe9rou", "is not UTF-8")],
)
def test_stdin_that_cannot_be_read(read, content, told):
    documents, problems = read("-", stdin=content)
    assert documents == []
    assert problems[0].startswith("stdin: ")
    assert told in problems[0]


def test_stdin_is_read_once(read):
    documents, problems = read("-", "-", stdin=b"Text.")
    assert len(documents) == 1
    assert problems == ["stdin: was named twice; it can be read once."]


# What cannot be read


def test_every_unreadable_file_is_told_and_the_rest_is_read(read, write):
    write("good.txt", "Text.")
    write("empty.txt", "")
    write("blank.md", " \n\t\n")
    write("empty.jsonl", "\n\n")
    write("binary.txt", b"\x7fELF\x02\x01\x00\xff\xfe")
    write("nul.txt", b"Kenya\x00Ghana")
    write("cp1252.txt", "Pérou".encode("cp1252"))
    names = ["missing.txt", "empty.txt", "blank.md", "empty.jsonl", "binary.txt", "nul.txt", "cp1252.txt", ""]
    documents, problems = read(*names, "good.txt")
    assert [d.id for d in documents] == ["good.txt"]
    assert problems == [
        "missing.txt: no such file or folder.",
        "empty.txt: is empty; there is nothing to read.",
        "blank.md: is empty; there is nothing to read.",
        "empty.jsonl: is empty; there is nothing to read.",
        "binary.txt: is binary, not text.",
        "nul.txt: is binary, not text.",
        "cp1252.txt: is not UTF-8 at byte 1; save it as UTF-8 or name its encoding.",
        "'': is no file name.",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(read, write):
    write("secret.txt", "Text.").chmod(0)
    assert read("secret.txt") == ([], ["secret.txt: could not be read: Permission denied."])


def test_a_path_through_a_file_is_told(read, write):
    write("a.txt", "Text.")
    documents, problems = read("a.txt/b.txt")
    assert documents == []
    assert problems == ["a.txt/b.txt: could not be read: Not a directory."]


def test_the_second_document_of_an_id_is_told_where_it_stands(read, write):
    write("a.txt", "First.")
    write("b.md", "---\nid: a.txt\n---\nSecond.")
    write("c.jsonl", lines({"id": "c", "text": "Third."}, {"id": "a.txt", "text": "Fourth."}))
    documents, problems = read("a.txt", "b.md", "c.jsonl")
    assert [d.text for d in documents] == ["First.", "Third."]
    assert problems == [
        "b.md: the id 'a.txt' is taken by an earlier document; give this one its own.",
        "c.jsonl:2: the id 'a.txt' is taken by an earlier document; give this one its own.",
    ]


# --- how many there are -----------------------------------------------------------------------------------------------


def test_documents_are_counted_without_reading_them(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("A.")
    (tmp_path / "news" / "b.md").write_text("B.")
    (tmp_path / "news" / "_hidden.txt").write_text("C.")
    (tmp_path / "more.jsonl").write_text('{"id": "1", "text": "x"}\n{"id": "2", "text": "y"}\n')
    assert count_documents([tmp_path / "news", tmp_path / "more.jsonl"]) == 4
    assert count_documents([tmp_path / "news", "-"]) is None
    assert count_documents([tmp_path / "missing.txt"]) is None
