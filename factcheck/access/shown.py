"""Names that a text shows to be outlets' by how it speaks of them: "per X", "X, a trade magazine".

What one article of a run shows holds for the others, where "according to X" alone would not.
"""

from __future__ import annotations

import re
from functools import cache

from factcheck.access.words import lexicon
from factcheck.attribution.lexicon import fold
from factcheck.attribution.lexicon import lexicon as people

_NAME = r"[^\W\d_a-z][\w&’'-]*(?: [^\W\d_a-z][\w&’'-]*){0,3}"


def shown(text: str) -> frozenset[str]:
    """The names, without "the"; linear in the text."""
    found = (match[1] for pattern in _patterns() for match in pattern.finditer(text))
    return frozenset(name for name in dict.fromkeys(found) if _may_be(name, text))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    nouns = "|".join(sorted(lexicon().nouns - lexicon().agency_nouns))
    start = r"(?<![\w’'.-])(?<![A-Z][a-z] )(?:The )?"
    return (
        # "X writes.", "X reports, …", "X quotes her as saying".
        re.compile(
            rf"{start}({_NAME}) (?:(?:reports|is reporting|writes)(?=[,.]| that\b)"
            r"|quotes(?= [^,.;]{2,60} as ))"
        ),
        # "Per X", "as X reported".
        re.compile(rf"\bper ({_NAME})(?=[,.;])"),
        # "A correspondent of X".
        re.compile(
            rf"\b(?:reporter|correspondent|journalist) (?:of|with) (?:[Tt]he )?({_NAME})(?=[\s,.;])"
        ),
        # Nobody but a reporter grants that.
        re.compile(
            rf"\b(?:told|(?:spoke|speaking|talked) (?:to|with)) (?:[Tt]he )?({_NAME}),? "
            r"(?:anonymously|(?:up)?on (?:the )?condition of anonymity|on condition that"
            r"|(?:and|but|who|asking|he|she|they)(?: has| have)? ?(?:asked |declined )?not to be"
            r" (?:named|identified))"
        ),
        re.compile(rf"\bas (?:the )?({_NAME}) (?:reports|reported|writes|wrote)\b"),
        re.compile(
            rf"{start}({_NAME}), (?:an?|the) (?:(?!(?:of|who|for|in|at)\b)[\w-]+ ){{0,3}}"
            rf"(?:{nouns})(?=[,.;])"
        ),
    )


def _may_be(name: str, text: str) -> bool:
    """Whether a name is not somebody's, a place's or a body's, and no surname of the text."""
    words = [fold(word) for word in name.split()]
    lex = people()
    if words[0] in lex.first_names or fold(name) in lex.countries or fold(name) in lex.calendar:
        return False
    if words[-1] in lexicon().bodies or words[0] in lex.functions or len(name) < 3:
        return False
    return len(words) > 1 or not re.search(rf"[A-Z][\w’'-]+ {re.escape(name)}\b", text)
