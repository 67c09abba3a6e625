"""An on-disk cache of what was extracted from articles: a table of bytes by content hash.

SQLite, because it comes with Python, survives a kill at any moment, lets several processes
read and write at once, and finds one of 100,000 entries in microseconds where a folder of
files would need as many inodes and an own scheme for eviction.

A cache never fails a run and is never stale: a key is a hash over everything that a result
depends on (`key`, `program_identity`), so a change makes another key, and a file that is
damaged, read-only or locked for too long only means that nothing is remembered. It may be
deleted at any time.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from factcheck.hashing import key
from factcheck.records import Article, Attribution, Claim, Inconsistency, Record

if TYPE_CHECKING:
    from factcheck.pipeline import Extraction

FILE_NAME = "cache-1.sqlite"
MAX_BYTES = 512_000_000
_BUSY_SECONDS = 5.0
# What is left after the oldest entries went: not every run should have to evict.
_KEEP = 0.8

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  key TEXT PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_used ON entries (used, key, size);
"""


def default_folder() -> Path:
    """Where the cache is: `FACTCHECK_CACHE`, else `XDG_CACHE_HOME`/factcheck and its like."""
    if own := os.environ.get("FACTCHECK_CACHE"):
        return Path(own)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "factcheck"
    if sys.platform == "win32" and (base := os.environ.get("LOCALAPPDATA")):
        return Path(base) / "factcheck" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "factcheck"
    return Path.home() / ".cache" / "factcheck"


@functools.cache
def program_identity(libraries: tuple[str, ...] = ("numpy", "onnxruntime", "tokenizers")) -> str:
    """Hash over this program: its code, data and models, Python and the libraries that count.

    Files count with size and modification time, so that an edit in a checkout is noticed
    without reading 25 MB of weights at every start.
    """
    root = Path(__file__).parent
    parts = [sys.version, sys.platform]
    for name in libraries:
        with contextlib.suppress(metadata.PackageNotFoundError):
            parts.append(f"{name} {metadata.version(name)}")
    parts.extend(
        f"{path} {status.st_size} {status.st_mtime_ns}" for path, status in sorted(_files(root))
    )
    return key(*parts)


def _files(folder: Path) -> Iterable[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            elif not entry.name.endswith(".pyc"):
                yield entry.path, entry.stat()


class Cache:
    """Bytes by key, bounded in size. A context manager; what was put is kept at its end.

    `folder` is made where it is missing; `None` gives a cache that remembers nothing
    (`--no-cache`). One object serves one thread.
    """

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self._path = folder / FILE_NAME if folder else None
        self._max_bytes = max_bytes
        self._new: dict[str, bytes] = {}
        self._hits: set[str] = set()
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
        # Also after an error or an interrupt: what was measured is worth keeping.
        self.flush()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, `None` where there is nothing (any more)."""
        if key in self._new:
            return zlib.decompress(self._new[key])
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(
                "SELECT value FROM entries WHERE key = ?", (key,)
            ).fetchone()
            value = zlib.decompress(row[0]) if row else None
        except (sqlite3.Error, zlib.error) as error:
            self._recover(error)
            return None
        if value is not None:
            self._hits.add(key)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Remember `value` under `key`; written at the end, or after some megabytes."""
        if self._connection is None:
            return
        self._new[key] = zlib.compress(value, 1)
        if len(self._new) >= 200:
            self.flush()

    def flush(self) -> None:
        """Write what was put, note what was used, and evict the oldest entries beyond the bound."""
        new, hits = self._new, self._hits
        self._new, self._hits = {}, set()
        if self._connection is None or not (new or hits):
            return
        try:
            with self._connection as database:
                _write(database, new, hits, self._max_bytes)
        except sqlite3.Error as error:
            self._recover(error)

    def _recover(self, error: Exception) -> None:
        """Begin anew where the file is damaged; leave it where it is only busy or full."""
        damaged = not isinstance(error, sqlite3.OperationalError)
        if damaged and self._connection is not None and self._path is not None:
            self._connection.close()
            _remove(self._path)
            self._connection = _open(self._path)


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


def _write(
    database: sqlite3.Connection, new: dict[str, bytes], hits: set[str], max_bytes: int
) -> None:
    database.execute("BEGIN IMMEDIATE")
    latest = database.execute("SELECT coalesce(max(used), 0) FROM entries").fetchone()[0]
    if new:
        latest += 1
    database.executemany(
        "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
        ((name, value, len(value), latest) for name, value in sorted(new.items())),
    )
    # A run that only reads writes only where entries have grown old since.
    database.executemany(
        "UPDATE entries SET used = ? WHERE key = ? AND used < ?",
        ((latest, name, latest) for name in sorted(hits)),
    )
    if new:
        _evict(database, max_bytes)


def _evict(database: sqlite3.Connection, max_bytes: int) -> None:
    total = database.execute("SELECT coalesce(sum(size), 0) FROM entries").fetchone()[0]
    if total <= max_bytes:
        return
    excess = total - int(max_bytes * _KEEP)
    doomed = []
    for name, size in database.execute("SELECT key, size FROM entries ORDER BY used, key"):
        if excess <= 0:
            break
        doomed.append((name,))
        excess -= size
    database.executemany("DELETE FROM entries WHERE key = ?", doomed)


class ExtractionCache:
    """The extractions of unchanged articles, kept in a `Cache`. A context manager.

    Raises nothing: what cannot be read is extracted again.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = Cache(folder or default_folder())
        # An extraction may change its article (credits), so the key is kept from the question.
        self._asked: dict[str, tuple[str, Article]] = {}

    def __enter__(self) -> Self:
        self._cache.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cache.__exit__(kind, error, trace)

    def get(self, article: Article) -> Extraction | None:
        """Return the extraction of this very article by this very program, if it is kept."""
        name = key(program_identity(), repr(article), article.text)
        self._asked[article.id] = (name, article)
        data = self._cache.get(name)
        return _decoded(article, data) if data is not None else None

    def put(self, extraction: Extraction) -> None:
        """Keep the extraction of an article that `get` was asked for."""
        name, article = self._asked[extraction.article.id]
        self._cache.put(name, _encoded(article, extraction))


def _encoded(article: Article, extraction: Extraction) -> bytes:
    changed = {
        field: value
        for field, value in extraction.article.__dict__.items()
        if value != getattr(article, field)
    }
    stored = {
        "article": changed,
        "attributions": extraction.attributions,
        "claims": extraction.claims,
        "inconsistencies": extraction.inconsistencies,
    }
    # Not pydantic's own JSON, which leaves out what is no part of the report format.
    return json.dumps(stored, default=vars, ensure_ascii=False).encode()


def _decoded(article: Article, data: bytes) -> Extraction | None:
    from pydantic import ValidationError

    from factcheck.pipeline import Extraction

    try:
        stored = _Stored.model_validate_json(data)
        changed = {**vars(article), **stored.article}
        same = Article.model_validate(changed) if stored.article else article
    except ValidationError:
        return None
    return Extraction(same, stored.attributions, stored.claims, stored.inconsistencies)


class _Stored(Record):
    article: dict[str, Any]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    inconsistencies: tuple[Inconsistency, ...]
