"""The index of an archive: its articles, windows, groups and threads, in one SQLite file.

SQLite, because it comes with Python, a kill at any moment leaves it whole, and of 10^6 articles it
reads the few rows that a window or a question needs. One process writes it: who runs the update.
Nothing in it is lost with it: from the shards the next update makes it anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from factcheck.archive import threads
from factcheck.archive.threads import Thread
from factcheck.archive.windows import Entry
from factcheck.archive.work import Compared, Read
from factcheck.errors import UsageError
from factcheck.matching.terms import term, tokens

__all__ = ["Index", "Period", "Thread", "Window"]

# `words` holds no text but an inverted index: what of an article is looked up by words. A row of an
# article that has gone stays there and points at nothing: numbers are never given twice.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
  number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, folder TEXT NOT NULL,
  program TEXT NOT NULL, status TEXT NOT NULL, content TEXT NOT NULL, shard TEXT NOT NULL,
  line INTEGER NOT NULL, day INTEGER, outlet TEXT NOT NULL, title TEXT NOT NULL,
  claims INTEGER NOT NULL, story TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS articles_day ON articles (day, path);
CREATE INDEX IF NOT EXISTS articles_undated ON articles (folder, path) WHERE day IS NULL;
CREATE INDEX IF NOT EXISTS articles_skipped ON articles (path) WHERE code != '';
CREATE VIRTUAL TABLE IF NOT EXISTS words
  USING fts5(told, content='', detail=none, tokenize='unicode61 remove_diacritics 0');
CREATE TABLE IF NOT EXISTS windows (
  name TEXT PRIMARY KEY, shard TEXT NOT NULL, articles INTEGER NOT NULL, claims INTEGER NOT NULL
);
"""


