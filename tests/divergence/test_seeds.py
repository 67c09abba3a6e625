"""The two reference articles: what a careful reader finds differing in them, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report

SEEDS = Path(
    os.environ.get(
        "FACTCHECK_SEEDS", Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
    )
)

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="no reference articles: set FACTCHECK_SEEDS"),
]


@pytest.fixture(scope="module", name="report")
def _report() -> Report:
    settings = Settings()
    articles, skipped = load([str(SEEDS)], settings.limits)
    corpus = Corpus(tuple(extract(articles, Tagger.load())), tuple(skipped))
    return compare(corpus, settings)


def test_the_day_of_the_speech_and_the_manner_of_the_talks_differ(report: Report) -> None:
    found = {
        divergence.slot: (group, divergence)
        for group in report.groups
        for divergence in group.divergences
        if divergence.material
    }
    assert sorted(found) == ["date", "manner"]
    group, date = found["date"]
    assert "close friends" in group.statement
    assert {value.value for value in date.values} == {"Wednesday", "Thursday"}
    _, manner = found["manner"]
    assert {value.value for value in manner.values} == {"direct", "indirect"}


def test_one_article_gives_one_man_two_offices(report: Report) -> None:
    (found,) = report.inconsistencies
    assert found.slot == "role"
    assert {value.value for value in found.values} == {
        "prime minister (Turkey)",
        "president (Turkey)",
    }
