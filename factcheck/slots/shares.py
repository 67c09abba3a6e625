"""Shares in words, in percent: "a quarter", "two thirds", "one in five", "just over half"."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.lang import table, words
from factcheck.slots.tokens import Token, word_at

Interval = tuple[float, float]
# A share in words is exact to this part of itself, and "just over" it or "almost" to this one.
_ROUNDED, _NEAR = 0.05, 0.15
# Words before a share that may bound it.
_BEFORE = 4
_ABOVE, _BELOW = words("figures", "in_shares", "above"), words("figures", "in_shares", "below")
_BARELY, _ALMOST = words("figures", "in_shares", "barely"), words("figures", "in_shares", "almost")
_WHOLE = words("figures", "in_shares", "whole")


def shares(tokens: list[Token]) -> Iterator[Interval]:
    """The shares that are told in words, each as the percentages that it may stand for."""
    for i in range(len(tokens)):
        part = _part(tokens, i)
        if part:
            yield _bounded(100 * part, {t.low for t in tokens[max(0, i - _BEFORE) : i]})


def _part(tokens: list[Token], i: int) -> float:
    """The part of a whole that begins at token `i`; 0 where none does."""
    if tokens[i].low == "half":
        # "Half an hour", "half past", "a year and a half" are no shares.
        alone = word_at(tokens, i + 1) in ("", *_WHOLE) and word_at(tokens, i - 2) != "and"
        return 0.5 if alone else 0.0
    count = _count(tokens[i].low)
    if not count:
        return 0.0
    k = i + 1 + (word_at(tokens, i + 1) == "-")
    divisor = _divisor(word_at(tokens, k))
    if divisor:
        return count / divisor if count < divisor else 0.0
    if word_at(tokens, k) == "out" and word_at(tokens, k + 1) == "of":
        k += 1
    elif word_at(tokens, k) != "in":
        return 0.0
    of = _count(word_at(tokens, k + 1 + (word_at(tokens, k + 1) == "every")))
    return count / of if count < of else 0.0


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
