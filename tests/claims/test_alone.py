"""Which of two tellings is understood better without its article."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from factcheck.claims.alone import stands_alone

ROWS = YAML(typ="safe").load(
    (Path(__file__).parent / "pairs" / "alone.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("better", "worse"), ROWS)
def test_what_stands_alone_is_told_from_what_does_not(better: str, worse: str) -> None:
    assert stands_alone(better) > stands_alone(worse)


@pytest.mark.parametrize("text", ["", "…", "“", "the", "?"])
def test_words_that_say_nothing_are_worth_nothing(text: str) -> None:
    assert stands_alone(text) == 0
