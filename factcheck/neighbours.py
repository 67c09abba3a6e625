"""Which articles and claims of a large corpus can have to do with some new ones.

A pair of claims scores the same whatever else is compared, so a check of new articles needs only
the articles that may tell the same story, by the measure that matching goes by
(`factcheck.matching.stories`). Their telling words are kept in an index on disk, so that a new
article costs what its own words are worth: of the others no text is read, only the postings of
the words that they share with it.
"""

from __future__ import annotations

import math
import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from factcheck.cache import program_identity
from factcheck.cache.store import Store, in_memory, rows_of
from factcheck.config import Limits
from factcheck.errors import UnreadableError
from factcheck.hashing import key
from factcheck.ingest import read_bytes
from factcheck.ingest.decode import decode
from factcheck.matching.profiles import background_rarity
from factcheck.matching.stories import POSTINGS, story
from factcheck.matching.terms import term, tokens

MAX_ARTICLES = 100_000
# Words that news at large has more often than this (in nats) tell nothing of a statement.
_TELLING = 3.0
# Weights are kept as whole numbers, whose sums depend on no order.
_UNIT = 1 << 20
# What is left after the oldest articles went: not every run should have to evict.
_KEEP = 0.8
# Articles that are written at once, so that an interrupted first run has not been for nothing.
_AT_ONCE = 500
# A file that was changed so shortly before it was read may change again under the same time.
_SETTLED_NS = 3_000_000_000

Words = Mapping[str, float]


def telling_words(text: str) -> frozenset[str]:
    """Return the words of a text that tell something of a statement, in their comparable form."""
    words = {term(token) for token in set(tokens(text))}
    return frozenset(word for word in words if background_rarity(word) >= _TELLING)


def nearest_claims(claims: Mapping[str, str], queries: Sequence[str], limit: int) -> set[str]:
    """For each query the `limit` claims (id → reading) that share most of its telling words."""
    words = {name: telling_words(text) for name, text in claims.items()}
    return nearest(words, [telling_words(text) for text in queries], limit)


def nearest(
    corpus: Mapping[str, Collection[str]], queries: Sequence[Collection[str]], limit: int
) -> set[str]:
    """For each query the `limit` texts of the corpus that share most of its rare words.

    `corpus` maps names to words. A text is near by the cosine of the two sets of words, weighted
    by rarity in the corpus; texts that share nothing are never near.
    """
    holders: dict[str, list[str]] = {}
    for name in sorted(corpus):
        for word in corpus[name]:
            holders.setdefault(word, []).append(name)

    def weight(word: str) -> float:
        return math.log((len(corpus) + 1) / (len(holders[word]) + 0.5)) ** 2

    size = {name: math.sqrt(sum(map(weight, sorted(words)))) for name, words in corpus.items()}
    found: set[str] = set()
    for query in queries:
        shared: dict[str, float] = defaultdict(float)
        for word in sorted(query):
            for name in holders.get(word, ()):
                shared[name] += weight(word)
        # Rounded, so that the name and not the order of summation decides between equals.
        near = {name: round(total / (size[name] or 1), 9) for name, total in shared.items()}
        ranked = sorted(near, key=lambda name: (-near[name], name))
        found.update(ranked[:limit])
    return found


def words_of(data: bytes) -> Words:
    """Return the telling words of a file's bytes; none where it cannot be read as text."""
    try:
        return story(decode(data))
    except UnreadableError:
        return {}


def words_of_file(file: Path) -> Words:
    """Return the telling words of a file; none where it cannot be read."""
    return words_of(_read(file)[1])


class Index:
    """The telling words of files, by word, in the store of the cache.

    What stands in it is named by content and program, so it is never stale; a file whose size,
    times and place on the disk are as they were is not read again. Without a store, or where
    that fails, an index is built for the one question.
    """

    def __init__(self, store: Store, most: int = MAX_ARTICLES) -> None:
        self._store = store
        self._most = most

    def nearest(
        self, files: Sequence[Path], queries: Sequence[Words], limit: int, least: float = 0.0
    ) -> set[Path]:
        """For each query the `limit` files that share most of its words, by cosine.

        The cosine is at least `least` and never 0; of equals those come that `files` has first.
        """
        if not queries:
            return set()

        def ask(database: sqlite3.Connection) -> set[Path]:
            ranked = _ask(database, files, queries, least, self._most)
            return {file for near in ranked for file in near[:limit]}

        found = self._store.run(ask)
        if found is None:
            with closing(in_memory()) as database:
                found = ask(database)
        return found


def _ask(
    database: sqlite3.Connection,
    files: Sequence[Path],
    queries: Sequence[Words],
    least: float,
    most: int,
) -> list[list[Path]]:
    """For each query the files that are near to it, the nearest first."""
    contents = _known(database, files)
    new = False
    while True:
        # What is numbered and its postings are read from one state of the database: another
        # process may evict articles in between.
        database.execute("BEGIN")
        numbers = _numbers(database, contents)
        missing = [file for file in files if contents.get(file, "") not in numbers]
        if not missing:
            holders: dict[int, list[int]] = defaultdict(list)
            for place, file in enumerate(files):
                holders[numbers[contents[file]]].append(place)
            _current(database, holders)
            ranked = [_ranked(database, query, holders, least) for query in queries]
            database.execute("COMMIT")
            break
        database.execute("ROLLBACK")
        new = True
        for start in range(0, len(missing), _AT_ONCE):
            contents.update(_added(database, missing[start : start + _AT_ONCE]))
    if new:
        _evict(database, most)
    return [[files[place] for place in places] for places in ranked]


