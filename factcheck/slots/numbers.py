"""Numbers in digits and in words, as intervals: "1.5 million", "twenty-three", "10 to 15"."""

from __future__ import annotations

import math
from typing import NamedTuple

from factcheck.slots.tokens import Token, table, word_at

# A number told in dozens is exact to this share of it.
_DOZEN = 0.1
_POWERS = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
_FEW = frozenset({"couple", "handful", "few", "pair"})
_DOLLARS = {"US": "USD", "A": "AUD", "C": "CAD"}


class Value(NamedTuple):
    """A number at tokens `[first, last)`."""

    low: float
    high: float
    last: int
    approximate: bool = False
    bare: bool = False  # digits without multiplier, as years are written
    rounded: float = 0.0  # exact only to this share of it


def number(value: float) -> str:
    """Write a number as news does: 12, 1.5, 43,350, 1.5 million."""
    for power, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        short = f"{value / power:.10g}"
        if abs(value) >= power and len(short) <= 5:
            return f"{short} {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def granularity(value: float) -> float:
    """Return the place of the last digit that is not zero: 43000 → 1000, 1.5e6 → 1e5."""
    if value == 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(abs(value)))
    for _ in range(15):
        if abs(value / step - round(value / step)) < 1e-9:
            return step
        step /= 10
    return step


def currency_before(tokens: list[Token], i: int) -> tuple[str, int]:
    """Return the currency whose sign stands at token `i`, and the token behind the sign."""
    currencies = table("figures")["currencies"]
    token = tokens[i]
    if token.text in _DOLLARS and adjacent(tokens, i + 1) and tokens[i + 1].text == "$":
        return _DOLLARS[token.text], i + 2
    if not token.is_word and token.low in currencies and i + 1 < len(tokens):
        return currencies[token.low], i + 1
    return "", i


def read(tokens: list[Token], i: int) -> Value | None:
    """Read the number that starts at token `i`."""
    if i >= len(tokens):
        return None
    data = table("figures")
    token = tokens[i]
    if token.is_number:
        return _digits(tokens, i)
    if token.low in data["cardinals"] or token.low in ("one", "a", "an", "half"):
        return _spelled(tokens, i)
    interval = data["vague"].get(token.low)
    if interval is None or token.low in ("few", "couple", "dozen", "pair", "handful"):
        return None
    if token.low == "scores" and not (i + 1 < len(tokens) and tokens[i + 1].low == "of"):
        return None
    last = i + 1
    low, high = interval
    # "hundreds of thousands of", "tens of thousands"
    if (
        last + 1 < len(tokens)
        and tokens[last].low == "of"
        and tokens[last + 1].low in data["vague"]
    ):
        factor = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}.get(tokens[last + 1].low)
        if factor and token.low in ("dozens", "hundreds"):
            return Value(low * factor, high * factor, last + 2, approximate=True)
    if last < len(tokens) and tokens[last].low == "of":
        last += 1
    return Value(low, high, last, approximate=True)


def _digits(tokens: list[Token], i: int) -> Value | None:
    text = tokens[i].text
    if ":" in text:
        return None
    plain = text.replace(",", "")
    if plain.count(".") > 1 or len(plain) > 15:
        return None
    try:
        value = float(plain)
    except ValueError:
        return None
    last = i + 1
    multipliers = table("figures")["multipliers"]
    bare = "," not in text and "." not in text
    k = last + 1 if adjacent(tokens, last) and tokens[last].text == "-" else last
    if k < len(tokens) and tokens[k].low in multipliers:
        short = len(tokens[k].low) <= 2
        if not short or tokens[k].start == tokens[k - 1].end or tokens[k].low in ("bn", "tn"):
            return Value(
                value * multipliers[tokens[k].low], value * multipliers[tokens[k].low], k + 1
            )
    if last < len(tokens) and tokens[last].low in ("dozen", "score") and value < 100:
        return _dozens(value * (1 if tokens[last].low == "dozen" else 20 / 12), last + 1)
    if last < len(tokens) and tokens[last].start == tokens[i].end:
        after = tokens[last]
        if after.low in ("st", "nd", "rd", "th", "am", "pm", "a.m.", "p.m."):
            return None
        if after.text in ("/", "’", "'") and last + 1 < len(tokens) and tokens[last + 1].is_number:
            return None
        if after.is_word and after.low not in table("figures")["units"]:
            return None
    if last < len(tokens) and tokens[last].low in ("am", "pm", "a.m.", "p.m.", "o'clock"):
        return None
    return Value(value, value, last, bare=bare)


