"""What a number is when it counts nothing: a year, a label, an age, a ratio, a score."""

from __future__ import annotations

from factcheck.lang import table, words
from factcheck.slots.numbers import Value, adjacent, read
from factcheck.slots.tokens import Token, content, word_at

_DASHES = ("-", "–")
_NAME_BEFORE = words("figures", "in_bare", "name_before")
# What closes an apposition that is somebody's age ("Scott, 43, a father", "Reid, 20 and …").
_AFTER_AGE = frozenset({",", "—", "–", "―", "-", ")", "."})
_OLDEST = 120
# Up to here "at 9" may be an hour.
_HOURS = 24
# "She was 67 when", but not "the high in Reed was 67".
_IS = words("figures", "in_bare", "is")
_BEHIND_AGE = words("figures", "in_bare", "behind_age")
_BEHIND_TURNED = words("figures", "in_bare", "behind_turned")
_WHO, _DIED = words("figures", "in_bare", "who"), words("figures", "in_bare", "died")
_PLACED = words("figures", "in_bare", "placed")
_WHOLES = (3, 4, 5, 6, 10, 20, 100, 1000)
# "Lopez Jr., 49,": what may stand between a name and the comma.
_NAME_ENDS = words("figures", "in_bare", "name_ends")
_AGED = words("figures", "in_bare", "aged")


def is_year(value: float) -> bool:
    """Whether a number can be a year of the common era that news tells of."""
    years = table("figures")["years"]
    return bool(value == int(value) and years["first"] <= value <= years["last"])


def is_age(tokens: list[Token], i: int, value: Value, last: int, first: int) -> bool:
    """Whether a number is somebody's age: "age 61", "aged 16 and 13", "Scott, 43,", "a man, 40,".

    `value` is the number at token `i`, `last` the index behind it, `first` that of its bound.
    """
    if value.low > _OLDEST:
        return False
    back = i - 2 if word_at(tokens, i - 1) == "and" and tokens[i - 2].is_number else first
    if word_at(tokens, back - 1) == "of" and not (
        last < len(tokens) and content(tokens[last:][:1])
    ):
        back -= 1  # "at the age of 84"
    if word_at(tokens, back - 1) in _AGED or _is_told_age(tokens, i, value, last):
        return True
    if value.low > _HOURS and _is_reached(tokens, i, value, last):
        return True
    k = i - 2
    while k > 0 and tokens[k].low in _NAME_ENDS:
        k -= 1
    return (
        i > 1
        and tokens[i].is_number
        and value.bare
        and tokens[i - 1].text == ","
        and (tokens[k].is_capital or tokens[k].low in words("figures", "people"))
        and (word_at(tokens, last) in _AFTER_AGE or _name_follows(tokens, last))
    )


def _is_told_age(tokens: list[Token], i: int, value: Value, last: int) -> bool:
    """Whether somebody is said to be so many: "Ann Reed was 67.", "who is 38,", "the boy was nine".

    In words only of whom no name is told: "Reed was one" of several.
    """
    before = word_at(tokens, i - 1)
    if before not in _IS or i < 2 or value.low != value.high or value.last != last:
        return False
    closes = last == len(tokens) or word_at(tokens, last) in _AFTER_AGE | _BEHIND_AGE
    if not closes and not (before == "turned" and word_at(tokens, last) in _BEHIND_TURNED):
        return False
    who, named = tokens[i - 2], word_at(tokens, i - 3) not in _PLACED
    people = words("figures", "people")
    if who.is_capital and any(
        t.low in people and word_at(tokens, k + 1) == "who" for k, t in enumerate(tokens[:i])
    ):
        return True  # "the boy who drowned on Wednesday was 9"
    if who.low in _WHO | people:
        return value.bare or value.low > 1
    return value.bare and who.is_capital and who.is_word and named


def _is_reached(tokens: list[Token], i: int, value: Value, last: int) -> bool:
    """Whether somebody does something at so many years: "At 91, Ann Reed …", "she died at 84"."""
    if word_at(tokens, i - 1) != "at" or not value.bare:
        return False
    ahead, after = word_at(tokens, i - 2), word_at(tokens, last)
    if ahead in _DIED:
        return last == len(tokens) or after in _AFTER_AGE | _BEHIND_AGE | _BEHIND_TURNED
    opens = i == 1 or ahead == ","
    behind = tokens[last + 1 : last + 3]
    named = len(behind) > 1 and all(t.is_capital and t.is_word for t in behind)
    return opens and after == "," and (named or word_at(tokens, last + 1) in _WHO)


def _name_follows(tokens: list[Token], last: int) -> bool:
    return word_at(tokens, last) == "and" and last + 1 < len(tokens) and tokens[last + 1].is_capital


def is_offspring(tokens: list[Token], i: int) -> bool:
    """Whether a number counts somebody's children: "a mother of 12"."""
    return word_at(tokens, i - 1) == "of" and word_at(tokens, i - 2) in words("figures", "parents")


def ratio_end(tokens: list[Token], i: int) -> int:
    """The index behind a share of a few ("8 in 10", "one in five") that starts at `i`, else `i`."""
    part = read(tokens, i)
    if part is None or word_at(tokens, part.last) != "in":
        return i
    whole = read(tokens, part.last + 1)
    if whole is None or whole.low not in _WHOLES or part.high >= whole.low:
        return i
    timed = word_at(tokens, whole.last) in table("figures")["units"]  # "killed two in three days"
    return i if timed else whole.last


# No score has more; Python itself refuses to read a number of thousands.
_SCORE_DIGITS = 6


def score_end(tokens: list[Token], i: int) -> int:
    """The index behind a score or a record ("31-24", "45-7-2") that starts at token `i`, else `i`.

    The first number of a range is the lower one, that of a score the higher one or as high.
    """
    k, sides = i, [tokens[i].text]
    while (
        word_at(tokens, k + 1) in _DASHES
        and adjacent(tokens, k + 1)
        and tokens[k].text.isdecimal()
        and tokens[k + 2].text.isdecimal()
    ):
        k += 2
        sides.append(tokens[k].text)
    if max(map(len, sides)) > _SCORE_DIGITS:
        return i
    is_score = len(sides) > 2 or (len(sides) == 2 and int(sides[0]) >= int(sides[1]))
    return k + 1 if is_score else i


def is_label(tokens: list[Token], i: int, value: Value) -> bool:
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
    return tokens[i].is_number and value.bare and before.low in _NAME_BEFORE


def follows_name(tokens: list[Token], i: int, value: Value) -> bool:
    """Whether a number in digits stands behind a capitalised word inside a sentence."""
    if i < 2 or not tokens[i].is_number or not value.bare:
        return False
    before = tokens[i - 1]
    return before.is_capital and before.is_word and not before.low.startswith(("the", "another"))
