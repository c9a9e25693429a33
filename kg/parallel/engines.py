"""Who runs a function over many paths: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from kg.errors import KgError
from kg.parallel.pool import Pool
from kg.parallel.shards import needs

__all__ = ["DaskEngine", "Outcome", "PoolEngine", "Run"]

Outcome = str | Exception | None
"""What a path came to: the path of its result, what made it fail, or None where its worker died."""
Run = Callable[[Callable[[str], str], Sequence[str]], Iterator[tuple[str, Outcome]]]
"""A function and paths -> each path with its outcome, as they come. What `KgError` says holds for all and is raised."""


class PoolEngine(AbstractContextManager[Run]):
    """Processes of this machine, each prepared once."""

    def __init__(self, jobs: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._pool: Pool[tuple[Callable[[str], str], str], Outcome] = Pool(jobs, _outcome, prepare, arguments)

    def __enter__(self) -> Run:
        return self._run

    def __exit__(self, *_: object) -> None:
        self._pool.__exit__()

    def _run(self, function: Callable[[str], str], paths: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
        for ((_, path),), outcome in self._pool.map(([(function, path)] for path in paths), _died):
            yield path, outcome


def _outcome(task: list[tuple[Callable[[str], str], str]]) -> Outcome:
    ((function, path),) = task
    try:
        return function(path)
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001  one shard must not cost the others
        return error


def _died(task: tuple[Callable[[str], str], str]) -> Outcome:
    return None


class DaskEngine(AbstractContextManager[Run]):
    """The Dask cluster at an address, else one of this machine's processes.

    Raises `KgError` where Dask is not installed, and, when entered, where nobody answers at the address.
    """

    def __init__(self, scheduler: str | None, jobs: int) -> None:
        self._distributed = needs("distributed")
        self._scheduler, self._jobs = scheduler, jobs
        self._logs = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
        self._levels = [log.level for log in self._logs]
        self._cluster: Any = None
        self._client: Any = None

    def __enter__(self) -> Run:
        for log in self._logs:
            log.setLevel(logging.CRITICAL)  # what it would tell with a traceback is raised here
        try:
            if self._scheduler is None:
                self._cluster = self._distributed.LocalCluster(
                    n_workers=self._jobs, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
                )
            self._client = self._distributed.Client(self._scheduler or self._cluster, timeout=30)
        except (OSError, ValueError, TimeoutError) as error:
            self.__exit__()
            raise KgError(f"{self._scheduler or 'this machine'}: no Dask scheduler answers there: {error}") from None
        return self._run

    def __exit__(self, *_: object) -> None:
        for part in (self._client, self._cluster):
            if part is not None:
                part.close()
        for log, level in zip(self._logs, self._levels, strict=True):
            log.setLevel(level)

    def _run(self, function: Callable[[str], str], paths: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
        futures = {self._client.submit(function, path, pure=False): path for path in paths}
        for future in self._distributed.as_completed(futures):
            path = futures.pop(future)
            try:
                outcome: Outcome = future.result()
            except KgError:
                raise
            except self._distributed.KilledWorker:
                outcome = None
            except (self._distributed.CancelledError, self._distributed.comm.CommClosedError):
                where = self._scheduler or "of this machine"
                raise KgError(f"The Dask cluster {where} was lost; run the same command again to go on.") from None
            except Exception as error:  # noqa: BLE001  one shard must not cost the others
                outcome = error
            yield path, outcome
