"""Figures: numbers in digits and words with their bounds, unit and what they count.

No library: those that read number words drop "at least" and "nearly", which are what decides
whether two figures can both hold, and take years and days for quantities.
"""

from __future__ import annotations

import math
from functools import cache

from factcheck.lang import listed, table, words
from factcheck.records import FigureDetail, Slot, Span
from factcheck.slots.bare import (
    follows_name,
    is_age,
    is_label,
    is_offspring,
    is_year,
    ratio_end,
    score_end,
)
from factcheck.slots.numbers import (
    Value,
    adjacent,
    currency_before,
    granularity,
    is_and_a_half,
    is_code,
    is_heat,
    number,
    read,
    read_range,
)
from factcheck.slots.portions import Figure, nothing, portions, together
from factcheck.slots.stretch import Stretch
from factcheck.slots.tokens import Token, singular, word_at

_IRREGULAR_PLURALS = words("figures", "in_figures", "irregular_plurals")
_DETERMINERS = words("figures", "in_figures", "determiners")
_ALMOST = 0.1
# From here on "a hundred", "one thousand" is a number even where nothing is counted.
_ROUND = 100
# "About" never reaches farther than this share of the number.
_ABOUT = 0.15
_ONE = words("figures", "in_figures", "one")
_BEFORE_BOUND = words("figures", "in_figures", "before_bound")
_WHEN = words("figures", "in_figures", "when")
_NOT_COUNTED = words("figures", "in_figures", "not_counted")
_NO_NOUN = words("figures", "in_figures", "no_noun")
_ENDS_SINGULAR = listed("figures", "in_figures", "ends_singular")


def find(tokens: list[Token], taken: set[int]) -> list[Figure]:
    """Find the figures of one sentence; `taken` are token indices that belong to dates."""
    found: list[Figure] = []
    i = 0
    while i < len(tokens):
        if i not in taken and (none := nothing(tokens, i)):
            found.append(none)
            i = none.last
            continue
        token = tokens[i]
        if i in taken or not (token.is_number or token.low in _beginnings() or is_code(token)):
            i += 1
            continue
        no_count = max(score_end(tokens, i), ratio_end(tokens, i))
        if no_count > i:
            i = no_count
            continue
        figure = _quantity(tokens, i, taken)
        if figure:
            found.append(figure)
        i = max(figure.last if figure else i, i + 1)
    told = _with_tolls(tokens, portions(tokens, together(tokens, found)))
    # "He met no one": only of what befalls people is nobody a number.
    return [figure for figure in told if figure.high or figure.counted != "person"]


@cache
def _beginnings() -> frozenset[str]:
    """Words and signs that a figure can begin with, digits aside."""
    data = table("figures")
    signs = {sign for sign in data["currencies"] if not sign.isalpha()}
    return frozenset(
        {*data["cardinals"], *data["vague"], *signs, "one", "a", "an", "half", "us", "c", "rupees"}
    )


# What a number counts of which it is not said who they are.
_ANYBODY = frozenset({"", "person"})


def details(stretch: Stretch) -> list[Slot]:
    """The figures of one sentence."""
    return slots(stretch.tokens, stretch.taken, stretch.text)


def told(slot: Slot, _: str | None) -> str:
    """The interval that a figure stands for, where it is one."""
    detail = slot.detail
    if not isinstance(detail, FigureDetail) or detail.low == detail.high:
        return ""
    if detail.high == math.inf:
        return f" ({number(detail.low)} and more)"
    return f" ({number(detail.low)} to {number(detail.high)})"


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
    if suffix in _TIME_UNITS and is_and_a_half(tokens, last):
        value, last = value._replace(low=value.low + 0.5, high=value.high + 0.5), last + 3
    unit = unit or suffix or _unit_before(tokens, i)
    if not unit and is_label(tokens, i, value):
        return None
    # "Madison 12 miles" is rare; "Windows 7", "Channel 4" are not, unless a noun follows.
    if not unit and follows_name(tokens, i, value) and not _counted(tokens, value.last)[0]:
        return None
    first, bound = _bound_before(tokens, i)
    if not unit and is_age(tokens, i, value, last, first):
        unit = "years old"
    if not bound:
        last, bound = _bound_after(tokens, last)
    low, high, approximate = _bounded(value, bound)
    timed = not unit or unit in _TIME_UNITS
    counted, noun = _counted(tokens, last, first_noun=bool(unit)) if timed else ("", "")
    if not unit and is_offspring(tokens, i) and not _plural(word_at(tokens, last)):
        counted, noun = "offspring", "children"
    if not unit and not bound and value.bare and is_year(value.low):
        # "killed 2000 people" counts; "the 2000 elections", "2016 candidates" name a year.
        counts = value.low % 100 == 0 and _plural(word_at(tokens, last))
        if not counts or (i and tokens[i - 1].low in _DETERMINERS):
            return None
    if word_at(tokens, value.last + (word_at(tokens, value.last) == "-")) in _FRACTIONS:
        return None
    few = value.high < _ROUND and tokens[at].low in _ONE
    if few and not unit and not counted:
        return None
    amount = _amount(value, bound)
    return Figure(first, last, low, high, approximate, amount, unit, counted, noun)


# How a bound is written before its number.
_SHOWN = {
    "top": "up to ",
    "low": "at least ",
    "high": "at most ",
    "under": "nearly ",
    "over": "just over ",
    "near": "about ",
    "odd": "just over ",
}


_FRACTIONS = words("figures", "in_figures", "fractions")
_TIME_UNITS = words("figures", "in_figures", "time_units")


