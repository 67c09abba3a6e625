"""Archives as a user keeps them: real files, and processes that are killed at work."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.archive.index import Index
from factcheck.archive.place import Place
from tests.archive.archives import ARTICLES, command, environment, made, update, write
from tests.cli.desk import factcheck

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that was made in one process."""
    folder = write(tmp_path_factory.mktemp("embedded") / "archive")
    told = update(folder, "--workers", "1")
    assert "8 articles" in told and "4 windows, 4 of them compared" in told
    return folder


@pytest.fixture
def copy(embedded: Path, tmp_path: Path) -> Path:
    """The same archive, to be changed."""
    return shutil.copytree(embedded, tmp_path / "archive")


def windows(folder: Path) -> Iterator[tuple[list[str], str]]:
    """The paths of each window, and its report."""
    place = Place(folder)
    with Index(place.index) as index:
        shards = [window.shard for window in index.windows().values()]
    for shard in shards:
        data = place.read(shard)
        assert data is not None
        yield [article["path"] for article in json.loads(data)["articles"]], data.decode()


def test_a_window_is_to_the_byte_a_run_on_its_articles(
    embedded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(embedded)
    found = list(windows(embedded))
    assert sorted(len(paths) for paths, _ in found) == [2, 2, 3, 3]
    for paths, report in found:
        assert factcheck("compare", *paths, "--format", "json", "--no-ledger").out == report


def test_statements_over_windows_are_told_once(embedded: Path) -> None:
    statements = json.loads(made(embedded)[0])["statements"]
    (fire,) = [s for s in statements if "fire" in s["statement"] or "killed" in s["statement"]]
    assert (fire["status"], fire["articles"], fire["windows"]) == ("divergent", 4, 2)
    assert (fire["first"], fire["last"]) == ("2024-03-04", "2024-04-20")
    undated = [s for s in statements if s["first"] is None]
    assert undated and all(s["articles"] == 2 for s in undated)


def test_what_is_skipped_and_undated_is_told(copy: Path) -> None:
    told = update(copy, "--workers", "1")
    assert "2 articles without a day" in told
    assert "skipped 2024/empty.md" in told
    assert "0 read" in told and "0 of them compared" in told


def test_a_new_article_costs_its_windows(copy: Path) -> None:
    day, text = ARTICLES["2024/quay/courier.md"]
    (copy / "2024" / "quay" / "herald.md").write_text(f"---\npublished: {day}\n---\n{text}")
    told = update(copy, "--workers", "1")
    assert "1 read" in told and "4 windows, 1 of them compared" in told
    shutil.rmtree(copy / ".factcheck")
    assert "4 of them compared" in update(copy, "--workers", "1")


def test_an_extended_archive_says_what_one_made_at_once_says(copy: Path) -> None:
    day, text = ARTICLES["2024/quay/courier.md"]
    (copy / "2024" / "quay" / "herald.md").write_text(f"---\npublished: {day}\n---\n{text}")
    (copy / "2024" / "fire" / "record.md").unlink()
    told = update(copy, "--workers", "1")
    assert "1 file gone" in told
    extended = made(copy)[0]
    shutil.rmtree(copy / ".factcheck")
    update(copy, "--workers", "1")
    assert made(copy)[0] == extended


def test_a_lost_index_is_made_of_the_shards(copy: Path, embedded: Path) -> None:
    before = made(copy)
    for file in (copy / ".factcheck").glob("archive-1.sqlite*"):
        file.unlink()
    start = {path: path.stat().st_mtime_ns for path in copy.glob(".factcheck/shards/*/*")}
    update(copy, "--workers", "1")
    assert made(copy) == before
    assert {path: path.stat().st_mtime_ns for path in start} == start


def test_a_damaged_shard_is_made_anew(copy: Path) -> None:
    before = made(copy)
    for path in copy.glob(".factcheck/shards/*/*"):
        path.write_bytes(zlib.compress(b"x" * 1000)[:-3])
    for file in (copy / ".factcheck").glob("archive-1.sqlite*"):
        file.unlink()
    update(copy, "--workers", "1")
    assert made(copy) == before


def _started(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("archive", "update", str(folder), "--no-cache", "--workers", "2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def _until(test: Callable[[], Any]) -> Any:
    end = time.monotonic() + 120
    while not (found := test()):
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


def workers(process: int) -> list[int]:
    """The workers of an update, by its process."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [
        int(child) for child in told if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def test_killed_workers_lose_and_double_nothing(embedded: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "archive")
    process = _started(folder)
    for worker in _until(lambda: workers(process.pid)):
        os.kill(worker, signal.SIGKILL)
    # Once more when the first extraction lies there, and comparing begins.
    _until(lambda: list(folder.glob(".factcheck/shards/*/*.z")))
    for worker in _until(lambda: workers(process.pid)):
        os.kill(worker, signal.SIGKILL)
    told, errors = process.communicate(timeout=300)
    assert process.returncode == 3, errors
    assert "4 of them compared" in told
    assert made(folder) == made(embedded)


@pytest.mark.parametrize("shards", [0, 3])
def test_a_killed_update_is_gone_on_with(embedded: Path, tmp_path: Path, shards: int) -> None:
    folder = write(tmp_path / "archive")
    process = _started(folder)
    _until(lambda: len(list(folder.glob(".factcheck/shards/*/*.z"))) >= shards)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = {path: path.stat().st_mtime_ns for path in folder.glob(".factcheck/shards/*/*.z")}
    update(folder, "--workers", "2")
    assert made(folder) == made(embedded)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_a_period_of_an_archive_is_compared(
    embedded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(embedded)
    arguments = ("--since", "2024-06", "--until", "2024", "--format", "json")
    report = json.loads(factcheck("compare", ".", *arguments).out)
    paths = ["2024/quay/courier.md", "2024/quay/gazette.md"]
    assert [article["path"] for article in report["articles"]] == paths
    about = ("--about", "grain store", "--format", "json")
    report = json.loads(factcheck("compare", ".", *about).out)
    assert len(report["articles"]) == 4


WRONG = [
    (("compare", "{}", "--since", "2024-13"), "no day, month or year"),
    (("compare", "{}", "--about", "zeppelin"), "no article of this period"),
    (("compare", "{}/2024", "--since", "2024"), "factcheck archive update"),
    (("archive", "list", "{}/2024"), "factcheck archive update"),
    (("archive", "update", "{}/nowhere"), "no such folder"),
    (("archive", "update", "{}", "--workers", "2", "--scheduler", "tcp://x:1"), "exclude"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_what_cannot_be_done_is_told(embedded: Path, arguments: tuple[str, ...], told: str) -> None:
    status, _, errors = factcheck(*(argument.format(embedded) for argument in arguments))
    assert status == 2
    assert told in errors


def test_one_update_at_a_time(copy: Path) -> None:
    from filelock import FileLock

    with FileLock(copy / ".factcheck" / "lock"):
        status, _, errors = factcheck("archive", "update", str(copy))
    assert status == 2 and "another update" in errors
