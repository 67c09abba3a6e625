"""How well the words of a claim are understood without their article."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.grammar import Token, is_clause, is_open, subject, table, tokens
from factcheck.lang import words

# What each property is worth. That it is a clause outweighs all that tells clauses apart.
_CLAUSE = 12
_NAMED, _TOLD, _MEANT, _POINTED = 6, 4, 2, 1
_ASKS = 12
_CLICHE = 6
_OPEN = 4
_LEFT_OVER = _FIRST_PERSON = _GAP = _LONG = _JOINS = 1
_SHORT = 2
_FEWEST, _MOST_WORDS = 5, 45

_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_APOSTROPHE = re.compile(r"(?<![^\W_])['‘](?=\w)|(?<=[\w.,!?])['’](?![^\W_])")
_JOINING = words("claims", "alone", "joining")
_PERSONAL = words("claims", "alone", "personal")
_OWNERS = words("claims", "alone", "owners")
_SPEAKING = words("claims", "alone", "speaking")
_ALL_OF = words("claims", "alone", "all_of")
_CAPITAL_I = words("claims", "alone", "capital_i")


@lru_cache(maxsize=1)
def _cliches() -> tuple[str, ...]:
    data = json.loads((files("factcheck") / "data" / "clauses.json").read_text(encoding="utf-8"))
    return tuple(data["cliches"].split(", "))


def stands_alone(text: str) -> int:
    """Say how well a reader understands a claim's words without the article: the more the better.

    A clause in whole is worth most, then a subject that says who or what is meant: a name, else a
    description, else "the …", and least a pronoun. Questions, clichés, words that stop short, a
    quotation mark without its partner, gaps and "I" or "we" take from it. Only the order of two
    texts means anything; nothing is below 0.
    """
    found = tokens(text)
    words = [token for token in found if token.is_word]
    score = _CLAUSE + _subject(found) if is_clause(text) else 0
    if not words:
        return 0
    lower = " ".join(token.low for token in words)
    score -= _ASKS * ("?" in text)
    score -= _CLICHE * any(phrase in lower for phrase in _cliches())
    score -= _OPEN * is_open(text)
    score -= _LEFT_OVER * _is_left_over(text)
    score -= _FIRST_PERSON * any(token.low in _SPEAKING for token in words)
    score -= _GAP * ("…" in text or "..." in text)
    score -= _JOINS * (words[0].low in _JOINING)
    score -= _SHORT * (len(words) < _FEWEST)
    score -= _LONG * (len(words) > _MOST_WORDS)
    return max(0, score)


def _subject(found: Sequence[Token]) -> int:
    """What the subject of a clause says by itself."""
    words = subject(found)
    first = words[0].low if words else ""
    if first in ("", "there") or (first in _PERSONAL and len(words) == 1):
        return _TOLD if first == "there" else 0
    if any(_is_name(found, token, at) for at, token in enumerate(words)):
        return _NAMED
    if first in _OWNERS or first in _PERSONAL:
        return _POINTED
    if first in _ALL_OF:
        return _POINTED if any(token.low in table().inner for token in words) else _MEANT
    return _TOLD


def _is_name(found: Sequence[Token], token: Token, at: int) -> bool:
    """Whether a word of a subject is a name: capitalised, and not by its place alone."""
    if not token.text[0].isupper() or token.low in lexicon().calendar:
        return False
    first = next((one for one in found if one.is_word), None)
    if token is not first:
        return token.low not in _CAPITAL_I
    after = found[at + 1 : at + 2]
    known = {*lexicon().functions, *lexicon().plurals, *table().determiners, *table().adverbs}
    return token.low not in known and not (
        token.low.endswith("s") and after and after[0].low.islower()
    )


def _is_left_over(text: str) -> bool:
    """Whether a quotation mark or bracket has no partner."""
    if any(text.count(one) != text.count(other) for one, other in _PAIRS):
        return True
    opened = sum(1 for mark in _APOSTROPHE.finditer(text) if mark.start() == 0)
    return text.count('"') % 2 == 1 or (opened == 1 and len(_APOSTROPHE.findall(text)) == 1)
