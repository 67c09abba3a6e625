"""What is told of somebody beside the name: "a spokeswoman, Jane Doe", "Doe, who runs it"."""

from __future__ import annotations

import re
from typing import NamedTuple

from factcheck import lang
from factcheck.attribution.lexicon import Lexicon
from factcheck.attribution.nouns import DETERMINERS, noun_kind
from factcheck.attribution.words import Words

_BEFORE = 8
_AFTER = 14
_OPENS = lang.words("attribution", "roles", "opens")
_OF = lang.words("attribution", "roles", "of")
_WHO = frozenset(("who", "whose"))
_STOPS = lang.words("attribution", "roles", "stops")
COURTESY = lang.words("attribution", "roles", "courtesy")
_AGE = re.compile(r"\d{1,3}(?:-year-olds?)?")
_ARTICLES = lang.words("words", "common", "articles")
_ONE = lang.words("attribution", "roles", "one")


class Told(NamedTuple):
    """A role, where it starts or ends, and the noun that says what it is of a body."""

    role: str
    at: int
    sort: str = ""


def before(words: Words, first: int, last: int, lex: Lexicon) -> Told | None:
    """The description in lower case before the name at words `first`–`last`, and its start."""
    at = first - 1
    if at >= 0 and words.gap(at) == " " and _AGE.fullmatch(words.all[at].text) and at:
        at -= 1
    if at < 0 or words.all[at].possessive or words.all[at].capital:
        return None
    apart = words.gap(at)
    if apart not in (" ", ", "):
        return None
    if apart == ", " and not _closed(words, last, lex):
        return None
    head = _head_before(words, at, lex, apart == ", ")
    if head is None:
        return None
    start = _start(words, head, lex)
    if apart == ", " and not _determined(words, start):
        return None
    return Told(words.phrase(words.all[start].start, words.all[at].end), words.all[start].start)


def sort_before(words: Words, first: int, last: int, lex: Lexicon) -> str:
    """The noun in lower case directly before the name at words `first`–`last`: "the ferry Corinna",
    "chip maker Boxwell"; or before the comma of an apposition: "the manufacturer, Boxwell, says".
    """
    at = first - 1
    if at > 0 and words.gap(at) == ", " and words.all[at].text.islower():
        lower = words.all[at].lower
        body = lower in lex.bodies and noun_kind(lower) in ("organisation", None)
        apart = body and _closed(words, last, lex) and _led(words, at)
        return lower if apart else ""
    if at < 0 or words.gap(at) != " " or words.all[at].capital or words.all[at].possessive:
        return ""
    lower = words.all[at].lower
    if noun_kind(lower) in ("organisation", "place"):
        return lower
    plain = lower not in lex.functions | lex.sayings | lex.finite | DETERMINERS
    article = at > 0 and words.gap(at - 1) == " " and words.all[at - 1].lower in _ARTICLES
    return lower if plain and article else ""


def _led(words: Words, at: int) -> bool:
    """Whether an article or an owner stands before the noun `at`, a word or two between them."""
    for number in range(at - 1, max(-1, at - 4), -1):
        if words.gap(number) != " ":
            return False
        if words.all[number].lower in _OPENS or words.all[number].possessive:
            return True
    return False


def after(words: Words, last: int, lex: Lexicon) -> Told | None:
    """The apposition after a name and its end: "Jane Doe, the mayor of Springfield, …"."""
    total = len(words.all)
    if last >= total or words.gap(last - 1) != ", " or words.all[last - 1].possessive:
        return None
    if _AGE.fullmatch(words.all[last].text) and last + 1 < total and words.gap(last) == ", ":
        last += 1
    if words.all[last].lower in _WHO:
        return _clause(words, last, lex)
    noun = None
    opened = words.all[last].lower in _OPENS
    for number in range(last, min(total, last + _AFTER)):
        word = words.all[number]
        if word.lower in _STOPS or word.lower in lex.sayings:
            break
        if noun is None and not opened and word.lower in DETERMINERS:
            # "Ann Cole, 22, brought a daughter into the world" tells no role.
            break
        if noun is None and noun_kind(word.lower) == "person" and not word.possessive:
            noun = number
        if noun is None and number - last >= 7:
            break
        if number + 1 >= total or words.gap(number) not in (" ", ""):
            role = _without_article(words.phrase(words.all[last].start, word.end))
            if noun is not None:
                return Told(role, word.end)
            head = words.all[_head_after(words, last, number)].lower
            if not opened or head in lex.functions:
                break
            kind = noun_kind(head)
            # "A Danish coaster", "an Antwerp daily": what is told to be one is nobody.
            thing = head in lex.things or head in lex.outlet_nouns
            sort = head if thing or kind in ("organisation", "place") else ""
            return Told("" if kind or thing else role, word.end, sort)
    return None


