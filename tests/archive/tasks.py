"""Tasks that tests give to workers; in a module of their own, so that a new process finds them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> int:
    raise ValueError(f"not {number}")


def die_once(marks: str, number: int) -> int:
    """Kill this process at the first call with a number; each call leaves a mark."""
    mark = Path(marks) / f"{number}-{len(list(Path(marks).glob(f'{number}-*')))}"
    mark.touch()
    if number == 3 and mark.name == "3-0":
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def sleep(marks: str) -> None:
    (Path(marks) / str(os.getpid())).touch()
    time.sleep(60)
