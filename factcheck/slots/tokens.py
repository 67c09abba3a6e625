"""Words of a stretch of text with their offsets, and the small word lists all slots share."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from factcheck.attribution.lexicon import fold

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\S"
)


class Token(NamedTuple):
    """One word, number or sign. `low` is its lower-case form with straight apostrophes."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        """Whether it starts with a letter."""
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it starts with a digit."""
        return self.text[0].isdigit()

    @property
    def is_capital(self) -> bool:
        """Whether it starts with an upper-case letter."""
        return self.text[0].isupper()


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split `text[start:end]` into tokens; offsets are code points of `text`."""
    stop = len(text) if end is None else end
    return [
        Token(m.start(), m.end(), m[0], m[0].lower().replace("’", "'"))
        for m in _TOKEN.finditer(text, start, stop)
    ]


@cache
def table(name: str) -> dict[str, Any]:
    """Load the word list `factcheck/data/slots/<name>.toml` once."""
    path = resources.files("factcheck") / "data" / "slots" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """Return the words under `keys` of the list `name`."""
    value: Any = table(name)
    for key in keys:
        value = value[key]
    return frozenset(value.split() if isinstance(value, str) else value)


@lru_cache(maxsize=1 << 15)
def folded(text: str) -> str:
    """Return `fold(text)`; names recur, and folding them takes time."""
    return fold(text)


def possessor(low: str) -> str:
    """Strip a possessive ending: "minister's" → "minister", "countries'" → "countries"."""
    return low[:-2] if low.endswith("'s") else low.removesuffix("'")


@cache
def singular(word: str) -> str:
    """Return the singular of a noun: "bodies" → "body", "women" → "woman"."""
    irregular: str | None = table("words")["plurals"].get(word)
    if irregular:
        return irregular
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def stem(word: str) -> str:
    """Fold the commonest endings of an English word, so that forms of one word compare equal.

    Deliberately coarse: it only serves to ask whether two short texts talk of the same thing.
    """
    word = possessor(word)
    word = table("words")["irregular"].get(word, word)
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _plain(word[: -len(ending)])
    for ending in ("ed", "es", "s", "ly", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _plain(word[: -len(ending)])
    return word


def _plain(root: str) -> str:
    """Fold what an ending leaves behind: "stopp" → "stop", "carri" → "carr", "us" → "us"."""
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls":
        root = root[:-1]
    return root.rstrip("eiy") if len(root) > 3 else root


@cache
def stems(name: str, *keys: str) -> frozenset[str]:
    """Return the stems of the words under `keys` of the list `name`."""
    return frozenset(map(stem, words(name, *keys)))


def content(tokens: list[Token]) -> list[Token]:
    """Keep the words that carry meaning: no function words, no signs."""
    empty = words("words", "function")
    return [t for t in tokens if (t.is_word or t.is_number) and possessor(t.low) not in empty]


def word_at(tokens: list[Token], k: int) -> str:
    """Return the lower-case form of token `k`; empty outside the list."""
    return tokens[k].low if 0 <= k < len(tokens) else ""
