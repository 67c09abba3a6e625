"""Time expressions of a sentence, as read and not yet resolved."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import table, words
from factcheck.slots import spoken
from factcheck.slots.clock import clock, zone_at
from factcheck.slots.expressions import Time
from factcheck.slots.months import DAY, is_day_alone, within
from factcheck.slots.named import is_name
from factcheck.slots.relative import YEAR, ago, bare_year, relative
from factcheck.slots.tense import side
from factcheck.slots.tokens import Token, possessor, word_at
from factcheck.slots.weekdays import is_weekday, weekday

_RELATIVE = words("dates", "in_times", "relative")
_COUNTS = words("dates", "in_times", "counts")
_AMBIGUOUS = words("dates", "in_times", "ambiguous")
_MONTH_BEFORE = words("dates", "in_times", "month_before")
_BEGINNINGS = words("dates", "in_times", "beginnings")
_DAYS_OF = words("dates", "in_times", "days_of")
_ABOUT = words("dates", "in_times", "about")
# From how many longer words, and what share of them with a capital, a text is a heading.
_FEWEST, _SHARE = 4, 0.9
_SOON = words("dates", "in_times", "soon")
_PART = words("dates", "in_times", "part")
_ORDINALS = words("words", "common", "ordinals")
_BETWEEN = words("dates", "in_times", "between")
_DAY_BEHIND = words("dates", "in_times", "day_behind")
_PARTS_OF_DAY = words("dates", "in_times", "parts_of_day")
_WHICH = words("dates", "in_times", "which")


def find(tokens: list[Token], names: set[int] | None = None) -> list[Time]:
    """Find the time expressions of one sentence.

    The tokens of those that name something ("the March 23 rebels") are added to `names`.
    """
    found: list[Time] = []
    plain = _plain(tokens)
    i = 0
    while i < len(tokens):
        time = _at(tokens, i) if _begins(tokens[i]) else None
        if time is None:
            i += 1
            continue
        time = _with_day(tokens, time) if time.kind == "hours" else time
        i = time.last
        if time.kind == "hours" or not is_name(tokens, *_bare(tokens, time)):
            found.append(_looking(plain, time))
        elif names is not None:
            names.update(range(time.first, time.last))
    return found


def _plain(tokens: list[Token]) -> list[Token]:
    """The words in lower case, where these are a heading with a capital in front of each."""
    words_ = [t for t in tokens if t.is_word and len(t.text) > 3]
    if len(words_) < _FEWEST or sum(t.is_capital for t in words_) < _SHARE * len(words_):
        return tokens
    return [t._replace(text=t.low) for t in tokens]


def _begins(token: Token) -> bool:
    return token.is_number or possessor(token.low) in _beginnings()


def _bare(tokens: list[Token], time: Time) -> tuple[int, int]:
    """The tokens of a time without the words that place it ("last", "next") and its hours."""
    first, last = time.first, time.last
    if time.kind in ("weekday", "day"):
        named = [k for k in range(first, last) if _is_named(tokens[k])]
        if named:
            first, last = named[0], named[-1] + 1
    return first, last


def _is_named(token: Token) -> bool:
    return (token.is_capital and possessor(token.low) in _calendar()) or bool(
        token.is_number and (DAY.fullmatch(token.text) or YEAR.fullmatch(token.text))
    )


@cache
def _calendar() -> frozenset[str]:
    return frozenset({*table("dates")["weekdays"], *table("dates")["months"]})


def _looking(tokens: list[Token], time: Time) -> Time:
    """Tell which way a time looks that may lie on either side of publication."""
    if time.kind == "weekday":
        undecided = not time.how and time.which in ("", "this")
    else:
        undecided = (
            time.kind == "monthday"
            or (time.kind == "day" and not time.year)
            or time.unit in ("weekend", "overnight")
        )
    if not undecided:
        return time
    first = time.first
    if time.kind == "weekday" and time.hours:
        # "Before five on Friday": what leads to the hour tells nothing of the day.
        first = next(k for k in range(first, time.last) if is_weekday(tokens[k]))
    found = side(tokens, first, time.last)
    return time._replace(side=found or "back", told=found is not None)


@cache
def _beginnings() -> frozenset[str]:
    """Words that a time expression can begin with, digits aside."""
    data = table("dates")
    return frozenset(
        {*data["weekdays"], *data["months"], *data["days"], *data["seasons"], *data["hours"]}
        | table("figures")["cardinals"].keys()
        | _RELATIVE
        | _COUNTS
        | spoken.STARTS
        | _BEGINNINGS
        | {possessor(feast.split()[0]) for feast in data["feasts"]}
    )


def _at(tokens: list[Token], i: int) -> Time | None:
    token = tokens[i]
    low = possessor(token.low)
    data = table("dates")
    if spoken.begins(low) and (hour := clock(tokens, i)):
        return Time(i, hour.last, "hours", hours=hour.hours, zone=hour.zone)
    if is_weekday(token):
        return _weekday(tokens, i)
    if token.is_capital and (feast := _feast(tokens, i)):
        return feast
    if token.low in data["months"] and token.is_capital:
        return _month(tokens, i)
    if token.is_number:
        return _number(tokens, i)
    if low in data["days"] and (not token.is_capital or i == 0):
        return _near_day(tokens, i)
    if low in _RELATIVE or low in _COUNTS:
        placed = _placed_weekday(tokens, i)
        if placed:
            return placed
    if low in _RELATIVE:
        return relative(tokens, i)
    if low in _COUNTS:
        return ago(tokens, i, {"a": 1, "one": 1}.get(low, _count(low)))
    if low == "mid" and i + 2 < len(tokens):
        k = i + 2 if tokens[i + 1].low == "-" else i + 1
        inner = _at(tokens, k) if tokens[k].low != "mid" else None
        return inner._replace(first=i, part="mid") if inner and inner.kind == "day" else None
    if low == "overnight":
        follows = word_at(tokens, i + 1)
        told = follows in _DAY_BEHIND or follows in data["weekdays"]
        return None if told else Time(i, i + 1, "offset", unit="overnight")
    if low in data["seasons"] and word_at(tokens, i + 1) == "of":
        year = word_at(tokens, i + 2)
        return Time(i, i + 3, "season", year=int(year), unit=low) if YEAR.fullmatch(year) else None
    if low in ("noon", "midnight") or (low in _PARTS_OF_DAY and word_at(tokens, i - 1) == "the"):
        first, last = data["hours"][low]
        zone, end = zone_at(tokens, i + 1)
        return Time(i, end, "hours", hours=(first, last), zone=zone)
    return None


def _feast(tokens: list[Token], i: int) -> Time | None:
    """Read a feast that has a day of the year: "New Year's Day"."""
    for name, (month, day) in table("dates")["feasts"].items():
        last = i + len(name.split())
        told = tokens[i:last]
        if " ".join(t.low.replace("’", "'") for t in told) != name:
            continue
        year = word_at(tokens, last)
        dated = bool(YEAR.fullmatch(year))
        time = Time(i, last + dated, "day", year=int(year) if dated else 0, month=month, day=day)
        return _with_hours(tokens, time)
    return None


def _count(low: str) -> int:
    return int(table("figures")["cardinals"].get(low, 0))


def _near_day(tokens: list[Token], i: int) -> Time:
    """Read "yesterday", "tomorrow morning", "the day before yesterday"."""
    data = table("dates")
    low = possessor(tokens[i].low)
    offset, first = data["days"][low], i
    before = {"yesterday": "before", "tomorrow": "after"}.get(low)
    if before and word_at(tokens, i - 1) == before and word_at(tokens, i - 2) == "day" and i > 1:
        offset, first = 2 * offset, i - 2 - (word_at(tokens, i - 3) == "the" and i > 2)
    hours = data["hours"].get(low)
    time = Time(first, i + 1, "offset", unit="day", offset=offset)
    return _with_hours(tokens, time._replace(hours=tuple(hours)) if hours else time)


def _placed_weekday(tokens: list[Token], i: int) -> Time | None:
    """Read a weekday that begins with what places it: "last Friday", "a week ago on Monday"."""
    for k in range(i + 1, min(len(tokens), i + 6)):
        if is_weekday(tokens[k]):
            time = _weekday(tokens, k)
            return time if time and time.first == i else None
    return None


def _weekday(tokens: list[Token], i: int) -> Time | None:
    found = weekday(tokens, i)
    if found is None:
        return None
    # "Wednesday, April 9" is the day; the weekday only confirms it.
    k = found.last + 1 if word_at(tokens, found.last) in _BETWEEN else found.last
    if k < len(tokens) and (tokens[k].is_number or tokens[k].is_capital):
        inner = _number(tokens, k) if tokens[k].is_number else None
        if tokens[k].low in table("dates")["months"]:
            inner = _month(tokens, k)
        if inner and inner.kind == "day" and inner.day and inner.first == k:
            return inner._replace(first=found.first, weekday=found.day)
    time = Time(found.first, found.last, "weekday", weekday=found.day, which=found.which)
    return _with_hours(tokens, time._replace(weeks=found.weeks, how=found.how))


def _with_hours(tokens: list[Token], time: Time) -> Time:
    """Take in a part of the day or a clock time that follows: "Tuesday afternoon", "at 11 a.m."."""
    hours = table("dates")["hours"]
    low = possessor(word_at(tokens, time.last))
    if low in hours and low != "tonight":
        first, last = hours[low]
        time = time._replace(last=time.last + 1, hours=(first, last))
    k = time.last
    while k < time.last + 3 and (
        word_at(tokens, k) in _ABOUT
        or word_at(tokens, k) in (",", *_SOON)
        or (word_at(tokens, k) == "a" and word_at(tokens, k + 1) == "quarter")
    ):
        k += 1
    told = clock(tokens, k)
    if told:
        hours_ = spoken.within(told.hours, time.hours)
        return time._replace(last=told.last, hours=hours_, zone=told.zone)
    if k > time.last and word_at(tokens, k) == "noon":
        first, last = hours["noon"]
        zone, end = zone_at(tokens, k + 1)
        return time._replace(last=end, hours=(first, last), zone=zone)
    return time


def _with_day(tokens: list[Token], time: Time) -> Time:
    """Take in the day behind a clock time: "at 0500 GMT on Wednesday", "at noon yesterday"."""
    if time.hours == (0, 0) and not time.zone:
        return time  # midnight is of the day before it, or of the one after
    k = time.last + 1 if word_at(tokens, time.last) == "," else time.last
    if word_at(tokens, k) in ("on", "of"):
        k += 1
    if k >= len(tokens) or not _begins(tokens[k]):
        return time
    inner = _at(tokens, k)
    if inner is None or inner.first != k or not _is_one_day(inner):
        return time
    hours = spoken.within(time.hours, inner.hours) if time.hours else None
    return inner._replace(first=time.first, hours=hours, zone=time.zone)


def _is_one_day(time: Time) -> bool:
    return (
        time.kind == "weekday"
        or (time.kind == "offset" and time.unit == "day")
        or (time.kind == "day" and time.day > 0)
    )


def _month(tokens: list[Token], i: int) -> Time | None:
    data = table("dates")
    month = data["months"][tokens[i].low]
    k = i + 1
    if len(tokens[i].low) <= 4 and word_at(tokens, k) == ".":
        k += 1
    day = year = 0
    if k < len(tokens) and DAY.fullmatch(tokens[k].text):
        day = int(tokens[k].text)
        k += 1
        if word_at(tokens, k) in _ORDINALS:
            k += 1
        after = k + 1 if word_at(tokens, k) == "," else k
    else:
        after = k + 1 if word_at(tokens, k) in (",", "of") else k
    if after < len(tokens) and YEAR.fullmatch(tokens[after].text):
        year = int(tokens[after].text)
        k = after + 1
    before = word_at(tokens, i - 1)
    dated = day or year or before in _MONTH_BEFORE or DAY.fullmatch(before)
    if not dated and (tokens[i].low in _AMBIGUOUS or _is_called(tokens, i)):
        return None  # "May" and "March" are also words and names
    first = i
    part = which = ""
    ordinal = table("dates")["ordinals"].get(word_at(tokens, i - 2), 0) if before == "of" else 0
    if before in _PART:
        part, first = before, i - 1
    elif before == "-" and word_at(tokens, i - 2) == "mid":
        part, first = "mid", i - 2
    elif before in _WHICH:
        first, which = i - 1, before
    elif before == "of" and not day and (part_of := within(tokens, i - 1, month, year)):
        part, day, first = part_of
    elif ordinal and not day and word_at(tokens, i - 3) == "the":
        day, first = ordinal, i - 2  # the ninth of April
    elif before and not day and i and tokens[i - 1].is_number and DAY.fullmatch(tokens[i - 1].text):
        day, first = int(tokens[i - 1].text), i - 1  # 9 April
    since = _since(tokens, first) if day and first == i - 1 else 0
    if since:
        first -= 2
    time = Time(
        first, k, "day", year=year, month=month, day=day, part=part, which=which, since=since
    )
    if not day:
        return time
    return _with_hours(tokens, time._replace(names=not year and _names(tokens, first, k)))


def _since(tokens: list[Token], at: int) -> int:
    """The first of the days that end at `at`, 0 for one day: "between 10 and | 18 June"."""
    lead, joint = word_at(tokens, at - 3), word_at(tokens, at - 1)
    begins = word_at(tokens, at - 2)
    if f"{lead}-{joint}" not in _DAYS_OF or not DAY.fullmatch(begins):
        return 0
    return int(begins) if int(begins) < int(tokens[at].text) else 0


def _is_called(tokens: list[Token], i: int) -> bool:
    """Whether a month is somebody's name: "Good morning, June.", "April said"."""
    if word_at(tokens, i + 1) in lexicon().sayings:
        return True
    alone = i > 1 and tokens[i - 1].text == "," and word_at(tokens, i + 1) in ("", ".", "!", "?")
    return alone and word_at(tokens, i - 2) not in table("dates")["months"]


