"""Times told by another, and years: "late last month", "two days ago", "from 2019 to 2021"."""

from __future__ import annotations

import re

from factcheck.lang import table, words
from factcheck.slots.expressions import Time
from factcheck.slots.tokens import Token, word_at

YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_UNITS = words("dates", "in_relative", "units")
_PART = words("dates", "in_relative", "part")
_FROM_OTHER = words("dates", "in_relative", "from_other")
_PARTS_OF_DAY = words("dates", "in_relative", "parts_of_day")
_RATES = words("dates", "in_relative", "rates")
_JOINS_YEARS = words("dates", "in_relative", "joins_years")
_ESTIMATES = words("dates", "in_relative", "estimates")
_YEAR_BEFORE = words("dates", "in_relative", "year_before")
_ENDS_IN_S = words("dates", "in_relative", "ends_in_s")
_WHICH = words("dates", "in_relative", "which")
_COUNTED = words("dates", "in_relative", "counted")
_LONG = words("dates", "in_relative", "long")
_SPANS_TO = words("dates", "in_relative", "spans_to")


def bare_year(tokens: list[Token], i: int) -> Time | None:
    """Read a bare year, or a span of years."""
    year = int(tokens[i].text)
    before, after = word_at(tokens, i - 1), word_at(tokens, i + 1)
    if before in ("$", "£", "€", "-", "/", "#") or after in _RATES:
        return None
    if after in _JOINS_YEARS and i + 2 < len(tokens):
        end = tokens[i + 2].text
        joined = after in "-–" and tokens[i + 2].start == tokens[i + 1].end
        if (
            YEAR.fullmatch(end)
            and int(end) > year
            and (joined or before in ("from", "between") or after in _SPANS_TO)
        ):
            return Time(i, i + 3, "span", year=year, until=int(end))
    if after == "s" and tokens[i + 1].start == tokens[i].end:
        return Time(i, i + 2, "span", year=year, until=year + (99 if year % 100 == 0 else 9))
    if i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end and tokens[i + 1].is_word:
        return None
    if before in _ESTIMATES and _looks_plural(after):
        return None
    if _looks_plural(after) and before not in _YEAR_BEFORE:
        return None
    return Time(i, i + 1, "day", year=year)


def _looks_plural(low: str) -> bool:
    return len(low) > 3 and low.endswith("s") and low not in _ENDS_IN_S


def relative(tokens: list[Token], i: int) -> Time | None:
    """Read "last week", "earlier this month", "over the weekend", "late last year", "last June"."""
    first, k = i, i
    part = ""
    if tokens[k].low in _PART:
        part = tokens[k].low
        k += 1
        if word_at(tokens, k) not in _WHICH:
            return None
    if tokens[k].low == "over":
        if word_at(tokens, k + 1) == "the" and word_at(tokens, k + 2) == "weekend":
            return Time(i, i + 3, "offset", unit="weekend", offset=0)
        return None
    if tokens[k].low in _FROM_OTHER:
        unit = word_at(tokens, k + 1)
        if unit == "day" or (unit in _UNITS and tokens[k].low != "next"):
            return Time(first, k + 2, "other")  # than the one told before
    which = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}.get(tokens[k].low)
    k += 1
    if which is None or k >= len(tokens):
        return None
    unit = tokens[k].low
    data = table("dates")
    if unit in data["seasons"]:
        return Time(first, k + 1, "offset", unit=unit, offset=which, part=part)
    if unit not in _UNITS or (tokens[k - 1].low == "past" and unit not in _LONG):
        return None
    if unit in _PARTS_OF_DAY:
        hours = data["hours"][unit]
        if which > 0:
            return None
        return Time(first, k + 1, "offset", unit="day", offset=which, hours=(hours[0], hours[1]))
    return Time(first, k + 1, "offset", unit=unit, offset=which, part=part)


def ago(tokens: list[Token], i: int, count: int) -> Time | None:
    """Read "two days ago", "10 weeks ago"."""
    k = i + 1
    unit = word_at(tokens, k).removesuffix("s")
    if unit not in _COUNTED or word_at(tokens, k + 1) != "ago" or not count:
        return None
    near = table("dates")["days"].get(word_at(tokens, k + 2))
    if near is None or unit == "day":
        return Time(i, k + 2, "offset", unit=unit, offset=-count, part="ago")
    if unit == "week":
        # "A week ago today" is a day.
        return Time(i, k + 3, "offset", unit="day", offset=near - 7 * count)
    return Time(i, k + 3, "offset", unit=unit, offset=-count, part="ago")
