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

STDIN = "-"
# Files that describe a folder of articles rather than being one.
_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "contributing")


@dataclass(frozen=True)
class Input:
    """One input: its path as given (below a folder: joined to it), its reader's key, and the id
    that its article has in this run.
    """

    path: str
    file: Path
    suffix: str
    id: str = ""


def discover(paths: Sequence[str], limits: Limits) -> list[Input]:
    """Expand files, folders and `-`, each file once, in a stable order.

    A file named by the user is read whatever its name (as plain text where the ending is
    unknown); of a folder only files with a known ending, hidden ones left out. Raises
    `UsageError` for a missing path, a folder without articles, or too many of them.
    Ids are unique: the file's name alone where that is enough, else with its folder's.
    """
    found: list[Input] = []
    seen: set[Path] = set()
    resolved = functools.cache(Path.resolve)
    for given in paths:
        if given == STDIN:
            inputs: Iterator[Input] | list[Input] = [Input(STDIN, Path(STDIN), ".txt")]
        else:
            path = Path(given)
            if path.is_dir():
                inputs = list(_below(path))
                if not inputs:
                    raise UsageError(
                        "no-articles",
                        f"{given}: no articles in this folder",
                        f"articles are files that end in {', '.join(sorted(READERS))}",
                    )
            elif path.exists():
                suffix = path.suffix.lower()
                known = suffix in READERS or suffix in MARKUP
                inputs = [Input(given, path, suffix if known else ".txt")]
            else:
                raise UsageError(
                    "missing-path", f"{given}: no such file or folder", "check the spelling"
                )
        for item in inputs:
            file = item.file
            if item.path != STDIN:
                # Folders are resolved once: it takes longer than all else that is done here.
                there = resolved(file.parent) / file.name
                file = there.resolve() if file.is_symlink() else there
            if file not in seen:
                seen.add(file)
                found.append(item)
    if len(found) > limits.articles:
        raise UsageError(
            "too-many-articles",
            f"{len(found):,} articles, more than {limits.articles:,}",
            "compare the articles of one event or one period at a time",
        )
    return [replace(item, id=name) for item, name in zip(found, _ids(found), strict=True)]


def _ids(inputs: Sequence[Input]) -> Iterator[str]:
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


def _below(folder: Path) -> Iterator[Input]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(root) / name
            suffix = file.suffix.lower()
            if (
                suffix in READERS
                and not name.startswith(".")
                and file.stem.lower() not in _NOT_ARTICLES
            ):
                yield Input(file.as_posix(), file, suffix)
