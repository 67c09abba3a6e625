"""Dates and times as people write them, wherever a text holds the short form of the records."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from factcheck.lang import table

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = r"(?:\d{4}|XXXX)-\d\d-\d\d"
_HOURS = r" (?P<from>\d\d)(?:–(?P<to>\d\d))? h\b"
_WHEN = re.compile(
    rf"(?<![\w-])(?:(?P<first>{_DAY})(?:/(?P<last>{_DAY}))?|(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"(?= \d\d(?:–\d\d)? h\b))(?:{_HOURS})?(?![\w-])"
)
_MOMENT = re.compile(r"T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:?\d\d)?$")


def spoken(text: str) -> str:
    """`2026-05-12 00–11 h` → `Tuesday 12 May 2026, morning`, for each such date in a text."""
    return _WHEN.sub(_words, text)


def moment(published: str) -> str:
    """`2025-04-11T14:54+02:00` → `11 April 2025, 14:54 (UTC+02:00)`; a full date or date-time."""
    clock = _MOMENT.search(published)
    told = _plain(published[:10])
    if clock is None:
        return told
    zone = clock[2] and ("UTC" if clock[2] == "Z" else f"UTC{clock[2]}")
    return f"{told}, {clock[1]}" + (f" ({zone})" if zone else "")


def _words(match: re.Match[str]) -> str:
    first, last = match["first"], match["last"] or match["first"]
    if not first:
        told = match["weekday"]
    elif first == last:
        weekday = _weekday(first)
        # "Thursday (2025-04-10)": the word stands there already.
        again = match.string[: match.start()].rstrip("( ").endswith(weekday or "\0")
        told = _plain(first) if again or not weekday else f"{weekday} {_plain(first)}"
    else:
        told = _span(first, last)
    if match["from"]:
        told += f", {_hours(int(match['from']), int(match['to'] or match['from']))}"
    return told


def _weekday(day: str) -> str:
    try:
        return _WEEKDAYS[date.fromisoformat(day).weekday()]
    except ValueError:
        return ""


def _plain(day: str, parts: int = 3) -> str:
    """`9 April 2025`; the first one or two of these words where that is enough."""
    year, month, number = day.split("-")
    words = [str(int(number)), _MONTHS[(int(month) - 1) % 12], *([year] * year.isdigit())]
    return " ".join(words[:parts])


def _span(first: str, last: str) -> str:
    """Days from one to another; a whole month or year by its name."""
    (year, month, day), (to_year, to_month, to_day) = first.split("-"), last.split("-")
    if (month, day, to_month, to_day) == ("01", "01", "12", "31"):
        return year if year == to_year else f"{year} to {to_year}"
    if day == "01" and _ends_month(last):
        begin, end = (_plain(one).partition(" ")[2] for one in (first, last))
        if begin == end:
            return begin
        return f"{begin.split()[0] if year == to_year else begin} to {end}"
    kept = 3 if year != to_year else 2 if month != to_month else 1
    return f"{_plain(first, kept)} to {_plain(last)}"


def _ends_month(day: str) -> bool:
    year, month, number = (int(part) if part.isdigit() else 2000 for part in day.split("-"))
    try:
        date(year, month, number + 1)
    except ValueError:
        return True
    return False


@cache
def _parts() -> dict[tuple[int, int], str]:
    """Hours → the part of the day that they are, the first name of several."""
    named = table("dates")["hours"]
    return {tuple(hours): name for name, hours in reversed(named.items()) if name != "tonight"}


def _hours(first: int, last: int) -> str:
    return _parts().get((first, last)) or f"between {first}:00 and {last + 1}:00"