def _known(database: sqlite3.Connection, files: Iterable[Path]) -> dict[Path, str]:
    """The contents (hashes) of the files that are as they were when they were read."""
    below: dict[Path, list[Path]] = defaultdict(list)
    for file in files:
        below[file.parent].append(file)
    found = {}
    for folder, inside in below.items():
        question = "SELECT name, status, content FROM files WHERE folder = ?"
        rows = database.execute(question, (_encoded(folder.absolute()),))
        known = {name: (status, content) for name, status, content in rows}
        for file in inside:
            status, content = known.get(_encoded(file.name), ("", ""))
            with suppress(OSError):
                if status and status == _status(file.stat()):
                    found[file] = content
    return found


def _encoded(path: str | Path) -> bytes:
    # File names may be no valid Unicode.
    return os.fsencode(path)


def _status(status: os.stat_result) -> str:
    return " ".join(
        map(str, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    )


def _numbers(database: sqlite3.Connection, contents: Mapping[Path, str]) -> dict[str, int]:
    """The numbers of those contents that are indexed, by content."""
    program = program_identity()
    names = {key(program, content): content for content in contents.values()}
    question = "SELECT key, number FROM articles WHERE key IN ({})"
    return {names[name]: number for name, number in rows_of(database, question, list(names))}


def _added(database: sqlite3.Connection, files: Sequence[Path]) -> dict[Path, str]:
    """Read files and put them into the index; returns their contents (hashes)."""
    contents: dict[Path, str] = {}
    words: dict[str, Words] = {}
    settled: list[tuple[bytes, bytes, str, str]] = []
    for file in files:
        status, data = _read(file)
        contents[file] = content = key(data)
        if content not in words:
            words[content] = words_of(data)
        if status is not None and _is_settled(status):
            folder, name = _encoded(file.parent.absolute()), _encoded(file.name)
            settled.append((folder, name, _status(status), content))
    program = program_identity()
    database.execute("BEGIN IMMEDIATE")
    for content, weights in words.items():
        done = database.execute(
            "INSERT OR IGNORE INTO articles (key) VALUES (?)", (key(program, content),)
        )
        if done.rowcount:
            database.executemany(
                "INSERT INTO postings VALUES (?, ?, ?)",
                [(word, done.lastrowid, weight) for word, weight in _whole(weights)],
            )
    database.executemany(
        "INSERT OR REPLACE INTO files (folder, name, status, content) VALUES (?, ?, ?, ?)", settled
    )
    database.execute("COMMIT")
    return contents


def _read(file: Path) -> tuple[os.stat_result | None, bytes]:
    try:
        # Before it is read: what is changed meanwhile has another status the next time.
        return file.stat(), read_bytes(file, Limits())
    except (OSError, UnreadableError):
        return None, b""


def _is_settled(status: os.stat_result) -> bool:
    return time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _SETTLED_NS


def _whole(words: Words) -> list[tuple[str, int]]:
    return [(word, round(weight * _UNIT)) for word, weight in sorted(words.items())]


def _current(database: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Say which articles are asked about: the index may hold those of other folders."""
    database.execute("CREATE TEMP TABLE IF NOT EXISTS current (article INTEGER PRIMARY KEY)")
    database.execute("DELETE FROM current")
    database.executemany("INSERT INTO current VALUES (?)", ((number,) for number in numbers))


def _ranked(
    database: sqlite3.Connection,
    query: Words,
    holders: Mapping[int, Sequence[int]],
    least: float,
) -> list[int]:
    """The places of the current articles that share words with a query, the nearest first."""
    shared: dict[int, int] = defaultdict(int)
    for word, weight in _whole(query):
        rows = database.execute(
            "SELECT article, weight FROM postings WHERE word = ? AND article IN current LIMIT ?",
            (word, POSTINGS + 1),
        ).fetchall()
        # As in matching: a word of so many tells no story apart.
        if len(rows) <= POSTINGS:
            for article, its in rows:
                shared[article] += weight * its
    ranked = sorted(
        (-total, place)
        for article, total in shared.items()
        if total >= max(1, least * _UNIT**2)
        for place in holders[article]
    )
    return [place for _, place in ranked]


def _evict(database: sqlite3.Connection, most: int) -> None:
    """Forget the oldest articles beyond `most`, but none that are asked about."""
    database.execute("BEGIN IMMEDIATE")
    (count,) = database.execute("SELECT count(*) FROM articles").fetchone()
    if count > most:
        # Some more at once, as the postings of an article stand all over the table.
        excess = count - int(most * _KEEP)
        database.execute("CREATE TEMP TABLE doomed (article INTEGER PRIMARY KEY)")
        database.execute(
            "INSERT INTO doomed SELECT number FROM articles WHERE number NOT IN current "
            "ORDER BY number LIMIT ?",
            (excess,),
        )
        database.execute("DELETE FROM postings WHERE article IN doomed")
        database.execute("DELETE FROM articles WHERE number IN doomed")
        database.execute("DROP TABLE doomed")
    database.execute(
        "DELETE FROM files WHERE number <= (SELECT max(number) FROM files) - ?", (most,)
    )
    database.execute("COMMIT")
