"""Two sequences of paragraphs or sentences → which of them were added, cut or reworded."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from functools import partial

from rapidfuzz import fuzz

# What a comparison may cost: pairs of texts, characters of each.
_MOST_PAIRS = 10_000
_LONGEST = 2_000

Pair = tuple[int | None, int | None]


def differing(before: Sequence[str], after: Sequence[str], alike: float) -> Iterator[Pair]:
    """The numbers of texts that are not in both, in their order: both of one that was reworded, the
    first alone of one that was cut, the second alone of one that was added.

    Texts that share less than `alike` (of 100) are not one and the same, reworded.
    """
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            left, right = range(first, last), range(start, end)
            yield from _between(before, left, after, right, alike)


def _between(
    before: Sequence[str], left: range, after: Sequence[str], right: range, alike: float
) -> Iterator[Pair]:
    if len(left) * len(right) > _MOST_PAIRS:
        yield from ((one, None) for one in left)
        yield from ((None, one) for one in right)
        return
    for number in right:
        likeness = partial(_likeness, before, after[number])
        best = max(left, key=likeness, default=None)
        if best is not None and likeness(best) >= alike:
            yield from ((one, None) for one in range(left.start, best))
            left = range(best + 1, left.stop)
            yield best, number
        else:
            yield None, number
    yield from ((one, None) for one in left)


def _likeness(before: Sequence[str], text: str, number: int) -> float:
    return fuzz.ratio(text[:_LONGEST], before[number][:_LONGEST])