def of_place(words: Words, last: int) -> Told | None:
    """What an office is of, told after the name: "Governor Ada Brenn of North Kivu"."""
    if last + 1 >= len(words.all) or words.gap(last - 1) != " " or words.gap(last) != " ":
        return None
    if words.all[last].lower != "of" or words.all[last - 1].possessive:
        return None
    end = last + 1
    if words.all[end].lower == "the" and end + 1 < len(words.all):
        end += 1
    if not words.all[end].capital:
        return None
    while end + 1 < len(words.all) and words.gap(end) == " " and words.all[end + 1].capital:
        end += 1
    return Told(words.phrase(words.all[last].start, words.all[end].end), words.all[end].end)


def head_noun(role: str) -> str:
    """The noun of a role that tells what somebody is: "mayor" of "the former mayor of Riverton"."""
    words = role.lower().replace(",", " , ").split()
    cut = next((n for n, word in enumerate(words) if n and (word in _OF or word == ",")), None)
    return "" if not words or words[0] in _WHO else words[cut - 1 if cut else -1]


def _head_before(words: Words, at: int, lex: Lexicon, apart: bool) -> int | None:
    """The noun of a person in the phrase that ends at word `at`: the last, or one before "of"."""
    if noun_kind(words.all[at].lower) == "person":
        return at
    if not apart:
        return None
    number = at
    while number > 0 and at - number < _BEFORE and words.gap(number - 1) == " ":
        number -= 1
        lower = words.all[number].lower
        if lower in lex.sayings or lower in _STOPS:
            return None
        if noun_kind(lower) == "person" and words.all[number + 1].lower in _OF:
            return number
    return None


def _start(words: Words, head: int, lex: Lexicon) -> int:
    """Where the phrase with the noun `head` starts, its article left out."""
    at = head
    while at > 0 and head - at < 6 and words.gap(at - 1) == " ":
        word = words.all[at - 1]
        lower = word.lower
        if lower == "and" and at > 1 and words.gap(at - 2) == " ":
            other = words.all[at - 2].lower
            if noun_kind(other) != "person" and (other,) not in lex.titles:
                break
            at -= 2
            continue
        if lower in lex.functions or lower in lex.sayings or lower in DETERMINERS:
            break
        at -= 1
        if word.possessive:
            break
    return at


def _determined(words: Words, start: int) -> bool:
    """Whether an article or an owner stands before a phrase or at its start."""
    if words.all[start].possessive:
        return True
    return start > 0 and words.gap(start - 1) == " " and words.all[start - 1].lower in _OPENS


def _closed(words: Words, last: int, lex: Lexicon) -> bool:
    """Whether a name after a comma ends there, as an apposition does."""
    if last >= len(words.all):
        return True
    gap = words.gap(last - 1)
    return gap.strip()[:1] in (",", ".", ":", ";") or (
        gap != " " or words.all[last].lower in lex.sayings
    )


def _clause(words: Words, first: int, lex: Lexicon) -> Told | None:
    """A clause that describes: "who runs the mill", but not "who said"."""
    total = len(words.all)
    for number in range(first + 1, min(total, first + _AFTER)):
        word = words.all[number]
        if number < first + 4 and word.lower in lex.sayings and word.lower != "called":
            return None
        if number + 1 >= total or words.gap(number) not in (" ", ""):
            return Told(words.phrase(words.all[first].start, word.end), word.end)
    return None


def _head_after(words: Words, first: int, last: int) -> int:
    for number in range(first + 1, last + 1):
        if words.all[number].lower in _OF:
            return number - 1
    return last


def _without_article(phrase: str) -> str:
    head, _, rest = phrase.partition(" ")
    return rest if head.lower() in _ONE and rest else phrase
