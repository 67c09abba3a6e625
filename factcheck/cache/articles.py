"""Articles as they were read from unchanged files: blocks, sentences, outlet and date."""

from __future__ import annotations

import json
from collections.abc import Mapping

from factcheck.cache.entries import Entries
from factcheck.cache.identity import program_identity
from factcheck.hashing import key
from factcheck.records import Article


class ArticleCache:
    """Articles by the bytes of their files. Raises nothing: what is not known is read again."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def get(self, data: bytes, path: str, families: Mapping[str, str]) -> Article | None:
        """Return the article that this very program read from a file with these bytes."""
        value = self._entries.get(_name(data, path, families))
        if value is None:
            return None
        from pydantic import ValidationError

        try:
            return Article.model_validate_json(value)
        except ValidationError:
            return None

    def put(self, data: bytes, path: str, families: Mapping[str, str], article: Article) -> None:
        """Keep what was read from a file with these bytes."""
        # Not pydantic's own JSON, which leaves out what is no part of the report format.
        # A file name may be no valid Unicode; such an article is read again.
        value = json.dumps(article, default=vars, ensure_ascii=False)
        self._entries.put(_name(data, path, families), value.encode("utf-8", "surrogatepass"))


def _name(data: bytes, path: str, families: Mapping[str, str]) -> str:
    return key(program_identity(), "article", path, repr(sorted(families.items())), data)
