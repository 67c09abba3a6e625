"""Whether two speakers, of one article or of two, are the same."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from factcheck import lang
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.names import (
    acronyms,
    compatible,
    generations_differ,
    name_parts,
    same_given,
)
from factcheck.attribution.roles import head_noun
from factcheck.attribution.sources import GENERIC, role_places
from factcheck.outlets import lookup
from factcheck.records import Speaker

_LEFT_OUT = lang.words("attribution", "identity", "left_out")
# A transliteration differs by so small a share of its letters: "Sharaa", "Shara".
_VARIANT = 0.8
_SPOKEN_FOR = lang.words("attribution", "identity", "spoken_for")
_FOR = lang.words("attribution", "identity", "for")
_ARTICLES = lang.words("words", "common", "articles")


def same_speaker(a: Speaker, b: Speaker) -> bool | None:
    """Tell whether two speakers are the same: `True`, `False`, or `None` where it is not known.

    Names are compared without diacritics, in spelling variants, with parts left out ("Tayyip
    Erdogan", "Recep Tayyip Erdoğan") and in short forms ("Bill", "William"); an office with the
    role of its holder; organisations with their initials and other names. Unnamed sources differ
    where they are told to be of different sides; of one side they are taken for the same, else it
    is not known.
    """
    kinds = {a.kind, b.kind}
    if kinds == {"unnamed"}:
        return _same_unnamed(a, b)
    if "unnamed" in kinds:
        return None
    if kinds == {"named"}:
        return _same_person(a, b)
    if fold(a.name) == fold(b.name):
        return True
    if "document" in kinds:
        return None if kinds == {"document"} else False
    if "named" in kinds:
        named, other = (a, b) if a.kind == "named" else (b, a)
        return _holds(named, other)
    return _same_body(a, b)


def _same_person(a: Speaker, b: Speaker) -> bool | None:
    if _apart(a, b):
        return False
    if fold(a.name) == fold(b.name):
        return True
    one, other = name_parts(a.name), name_parts(b.name)
    if not one or not other:
        return None
    if min(len(one), len(other)) == 1:
        # A bare family name: the same where nothing told of the two differs, yet something agrees.
        if not _variant(one[-1], other[-1]):
            nicknames = {part for name in (*a.aliases, *b.aliases) for part in name_parts(name)}
            shared = set(one) & set(other) or nicknames & (set(one) | set(other))
            return None if shared else False
        return True if _agree(a, b) else None
    if any(compatible(mine, theirs) for mine in _names(a) for theirs in _names(b)):
        return True
    if not _variant(one[-1], other[-1]):
        return None if one[-1] in other or other[-1] in one else False
    given = any(
        same_given(mine, theirs) or _variant(mine, theirs)
        for mine in one[:-1]
        for theirs in other[:-1]
    )
    return True if given else None if _agree(a, b) else False


def _names(speaker: Speaker) -> list[str]:
    """The names of a person: as known, and with each nickname before the family name."""
    family = speaker.name.split()[-1]
    return [speaker.name, *(f"{alias} {family}" for alias in speaker.aliases)]


def _apart(a: Speaker, b: Speaker) -> bool:
    """Whether something tells two people of like name apart: that one is a man and the other a
    woman, of which generation they are, or that they hold one office in two places.
    """
    mine, theirs = gender_of(a), gender_of(b)
    if mine and theirs and mine != theirs:
        return True
    return generations_differ(a.name, b.name) or _offices_differ(a.role or "", b.role or "")


def gender_of(speaker: Speaker) -> str | None:
    """Whether a person is told to be a man or a woman."""
    if speaker.gender:
        return speaker.gender
    first = fold(speaker.role or "").split()[:1]
    return lexicon().titles.get(tuple(first)) if first else None


def _offices_differ(one: str, other: str) -> bool:
    noun, second = head_noun(one), head_noun(other)
    lex = lexicon()
    same = lex.short_titles.get(noun.rstrip("."), noun) == lex.short_titles.get(
        second.rstrip("."), second
    )
    if not noun or not same or noun not in lex.officers:
        return False
    here, there = role_places(one), role_places(other)
    return bool(here and there) and not (here <= there or there <= here)


def _variant(one: str, other: str) -> bool:
    if one == other:
        return True
    return (
        min(len(one), len(other)) >= 5
        and one[0] == other[0]
        and Levenshtein.normalized_similarity(one, other) >= _VARIANT
    )


def _agree(a: Speaker, b: Speaker) -> bool:
    """Whether two people's organisations or roles agree."""
    if a.organisation and b.organisation:
        return fold(a.organisation) == fold(b.organisation)
    return bool(_role(a) & _role(b))


def _role(speaker: Speaker) -> frozenset[str]:
    lex = lexicon()
    words = fold((speaker.role or "").replace(",", " ")).split()
    if words[:1] == ["who"]:
        return frozenset()
    return (
        frozenset(
            lex.adjectives.get(word)
            or lex.countries.get(word)
            or lex.spellings.get(word)
            or lex.short_titles.get(word, word)
            for word in words
        )
        - _LEFT_OUT
        - GENERIC
    )


def _holds(named: Speaker, office: Speaker) -> bool | None:
    """Whether a person holds an office that is named alone: "the Turkish foreign minister"."""
    if office.kind != "office" or not named.role:
        return None
    asked = _role(office.model_copy(update={"role": office.name}))
    return True if len(asked) >= 2 and asked == _role(named) else None


def _same_body(a: Speaker, b: Speaker) -> bool | None:
    known, other = lookup(a.name), lookup(b.name)
    if known and other:
        return known.name == other.name
    one, two = fold(a.name), fold(b.name)
    if two.replace(" ", "") in acronyms(a.name) or one.replace(" ", "") in acronyms(b.name):
        return True
    lex = lexicon()
    country, second = lex.countries.get(one), lex.countries.get(two)
    if country and second:
        return country == second
    mine, theirs = _body_words(a.name), _body_words(b.name)
    if mine and mine == theirs:
        return True
    return None if mine & theirs or {a.kind, b.kind} == {"office", "organisation"} else False


def speaks_for(speaker: Speaker) -> str | None:
    """The organisation that a spokesperson speaks for: "army spokesman", "spokesman for it"."""
    phrase = (speaker.role or "") if speaker.kind == "named" else speaker.name
    noun = head_noun(phrase)
    if noun not in _SPOKEN_FOR or (noun == "secretary" and "press" not in phrase.lower()):
        return None
    words = phrase.split()
    at = next(n for n, word in enumerate(words) if fold(word).strip(",") == noun)
    rest = words[at + 1 :]
    if rest and rest[0] in _FOR:
        body = rest[1:]
        if body and body[0] in _ARTICLES:
            body = body[1:]
        cut = next((n for n, word in enumerate(body) if word.endswith(",")), len(body) - 1)
        name = " ".join(body[: cut + 1]).strip(",")
    else:
        name = " ".join(words[:at])
        name = name.removesuffix(" press").removesuffix("’s").removesuffix("'s")
    return name or None


def _body_words(name: str) -> set[str]:
    """The words of a body's name, a country as itself and one word for those that mean the same:
    "Norland's military", "the Norland army", "Norland Defence Forces".
    """
    lex = lexicon()
    words = set(fold(name.replace("’s ", " ").replace("'s ", " ")).split()) - _LEFT_OUT
    arms = lex.bodies["army"]
    return {
        "army"
        if word in arms
        else lex.adjectives.get(word) or lex.countries.get(word) or lex.spellings.get(word, word)
        for word in words
    }


def same_body_named_shorter(a: Speaker, b: Speaker) -> bool:
    """Whether one is the other named in short: "the ministry", "the Ministry of Health".

    "The company" is any name that does not tell of another kind of body.
    """
    bodies = lexicon().bodies
    short, long = (a, b) if fold(a.name) in bodies else (b, a)
    noun = fold(short.name)
    if {a.kind, b.kind} != {"organisation"} or noun not in bodies:
        return False
    told = _body_words(long.name) | set(fold(long.name).split())
    sort = lexicon().known_sort(long.name)
    if told & bodies[noun] or sort in bodies[noun]:
        return True
    general = noun in bodies["company"] or noun in bodies["organisation"]
    other = sort or any(word in bodies for word in told) or _is_place(long.name)
    return general and not other


def _is_place(name: str) -> bool:
    lex = lexicon()
    folded = fold(name)
    return folded in lex.countries or folded in lex.regions or folded in lex.offices


def _same_unnamed(a: Speaker, b: Speaker) -> bool | None:
    if a.organisation and b.organisation:
        return fold(a.organisation) == fold(b.organisation)
    return None
