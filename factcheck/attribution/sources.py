"""The words of a source: whether anybody speaks at all, and which of them tell who it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.words import Word, Words
from factcheck.records import Attribution, Span

_NOBODY = re.compile(
    r"(?:(?:nobody|no[ -]one|none|nothing)\b.*|any(?:one|body)|neither(?: .*)?"
    r"|not (?:one|a single)\b.*"
    r"|no (?!\d)[a-z].*)[\s.,;:]*",
    re.IGNORECASE | re.DOTALL,
)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_WHEN = re.compile(
    rf"(?:,? (?:on|late|early|later|earlier|last|this|by)"
    rf"(?: on| last| this| late| early)? (?:{_DAYS}|week|month|year|night|morning|evening"
    rf"|afternoon)|,? (?:{_DAYS}|yesterday|today|overnight|tonight))+[\s.,]*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",\s+(?:who|whose|which|where)\s")
# "Comments by Doe": Doe is the source.
_WORDS_OF = re.compile(
    r"(?:(?:the |an? |recent |earlier )*(?:comments?|remarks|statements?|words|interview)"
    r"(?: made| given| issued)? (?:by|from|of|with)\s+)(?=\S)",
    re.IGNORECASE,
)
# "10:41 Police say": an entry of a live page.
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]m)?(?: [A-Z]{3,4}\b)?[ \t]+(?=[A-Z])")
# "The mayor's words were clear": the mayor says so.
_WHOSE = re.compile(
    r"['’]s? (?:own |last |only )?"
    r"(?:words?|message|verdict|answer|reply|response|warning|advice|plea)$"
)
# "Boxwell, a technology company known for …": what a body is, behind its name; in "The mayor, the
# bishop and the union" there are three.
_APPOSITION = re.compile(
    r"(?!The [a-z])(?P<name>[A-Z][^,\n]{1,60}), (?:an?|the|one of) (?P<what>[^,\n]{3,80})"
)
_HEARERS = lang.words("attribution", "sources", "hearers")
_HEARD = re.compile(r"\bhea(?:rd|rs?)\b(?! \w+ing\b)")
_TOLD = re.compile(
    r"\b(?:was|were|been|being|is|are|be)(?: \w+){0,2} (?:told|informed|assured|advised)$"
)
_NEAR = 30
_PLACES = lang.words("attribution", "sources", "places")
GENERIC = lang.words("attribution", "sources", "generic")
OTHER = lang.words("attribution", "sources", "other")


def is_nobody(text: str, attribution: Attribution | Draft) -> bool:
    """Whether the source is "nobody", "none of them", "no official": nothing is said by anybody."""
    if not attribution.source:
        return False
    start, end = attribution.source[0][0], attribution.source[-1][1]
    return _NOBODY.fullmatch(text[start : min(end, start + 400)]) is not None


def hears(text: str, attribution: Attribution) -> bool:
    """Whether the source is who is told something: "The court heard that", "Doe was told that"."""
    if not attribution.source or not attribution.cue:
        return False
    end, cue = attribution.source[-1][1], attribution.cue[-1]
    if _HEARD.search(text, *cue):
        words = fold(text[attribution.source[0][0] : end]).split()[-3:]
        return any(word in lexicon().venues or word in _HEARERS for word in words)
    return end <= cue[0] <= end + _NEAR and _TOLD.search(text[end : cue[1]]) is not None


def narrowed(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans of a source without its time ("officials on Sunday") and what a clause adds."""
    first, *rest = spans
    start, end = first
    if clock := _CLOCK.match(text, start, end):
        start = clock.end()
    if words := _WORDS_OF.match(text, start, end):
        start = words.end()
    if whose := _WHOSE.search(text, start, end):
        end = whose.start()
    part = text[start:end]
    apposition = _APPOSITION.match(part)
    if apposition and lexicon().organisations & set(apposition["what"].lower().split()):
        return [(start, start + apposition.end("name"))]
    if clause := _CLAUSE.search(part, 2):
        return [(start, start + clause.start())]
    if when := _WHEN.search(part):
        end = start + when.start() if when.start() > 3 else end
    return [(start, end), *rest]


def places(words: Sequence[Word]) -> frozenset[str]:
    """The place, folded, that the words of a description name: {"north", "kivu"}."""
    lex = lexicon()
    found = set()
    for word in words:
        folded = fold(word.text)
        country = lex.adjectives.get(folded)
        if country:
            found.add(fold(country))
        elif folded in _PLACES:
            found.add(folded.removesuffix("ern"))
        elif (
            word.text[:1].isupper()
            and (word.lower,) not in lex.titles
            and word.lower not in lex.persons
            and word.lower not in lex.functions
            and word.lower not in lex.organisations
        ):
            found.add(folded)
    return frozenset(found) - GENERIC


@lru_cache(maxsize=4096)
def role_places(role: str) -> frozenset[str]:
    """The place that a role names, folded."""
    return places(Words(role, [(0, len(role))]).all)
