"""Files that people wrote: changed whole or not at all, by one process at a time."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from factcheck.errors import ConfigurationError

LOCK_SECONDS = 30.0
# Who reads a pipe may be started at the same time as we are.
PIPE_SECONDS = 5.0
# In the names of files that are gone again after a write: nobody else's are touched.
_OURS = ".factcheck-"
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_atomically(path: Path, text: str | bytes) -> None:
    """Write `text` (bytes, or UTF-8 with its line ends as they are), all of it or nothing.

    A symbolic link stays one; an existing file's permissions stay, and one that nobody may write
    is left alone. What is no regular file (a device, a pipe) is written into, not replaced. Raises
    `OSError`.
    """
    data = text.encode() if isinstance(text, str) else text
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        with os.fdopen(_into(path), "wb") as stream:
            stream.write(data)
        return
    if mode is not None and not mode & _WRITABLE:
        # The folder may be writable all the same; and to root, everything is.
        raise PermissionError(errno.EACCES, "it is read-only")
    target = Path(os.path.realpath(path))
    prefix = f".{target.name}{_OURS}"
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        else:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # Windows cannot open a folder
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _into(path: Path) -> int:
    """Open what is no file for writing; a pipe that nobody reads is not waited for for ever."""
    last = time.monotonic() + PIPE_SECONDS
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > last:
                raise
            time.sleep(0.02)
        else:
            os.set_blocking(handle, True)
            return handle


def _mode(path: Path) -> int | None:
    """The kind and permissions of what a path leads to, `None` where nothing is there."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode
    return None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of `path` against other processes, beside the file while it is held.

    Raises `ConfigurationError` after half a minute of waiting or where there is no such folder.
    """
    from filelock import FileLock, Timeout

    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}{_OURS}lock")
    lock = FileLock(beside, timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise ConfigurationError(
            "locked", f"{path}: another factcheck is writing it", "Try again when it is done."
        ) from None
    except OSError as error:
        raise ConfigurationError("unwritable", f"{path}: {error.strerror or error}") from None
    try:
        remove_left(target.parent, target.name)
        yield
    finally:
        # A lock file that is gone when a waiting process gets it makes that process begin anew,
        # so it can go while it is held. Windows keeps it.
        with contextlib.suppress(OSError):
            beside.unlink()
        lock.release()


def remove_left(folder: Path, name: str | None = None) -> None:
    """Remove what a process left that was killed while it wrote the file `name`, or any file, of a
    folder. For the holder of the lock alone.
    """
    for left in folder.glob(f".{_escaped(name) if name else '*'}{_OURS}*.tmp"):
        left.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
