"""Two polls told in like words are not one statement that two outlets bear out."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract

NORTH = """Weiss keeps her lead

Anna Weiss is well ahead in the race for governor, a new survey by Harbour College shows.

The survey was conducted September 16-19, using a panel of 600 likely voters.

Weiss beats Stone by 46 percent to 42 percent.
"""
SOUTH = """Race for governor tightens

With the debate two days away, a poll by the Northgate Tribune finds the candidates close together.

The poll was conducted from Sept. 22 to 25, surveying a random sample of 1,001 likely voters.

Among likely voters, 46 percent would choose Weiss and 45 percent would back Stone.
"""


@pytest.mark.model
def test_two_polls_do_not_corroborate_each_other(tmp_path: Path) -> None:
    for name, text in (("north", NORTH), ("south", SOUTH)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    articles, skipped = load([str(tmp_path)], Settings().limits)
    report = compare(Corpus(tuple(extract(articles, Tagger.load())), tuple(skipped)), Settings())
    told_by_both = [group for group in report.groups if len(group.outlets) == 2]
    assert told_by_both
    for group in told_by_both:
        assert group.status == "single-sourced"
        assert group.reason.startswith("single-sourced – it is ")
