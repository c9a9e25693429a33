"""Dates of deeds: the small grammar that news uses, resolved against the document's date.

Years and months stand as such ("2019", "2019-10"): an interval, not a made-up day.
"""

from __future__ import annotations

import datetime
import re

from kg.extract.tree import Token, Tree

__all__ = ["date_of", "find_dates"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_DAYS = {
    name: i for i, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?i)\b(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    rf"|(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>(?:19|20)\d\d))?\b"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\.?(?:,?\s+(?P<y2>(?:19|20)\d\d))?\b"
    rf"|(?P<m3>{_MONTH})\.?,?\s+(?P<y3>(?:19|20)\d\d)"
    rf"|(?:in|of|last|this|since|during|early|late)\s+"
    rf"(?P<m4>{_MONTH})\b\.?(?!,?\s+(?:19|20)?\d\d)(?:\s+(?P<rel4>this year|last year))?"
    rf"|(?P<rel>yesterday|today|last (?:year|month)|this (?:year|month)|earlier this (?:year|month))"
    rf"|(?P<wd>{'|'.join(_DAYS)})"
    rf"|(?:in|since|of|during|summer|spring|winter|autumn|fall|from|by|until|the)\s+(?P<y5>(?:19|20)\d\d)\b)"
)


_DIGIT = re.compile(r"\d")
_HINTS = ("day", "year", "month", *sorted({name[:3] for name in _MONTHS}))
"""Of these every date without a digit has one."""


def find_dates(text: str, day: str | None, *, ahead: bool = False) -> list[tuple[int, int, str]]:
    """The dates in a sentence as (start, end, ISO 8601 day, month or year), in text order.

    Relative ones ("on Monday", "last year") need the document's day; without it they are passed over. A day of the week
    is the last one on or before the document's day, with `ahead` the first one on or after it, and so with months.
    """
    small = text.lower()
    if _DIGIT.search(text) is None and not any(hint in small for hint in _HINTS):
        return []
    base = _day(day)
    found = []
    for match in _DATE.finditer(text):
        value = _value(match, base, ahead)
        if value is not None:
            found.append((match.start(), match.end(), value))
    return found


def _day(day: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _value(match: re.Match[str], base: datetime.date | None, ahead: bool) -> str | None:
    group = match.groupdict()
    if group["iso"]:
        return str(group["iso"])
    for d, m, y in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if group[m]:
            return _month_day(int(group[d]), _MONTHS[group[m].lower()], group[y], base, ahead)
    if group["m3"]:
        return f"{group['y3']}-{_MONTHS[group['m3'].lower()]:02}"
    if group["m4"]:
        if base is None or (group["m4"].lower() in ("may", "march", "mar") and group["m4"][0].islower()):
            return None
        month = _MONTHS[group["m4"].lower()]
        year = base.year - (group["rel4"] == "last year")
        if not group["rel4"]:
            year += (month < base.month) if ahead else -(month > base.month)
        return f"{year}-{month:02}"
    if group["y5"]:
        return str(group["y5"])
    if base is None:
        return None
    if group["wd"]:
        back = (base.weekday() - _DAYS[group["wd"].lower()]) % 7
        return (base + datetime.timedelta(days=-back % 7 if ahead else -back)).isoformat()
    word = group["rel"].lower().removeprefix("earlier ")
    if word in ("today", "yesterday"):
        return (base - datetime.timedelta(days=word == "yesterday")).isoformat()
    if word.endswith("year"):
        return str(base.year - word.startswith("last"))
    first = base.replace(day=1)
    if word.startswith("last"):
        first -= datetime.timedelta(days=1)
    return f"{first.year}-{first.month:02}"


def _month_day(day: int, month: int, year: str | None, base: datetime.date | None, ahead: bool) -> str | None:
    if year is None and base is None:
        return None
    try:
        date = datetime.date(int(year) if year else base.year, month, day)  # type: ignore[union-attr]
        if year is None and base is not None:
            if ahead and date < base:
                date = date.replace(year=base.year + 1)
            elif not ahead and date > base + datetime.timedelta(days=60):
                date = date.replace(year=base.year - 1)
    except ValueError:
        return None
    return date.isoformat()


def date_of(deed: Token, carrier: Token | None, tree: Tree, dates: list[tuple[int, int, str]]) -> str | None:
    """The date that hangs on the deed's clause, else on the clause that it goes on with or is the purpose of.

    `carrier` is the light verb that carries a deed told by a noun; `dates` are those that `find_dates` found in the
    sentence.
    """
    if not dates:
        return None
    placed = [
        (token, value)
        for start, _, value in dates
        if (token := next((t for t in tree.tokens if t.end - tree.start > start), None)) is not None
    ]
    clause = _clause(carrier or deed)
    for token, value in placed:
        if _clause(token) is clause or _is_told_of(token, deed):
            return value
    while (above := _continued(clause)) is not None:
        for token, value in placed:
            if _clause(token) is above and token.i < clause.i:
                return value
        clause = above
    return None


def _continued(verb: Token) -> Token | None:
    """The clause whose subject and time a verb shares: "invaded in 1978 and ousted", "sent troops in 2013 to help"."""
    shares = verb.dep in ("conj", "advcl", "xcomp") and verb.kid("nsubj", "nsubjpass", "mark") is None
    return _clause(verb.head) if shares and verb.is_verb and verb.head is not None else None


def _is_told_of(date: Token, deed: Token) -> bool:
    """Does the date hang on the deed, and on no clause below it ("met in a city divided since 1974")?"""
    for token in date.above():
        if token is deed:
            return True
        if token.is_verb and token.dep in ("acl", "relcl", "advcl", "ccomp"):
            return False
    return False


def _clause(token: Token) -> Token:
    while not token.is_verb and token.head is not None:
        token = token.head
    return token
