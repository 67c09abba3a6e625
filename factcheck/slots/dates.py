"""Dates and times, resolved against the day of publication to an interval of days.

No library: general parsers guess what an article does not say (a year, a day of the month),
read "may" and "march" as months, and put a weekday on the wrong side of today. Here an
unknown part stays unknown: `XXXX-04-09` is April 9 of an unknown year (EDTF), and a weekday
that nothing dates stays a weekday.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from factcheck.lang import listed, table, words
from factcheck.records import DateDetail, Slot
from factcheck.slots.expressions import Time
from factcheck.slots.stretch import Stretch
from factcheck.slots.times import find
from factcheck.slots.tokens import Token, tokenize

_ISO = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?")
# What may stand between the days of one list.
_JOINS = words("dates", "in_dates", "joins")
_WEEKDAYS = listed("dates", "in_dates", "weekdays")


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


def anchor(published: str | None) -> Anchor:
    """Read an EDTF date as far as it goes."""
    match = _ISO.match(published or "")
    if not match:
        return Anchor()
    year, month, day = match.groups()
    return Anchor(0 if year == "XXXX" else int(year), int(month or 0), int(day or 0))


def details(stretch: Stretch) -> list[Slot]:
    """The dates of one sentence; what they take is no figure."""
    found, taken = slots(stretch.tokens, stretch.text, anchor(stretch.published))
    stretch.taken.update(taken)
    return found


def told(slot: Slot, published: str | None) -> str:
    """What a date was resolved by."""
    detail = slot.detail
    if not isinstance(detail, DateDetail):
        return ""
    if detail.first is None or "XXXX" in detail.first:
        dated = f"published {published}" if published else "nothing dates it"
        return f" (the article: {dated})"
    return f", from publication {published}" if published else ""


def slots(tokens: list[Token], text: str, when: Anchor) -> tuple[list[Slot], set[int]]:
    """Return the dates of one sentence as slots, and the indices of the tokens they take.

    Those of names that hold a date ("the March 23 rebels") are taken too: they are no figures.
    """
    out: list[Slot] = []
    taken: set[int] = set()
    times = find(tokens, taken)
    details = _in_order(tokens, times, [resolve(time, when) for time in times])
    for time, detail in zip(times, details, strict=True):
        taken.update(range(time.first, time.last))
        span = (tokens[time.first].start, tokens[time.last - 1].end)
        words_ = text[span[0] : span[1]]
        out.append(
            Slot(slot="date", value=describe(detail, words_), text=words_, span=span, detail=detail)
        )
    return out, taken


def _in_order(
    tokens: list[Token], times: list[Time], details: list[DateDetail]
) -> list[DateDetail]:
    """Let the days of one list follow each other: "from Friday to Tuesday"."""
    out = list(details)
    pairs = [
        k for k in range(1, len(times)) if _is_bare(times[k - 1]) and _is_bare(times[k])
        if all(t.low in _JOINS for t in tokens[times[k - 1].last : times[k].first])
    ]  # fmt: skip
    for k in pairs:
        if times[k].side == "ahead" and _later(out[k - 1], out[k]):
            out[k] = _moved(out[k], 7)
    for k in reversed(pairs):
        if times[k].side == "back" and _later(out[k - 1], out[k]):
            out[k - 1] = _moved(out[k - 1], -7)
    return out


def _is_bare(time: Time) -> bool:
    return time.kind == "weekday" and not time.which and not time.how


def _later(one: DateDetail, other: DateDetail) -> bool:
    return one.first is not None and other.first is not None and one.first > other.first


def _moved(detail: DateDetail, days: int) -> DateDetail:
    return _one(date.fromisoformat(detail.first or "") + timedelta(days=days), detail)


def describe(detail: DateDetail, written: str) -> str:
    """Write a resolved date: one day, first/last, a bare weekday, else the words themselves."""
    if detail.first is None:
        day = _WEEKDAYS[detail.weekday] if detail.weekday is not None else written.lower()
        return f"{day}{_clock_words(detail)}" if detail.weekday is not None else day
    clock = _clock_words(detail)
    if detail.first == detail.last:
        return detail.first + clock
    return f"{detail.first}/{detail.last}" + clock


def _clock_words(detail: DateDetail) -> str:
    if detail.hours is None:
        return ""
    first, last = detail.hours
    hours = f" {first:02} h" if first == last else f" {first:02}–{last:02} h"
    return f"{hours} {detail.zone}" if detail.zone else hours


def resolve(time: Time, when: Anchor) -> DateDetail:
    """Resolve a time expression to days as far as the day of publication allows."""
    if time.kind in ("hours", "other"):
        return DateDetail(hours=time.hours, zone=time.zone)
    if time.kind == "span":
        return DateDetail(first=f"{time.year:04}-01-01", last=f"{time.until:04}-12-31")
    if time.kind == "day":
        return _calendar(time, when)
    if time.kind == "monthday":
        return _of_month(time, when)
    if time.kind == "season":
        first, _ = table("dates")["seasons"][time.unit]
        begin, end = _months(time.year, first, 3)
        # "The winter of 1952" takes in the first months of that year too.
        return _between(date(time.year, 1, 1) if first == 12 else begin, end)
    today = when.date
    if time.kind == "weekday":
        day = _weekday(time, today) if today else None
        if day is None:
            return DateDetail(weekday=time.weekday, hours=time.hours, zone=time.zone)
        return _one(day, time)
    if today is None:
        return _without_day(time, when)
    return _offset(time, today)


def _of_month(time: Time, when: Anchor) -> DateDetail:
    """The day of that number nearest to publication, on the side the sentence looks to."""
    if when.date is None:
        return DateDetail()
    starts = (_months(when.date.year, when.date.month + shift)[0] for shift in (-2, -1, 0, 1, 2))
    days = [
        start.replace(day=time.day)
        for start in starts
        if time.day <= calendar.monthrange(start.year, start.month)[1]
    ]
    back = [day for day in days if day <= when.date][-1]
    ahead = next(day for day in days if day >= when.date)
    if time.side == "ahead":
        return _one(ahead, time)
    return _one(back, time) if time.side == "back" else DateDetail()


def _one(day: date, told: Time | DateDetail) -> DateDetail:
    """One day, with the hours that are told of it."""
    iso = day.isoformat()
    return DateDetail(first=iso, last=iso, hours=told.hours, zone=told.zone)


def _weekday(time: Time, today: date) -> date | None:
    """The day of a weekday; `None` where its words may mean either of two."""
    if time.which == "other":
        return None
    back = (today.weekday() - time.weekday) % 7
    monday = today - timedelta(days=today.weekday())
    latest, coming = today - timedelta(days=back), today + timedelta(days=-back % 7)
    if time.how == "in":
        return monday + timedelta(days=7 * time.weeks + time.weekday)
    if time.how == "on":
        return coming + timedelta(days=7 * time.weeks)
    if time.which in ("past", "last"):
        # "Last Monday" on a Thursday may be of this week or of the one before.
        unsure = time.which == "last" and monday <= latest < today
        return None if unsure else today - timedelta(days=back or 7)
    if time.which in ("coming", "next"):
        unsure = time.which == "next" and (today < coming < monday + timedelta(days=7) or back == 6)
        return None if unsure else today + timedelta(days=7 - back)
    if time.which == "this":
        return latest if latest >= monday and time.side != "ahead" else coming
    if time.side == "open" and back:
        return None
    return coming if time.side == "ahead" else latest


def _calendar(time: Time, when: Anchor) -> DateDetail:
    year, month, day = time.year, time.month, time.day
    if not month:
        return DateDetail(first=f"{year:04}-01-01", last=f"{year:04}-12-31")
    if not year and when.year and not time.names:
        year = _nearest_year(time, when)
    shown = f"{year:04}" if year else "XXXX"
    length = calendar.monthrange(year or 2000, month)[1]
    if day:
        return DateDetail(
            first=f"{shown}-{month:02}-{min(time.since or day, length):02}",
            last=f"{shown}-{month:02}-{min(day, length):02}",
            hours=time.hours,
            zone=time.zone,
        )
    low, high = {
        "early": (1, 14),
        "start": (1, 10),
        "mid": (8, 22),
        "late": (16, length),
        "end": (21, length),
    }.get(time.part, (1, length))
    return DateDetail(first=f"{shown}-{month:02}-{low:02}", last=f"{shown}-{month:02}-{high:02}")


def _nearest_year(time: Time, when: Anchor) -> int:
    """The year that puts a month nearest to publication, on the side the sentence looks to."""
    month = when.month or 6
    if time.which == "last":
        return when.year - (time.month >= month)
    if time.which == "next":
        return when.year + (time.month <= month)
    # How many months ahead a date without year may lie.
    ahead = {"ahead": 8, "open": 5, "back": 0 if time.told else 2}[time.side]
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
    """Resolve "last week" and its like; a week may begin on Sunday or on Monday."""
    unit, offset = time.unit, time.offset
    if unit == "day":
        return _one(today + timedelta(days=offset), time)
    if unit == "overnight":
        first = today if time.side == "ahead" else today - timedelta(days=1)
        return _between(first, first + timedelta(days=1))
    if time.part == "ago":
        days = {"week": 7, "month": 30, "year": 365}[unit]
        middle = today + timedelta(days=offset * days)
        slack = timedelta(days=max(1, days // 3))
        return _between(middle - slack, middle + slack)
    monday = today - timedelta(days=today.weekday())
    if unit == "week":
        first = monday + timedelta(days=7 * offset)
        return _clipped(time, today, first - timedelta(days=1), first + timedelta(days=6))
    if unit == "weekend":
        saturday = monday + timedelta(days=5 + 7 * offset)
        if offset == 0 and today.weekday() < 5 and time.side != "ahead":
            saturday -= timedelta(days=7)
        return _between(saturday - timedelta(days=1), saturday + timedelta(days=1))
    if unit == "month":
        return _clipped(time, today, *_months(today.year, today.month + offset))
    if unit == "year":
        first, last = _months(today.year + offset, 1, 12)
        if time.part in ("early", "late"):
            first, last = _months(today.year + offset, 1 if time.part == "early" else 7, 6)
        return _clipped(time, today, first, last)
    if unit in table("dates")["seasons"]:
        begin, _ = table("dates")["seasons"][unit]
        year = today.year + offset
        if offset < 0 and begin + 2 < today.month:
            year = today.year  # "last summer", told in the autumn
        return _between(*_months(year, begin, 3))
    size = 100 if unit == "century" else 10
    start = (today.year // size + offset) * size
    return DateDetail(first=f"{start:04}-01-01", last=f"{start + size - 1:04}-12-31")


def _clipped(time: Time, today: date, first: date, last: date) -> DateDetail:
    """A span that publication lies in, up to it ("earlier this week") or from it on ("later")."""
    if time.part == "earlier" and first <= today <= last:
        return _between(first, today)
    if time.part == "later" and first <= today <= last:
        return _between(today, last)
    return _between(first, last)


def _between(first: date, last: date) -> DateDetail:
    return DateDetail(first=first.isoformat(), last=last.isoformat())


def _without_day(time: Time, when: Anchor) -> DateDetail:
    """Resolve what a publication date without year, or without day, still tells."""
    if when.month and when.day and time.unit == "day":
        day = date(2000, when.month, when.day) + timedelta(days=time.offset)
        shown = f"XXXX-{day.month:02}-{day.day:02}"
        return DateDetail(first=shown, last=shown, hours=time.hours, zone=time.zone)
    if when.year and time.unit == "year":
        return _between(*_months(when.year + time.offset, 1, 12))
    return DateDetail(hours=time.hours, zone=time.zone)


def readings(written: str, days: Iterable[date]) -> list[tuple[date, date]]:
    """Resolve a relative expression from each of several days, to compare without a known one."""
    out: list[tuple[date, date]] = []
    times = find(tokenize(written))
    for today in days:
        detail = resolve(times[0], Anchor(today.year, today.month, today.day)) if times else None
        if detail is None or detail.first is None or detail.last is None:
            return []
        out.append((date.fromisoformat(detail.first), date.fromisoformat(detail.last)))
    return out
