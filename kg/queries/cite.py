"""The full citation of one assertion: its quote in context, where it stands, and what it was read from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from kg.errors import QuestionError
from kg.model import Assertion, Document
from kg.store import Filter, Store, Versions

__all__ = ["AmbiguousIdError", "Citation", "cite"]

CONTEXT = 240
AFFIX = 32
"""Characters before and after a quote by which it is found again where the text has moved."""

MOST = 10
_ID = re.compile("[0-9a-f]{1,16}")


class AmbiguousIdError(QuestionError):
    """Several ids begin so; `ids` are the first of them."""

    def __init__(self, prefix: str, ids: tuple[str, ...]) -> None:
        self.prefix, self.ids = prefix, ids
        more = ", …" if len(ids) == MOST else ""
        super().__init__(f"Several assertions begin with {prefix!r}: {', '.join(ids)}{more}. Give more of the id.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An assertion with all that is needed to cite it and to check it.

    `exact` is the sentence. `before` and `after` are its context in the document, cut at spaces; `prefix` and
    `suffix` the 32 characters next to it as they stand, fewer at the ends of the text. `sha256` is that of the
    document's text in UTF-8, into which all offsets point. `versions` say what the document was read with.
    """

    assertion: Assertion
    document: Document
    versions: Versions | None
    exact: str
    before: str
    after: str
    prefix: str
    suffix: str
    sha256: str


def cite(store: Store, id: str, *, private_people: bool = False) -> Citation | None:
    """The citation of the assertion of that id, or of the only one whose id begins so; None where there is none.

    Raises `AmbiguousIdError` where several begin so, and `QuestionError` for what is no id. What the policy on
    private people leaves out everywhere is not found here either, unless asked for.
    """
    prefix = id.strip().lower()
    if not _ID.fullmatch(prefix):
        raise QuestionError(f"{id!r} is no id of an assertion, which has 16 of the characters 0-9 and a-f.")
    ids = store.assertion_ids(prefix, MOST)
    if len(ids) > 1:
        raise AmbiguousIdError(prefix, tuple(ids))
    assertion = store.assertion(ids[0]) if ids else None
    if assertion is None or not (private_people or _shown(store, assertion)):
        return None
    document = store.document(assertion.document)
    assert document is not None, "the store keeps no assertion without its document"
    text, start, end = document.text, assertion.sentence.start, assertion.sentence.end
    return Citation(
        assertion=assertion,
        document=document,
        versions=store.versions(document.id),
        exact=text[start:end],
        before=_cut_left(text[max(0, start - CONTEXT) : start], start > CONTEXT),
        after=_cut_right(text[end : end + CONTEXT], end + CONTEXT < len(text)),
        prefix=text[max(0, start - AFFIX) : start],
        suffix=text[end : end + AFFIX],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _shown(store: Store, assertion: Assertion) -> bool:
    """Whether the store gives it to whoever asks nothing special of it."""
    where = Filter(
        level="actor",
        document=assertion.document,
        sources=(assertion.source.actor.id,),
        relations=(assertion.relation,),
        targets=(assertion.target.actor.id,),
    )
    return any(one.id == assertion.id for one in store.assertions(where))


def _cut_left(text: str, cut: bool) -> str:
    """The text from its first whole word, where something before it is cut off."""
    return text[text.find(" ") + 1 :] if cut else text


def _cut_right(text: str, cut: bool) -> str:
    return text[: text.rfind(" ") + 1] or text if cut else text
