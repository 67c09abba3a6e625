"""Statements in sentences of their own, against claims of articles."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.matching.profiles import profiles
from factcheck.matching.statements import alone, scores
from tests.matching.build import Line, corpus

FERRY: dict[str, list[Line]] = json.loads(
    (Path(__file__).parent / "cases" / "figures-conflict.json").read_text(encoding="utf-8")
)["articles"]


# Its first run loads tables.
@settings(deadline=None)
@given(st.text(min_size=1), st.none() | st.just("Dana Reyes"))
def test_any_text_can_stand_alone(text: str, speaker: str | None) -> None:
    article, claim = alone("s", text, speaker)
    assert article.text[claim.start : claim.end] == text
    assert (claim.kind, claim.speaker is None) == (
        ("utterance", False) if speaker else ("report", True)
    )
    assert all(0 <= score <= 1 for score in scores(text, speaker, profiles(*corpus(FERRY))))


def test_the_claim_that_states_it_scores_best() -> None:
    articles, claims = corpus(FERRY)
    prepared = profiles(articles, claims)
    for claim, score in zip(claims, scores(claims[0].text, None, prepared), strict=True):
        assert claim == claims[0] or score < scores(claims[0].text, None, prepared)[0]


def test_nothing_states_nothing() -> None:
    assert scores("The council met.", None, []) == []
