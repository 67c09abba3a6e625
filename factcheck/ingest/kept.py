"""The earlier versions that are kept of an article: files in a hidden folder beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from factcheck.ingest.discover import STDIN, Input
from factcheck.paths import is_folder

# Below the folder of the article: a folder for each article, named like its file, and a numbered
# file for each version in it. Hidden, so that no version is taken for an article.
VERSIONS = ".versions"
_NUMBERED = re.compile(r"(?P<number>[1-9][0-9]{0,5})\.md")
# Of more the oldest are left out.
_MOST = 50


def kept(item: Input) -> Sequence[Input]:
    """The versions before an article's file, in the order in which they were kept."""
    folder = item.file.parent / VERSIONS / item.file.stem
    if item.path == STDIN or not is_folder(folder):
        return ()
    inside = Path(os.path.realpath(item.file.parent))
    if not Path(os.path.realpath(folder)).is_relative_to(inside):
        return ()
    try:
        names = [file.name for file in folder.iterdir()]
    except OSError:
        return ()
    numbers = sorted(int(match["number"]) for name in names if (match := _NUMBERED.fullmatch(name)))
    shown = Path(item.path).parent / VERSIONS / item.file.stem
    return [
        Input((shown / f"{n}.md").as_posix(), folder / f"{n}.md", ".md", f"{item.id}~{n}")
        for n in numbers[-_MOST:]
    ]
