"""The cross-encoder's readings of pairs of claims: a few bytes a pair."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence

from factcheck.cache.identity import program_identity
from factcheck.cache.store import Store, rows_of
from factcheck.hashing import key

MAX_READINGS = 1_000_000
_SUM = 4  # bytes of the check sum behind an entry


class ReadingCache:
    """Readings by a hash of what was read, exactly as they were made; the oldest go first.

    Raises nothing: what is not known is read again.
    """

    def __init__(self, store: Store, most: int = MAX_READINGS) -> None:
        self._store = store
        self._most = most

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return those readings of this very program that are kept, by key."""
        if not self._store.remembers:
            return {}
        named = {_name(name): name for name in keys}

        def read(database: sqlite3.Connection) -> dict[str, bytes]:
            question = "SELECT key, value FROM readings WHERE key IN ({})"
            rows = rows_of(database, question, list(named))
            return {named[name]: value[:-_SUM] for name, value in rows if _is_whole(name, value)}

        return self._store.run(read) or {}

    def put(self, readings: Mapping[str, bytes]) -> None:
        """Keep readings by key."""
        if not self._store.remembers:
            return
        named = sorted((_name(name), value) for name, value in readings.items())
        rows = [(name, _bytes(name, value)) for name, value in named]

        def write(database: sqlite3.Connection) -> None:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT OR IGNORE INTO readings (key, value) VALUES (?, ?)", rows)
            database.execute(
                "DELETE FROM readings WHERE number <= (SELECT max(number) FROM readings) - ?",
                (self._most,),
            )

        self._store.run(write)


def _name(name: str) -> bytes:
    return bytes.fromhex(key(program_identity(), name)[:32])


def _bytes(name: bytes, reading: bytes) -> bytes:
    # With a check sum: any bytes can be unpacked, a damaged entry must not.
    return reading + zlib.crc32(name + reading).to_bytes(_SUM)


def _is_whole(name: bytes, value: bytes) -> bool:
    return value[-_SUM:] == zlib.crc32(name + value[:-_SUM]).to_bytes(_SUM)
