"""Names of things that are called like papers: the ferry Evening Star is no outlet."""

from __future__ import annotations

import re
from functools import cache

from factcheck.lang import listed

# An article that opens a sentence is no name, nor a part of one.
_NAME = r"(?!(?:The|An?) )[A-Z][\w’'-]*(?: (?:(?:of|and) (?:the )?)?[A-Z][\w’'-]*){0,4}"


def named_things(text: str) -> frozenset[str]:
    """The names that a text says are a ship's, a pub's, a horse's, without "the"; linear in it.

    "The ferry X", "aboard the X", "X, a car ferry", "the X pub".
    """
    before, behind = _patterns()
    found = (match[1] for pattern in (before, behind) for match in pattern.finditer(text))
    return frozenset(re.sub(r"['’]s$", "", name) for name in found)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(listed("things", "bearers"))
    return (
        re.compile(rf"\b(?:{words}|aboard)(?:,? the|,)? [«\"“‘'(*_]?({_NAME})"),
        re.compile(
            rf"(?<![\w’'-])({_NAME})[»\"”'’)*_]?(?:,? (?:an?|the) (?:[\w’-]+ ){{0,3}}?| )"
            rf"(?:{words})\b"
        ),
    )
