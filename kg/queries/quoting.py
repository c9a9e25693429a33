"""The quotes that stand under a row: the best of what it says, read from the store for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Assertion, Document
from kg.store import Filter, Report, Store

__all__ = ["Quote", "best_quotes", "quoted", "various"]


@dataclass(frozen=True, slots=True)
class Quote:
    """An assertion with the document whose words it is."""

    assertion: Assertion
    document: Document

    @property
    def text(self) -> str:
        """The sentence, as it stands in the document."""
        return self.assertion.sentence.text

    @property
    def is_paraphrase(self) -> bool:
        """Whether the words retell somebody else's text, which must be said wherever they are shown."""
        return self.document.based_on is not None


def best_quotes(store: Store, wheres: Sequence[Filter], n: int) -> list[tuple[Quote, ...]]:
    """The best quotes of what each filter asks for: the most direct, then the most recent; each sentence once.

    Each filter names one source, one relation and one target. Other originals go before a second quote of the same.
    """
    if n < 1:
        return [()] * len(wheres)
    # One sentence may say a triple more than once ("its president and its army"), seldom more often.
    return quoted(store, [various(reports, n) for reports in store.best(wheres, 2 * n + 1)])


def various(ranked: Iterable[Report], n: int) -> list[Report]:
    """The first `n` of ranked reports, each sentence once, other originals before a second of the same."""
    places: set[tuple[str, int]] = set()
    first: dict[str, Report] = {}
    again = []
    for report in ranked:
        if len(first) == n:
            break
        if (place := (report.document, report.start)) in places:
            continue
        places.add(place)
        if report.origin in first:
            again.append(report)
        else:
            first[report.origin] = report
    return [*first.values(), *again][:n]


def quoted(store: Store, groups: Sequence[Sequence[Report]]) -> list[tuple[Quote, ...]]:
    """The quotes of the reports of each group."""
    cited = store.cited({report.id for group in groups for report in group})
    return [tuple(Quote(*cited[report.id]) for report in group) for group in groups]
