"""Articles as the program reads and compares them, with what any test of this run has read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from factcheck.attribution.tagger import Tagger
from factcheck.cache import Cache, default_folder
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.matching import Decisions
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report


def compared(
    paths: Iterable[Path],
    settings: Settings | None = None,
    families: Mapping[str, str] | None = None,
    decisions: Decisions | None = None,
) -> Report:
    """The report on files and folders, with the settings and decisions of a ledger or without."""
    settings = settings or Settings()
    articles, skipped = load([str(path) for path in paths], settings.limits, None, families)
    with Cache(default_folder()) as cache:
        read = extract(articles, Tagger.load(), cache.extractions)
        corpus = Corpus(tuple(read), tuple(skipped))
        return compare(corpus, settings, decisions, readings=cache.readings)
