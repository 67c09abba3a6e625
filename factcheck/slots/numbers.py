"""Numbers in digits and in words, as intervals: "1.5 million", "twenty-three", "10 to 15"."""

from __future__ import annotations

import math
from typing import NamedTuple

from factcheck.lang import listed, table, words
from factcheck.slots.tokens import Token, word_at

# A number told in dozens is exact to this share of it.
_DOZEN = 0.1
_POWERS = words("figures", "in_numbers", "powers")
# Digits between two spaces of a long number.
_GROUP = 3
_FEW = words("figures", "in_numbers", "few")
# Currencies that are written in front of their number in full: "rupees twenty lakh".
_WORDS_BEFORE = frozenset({"rupees"})
_DOLLARS = {"US": "USD", "A": "AUD", "C": "CAD"}
_AND_A_HALF = listed("figures", "in_numbers", "and_a_half")
_SPELLED = words("figures", "in_numbers", "spelled")
_VAGUE_ALONE = words("figures", "in_numbers", "vague_alone")
_NO_COUNT = words("figures", "in_numbers", "no_count")
_HOURS = words("figures", "in_numbers", "hours")
_SHORT = words("figures", "in_numbers", "short")
_ONE = words("figures", "in_numbers", "one")
_LASTING, _LONG = words("figures", "in_numbers", "lasting"), words("figures", "in_numbers", "long")
_RANGE_BEHIND = words("figures", "in_numbers", "range_behind")
_MULTIPLIED = words("figures", "in_numbers", "multiplied")


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
    if token.low in currencies and i + 1 < len(tokens):
        if not token.is_word:
            return currencies[token.low], i + 1
        # Codes and short forms: "CHF 30,000", "Rs 40 lakh", "Rs. 500".
        last = i + 1 + (tokens[i + 1].text == "." and len(token.text) < len("CHF"))
        if is_code(token) and last < len(tokens) and tokens[last].is_number:
            return currencies[token.low], last
        if token.low in _WORDS_BEFORE and read(tokens, i + 1):
            return currencies[token.low], i + 1
    return "", i


def is_code(token: Token) -> bool:
    """Whether a word is a currency's code or short form, as it stands before a number."""
    short = token.text.isupper() or token.text in ("Rs", "Ksh")
    return short and len(token.text) <= len("CHF") and token.low in table("figures")["currencies"]


def read(tokens: list[Token], i: int) -> Value | None:
    """Read the number that starts at token `i`."""
    if i >= len(tokens):
        return None
    data = table("figures")
    token = tokens[i]
    if token.is_number:
        return _digits(tokens, i)
    if token.low in data["cardinals"] or token.low in _SPELLED:
        return _spelled(tokens, i)
    interval = data["vague"].get(token.low)
    if interval is None or token.low in _VAGUE_ALONE:
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
    if token.low == "several":
        return _many(tokens, low, high, last)
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
    value, last = _parted(tokens, i, value)
    multipliers = table("figures")["multipliers"]
    bare = last == i + 1 and "," not in text and "." not in text
    k = last + 1 if adjacent(tokens, last) and tokens[last].text == "-" else last
    if k < len(tokens) and tokens[k].low in multipliers:
        short = len(tokens[k].low) <= 2
        if not short or tokens[k].start == tokens[k - 1].end or tokens[k].low in _SHORT:
            value *= multipliers[tokens[k].low]
            if word_at(tokens, k + 1) in ("crore", "crores"):  # "1.2 lakh crore"
                return Value(value * multipliers["crore"], value * multipliers["crore"], k + 2)
            return Value(value, value, k + 1)
    if last < len(tokens) and tokens[last].low in ("dozen", "score") and value < 100:
        return _dozens(value * (1 if tokens[last].low == "dozen" else 20 / 12), last + 1)
    if last < len(tokens) and tokens[last].start == tokens[i].end:
        after = tokens[last]
        if after.low in _NO_COUNT:
            return None
        if after.text in ("/", "’", "'") and last + 1 < len(tokens) and tokens[last + 1].is_number:
            return None
        if after.is_word and after.low not in table("figures")["units"] and not is_heat(after):
            return None
    if last < len(tokens) and tokens[last].low in _HOURS:
        return None
    return Value(value, value, last, bare=bare)


def _parted(tokens: list[Token], i: int, value: float) -> tuple[float, int]:
    """A number in digits with what else belongs to it, and the token behind: 12 400, 1½."""
    last = i + 1
    if tokens[i].text.isdecimal() and len(tokens[i].text) <= _GROUP and tokens[i].text[0] != "0":
        # One space each, thin or not, between groups of three digits.
        while (
            last < len(tokens)
            and tokens[last].text.isdecimal()
            and len(tokens[last].text) == _GROUP
            and tokens[last].start == tokens[last - 1].end + 1
        ):
            value = value * 1000 + float(tokens[last].text)
            last += 1
    part = table("figures")["parts"].get(word_at(tokens, last))
    if part and tokens[last].start <= tokens[last - 1].end + 1:
        return value + part, last + 1
    return value, last


