"""What the formats made for CI share: the order of findings, and where each of them stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from factcheck.records import Article, Finding, FindingLevel, Report, Span
from factcheck.reports.places import Place, place
from factcheck.reports.words import count

# A finding about no input at all is one about the policy, which stands here.
_LEDGER = "claims.yaml"
# Only in these files are the offsets of an article those of the file (see the report format).
_TEXT_FILES = ("", ".txt", ".text", ".md", ".markdown")
# Worst first.
LEVELS: tuple[FindingLevel, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Location:
    """A file, and the place in it where there is one: in an article a span, else a line."""

    path: str
    span: Span | None = None
    place: Place | None = None
    line: int | None = None

    def __str__(self) -> str:
        """`path:line:column`, as far as they are known."""
        if self.place:
            return f"{self.path}:{self.place.line}:{self.place.column}"
        return f"{self.path}:{self.line}" if self.line else self.path


def by_id(report: Report) -> dict[str, Article]:
    """The articles of a report by id."""
    return {article.id: article for article in report.articles}


def span_location(article: Article, span: Span | None) -> Location:
    """Where a span of an article stands in the article's file, as far as that can be said."""
    if span is None or PurePath(article.path).suffix.lower() not in _TEXT_FILES:
        return Location(article.path)
    return Location(article.path, span, place(article, span))


def location(finding: Finding, articles: Mapping[str, Article]) -> Location:
    """Where a finding stands: a span, else an article, else the file it names or the ledger."""
    if finding.article is None:
        return Location(finding.path or _LEDGER, line=finding.line)
    return span_location(articles[finding.article], finding.span)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by level, new ones first; else in the order given."""
    return sorted(findings, key=lambda found: (LEVELS.index(found.level), not found.new))


def tally(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning`, or `nothing found`."""
    levels = Counter(finding.level for finding in findings)
    parts = [count(levels[level], level) for level in LEVELS if levels[level]]
    return ", ".join(parts) or "nothing found"
