"""Ships, pubs and horses that are called like papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck.things import named_things
from tests.growing import MOST, exponent


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The ferry Hallig Star ran aground.", {"Hallig Star"}),
        ("A ferry, the Hallig Star, ran aground.", {"Hallig Star"}),
        ("The Baltic Times, a small bulker, came to help.", {"Baltic Times"}),
        ("He drank at the Evening Post pub.", {"Evening Post"}),
        ("Nobody aboard the “Daily Mail” was hurt.", {"Daily Mail"}),
        ("The racehorse Morning Herald won by a neck.", {"Morning Herald"}),
        ("A ferry ran aground, The Hallig Star reported.", set()),
        ("The ferry sank, Reuters reported.", set()),
        ("The Ferry Lane Herald reported a loss.", set()),
        ("The Evening Star reported on the ferry.", set()),
    ],
)
def test_names(text: str, names: set[str]) -> None:
    assert named_things(text) == names


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit", ["Ferry A ", "ferry A of the ", "A B C ", "ferry, the “A”, a b c "]
)
def test_time_is_linear(unit: str) -> None:
    def of(size: int) -> Callable[[], object]:
        text = unit * (size // len(unit))
        return lambda: named_things(text)

    assert exponent(of, 20_000) < MOST
