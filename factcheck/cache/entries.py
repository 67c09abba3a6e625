"""Bytes by key: what was read and extracted, compressed, the oldest forgotten first."""

from __future__ import annotations

import sqlite3
import zlib

from factcheck.cache.store import Store

MAX_BYTES = 400_000_000
# What is left after the oldest entries went: not every run should have to evict.
_KEEP = 0.8


class Entries:
    """Bytes by key in a store, bounded in size."""

    def __init__(self, store: Store, max_bytes: int = MAX_BYTES) -> None:
        self._store = store
        self._max_bytes = max_bytes
        self._new: dict[str, bytes] = {}
        self._hits: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, `None` where there is nothing (any more)."""
        if key in self._new:
            return zlib.decompress(self._new[key])

        def read(database: sqlite3.Connection) -> bytes | None:
            row = database.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
            return zlib.decompress(row[0]) if row else None

        value = self._store.run(read)
        if value is not None:
            self._hits.add(key)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Remember `value` under `key`; written at the end, or after some megabytes."""
        if not self._store.remembers:
            return
        self._new[key] = zlib.compress(value, 1)
        if len(self._new) >= 200:
            self.flush()

    def flush(self) -> None:
        """Write what was put, note what was used, and evict the oldest entries beyond the bound."""
        new, hits = self._new, self._hits
        self._new, self._hits = {}, set()
        if new or hits:
            self._store.run(lambda database: _write(database, new, hits, self._max_bytes))


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
