"""Dates and times, resolved against the day of publication to an interval of days.

No library: general parsers guess what an article does not say (a year, a day of the month),
read "may" and "march" as months, and put a weekday on the wrong side of today. Here an
unknown part stays unknown: `XXXX-04-09` is April 9 of an unknown year (EDTF), and a weekday
that nothing dates stays a weekday.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from factcheck.records import DateDetail, Slot
from factcheck.slots.tokens import Token, table, words

_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_ISO = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Anchor(NamedTuple):
    """The day of publication as far as it is known; 0 where a part is not."""

    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def date(self) -> date | None:
        """The whole day, where all three parts are known."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


class Time(NamedTuple):
    """A time expression at tokens `[first, last)`, as read and not yet resolved.

    `kind`: `day` (year, month and day, each 0 where unknown), `span` (`years`), `weekday`,
    `offset` (of `unit`, relative to publication) or `hours` alone.
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


def anchor(published: str | None) -> Anchor:
    """Read an EDTF date as far as it goes."""
    match = _ISO.match(published or "")
    if not match:
        return Anchor()
    year, month, day = match.groups()
    return Anchor(0 if year == "XXXX" else int(year), int(month or 0), int(day or 0))


def find(tokens: list[Token]) -> list[Time]:
    """Find the time expressions of one sentence."""
    ahead = any(t.low in words("dates", "words", "ahead") for t in tokens)
    found: list[Time] = []
    i = 0
    while i < len(tokens):
        time = _at(tokens, i)
        if time is None:
            i += 1
            continue
        found.append(time._replace(ahead=time.ahead or ahead))
        i = time.last
    return found


def slots(tokens: list[Token], text: str, when: Anchor) -> tuple[list[Slot], set[int]]:
    """Return the dates of one sentence as slots, and the indices of the tokens they take."""
    out: list[Slot] = []
    taken: set[int] = set()
    for time in find(tokens):
        taken.update(range(time.first, time.last))
        span = (tokens[time.first].start, tokens[time.last - 1].end)
        detail = resolve(time, when)
        words_ = text[span[0] : span[1]]
        out.append(
            Slot(slot="date", value=describe(detail, words_), text=words_, span=span, detail=detail)
        )
    return out, taken


def describe(detail: DateDetail, written: str) -> str:
    """Write a resolved date: one day, first/last, a bare weekday, else the words themselves."""
    if detail.first is None:
        return _WEEKDAYS[detail.weekday] if detail.weekday is not None else written.lower()
    clock = f" {detail.hours[0]:02}–{detail.hours[1]:02} h" if detail.hours else ""
    if detail.first == detail.last:
        return detail.first + clock
    return f"{detail.first}/{detail.last}" + clock


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
    if low in (
        "last",
        "this",
        "next",
        "past",
        "coming",
        "earlier",
        "late",
        "later",
        "early",
        "over",
        "previous",
    ):
        return _relative(tokens, i)
    if low in (
        "a",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "several",
        "few",
    ):
        return _ago(tokens, i, {"a": 1, "one": 1, "few": 0, "several": 0}.get(low, _count(low)))
    if low == "mid" and i + 2 < len(tokens) and tokens[i + 1].low == "-":
        inner = _at(tokens, i + 2)
        return inner._replace(first=i, part="mid") if inner and inner.kind == "day" else None
    if low == "mid" and i + 1 < len(tokens) and tokens[i + 1].low in data["months"]:
        inner = _at(tokens, i + 1)
        return inner._replace(first=i, part="mid") if inner and inner.kind == "day" else None
    if low in ("noon", "midnight") or (
        low in ("morning", "afternoon", "evening") and _word(tokens, i - 1) == "the"
    ):
        first, last = data["hours"][low]
        return Time(i, i + 1, "hours", hours=(first, last))
    return None


def _word(tokens: list[Token], k: int) -> str:
    return tokens[k].low if 0 <= k < len(tokens) else ""


def _count(low: str) -> int:
    return int(table("figures")["cardinals"].get(low, 0))


def _weekday(tokens: list[Token], i: int) -> Time | None:
    day = table("dates")["weekdays"][tokens[i].low]
    last = i + 1
    if len(tokens[i].low) <= 5 and _word(tokens, last) == ".":
        last += 1
    # "Wednesday, April 9" is the day; the weekday only confirms it.
    k = last + 1 if _word(tokens, last) == "," else last
    if _word(tokens, k) in table("dates")["months"] and tokens[k].is_capital:
        inner = _month(tokens, k)
        if inner and inner.day:
            return inner._replace(first=i, weekday=day)
    before = _word(tokens, i - 1)
    ahead = before in ("next", "coming", "this")
    time = Time(i, last, "weekday", weekday=day, ahead=ahead)
    if before in ("last", "next"):
        time = time._replace(first=i - 1)
    return _with_hours(tokens, time)


def _with_hours(tokens: list[Token], time: Time) -> Time:
    """Take in a part of the day or a clock time that follows: "Tuesday afternoon", "at 11 a.m."."""
    low = _word(tokens, time.last)
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
    if len(tokens[i].low) <= 4 and _word(tokens, k) == ".":
        k += 1
    day = year = 0
    if k < len(tokens) and _DAY.fullmatch(tokens[k].text):
        day = int(tokens[k].text)
        k += 1
        if _word(tokens, k) in ("st", "nd", "rd", "th"):
            k += 1
        after = k + 1 if _word(tokens, k) == "," else k
    else:
        after = k + 1 if _word(tokens, k) in (",", "of") else k
    if after < len(tokens) and _YEAR.fullmatch(tokens[after].text):
        year = int(tokens[after].text)
        k = after + 1
    before = _word(tokens, i - 1)
    # "May" and "March" are also words and names; alone they need a preposition.
    if (
        not day
        and not year
        and tokens[i].low in ("may", "march", "mar", "jan", "dec", "jun", "sept", "sep")
    ):
        if before not in (
            "in",
            "last",
            "since",
            "until",
            "by",
            "next",
            "this",
            "early",
            "late",
            "mid",
            "of",
            "from",
        ):
            return None
    first = i
    part = ""
    if before in ("early", "late", "mid"):
        part, first = before, i - 1
    elif before == "-" and _word(tokens, i - 2) == "mid":
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
    after = _word(tokens, i + 1)
    k = i + 1
    if after in ("st", "nd", "rd", "th"):
        k += 1
        if _word(tokens, k) == "of":
            k += 1
    if _DAY.fullmatch(token.text) and _word(tokens, k) in months and tokens[k].is_capital:
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
    before, after = _word(tokens, i - 1), _word(tokens, i + 1)
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
    hour, after = int(match[1]), _word(tokens, i + 1)
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
        if _word(tokens, k) not in ("last", "this", "next"):
            return None
    if tokens[k].low == "over":
        if _word(tokens, k + 1) == "the" and _word(tokens, k + 2) == "weekend":
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
    if (
        unit not in _UNITS
        or tokens[k - 1].low in ("past", "previous")
        and unit not in ("week", "year", "month")
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
    unit = _word(tokens, k).removesuffix("s")
    if unit not in ("day", "week", "month", "year") or _word(tokens, k + 1) != "ago" or not count:
        return None
    return Time(i, k + 2, "offset", unit=unit, offset=-count, part="ago")


def resolve(time: Time, when: Anchor) -> DateDetail:
    """Resolve a time expression to days as far as the day of publication allows."""
    hours = time.hours
    if time.kind == "hours":
        return DateDetail(hours=hours)
    if time.kind == "span":
        return DateDetail(first=f"{time.year:04}-01-01", last=f"{time.until:04}-12-31")
    if time.kind == "day":
        return _calendar(time, when)
    today = when.date
    if time.kind == "weekday":
        if today is None:
            return DateDetail(weekday=time.weekday, hours=hours)
        return _one(_near_weekday(time, today), hours)
    if today is None:
        return _without_day(time, when)
    return _offset(time, today)


def _one(day: date, hours: tuple[int, int] | None = None) -> DateDetail:
    return DateDetail(first=day.isoformat(), last=day.isoformat(), hours=hours)


def _near_weekday(time: Time, today: date) -> date:
    """A bare weekday is the last one up to today, or the next one where the sentence looks ahead."""
    back = (today.weekday() - time.weekday) % 7
    if time.ahead and back:
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back)


def _calendar(time: Time, when: Anchor) -> DateDetail:
    year, month, day = time.year, time.month, time.day
    if not month:
        return DateDetail(first=f"{year:04}-01-01", last=f"{year:04}-12-31")
    if not year and when.year:
        year = _nearest_year(time, when)
    shown = f"{year:04}" if year else "XXXX"
    length = calendar.monthrange(year or 2000, month)[1]
    if day:
        return DateDetail(
            first=f"{shown}-{month:02}-{min(day, length):02}",
            last=f"{shown}-{month:02}-{min(day, length):02}",
            hours=time.hours,
        )
    low, high = {"early": (1, 14), "mid": (8, 22), "late": (16, length)}.get(time.part, (1, length))
    return DateDetail(first=f"{shown}-{month:02}-{low:02}", last=f"{shown}-{month:02}-{high:02}")


def _nearest_year(time: Time, when: Anchor) -> int:
    """The year that puts a month nearest to publication, on the side the sentence looks to."""
    month = when.month or 6
    ahead = 8 if time.ahead else 2  # how many months ahead a date without year may lie
    distance = time.month - month
    if distance > ahead:
        return when.year - 1
    if distance < -(11 - ahead):
        return when.year + 1
    return when.year


def _months(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """First and last day of `count` months from a month that may lie outside 1–12."""
    index = year * 12 + month - 1
    end = index + count - 1
    first = date(index // 12, index % 12 + 1, 1)
    last_month = (end // 12, end % 12 + 1)
    return first, date(*last_month, calendar.monthrange(*last_month)[1])


def _offset(time: Time, today: date) -> DateDetail:
    """Resolve "last week" and its like; weeks run Monday to Sunday, loosened by a day for Sunday."""
    unit, offset = time.unit, time.offset
    if unit == "day":
        return _one(today + timedelta(days=offset), time.hours)
    if time.part == "ago":
        days = {"week": 7, "month": 30, "year": 365}[unit]
        middle = today + timedelta(days=offset * days)
        slack = timedelta(days=max(1, days // 3))
        return _between(middle - slack, middle + slack)
    monday = today - timedelta(days=today.weekday())
    if unit == "week":
        first = monday + timedelta(days=7 * offset)
        return _between(first - timedelta(days=1), first + timedelta(days=6))
    if unit == "weekend":
        saturday = monday + timedelta(days=5 + 7 * offset)
        if offset == 0 and today.weekday() < 5 and not time.ahead:
            saturday -= timedelta(days=7)
        return _between(saturday - timedelta(days=1), saturday + timedelta(days=1))
    if unit == "month":
        return _between(*_months(today.year, today.month + offset))
    if unit == "year":
        first, last = _months(today.year + offset, 1, 12)
        if time.part in ("early", "late"):
            first, last = _months(today.year + offset, 1 if time.part == "early" else 7, 6)
        return _between(first, last)
    if unit in table("dates")["seasons"]:
        begin, _ = table("dates")["seasons"][unit]
        year = today.year + offset
        if offset < 0 and begin + 2 < today.month:
            year = today.year  # "last summer", told in the autumn
        return _between(*_months(year, begin, 3))
    size = 100 if unit == "century" else 10
    start = (today.year // size + offset) * size
    return DateDetail(first=f"{start:04}-01-01", last=f"{start + size - 1:04}-12-31")


def _between(first: date, last: date) -> DateDetail:
    return DateDetail(first=first.isoformat(), last=last.isoformat())


def _without_day(time: Time, when: Anchor) -> DateDetail:
    """Resolve what a publication date without year, or without day, still tells."""
    if when.month and when.day and time.unit == "day":
        day = date(2000, when.month, when.day) + timedelta(days=time.offset)
        shown = f"XXXX-{day.month:02}-{day.day:02}"
        return DateDetail(first=shown, last=shown, hours=time.hours)
    if when.year and time.unit == "year":
        return _between(*_months(when.year + time.offset, 1, 12))
    return DateDetail(hours=time.hours)


def readings(written: str, years: Iterator[date]) -> list[tuple[date, date]]:
    """Resolve a relative expression from each of several days, to compare without a known one."""
    out: list[tuple[date, date]] = []
    from factcheck.slots.tokens import tokenize

    times = find(tokenize(written))
    for today in years:
        detail = resolve(times[0], Anchor(today.year, today.month, today.day)) if times else None
        if detail is None or detail.first is None or detail.last is None:
            return []
        out.append((date.fromisoformat(detail.first), date.fromisoformat(detail.last)))
    return out
