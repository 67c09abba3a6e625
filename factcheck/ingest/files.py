"""A file's bytes, bounded: what is no file, cannot be opened or is too large is told, not read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from factcheck.config import Limits
from factcheck.errors import UnreadableError

# Where a shell hands over what another command prints: `factcheck compare <(pdftotext a.pdf -)`.
_HANDED_OVER = ("/dev/fd/", "/proc/self/fd/")
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


def read_bytes(file: Path, limits: Limits) -> bytes:
    """The content of a regular file, or of a pipe that a shell handed over.

    To open a pipe waits for its other end, and devices may never end, so neither is opened. Raises
    `UnreadableError` for these, for what the system refuses, and above `limits.file_bytes`.
    """

    def read() -> bytes:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode) and not os.fspath(file).startswith(_HANDED_OVER):
            kind = next((name for test, name in _KINDS if test(mode)), "no regular file")
            raise UnreadableError("unreadable", f"is {kind}", "only files are read")
        with file.open("rb") as stream:
            return stream.read(limits.file_bytes + 1)

    return bounded(told(read), limits)


def told(read: Callable[[], bytes]) -> bytes:
    """What `read` returns. Raises `UnreadableError` for what the system says to it."""
    try:
        return read()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise UnreadableError(
            "unreadable",
            f"cannot be read: {error.strerror or error}",
            "check where it points to" if missing else "check its permissions",
        ) from error


def bounded(data: bytes, limits: Limits) -> bytes:
    """`data` itself. Raises `UnreadableError` above `limits.file_bytes`."""
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            "too-large",
            f"larger than {limits.file_bytes / 1e6:g} MB",
            "split it: an article is one text by one outlet",
        )
    return data
