"""The pronouns of English, by whom they can mean."""

from __future__ import annotations

import re

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
THING = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "themselves"))
FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
PRONOUNS = MALE | FEMALE | THING | PLURAL | FIRST | RELATIVE
_DRAWN = re.compile(r"['’](?:d|m|ll|s|ve|re)$")


def undrawn(word: str) -> str:
    """A word, in lower case, without the verb that is drawn together with it: "she'd", "I've"."""
    return _DRAWN.sub("", word)
