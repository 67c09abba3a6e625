"""Standard output and error where they are closed, full, or nobody reads them any more."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from typing import TextIO, cast

_STANDARD = 2
_FULL_OR_CLOSED = {errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT}


def occupy() -> None:
    """Put something in the place of each standard stream that is closed.

    The next file that is opened would else be standard output to whoever writes there by number.
    """
    with contextlib.suppress(OSError):
        while (opened := os.open(os.devnull, os.O_RDONLY)) <= _STANDARD:
            pass
        os.close(opened)


class Nowhere(io.StringIO):
    """In place of a standard error that is closed: what is written to it is lost."""

    def write(self, text: str) -> int:
        """Forget `text`."""
        return len(text)


class Closed(io.StringIO):
    """In place of a standard output that is closed."""

    def write(self, text: str) -> int:
        """Raise `OSError`."""
        raise OSError(errno.EBADF, "it is closed")


def buffered(stream: TextIO) -> TextIO:
    """A standard output that writes all of a text, or raises `OSError`.

    One without a buffer (`python -u`, PYTHONUNBUFFERED) leaves out, and tells nobody, what no
    longer fits on a disk.
    """
    if not isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        return stream
    encoding, errors = stream.encoding, stream.errors
    raw = cast("io.TextIOWrapper", stream).detach()
    return io.TextIOWrapper(
        io.BufferedWriter(cast("io.RawIOBase", raw)), encoding, errors, line_buffering=True
    )


def is_of_output(error: OSError) -> bool:
    """Whether an error is one of writing to a stream: those of files and folders name them."""
    return error.filename is None and error.errno in _FULL_OR_CLOSED


def drop(stream: TextIO) -> None:
    """Send what is left in a stream to nowhere: Python would complain of it again at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