def _unit_before(tokens: list[Token], i: int) -> str:
    """The scale that a number is told on: "magnitude 5.9", "a magnitude of 5.9"."""
    k = i - 1 - (word_at(tokens, i - 1) == "of")
    return "magnitude" if word_at(tokens, k) == "magnitude" else ""


@cache
def _long_units() -> list[tuple[tuple[str, ...], str]]:
    """Units of several words, the longest first."""
    entries = [(tuple(p.split()), unit) for p, unit in table("figures")["long_units"].items()]
    return sorted(entries, key=lambda e: -len(e[0]))


def _unit_after(tokens: list[Token], k: int) -> tuple[int, str]:
    data = table("figures")
    if k >= len(tokens):
        return k, ""
    low = tokens[k].low
    ahead = tuple(t.low for t in tokens[k : k + 3])
    for words_, unit in _long_units():
        if ahead[: len(words_)] == words_:
            return k + len(words_), unit
    if is_heat(tokens[k]) and tokens[k].start == tokens[k - 1].end:
        return k + 1, f"°{tokens[k].text}"
    if low == "-" and adjacent(tokens, k):
        after = tokens[k + 1].low
        if after in data["units"]:
            if k + 3 < len(tokens) and tokens[k + 2].low == "-" and tokens[k + 3].low == "old":
                unit = data["units"][after]
                return k + 4, "years old" if unit == "year" else unit
            return k + 2, data["units"][after]
        if after in data["currencies"] and tokens[k + 1].is_word:
            return k + 2, data["currencies"][after]
        return k, ""
    if low in data["units"]:
        unit = data["units"][low]
        if unit == "year" and k + 1 < len(tokens) and tokens[k + 1].low == "old":
            return k + 2, "years old"
        return k + 1, unit
    if low == "pounds" and word_at(tokens, k + 1) == "of":
        return k + 1, "lb"  # "220 pounds of ivory"; who owes money owes £220 or 220 pounds
    if low in data["currencies"] and tokens[k].is_word:
        return k + 1, data["currencies"][low]
    return k, ""


@cache
def _bounds() -> list[tuple[tuple[str, ...], str]]:
    """Bounding phrases, the longest first."""
    entries = [(tuple(p.split()), kind) for p, kind in table("figures")["bounds"].items()]
    return sorted(entries, key=lambda e: -len(e[0]))


def _bound_before(tokens: list[Token], i: int) -> tuple[int, str]:
    end = i
    while end and tokens[end - 1].low in _BEFORE_BOUND:
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
    if bound == "odd":  # "40-odd": some above it, none below
        return low, high + granularity(value.high), True
    if bound == "over":
        return low, high + min(2 * slack, _ALMOST * high), True
    return low, high, value.approximate


def _slack(value: float) -> float:
    """How far "about" reaches: half of what the number is rounded to, fives included."""
    step = granularity(value)
    if round(value / step) % 5 == 0:
        step *= 5
    return min(step / 2, _ABOUT * value)


def _counted(tokens: list[Token], k: int, *, first_noun: bool = False) -> tuple[str, str]:
    """Return the noun a number counts: in a form to compare, and as written; or nothing.

    That is the first plural; behind a unit of time ("a three-month sentence") the first word.
    """
    stop = words("words", "function")
    heads: list[str] = []
    k += word_at(tokens, k) == "of"
    start = k
    while k < len(tokens) and k < start + 5:
        token = tokens[k]
        if token.low == "-" and adjacent(tokens, k):
            k += 1
            continue
        if not token.is_word or token.low in stop - _NO_NOUN:
            break
        if token.low in _WHEN:
            break
        if _plural(token.low):
            heads.append(token.low)
            break
        if not token.is_capital:  # "one Atlanta location" counts locations
            heads.append(token.low)
            if first_noun:
                break
        k += 1
    heads = [h for h in heads if h not in _NOT_COUNTED]
    if not heads:
        return "", ""
    plural = [h for h in heads if _plural(h)]
    written = plural[0] if plural else heads[0]
    toll: str | None = table("figures")["toll"].get(written)
    head = singular(written)
    return toll or table("figures")["same"].get(head, head), toll or written


def _plural(low: str) -> bool:
    return low in _IRREGULAR_PLURALS or (
        len(low) > 3 and low.endswith("s") and not low.endswith(_ENDS_SINGULAR)
    )


def _with_tolls(tokens: list[Token], found: list[Figure]) -> list[Figure]:
    """Say of counted people what happened to them: the nearest such word in the figure's clause.

    Of some people only ("two women killed") that is said with who they are, as others may be
    among those to whom it happened.
    """
    toll = table("figures")["toll"]
    marks = [(k, toll[t.low]) for k, t in enumerate(tokens) if t.low in toll]
    if not marks:
        return found
    people = words("figures", "people")
    out = []
    for n, figure in enumerate(found):
        if figure.unit or figure.counted not in people | _ANYBODY:
            out.append(figure)
            continue
        before = found[n - 1].last if n else 0
        after = next(
            (f.first for f in found[n + 1 :] if word_at(tokens, f.first - 1) != "including"),
            len(tokens),
        )
        near = [
            (0 if k == figure.first - 1 else abs(k - figure.last) + 3 * (k < figure.first), what)
            for k, what in marks
            if before <= k < after
        ]
        if near:
            what = min(near)[1]
            if figure.counted in _ANYBODY:
                figure = figure._replace(counted=what, noun=what)
            else:
                counted, noun = f"{what} {figure.counted}", f"{figure.noun} {what}"
                figure = figure._replace(counted=counted, noun=noun)
        out.append(figure)
    return out