def is_heat(token: Token) -> bool:
    """Whether a letter right behind a number is that of degrees: 38C."""
    return token.text in ("C", "F")


def _spelled(tokens: list[Token], i: int) -> Value | None:
    """Read number words: "twenty-three", "one hundred and twelve", "a dozen", "half a million"."""
    data = table("figures")
    after = word_at(tokens, i + 1)
    if tokens[i].low == "half":
        return _half(tokens, i)
    if _is_one_long(tokens, i, after):
        return Value(1, 1, i + 1)
    if tokens[i].low in ("a", "an") and after not in _POWERS:
        if after == "dozen":
            return _dozens(1, i + 2)
        return _vague_pair(tokens, i, after) if after in _FEW else None
    total = current = 0.0
    k, seen, last_power = i, False, math.inf
    while k < len(tokens):
        low = tokens[k].low
        if low in _ONE and (low == "one" or not seen):
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
            and (_is_cardinal(tokens, k + 1) or tokens[k + 1].low in _MULTIPLIED)
        ):
            k += 1
            continue
        else:
            break
        seen = True
        k += 1
    if not seen:
        return None
    return _pointed(tokens, total + current, k) or _and_a_half(tokens, total + current, k)


def _is_one_long(tokens: list[Token], i: int, unit: str) -> bool:
    """Whether "a" is one of a unit that something lasted: "for an hour", "within a fortnight"."""
    if tokens[i].low not in ("a", "an"):
        return False
    if word_at(tokens, i + 2) == "and":
        lasting = is_and_a_half(tokens, i + 2)
    else:
        lasting = word_at(tokens, i - 1) in _LASTING
    return lasting and table("figures")["units"].get(unit) in _LONG


def _pointed(tokens: list[Token], whole: float, k: int) -> Value | None:
    """A number in words with its decimals: "eight point six million", "one point oh five"."""
    figures, last = "", k + 1
    while word_at(tokens, k) == "point" and (digit := _digit(word_at(tokens, last))):
        figures, last = figures + digit, last + 1
    if not figures:
        return None
    power = (
        table("figures")["multipliers"][word_at(tokens, last)]
        if (word_at(tokens, last) in _POWERS)
        else 1
    )
    value = round((whole + float(f"0.{figures}")) * power, 6)
    return Value(value, value, last + (power > 1))


def _digit(low: str) -> str:
    """The digit that a word names; empty for any other word."""
    value = {"one": 1, "oh": 0}.get(low, table("figures")["cardinals"].get(low, 10))
    return str(value) if value < 10 else ""


def is_and_a_half(tokens: list[Token], k: int) -> bool:
    """Whether "and a half" begins at token `k`."""
    return tuple(t.low for t in tokens[k : k + 3]) == _AND_A_HALF


def _and_a_half(tokens: list[Token], value: float, k: int) -> Value:
    """A number in words with its half: "one and a half million", "a million and a half"."""
    multipliers = table("figures")["multipliers"]
    if not is_and_a_half(tokens, k):
        return Value(value, value, k)
    if tokens[k - 1].low in multipliers:
        value += multipliers[tokens[k - 1].low] / 2
        return Value(value, value, k + 3)
    power = multipliers[word_at(tokens, k + 3)] if word_at(tokens, k + 3) in _POWERS else 1
    value = (value + 0.5) * power
    return Value(value, value, k + 3 + (power > 1))


def _half(tokens: list[Token], i: int) -> Value | None:
    """Read "half a million", "half-dozen", "half an hour"."""
    unit = word_at(tokens, i + 2)
    if word_at(tokens, i + 1) in _ONE and unit in table("figures")["units"]:
        return Value(0.5, 0.5, i + 2)
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
    return _many(tokens, low, high, last)._replace(approximate=word != "pair")


def _many(tokens: list[Token], low: float, high: float, last: int) -> Value:
    """A vague number of dozens, hundreds, thousands: "a couple of hundred", "several dozen"."""
    power = word_at(tokens, last)
    times = 12 if power == "dozen" else table("figures")["multipliers"].get(power, 1)
    if times == 1 or (len(power) < len("lakh")):
        return Value(low, high, last, approximate=True)
    # "A couple of hundred" may be 150, "a few thousand" 1,600.
    return Value((low - 0.5) * times, (high + 0.5) * times, last + 1, approximate=True)


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
        (joint == "to" and (before in _RANGE_BEHIND or _same_look(tokens, at, k + 1)))
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
