"""Files → articles. What cannot be read becomes a record with a reason and stops nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Protocol

from factcheck.config import Limits
from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest.build import article_from_text
from factcheck.ingest.decode import decode
from factcheck.ingest.discover import STDIN, Input, discover, is_article
from factcheck.ingest.files import bounded, read_bytes, told
from factcheck.ingest.formats import other_format
from factcheck.ingest.readers import MARKUP, READERS, not_read
from factcheck.records import Article, Skipped

__all__ = [
    "STDIN",
    "ArticleCache",
    "Input",
    "article_from_text",
    "discover",
    "is_article",
    "load",
    "read",
    "read_bytes",
]


class ArticleCache(Protocol):
    """Where articles that were read from unchanged files are kept between runs."""

    def get(self, data: bytes, path: str, families: Mapping[str, str]) -> Article | None:
        """The article that this very program read from these very bytes."""

    def put(self, data: bytes, path: str, families: Mapping[str, str], article: Article) -> None:
        """Keep an article."""


def load(
    paths: Sequence[str],
    limits: Limits,
    stdin: BinaryIO | None = None,
    families: Mapping[str, str] | None = None,
) -> tuple[list[Article], list[Skipped]]:
    """Read files, folders (recursive, sorted) and `-` (standard input) into articles.

    Returns what `read` does. Raises `UsageError` for a path that is not there or a folder
    without articles.
    """
    return read(discover(paths, limits), limits, stdin, families)


def read(
    inputs: Sequence[Input],
    limits: Limits,
    stdin: BinaryIO | None = None,
    families: Mapping[str, str] | None = None,
    cache: ArticleCache | None = None,
) -> tuple[list[Article], list[Skipped]]:
    """Read inputs into articles, in their order, and say what was skipped and why.

    `families` maps an outlet or a domain to the family that the ledger puts it in. Raises
    `UsageError` where `-` is to be read and there is no `stdin`.
    """
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for item in inputs:
        try:
            data = _bytes(item, limits, stdin)
            article = _article(item, data, families or {}, cache)
            articles.append(article.model_copy(update={"id": item.id}))
        except UnreadableError as error:
            reason = f"{error.message}; {error.hint}" if error.hint else error.message
            skipped.append(Skipped(path=item.path, code=error.code, reason=reason))
    return articles, skipped


def _article(
    item: Input, data: bytes, families: Mapping[str, str], cache: ArticleCache | None
) -> Article:
    article = cache.get(data, item.path, families) if cache else None
    if article is None:
        if name := other_format(data):
            raise not_read(name)
        article = (READERS | MARKUP)[item.suffix](decode(data), item.path, families)
        if cache:
            cache.put(data, item.path, families, article)
    return article


def _bytes(item: Input, limits: Limits, stdin: BinaryIO | None) -> bytes:
    if item.problem:
        raise UnreadableError("unreadable", *item.problem)
    if item.data is not None:
        return bounded(item.data, limits)
    if item.path != STDIN:
        return read_bytes(item.file, limits)
    if stdin is None:
        raise UsageError("no-stdin", "there is no standard input to read '-' from")
    return bounded(told(lambda: stdin.read(limits.file_bytes + 1)), limits)
