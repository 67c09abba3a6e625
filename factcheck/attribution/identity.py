"""Whether two speakers, of one article or of two, are the same."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.names import acronym, compatible, name_parts, same_given
from factcheck.outlets import lookup
from factcheck.records import Speaker

_LEFT_OUT = frozenset(("the", "a", "an", "of", "for", "and", "s", "current", "us", "new"))
# A transliteration differs by so small a share of its letters: "Sharaa", "Shara".
_VARIANT = 0.8


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
    if fold(a.name) == fold(b.name):
        return True
    one, other = name_parts(a.name), name_parts(b.name)
    if not one or not other:
        return None
    if min(len(one), len(other)) == 1:
        # A bare family name: the same where nothing told of the two differs, yet something agrees.
        if not _variant(one[-1], other[-1]):
            return None if set(one) & set(other) else False
        return True if _agree(a, b) else None
    if compatible(a.name, b.name):
        return True
    if not _variant(one[-1], other[-1]):
        return None if one[-1] in other or other[-1] in one else False
    given = any(
        same_given(mine, theirs) or _variant(mine, theirs)
        for mine in one[:-1]
        for theirs in other[:-1]
    )
    return True if given else None if _agree(a, b) else False


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
    return (
        frozenset(
            lex.adjectives.get(word) or lex.countries.get(word) or lex.short_titles.get(word, word)
            for word in words
        )
        - _LEFT_OUT
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
    if acronym(a.name) == two.replace(" ", "") or acronym(b.name) == one.replace(" ", ""):
        return True
    lex = lexicon()
    country, second = lex.countries.get(one), lex.countries.get(two)
    if country and second:
        return country == second
    mine, theirs = set(one.split()) - _LEFT_OUT, set(two.split()) - _LEFT_OUT
    if mine and mine == theirs:
        return True
    return None if mine & theirs or {a.kind, b.kind} == {"office", "organisation"} else False


def _same_unnamed(a: Speaker, b: Speaker) -> bool | None:
    if a.organisation and b.organisation:
        return fold(a.organisation) == fold(b.organisation)
    return None
