"""What servers called the versions that were fetched, so that they are not sent again.

Kept in `.versions/fetched.json` below the folder of articles: by address the server's marks
(`ETag`, `Last-Modified`) and the files that were written. Without the files nothing is known.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.ledger.files import write_atomically

_FILE = "fetched.json"
_LONGEST = 1_000
_MOST = 10_000


@dataclass(frozen=True)
class Marks:
    """What a server called a version of a page: either, both or none."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed since."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


class Fetched:
    """The marks of the addresses whose articles are in a folder."""

    def __init__(self, folder: Path, versions: str) -> None:
        """Read what is known; a damaged file is begun anew."""
        self._folder = folder
        self._file = folder / versions / _FILE
        self._known: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            loaded = json.loads(self._file.read_text("utf-8"))
            self._known = loaded if isinstance(loaded, dict) else {}

    def marks(self, url: str) -> Marks:
        """The marks of an address; none where a file of it is gone."""
        if not self.files(url):
            return Marks()
        told = self._known[url]
        return Marks(_header(told.get("etag")), _header(told.get("modified")))

    def files(self, url: str) -> list[Path]:
        """The articles that an address gave, if all of them are still there."""
        told = self._known.get(url)
        names = told.get("files") if isinstance(told, dict) else None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return []
        files = [self._folder / Path(name).name for name in names]
        return files if all(file.is_file() for file in files) else []

    def put(self, url: str, marks: Marks, files: Sequence[Path]) -> None:
        """Keep the marks of an address, or forget it where the server has none."""
        known = {key: value for key, value in self._known.items() if key != url}
        if marks.headers and files:
            told = {"etag": marks.etag, "modified": marks.modified}
            known[url] = {key: value for key, value in told.items() if value} | {
                "files": sorted({file.name for file in files})
            }
        if known == self._known:
            return
        self._known = dict(list(known.items())[-_MOST:])
        # Not to know costs a request more.
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            write_atomically(self._file, json.dumps(self._known, indent=1) + "\n")


def _header(value: object) -> str | None:
    """A value that a request can carry."""
    usable = isinstance(value, str) and value.isascii() and value.isprintable()
    return str(value) if usable and len(str(value)) <= _LONGEST else None


def marks_of(headers: Any) -> Marks:
    """The marks among the headers of an answer."""
    return Marks(_header(headers.get("etag")), _header(headers.get("last-modified")))
