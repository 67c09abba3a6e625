"""Progress on standard error: the stage, how far it is, and the time that it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from factcheck.pipeline import Progress

# Before so much of a stage is done, or so many seconds are over, nobody can say how long it takes.
_SHARE, _SECONDS = 0.02, 2.0


class Line:
    """What is told of a stage, by a clock (seconds that only go up)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with no stage."""
        self._clock = clock
        self._stage = ""
        self._begun = (0.0, 0)

    def told(self, stage: str, done: int, total: int) -> str:
        """`extracting 120/1,000, 2 min left`."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._begun = stage, (now, done)
        if not done:
            return f"{stage}, {total:,} in all" if total else stage
        begun, first = self._begun
        spent, new = now - begun, done - first
        line = f"{stage} {done:,}/{total:,}"
        if spent < _SECONDS or new < _SHARE * total or done >= total:
            return line
        return f"{line}, {left(spent / new * (total - done))} left"


def left(seconds: float) -> str:
    """A time to wait in words, in steps that do not flicker."""
    if seconds < 55:
        return f"{max(5, round(seconds / 5) * 5)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress | None]:
    """Progress on standard error while it is a terminal; `None` otherwise."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    line = Line()

    def show(stage: str, done: int, total: int) -> None:
        click.echo(f"\r\x1b[K{line.told(stage, done, total)}", err=True, nl=False)

    try:
        yield show
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
