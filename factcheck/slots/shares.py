"""Shares in words, in percent: "a quarter", "two thirds", "one in five", "just over half"."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.lang import table, words
from factcheck.records import FigureDetail, Slot
from factcheck.slots.tokens import Token, word_at

Interval = tuple[float, float]
# A share in words is exact to this part of itself, and "just over" it or "almost" to this one.
_ROUNDED, _NEAR = 0.05, 0.15
# Words before a share that may bound it.
_BEFORE = 4
_ABOVE, _BELOW = words("figures", "in_shares", "above"), words("figures", "in_shares", "below")
_BARELY, _ALMOST = words("figures", "in_shares", "barely"), words("figures", "in_shares", "almost")
# What is the next of a row, too: "a third of the houses", "a third man".
_ORDINARY = frozenset(table("figures")["ordinals"]) | {"quarter"}
_WHOLE = words("figures", "in_shares", "whole")


def shares(tokens: list[Token]) -> Iterator[Interval]:
    """The shares that are told in words, each as the percentages that it may stand for."""
    for i in range(len(tokens)):
        part, _ = _part(tokens, i)
        if part:
            yield _share(tokens, i, part)


def slots(tokens: list[Token], text: str) -> Iterator[Slot]:
    """The same as figures in percent, where what is behind says that they are of a whole.

    "A third of the houses", "by a quarter", and not "a third man".
    """
    for i in range(len(tokens)):
        part, last = _part(tokens, i)
        behind = tokens[last].low if last < len(tokens) else "of"
        if not part or (tokens[last - 1].low in _ORDINARY and tokens[last:] and behind != "of"):
            continue
        low, high = _share(tokens, i, part)
        span = tokens[i].start, tokens[last - 1].end
        detail = FigureDetail(low=low, high=high, approximate=True, unit="%", counted="")
        told = text[slice(*span)]
        yield Slot(slot="figure", value=told, text=told, span=span, detail=detail)


def _share(tokens: list[Token], i: int, part: float) -> Interval:
    return _bounded(100 * part, {t.low for t in tokens[max(0, i - _BEFORE) : i]})


def _part(tokens: list[Token], i: int) -> tuple[float, int]:
    """The part of a whole that begins at token `i`, and the token behind it; 0 where none does."""
    if tokens[i].low == "half":
        # "Half an hour", "half past", "a year and a half" are no shares.
        alone = word_at(tokens, i + 1) in ("", *_WHOLE) and word_at(tokens, i - 2) != "and"
        return (0.5 if alone else 0.0), i + 1
    count = _count(tokens[i].low)
    if not count:
        return 0.0, i
    k = i + 1 + (word_at(tokens, i + 1) == "-")
    divisor = _divisor(word_at(tokens, k))
    if divisor:
        return (count / divisor if count < divisor else 0.0), k + 1
    if word_at(tokens, k) == "out" and word_at(tokens, k + 1) == "of":
        k += 1
    elif word_at(tokens, k) != "in":
        return 0.0, i
    k += 1 + (word_at(tokens, k + 1) == "every")
    of = _count(word_at(tokens, k))
    return (count / of if count < of else 0.0), k + 1


def _count(low: str) -> int:
    """The number that a word or its digits name; 0 for any other."""
    if low in ("a", "one"):
        return 1
    return (
        int(low) if low.isdecimal() and len(low) < 3 else table("figures")["cardinals"].get(low, 0)
    )


def _divisor(low: str) -> int:
    """What a part of a whole divides it by: 4 of "quarter" and "fourths"."""
    one = low.removesuffix("s")
    if one in ("half", "quarter"):
        return 2 if one == "half" else 4
    by: int = table("figures")["ordinals"].get(one, 0)
    return by if by > 2 else 0


def _bounded(share: float, before: set[str]) -> Interval:
    """The percentages that a share with the words before it may stand for."""
    low, high = share * (1 - _ROUNDED), share * (1 + _ROUNDED)
    if before & _ABOVE:
        return share, share * (1 + _NEAR) if before & _BARELY else 100.0
    if before & _BELOW:
        return share * (1 - _NEAR) if before & _BARELY else 0.0, share
    return (share * (1 - _NEAR), high) if before & _ALMOST else (low, high)
