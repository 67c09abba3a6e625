"""The pronouns of English, by whom they can mean."""

from __future__ import annotations

import re

from factcheck import lang

MALE = lang.words("attribution", "pronouns", "male")
FEMALE = lang.words("attribution", "pronouns", "female")
THING = lang.words("attribution", "pronouns", "thing")
PLURAL = lang.words("attribution", "pronouns", "plural")
FIRST = lang.words("attribution", "pronouns", "first")
RELATIVE = lang.words("attribution", "pronouns", "relative")
PRONOUNS = MALE | FEMALE | THING | PLURAL | FIRST | RELATIVE
_DRAWN = re.compile(r"['’](?:d|m|ll|s|ve|re)$")


def undrawn(word: str) -> str:
    """A word, in lower case, without the verb that is drawn together with it: "she'd", "I've"."""
    return _DRAWN.sub("", word)
