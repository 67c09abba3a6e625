"""How an archive is cut: who could match stands together, and nobody stands in too large a set."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest

from factcheck.archive.windows import Entry, sections, windows


class Articles:
    """Articles by number: day, folder and telling words; ten claims each."""

    def __init__(
        self,
        days: Mapping[int, int | None],
        folders: Mapping[int, str] | None = None,
        told: Mapping[int, Mapping[str, float]] | None = None,
    ) -> None:
        self.told = told or {}
        folders = folders or {}
        self.entries = [
            (folders.get(n, ""), Entry(n, f"{n:03}", "", "", 0, day, 10)) for n, day in days.items()
        ]

    def cells(self, days: int) -> list[int]:
        return sorted({e.day // days * days for _, e in self.entries if e.day is not None})

    def between(self, first: int, end: int) -> list[Entry]:
        return [e for _, e in self.entries if e.day is not None and first <= e.day < end]

    def undated_folders(self) -> list[str]:
        return sorted({folder for folder, e in self.entries if e.day is None})

    def undated(self, folder: str) -> list[Entry]:
        return [e for where, e in self.entries if e.day is None and where == folder]

    def stories(self, numbers: Sequence[int]) -> dict[int, dict[str, float]]:
        return {number: dict(self.told[number]) for number in numbers}


def cut(articles: Articles, days: int = 30, reach: int = 30, most: int = 10**6) -> list[set[int]]:
    found = windows(articles, days, reach, most, 0.07)
    return [{entry.number for entry in window.entries} for window in found]


@pytest.mark.parametrize("days", [1, 7, 30])
@pytest.mark.parametrize("seed", range(5))
def test_who_could_match_stands_in_one_window(days: int, seed: int) -> None:
    chance = random.Random(seed)
    dated = {n: 738_000 + chance.randrange(200) for n in range(60)}
    found = cut(Articles(dated), days)
    for a, b in combinations(dated, 2):
        together = any({a, b} <= window for window in found)
        assert together or abs(dated[a] - dated[b]) > 30
    assert all(
        max(dated[n] for n in window) - min(dated[n] for n in window) < days + 30
        for window in found
    )


def test_a_window_within_another_is_left_out() -> None:
    start = 738_000 // 30 * 30
    assert cut(Articles({1: start, 2: start + 35, 3: start + 40})) == [{1, 2, 3}]


def test_articles_far_apart_make_windows_of_their_own_and_one_alone_makes_none() -> None:
    assert cut(Articles({1: 738_000, 2: 738_001, 3: 738_500})) == [{1, 2}]


def test_undated_articles_are_compared_within_their_folder() -> None:
    articles = Articles(
        {1: None, 2: None, 3: None, 4: None, 5: 738_000}, {1: "a", 2: "a", 3: "b", 4: "b", 5: "a"}
    )
    assert cut(articles) == [{1, 2}, {3, 4}]


def test_a_large_window_is_cut_by_its_stories() -> None:
    told = {n: {f"story{n % 2}": 1.0} for n in range(6)}
    articles = Articles(dict.fromkeys(range(6), 738_000), told=told)
    assert cut(articles, most=30) == [{0, 2, 4}, {1, 3, 5}]
    assert cut(articles, most=60) == [set(range(6))]


def test_a_part_keeps_its_name_when_another_grows() -> None:
    told = {n: {f"story{n % 2}": 1.0} for n in range(8)}
    names = []
    for number in (6, 8):
        articles = Articles(dict.fromkeys(range(number), 738_000), told=told)
        names.append([window.name for window in windows(articles, 30, 30, 40, 0.07)])
    assert names[0] == names[1]


@pytest.mark.parametrize("seed", range(5))
def test_no_set_is_too_large_and_what_is_cut_is_counted(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"w{n}" for n in range(12)]
    told = {n: dict.fromkeys(chance.sample(words, 4), 0.5) for n in range(30)}
    found, lost = sections(told, dict.fromkeys(told, 10), 80, 0.07)
    assert all(2 <= len(part) <= 8 for part in found)
    placed = [n for part in found for n in part]
    assert len(placed) == len(set(placed))
    where = {n: number for number, part in enumerate(found) for n in part}
    alike = [(a, b) for a, b in combinations(told, 2) if told[a].keys() & told[b].keys()]
    assert lost == sum(where.get(a, -1 - a) != where.get(b, -1 - b) for a, b in alike)
