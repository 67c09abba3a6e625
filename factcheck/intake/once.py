"""One source read in a process of its own, for programs that call this one.

The worker of `add` starts its process as Python's `multiprocessing` does, which runs the calling
program's main file again; in a notebook or a script of ten lines that is no choice.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from factcheck.errors import UsageError
from factcheck.intake.drafts import Left, Request, Taken
from factcheck.intake.worker import MEMORY, SECONDS, answers, bound, import_path, quiet

_CHILD = "from factcheck.intake.once import serve; serve()"


def read(request: Request) -> list[Taken]:
    """What `readers.read` gives, with the worker's bounds. Raises `UsageError` where a library is
    missing.
    """
    place = request.where.place
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=pickle.dumps(request),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": import_path()},
            timeout=SECONDS,
            check=True,
        )
        # Written by `serve`, of our own records.
        taken: list[Taken | UsageError] = pickle.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return [Left(place, f"takes more than {SECONDS:g} seconds to read")]
    except (subprocess.CalledProcessError, EOFError, pickle.UnpicklingError):
        return [Left(place, "broke its reader: it is damaged, or asks for too much memory")]
    found: list[Taken] = []
    for one in taken:
        if isinstance(one, UsageError):
            raise one
        found.append(one)
    return found


def serve() -> None:
    """Read the request on standard input, and write what there is to standard output."""
    request: Request = pickle.loads(sys.stdin.buffer.read())
    bound(MEMORY)
    with quiet():
        from factcheck.intake.readers import read as read_source

        found = list(answers(request, read_source))
    sys.stdout.buffer.write(pickle.dumps(found))
