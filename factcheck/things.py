"""Names of things that are called like papers: the ferry Evening Star is no outlet."""

from __future__ import annotations

import re
from functools import cache

from factcheck.lang import listed
from factcheck.outlets import lookup

# An article that opens a sentence is no name, nor a part of one.
_NAME = r"(?!(?:The|An?) )[A-Z][\w’'-]*(?: (?:(?:of|and) (?:the )?)?[A-Z][\w’'-]*){0,4}"

# "American Academy of Pediatrics (AAP)".
_SHORT = re.compile(r"((?:[A-Z][\w’'-]* (?:(?:for|of|and|the) ){0,2}){2,7})\(([A-Z]{2,6})\)")


def named_things(text: str) -> frozenset[str]:
    """The names that a text says are a ship's, a pub's, a horse's, without "the", and the initials
    of an agency that it says are another body's; linear in it.

    "The ferry X", "aboard the X", "X, a car ferry", "the X pub", "X is the last pub".
    """
    before, behind = _patterns()
    found = (match[1] for pattern in (before, behind) for match in pattern.finditer(text))
    names = {re.sub(r"['’]s$", "", name) for name in found}
    return frozenset(names.union(match[2] for match in _SHORT.finditer(text) if _of_another(match)))


def _of_another(match: re.Match[str]) -> bool:
    """Whether initials that are an agency's are said to be those of another body."""
    name, short = match[1].strip(), match[2]
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    known = lookup(short)
    return known is not None and initials.endswith(short) and lookup(name) != known


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(listed("things", "bearers"))
    return (
        # "The ferry, Captain Ann Cole told us, …": a name in apposition ends with a sign.
        re.compile(
            rf"\b(?:{words}|aboard)(?:,? the|,(?= [«\"“‘'(*_]?{_NAME}[»\"”'’)*_]?[,.;:)]))? "
            rf"[«\"“‘'(*_]?({_NAME})"
        ),
        re.compile(
            rf"(?<![\w’'-])({_NAME})[»\"”'’)*_]?(?:(?:,?| is| was) (?:an?|the) "
            rf"(?:[\w’-]+ ){{0,3}}?| )(?:{words})\b"
        ),
    )
