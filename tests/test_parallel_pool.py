"""Worker processes: results in order, deaths survived and told, nothing drawn further ahead than needed."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pool_work import fail_to_prepare, lost, prepare, work

from kg.parallel.pool import AHEAD, Pool


def results(folder: Path, tasks: list[list[str]], jobs: int = 2) -> list[str]:
    pool: Pool[str, list[str]] = Pool(jobs, work, prepare, (str(folder),))
    with pool:
        return [word for _, words in pool.map(tasks, lost) for word in words]


def test_results_come_in_the_order_of_the_tasks_from_workers_prepared_once(tmp_path: Path) -> None:
    tasks = [["slow"], *([f"w{n}"] for n in range(20))]
    assert results(tmp_path, tasks) == [task[0].upper() for task in tasks]
    assert 1 <= len(list(tmp_path.glob("prepared-*"))) <= 2


def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    tasks = [["a", "b"], ["c", "once"], ["d"], ["e"], ["f"]]
    assert results(tmp_path, tasks) == ["A", "B", "C", "ONCE", "D", "E", "F"]


def test_what_kills_its_worker_alone_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    tasks = [["a"], ["b", "die", "c"], ["d"], ["e", "f"]]
    assert results(tmp_path, tasks) == ["A", "B", "lost die", "C", "D", "E", "F"]


def test_what_the_work_raises_is_raised_and_the_workers_end(tmp_path: Path) -> None:
    pool: Pool[str, list[str]] = Pool(1, work, prepare, (str(tmp_path),))
    with pytest.raises(ValueError, match="failed"), pool:
        list(pool.map([["a"], ["fail"]], lost))
    assert pool._executor is None


def test_a_worker_that_cannot_prepare_says_why(tmp_path: Path) -> None:
    pool: Pool[str, list[str]] = Pool(1, work, fail_to_prepare, (str(tmp_path),))
    with pytest.raises(ValueError, match="no model"), pool:
        list(pool.map([["a"]], lost))


def test_tasks_are_drawn_as_they_are_needed(tmp_path: Path) -> None:
    drawn = itertools.count()
    tasks = ([f"w{next(drawn)}"] for _ in range(1000))
    pool: Pool[str, list[str]] = Pool(1, work, prepare, (str(tmp_path),))
    with pool:
        for n, _ in enumerate(pool.map(tasks, lost)):
            if n == 10:
                break
    assert next(drawn) <= 10 + AHEAD + 2


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_never_reaches_a_worker(tmp_path: Path) -> None:
    assert results(tmp_path, [["a"], ["interrupt"], ["b"]], jobs=1) == ["A", "INTERRUPT", "B"]
    assert len(list(tmp_path.glob("prepared-*"))) == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = (
        "from kg.parallel.pool import Pool; from pool_work import *\n"
        "if __name__ == '__main__':\n"
        f"    pool = Pool(1, work, prepare, ({str(tmp_path)!r},))\n"
        "    with pool:\n"
        "        for _ in pool.map(([w] for w in ['a', *['slow'] * 999]), lost): pass\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}
    parent = subprocess.Popen([sys.executable, str(script)], env=environment)
    try:
        marks = _until(lambda: list(tmp_path.glob("prepared-*")))
        worker = int(marks[0].name.removeprefix("prepared-"))
    finally:
        parent.kill()
        parent.wait()
    assert _until(lambda: not Path(f"/proc/{worker}/cmdline").exists() or _is_zombie(worker))


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _until(found):
    deadline = time.monotonic() + 60
    while not (value := found()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return value
