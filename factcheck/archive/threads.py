"""Groups of windows → threads: the groups that share a claim, and those that these share one with.

A thread is one statement as it was told over time, however many windows that took: a connected
component of groups. It is kept up to date window by window, at the cost of the window and of the
threads that it touches. Of groups that hold each other's claims the larger knows more, so a group
that lies within another of its thread says nothing of its own; the rest are judged already, and the
first status that applies to one of them is the thread's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.archive.work import Told

SCHEMA = """
CREATE TABLE IF NOT EXISTS groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT, window TEXT NOT NULL, thread INTEGER,
  status TEXT NOT NULL, told TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS groups_window ON groups (window);
CREATE INDEX IF NOT EXISTS groups_thread ON groups (thread);
CREATE TABLE IF NOT EXISTS members (
  article INTEGER NOT NULL, claim INTEGER NOT NULL, grp INTEGER NOT NULL,
  PRIMARY KEY (article, claim, grp)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_group ON members (grp);
CREATE TABLE IF NOT EXISTS threads (
  number INTEGER PRIMARY KEY, status TEXT NOT NULL, first INTEGER, last INTEGER,
  outlets INTEGER NOT NULL, articles INTEGER NOT NULL, claims INTEGER NOT NULL,
  windows INTEGER NOT NULL, name TEXT NOT NULL, statement TEXT NOT NULL, window TEXT NOT NULL,
  qualifiers TEXT NOT NULL, conflicts TEXT NOT NULL
);
"""
_ORDER = ("divergent", "corroborated", "single-sourced")
Member = tuple[int, int]


@dataclass(frozen=True)
class Thread:
    """One statement as it was told over time.

    `first` and `last` are ISO days of its articles, `None` where they bear none. `status`,
    `statement`, `qualifiers` and `conflicts` (slots) are those of its weightiest group, which
    stands in `window`; `name` names that group (the fingerprint of its first claim).
    """

    name: str
    status: str
    qualifiers: tuple[str, ...]
    conflicts: tuple[str, ...]
    statement: str
    first: str | None
    last: str | None
    outlets: int
    articles: int
    claims: int
    windows: int
    window: str


@dataclass(frozen=True)
class _Group:
    number: int
    window: str
    told: Told


def replace(database: sqlite3.Connection, window: str, groups: Iterable[Told]) -> None:
    """Put these groups in the place of a window's, and join anew what that touches."""
    old = database.execute("SELECT number, thread FROM groups WHERE window = ?", (window,))
    numbers, touched = [], set()
    for number, thread in old.fetchall():
        numbers.append((number,))
        touched.add(thread)
    database.executemany("DELETE FROM members WHERE grp = ?", numbers)
    database.executemany("DELETE FROM groups WHERE number = ?", numbers)
    for told in groups:
        touched |= _threads_of(database, told.members)
        number = database.execute(
            "INSERT INTO groups (window, status, told) VALUES (?, ?, ?)",
            (window, told.status, json.dumps(told, ensure_ascii=False)),
        ).lastrowid
        database.executemany(
            "INSERT OR IGNORE INTO members VALUES (?, ?, ?)",
            [(article, claim, number) for article, claim in told.members],
        )
    # Whatever shares a claim with a group of a touched thread is of that thread already.
    affected = _groups(database, window, touched)
    database.executemany("DELETE FROM threads WHERE number = ?", [(t,) for t in sorted(touched)])
    for together in components({g.number: g.told.members for g in affected.values()}):
        _enter(database, [affected[number] for number in together])


def _threads_of(database: sqlite3.Connection, members: Sequence[Member]) -> set[int]:
    question = (
        "SELECT thread FROM members JOIN groups ON grp = number WHERE article = ? AND claim = ?"
    )
    return {
        thread
        for member in members
        for (thread,) in database.execute(question, member)
        if thread is not None
    }


def _groups(database: sqlite3.Connection, window: str, touched: Iterable[int]) -> dict[int, _Group]:
    """The groups of a window and of some threads, by number."""
    rows = database.execute("SELECT number, window, told FROM groups WHERE window = ?", (window,))
    found = rows.fetchall()
    for thread in sorted(touched):
        question = "SELECT number, window, told FROM groups WHERE thread = ?"
        found += database.execute(question, (thread,)).fetchall()
    return {number: _Group(number, where, _told(told)) for number, where, told in found}


def _told(text: str) -> Told:
    status, qualifiers, statement, name, conflicts, outlets, members = json.loads(text)
    return Told(
        status,
        tuple(qualifiers),
        statement,
        name,
        tuple(conflicts),
        tuple(outlets),
        tuple((article, claim) for article, claim in members),
    )


def components(groups: Mapping[int, Iterable[Member]]) -> list[list[int]]:
    """Groups that share a member, directly or through others, each group once; all sorted."""
    founder = {number: number for number in groups}

    def root(number: int) -> int:
        while founder[number] != number:
            founder[number] = number = founder[founder[number]]
        return number

    holder: dict[Member, int] = {}
    for number in sorted(groups):
        for member in groups[number]:
            one, other = sorted((root(holder.setdefault(member, number)), root(number)))
            founder[other] = one
    found: dict[int, list[int]] = {}
    for number in sorted(groups):
        found.setdefault(root(number), []).append(number)
    return [found[number] for number in sorted(found)]


def weightiest(groups: Sequence[tuple[str, Told]]) -> tuple[str, Told]:
    """The group (with its window) that a thread of such groups is told by.

    Of those that lie within no other, the first by status, then by outlets and claims, then in
    time.
    """
    whole = []
    for window, told in groups:
        mine = set(told.members)
        within = any(
            mine < set(other.members) or (mine == set(other.members) and where < window)
            for where, other in groups
            if other is not told
        )
        if not within:
            whole.append((window, told))
    return min(
        whole,
        key=lambda one: (
            _ORDER.index(one[1].status),
            -len(one[1].outlets),
            -len(one[1].members),
            one[0],
            one[1].name,
        ),
    )


def _enter(database: sqlite3.Connection, groups: Sequence[_Group]) -> None:
    """Enter a thread of these groups."""
    number = min(group.number for group in groups)
    database.executemany(
        "UPDATE groups SET thread = ? WHERE number = ?", [(number, g.number) for g in groups]
    )
    members = {member for group in groups for member in group.told.members}
    articles = sorted({article for article, _ in members})
    days = [
        day
        for article in articles
        for (day,) in database.execute("SELECT day FROM articles WHERE number = ?", (article,))
        if day is not None
    ]
    window, told = weightiest([(group.window, group.told) for group in groups])
    row = (
        number,
        told.status,
        min(days, default=None),
        max(days, default=None),
        len({outlet for group in groups for outlet in group.told.outlets}),
        len(articles),
        len(members),
        len({group.window for group in groups}),
        told.name,
        told.statement,
        window,
        json.dumps(told.qualifiers),
        json.dumps(told.conflicts),
    )
    database.execute(f"INSERT INTO threads VALUES ({', '.join('?' * len(row))})", row)


def listed(
    database: sqlite3.Connection,
    where: str,
    values: Sequence[object],
    statuses: Sequence[str],
    most: int,
) -> list[Thread]:
    """The threads with an article for which `where` holds, told by the most outlets first."""
    parts = []
    if where:
        parts.append(
            "EXISTS (SELECT 1 FROM groups JOIN members ON grp = groups.number "
            "JOIN articles ON articles.number = article "
            f"WHERE groups.thread = threads.number {where.replace('number IN', 'article IN')})"
        )
    if statuses:
        parts.append(f"status IN ({', '.join('?' * len(statuses))})")
    question = (
        "SELECT name, status, qualifiers, conflicts, statement, first, last, outlets, articles, "
        f"claims, windows, window FROM threads {'WHERE ' if parts else ''}{' AND '.join(parts)} "
        "ORDER BY outlets DESC, articles DESC, claims DESC, first, name, window LIMIT ?"
    )
    rows = database.execute(question, (*values, *statuses, most))
    return [
        Thread(
            name,
            status,
            tuple(json.loads(qualifiers)),
            tuple(json.loads(conflicts)),
            statement,
            _iso(first),
            _iso(last),
            *counts,
        )
        for name, status, qualifiers, conflicts, statement, first, last, *counts in rows
    ]


def _iso(day: int | None) -> str | None:
    return date.fromordinal(day).isoformat() if day is not None else None
