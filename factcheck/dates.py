"""Dates of articles as EDTF (ISO 8601-2): `2025-04-11T14:54`, `2025-04-11`, `XXXX-04-11`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import TypeGuard

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Newspapers are not older, and what is dated much later was not published yet; so every day that an
# article tells relative to its own is one of the calendar.
_YEARS = range(1600, 2200)

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)[0-9]{2}))?"
_DATE = [
    re.compile(rf"(?i)\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    re.compile(rf"(?i)\b{_MONTH}\s+{_DAY}\b{_YEAR}"),
    re.compile(rf"(?i)\b{_DAY}[-/]{_MONTH}[-/](?P<year>(?:19|20)[0-9]{{2}})\b"),
    re.compile(
        r"\b(?P<year>(?:19|20)[0-9]{2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})\b"
    ),
    # Day or month first: only where one of the two is no month, or points stand between them.
    re.compile(
        r"\b(?P<day>1[3-9]|2[0-9]|3[01])[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<year>(?:19|20)[0-9]{2})\b"
    ),
    re.compile(
        r"\b(?P<month>0?[1-9]|1[0-2])[/-](?P<day>1[3-9]|2[0-9]|3[01])[/-](?P<year>(?:19|20)[0-9]{2})\b"
    ),
    re.compile(r"\b(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>(?:19|20)[0-9]{2})\b"),
]
_TIME = re.compile(
    r"(?i)\b(?P<hour>[0-2]?[0-9])[:.](?P<minute>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]+)?)?\s*"
    r"(?P<half>[ap]\.?m\.?)?(?:Z\b)?"
)
_HOUR = re.compile(r"(?i)\b(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap]\.?m\b\.?)")
_CLOCK_FOLLOWS = re.compile(r"(?<=[0-9])T(?=[0-2][0-9]:[0-5][0-9])")
_AGO = re.compile(r"(?i)(?:updated\s+)?\d+\s+(?:second|minute|hour|day|week)s?\s+ago")
# What may stand beside the date on a line that only dates the article.
_ZONES = (
    "est edt et cst cdt ct mst mdt mt pst pdt pt akst akdt hst utc gmt bst ist cet cest eet eest"
    " wet msk wat cat eat sast gst pkt npt wib hkt sgt jst kst aest aedt acst awst nzst nzdt"
)
_FILLER = re.compile(
    r"(?i)\b(?:last|first|written|published|updated|posted|created|modified|edited|issued|filed"
    r"|released|date|on|at|of|the|online|print|edition|today|yesterday|tues|thurs|local time|time"
    rf"|am|pm|hrs?|{'|'.join(f'{day}|{day[:3]}' for day in WEEKDAYS)}"
    rf"|(?:{_ZONES.replace(' ', '|')})(?:[+-][0-9]{{1,2}})?)\b"
    r"|(?<!\w)[+-][0-9]{2}:?[0-9]{2}\b"
)
_STAMPED = re.compile(r"(?i)\b(?:published|updated|posted|modified|edited|filed)\b")
_UPDATED = re.compile(r"(?i)\b(?:updated?|modified|edited|revised)\b")
_PARTS = re.compile(
    r"\s*(?:[|•·]|\s[–—/-]\s"
    r"|(?<=\S)\s(?=(?i:last |first )?(?i:updated|modified|published|posted)\b))\s*"
)
# Buttons, the time it takes to read, and who wrote it, as pages put them on one line.
_BESIDE = re.compile(
    r"(?i)\b[0-9]+[ -]?min(?:ute)?s?(?: read)?\b|\bread(?:ing)? time:?"
    r"|\b(?:page|no\.) ?[a-z]?[0-9]{1,5}\b"
    r"|\b(?:[0-9][0-9,.]*k? )?(?:share|save|print|listen|comments?|views?|gift|tweet|e-?mail"
    r"|bookmark)\b(?:[ :]*[0-9][0-9,.]*k?\b)?"
)
_WRITER = re.compile(
    r"\b[Bb][Yy]:?\s+(?:(?:[A-Z][\w.'’-]*|admin|staff|editor|desk|newsroom|reporter|and|of|the|for"
    r"|de)\b\.?[\s,]*){1,8}"
)
# What stands between a date and the names beside it, and how many words such a name may have.
_BETWEEN = re.compile(r"\s*(?:[|•·,;/–—-]|\b(?:in|from|by|for|and|with)\b)\s*")
_APART = re.compile(r"(?:(?<=[,;/|])|^)\s*…\s*(?=[,;/|]|$|\b(?:in|from|by|for)\b)")
_MOST_NAMES = 3
_NAMED = re.compile(r"[A-Z][\w.'’&-]*(?: (?:of |the )?[A-Z][\w.'’&-]*){0,2}")
_NAME_ALONE = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}")
_DATELINE = re.compile(
    r"^(?:[A-Z][\w.'’/-]*[ ,]+){1,6}?(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, (?:19|20)\d\d)?)"
    r"\s*(?:\([^)\n]{2,30}\)\s*)?[.:]? ?[-–—]"
)


def edtf(year: str | None, month: int, day: int, clock: str = "") -> str | None:
    """An EDTF date from its parts, `None` where no such day exists."""
    try:
        # 2024 is a leap year: 29 February stands where the year is not told.
        datetime.date(int(year or 2024), month, day)
    except ValueError:
        return None
    return f"{year or 'XXXX'}-{month:02}-{day:02}{clock}"


def parse_date(text: str) -> str | None:
    """The first date written in `text` (day and month at least), with its time if one is told."""
    for pattern in _DATE:
        if match := pattern.search(text):
            month = match["month"].lower()
            number = int(month) if month.isdigit() else MONTHS[month]
            rest = text[: match.start()] + " " + text[match.end() :]
            return edtf(match["year"], number, int(match["day"]), _clock(rest))
    return None


def parse_date_line(line: str) -> str | None:
    """The date of a line that says nothing else ("- 11 April, 14:54"), or `None`.

    Of several the one of publication counts. A relative date ("2 hours ago") and a time alone are
    date lines that date nothing: the empty string.
    """
    if _AGO.fullmatch(line.strip(" -–—|•·")):
        return ""
    line = _CLOCK_FOLLOWS.sub(" ", _WRITER.sub("| ", line))
    parts = [part for part in _PARTS.split(line) if part.strip(" -–—,")]
    if len(parts) > 1:
        parts = [part for part in parts if not _NAME_ALONE.fullmatch(part) or parse_date(part)]
    dates: list[tuple[bool, str]] = []
    beside: list[str] = []
    stamped, clock = False, ""
    for part in parts:
        date = parse_date(part)
        beside.append(_plain(_without_date(part) if date else part))
        if date:
            dates.append((_UPDATED.search(part) is not None, date))
        else:
            clock = clock or _clock(part)
        stamped = stamped or (_STAMPED.search(part) is not None and _TIME.search(part) is not None)
    if any(re.search(r"\w", rest) for rest in beside) and not (
        any("X" not in date for _, date in dates) and _only_names(" | ".join(beside))
    ):
        return None
    if dates:
        date = min(dates, key=lambda one: one[0])[1]
        return date + clock if clock and "T" not in date else date
    return "" if stamped else None


def _without_date(text: str) -> str:
    """`text` without the date that `parse_date` finds in it.

    "Born 12 April 2025" stays one piece, of "Riverton, 12 April 2025" the place is another.
    """
    for pattern in _DATE:
        rest, count = pattern.subn("…", text, count=1)
        if count:
            return _APART.sub(" | ", rest).replace("…", " . ")
    return text


def _plain(text: str) -> str:
    """What a line holds beside times, zones, buttons and the words of date lines."""
    return _FILLER.sub(" ", _BESIDE.sub(" ", _HOUR.sub(" ", _TIME.sub(" ", text))))


def _only_names(text: str) -> bool:
    """Whether there is nothing but a writer, a place, an outlet beside a full date."""
    parts = [" ".join(part.split()) for part in _BETWEEN.split(text)]
    told = [part for part in parts if re.search(r"\w", part)]
    return len(told) <= _MOST_NAMES and all(map(_NAMED.fullmatch, told))


def is_update(line: str) -> bool:
    """Whether a date line tells when the article was changed and not when it was published."""
    return _UPDATED.search(line) is not None and not re.search(
        r"(?i)\b(?:published|posted|created|issued)\b", line
    )


def dateline_date(paragraph: str) -> str | None:
    """The date inside a dateline: "BAKU, April 10 (Reuters) - …"."""
    match = _DATELINE.match(paragraph[:160])
    return parse_date(match["date"]) if match else None


def is_full(published: str | None) -> TypeGuard[str]:
    """Whether a date of publication is told, and without an open part (`XXXX-04-11` has one)."""
    return published is not None and "X" not in published


_EDTF = re.compile(
    r"(?P<year>[0-9]{4}|XXXX)-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?)?"
)


def moments(published: Sequence[str]) -> list[datetime.datetime] | None:
    """When each of several was published, to the minute; `None` where one tells no time.

    Clocks are compared as they stand unless all tell their zone.
    """
    if not all(is_full(date) and "T" in date and is_edtf(date) for date in published):
        return None
    found = [datetime.datetime.fromisoformat(date).replace(second=0) for date in published]
    if all(moment.tzinfo for moment in found):
        return found
    return [moment.replace(tzinfo=None) for moment in found]


def ranks(published: Sequence[str]) -> list[int]:
    """The place of each of several full dates among them, from 0; equal ones share a place.

    By moment where all tell one, else as they are written, a day before its own hours.
    """
    keys: Sequence[datetime.datetime | str] = moments(published) or published
    places = {key: place for place, key in enumerate(sorted({*keys}))}
    return [places[key] for key in keys]


def is_edtf(value: str) -> bool:
    """Whether `value` is a date in one of the three forms that articles use.

    The day has to exist, the time to be one of a clock, and the year one that an article can have.
    """
    match = _EDTF.fullmatch(value)
    if match is None:
        return False
    year = None if match["year"] == "XXXX" else match["year"]
    if year is not None and int(year) not in _YEARS:
        return False
    return edtf(year, int(match["month"]), int(match["day"])) is not None


def _clock(text: str) -> str:
    match = _TIME.search(text) or _HOUR.search(text)
    if not match:
        return ""
    hour, minute = int(match["hour"]), match.groupdict().get("minute", "00")
    half = (match["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return f"T{hour:02}:{minute}" if hour < 24 else ""
