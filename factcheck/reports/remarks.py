"""What a reader has to know of the articles before the statements are relied on.

Everything here returns raw text that still holds words of articles: each renderer escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcheck.dates import is_full
from factcheck.records import Article, Report
from factcheck.reports import edits
from factcheck.reports.naming import stand_ins
from factcheck.reports.view import View
from factcheck.reports.words import both, count, listed

_MOST_FILES = 20
_ONE_ARTICLE = (
    "One article alone has nothing to be compared with: name a second one of the same event, "
    "by another outlet."
)


def undated(report: Report) -> str:
    """What it means that articles bear no full date; empty where all do, or one stands alone."""
    missing = sum(not is_full(article.published) for article in report.articles)
    if not missing or len(report.articles) < 2:
        return ""
    return (
        f"No full date in {missing} of {count(len(report.articles), 'article')}: "
        "“yesterday” or “Wednesday” is no known day there, and two events of one kind can pass "
        "for one. Keep the date line of an article, or give “published” in its front matter."
    )


def unnamed_outlets(report: Report) -> str:
    """What to do about outlets that go by the names of their files; empty where all have names."""
    files = stand_ins(report.articles)
    if not files:
        return ""
    return (
        f"No outlet is named for {both(files)}: files stand in their place. Name each file after "
        "its outlet, or give “outlet” in its front matter."
    )


def strangers(report: Report) -> str:
    """Which articles share no statement with another; empty where all do."""
    if len(report.articles) < 2:
        return _ONE_ARTICLE if report.articles else ""
    article_of = {claim.id: claim.article for claim in report.claims}
    shared: set[str] = set()
    for group in report.groups:
        told = {article_of[claim] for claim in group.claims if claim in article_of}
        shared |= told if len(told) > 1 else set()
    alone = [article.path for article in report.articles if article.id not in shared]
    if not alone:
        return ""
    if not shared:
        return "No two articles share a statement: they are of different stories."
    verb = "shares" if len(alone) == 1 else "share"
    return (
        f"{both(alone)} {verb} no statement with the other articles, and may be of another story."
    )


def unread(files: Sequence[str]) -> str:
    """Which files in the folders were left out, and why; empty where none was."""
    if not files:
        return ""
    return (
        f"Not read, as articles are .txt and .md files: {listed(files, _MOST_FILES)}. "
        "'factcheck add' makes articles of pages, feeds, mail, PDF and Word files."
    )


def remarks(report: Report, view: View) -> list[str]:
    """What a reader has to know of the articles before the statements are relied on."""
    told = [
        *notes(report.articles),
        *corrections(report.articles),
        *changes(report.articles),
        unread(view.unread),
        strangers(report),
        unnamed_outlets(report),
        undated(report),
    ]
    return [remark for remark in told if remark]


def notes(articles: Iterable[Article]) -> list[str]:
    """What of the articles' metadata could not be read, with the file that holds it."""
    return [f"{article.path}: {note}" for article in articles for note in article.notes]


def changes(articles: Iterable[Article]) -> list[str]:
    """Which articles have been changed since they were first taken in, and in which details."""
    return [edits.told(article, version) for article in articles for version in article.versions]


def corrections(articles: Iterable[Article]) -> list[str]:
    """What the editors of the articles say that they changed in them."""
    return [
        f"{article.outlet} on its article: {said}"
        for article in articles
        for said in article.corrections
    ]
