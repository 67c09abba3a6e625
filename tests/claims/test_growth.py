"""No text, however odd, takes more than linear time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck.claims.clauses import split, trim
from tests.growing import MOST, exponent


@pytest.mark.growth
@pytest.mark.parametrize("unit", [" ", "\t", "and was "])
def test_a_run_of_one_thing_is_split_in_linear_time(unit: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = "The road was shut" + unit * size + "x"
        return lambda: split(text, 0, len(text))

    assert exponent(prepare, 600) < MOST


@pytest.mark.growth
@pytest.mark.parametrize("marks", ["“x", "x”"])
def test_a_run_of_marks_without_a_partner_is_trimmed_in_linear_time(marks: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = marks.replace("“", "“" * size).replace("”", "”" * size)
        return lambda: trim(text, (0, len(text)))

    assert exponent(prepare, 16_000) < MOST
