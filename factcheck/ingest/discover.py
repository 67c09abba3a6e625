"""Arguments → the list of inputs to read: which files there are, in which order."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.config import Limits
from factcheck.errors import UsageError
from factcheck.ingest.build import slug
from factcheck.ingest.readers import MARKUP, READERS
from factcheck.paths import is_folder, is_link

STDIN = "-"
# Files that describe a folder of articles rather than being one.
_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "contributing")


@dataclass(frozen=True)
class Input:
    """One input: its path as given (below a folder: joined to it), its reader's key, and the id
    that its article has in this run.

    `problem` is what is wrong with it and what to do, where that shows before it is opened. `data`
    is its content, where that is not what lies in the file now.
    """

    path: str
    file: Path
    suffix: str
    id: str = ""
    problem: tuple[str, str] | None = None
    data: bytes | None = None


def discover(paths: Sequence[str], limits: Limits) -> list[Input]:
    """Expand files, folders and `-`, each file once, in a stable order.

    A file named by the user is read whatever its name (as plain text where the ending is
    unknown); of a folder only files with a known ending, hidden ones left out. Raises
    `UsageError` for a missing path, a folder without articles, or too many of them.
    Ids are unique: the file's name alone where that is enough, else with its folder's.
    """
    found: list[Input] = []
    seen: dict[Path, int] = {}
    resolved = functools.cache(_resolved)
    for given in paths:
        for item in _named(given):
            file = item.file
            if item.path != STDIN:
                # Folders are resolved once: it takes longer than all else that is done here.
                file = resolved(item.file.parent) / item.file.name
                if is_link(file):
                    file = resolved(file)
            if file not in seen:
                seen[file] = len(found)
                found.append(_checked(item))
            elif _plainer(item, found[seen[file]]):
                found[seen[file]] = _checked(item)
    if len(found) > limits.articles:
        raise UsageError(
            "too-many-articles",
            f"{len(found):,} articles, more than {limits.articles:,}",
            "compare the articles of one event or one period at a time",
        )
    return [replace(item, id=name) for item, name in zip(found, ids(found), strict=True)]


def unread(paths: Sequence[str]) -> list[str]:
    """The files in folders among `paths` that `discover` leaves out for their ending or name.

    Hidden ones are left out here too.
    """
    left: list[str] = []
    for given in paths:
        if not is_folder(Path(given)):
            continue
        for root, folders, names in os.walk(given):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            left += [
                (Path(root) / name).as_posix()
                for name in sorted(names)
                if not name.startswith(".") and not is_article(Path(name))
            ]
    return list(dict.fromkeys(left))


def _named(given: str) -> list[Input]:
    """The inputs that one argument stands for."""
    if given == STDIN:
        return [Input(STDIN, Path(STDIN), ".txt")]
    path = Path(given)
    if not given:
        raise UsageError("missing-path", "an empty path names nothing", "name a file or folder")
    if is_folder(path):
        inputs = list(_below(path))
        if not inputs:
            raise UsageError(
                "no-articles",
                f"{given}: no articles in this folder",
                f"articles are files that end in {', '.join(sorted(READERS))}; "
                "'factcheck add' makes them of pages, feeds, mail, PDF and Word files",
            )
        return inputs
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        hint = (
            "take the page in with 'factcheck add URL'" if "://" in given else "check the spelling"
        )
        raise UsageError("missing-path", f"{given}: no such file or folder", hint) from None
    except OSError:
        pass  # It may be there: that it cannot be read is told like any other such file.
    suffix = path.suffix.lower()
    known = suffix in READERS or suffix in MARKUP
    return [Input(given, path, suffix if known else ".txt")]


def _plainer(one: Input, other: Input) -> bool:
    """Which of two names of one file is its own: not a link, and of equals the first in order.

    The name tells the outlet, which may not depend on which was named first.
    """
    return (is_link(one.file), one.path) < (is_link(other.file), other.path)


def _resolved(path: Path) -> Path:
    # Unlike `Path.resolve`, it goes on where a link points to itself.
    return Path(os.path.realpath(path))


def _checked(item: Input) -> Input:
    """An input whose name can be told in every output."""
    try:
        item.path.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(item.path).decode("utf-8", "replace")
        problem = ("has a name that is not UTF-8", "rename it")
        return replace(item, path=shown, problem=item.problem or problem)
    return item


def ids(inputs: Sequence[Input]) -> Iterator[str]:
    """The ids that the articles of these inputs have in a run of theirs, in order."""
    names = [slug(item.file.stem) for item in inputs]
    holders = Counter(names)
    taken: set[str] = set()
    for item, name in zip(inputs, names, strict=True):
        if holders[name] > 1:
            # Not a number alone: who adds an article should change no other's id.
            name = slug(f"{item.file.parent.name} {name}")
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name}-{number}", number + 1
        taken.add(unique)
        yield unique


def is_article(file: Path) -> bool:
    """Whether a file of a folder is read as an article, by its name."""
    return (
        file.suffix.lower() in READERS
        and not file.name.startswith(".")
        and file.stem.lower() not in _NOT_ARTICLES
    )


def _below(folder: Path) -> Iterator[Input]:
    closed: list[OSError] = []
    inside = _resolved(folder)
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for linked in (Path(root) / name for name in folders):
            # One that stays inside is another name of a folder that is read by its own.
            if is_link(linked) and not _resolved(linked).is_relative_to(inside):
                problem = ("is a link to another folder and not followed", "name that folder, too")
                yield Input(linked.as_posix(), linked, "", problem=problem)
        for name in sorted(names):
            file = Path(root) / name
            if is_article(file):
                yield Input(file.as_posix(), file, file.suffix.lower())
    for error in sorted(closed, key=lambda error: str(error.filename)):
        # What lies in a folder that cannot be listed is not measured, which has to be told.
        there = Path(os.fsdecode(error.filename or folder))
        problem = (f"cannot be listed: {error.strerror}", "check its permissions")
        yield Input(there.as_posix(), there, "", problem=problem)
