"""Whether two times can be one: days, weekdays, hours, spans, and words like "yesterday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from factcheck.divergence.views import View
from factcheck.lang import table
from factcheck.records import DateDetail, Slot
from factcheck.slots import clock, dates

_CALENDAR = re.compile(
    rf"\d{{4}}|month|year|\b(?:{'|'.join(table('dates')['months'])})\b", re.IGNORECASE
)
_MINUTES = 24 * 60
# Hours between the two times of a day that a clock without "a.m." may tell.
_HALF_DAY = 12
# Minutes that clocks are ahead of UTC and behind it where they are most.
_EAST, _WEST = 14 * 60, 12 * 60
# What may lie between two undated articles on one event.
_WEEK = timedelta(days=7)
# Days of a year from which a relative expression is read where no publication day is known.
_ANCHORS = tuple(date(2015, month, day) for month in range(1, 13) for day in (2, 9, 17, 25))
# Two years with a sign between them.
SPAN = re.compile(r"(\d{4})\D+(\d{4})")


def all_apart(a: View, b: View) -> bool:
    """Whether both claims tell a time, and no two of these can be one."""
    pairs = [(x, y) for x in a.slots("date") for y in b.slots("date")]
    return bool(pairs) and all(differ(x, y) for x, y in pairs)


def adjoin(one: Slot, other: Slot) -> bool:
    """Whether one date begins the day after the other: "until Sunday" and "before Monday"."""
    x, y = detail(one), detail(other)
    if not x.first or not y.first:
        return False
    (a, b), (c, d) = _days(x), _days(y)
    return (c - b).days == 1 or (a - d).days == 1


def detail(slot: Slot) -> DateDetail:
    """The resolved date of a slot."""
    if not isinstance(slot.detail, DateDetail):
        raise TypeError(f"a date slot without detail: {slot.value}")
    return slot.detail


def fineness(slot: Slot) -> int:
    """How fine a date is: 0 one day or part of it, 1 up to a season, 2 coarser."""
    d = detail(slot)
    if d.weekday is not None or d.first is None:
        return 0 if d.weekday is not None or d.hours else 1
    if d.first == d.last:
        return 0
    first, last = _days(d)
    return 1 if (last - first).days < 100 else 2


def _days(d: DateDetail) -> tuple[date, date]:
    """First and last day; an unknown year is read as 2000 (a leap year)."""
    first, last = (d.first or "").replace("XXXX", "2000"), (d.last or "").replace("XXXX", "2000")
    return date.fromisoformat(first), date.fromisoformat(last)


def by_calendar(slot: Slot) -> bool:
    """Whether a time is told by its month or year ("April 30", "last year"), not by a day alone."""
    return _CALENDAR.search(slot.text) is not None


def weekday(slot: Slot) -> int | None:
    """The weekday of a date, where it is one day and the weekday is known."""
    d = detail(slot)
    if d.weekday is not None:
        return d.weekday
    if d.first and d.first == d.last and not d.first.startswith("XXXX"):
        return date.fromisoformat(d.first).weekday()
    return None


def differ(one: Slot, other: Slot) -> bool:
    """Whether two dates cannot both be the time of one thing; coarser against finer can."""
    x, y = detail(one), detail(other)
    spans = SPAN.search(one.text), SPAN.search(other.text)
    if spans[0] and spans[1]:
        return spans[0].groups() != spans[1].groups()
    if _told_in_zones(x, y):
        return _instants_apart(one, other)
    if x.first and y.first:
        return _apart(x, y) or (x.first == y.first and x.last == y.last and _hours_differ(x, y))
    days = weekday(one), weekday(other)
    if days[0] is not None and days[1] is not None:
        return days[0] != days[1] or _hours_differ(x, y)
    if not x.first and not y.first and x.weekday is None and y.weekday is None:
        return _hours_differ(x, y) or _never_meet(one.text, other.text)
    return (not x.first or not y.first) and _hours_differ(x, y)


def _told_in_zones(x: DateDetail, y: DateDetail) -> bool:
    """Whether the clocks by which two times are told may not be the same."""
    if x.zone == y.zone:
        return False
    if x.hours and y.hours:
        return True
    # "At 0400 GMT on Wednesday" was on Tuesday in places west of there.
    return clock.offsets(x.zone or y.zone) == (0,)


def _instants_apart(one: Slot, other: Slot) -> bool:
    """Whether two times told in different zones, or one of them in none, lie apart."""
    x, y = detail(one), detail(other)
    if x.first and y.first:
        if x.first != x.last or y.first != y.last:
            return _apart(x, y)
        days = [_days(d)[0] for d in (x, y)]
        if "X" in x.first + y.first:
            days = [day.replace(year=2000) for day in days]
        return not _meet(x, y, (days[0] - days[1]).days * _MINUTES)
    week = weekday(one), weekday(other)
    if week[0] is not None and week[1] is not None:
        return not _meet(x, y, (week[0] - week[1]) * _MINUTES, 7 * _MINUTES)
    return bool(x.hours and y.hours) and not _meet(x, y, 0, _MINUTES)


def _meet(x: DateDetail, y: DateDetail, shift: int, period: int = 0) -> bool:
    """Whether two hours can be one instant, `shift` minutes between the days they are told of."""
    return any(
        a[0] + shift + turn <= b[1] and b[0] <= a[1] + shift + turn
        for a in _instants(x)
        for b in _instants(y)
        for turn in {-period, 0, period}
    )


def _instants(d: DateDetail) -> list[tuple[int, int]]:
    """First and last minute (UTC, from the start of the day) that a time may mean."""
    hours = d.hours or (0, 23)
    first, last = 60 * hours[0], 60 * hours[1] + 59
    known = clock.offsets(d.zone)
    return [(first - east, last - east) for east in known] or [(first - _EAST, last + _WEST)]


def _apart(x: DateDetail, y: DateDetail) -> bool:
    unknown = [bool(d.first and d.first.startswith("XXXX")) for d in (x, y)]
    (a, b), (c, d) = _days(x), _days(y)
    if any(unknown) and not all(unknown):
        a, b, c, d = (
            (day.replace(year=2000) for day in (a, b, c, d))
            if not any((last - first).days > 300 for first, last in ((a, b), (c, d)))
            else (a, a, a, a)
        )
    return b < c or d < a


def _hours_differ(x: DateDetail, y: DateDetail) -> bool:
    if x.hours is None or y.hours is None:
        return False
    if x.hours[1] - x.hours[0] == y.hours[1] - y.hours[0] == _HALF_DAY:
        return x.hours != y.hours  # "ten to eight", in the morning or the evening
    return x.hours[1] < y.hours[0] or y.hours[1] < x.hours[0]


def _never_meet(one: str, other: str) -> bool:
    """Whether two relative expressions lie apart whatever the days they were written on.

    Two articles on one event may be some days apart: "today" and "yesterday" can be one day.
    """
    a = dates.readings(one, _ANCHORS)
    b = dates.readings(other, _ANCHORS)
    if not a or not b:
        return False
    fine = max(a[0][1] - a[0][0], b[0][1] - b[0][0]) < _WEEK
    slack = _WEEK if fine else timedelta()
    return all(x[1] + slack < y[0] or y[1] + slack < x[0] for x, y in zip(a, b, strict=True))
