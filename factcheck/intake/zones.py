"""A zone as it stands behind a time ("BST", "ET", "GMT+3") → its distance from UTC."""

from __future__ import annotations

import datetime
import re

from factcheck.intake.lookup import table

_NUMBERED = re.compile(r"(?i)(?:gmt|utc)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_FURTHEST = 14


def offset(zone: str, day: str) -> str:
    """The end of a date-time in EDTF (`Z`, `+01:00`) on an ISO day; empty for a zone that is not
    known or that may be two.
    """
    if match := _NUMBERED.fullmatch(zone):
        hours, minutes = int(match["hours"]), match["minutes"] or "00"
        told = f"{match['sign']}{hours:02}:{minutes}"
        return told if hours <= _FURTHEST and int(minutes) < 60 else ""
    name = zone.casefold()
    if (hours := table("american").get(name, 0)) and day[:4].isdigit():
        return f"-{hours - _is_american_summer(datetime.date.fromisoformat(day)):02}:00"
    return next((told for told, names in table("zones").items() if name in names), "")


def _is_american_summer(day: datetime.date) -> bool:
    """From the second Sunday of March to the first of November, as the law has it since 2007."""
    return _sunday(day.year, 3, 8) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, first: int) -> datetime.date:
    """The Sunday on or after a day."""
    start = datetime.date(year, month, first)
    return start + datetime.timedelta((6 - start.weekday()) % 7)
