"""Parts of a month, and its days by their number alone: "the end of May", "until the 15th"."""

from __future__ import annotations

import calendar
import re

from factcheck.lang import words
from factcheck.slots.tokens import Token, word_at

DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])")
# What stands before and behind a day that is told by its number alone.
_DATED_BY = words("dates", "in_months", "dated_by")
_AFTER_DAY = words("dates", "in_months", "after_day")


def within(tokens: list[Token], of: int, month: int, year: int) -> tuple[str, int, int] | None:
    """What part of a month, or which day, is told before "of" at a token, and where it begins.

    "The end of", "the first week of", "the last day of".
    """
    word, which = word_at(tokens, of - 1), word_at(tokens, of - 2)
    part = {"beginning": "start", "start": "start", "middle": "mid", "end": "end"}.get(word)
    if part and which == "the":
        return part, 0, of - 1
    if word == "day" and which in ("first", "last"):
        return "", 1 if which == "first" else calendar.monthrange(year or 2001, month)[1], of - 2
    if word in ("week", "days") and which in ("first", "last"):
        return ("start" if which == "first" else "end"), 0, of - 2
    return None


def is_day_alone(tokens: list[Token], i: int, last: int) -> bool:
    """Whether "15th" at tokens `[i, last)` is a day of the month: "on the 15th", "by the 9th,"."""
    if not DAY.fullmatch(tokens[i].text) or word_at(tokens, i - 1) != "the":
        return False
    if tokens[i + 1].start != tokens[i].end or word_at(tokens, i - 2) not in _DATED_BY:
        return False
    follows = word_at(tokens, last)
    return not follows or not follows[0].isalnum() or follows in _AFTER_DAY
