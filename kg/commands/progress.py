"""How far a run has come, on one line of a terminal's standard error: rate, time left, what was passed over."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from kg.build import Report

__all__ = ["Shown"]


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.1f} documents/s")


class Shown:
    """Draws reports in a ``with``; the line is gone afterwards. `total` documents are expected, if that is known."""

    def __init__(self, total: int | None = None, console: Console | None = None) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            _Rate(),
            TextColumn("{task.fields[found]}"),
            TimeRemainingColumn(compact=True),
            console=console or Console(stderr=True),
            transient=True,
            speed_estimate_period=120,
        )
        self._total = total
        self._task = self._progress.add_task("loading the language model", total=total, found="")
        self._begun = False

    def __enter__(self) -> Shown:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, report: Report) -> None:
        """Shows what a report says; a problem stands for a document that was passed over."""
        if not self._begun:
            self._begun = True
            self._progress.reset(self._task, total=self._total, description="reading")  # the model is loaded
        passed = len(report.problems)
        found = f"{report.assertions:,} assertions" + (f", {passed:,} problems" if passed else "")
        self._progress.update(self._task, completed=report.documents + passed, found=found)
