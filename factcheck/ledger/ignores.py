"""What articles themselves ask a check to ignore: `factcheck: ignore` and what it covers.

In the front matter (`factcheck: ignore divergent -- both were given`) it covers the whole article,
in a comment of Markdown (`<!-- factcheck: ignore -->`) its paragraph, or where it stands alone the
next one. Without names of rules it covers all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from factcheck.ingest.frontmatter import split
from factcheck.records import Article, Span

if TYPE_CHECKING:
    from factcheck.ledger.rules.base import Found

_COMMENT = re.compile(r"<!--[ \t\r\n]*factcheck:(?P<asked>[^<>]{0,500})-->")
_ANY_COMMENT = re.compile(r"(?s)<!--(?:(?!<!--|-->).){0,2000}-->")
_ASKED = re.compile(
    r"\s*ignore\b(?P<rules>[\s,\w-]*?)(?:\s*(?:--|[–—:])(?P<why>.*))?\s*", re.DOTALL
)
_PARAGRAPH = re.compile(r"(?:[^\r\n]*\S[^\r\n]*(?:\r?\n|\Z))+")


@dataclass(frozen=True)
class Ignore:
    """One request of an article (its id): the words of rules (none: all), what of the article's
    text it covers, and where it stands.
    """

    article: str
    rules: tuple[str, ...]
    covered: Span
    span: Span

    def covers(self, names: Sequence[str], found: Found) -> bool:
        """Whether it covers what was found by the rule of these names."""
        start, end = found.span or (0, 0)
        return (
            found.article == self.article
            and self.covered[0] <= start
            and end <= self.covered[1]
            and (not self.rules or any(name in self.rules for name in names))
        )


def ignores(article: Article) -> list[Ignore]:
    """What an article asks to be ignored, in the order of its text (the file's own)."""
    if "factcheck" not in article.text:
        return []
    meta = split(article.text)
    found = [
        Ignore(article.id, rules, (0, len(article.text)), span)
        for value, span in meta.values.get("ignore", ())
        if (rules := _rules(value)) is not None
    ]
    paragraphs = [
        match.span()
        for match in _PARAGRAPH.finditer(article.text, meta.end)
        if _ANY_COMMENT.sub("", match.group()).strip()
    ]
    for match in _COMMENT.finditer(article.text, meta.end):
        rules = _rules(match["asked"])
        if rules is not None:
            # Its own paragraph, or where that says nothing the next one that does.
            number = bisect_right(paragraphs, match.start(), key=itemgetter(1))
            covered = paragraphs[number] if number < len(paragraphs) else match.span()
            found.append(Ignore(article.id, rules, covered, match.span()))
    return found


def _rules(asked: str) -> tuple[str, ...] | None:
    """The rules as written, in lower case; `None` where nothing is asked."""
    match = _ASKED.fullmatch(asked)
    if match is None:
        return None
    return tuple(word.lower() for word in re.findall(r"[\w-]+", match["rules"]))
