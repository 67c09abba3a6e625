"""Articles by day → the windows that are compared, each by itself.

Claims of articles further apart than the window of matching are never matched. So a window is a
stretch of days and as many days after it as matching reaches: every two articles that could match
stand in one window together, that of the earlier one's stretch. What two windows share joins their
groups (`factcheck.archive.threads`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from factcheck.matching.stories import alike


class Entry(NamedTuple):
    """An article in the index."""

    number: int
    path: str
    content: str
    shard: str
    line: int
    day: int | None
    claims: int


class Window(NamedTuple):
    """Articles that are compared in one run, by path.

    `cut` counts the pairs of articles of one story that stand in two parts of a window that was too
    large for one.
    """

    name: str
    entries: tuple[Entry, ...]
    cut: int = 0


class Entries(Protocol):
    """Where the articles are (`factcheck.archive.index`)."""

    def cells(self, days: int) -> list[int]:
        """The first days of the stretches of `days` days that hold an article, in order."""

    def between(self, first: int, end: int) -> list[Entry]:
        """The articles of the days from `first` up to and without `end`, by path."""

    def undated_folders(self) -> list[str]:
        """The folders that hold articles without a day, in order."""

    def undated(self, folder: str) -> list[Entry]:
        """The articles of a folder without a day, by path."""

    def stories(self, numbers: Sequence[int]) -> dict[int, dict[str, float]]:
        """The telling words of articles, by number."""


def windows(index: Entries, days: int, reach: int, most: int, least: float) -> Iterator[Window]:
    """The windows of an archive, one after the other, those of articles without a day last.

    A window begins with each stretch of `days` days that holds an article, and reaches `reach` days
    beyond it. One that another holds whole is left out, and so is one of a single article. One of
    more than `most` claims is taken in parts, each of articles whose stories have a cosine of
    `least` or more.
    """
    end = 0
    for first in index.cells(days):
        entries = index.between(first, first + days + reach)
        if max(entry.day or 0 for entry in entries) < end:
            continue
        end = first + days + reach
        name = date.fromordinal(max(1, first)).isoformat()
        yield from _bounded(index, name, entries, most, least)
    for folder in index.undated_folders():
        yield from _bounded(index, f"undated {folder or '.'}", index.undated(folder), most, least)


def _bounded(
    index: Entries, name: str, entries: Sequence[Entry], most: int, least: float
) -> Iterator[Window]:
    if len(entries) < 2:
        return
    if sum(entry.claims for entry in entries) <= most:
        yield Window(name, tuple(entries))
        return
    told = index.stories([entry.number for entry in entries])
    sizes = {entry.number: entry.claims for entry in entries}
    parts, cut = sections(told, sizes, most, least)
    by_number = {entry.number: entry for entry in entries}
    for part in parts:
        inside = sorted((by_number[number] for number in part), key=lambda entry: entry.path)
        # Named by its first article: an article more changes the name of no other part.
        yield Window(f"{name} {inside[0].path}", tuple(inside), cut)
        cut = 0


def sections(
    told: Mapping[int, Mapping[str, float]], sizes: Mapping[int, int], most: int, least: float
) -> tuple[list[list[int]], int]:
    """Sets of articles that tell one story, and how many pairs of one story were cut apart.

    The likest articles come together first, as long as all of a set hold at most `most` claims
    (`sizes`, by article). An article that is like no other is in no set: it has nothing to match.
    """
    alikes = sorted(
        (-cosine, a, b)
        for a, near in alike(told, least).items()
        for b, cosine in near.items()
        if a < b
    )
    pairs = [(a, b) for _, a, b in alikes]
    founder = {number: number for number in told}
    size = dict(sizes)

    def root(number: int) -> int:
        while founder[number] != number:
            founder[number] = number = founder[founder[number]]
        return number

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        if one != other and size[one] + size[other] <= most:
            founder[other] = one
            size[one] += size.pop(other)
    found: dict[int, list[int]] = {}
    for number in sorted(told):
        found.setdefault(root(number), []).append(number)
    cut = sum(root(a) != root(b) for a, b in pairs)
    return [numbers for numbers in found.values() if len(numbers) > 1], cut
