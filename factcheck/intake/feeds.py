"""RSS and Atom → drafts of the entries that hold their text, links of those that do not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from factcheck.intake.drafts import Left, Taken, Where, draft, web_address
from factcheck.intake.lookup import library
from factcheck.intake.markup import of_fragment

_MOST = 1_000
# Fewer words are a summary: the article is behind the link.
_SUMMARY = 80


def read_feed(data: bytes, where: Where) -> Iterator[Taken]:
    """The entries of a feed. Its `source` of an entry is a credit."""
    feedparser = library("feedparser")
    # A stream: a string would be taken for an address or a path.
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        yield Left(where.place, "is a feed without entries that can be read")
    for number, entry in enumerate(found.entries[:_MOST], start=1):
        yield _entry(entry, found.feed, f"{where.place}:{number}")
    if len(found.entries) > _MOST:
        yield Left(where.place, f"has more than {_MOST:,} entries: the rest is not read")


def _entry(entry: Any, feed: Any, place: str) -> Taken:
    contents = [one.get("value") or "" for one in entry.get("content") or ()]
    lines = max(
        (of_fragment(text) for text in (*contents, entry.get("summary") or "")),
        key=lambda lines: sum(map(len, lines)),
    )
    link = web_address(entry.get("link"))
    if sum(len(line.split()) for line in lines) < _SUMMARY:
        reason = "holds a summary alone, the article is at its link"
        return Left(place, reason if link else "holds a summary alone", link)
    source = (entry.get("source") or {}).get("title")
    return draft(
        place,
        lines,
        title=" ".join(of_fragment(entry.get("title") or "")),
        outlet=feed.get("title"),
        dates=[date for key in ("published", "updated") if (date := entry.get(key))],
        url=link,
        bylines=[
            one["name"] for one in entry.get("authors") or () if isinstance(one.get("name"), str)
        ],
        language=feed.get("language"),
        credited=[source] if source else [],
    )
