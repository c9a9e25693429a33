"""Citation data as found in front matter or JSON -> the fields of a `Document`, checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from kg.errors import DocumentError
from kg.model import Document, Original

__all__ = ["iso_date", "make_document"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](.+))?)?)?", re.ASCII)
_ABSENT = ("", "~", "null", "Null", "NULL")  # YAML's ways to write nothing; front matter arrives here as plain strings
_SURROGATE = re.compile("[\ud800-\udfff]")


def iso_date(value: object) -> str:
    """A day, month or year in ISO 8601, as exact as it was given; of a point in time, its day as written.

    Raises `DocumentError` for everything else: 9/10/2019 and 2019-02-30 are no dates.

    >>> iso_date("2019-10-09T23:30:00+05:00")
    '2019-10-09'
    >>> iso_date("2019-10")
    '2019-10'
    """
    written = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    match = _DATE.fullmatch(written)
    if match:
        year, month, day, time = match.groups()
        try:
            datetime.date(int(year), int(month or 1), int(day or 1))
            if time:
                datetime.datetime.fromisoformat(written)
            return written[:10]
        except ValueError:
            pass
    raise DocumentError(f"{value!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY.")


def make_document(
    data: Mapping[str, Any], text: str, *, id: str, default_date: str | None = None
) -> tuple[Document, list[str]]:
    """The document, and what of its citation data had to be left out (a date that is none).

    Keys that kg does not know are passed over: front matter is shared with other tools. Raises `DocumentError` where
    the text is empty or a known key holds something other than text.
    """
    if not text.strip():
        raise DocumentError("is empty; there is nothing to read.")
    if "\0" in text:
        raise DocumentError("holds NUL characters, so it is not text.")
    based_on = data.get("based_on")
    if based_on in (None, *_ABSENT):
        original = None
    elif isinstance(based_on, Mapping):
        original = based_on
    else:
        raise DocumentError("`based_on` must hold title, publisher, date and url of the original.")

    complaints: list[str] = []
    document = Document(
        id=_clean(id, "id"),
        text=_clean(text, "text"),
        title=_text(data, "title"),
        publisher=_text(data, "publisher"),
        date=_date(data, complaints) or default_date,
        url=_text(data, "url"),
        kind=_text(data, "kind"),
        based_on=None
        if original is None
        else Original(
            title=_text(original, "title", "based_on."),
            publisher=_text(original, "publisher", "based_on."),
            date=_date(original, complaints, "based_on."),
            url=_text(original, "url", "based_on."),
        ),
    )
    return document, complaints


def _text(data: Mapping[str, Any], key: str, prefix: str = "") -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise DocumentError(f"`{prefix}{key}` must be text, is {value!r}; put it in quotes.")
    value = value.strip()
    return None if value in _ABSENT else _clean(value, prefix + key)


def _date(data: Mapping[str, Any], complaints: list[str], prefix: str = "") -> str | None:
    value = data.get("date")
    if value is None or value in _ABSENT:
        return None
    try:
        return iso_date(value)
    except DocumentError as error:
        complaints.append(f"`{prefix}date` is left out: {error}")
        return None


def _clean(value: str, key: str) -> str:
    # Half a surrogate pair can come out of a JSON escape; no file or database could hold it as UTF-8.
    if _SURROGATE.search(value):
        raise DocumentError(f"`{key}` holds half a surrogate pair; write the character itself or its whole escape.")
    return value
