"""A word in one telling, and its opposite at the same place of the other.

"The court upheld the ban", "the court overturned the ban". Where all else that the two say is alike
nothing has to be weighed; of opposites that stand farther apart nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from factcheck.divergence.figures import of_other_times
from factcheck.divergence.views import Conflict, View, alike, outside
from factcheck.lang import table, words
from factcheck.records import DivergenceSlot, Span
from factcheck.slots.polarity import is_weak, negations
from factcheck.slots.tokens import Token, content, stem

# Words with meaning that two tellings have in common at least, of which one is in passive.
_LEAST = 3


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find the one pair of opposites in which two claims differ that else say the same.

    Two such pairs cancel out, a negation turns one round, and what is only planned or possible may
    come either way: of these nothing is told. Nor is it where both tell a time, and not the same.
    """
    found = list(pairs(a, b))
    if len(found) != 1 or of_other_times(a, b):
        return []
    if _negative(a, found[0][0]) != _negative(b, found[0][1]) or not _of_one(a, b, found[0]):
        return []
    one, other = (outside(view, span) for view, span in zip((a, b), found[0], strict=True))
    if is_weak((*one, *other)) or not (alike(one, other) or _in_passive(one, other)):
        return []
    return [_conflict(a, b, found[0])]


def _in_passive(one: list[Token], other: list[Token]) -> bool:
    """Whether two runs of words mean the same things, and one alone tells by whom: in passive."""
    left, right = ({stem(t.low) for t in content(tokens)} for tokens in (one, other))
    passive = [any(t.low == "by" for t in tokens) for tokens in (one, other)]
    return left == right and len(left) >= _LEAST and passive[0] != passive[1]


def of_two_acts(a: View, b: View) -> bool:
    """Whether one tells of what is the opposite of what the other tells of: opened, closed."""
    beside = words("polarity", "sides") | words("polarity", "order")
    return any(a.article.text[s:e].lower() not in beside for (s, e), _ in pairs(a, b))


def _of_one(a: View, b: View, spans: tuple[Span, Span]) -> bool:
    """Whether what is told before an opposite in one claim is told in the other at all.

    Rents that rose and house prices that fell are two things.
    """
    before = [
        {stem(t.low) for t in content(view.tokens) if t.end <= span[0]} - view.names
        for view, span in zip((a, b), spans, strict=True)
    ]
    return not all(before) or bool(before[0] & b.stems or before[1] & a.stems)


def pairs(a: View, b: View) -> Iterator[tuple[Span, Span]]:
    """The spans of words and phrases of one claim whose opposites stand in the other alone."""
    left, right = a.phrases, b.phrases
    for key in left.keys() - right.keys():
        for against in sorted(opposed().get(key, frozenset()) & (right.keys() - left.keys())):
            yield left[key], right[against]


def _conflict(a: View, b: View, spans: tuple[Span, Span]) -> Conflict:
    """The conflict of two opposites at `spans` of two claims."""
    one, other = (view.article.text[s:e] for view, (s, e) in zip((a, b), spans, strict=True))
    reason = f"one telling has “{one}” where the other has “{other}”"
    where = {one.lower(), other.lower()} <= words("polarity", "sides")
    slot: DivergenceSlot = "place" if where else "polarity"
    return Conflict(slot, reason, (one.lower(), other.lower()), spans)


@cache
def opposed() -> dict[str, frozenset[str]]:
    """The stems of words and phrases ("turn_down") with those of their opposites."""
    found: dict[str, set[str]] = {}
    for row in table("polarity")["opposites"]:
        for one, other in product(row["one"].split(), row["other"].split()):
            found.setdefault(_key(one), set()).add(_key(other))
            found.setdefault(_key(other), set()).add(_key(one))
    return {key: frozenset(value) for key, value in found.items()}


def _key(word: str) -> str:
    verb, *particle = word.split("_")
    return "_".join([stem(verb), *particle])


def _negative(view: View, opposite: Span) -> bool:
    """Whether a claim is turned round by more than the opposite itself ("denied", "opposes")."""
    found = [n.at for n in negations(view.tokens, hindered=True)]
    return sum(not opposite[0] <= view.tokens[at].start < opposite[1] for at in found) % 2 == 1
