"""How the time of a function grows with its input."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable

from factcheck.records import Article, Attribution
from tests.marked import marked

# Between linear and quadratic, with room for a machine that is busy with other things.
MOST = 1.5
# Seconds of one run.
_LONG = 0.1


def exponent(prepare: Callable[[int], Callable[[], object]], size: int) -> float:
    """The exponent of growth from `size` to four times that, by the time of the process.

    `prepare` makes what is to be timed for a size; of three runs the fastest counts. One is enough
    where it is so long that nothing beside it matters, and of the larger size, one that grows no
    faster than `MOST`.
    """
    small, large = prepare(size), prepare(4 * size)
    least = max(_seconds(small), 1e-4)
    if least < _LONG:
        least = max(min(least, _seconds(small), _seconds(small)), 1e-4)
    found = math.inf
    for _ in range(3):
        found = min(found, math.log(max(_seconds(large), 1e-4) / least, 4))
        if found < MOST:
            break
    return found


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def many(line: str, times: int) -> tuple[Article, list[Attribution]]:
    """A marked line (see `tests.marked`, without its numbers) as so many paragraphs.

    `%d` is the number of the paragraph.
    """
    lines = (
        re.sub(r"\{([sct]):", rf"{{\g<1>{n}:", line).replace("%d", str(n)) for n in range(times)
    )
    return marked("\n\n".join(lines))
