"""`factcheck watch`: real files in a real folder, and a run whenever something has changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.cli.watch import changes

from .desk import ROOT, desk_fixture, story

__all__ = ["desk_fixture"]


def looks(*seen: dict[str, tuple[int, int]]) -> list[str | None]:
    """What is told of looks that follow each other."""
    waiting = list(seen)

    class EndError(Exception):
        pass

    def look() -> dict[str, tuple[int, int]]:
        if not waiting:
            raise EndError
        return waiting.pop(0)

    told: list[str | None] = []
    with pytest.raises(EndError):
        for change in changes(look, lambda: None):
            told.append(change)
    return told


A, B, C = {"a.md": (1, 10)}, {"b.md": (1, 10)}, {"a.md": (2, 10)}


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ([A, A, A], [None]),
        ([A, A | B, A | B], [None, "new: b.md"]),
        ([A, C, C, C], [None, "changed: a.md"]),
        ([A, {"a.md": (1, 11)}, {"a.md": (1, 11)}], [None, "changed: a.md"]),
        ([A | B, A, A], [None, "gone: b.md"]),
        # Written in two pieces: one change.
        ([A, C, {"a.md": (3, 20)}, {"a.md": (3, 20)}], [None, "changed: a.md"]),
        # Put back before it settled: none.
        ([A, C, A, A, A], [None]),
        ([{}, A | B, A | B, C | B, C | B], [None, "new: a.md, b.md", "changed: a.md"]),
    ],
)
def test_what_is_told(seen: list[dict[str, tuple[int, int]]], told: list[str | None]) -> None:
    assert looks(*seen) == told


def until(what: Callable[[], bool]) -> None:
    """Wait for what a process does; a minute is for a machine that is busy."""
    last = time.monotonic() + 60
    while not what():
        assert time.monotonic() < last, "nothing happened"
        time.sleep(0.05)


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="ends with an interrupt")
def test_articles_that_arrive_change_and_go(desk: Path) -> None:
    def told() -> tuple[int, int]:
        try:
            summary = json.loads(Path("out.json").read_text())["summary"]
        except (OSError, ValueError):
            return (0, 0)
        return summary["articles"], summary["divergent"]

    post = Path("corpus/post.md")
    kept = post.read_text()
    for path in Path("corpus").iterdir():
        if path != Path("corpus/herald.md"):
            path.unlink()
    with subprocess.Popen(
        [sys.executable, "-m", "factcheck", "watch", "corpus", "-o", "out.json", "--every", "0.1"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            until(lambda: told() == (1, 0))
            post.write_text(kept)
            until(lambda: told() == (2, 0))
            courier = story("courier.md")
            until(lambda: told() == (3, 1))
            courier.write_text(courier.read_text().replace("Fifteen", "Twelve"))
            until(lambda: told() == (3, 0))
            for path in Path("corpus").iterdir():
                path.unlink()
            time.sleep(0.5)
            story("courier.md")
            until(lambda: told() == (1, 0))
        finally:
            process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "new: corpus/courier.md" in said
    assert "changed: corpus/courier.md" in said
    assert "Traceback" not in said
