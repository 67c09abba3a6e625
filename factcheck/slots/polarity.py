"""Polarity and certainty: what is denied, and how sure the statement is.

Negation has a scope: from its word to the end of the clause. A double negation cancels
("did not deny"), and "not only" is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from factcheck.lang import table, words
from factcheck.records import Slot
from factcheck.slots.stretch import Stretch
from factcheck.slots.tokens import Token, content

# Words that a negation reaches at most, and words of it that say what it is about.
_REACH, _ABOUT = 25, 3
# A weak word that in capitals is a month.
_MONTH = frozenset({"may"})
_STOPS = frozenset('.,;:!?()—–"“”')


class Negation(NamedTuple):
    """A negating word at token `at`, turning round tokens `[at + 1, end)`."""

    at: int
    end: int


def negations(tokens: list[Token], *, hindered: bool = False) -> list[Negation]:
    """Find what turns statements round, and how far each reaches.

    With `hindered`, verbs like "prevent" count too.
    """
    negators = words("polarity", "negators")
    reversers = words("polarity", "reversers")
    if hindered:
        reversers |= words("polarity", "hinderers")
    phrases = table("polarity")["phrases"]
    found = []
    for k, token in enumerate(tokens):
        low = token.low
        if low not in negators and low not in reversers and not low.endswith("n't"):
            continue
        after = tokens[k + 1].low if k + 1 < len(tokens) else ""
        if after in phrases.get(low, "").split():
            continue
        if low in ("rule", "ruled") and after != "out":
            continue
        if low == "no" and after in (".", ",", ""):
            continue
        found.append(Negation(k, _scope(tokens, k + 1)))
    return found


def is_weak(tokens: Iterable[Token]) -> bool:
    """Whether words leave open if something is meant: "may", but not the month."""
    weak = words("polarity", "weak")
    return any(t.low in weak and not (t.is_capital and t.low in _MONTH) for t in tokens)


def _scope(tokens: list[Token], k: int) -> int:
    breaks = words("polarity", "breaks")
    start = k
    while k < min(len(tokens), start + _REACH):
        low = tokens[k].low
        if low in _STOPS or (low in breaks and k > start):
            return k
        k += 1
    return k


def turned(tokens: list[Token]) -> list[bool]:
    """Say of each token whether an odd number of negations reaches it."""
    flags = [False] * len(tokens)
    for negation in negations(tokens, hindered=True):
        for k in range(negation.at + 1, negation.end):
            flags[k] = not flags[k]
    return flags


def details(stretch: Stretch) -> list[Slot]:
    """The negations and marks of certainty of one sentence."""
    return slots(stretch.tokens, stretch.text)


def slots(tokens: list[Token], text: str) -> list[Slot]:
    """Return negations and marks of certainty of one sentence as slots."""
    out = []
    for negation in negations(tokens):
        token = tokens[negation.at]
        about = content(tokens[negation.at + 1 : negation.end])[:_ABOUT]
        out.append(
            Slot(
                slot="polarity",
                value="denied",
                text=token.text,
                span=(token.start, token.end),
                about=" ".join(t.low for t in about),
            )
        )
    out += [
        Slot(slot="certainty", value=kind, text=t.text, span=(t.start, t.end))
        for t in tokens
        if (kind := _certainty().get(t.low)) is not None and t.text != "May"
    ]
    return out


@cache
def _certainty() -> dict[str, str]:
    """Words that tell how sure a statement is, each with its kind."""
    kinds = table("polarity")["certainty"]
    return {word: kind for kind in reversed(kinds) for word in kinds[kind].split()}
