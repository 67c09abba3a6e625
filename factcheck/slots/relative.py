"""Times told by another, and years: "late last month", "two days ago", "from 2019 to 2021"."""

from __future__ import annotations

import re

from factcheck.slots.expressions import Time
from factcheck.slots.tokens import Token, table, word_at

YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_UNITS = frozenset("week weekend month year night morning afternoon evening decade century".split())


def bare_year(tokens: list[Token], i: int) -> Time | None:
    """Read a bare year, or a span of years."""
    year = int(tokens[i].text)
    before, after = word_at(tokens, i - 1), word_at(tokens, i + 1)
    if before in ("$", "£", "€", "-", "/", "#") or after in ("%", "percent", "per", "$"):
        return None
    if after in ("to", "through", "until", "-", "–", "and") and i + 2 < len(tokens):
        end = tokens[i + 2].text
        joined = after in "-–" and tokens[i + 2].start == tokens[i + 1].end
        if (
            YEAR.fullmatch(end)
            and int(end) > year
            and (joined or before in ("from", "between") or after in ("to", "through", "until"))
        ):
            return Time(i, i + 3, "span", year=year, until=int(end))
    if after == "s" and tokens[i + 1].start == tokens[i].end:
        return Time(i, i + 2, "span", year=year, until=year + (99 if year % 100 == 0 else 9))
    if i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end and tokens[i + 1].is_word:
        return None
    if before in ("about", "nearly", "some", "than", "roughly", "least", "of") and _looks_plural(
        after
    ):
        return None
    if _looks_plural(after) and before not in ("in", "the", "since", "during", "his", "her", "its"):
        return None
    return Time(i, i + 1, "day", year=year)


def _looks_plural(low: str) -> bool:
    return (
        len(low) > 3
        and low.endswith("s")
        and low not in ("presidential", "was", "as", "its", "has", "is")
    )


def relative(tokens: list[Token], i: int) -> Time | None:
    """Read "last week", "earlier this month", "over the weekend", "late last year", "last June"."""
    first, k = i, i
    part = ""
    if tokens[k].low in ("earlier", "late", "later", "early"):
        part = tokens[k].low
        k += 1
        if word_at(tokens, k) not in ("last", "this", "next"):
            return None
    if tokens[k].low == "over":
        if word_at(tokens, k + 1) == "the" and word_at(tokens, k + 2) == "weekend":
            return Time(i, i + 3, "offset", unit="weekend", offset=0)
        return None
    if tokens[k].low in ("previous", "following", "same", "next"):
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
    if unit not in _UNITS or (
        tokens[k - 1].low == "past" and unit not in ("week", "year", "month")
    ):
        return None
    if unit in ("night", "morning", "afternoon", "evening"):
        hours = data["hours"][unit]
        if which > 0:
            return None
        return Time(first, k + 1, "offset", unit="day", offset=which, hours=(hours[0], hours[1]))
    return Time(first, k + 1, "offset", unit=unit, offset=which, part=part)


def ago(tokens: list[Token], i: int, count: int) -> Time | None:
    """Read "two days ago", "10 weeks ago"."""
    k = i + 1
    unit = word_at(tokens, k).removesuffix("s")
    if unit not in ("day", "week", "month", "year") or word_at(tokens, k + 1) != "ago" or not count:
        return None
    return Time(i, k + 2, "offset", unit=unit, offset=-count, part="ago")
