"""Work spread over processes that may die: nothing is lost, nothing done twice, and who kills them is told.

A worker that is killed takes the whole of `concurrent.futures`' pool with it. The pool is then made anew and what was
under way done again, one task at a time; a task that alone kills its worker twice is halved, down to the item that
does.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import resource_tracker
from typing import Any, Generic, TypeVar

__all__ = ["Pool"]

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Tasks under way for each worker: what bounds memory."""


class Pool(Generic[Item, Result]):
    """Applies a function to lists of items in worker processes, each of which prepares itself once.

    `function` and `prepare` must be importable by name. Use it in a ``with``; leaving it ends the workers.
    """

    def __init__(
        self,
        jobs: int,
        function: Callable[[list[Item]], Result],
        prepare: Callable[..., None],
        arguments: tuple[Any, ...] = (),
    ) -> None:
        self._jobs = jobs
        self._function = function
        self._prepare = (prepare, arguments)
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool[Item, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def map(self, tasks: Iterable[list[Item]], lost: Callable[[Item], Result]) -> Iterator[tuple[list[Item], Result]]:
        """Tasks and their results, in the order of the tasks, drawn no further ahead than workers need.

        An item that kills its worker whenever it is alone gives what `lost` says. What `function` raises is raised
        here.
        """
        tasks = iter(tasks)
        waiting: deque[tuple[list[Item], Future[Result] | None]] = deque()
        while True:
            if all(future is not None for _, future in waiting):
                for task in itertools.islice(tasks, self._jobs * AHEAD - len(waiting)):
                    waiting.append((task, self._submitted(task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                result = future.result() if future is not None else None
            except BrokenProcessPool:
                future, result = None, None
                self._end()
                waiting = deque((other, f if f is not None and _is_done(f) else None) for other, f in waiting)
            if future is None:
                yield from self._alone(task, lost)
            else:
                yield task, result  # type: ignore[misc]

    def _alone(self, task: list[Item], lost: Callable[[Item], Result]) -> Iterator[tuple[list[Item], Result]]:
        """A task that was under way when a worker died, with no other beside it."""
        for _ in range(2):  # a worker may be killed for no fault of its task
            try:
                yield task, self._submit(task).result()
                return
            except BrokenProcessPool:
                self._end()
        if len(task) == 1:
            yield task, lost(task[0])
            return
        half = len(task) // 2
        yield from self._alone(task[:half], lost)
        yield from self._alone(task[half:], lost)

    def _submitted(self, task: list[Item]) -> Future[Result] | None:
        try:
            return self._submit(task)
        except BrokenProcessPool:  # since the last result was drawn
            self._end()
            return None

    def _submit(self, task: list[Item]) -> Future[Result]:
        executor = self._start()
        with _no_ctrl_c():  # a task may start a worker
            return executor.submit(_call, self._function, task)

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._jobs,
                # The same on all systems; a fork of a process with threads (the matrix code has some) can hang.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_prepared,
                initargs=self._prepare,
            )
        return self._executor

    def _end(self) -> None:
        if self._executor is not None:
            executor, self._executor = self._executor, None
            workers = list((executor._processes or {}).values())  # they have no public name before Python 3.14
            executor.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.kill()
            executor.shutdown()


@contextlib.contextmanager
def _no_ctrl_c() -> Iterator[None]:
    """Processes begun meanwhile never hear of Ctrl-C, which is their parent's to deal with, nor while they start."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # which would let signals through again, were it started below
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool)


_failed: Exception | None = None


def _prepared(prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Prepares a worker; what fails is told with its first task, for a failure here would look like a death."""
    global _failed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there is no mask to begin with
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        prepare(*arguments)
    except Exception as error:  # noqa: BLE001  raised again by _call
        _failed = error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(function: Callable[[list[Item]], Result], task: list[Item]) -> Result:
    if _failed is not None:
        raise _failed
    return function(task)