def _names(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a day only names an event, which may be of any year: "the June 11 attacks"."""
    if last >= len(tokens) or not tokens[last].is_word or tokens[last].is_capital:
        return False
    before = word_at(tokens, first - 1)
    if before not in words("tense", "clauses", "determiners") and not before.endswith("'s"):
        return False
    return tokens[last].low not in words("words", "function")


def _number(tokens: list[Token], i: int) -> Time | None:
    token = tokens[i]
    months = table("dates")["months"]
    after = word_at(tokens, i + 1)
    k = i + 1
    if after in _ORDINALS:
        k += 1
        if word_at(tokens, k) == "of":
            k += 1
    if DAY.fullmatch(token.text) and word_at(tokens, k) in months and tokens[k].is_capital:
        inner = _month(tokens, k)
        if inner:
            day = inner.day if inner.first < k else int(token.text)
            names = not inner.year and _names(tokens, i, inner.last)
            return _with_hours(tokens, inner._replace(first=i, day=day, names=names))
    if DAY.fullmatch(token.text):
        before = ago(tokens, i, int(token.text))
        if before and before.unit != "year":
            return before
    if after in _ORDINALS and is_day_alone(tokens, i, i + 2):
        return Time(i, i + 2, "monthday", day=int(token.text))
    told = clock(tokens, i)
    if told:
        return Time(i, told.last, "hours", hours=told.hours, zone=told.zone)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", token.text):
        return None
    if YEAR.fullmatch(token.text):
        if after == "-" and i + 4 < len(tokens) and tokens[i + 3].low == "-":
            try:
                iso = date(int(token.text), int(tokens[i + 2].text), int(tokens[i + 4].text))
                return Time(i, i + 5, "day", year=iso.year, month=iso.month, day=iso.day)
            except ValueError:
                return None
        return bare_year(tokens, i)
    return None
