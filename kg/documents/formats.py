"""Bytes of one source -> documents: plain text, Markdown with front matter, JSON Lines.

A reader of many documents yields them and the problems met between them, so that one bad line loses no other; a reader
of one raises `DocumentError`.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.documents.fields import make_document
from kg.errors import DocumentError, Problem
from kg.model import Document

__all__ = ["Found", "Options", "looks_like_json_lines", "read_json_lines", "read_markdown", "read_text"]

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What holds for every source of a run: the date of those that give none, and how text is encoded.

    JSON Lines are UTF-8 whatever `encoding` says, for JSON is.
    """

    default_date: str | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Found:
    """A document and where it stood: the file as named, and its line where a file holds many."""

    document: Document
    where: str
    line: int | None = None


def read_text(data: bytes, id: str, where: str, options: Options) -> Iterator[Found | Problem]:
    """The one document of a plain text, line ends as LF, nothing else changed."""
    yield from _one({}, _decode(data, options.encoding), id, where, options)


def read_markdown(data: bytes, id: str, where: str, options: Options) -> Iterator[Found | Problem]:
    """The one document of a Markdown text: what follows the front matter, marks and headings as they are."""
    text = _decode(data, options.encoding)
    fields: dict[str, Any] = {}
    if re.match(r"---[ \t]*(?:\n|\Z)", text):
        block = _FRONT_MATTER.match(text)
        if block is None:
            raise DocumentError("opens front matter with --- and never closes it; add a line --- after it.")
        fields, text = _load_yaml(block["yaml"]), text[block.end() :]
    yield from _one(fields, text, _id(fields) or id, where, options)


def read_json_lines(lines: Iterable[bytes], where: str, options: Options) -> Iterator[Found | Problem]:
    """A document for each line, read as it arrives. `text` is kept as it is. Blank lines are passed over."""
    blank = True
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        blank = False
        if b"\0" in line:
            yield Problem(where, "is binary or not UTF-8; the rest of it was not read.", number)
            return
        try:
            fields = _load_json(line)
            if not isinstance(fields.get("text"), str):
                raise DocumentError('has no "text"; each line needs "id" and "text".')
            id = _id(fields)
            if id is None:
                raise DocumentError('has no "id"; each line needs "id" and "text".')
            document, complaints = make_document(fields, fields["text"], id=id, default_date=options.default_date)
        except DocumentError as error:
            yield Problem(where, str(error), number)
            continue
        yield from (Problem(where, complaint, number) for complaint in complaints)
        yield Found(document, where, number)
    if blank:
        yield Problem(where, "is empty; there is nothing to read.")


def looks_like_json_lines(line: bytes) -> bool:
    """Whether a text that opens with this line, blank ones aside, is JSON Lines."""
    line = line.removeprefix(codecs.BOM_UTF8).strip()
    return re.match(rb'\{\s*("|\}|$)', line) is not None


def _decode(data: bytes, encoding: str) -> str:
    """The text without byte order mark, line ends as LF. A byte order mark overrules `encoding`."""
    for bom, marked in _BOMS:
        if data.startswith(bom):
            data, encoding = data[len(bom) :], marked
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise DocumentError("is binary, not text.") from None
        raise DocumentError(
            f"is not {encoding.upper()} at byte {error.start}; save it as UTF-8 or name its encoding."
        ) from None
    if "\0" in text:
        raise DocumentError("is binary, not text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _one(fields: dict[str, Any], text: str, id: str, where: str, options: Options) -> Iterator[Found | Problem]:
    document, complaints = make_document(fields, text, id=id, default_date=options.default_date)
    yield from (Problem(where, complaint) for complaint in complaints)
    yield Found(document, where)


def _load_yaml(block: str) -> dict[str, Any]:
    import frontmatter
    import yaml

    # The package would strip the text and so move every offset; only its YAML is used. BaseLoader keeps scalars as
    # written: the safe loader turns `id: 003` into 3, `title: No` into False and fails on the date 2019-02-30.
    try:
        fields = frontmatter.YAMLHandler().load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 2}" if mark else ""
        what = getattr(error, "problem", None) or "not YAML"
        raise DocumentError(f"has front matter that is not YAML{place} ({what}); mend it.") from None
    except RecursionError:
        raise DocumentError("has front matter nested too deep to read.") from None
    if fields in (None, ""):
        return {}
    if not isinstance(fields, dict):
        raise DocumentError("has front matter without keys; write `key: value` lines between the two ---.")
    return fields


def _load_json(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 at byte {error.start} of the line.") from None
    except json.JSONDecodeError as error:
        raise DocumentError(f"is not JSON: {error.msg} at column {error.colno}.") from None
    except (RecursionError, ValueError):  # ValueError: an integer of more digits than Python converts
        raise DocumentError("is JSON too deep or too large to read.") from None
    if not isinstance(fields, dict):
        raise DocumentError('is not a JSON object; write {"id": …, "text": …}.')
    return fields


def _id(fields: dict[str, Any]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise DocumentError(f"`id` must be text, is {value!r}; put it in quotes.")
    return value.strip()
