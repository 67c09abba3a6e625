"""Two versions of an article → what was added, cut or reworded since, paragraph by paragraph."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from rapidfuzz import fuzz

# Paragraphs that share less are not one and the same, reworded.
_REWORDED = 55.0
# What a comparison may cost: paragraphs of a version, pairs of paragraphs, characters of each.
_MOST = 2_000
_MOST_PAIRS = 10_000
_LONGEST = 2_000


@dataclass(frozen=True)
class Change:
    """A paragraph that was `added` (only `after`), `cut` (only `before`) or `reworded`."""

    kind: Literal["added", "cut", "reworded"]
    before: str
    after: str


def changes(old_title: str | None, old: str, new_title: str | None, new: str) -> tuple[Change, ...]:
    """What differs between two versions; differences of white space are none."""
    found: list[Change] = []
    if old_title and new_title and old_title != new_title:
        found.append(Change("reworded", old_title, new_title))
    before, after = _paragraphs(old), _paragraphs(new)
    if max(len(before), len(after)) > _MOST and before != after:
        found.append(
            Change("reworded", f"{len(before):,} paragraphs", f"{len(after):,} paragraphs")
        )
        return tuple(found)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            found += _between(before[first:last], after[start:end])
    return tuple(found)


def _between(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Pairs of paragraphs that are alike are reworded, the rest was cut or added."""
    if len(before) * len(after) > _MOST_PAIRS:
        yield from (Change("cut", one, "") for one in before)
        yield from (Change("added", "", one) for one in after)
        return
    left = list(before)
    for text in after:
        alike = max(left, key=partial(_likeness, text), default="")
        if alike and _likeness(alike, text) >= _REWORDED:
            yield from (Change("cut", one, "") for one in left[: left.index(alike)])
            left = left[left.index(alike) + 1 :]
            yield Change("reworded", alike, text)
        else:
            yield Change("added", "", text)
    yield from (Change("cut", one, "") for one in left)


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one[:_LONGEST], other[:_LONGEST])


def _paragraphs(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]