def _spelled(tokens: list[Token], i: int) -> Value | None:
    """Read number words: "twenty-three", "one hundred and twelve", "a dozen", "half a million"."""
    data = table("figures")
    after = word_at(tokens, i + 1)
    if tokens[i].low == "half":
        return _half(tokens, i)
    if tokens[i].low in ("a", "an") and after not in _POWERS:
        if after == "dozen":
            return _dozens(1, i + 2)
        return _vague_pair(tokens, i, after) if after in _FEW else None
    total = current = 0.0
    k, seen, last_power = i, False, math.inf
    while k < len(tokens):
        low = tokens[k].low
        if low in ("one", "a", "an") and (low == "one" or not seen):
            current += 1
        elif low in data["cardinals"]:
            current += data["cardinals"][low]
        elif low == "hundred" and seen and current < 100:
            current = max(current, 1) * 100
        elif low in _POWERS and low != "hundred" and data["multipliers"][low] < last_power:
            last_power = data["multipliers"][low]
            total += max(current, 1) * last_power
            current = 0
        elif low == "dozen" and seen:
            return _dozens(current, k + 1)
        elif (
            low == "and"
            and seen
            and tokens[k - 1].low in data["multipliers"]
            and _is_cardinal(tokens, k + 1)
        ) or (
            low == "-"
            and seen
            and adjacent(tokens, k)
            and (
                _is_cardinal(tokens, k + 1) or tokens[k + 1].low in ("dozen", "hundred", "thousand")
            )
        ):
            k += 1
            continue
        else:
            break
        seen = True
        k += 1
    value = total + current
    return Value(value, value, k) if seen else None


def _half(tokens: list[Token], i: int) -> Value | None:
    """Read "half a million", "half-dozen"."""
    unit = word_at(tokens, i + 2)
    if word_at(tokens, i + 1) not in ("a", "-"):
        return None
    if unit in _POWERS:
        half = table("figures")["multipliers"][unit] / 2
        return Value(half, half, i + 3)
    return _dozens(0.5, i + 3) if unit == "dozen" else None


def _vague_pair(tokens: list[Token], i: int, word: str) -> Value:
    """Read "a handful of", "a couple", "a pair of"."""
    low, high = table("figures")["vague"][word]
    last = i + 2 + (word_at(tokens, i + 2) == "of")
    return Value(low, high, last, approximate=word != "pair")


def _dozens(count: float, last: int) -> Value:
    """A number told in dozens is a round one."""
    return Value(count * 12, count * 12, last, approximate=True, rounded=_DOZEN)


def _is_cardinal(tokens: list[Token], k: int) -> bool:
    return k < len(tokens) and (
        tokens[k].low in table("figures")["cardinals"] or tokens[k].low == "one"
    )


def adjacent(tokens: list[Token], k: int) -> bool:
    """Whether token `k` stands between its neighbours without a space."""
    return (
        0 < k < len(tokens) - 1
        and tokens[k].start == tokens[k - 1].end
        and tokens[k].end == tokens[k + 1].start
    )


def read_range(tokens: list[Token], value: Value, at: int) -> Value:
    """Extend a number to a range: "10 to 15", "between 10 and 15", "10-15"."""
    k = value.last
    if value.approximate or k >= len(tokens):
        return value
    before = tokens[at - 1].low if at else ""
    joint = tokens[k].low
    linked = (
        (joint == "to" and (before in ("from", "estimated", "of") or _same_look(tokens, at, k + 1)))
        or (joint == "and" and before == "between")
        or (joint == "or" and _same_look(tokens, at, k + 1))
        or (joint in "-–—" and adjacent(tokens, k))
    )
    if not linked:
        return value
    _, start = currency_before(tokens, k + 1) if k + 1 < len(tokens) else ("", k + 1)
    other = read(tokens, start)
    if other is None:
        return value
    scale = other.high / value.low if value.low else 0
    low = value.low
    # "1 to 2 million": the multiplier belongs to both.
    if (
        other.high >= 1e3 > value.low
        and scale >= 1e3
        and tokens[start].text.replace(",", "") != number(other.high)
    ):
        factor = 10 ** (3 * int(math.log10(other.high) // 3))
        low = value.low * factor
    if other.high <= low:
        return value
    return Value(low, other.high, other.last, approximate=True)


def _same_look(tokens: list[Token], a: int, b: int) -> bool:
    """Whether two numbers are written alike, so that "X to Y" is a range, not two figures."""
    if b >= len(tokens):
        return False
    return tokens[a].is_number == tokens[b].is_number and read(tokens, b) is not None