class Period(NamedTuple):
    """The days from `first` to `last` (proleptic ordinals), both included; `None` is open."""

    first: int | None = None
    last: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it leaves no day out."""
        return self.first is None and self.last is None


@dataclass(frozen=True)
class Window:
    """A window that was compared."""

    name: str
    shard: str
    articles: int
    claims: int


class Index:
    """The index in a file. A context manager.

    Raises `UsageError` where the file is no index, is damaged or cannot be had.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Index:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.executescript(_SCHEMA + threads.SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise UsageError(
                "archive-index",
                f"{self._path}: the index cannot be used: {error}",
                "if it is damaged, delete it and run 'factcheck archive update' again",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed whole or not at all."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    # Articles

    def fresh(self, files: Iterable[tuple[str, str]], program: str) -> list[str]:
        """The paths of those files (path, status) that are not known as they are."""
        question = "SELECT 1 FROM articles WHERE path = ? AND status = ? AND program = ?"
        return [
            path
            for path, status in files
            if self._database.execute(question, (path, status, program)).fetchone() is None
        ]

    def put(self, found: Iterable[Read], program: str) -> None:
        """Enter files that were read; one whose content is as it was keeps its number."""
        with self._written() as database:
            for read in found:
                row = _row(read, program)
                known = database.execute(
                    "SELECT number, content, program FROM articles WHERE path = ?", (read.path,)
                ).fetchone()
                if known and known[1:] == (read.content, program):
                    database.execute(
                        "UPDATE articles SET status = ?, shard = ?, line = ? WHERE number = ?",
                        (read.status, read.shard, read.line, known[0]),
                    )
                    continue
                database.execute("DELETE FROM articles WHERE path = ?", (read.path,))
                marks = ", ".join("?" * len(row))
                number = database.execute(
                    f"INSERT INTO articles ({', '.join(row)}) VALUES ({marks})",
                    tuple(row.values()),
                ).lastrowid
                words = " ".join(_word(word) for word, _ in read.words)
                database.execute("INSERT INTO words (rowid, told) VALUES (?, ?)", (number, words))

    def keep(self, paths: Iterable[str]) -> int:
        """Forget all files but these; returns how many went."""
        with self._written() as database:
            database.execute("CREATE TEMP TABLE IF NOT EXISTS here (path TEXT PRIMARY KEY)")
            database.execute("DELETE FROM here")
            database.executemany("INSERT OR IGNORE INTO here VALUES (?)", ((p,) for p in paths))
            gone = database.execute(
                "DELETE FROM articles WHERE path NOT IN (SELECT path FROM here)"
            ).rowcount
        return int(gone)

    def cells(self, days: int) -> list[int]:
        """The first days of the stretches of `days` days that hold an article, in order."""
        question = "SELECT DISTINCT day / ? * ? FROM articles WHERE day IS NOT NULL ORDER BY 1"
        return [int(day) for (day,) in self._database.execute(question, (days, days))]

    def between(self, first: int, end: int) -> list[Entry]:
        """The articles of the days from `first` up to and without `end`, by path."""
        question = f"SELECT {_ENTRY} FROM articles WHERE day >= ? AND day < ? ORDER BY path"
        return [Entry(*row) for row in self._database.execute(question, (first, end))]

    def undated_folders(self) -> list[str]:
        """The folders that hold articles without a day, in order."""
        question = "SELECT DISTINCT folder FROM articles WHERE day IS NULL AND code = ''"
        return sorted(folder for (folder,) in self._database.execute(question))

    def undated(self, folder: str) -> list[Entry]:
        """The articles of a folder without a day, by path."""
        question = (
            f"SELECT {_ENTRY} FROM articles WHERE day IS NULL AND folder = ? AND code = '' "
            "ORDER BY path"
        )
        return [Entry(*row) for row in self._database.execute(question, (folder,))]

    def stories(self, numbers: Sequence[int]) -> dict[int, dict[str, float]]:
        """The telling words of articles, by number."""
        question = "SELECT story FROM articles WHERE number = ?"
        return {
            number: json.loads(self._database.execute(question, (number,)).fetchone()[0])
            for number in numbers
        }

    def skipped(self) -> list[Read]:
        """The files that could not be measured, by path."""
        question = "SELECT path, status, code, reason FROM articles WHERE code != '' ORDER BY path"
        return [
            Read(path, status, code=code, reason=reason)
            for path, status, code, reason in self._database.execute(question)
        ]

    def count(self) -> tuple[int, int, int]:
        """How many articles there are, how many claims they hold, how many bear no day."""
        question = (
            "SELECT count(*), coalesce(sum(claims), 0), coalesce(sum(day IS NULL), 0) "
            "FROM articles WHERE code = ''"
        )
        articles, claims, undated = self._database.execute(question).fetchone()
        return int(articles), int(claims), int(undated)

    def select(self, period: Period, about: str = "") -> list[str]:
        """The paths of the articles of a period that are about these words, by path.

        An article is about words that are among its telling words, all of them. One without a day
        is in no period but the open one.
        """
        where, values = _where(period, about)
        question = f"SELECT path FROM articles WHERE code = '' {where} ORDER BY path"
        return [path for (path,) in self._database.execute(question, values)]

    # Windows

    def windows(self) -> dict[str, Window]:
        """The windows that were compared, by name."""
        rows = self._database.execute("SELECT name, shard, articles, claims FROM windows")
        return {row[0]: Window(*row) for row in rows}

    def enter(self, name: str, articles: int, compared: Compared) -> None:
        """Enter what came of a window in the place of what was there, and join what it shares."""
        with self._written() as database:
            database.execute(
                "INSERT OR REPLACE INTO windows VALUES (?, ?, ?, ?)",
                (name, compared.shard, articles, compared.claims),
            )
            threads.replace(database, name, compared.groups)

    def drop(self, name: str) -> None:
        """Forget a window."""
        with self._written() as database:
            database.execute("DELETE FROM windows WHERE name = ?", (name,))
            threads.replace(database, name, ())

    def threads(
        self, period: Period, about: str = "", statuses: Sequence[str] = (), most: int = -1
    ) -> list[Thread]:
        """The threads that a period holds an article of, told by the most outlets first.

        With `about`, those of which an article is about these words. At most `most` (-1: all).
        """
        where, values = _where(period, about)
        return threads.listed(self._database, where, values, statuses, most)

    def check(self) -> bool:
        """Whether the file is whole."""
        with closing(self._database.execute("PRAGMA integrity_check")) as told:
            return bool(told.fetchone()[0] == "ok")


_ENTRY = "number, path, content, shard, line, day, claims"


def _row(read: Read, program: str) -> dict[str, object]:
    return {
        "path": read.path,
        "folder": read.path.rpartition("/")[0],
        "program": program,
        "status": read.status,
        "content": read.content,
        "shard": read.shard,
        "line": read.line,
        "day": read.day,
        "outlet": read.outlet,
        "title": read.title,
        "claims": read.claims,
        "story": json.dumps(dict(read.words), ensure_ascii=False),
        "code": read.code,
        "reason": read.reason,
    }


def _where(period: Period, about: str) -> tuple[str, tuple[object, ...]]:
    """A condition on articles, as it goes on after another, and its values."""
    parts: list[str] = []
    values: list[object] = []
    for day, test in ((period.first, "day >= ?"), (period.last, "day <= ?")):
        if day is not None:
            parts.append(f"AND {test}")
            values.append(day)
    if words := [_word(term(token)) for token in tokens(about)]:
        parts.append("AND number IN (SELECT rowid FROM words WHERE words MATCH ?)")
        values.append(" AND ".join(f'"{word}"' for word in words))
    return " ".join(parts), tuple(values)


def _word(word: str) -> str:
    """A word as one token of the index of words: letters and digits alone."""
    return "".join(c if c.isalnum() else f"x{ord(c):x}x" for c in word)
