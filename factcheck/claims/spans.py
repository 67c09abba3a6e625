"""Arithmetic of sorted, half-open spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from factcheck.records import Claim, Span


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """What is left of sorted spans, which do not overlap, where the holes are cut out."""
    merged = merge(holes)
    ends = [hole[1] for hole in merged]
    left = []
    for start, end in spans:
        at = start
        for number in range(bisect_right(ends, start), len(merged)):
            first, last = merged[number]
            if first >= end:
                break
            if first > at:
                left.append((at, first))
            at = max(at, last)
        if at < end:
            left.append((at, end))
    return left


def stated(claim: Claim, spans: Sequence[Span]) -> list[Span]:
    """What is left of a claim's spans without its own source and cue: what these tell is no part
    of what is said, also where a fragment is told with them ("He blamed on Friday [the snow]").
    """
    return without(spans, (*claim.source_spans, *claim.cue_spans))


def merge(spans: Sequence[Span]) -> list[Span]:
    """The same stretches of text in sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


class Holding:
    """Spans that can be asked whether one of them holds a stretch of text."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take spans in any order; they may overlap."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether all of `[start, end)` lies in one of the spans."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end


class Covering:
    """Spans that can be asked which of them meet a stretch of text."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take spans in any order; those that overlap are merged."""
        self._spans = merge(spans)
        self._ends = [end for _, end in self._spans]

    def meeting(self, start: int, end: int) -> list[Span]:
        """The spans that share a character with `[start, end)`, cut to it."""
        found = []
        for number in range(bisect_right(self._ends, start), len(self._spans)):
            first, last = self._spans[number]
            if first >= end:
                break
            found.append((max(first, start), min(last, end)))
        return found
