"""An archive on the workers of a Dask scheduler: the same bytes, whoever is killed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from factcheck.archive import engine
from tests.archive.archives import command, environment, made, update, write
from tests.cli.desk import factcheck

pytest.importorskip("distributed")
pytestmark = pytest.mark.model

_QUIET = ("--no-dashboard", "--host", "127.0.0.1")


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("embedded") / "archive")
    update(folder, "--workers", "1")
    return folder


class Cluster:
    """A scheduler and two workers, each a process, on this machine."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> str:
        """Start them; the address of the scheduler."""
        told = self.place / "scheduler.json"
        told.unlink(missing_ok=True)
        where = ("--scheduler-file", str(told))
        self._run("scheduler", "--port", "0", *where, *_QUIET)
        # It is written while it stands there.
        address = _until(lambda: _address(told))
        for _ in range(2):
            self._run("worker", "--nthreads", "1", "--no-nanny", *where, *_QUIET)
        return str(address)

    def _run(self, what: str, *arguments: str) -> None:
        module = f"distributed.cli.dask_{what}"
        self.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=self.place,
                env=environment(),
                stderr=subprocess.DEVNULL,
            )
        )

    def kill(self, number: int) -> None:
        """Kill the scheduler (0) or a worker."""
        self.processes[number].send_signal(signal.SIGKILL)
        self.processes[number].wait()

    def stop(self) -> None:
        for number in range(len(self.processes)):
            self.kill(number)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with _stopped(Cluster(tmp_path)) as started:
        yield started


@contextmanager
def _stopped(cluster: Cluster) -> Iterator[Cluster]:
    try:
        yield cluster
    finally:
        cluster.stop()


def _until(test: Callable[[], Any]) -> Any:
    end = time.monotonic() + 300
    while not (found := test()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def _address(told: Path) -> str:
    try:
        return str(json.loads(told.read_text())["address"])
    except (OSError, ValueError):
        return ""


def _shards(folder: Path) -> list[Path]:
    return list(folder.glob(".factcheck/shards/*/*.z"))


def _started(folder: Path, address: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("archive", "update", str(folder), "--no-cache", "--scheduler", address),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def test_a_killed_worker_loses_nothing(embedded: Path, tmp_path: Path, cluster: Cluster) -> None:
    folder = write(tmp_path / "archive")
    process = _started(folder, cluster.start())
    _until(lambda: _shards(folder) or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    cluster.kill(1)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 3, errors
    assert made(folder) == made(embedded)


def test_a_killed_scheduler_is_told_and_gone_on_from(
    embedded: Path, tmp_path: Path, cluster: Cluster
) -> None:
    folder = write(tmp_path / "archive")
    process = _started(folder, cluster.start())
    _until(lambda: _shards(folder) or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    cluster.kill(0)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 3
    assert "have gone" in errors and "what is done is kept" in errors
    assert "Traceback" not in errors
    kept = {path: path.stat().st_mtime_ns for path in _shards(folder)}
    cluster.stop()
    again = Cluster(tmp_path)
    with _stopped(again):
        update(folder, "--scheduler", again.start())
    assert made(folder) == made(embedded)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_nobody_at_the_address_is_told(
    embedded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_ANSWER_SECONDS", 1)
    folder = shutil.copytree(embedded, tmp_path / "archive")
    arguments = ("archive", "update", str(folder), "--scheduler", "tcp://127.0.0.1:9")
    status, _, errors = factcheck(*arguments)
    assert status == 2
    assert "no scheduler answers" in errors
