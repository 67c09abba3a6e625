"""Words that tell speech apart by the way it is written, read once from `factcheck/data`."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from factcheck import lang

_WORD = re.compile(r"[^\W\d_]+")
_OPENING = lang.words("attribution", "speech", "opening")
_LONGEST_WISH = 12
_FURTHER = lang.words("attribution", "speech", "further")
_NAMES = lang.words("attribution", "speech", "names")


@lru_cache(maxsize=1)
def speech() -> dict[str, frozenset[str]]:
    """The lists by their names, in lower case."""
    text = (files("factcheck") / "data" / "speech.json").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in json.loads(text).items()}


def untold(phrase: str, *, whole: bool = False) -> bool:
    """Whether a phrase tells that somebody is not to be named; `whole`: and nothing else."""
    words = [word.lower() for word in _WORD.findall(phrase)]
    if words[:1] == ["that"]:
        words = words[1:]
    at = next((n for n, word in enumerate(words) if word in speech()["untold"]), None)
    if at is None:
        return False
    if not whole:
        return True
    further = words[at + 1 : at + 2]
    if words[at] in _NAMES:
        return words[0] in _OPENING and len(words) <= _LONGEST_WISH
    return (
        words[0] in _OPENING and at < _LONGEST_WISH // 2 and (not further or further[0] in _FURTHER)
    )
