"""Many sources, read by several processes in the order in which they were named."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from types import TracebackType

from factcheck.config import Limits
from factcheck.intake.document import readable
from factcheck.intake.drafts import Draft, Left, Request, Taken
from factcheck.intake.readers import is_archive, pages, read
from factcheck.intake.worker import Worker

# As many sources are worth the start of one more process.
_WORTH = 24
_MOST = 8
_RUBBISH = 1_000


class Workers:
    """Reads sources with several processes, and gives what comes of them in the sources' order.

    Each process reads one source at a time and waits until its articles are taken, so that no more
    is held than a few articles for each of them.
    """

    def __init__(self, limits: Limits, most: int | None = None) -> None:
        """`most` processes are used; by default one more than there are processors, since some of
        them wait.
        """
        self._reader = partial(_articles, limits)
        self._most = most or min(_MOST, _processors() + 1)
        self._opener = Worker(pages)
        self._all: list[Worker[Taken]] = []
        self._free: list[Worker[Taken]] = []
        self._read = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opener.stop()
        for worker in self._all:
            worker.stop()

    def read(self, sources: Iterable[Request | Left]) -> Iterator[Taken]:
        """What comes of each source, one after the other. Raises what `Worker.answers` does.

        It has to be taken to its end before the next is begun.
        """
        begun: deque[Worker[Taken] | Left] = deque()
        for source in self._opened(sources):
            if isinstance(source, Left):
                begun.append(source)
            else:
                while (worker := self._one()) is None:
                    yield from self._ended(begun.popleft())
                worker.ask(source)
                begun.append(worker)
            while begun and isinstance(begun[0], Left):
                yield from self._ended(begun.popleft())
        while begun:
            yield from self._ended(begun.popleft())

    def _opened(self, sources: Iterable[Request | Left]) -> Iterator[Request | Left]:
        """The sources, with its pages in the place of an archive."""
        for source in sources:
            if isinstance(source, Request) and is_archive(source):
                self._opener.ask(source)
                yield from self._opener.answers()
            else:
                yield source

    def _one(self) -> Worker[Taken] | None:
        """A process that is free; a new one only where it is likely to be worth its start."""
        if not self._free and len(self._all) < min(self._most, 1 + self._read // _WORTH):
            self._all.append(Worker(self._reader))
            self._free.append(self._all[-1])
        return self._free.pop() if self._free else None

    def _ended(self, one: Worker[Taken] | Left) -> Iterator[Taken]:
        if isinstance(one, Left):
            yield one
            return
        yield from one.answers()
        self._free.append(one)
        self._read += 1


def _articles(limits: Limits, request: Request) -> Iterator[Taken]:
    """What a source comes to; of one that begins with nothing but rubbish no more is read."""
    found = False
    for number, taken in enumerate(readable(read(request), limits), start=1):
        yield taken
        found = found or isinstance(taken, Draft)
        if number == _RUBBISH and not found:
            reason = f"its first {_RUBBISH:,} records hold no article: the rest is not read"
            yield Left(request.where.place, reason)
            return


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
