"""The folders that the user allowed: which files an assistant may have read, and none else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from factcheck import ledger as ledgers
from factcheck.config import Settings
from factcheck.errors import UsageError
from factcheck.ingest import STDIN, Input, discover
from factcheck.paths import is_folder
from factcheck.records import Skipped

_REASON = "lies outside of the folders that the server's user allowed"


class Folders:
    """Folders, with all links resolved, and what lies in them."""

    def __init__(self, folders: Iterable[str]) -> None:
        """Raise `UsageError` for one that is no folder."""
        given_folders = tuple(folders)
        self.roots = tuple(Path(os.path.realpath(folder)) for folder in given_folders)
        for given, root in zip(given_folders, self.roots, strict=True):
            if not is_folder(root):
                raise UsageError("no-folder", f"{given}: no such folder", "name one that is there")

    def resolved(self, paths: Sequence[str]) -> list[str]:
        """Paths as they are read: relative ones count from the allowed folders, none means all.

        Raises `UsageError` for one outside of them.
        """
        if not self.roots:
            raise UsageError(
                "not-allowed",
                "no folder may be read here",
                "hand over the texts as 'articles', or ask the user to name a folder",
            )
        if not paths:
            return [str(root) for root in self.roots]
        return [self._resolved(path) for path in paths]

    def _resolved(self, path: str) -> str:
        if "\0" not in path and path != STDIN:
            # As answers name them: below the folder, or with its name where there are several.
            for folder in [*self.roots, *(root.parent for root in self.roots)]:
                real = Path(os.path.realpath(folder / path))
                if self._root(real) and os.path.lexists(real):
                    return str(real)
        # Whether it is there is not told of a place that nobody may look at.
        raise UsageError(
            "not-allowed",
            f"{path!r} is not in the folders that may be read",
            f"these are {', '.join(map(str, self.roots))}",
        )

    def files(self, paths: Sequence[str]) -> tuple[list[Input], list[Skipped]]:
        """The articles at some paths, and what links lead out of the allowed folders."""
        inputs: list[Input] = []
        left: list[Skipped] = []
        for item in discover(self.resolved(paths), Settings().limits):
            real = Path(os.path.realpath(item.file))
            if self._root(real):
                # Read by its real place: a link that is changed meanwhile leads nowhere else.
                inputs.append(replace(item, file=real, path=self._told(item.file)))
            else:
                path = self._told(item.file)
                left.append(Skipped(path=path, code="not-allowed", reason=_REASON))
        return inputs, left

    def ledger(self, paths: Sequence[str]) -> Path | None:
        """The ledger beside some paths, where it lies in the allowed folders, too."""
        found = ledgers.find(self.resolved(paths))
        return found if found and self._root(Path(os.path.realpath(found))) else None

    def _root(self, real: Path) -> Path | None:
        return next((root for root in self.roots if real.is_relative_to(root)), None)

    def _told(self, file: Path) -> str:
        """A path as answers name it: not where on the machine it lies."""
        root = self._root(file)
        if root is None:
            return file.name
        return file.relative_to(root.parent if len(self.roots) > 1 else root).as_posix()
