"""Clock times in words: "half past nine", "quarter to eleven", "four o'clock in the morning".

Which half of the day is meant is told behind ("in the evening"), by the day ("on Tuesday morning"),
or not at all: then the hours reach from the one to the other, and only a time beyond both differs.
"""

from __future__ import annotations

from factcheck.lang import table, words
from factcheck.slots.tokens import Token, content, word_at

Hours = tuple[int, int]
_HALF_DAY = 12
_BEFORE = words("dates", "in_spoken", "before")
STARTS = words("dates", "in_spoken", "starts")
_MINUTES = words("dates", "in_spoken", "minutes")
_PAST, _TO = words("dates", "in_spoken", "past"), words("dates", "in_spoken", "to")


def begins(low: str) -> bool:
    """Whether a clock time in words can begin with a word."""
    return low in STARTS or low in table("figures")["cardinals"]


def spoken(tokens: list[Token], i: int) -> tuple[Hours, int] | None:
    """The hours that a clock time in words at token `i` may mean, and the token behind it."""
    low = word_at(tokens, i)
    hour, last, back = _hour(tokens, i), i + 2, False
    if hour and word_at(tokens, i + 1) != "o'clock":
        hour = 0
    if not hour and (told := _in_part(tokens, i)):
        return told
    if not hour:
        at = i + 1 + (word_at(tokens, i + 1) in _MINUTES)
        sign = word_at(tokens, at)
        if not (low == "half" or _is_placed(tokens, i)):
            return None
        if sign not in (_PAST if low == "half" else _PAST | _TO) or low.isdecimal():
            # "From 3 to 9 May" are days, and no clock is told so in digits.
            return None
        hour, last, back = _hour(tokens, at + 1), at + 2, sign in _TO
        last += word_at(tokens, last) == "o'clock"
    if not hour:
        return None
    first = (hour - back) % _HALF_DAY
    part, end = _part(tokens, last)
    return within((first, first + _HALF_DAY), part), end if part else last


def _in_part(tokens: list[Token], i: int) -> tuple[Hours, int] | None:
    """The hour at token `i` with the part of the day behind it: "before five in the morning"."""
    hour = _hour(tokens, i) if not word_at(tokens, i).isdecimal() else 0
    part, end = _part(tokens, i + 1)
    placed = i > 0 and word_at(tokens, i - 1) in _BEFORE
    if not hour or part is None or not placed or word_at(tokens, i + 1) not in ("in", "at"):
        return None
    behind = tokens[end : end + 1]
    if any(t.is_word and not t.is_capital for t in behind) and content(behind):
        return None  # "at four in the morning raid"
    first = hour % _HALF_DAY
    low, high = within((first, first + _HALF_DAY), part)
    early = word_at(tokens, i - 1) == "before" and low == high and low > 0
    return (low - early, high), end


def _is_placed(tokens: list[Token], i: int) -> bool:
    """Whether a number or "quarter" stands where a time does: behind "at", or first of all."""
    before = i - 1
    if word_at(tokens, i) == "quarter" and word_at(tokens, before) == "a":
        before -= 1
    return before < 0 or word_at(tokens, before) in _BEFORE


def within(hours: Hours, part: Hours | None) -> Hours:
    """The one of two hours that lies in a part of the day; both, where none or each does."""
    if part is None or hours[1] - hours[0] != _HALF_DAY:
        return hours
    inside = [hour for hour in hours if part[0] <= hour <= part[1]]
    return (inside[0], inside[0]) if len(inside) == 1 else hours


def _hour(tokens: list[Token], i: int) -> int:
    """The hour of a clock that a word or number names; 0 for any other."""
    low = word_at(tokens, i)
    told = (
        int(low)
        if low.isdecimal() and len(low) <= 2
        else int(table("figures")["cardinals"].get(low, 0))
    )
    return 1 if low == "one" else told if 1 <= told <= _HALF_DAY else 0


def _part(tokens: list[Token], k: int) -> tuple[Hours | None, int]:
    """The part of the day told at token `k`: "in the evening", "at night", "p.m."."""
    halves: dict[str, list[int]] = table("dates")["halves"]
    low = word_at(tokens, k)
    if low in halves:
        return (halves[low][0], halves[low][1]), k + 1
    if low in ("in", "at"):
        at = k + 1 + (word_at(tokens, k + 1) == "the")
        part = halves.get(word_at(tokens, at))
        return ((part[0], part[1]), at + 1) if part else (None, k)
    return None, k
