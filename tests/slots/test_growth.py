"""Details of many claims, or of one long claim, are found in linear time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck import slots
from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from factcheck.slots import dates
from factcheck.slots.tokens import tokenize
from tests.growing import MOST, exponent, many


@pytest.mark.growth
@pytest.mark.parametrize(
    "line",
    [
        "{s:She} {c:said} {t:that it was so}.",
        "“{t:It was so},” {s:she} {c:said}, “{t:and we were in it}.”",
    ],
)
def test_the_details_of_many_claims_are_found_in_linear_time(line: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        article, attributions = many(line, size)
        claims = build(article, resolve(article, attributions))
        return lambda: slots.fill(article, claims)

    assert exponent(prepare, 250) < MOST


def test_an_occasion_has_no_more_circumstances_than_an_occasion_can_have() -> None:
    line = "{s:She} {c:said in} Paris and in London on May %d {t:that it was so}."
    article, attributions = many(line, 60)
    found = slots.fill(article, build(article, resolve(article, attributions)))
    told = [sum(slot.scope == "event" for slot in claim.slots) for claim in found]
    assert 0 < max(told) <= 30


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece",
    [
        "on Wednesday and ",
        "will be set to go on Monday ",
        '" Friday, ',
        "the Sunday Mill at 9 (",
        "mid ",
    ],
)
def test_the_days_of_one_long_sentence_are_read_in_linear_time(piece: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = piece * size
        tokens = tokenize(text)
        return lambda: dates.slots(tokens, text, dates.anchor("2025-04-10"))

    assert exponent(prepare, 500) < MOST
