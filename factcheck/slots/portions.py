"""None of a number, some of it, all of it, and sums of people.

"No one was killed", "five of the 40 passengers", "two women and a man".

"No" is a figure where it counts who came to harm, since "12 were killed" contradicts it. What is
told of a whole is compared with what is told of the same whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from factcheck.lang import table, words
from factcheck.slots.numbers import number
from factcheck.slots.tokens import Token, singular, word_at

_NOBODY = frozenset({"nobody", "none"})
_ONLY = frozenset({"single", "solitary"})
_ALL = words("figures", "in_portions", "all")
_THOSE = words("figures", "in_portions", "those")
# So many words at most stand between "no" and what it counts: "no serious injuries".
_BETWEEN = 2
_FURTHER = words("figures", "in_portions", "further")


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


def nothing(tokens: list[Token], i: int) -> Figure | None:
    """The figure 0 at token `i`, where a word for it counts people or what befell them."""
    low = tokens[i].low
    if low in _NOBODY:
        return _zero(i, i + 1, "", "people") if word_at(tokens, i + 1) != "else" else None
    if low == "without":
        return _befallen(tokens, i, i + 1 + (word_at(tokens, i + 1) == "any"))
    if low == "not" and word_at(tokens, i + 1) in ("a", "one") and word_at(tokens, i + 2) in _ONLY:
        return _befallen(tokens, i, i + 3, one=True)
    if low != "no":
        return None
    if word_at(tokens, i + 1) in ("one", "body"):
        return _zero(i, i + 2, "", "people") if word_at(tokens, i + 2) != "else" else None
    return _befallen(tokens, i, i + 1)


def _befallen(tokens: list[Token], i: int, start: int, *, one: bool = False) -> Figure | None:
    """The figure 0 from token `i` on, where people or harm are counted at `start`, or soon behind.

    `one` of them is told of: "not a single passenger".
    """
    toll, people = table("figures")["toll"], words("figures", "people")
    for k in range(start, min(len(tokens), start + 1 + _BETWEEN)):
        word = tokens[k].low
        if not tokens[k].is_word or word in _FURTHER:
            return None
        if word in toll and word.endswith("s"):
            return _zero(i, k + 1, toll[word], toll[word])
        if word in words("figures", "befallen"):
            return _zero(i, k + 1, singular(word), word)
        if singular(word) in people and (one or singular(word) != word):
            return _zero(i, k + 1, singular(word), word)
    return None


def _zero(first: int, last: int, counted: str, noun: str) -> Figure:
    return Figure(first, last, 0.0, 0.0, False, "0", "", counted or "person", noun)


def portions(tokens: list[Token], found: list[Figure]) -> list[Figure]:
    """Say of "five of the 40 passengers" and "all 40 passengers" what they are of."""
    out: list[Figure] = []
    for n, figure in enumerate(found):
        whole = found[n + 1] if n + 1 < len(found) else None
        if whole is not None and _is_of(tokens, figure, whole):
            counted = figure._replace(counted=whole.counted, noun=whole.noun)
            out.append(counted._replace(unit=_unit(whole)))
            continue
        out.append(figure)
        before = figure.first - 1 - (word_at(tokens, figure.first - 1) in (*_THOSE, "of"))
        plain = not figure.unit and figure.low == figure.high and figure.counted
        if plain and word_at(tokens, before) in _ALL and figure.low > 1:
            out.append(figure._replace(first=before, unit=_unit(figure)))
    return out


def _is_of(tokens: list[Token], part: Figure, whole: Figure) -> bool:
    """Whether a figure is told of the next: "five | of the | 40 passengers"."""
    at = part.last
    # "None of", "five passengers of": the noun may be in either place.
    if word_at(tokens, at) != "of":
        at += 1
    if word_at(tokens, at) != "of" or part.unit or whole.unit or not whole.counted:
        return False
    at += 1 + (word_at(tokens, at + 1) in _THOSE)
    return at == whole.first and whole.low == whole.high and part.low <= whole.low


def _unit(whole: Figure) -> str:
    return f"of {number(whole.low)}"


def together(tokens: list[Token], found: list[Figure]) -> list[Figure]:
    """Add up people who are counted side by side: "two women, a man and a child"."""
    at = {figure.first: figure for figure in found}
    out: list[Figure] = []
    k = 0
    while k < len(tokens):
        total, last, parts = 0.0, k, 0
        while (part := _people(tokens, last, at)) is not None:
            total, end, parts = total + part[0], part[1], parts + 1
            joint = word_at(tokens, end)
            joint_end = end + 1 + (joint == "," and word_at(tokens, end + 1) == "and")
            if joint not in ("and", ",") or _people(tokens, joint_end, at) is None:
                last = end
                break
            last = joint_end
        figure = at.get(k)
        counted = any(k <= first < last for first in at)
        if parts > 1 and counted and any(t.low == "and" for t in tokens[k:last]):
            # It ends with its last number, or with the one of whom there is one alone.
            alone = word_at(tokens, last - 2) in _ONE
            end = last if alone else max(f.last for f in found if k <= f.first < last)
            out.append(Figure(k, end, total, total, False, number(total), "", "person", "people"))
            k = last
            continue
        if figure:
            out.append(figure)
        k += 1
    return out


_ONE = frozenset({"a", "an"})


def _people(tokens: list[Token], k: int, at: Mapping[int, Figure]) -> tuple[float, int] | None:
    """How many people are counted from token `k` on ("two women", "a man"), and where it ends."""
    people = words("figures", "people")
    figure = at.get(k)
    if figure is None:
        one = word_at(tokens, k) in _ONE and word_at(tokens, k + 1) in people
        return (1, k + 2) if one else None
    exact = figure.low == figure.high and not figure.unit
    if not exact or singular(word_at(tokens, figure.last)) not in people:
        return None
    return figure.low, figure.last + 1
