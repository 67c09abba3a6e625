"""What a terminal tells of how far a run is."""

from __future__ import annotations

import pytest

from factcheck.cli.progress import Line, left


def test_the_time_left_is_told_when_it_can_be() -> None:
    now = [0.0]
    line = Line(lambda: now[0])
    assert line.told("matching claims", 0, 1_200) == "matching claims, 1,200 in all"
    told = []
    for number in range(1_001):
        now[0] += 0.5
        told.append(line.told("extracting", number, 1_000))
    assert told[1] == "extracting 1/1,000", "nothing can be said yet"
    assert told[100] == "extracting 100/1,000, 8 min left"
    assert told[980] == "extracting 980/1,000, 10 s left"
    assert told[1_000] == "extracting 1,000/1,000"


def test_a_stage_s_time_is_its_own() -> None:
    now = [0.0]
    line = Line(lambda: now[0])
    line.told("slow", 1, 10)
    now[0] = 1_000.0
    line.told("quick", 1, 100)
    now[0] += 3
    assert line.told("quick", 31, 100) == "quick 31/100, 5 s left"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "5 s"), (42, "40 s"), (55, "1 min"), (3_600, "60 min"), (9_000, "2.5 h")],
)
def test_time_in_words(seconds: float, words: str) -> None:
    assert left(seconds) == words
