"""What was read, extracted and scored of unchanged articles, kept on disk between runs.

A cache never fails a run and is never stale: a key is a hash over everything that a result
depends on (`key`, `program_identity`), so a change makes another key, and a file that is
damaged, read-only or locked for too long only means that nothing is remembered. It may be
deleted at any time.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from factcheck.cache.articles import ArticleCache
from factcheck.cache.entries import Entries
from factcheck.cache.extractions import ExtractionCache
from factcheck.cache.identity import default_folder, program_identity
from factcheck.cache.readings import ReadingCache
from factcheck.cache.store import FILE_NAME, Store

__all__ = ["FILE_NAME", "Cache", "default_folder", "program_identity"]


class Cache:
    """All that is kept, in one file below `folder`; `None` remembers nothing (`--no-cache`).

    A context manager; what was put is kept at its end.
    """

    def __init__(self, folder: Path | None) -> None:
        self.store = Store(folder)
        self._entries = Entries(self.store)
        self.articles = ArticleCache(self._entries)
        self.extractions = ExtractionCache(self._entries)
        self.readings = ReadingCache(self.store)

    def __enter__(self) -> Self:
        self.store.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Also after an error or an interrupt: what was measured is worth keeping.
        self._entries.flush()
        self.store.__exit__(kind, error, trace)
