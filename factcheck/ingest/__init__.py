"""Files → articles. What cannot be read becomes a record with a reason and stops nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from factcheck.config import Limits
from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest.build import article_from_text, unique_ids
from factcheck.ingest.decode import decode
from factcheck.ingest.discover import STDIN, Input, discover
from factcheck.ingest.readers import READERS
from factcheck.records import Article, Skipped

__all__ = ["article_from_text", "load"]


def load(
    paths: Sequence[str],
    limits: Limits,
    stdin: BinaryIO | None = None,
    families: Mapping[str, str] | None = None,
) -> tuple[list[Article], list[Skipped]]:
    """Read files, folders (recursive, sorted) and `-` (standard input) into articles.

    `families` maps an outlet or a domain to the family that the ledger puts it in. Returns the
    articles in the order of their paths, with ids unique in the run, and what was skipped and
    why. Raises `UsageError` for a path that is not there or a folder without articles.
    """
    inputs = discover(paths, limits)
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for item in inputs:
        try:
            articles.append(_read(item, limits, stdin, families or {}))
        except UnreadableError as error:
            reason = f"{error.message}; {error.hint}" if error.hint else error.message
            skipped.append(Skipped(path=item.path, code=error.code, reason=reason))
    return unique_ids(articles), skipped


def _read(
    item: Input, limits: Limits, stdin: BinaryIO | None, families: Mapping[str, str]
) -> Article:
    if item.path == STDIN:
        if stdin is None:
            raise UsageError("no-stdin", "there is no standard input to read '-' from")
        data = stdin.read(limits.file_bytes + 1)
    else:
        try:
            with item.file.open("rb") as stream:
                data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise UnreadableError(
                "unreadable", f"cannot be read: {error.strerror or error}", "check its permissions"
            ) from error
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            "too-large",
            f"larger than {limits.file_bytes / 1e6:g} MB",
            "split it: an article is one text by one outlet",
        )
    return READERS[item.suffix](decode(data), item.path, families)
