"""How the time of a function grows with its input."""

from __future__ import annotations

import gc
import math
import re
import time
from collections.abc import Callable

from factcheck.records import Article, Attribution
from tests.marked import marked

# Between linear and quadratic, with room for a machine that is busy with other things.
MOST = 1.5
# Seconds of one run from which on nothing beside it matters.
_LONG = 0.1
_ROUNDS = 6


def exponent(prepare: Callable[[int], Callable[[], object]], size: int) -> float:
    """The exponent of growth from `size` to four times that, by the time of the process.

    `prepare` makes what is to be timed for a size. What a machine does beside it comes and goes, so
    each round times both sizes anew, one right after the other, and the lowest of the rounds
    counts; they end with the first that grows no faster than `MOST`.
    """
    small, large = prepare(size), prepare(4 * size)
    found = math.inf
    for _ in range(_ROUNDS):
        least = _seconds(small)
        if least < _LONG:
            least = min(least, _seconds(small), _seconds(small))
        found = min(found, math.log(max(_seconds(large), 1e-4) / max(least, 1e-4), 4))
        if found < MOST:
            break
    return found


def _seconds(run: Callable[[], object]) -> float:
    # Going through the heap, which holds what other tests made, is no time of this run's.
    gc.disable()
    try:
        start = time.process_time()
        run()
        return time.process_time() - start
    finally:
        gc.enable()


def many(line: str, times: int) -> tuple[Article, list[Attribution]]:
    """A marked line (see `tests.marked`, without its numbers) as so many paragraphs.

    `%d` is the number of the paragraph.
    """
    lines = (
        re.sub(r"\{([sct]):", rf"{{\g<1>{n}:", line).replace("%d", str(n)) for n in range(times)
    )
    return marked("\n\n".join(lines))
