"""An archive brought up to date: what is new is extracted, and the windows it lies in compared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.archive.engine import Pool, run
from factcheck.archive.index import Index
from factcheck.archive.place import Place
from factcheck.archive.windows import Entry, Window, windows
from factcheck.archive.work import (
    Compared,
    Part,
    Read,
    Shared,
    compare_window,
    extract_files,
    skipped,
    status_of,
    window_key,
)
from factcheck.errors import UsageError
from factcheck.hashing import key
from factcheck.ingest import Input, is_article
from factcheck.ingest.discover import ids
from factcheck.paths import is_link
from factcheck.records import Skipped

Progress = Callable[[str, int, int], None]

# Files that are read and extracted in one task, at most and about.
_MOST_FILES, _FILES = 64, 24
# Files whose state is looked up at once.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Plan:
    """How an archive is cut: stretches of `days` days, at most `most` claims in one comparison."""

    days: int = 30
    most: int = 40_000


@dataclass(frozen=True)
class Outcome:
    """What an update did and what there is now.

    `extracted` counts files that were read, `compared` windows that were compared anew. `gone`
    files are not there any more. `cut` counts pairs of articles of one story that were not compared
    since their window was too large.
    """

    articles: int
    claims: int
    undated: int
    extracted: int
    windows: int
    compared: int
    gone: int
    cut: int
    skipped: tuple[Skipped, ...]


def update(
    place: Place, shared: Shared, plan: Plan, pool: Pool, progress: Progress | None = None
) -> Outcome:
    """Extract the files that are new or changed, compare the windows that they change.

    Raises `UsageError` where the folder holds no articles or another update is at work, and what
    `engine.run` raises; what was done until then is kept.
    """
    from filelock import FileLock, Timeout

    place.own.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place.own / "lock", timeout=0), Index(place.index) as index:
            return _update(index, place, shared, plan, pool, progress or _silent)
    except Timeout:
        raise UsageError(
            "archive-busy", f"{place.root}: another update is at work", "wait until it is done"
        ) from None


def _silent(stage: str, done: int, total: int) -> None:
    pass


def _update(
    index: Index, place: Place, shared: Shared, plan: Plan, pool: Pool, tell: Progress
) -> Outcome:
    links: list[Skipped] = []
    gone = index.keep(path for path, _ in files(place.root, links))
    fresh = list(_fresh(index, place, shared))
    extracted = 0

    def read(number: int, found: tuple[Read, ...]) -> None:
        nonlocal extracted
        index.put(found, shared.reading)
        extracted += len(found)
        tell("extracting", extracted, len(fresh))

    tell("extracting", 0, len(fresh))
    batches = enumerate(_batches(fresh))
    run(pool, extract_files, ((n, (shared, batch)) for n, batch in batches), read)
    articles, claims, undated = index.count()
    if not articles and not index.skipped():
        raise UsageError(
            "no-articles", f"{place.root}: no articles in this folder", "name another folder"
        )
    compared, there, cut = _compare(index, shared, plan, pool, tell)
    unread = (*links, *(skipped(one) for one in index.skipped()))
    return Outcome(articles, claims, undated, extracted, there, compared, gone, cut, unread)


def _compare(
    index: Index, shared: Shared, plan: Plan, pool: Pool, tell: Progress
) -> tuple[int, int, int]:
    """Compare what changed; how many windows that were, how many there are, what was cut."""
    known = index.windows()
    sizes: dict[str, int] = {}
    compared = cut = 0

    def wanted() -> Iterator[tuple[str, tuple[Shared, tuple[Part, ...]]]]:
        nonlocal cut
        matching = shared.settings.matching
        for window in windows(index, plan.days, matching.window, plan.most, matching.story):
            cut += window.cut
            sizes[window.name] = len(window.entries)
            task = parts(window)
            there = known.get(window.name)
            if there is None or there.shard != window_key(shared, task):
                yield window.name, (shared, task)

    def enter(name: str, result: Compared) -> None:
        nonlocal compared
        index.enter(name, sizes[name], result)
        compared += 1
        tell("windows compared", compared, len(sizes))

    tell("windows compared", 0, 0)
    run(pool, compare_window, wanted(), enter)
    for name in known:
        if name not in sizes:
            index.drop(name)
    return compared, len(sizes), cut


def parts(window: Window) -> tuple[Part, ...]:
    """The articles of a window as its task needs them, with the ids that a run gives them."""
    entries: tuple[Entry, ...] = window.entries
    inputs = [Input(e.path, Path(e.path), Path(e.path).suffix.lower()) for e in entries]
    return tuple(
        Part(entry.number, entry.path, name, entry.shard, entry.line, entry.content)
        for entry, name in zip(entries, ids(inputs), strict=True)
    )


def files(root: Path, left: list[Skipped]) -> Iterator[tuple[str, str]]:
    """The articles' files of a folder with their states, in order, by paths below it.

    Links, and folders that cannot be listed, are told in `left`.
    """
    closed: list[OSError] = []
    for folder, inside, names in os.walk(root, onerror=closed.append):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            path = file.relative_to(root).as_posix()
            if not is_article(file):
                continue
            if is_link(file):
                left.append(_left(path, "is a link; an archive holds files"))
                continue
            try:
                path.encode()
                yield path, status_of(file)
            except UnicodeEncodeError:
                shown = os.fsencode(path).decode("utf-8", "replace")
                left.append(_left(shown, "has a name that is not UTF-8; rename it"))
            except OSError as error:
                left.append(_left(path, f"cannot be read: {error.strerror}"))
    for one in closed:
        where = os.fsdecode(one.filename or root)
        left.append(_left(where, f"cannot be listed: {one.strerror}; check its permissions"))


def _left(path: str, reason: str) -> Skipped:
    return Skipped(path=path, code="unreadable", reason=reason)


def _fresh(index: Index, place: Place, shared: Shared) -> Iterator[str]:
    some: list[tuple[str, str]] = []
    for one in files(place.root, []):
        some.append(one)
        if len(some) == _AT_ONCE:
            yield from index.fresh(some, shared.reading)
            some = []
    yield from index.fresh(some, shared.reading)


def _batches(paths: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Files in batches whose borders depend on their names alone.

    So a run that goes on where another died makes the same batches of what that one left.
    """
    batch: list[str] = []
    for path in paths:
        if len(batch) == _MOST_FILES or (batch and int(key(path)[:8], 16) % _FILES == 0):
            yield tuple(batch)
            batch = []
        batch.append(path)
    if batch:
        yield tuple(batch)
