"""The words in which a source is described: its name where it has no other, count, organisation."""

from __future__ import annotations

import re

from factcheck import lang
from factcheck.attribution.discourse import Discourse
from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.speech import untold
from factcheck.attribution.words import Word

_TELLING = lang.words("attribution", "described", "telling")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$")
# "The singer, 41," is the singer.
_AGE = re.compile(r",? (?:aged )?\d{1,3}$")
_RELATIVE = re.compile(r",? (?:who|which|that|speaking)\b")
_UNTOLD = lang.listed("attribution", "described", "untold")
_COUNTED = lang.words("attribution", "described", "counted")


def described(discourse: Discourse, start: int, end: int, owner: Entity | None) -> str:
    """The words in `[start, end)` as a speaker's name: without its number, and without what tells
    only that it is not to be named; `owner` is whose it is ("her lawyer").
    """
    text = " ".join(discourse.article.text[start:end].split()).rstrip(" ,.;:")
    text = _AGE.sub("", _POSSESSIVE.sub("", text))
    lowered = text.lower()
    for clause in _UNTOLD:
        at = lowered.find(clause)
        if at > 0:
            text = text[:at].rstrip(" ,")
            lowered = text.lower()
    if (relative := _RELATIVE.search(text)) and (
        not text[relative.end() :].strip() or untold(text[relative.end() :])
    ):
        text = text[: relative.start()].rstrip(" ,")
    first, _, rest = text.partition(" ")
    lex = lexicon()
    counted = first.lower() in lex.numbers or first.lower() in _COUNTED
    if rest and counted and not rest.startswith("of "):
        text = rest
        first = text.split(" ")[0]
    before = discourse.article.text[max(0, start - 4) : start].rstrip(" “\"‘'")
    opens = not before or before[-1] in ".!?…\n"
    if opens and first[:1].isupper() and (first.lower() in lex.functions or first[1:].islower()):
        folded = fold(first)
        proper = folded in lex.adjectives or folded in lex.countries or folded in lex.not_names
        if not proper and (noun_kind(first.lower()) or first.lower() in lex.functions):
            text = first.lower() + text[len(first) :]
    return f"{owner.name}’s {text}" if owner else text


def count_of(words: list[Word], noun: str) -> int | None:
    """How many a description tells of, up to its `noun`; `None` where it does not tell."""
    lex = lexicon()
    for word in words[:4]:
        if word.lower in lex.numbers:
            return lex.numbers[word.lower]
        if word.text.isdecimal() and len(word.text) <= 6:
            return int(word.text)
        if word.lower == noun:
            break
    return None


def organisation_of(phrase: str) -> str | None:
    """The country or organisation that a role or description names, `None` where it names none.

    "Israeli source" → Israel; "White House spokesman" → White House; "source close to Hamas".
    """
    lex = lexicon()
    words = phrase.replace(",", " ").split()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            folded = fold(" ".join(words[at : at + size]))
            country = lex.adjectives.get(folded) or lex.countries.get(folded)
            country = country or lex.capitals.get(folded)
            if country:
                return country
    run: list[str] = []
    for word in words:
        plain = word.strip("“”\"'()").removesuffix("’s").removesuffix("'s")
        lower = plain.lower().rstrip(".")
        title = (lower,) in lex.titles or lower in lex.title_prefixes or lower in lex.not_names
        if plain[:1].isupper() and not title:
            run.append(plain)
        elif run:
            break
    return " ".join(run) or None


def with_tail(discourse: Discourse, mention: Mention, name: str) -> str:
    """A description with what is told after its noun: "source familiar with the matter"."""
    lex = lexicon()
    words = discourse.words.between(mention.end, mention.end + 120)[:9]
    if not words or words[0].lower not in _TELLING:
        return name
    end = at = mention.end
    for word in words:
        gap = discourse.article.text[at : word.start]
        if gap != " " or word.lower in lex.finite or word.lower in lex.sayings:
            break
        end = at = word.end
    return f"{name} {' '.join(discourse.article.text[mention.end : end].split())}"


def lowered(name: str) -> str:
    """A description without the capital that its sentence gave it."""
    first = name.split(" ")[0]
    if first.lower() in lexicon().not_names:
        return name
    return name[0].lower() + name[1:] if noun_kind(first.lower()) else name
