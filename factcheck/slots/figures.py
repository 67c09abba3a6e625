"""Figures: numbers in digits and words with their bounds, unit and what they count.

No library: those that read number words drop "at least" and "nearly", which are what decides
whether two figures can both hold, and take years and days for quantities.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from factcheck.records import FigureDetail, Slot, Span
from factcheck.slots.numbers import (
    Value,
    adjacent,
    currency_before,
    granularity,
    number,
    read,
    read_range,
)
from factcheck.slots.tokens import Token, singular, table, word_at, words

_IRREGULAR_PLURALS = frozenset({"people", "men", "women", "children", "police", "troops", "staff"})
_NAME_BEFORE = frozenset(
    "flight section article proposition title chapter room no number route highway interstate "
    "channel apollo boeing airbus page verse district resolution amendment park psalm".split()
)


_DETERMINERS = frozenset("the a an this that its his her their our".split())
_ALMOST = 0.1
# "About" never reaches farther than this share of the number.
_ABOUT = 0.15


class Figure(NamedTuple):
    """A figure at tokens `[first, last)` of a sentence."""

    first: int
    last: int
    low: float
    high: float
    approximate: bool
    amount: str  # the number with its bound, in words
    unit: str
    counted: str  # what is counted, in a form to compare
    noun: str  # the same as written


def find(tokens: list[Token], taken: set[int]) -> list[Figure]:
    """Find the figures of one sentence; `taken` are token indices that belong to dates."""
    found: list[Figure] = []
    i = 0
    while i < len(tokens):
        begins = tokens[i].is_number or tokens[i].low in _beginnings()
        value = _quantity(tokens, i, taken) if begins and i not in taken else None
        if value is None:
            i += 1
            continue
        found += _tally(tokens, value)
        i = max(found[-1].last, i + 1)
    return _with_tolls(tokens, found)


@cache
def _beginnings() -> frozenset[str]:
    """Words and signs that a figure can begin with, digits aside."""
    data = table("figures")
    signs = {sign for sign in data["currencies"] if not sign.isalpha()}
    return frozenset(
        {*data["cardinals"], *data["vague"], *signs, "one", "a", "an", "half", "us", "c"}
    )


def _tally(tokens: list[Token], figure: Figure) -> list[Figure]:
    """Split the two sides of a vote: "passed 396-9", "by 51 to 49"."""
    near = range(max(0, figure.first - 6), min(len(tokens), figure.last + 3))
    if figure.unit or not any(tokens[k].low in _VOTING for k in near):
        return [figure]
    joint = next(
        (k for k in range(figure.first, figure.last) if tokens[k].low in ("-", "–", "to")), None
    )
    if joint is None and word_at(tokens, figure.last) in ("-", "–", "to"):
        joint = figure.last
    if joint is None or joint + 1 >= len(tokens) or not tokens[joint + 1].is_number:
        return [figure]
    sides = (read(tokens, figure.first), read(tokens, joint + 1))
    if None in sides or not (tokens[figure.first].is_number and tokens[joint - 1].is_number):
        return [figure]
    return [
        figure._replace(
            first=k,
            last=k + 1,
            low=s.low,
            high=s.low,
            approximate=False,
            amount=number(s.low),
            counted=what,
            noun=what,
        )
        for k, s, what in (
            (figure.first, sides[0], "votes for"),
            (joint + 1, sides[1], "votes against"),
        )
        if s is not None
    ]


_VOTING = frozenset("vote votes voted voting passed approved ruled ruling margin rejected".split())


def slots(tokens: list[Token], taken: set[int], text: str) -> list[Slot]:
    """Return the figures of one sentence as slots."""
    return [
        _slot(figure, (tokens[figure.first].start, tokens[figure.last - 1].end), text)
        for figure in find(tokens, taken)
    ]


def _slot(figure: Figure, span: Span, text: str) -> Slot:
    detail = FigureDetail(
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        unit=figure.unit,
        counted=figure.counted,
    )
    value = " ".join(part for part in (figure.amount, figure.unit, figure.noun) if part)
    return Slot(slot="figure", value=value, text=text[span[0] : span[1]], span=span, detail=detail)


def _amount(value: Value, bound: str) -> str:
    """The number with its bound, in words of one form."""
    if value.low != value.high:
        return f"{number(value.low)}–{number(value.high)}"
    return f"{_SHOWN.get(bound, '')}{number(value.high)}"


def _quantity(tokens: list[Token], i: int, taken: set[int]) -> Figure | None:
    unit, at = currency_before(tokens, i)
    value = read(tokens, at)
    if value is None or any(k in taken for k in range(i, value.last)):
        return None
    value = read_range(tokens, value, at)
    last, suffix = _unit_after(tokens, value.last)
    unit = unit or suffix
    if not unit and _is_name_or_label(tokens, i, value):
        return None
    if not unit and value.bare and _is_age(tokens, i, last):
        unit = "years old"
    first, bound = _bound_before(tokens, i)
    if not bound:
        last, bound = _bound_after(tokens, last)
    low, high, approximate = _bounded(value, bound)
    timed = not unit or unit in _TIME_UNITS
    counted, noun = _counted(tokens, last) if timed else ("", "")
    if not unit and not bound and value.bare and _is_year(value.low):
        # "killed 2000 people" counts; "the 2000 elections", "2016 candidates" name a year.
        counts = value.low % 100 == 0 and _plural(word_at(tokens, last))
        if not counts or (i and tokens[i - 1].low in _DETERMINERS):
            return None
    if word_at(tokens, value.last + (word_at(tokens, value.last) == "-")) in _FRACTIONS:
        return None
    if tokens[at].low in ("one", "a", "an") and not unit and not counted:
        return None
    amount = _amount(value, bound)
    return Figure(first, last, low, high, approximate, amount, unit, counted, noun)


# What closes an apposition that is somebody's age.
_AFTER_AGE = frozenset({",", "—", "–", "―", "-"})


def _is_age(tokens: list[Token], i: int, last: int) -> bool:
    """Whether a number between commas or dashes stands behind a name: "Scott, 43, a father"."""
    return (
        i > 1
        and tokens[i].is_number
        and tokens[i - 1].text == ","
        and tokens[i - 2].is_capital
        and word_at(tokens, last) in _AFTER_AGE
        and len(tokens[i].text) <= 3
    )


# How a bound is written before its number.
_SHOWN = {
    "top": "up to ",
    "low": "at least ",
    "high": "at most ",
    "under": "nearly ",
    "over": "just over ",
    "near": "about ",
}


_FRACTIONS = frozenset({"third", "thirds", "quarters", "fifths", "quarter"})
_TIME_UNITS = frozenset({"s", "min", "h", "d", "week", "month", "year", "decade"})


def _unit_after(tokens: list[Token], k: int) -> tuple[int, str]:
    data = table("figures")
    if k >= len(tokens):
        return k, ""
    low = tokens[k].low
    if low == "per" and k + 1 < len(tokens) and tokens[k + 1].low in ("cent", "cents"):
        return k + 2, "%"
    if low == "percentage" and k + 1 < len(tokens) and tokens[k + 1].low.startswith("point"):
        return k + 2, "points"
    if low == "-" and adjacent(tokens, k):
        after = tokens[k + 1].low
        if after in data["units"]:
            if k + 3 < len(tokens) and tokens[k + 2].low == "-" and tokens[k + 3].low == "old":
                return k + 4, "years old"
            return k + 2, data["units"][after]
        return k, ""
    if low in data["units"]:
        unit = data["units"][low]
        if unit == "year" and k + 1 < len(tokens) and tokens[k + 1].low == "old":
            return k + 2, "years old"
        return k + 1, unit
    if low in data["currencies"] and tokens[k].is_word:
        return k + 1, data["currencies"][low]
    if low == "u.s." and k + 1 < len(tokens) and tokens[k + 1].low == "dollars":
        return k + 2, "USD"
    return k, ""


@cache
def _bounds() -> list[tuple[tuple[str, ...], str]]:
    """Bounding phrases, the longest first."""
    entries = [(tuple(p.split()), kind) for p, kind in table("figures")["bounds"].items()]
    return sorted(entries, key=lambda e: -len(e[0]))


def _bound_before(tokens: list[Token], i: int) -> tuple[int, str]:
    end = i
    while end and tokens[end - 1].low in ("the", "a", "an", "another"):
        end -= 1
    for phrase, kind in _bounds():
        first = end - len(phrase)
        if first >= 0 and all(tokens[first + n].low == w for n, w in enumerate(phrase)):
            return first, kind
    return i, ""


def _bound_after(tokens: list[Token], k: int) -> tuple[int, str]:
    for phrase, kind in table("figures")["after"].items():
        parts = phrase.split()
        if [t.low for t in tokens[k : k + len(parts)]] == parts:
            return k + len(parts), kind
    if word_at(tokens, k) == "+":
        return k + 1, "low"
    return k, ""


def _bounded(value: Value, bound: str) -> tuple[float, float, bool]:
    """Turn a number and its bounding word into an interval."""
    low, high = value.low * (1 - value.rounded), value.high * (1 + value.rounded)
    slack = _slack(value.high)
    if bound == "low":
        return low, math.inf, value.approximate
    if bound in ("top", "high"):
        return 0.0, high, value.approximate
    if bound == "near":
        return low - slack, high + slack, True
    if bound == "under":
        return low - min(2 * slack, _ALMOST * low), high, True
    if bound == "over":
        return low, high + min(2 * slack, _ALMOST * high), True
    return low, high, value.approximate


def _slack(value: float) -> float:
    """How far "about" reaches: half of what the number is rounded to, fives included."""
    step = granularity(value)
    if round(value / step) % 5 == 0:
        step *= 5
    return min(step / 2, _ABOUT * value)


def _is_year(value: float) -> bool:
    years = table("figures")["years"]
    return bool(value == int(value) and years["first"] <= value <= years["last"])


def _is_name_or_label(tokens: list[Token], i: int, value: Value) -> bool:
    """Whether a number is part of a name ("Flight 370", "Proposition 8", "G-20")."""
    if not i:
        return False
    before = tokens[i - 1]
    if before.text == "/" and before.end == tokens[i].start:
        return True
    if before.low in ("-", "–", "/", "#", ".") and before.end == tokens[i].start and i > 1:
        return tokens[i - 2].is_word and tokens[i - 2].end == before.start and value.bare
    if before.low == "." and i > 1:
        return tokens[i - 2].low == "no"
    if tokens[i].is_capital:
        return before.is_capital and before.is_word  # "Ground Zero", "the Big Three"
    if not tokens[i].is_number or not value.bare:
        return False
    if before.low in _NAME_BEFORE:
        return True
    # "Madison 12 miles" is rare; "Windows 7", "Channel 4" are not, unless a noun follows.
    return (
        before.is_capital
        and before.is_word
        and i > 1
        and not before.low.startswith(("the", "another"))
        and not _counted(tokens, value.last)[0]
    )


def _counted(tokens: list[Token], k: int) -> tuple[str, str]:
    """Return the noun a number counts: in a form to compare, and as written; or nothing."""
    stop = words("words", "function")
    heads: list[str] = []
    k += word_at(tokens, k) == "of"
    start = k
    while k < len(tokens) and k < start + 5:
        token = tokens[k]
        if token.low == "-" and adjacent(tokens, k):
            k += 1
            continue
        if not token.is_word or token.low in stop - {"more", "other", "others", "own", "same"}:
            break
        if _plural(token.low):
            heads.append(token.low)
            break
        if not token.is_capital:  # "one Atlanta location" counts locations
            heads.append(token.low)
        k += 1
    heads = [h for h in heads if h not in ("more", "other", "others", "own", "same", "additional")]
    if not heads:
        return "", ""
    plural = [h for h in heads if _plural(h)]
    written = plural[0] if plural else heads[0]
    toll: str | None = table("figures")["toll"].get(written)
    head = singular(written)
    return toll or table("figures")["same"].get(head, head), toll or written


def _plural(low: str) -> bool:
    return low in _IRREGULAR_PLURALS or (
        len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s"))
    )


def _with_tolls(tokens: list[Token], found: list[Figure]) -> list[Figure]:
    """Say of counted people what happened to them: the nearest such word in the figure's clause."""
    toll = table("figures")["toll"]
    marks = [(k, toll[t.low]) for k, t in enumerate(tokens) if t.low in toll]
    if not marks:
        return found
    people = {"", "person", "soldier", "officer", "child", "man", "woman", "civilian", "militant"}
    out = []
    for n, figure in enumerate(found):
        if figure.unit or (figure.counted not in people and figure.counted not in toll.values()):
            out.append(figure)
            continue
        before = found[n - 1].last if n else 0
        after = found[n + 1].first if n + 1 < len(found) else len(tokens)
        near = [
            (0 if k == figure.first - 1 else abs(k - figure.last) + 3 * (k < figure.first), what)
            for k, what in marks
            if before <= k < after
        ]
        if near and figure.counted not in toll.values():
            what = min(near)[1]
            figure = figure._replace(counted=what, noun=what)
        out.append(figure)
    return out
