"""Nouns that stand for a source: "the minister", "two officials", "a report"."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck import lang
from factcheck.attribution.lexicon import Lexicon, lexicon
from factcheck.attribution.mention import Kind, Mention, is_subject
from factcheck.attribution.words import Words

DETERMINERS = lang.words("attribution", "nouns", "determiners")
_BARE = lang.words("attribution", "nouns", "bare")
_COUNTS = lang.words("attribution", "nouns", "counts")
_LONGEST = 6
_STATED = lang.words("attribution", "nouns", "stated")
_INFLECTED = lang.listed("words", "common", "inflected")
_DEFINITE = lang.words("attribution", "common", "definite")


def nominals(words: Words, covered: set[int]) -> Iterator[Mention]:
    """Yield the noun phrases of a text that may be a source; `covered` words are of names."""
    lex = lexicon()
    for number, word in enumerate(words.all):
        if number in covered or (word.capital and not _opens(words, number)):
            continue
        lower = word.lower
        kind = noun_kind(lower)
        plural = kind == "people"
        if kind is None or (number + 1 in covered and words.gap(number) == " "):
            continue
        counted = lower in lex.numbers or lower in _COUNTS
        if ((kind == "person" and not plural) or counted) and not _ends_phrase(words, number, lex):
            continue
        first = _phrase_start(words, number, lex)
        determiner = words.all[first].lower
        told = determiner in DETERMINERS or lower in _BARE
        described = words.all[first].capital and first != number and kind != "person"
        if not (plural or told or described):
            continue
        yield _nominal(words, first, number)


def _ends_phrase(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether no noun follows a word directly: "a major" is nobody in "a major party"."""
    if number + 1 >= len(words.all) or words.gap(number) != " " or words.all[number].possessive:
        return True
    after = words.all[number + 1]
    return (
        after.capital
        or after.lower in lex.functions
        or after.lower in lex.finite
        or after.lower in _STATED
        or after.lower.endswith(_INFLECTED)
    )


def _opens(words: Words, number: int) -> bool:
    return number == 0 or any(mark in words.gap(number - 1) for mark in '.\n“"”')


def noun_kind(lower: str) -> Kind | None:
    """What a noun stands for, `None` where it cannot be a source."""
    lex = lexicon()
    if lower in lex.plurals:
        return "people"
    if lower in lex.persons:
        return "person"
    if lower in lex.documents:
        return "document"
    if lower in lex.organisations:
        return "place" if lower in lex.places else "organisation"
    singular = lower.removesuffix("s")
    if len(lower) > 6 and singular.endswith(lex.person_endings):
        return "person" if singular == lower else "people"
    if lower.endswith("s") and lower[:-1] in lex.persons:
        return "people"
    if lower.endswith("s") and lower[:-1] in lex.organisations:
        return "people"
    return None


def _nominal(words: Words, first: int, last: int) -> Mention:
    """The mention made of the words `first`–`last`, the last being its noun."""
    lex = lexicon()
    parts = words.all[first : last + 1]
    determiner = parts[0].lower if parts[0].lower in DETERMINERS else ""
    body = parts[1:] if determiner and len(parts) > 1 else parts
    kind = noun_kind(parts[-1].lower) or "unknown"
    plural = kind == "people"
    count = next((lex.numbers[part.lower] for part in parts if part.lower in lex.numbers), None)
    return Mention(
        start=parts[0].start,
        end=parts[-1].end,
        name=words.phrase(body[0].start, body[-1].end),
        kind=kind,
        noun=parts[-1].lower,
        definite=determiner in _DEFINITE,
        possessive=parts[-1].possessive,
        subject=is_subject(words, first),
        gender=lex.persons.get(parts[-1].lower),
        plural=plural,
        count=count if plural else 1,
    )


def _phrase_start(words: Words, number: int, lex: Lexicon) -> int:
    """Where the noun phrase that ends at word `number` starts: at its article where it has one."""
    first = number
    while first > 0 and number - first < _LONGEST and words.gap(first - 1) == " ":
        before = words.all[first - 1]
        if before.lower in DETERMINERS or before.lower in lex.numbers:
            return first - 1
        if before.lower in lex.functions or before.lower in lex.sayings:
            break
        if not before.capital and (before.lower in lex.finite or before.lower.endswith("ed")):
            break
        first -= 1
    return first
