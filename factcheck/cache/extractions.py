"""The extractions of unchanged articles: attributions, claims with their slots, inconsistencies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from factcheck.cache.entries import Entries
from factcheck.cache.identity import program_identity
from factcheck.hashing import key
from factcheck.records import Article, Attribution, Claim, Inconsistency, Record

if TYPE_CHECKING:
    from factcheck.pipeline import Extraction


class ExtractionCache:
    """Extractions by article. Raises nothing: what cannot be read is extracted again."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        # An extraction may change its article (credits), so the key is kept from the question.
        self._asked: dict[str, tuple[str, Article]] = {}

    def get(self, article: Article) -> Extraction | None:
        """Return the extraction of this very article by this very program, if it is kept."""
        name = key(program_identity(), repr(article), article.text)
        self._asked[article.id] = (name, article)
        data = self._entries.get(name)
        return _decoded(article, data) if data is not None else None

    def put(self, extraction: Extraction) -> None:
        """Keep the extraction of an article that `get` was asked for."""
        name, article = self._asked[extraction.article.id]
        self._entries.put(name, _encoded(article, extraction))


def _encoded(article: Article, extraction: Extraction) -> bytes:
    changed = {
        field: value
        for field, value in extraction.article.__dict__.items()
        if value != getattr(article, field)
    }
    stored = {
        "article": changed,
        "attributions": extraction.attributions,
        "claims": extraction.claims,
        "inconsistencies": extraction.inconsistencies,
    }
    # Not pydantic's own JSON, which leaves out what is no part of the report format.
    return json.dumps(stored, default=vars, ensure_ascii=False).encode()


def _decoded(article: Article, data: bytes) -> Extraction | None:
    from pydantic import ValidationError

    from factcheck.pipeline import Extraction

    try:
        stored = _Stored.model_validate_json(data)
        changed = {**vars(article), **stored.article}
        same = Article.model_validate(changed) if stored.article else article
    except ValidationError:
        return None
    return Extraction(same, stored.attributions, stored.claims, stored.inconsistencies)


class _Stored(Record):
    article: dict[str, Any]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    inconsistencies: tuple[Inconsistency, ...]
