"""Details of many claims, or of one long claim, are found in linear time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck import slots
from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from tests.growing import MOST, exponent, many


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
