"""The line that shows how far a run has come: only on a terminal, with rate and time left, gone afterwards."""

from __future__ import annotations

import io
import itertools
import re

import pytest
from rich.console import Console

from kg.build import Report
from kg.commands.build import _progress
from kg.commands.progress import Shown
from kg.errors import Problem


def drawn(total: int | None, *reports: Report) -> str:
    """The last line that stands on a terminal while these reports are told."""
    console = Console(file=io.StringIO(), force_terminal=True, width=120, color_system=None)
    with Shown(total, console) as shown:
        for report in reports:
            shown(report)
        with console.capture() as captured:
            console.print(shown._progress.make_tasks_table(shown._progress.tasks))
    return " ".join(captured.get().split())


def test_before_the_first_report_the_model_is_loaded() -> None:
    assert "loading the language model" in drawn(10)
    assert "reading" not in drawn(10)


def test_reports_show_documents_of_those_expected_assertions_and_problems() -> None:
    line = drawn(10, Report(added=2), Report(added=3, unchanged=1, assertions=1200, problems=(Problem("a", "b"),)))
    assert "reading" in line
    assert "5/10" in line
    assert "1,200 assertions, 1 problems" in line


def test_the_rate_and_the_time_left_come_from_what_was_read() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=120, color_system=None)
    shown, clock = Shown(1_000, console), itertools.count(0.0, 10.0)
    shown._progress.get_time = lambda: next(clock)
    for n in range(1, 6):
        shown(Report(added=n * 50))
    with console.capture() as captured:
        console.print(shown._progress.make_tasks_table(shown._progress.tasks))
    assert "documents/s" in captured.get()
    assert "250/1000" in captured.get()
    assert re.search(r"\d\d:\d\d", captured.get().split("documents/s")[1])  # the time left


def test_where_nobody_knows_the_number_none_is_invented() -> None:
    assert "2/?" in drawn(None, Report(added=2))


def test_nothing_is_drawn_where_there_is_no_terminal_or_nobody_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with _progress(("-",), False) as shown:
        assert shown is None
    monkeypatch.setattr("kg.commands.build.progress_shown", lambda: True)
    with _progress(("-",), True) as shown:
        assert shown is None
