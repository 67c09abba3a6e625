"""What runs tasks: each result once, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.archive.engine import EngineError, Pool, here, processes, run
from tests.archive import tasks

ROOT = Path(__file__).parents[2]


def results(pool: Pool, task: Callable[..., int], *before: Any) -> dict[int, int]:
    """What comes back of ten tasks; none of them twice."""
    found: dict[int, int] = {}

    def done(name: int, result: int) -> None:
        assert name not in found
        found[name] = result

    run(pool, task, ((n, (*before, n)) for n in range(10)), done)
    return found


@pytest.mark.parametrize("pool", [here(), processes(2)], ids=["here", "processes"])
def test_every_result_comes_once(pool: Pool) -> None:
    assert results(pool, tasks.double) == {n: 2 * n for n in range(10)}


def test_a_killed_worker_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = results(processes(2), tasks.die_once, str(tmp_path))
    assert found == {n: 2 * n for n in range(10)}
    assert (tmp_path / "3-1").exists()


def test_workers_that_die_again_and_again_are_told() -> None:
    with pytest.raises(EngineError, match="3") as caught:
        results(processes(1), tasks.die)
    assert "died 3 times" in caught.value.message


@pytest.mark.parametrize("pool", [here(), processes(1)], ids=["here", "processes"])
def test_what_a_task_raises_is_raised(pool: Pool) -> None:
    with pytest.raises(ValueError, match="not 0"):
        results(pool, tasks.fail)


def test_no_more_tasks_are_taken_than_are_worked_on() -> None:
    taken = 0

    def inputs() -> Any:
        nonlocal taken
        for n in range(10):
            taken += 1
            yield n, (n,)

    ahead: list[int] = []
    run(here(), tasks.double, inputs(), lambda name, _: ahead.append(taken - name))
    assert max(ahead) <= 2


_PARENT = """
import sys
from factcheck.archive.engine import processes, run
from tests.archive import tasks
if __name__ == "__main__":
    run(processes(2), tasks.sleep, [(n, (sys.argv[1],)) for n in range(2)], print)
"""


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script), str(marks)], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    _until(lambda: len(list(marks.iterdir())) == 2)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    workers = [int(mark.name) for mark in marks.iterdir()]
    _until(lambda: not any(_lives(worker) for worker in workers))


def _until(test: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not test():
        assert time.monotonic() < end
        time.sleep(0.05)


def _lives(process: int) -> bool:
    """Whether a process runs; one that has ended and waits to be told so does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
