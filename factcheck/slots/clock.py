"""Clock times and the zones they are told in: "6:35 a.m. (IST)", "0500 GMT", "9:05 local time"."""

from __future__ import annotations

import re
from typing import NamedTuple

from factcheck.lang import table, words
from factcheck.slots.spoken import spoken
from factcheck.slots.tokens import Token, word_at

_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_OFFSET = re.compile(r"(?:UTC|GMT|Z)?([+-])(\d{1,2})(?::?(\d\d))?")
_MORNING, _AFTERNOON = frozenset({"am", "a.m."}), frozenset({"pm", "p.m."})
_KINDS = words("dates", "in_clock", "kinds")


class Clock(NamedTuple):
    """A clock time up to token `last`; `zone` is as written, empty where none is told."""

    last: int
    hours: tuple[int, int]
    zone: str = ""


def clock(tokens: list[Token], i: int) -> Clock | None:
    """Read a clock time at token `i`: 11am, 2:30 p.m., 14:54, 0500 GMT, half past nine."""
    told = spoken(tokens, i)
    if told:
        hours, last = told
        zone, last = zone_at(tokens, last)
        return Clock(last, hours, zone)
    if i >= len(tokens) or not tokens[i].is_number:
        return None
    text, after = tokens[i].text, word_at(tokens, i + 1)
    military = _MILITARY.fullmatch(text)
    if military:
        zone, last = zone_at(tokens, i + 1)
        if not zone and after in ("hours", "hrs"):
            last = i + 2
        hour = int(military[1])
        return Clock(last, (hour, hour), zone) if last > i + 1 else None
    match = _HOUR.fullmatch(text)
    if not match or int(match[1]) > 24:
        return None
    hour = int(match[1])
    if after in _MORNING | _AFTERNOON and 1 <= hour <= 12:
        hour = hour % 12 + (12 if after in _AFTERNOON else 0)
        return _zoned(tokens, i + 2, hour)
    if after == "o'clock":
        return _zoned(tokens, i + 2, hour)
    if match[2] and hour < 24 and int(match[2]) < 60:
        found = _zoned(tokens, i + 1, hour)
        # "14.54" is a number, but for a zone behind it.
        return found if ":" in text or found.zone else None
    if hour < 24 and after in ("gmt", "utc"):
        return _zoned(tokens, i + 1, hour)
    return None


def _zoned(tokens: list[Token], k: int, hour: int) -> Clock:
    zone, last = zone_at(tokens, k)
    return Clock(last, (hour, hour), zone)


def zone_at(tokens: list[Token], k: int) -> tuple[str, int]:
    """The zone told at token `k`, in brackets or not, and the token behind it."""
    if word_at(tokens, k) == "(":
        zone, last = zone_at(tokens, k + 1) if word_at(tokens, k + 1) != "(" else ("", k)
        closed = word_at(tokens, last) == ")"
        return (zone, last + 1) if zone and closed else ("", k)
    if k >= len(tokens):
        return "", k
    token, low = tokens[k], tokens[k].low
    if token.text in "+-":
        return _signed(tokens, k, "")
    if low in table("dates")["zones"] and token.text.isupper():
        zone, last = _signed(tokens, k + 1, token.text) if low in ("gmt", "utc") else ("", k)
        return (zone, last) if zone else (token.text, k + 1)
    for size in (1, 2, 3):
        named = tokens[k : k + size]
        if word_at(tokens, k + size) == "time" and _is_zone(named):
            # "15:52 local time (GMT)"
            also, last = zone_at(tokens, k + 2) if low == "local" else ("", k)
            return (also, last) if also else (_spelt(named), k + size + 1)
    return "", k


def _spelt(named: list[Token]) -> str:
    return " ".join(t.text for t in named) + " time"


def _is_zone(named: list[Token]) -> bool:
    """Whether words before "time" name a zone: "local", "Eastern", "Central European"."""
    if [t.low for t in named] == ["local"]:
        return True
    return named[0].is_capital and all(t.is_capital or t.low in _KINDS for t in named)


def _signed(tokens: list[Token], k: int, name: str) -> tuple[str, int]:
    """An offset from UTC: "+0530", "UTC+3"; a minus alone would be a span of hours."""
    sign = word_at(tokens, k)
    if sign not in ("+", "-") or k + 1 >= len(tokens):
        return "", k
    digits = tokens[k + 1]
    apart = tokens[k].start > tokens[k - 1].end
    if digits.start != tokens[k].end or not re.fullmatch(r"\d{1,2}(?::?\d\d)?", digits.text):
        return "", k
    if not name and (len(digits.text) < 4 or (sign == "-" and not apart)):
        return "", k
    return f"{name}{sign}{digits.text}", k + 2


def offsets(zone: str) -> tuple[int, ...]:
    """Minutes east of UTC that a zone may mean; none where that is not known ("local time")."""
    match = _OFFSET.fullmatch(zone)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (minutes if match[1] == "+" else -minutes,)
    data = table("dates")["zones"]
    low = zone.lower()
    return tuple(data.get(low) or data.get(low.removesuffix(" time").partition(" ")[0], ()))
