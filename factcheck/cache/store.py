"""The file of the cache: an SQLite database that never fails a run.

SQLite, because it comes with Python, survives a kill at any moment, lets several processes
read and write at once, finds one of 100,000 entries in microseconds, and reads of an index the
few rows that a question needs, where a folder of files or a columnar format reads it whole.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

FILE_NAME = "cache-2.sqlite"
_BUSY_SECONDS = 5.0
# Names in one question; SQLite takes 999 everywhere.
_NAMES = 500

# `entries`: what was read and extracted, compressed, by a hash over all that it depends on.
# `readings`: of pairs of claims by the cross-encoder. `articles`, `postings` and `files`: the
# index that finds the nearest articles (`factcheck.neighbours`). A growing `number` tells the
# age of a row, so that the oldest can go without counting.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  key TEXT PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_used ON entries (used, key, size);
CREATE TABLE IF NOT EXISTS readings (
  number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS articles (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS postings (
  word TEXT, article INTEGER, weight INTEGER NOT NULL, PRIMARY KEY (word, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  number INTEGER PRIMARY KEY, folder BLOB, name BLOB, status TEXT, content TEXT,
  UNIQUE (folder, name)
);
"""

T = TypeVar("T")


class Store:
    """A database file in `folder`, made where it is missing. A context manager.

    With `None` for a folder, and where no file can be had, there is no database and `run` does
    nothing. One object serves one thread.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE_NAME if folder else None
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            self._connection = _open(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def remembers(self) -> bool:
        """Whether there is a database: what is kept without one is lost."""
        return self._connection is not None

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what `work` makes of the database; `None` where there is none, or it fails.

        A transaction that `work` begins is committed, or undone where it fails.
        """
        if self._connection is None:
            return None
        try:
            with self._connection as database:
                return work(database)
        except (sqlite3.Error, zlib.error) as error:
            self._recover(error)
            return None

    def _recover(self, error: Exception) -> None:
        """Begin anew where the file is damaged; leave it where it is only busy or full."""
        damaged = not isinstance(error, sqlite3.OperationalError)
        if damaged and self._connection is not None and self._path is not None:
            self._connection.close()
            _remove(self._path)
            self._connection = _open(self._path)


def rows_of(
    database: sqlite3.Connection, question: str, names: Sequence[str | bytes]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a question for any number of names, which go where its `{}` stands."""
    for start in range(0, len(names), _NAMES):
        some = names[start : start + _NAMES]
        yield from database.execute(question.format(",".join("?" * len(some))), some)


def in_memory() -> sqlite3.Connection:
    """Return an empty database with the same tables that ends with the process."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(_SCHEMA)
    return connection


def _open(path: Path) -> sqlite3.Connection | None:
    """Open the cache file, anew where it is damaged; `None` where no file can be had."""
    for _ in range(2):
        connection = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
            return connection
        except sqlite3.OperationalError:
            # Locked, read-only or full: another run may still use the file, so it stays.
            if connection is not None:
                connection.close()
            return None
        except sqlite3.DatabaseError:
            if connection is not None:
                connection.close()
            _remove(path)
        except OSError:
            return None
    return None


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()
