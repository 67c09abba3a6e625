"""Time expressions of a sentence, as read and not yet resolved."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from factcheck.slots.tokens import Token, table, word_at, words

_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_RELATIVE = frozenset("last this next past coming earlier late later early over previous".split())
_COUNTS = frozenset("a one two three four five six seven eight nine ten".split())
_AMBIGUOUS = frozenset("may march mar jan dec jun sept sep".split())
_MONTH_BEFORE = frozenset("in last since until by next this early late mid of from".split())


class Time(NamedTuple):
    """A time expression at tokens `[first, last)`, as read and not yet resolved.

    `kind`: `day` (year, month and day, each 0 where unknown), `span` (of years), `season` (of a
    year), `weekday`, `offset` (of `unit`, relative to publication) or `hours` alone.
    """

    first: int
    last: int
    kind: str
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    unit: str = ""
    offset: int = 0
    part: str = ""  # early, mid, late
    ahead: bool = False
    hours: tuple[int, int] | None = None
    until: int = 0  # last year of a span of years


def find(tokens: list[Token]) -> list[Time]:
    """Find the time expressions of one sentence."""
    ahead = any(t.low in words("dates", "words", "ahead") for t in tokens)
    found: list[Time] = []
    i = 0
    while i < len(tokens):
        begins = tokens[i].is_number or tokens[i].low in _beginnings()
        time = _at(tokens, i) if begins else None
        if time is None:
            i += 1
            continue
        found.append(time._replace(ahead=time.ahead or ahead))
        i = time.last
    return found


@cache
def _beginnings() -> frozenset[str]:
    """Words that a time expression can begin with, digits aside."""
    data = table("dates")
    return frozenset(
        {*data["weekdays"], *data["months"], *data["days"], *data["seasons"], *data["hours"]}
        | _RELATIVE
        | _COUNTS
        | {"mid"}
    )


def _at(tokens: list[Token], i: int) -> Time | None:
    token = tokens[i]
    low = token.low
    data = table("dates")
    if low in data["weekdays"] and token.is_capital:
        return _weekday(tokens, i)
    if low in data["months"] and token.is_capital:
        return _month(tokens, i)
    if token.is_number:
        return _number(tokens, i)
    if low in data["days"] and (not token.is_capital or i == 0):
        hours = data["hours"].get(low)
        return _with_hours(
            tokens,
            Time(
                i,
                i + 1,
                "offset",
                unit="day",
                offset=data["days"][low],
                hours=tuple(hours) if hours else None,
            ),
        )
    if low in _RELATIVE:
        return _relative(tokens, i)
    if low in _COUNTS:
        return _ago(tokens, i, {"a": 1, "one": 1}.get(low, _count(low)))
    if low == "mid" and i + 2 < len(tokens):
        inner = _at(tokens, i + 2 if tokens[i + 1].low == "-" else i + 1)
        return inner._replace(first=i, part="mid") if inner and inner.kind == "day" else None
    if low in data["seasons"] and word_at(tokens, i + 1) == "of":
        year = word_at(tokens, i + 2)
        return Time(i, i + 3, "season", year=int(year), unit=low) if _YEAR.fullmatch(year) else None
    if low in ("noon", "midnight") or (
        low in ("morning", "afternoon", "evening") and word_at(tokens, i - 1) == "the"
    ):
        first, last = data["hours"][low]
        return Time(i, i + 1, "hours", hours=(first, last))
    return None


def _count(low: str) -> int:
    return int(table("figures")["cardinals"].get(low, 0))


def _weekday(tokens: list[Token], i: int) -> Time | None:
    day = table("dates")["weekdays"][tokens[i].low]
    last = i + 1
    if len(tokens[i].low) <= 5 and word_at(tokens, last) == ".":
        last += 1
    # "Wednesday, April 9" is the day; the weekday only confirms it.
    k = last + 1 if word_at(tokens, last) == "," else last
    if word_at(tokens, k) in table("dates")["months"] and tokens[k].is_capital:
        inner = _month(tokens, k)
        if inner and inner.day:
            return inner._replace(first=i, weekday=day)
    before = word_at(tokens, i - 1)
    ahead = before in ("next", "coming", "this")
    time = Time(i, last, "weekday", weekday=day, ahead=ahead)
    if before in ("last", "next"):
        time = time._replace(first=i - 1)
    return _with_hours(tokens, time)


def _with_hours(tokens: list[Token], time: Time) -> Time:
    """Take in a part of the day or a clock time that follows: "Tuesday afternoon", "at 11 a.m."."""
    low = word_at(tokens, time.last)
    hours = table("dates")["hours"]
    if low in hours and low not in ("tonight",):
        first, last = hours[low]
        return time._replace(last=time.last + 1, hours=(first, last))
    if low == "at" and time.last + 1 < len(tokens):
        clock = _clock(tokens, time.last + 1)
        if clock:
            return time._replace(last=clock.last, hours=clock.hours)
    return time


def _month(tokens: list[Token], i: int) -> Time | None:
    data = table("dates")
    month = data["months"][tokens[i].low]
    k = i + 1
    if len(tokens[i].low) <= 4 and word_at(tokens, k) == ".":
        k += 1
    day = year = 0
    if k < len(tokens) and _DAY.fullmatch(tokens[k].text):
        day = int(tokens[k].text)
        k += 1
        if word_at(tokens, k) in ("st", "nd", "rd", "th"):
            k += 1
        after = k + 1 if word_at(tokens, k) == "," else k
    else:
        after = k + 1 if word_at(tokens, k) in (",", "of") else k
    if after < len(tokens) and _YEAR.fullmatch(tokens[after].text):
        year = int(tokens[after].text)
        k = after + 1
    before = word_at(tokens, i - 1)
    dated = day or year or before in _MONTH_BEFORE or _DAY.fullmatch(before)
    if tokens[i].low in _AMBIGUOUS and not dated:
        return None  # "May" and "March" are also words and names
    first = i
    part = ""
    if before in ("early", "late", "mid"):
        part, first = before, i - 1
    elif before == "-" and word_at(tokens, i - 2) == "mid":
        part, first = "mid", i - 2
    elif before in ("last", "next", "this"):
        first = i - 1
    elif (
        before and not day and i and tokens[i - 1].is_number and _DAY.fullmatch(tokens[i - 1].text)
    ):
        day, first = int(tokens[i - 1].text), i - 1  # 9 April
    return Time(first, k, "day", year=year, month=month, day=day, part=part, ahead=before == "next")


def _number(tokens: list[Token], i: int) -> Time | None:
    token = tokens[i]
    months = table("dates")["months"]
    after = word_at(tokens, i + 1)
    k = i + 1
    if after in ("st", "nd", "rd", "th"):
        k += 1
        if word_at(tokens, k) == "of":
            k += 1
    if _DAY.fullmatch(token.text) and word_at(tokens, k) in months and tokens[k].is_capital:
        inner = _month(tokens, k)
        if inner:
            return inner._replace(first=i, day=inner.day if inner.first < k else int(token.text))
    clock = _clock(tokens, i)
    if clock:
        return clock
    if re.fullmatch(r"\d{4}-\d\d-\d\d", token.text):
        return None
    if _YEAR.fullmatch(token.text):
        if after == "-" and i + 4 < len(tokens) and tokens[i + 3].low == "-":
            try:
                iso = date(int(token.text), int(tokens[i + 2].text), int(tokens[i + 4].text))
                return Time(i, i + 5, "day", year=iso.year, month=iso.month, day=iso.day)
            except ValueError:
                return None
        return _year(tokens, i)
    return None


def _year(tokens: list[Token], i: int) -> Time | None:
    """Read a bare year, or a span of years."""
    year = int(tokens[i].text)
    before, after = word_at(tokens, i - 1), word_at(tokens, i + 1)
    if before in ("$", "£", "€", "-", "/", "#") or after in ("%", "percent", "per", "$"):
        return None
    if after in ("to", "through", "until", "-", "–", "and") and i + 2 < len(tokens):
        end = tokens[i + 2].text
        joined = after in "-–" and tokens[i + 2].start == tokens[i + 1].end
        if (
            _YEAR.fullmatch(end)
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


def _clock(tokens: list[Token], i: int) -> Time | None:
    """Read a clock time: 11am, 2:30 p.m., 14:54."""
    if i >= len(tokens) or not tokens[i].is_number:
        return None
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?", tokens[i].text)
    if not match or int(match[1]) > 24:
        return None
    hour, after = int(match[1]), word_at(tokens, i + 1)
    if after in ("am", "a.m.", "pm", "p.m.") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if after.startswith("p") else 0)
        return Time(i, i + 2, "hours", hours=(hour, hour))
    if after == "o'clock":
        return Time(i, i + 2, "hours", hours=(hour, hour)) if hour > 12 else None
    if match[2] and ":" in tokens[i].text and hour < 24 and int(match[2]) < 60:
        return Time(i, i + 1, "hours", hours=(hour, hour))
    return None


_UNITS = frozenset(
    {
        "week",
        "weekend",
        "month",
        "year",
        "night",
        "morning",
        "afternoon",
        "evening",
        "decade",
        "century",
    }
)


def _relative(tokens: list[Token], i: int) -> Time | None:
    """Read "last week", "earlier this month", "over the weekend", "late last year", "last June"."""
    first, k = i, i
    part = ""
    if tokens[k].low in ("earlier", "late", "later", "early"):
        part = {"later": "late", "earlier": ""}.get(tokens[k].low, tokens[k].low)
        k += 1
        if word_at(tokens, k) not in ("last", "this", "next"):
            return None
    if tokens[k].low == "over":
        if word_at(tokens, k + 1) == "the" and word_at(tokens, k + 2) == "weekend":
            return Time(i, i + 3, "offset", unit="weekend", offset=0)
        return None
    which = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}.get(
        tokens[k].low
    )
    k += 1
    if which is None or k >= len(tokens):
        return None
    unit = tokens[k].low
    data = table("dates")
    if unit in data["seasons"]:
        return Time(first, k + 1, "offset", unit=unit, offset=which, part=part)
    if unit not in _UNITS or (
        tokens[k - 1].low in ("past", "previous") and unit not in ("week", "year", "month")
    ):
        return None
    if unit in ("night", "morning", "afternoon", "evening"):
        hours = data["hours"][unit]
        if which > 0:
            return None
        return Time(first, k + 1, "offset", unit="day", offset=which, hours=(hours[0], hours[1]))
    return Time(first, k + 1, "offset", unit=unit, offset=which, part=part)


def _ago(tokens: list[Token], i: int, count: int) -> Time | None:
    """Read "two days ago", "a week earlier"."""
    k = i + 1
    unit = word_at(tokens, k).removesuffix("s")
    if unit not in ("day", "week", "month", "year") or word_at(tokens, k + 1) != "ago" or not count:
        return None
    return Time(i, k + 2, "offset", unit=unit, offset=-count, part="ago")
