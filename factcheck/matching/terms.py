"""Words of a claim as comparable terms: folded, lightly stemmed, numbers in one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from factcheck import lang

# A number with its separators, an initialism with its points, or a word with its apostrophes.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:\.[^\W\d_])+\.?|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# "One" is none of them: it is a pronoun far more often than a count.
_NUMBER_WORDS = {word: str(value) for word, value in lang.table("figures")["cardinals"].items()}
_VOWELS = frozenset("aeiouy")
NEGATIONS = lang.words("matching", "terms", "negations")
_INFLECTED = lang.listed("words", "common", "inflected")
_PLURAL_IN_ES = lang.listed("matching", "terms", "plural_in_es")
_ENDS_SINGULAR = lang.listed("words", "in_tokens", "ends_singular")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The lower-case word without inflection, so that told/telling variants meet.

    Much lighter than Porter's: plural, past, participle and adverb endings, and the
    British -ise. A stem is a key for comparison, never shown.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(_PLURAL_IN_ES):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(_ENDS_SINGULAR):
        word = word[:-1]
    for suffix in _INFLECTED:
        root = word[: -len(suffix)]
        if word.endswith(suffix) and len(root) > 2 and not _VOWELS.isdisjoint(root):
            word = root
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    word = word.replace("isation", "ization")
    if word.endswith(("ise", "yse")) and len(word) > 5:
        word = word[:-2] + "ze"
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return "i".join((word[:-1], "")) if word.endswith("y") and len(word) > 3 else word


def fold(text: str) -> str:
    """Lower case without accents: "Erdoğan" and "Erdogan" are one word."""
    if text.isascii():
        return text.lower()
    text = text.replace("ı", "i").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=1 << 16)
def term(token: str) -> str:
    """The comparable form of one token of `tokens`."""
    word = fold(token)
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    word = _POSSESSIVE.sub("", word)
    if "." in word:
        return word.replace(".", "") + "."
    if word.endswith("n't"):
        return "not"
    return _NUMBER_WORDS.get(word) or stem(word)


def tokens(text: str) -> list[str]:
    """The words and numbers of `text` as written, in order."""
    return _TOKEN.findall(text)


def placed_tokens(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words and numbers of `text[start:end]` with their offsets in `text`."""
    return [(match.start(), match.group()) for match in _TOKEN.finditer(text, start, end)]


def is_number(token: str) -> bool:
    """Whether a term is a figure."""
    return token[0].isdigit()
