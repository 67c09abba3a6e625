"""Where the cache is, and which program filled it."""

from __future__ import annotations

import contextlib
import csv
import functools
import os
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from factcheck.hashing import key


def default_folder() -> Path | None:
    """Where the cache is: `FACTCHECK_CACHE`, else `XDG_CACHE_HOME`/factcheck and its like.

    `None` where the user has no home: a cache below whatever folder is the current one would be
    left behind there.
    """
    if own := os.environ.get("FACTCHECK_CACHE"):
        return Path(own).expanduser()
    try:
        home = Path.home()
    except RuntimeError:
        return None
    base = os.environ.get("XDG_CACHE_HOME", "")
    if Path(base).is_absolute():
        return Path(base) / "factcheck"
    if sys.platform == "win32" and (base := os.environ.get("LOCALAPPDATA", "")):
        return Path(base) / "factcheck" / "Cache"
    if not home.is_absolute() or home == Path(home.anchor):
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "factcheck"
    return home / ".cache" / "factcheck"


@functools.cache
def program_identity(libraries: tuple[str, ...] = ("numpy", "onnxruntime")) -> str:
    """Hash over this program: its code, data and models, Python and the libraries that count."""
    parts = [sys.version, sys.platform]
    for name in libraries:
        with contextlib.suppress(metadata.PackageNotFoundError):
            parts.append(f"{name} {metadata.version(name)}")
    root = Path(__file__).parent.parent
    return key(*parts, *contents(root, _record(root)))


def contents(root: Path, record: Path | None) -> list[str]:
    """What tells the files of a package from others, without reading 25 MB at every start.

    An installed file counts with the hash that its `record` (the `RECORD` of the installation)
    has of it, so that the same version installed elsewhere, as CI does for each run, is the same
    program. Without a record, as in a checkout, and where a file was changed since, its size and
    time of modification count.
    """
    hashes, written = {}, 0
    if record is not None:
        written = record.stat().st_mtime_ns
        with record.open(encoding="utf-8", newline="") as lines:
            hashes = {row[0]: (row[1], row[2]) for row in csv.reader(lines) if len(row) == 3}
    parts = []
    for path, status in sorted(_files(root)):
        name = path.relative_to(root.parent).as_posix()
        known, size = hashes.get(name, ("", ""))
        if not known or size != str(status.st_size) or status.st_mtime_ns > written:
            known = f"{status.st_size} {status.st_mtime_ns}"
        parts.append(f"{name} {known}")
    return parts


def _record(root: Path) -> Path | None:
    """The `RECORD` of the installation that these files belong to."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        for file in metadata.distribution("factcheck-cli").files or ():
            where = Path(str(file.locate()))
            if where.name == "RECORD" and where.parent.parent == root.parent:
                return where
    return None


def _files(folder: Path) -> Iterable[tuple[Path, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            elif not entry.name.endswith(".pyc"):
                yield Path(entry.path), entry.stat()
