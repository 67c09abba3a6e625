"""Many short paragraphs by one speaker take linear time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck.attribution import denials
from factcheck.attribution.resolve import resolve
from tests.growing import MOST, exponent, many


@pytest.mark.growth
def test_what_one_speaker_says_again_and_again_is_resolved_in_linear_time() -> None:
    def prepare(size: int) -> Callable[[], object]:
        # Another article each time, since the last one read is kept at hand.
        line = "{s:The mayor} {c:said} {t:no to 5 of them}."
        runs = iter([many(line, size + extra) for extra in range(3)])
        return lambda: resolve(*next(runs))

    assert exponent(prepare, 250) < MOST


@pytest.mark.growth
def test_denial_upon_denial_is_read_in_linear_time() -> None:
    line = (
        "Reports that the mill sold bad flour were denied by its owner. Some say the lake is dry. "
        "That is wrong. The firm denied selling bad meat. "
    )

    def prepare(size: int) -> Callable[[], object]:
        text = line * size
        return lambda: denials.add(text, [(0, len(text))], [], [])

    assert exponent(prepare, 100) < MOST
