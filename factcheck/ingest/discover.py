"""Arguments → the list of inputs to read: which files there are, in which order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.config import Limits
from factcheck.errors import UsageError
from factcheck.ingest.readers import READERS

STDIN = "-"
# Files that describe a folder of articles rather than being one.
_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "contributing")


@dataclass(frozen=True)
class Input:
    """One input: its path as given (below a folder: joined to it) and its reader's key."""

    path: str
    file: Path
    suffix: str


def discover(paths: Sequence[str], limits: Limits) -> list[Input]:
    """Expand files, folders and `-`, each file once, in a stable order.

    A file named by the user is read whatever its name (as plain text where the ending is
    unknown); of a folder only files with a known ending, hidden ones left out. Raises
    `UsageError` for a missing path, a folder without articles, or too many of them.
    """
    found: list[Input] = []
    seen: set[str] = set()
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
                inputs = [Input(given, path, suffix if suffix in READERS else ".txt")]
            else:
                raise UsageError(
                    "missing-path", f"{given}: no such file or folder", "check the spelling"
                )
        for item in inputs:
            key = STDIN if item.path == STDIN else os.path.realpath(item.file)
            if key not in seen:
                seen.add(key)
                found.append(item)
    if len(found) > limits.articles:
        raise UsageError(
            "too-many-articles",
            f"{len(found):,} articles, more than {limits.articles:,}",
            "compare the articles of one event or one period at a time",
        )
    return found


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
