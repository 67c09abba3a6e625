"""Words of a stretch of text with their offsets, and the small word lists all slots share."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from factcheck.attribution.lexicon import fold
from factcheck.lang import listed, table, words

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
    if word.endswith(listed("words", "in_tokens", "plural_in_es")):
        return word[:-2]
    if (
        word.endswith("s")
        and len(word) > 3
        and not word.endswith(listed("words", "in_tokens", "ends_singular"))
    ):
        return word[:-1]
    return word


@cache
def stem(word: str) -> str:
    """Fold the commonest endings of an English word, so that forms of one word compare equal.

    Deliberately coarse: it only serves to ask whether two short texts talk of the same thing.
    """
    word = possessor(word)
    word = table("words")["irregular"].get(word, word)
    for ending in listed("words", "in_tokens", "long_endings"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _plain(word[: -len(ending)])
    for ending in listed("words", "in_tokens", "short_endings"):
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
