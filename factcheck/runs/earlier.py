"""The versions before changed articles → what they told, for statements that rested on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factcheck.cache import Cache
from factcheck.config import Settings
from factcheck.ingest import Input, read
from factcheck.ledger import Ledger
from factcheck.ledger.rules.base import Earlier
from factcheck.pipeline import extract_each
from factcheck.records import Report


def told_before(
    reports: Sequence[Report], ledger: Ledger, cache_folder: Path | None
) -> list[Earlier]:
    """What the versions before articles of reports told; nothing where no statement is tracked."""
    from factcheck.attribution.tagger import Tagger

    owners = {
        version.path: article.id
        for report in reports
        for article in report.articles
        for version in article.versions
        if any(edit.before for edit in version.edits)
    }
    if not owners or not ledger.claims:
        return []
    files = [
        Input(path, Path(path), ".md", f"{owner}~{number}")
        for number, (path, owner) in enumerate(owners.items())
    ]
    with Cache(cache_folder) as cache:
        articles, _ = read(files, Settings().limits, None, ledger.families, cache.articles)
        found = extract_each(articles, Tagger(), cache.extractions)
    return [
        Earlier(owners[one.article.path], one.article.path, one.article, one.claims)
        for one in found
    ]
