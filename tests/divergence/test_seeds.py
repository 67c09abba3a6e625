"""The two reference articles: what a careful reader finds differing in them, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factcheck.records import Report
from tests.kept import compared

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
    return compared([SEEDS])


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


# (article, line of the statement): its speaker and the relays it came through.
SAID = {
    ("000", 7): ("sources", ["Reuters"]),
    ("000", 9): ("Turkish official", ["Reuters"]),
    ("000", 11): ("Israeli source", ["Reuters"]),
    ("000", 23): ("Ilham Aliyev", []),
    ("000", 25): ("Marc Schneier", ["Ynet"]),
    ("000", 39): ("Fikri Ataoğlu", ["APA"]),
    ("004", 4): ("source familiar with the matter", ["The Jerusalem Post"]),
    ("004", 5): ("Israel", ["The Jerusalem Post"]),
    ("004", 7): ("Turkish sources", ["The Jerusalem Post"]),
    ("004", 8): ("Ilham Aliyev", []),
}


def test_who_said_it_through_whom(report: Report) -> None:
    text = {article.id: article.text for article in report.articles}
    found: dict[tuple[str, int], list[tuple[str, list[str]]]] = {}
    for claim in report.claims:
        if claim.speaker is not None:
            place = claim.article[:3], text[claim.article].count("\n", 0, claim.start) + 1
            told = claim.speaker.name, [via.name for via in claim.via]
            found.setdefault(place, []).append(told)
    assert {place: told for place, told in SAID.items() if told not in found.get(place, [])} == {}


def test_one_article_gives_one_man_two_offices(report: Report) -> None:
    (found,) = report.inconsistencies
    assert found.slot == "role"
    assert {value.value for value in found.values} == {
        "prime minister (Turkey)",
        "president (Turkey)",
    }
