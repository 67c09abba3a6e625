"""Why tellings depend on each other or not, each reason told once for all whom it holds for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# Of more outlets than these only the first are named.
_MOST_NAMED = 6


class Reason(NamedTuple):
    """Words that hold of some outlets ("print one text"), or of none and stand for themselves.

    `of_one` are the words for a single outlet ("names no source"). `mutual`: what the outlets are
    to each other, so that it joins with reasons of the same words only where they share an outlet.
    """

    words: str
    outlets: tuple[str, ...] = ()
    of_one: str = ""
    mutual: bool = False

    def __str__(self) -> str:
        if not self.outlets:
            return self.words
        words = self.of_one if self.of_one and len(self.outlets) == 1 else self.words
        return f"{_listed(self.outlets)} {words}"

    def joins(self, other: Reason) -> bool:
        """Whether both can be told as one."""
        apart = self.mutual and set(self.outlets).isdisjoint(other.outlets)
        return self.words == other.words and not apart


def both(one: str, other: str, words: str) -> Reason:
    """What two outlets are to each other."""
    return Reason(words, (one, other), mutual=True)


def in_words(reasons: Iterable[Reason]) -> list[str]:
    """Return reasons in words, those of the same words once, in the order of their first."""
    found: list[Reason] = []
    for reason in dict.fromkeys(reasons):
        same = [n for n, other in enumerate(found) if other.joins(reason)]
        outlets = {*reason.outlets, *(outlet for n in same for outlet in found[n].outlets)}
        joined = reason._replace(outlets=tuple(sorted(outlets)))
        for n in reversed(same[1:]):
            del found[n]
        if same:
            found[same[0]] = joined
        else:
            found.append(joined)
    return [str(reason) for reason in found]


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[: _MOST_NAMED - 1])} and {len(names) - _MOST_NAMED + 1} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
