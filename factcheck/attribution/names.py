"""Comparing names: parts, initials, spelling variants."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from factcheck import lang
from factcheck.attribution.lexicon import Lexicon, fold

_ENDINGS = lang.words("attribution", "names", "endings")
LETTERS = lang.words("attribution", "names", "letters")
# What a name is followed by that tells another: ", known to all as Maggie,".
_CALLED = re.compile(
    r"(?:, \d{1,3})?,? (?:(?:also|best|better|widely|commonly|universally|long|popularly) )?"
    r"(?:known (?:(?:to|by|among|in) [^,.;:“”\"()]{2,40}? )?(?:only |simply |just )?as|nicknamed"
    r"|(?:who|whom) [^,.;:“”\"()]{2,30}? calls?) [“\"‘']?(?P<other>[A-Z][\w’'-]+)"
    r"(?=[”\"’']?(?:[,.;]|$))"
)


@lru_cache(maxsize=8192)
def name_parts(name: str) -> tuple[str, ...]:
    """The folded parts of a name, family name last, without article, "Jr." and the like."""
    parts = [part for part in fold(name).replace(",", " ").split() if part not in _ENDINGS]
    if len(parts) > 1 and parts[0] in ("the", "al"):
        parts = parts[1:]
    while len(parts) > 2 and parts[-1] in LETTERS:
        parts = parts[:-1]
    return tuple(parts)


def is_somebody(text: str, name: str, described: bool, lex: Lexicon) -> bool:
    """Whether what ends like a document's name is a person's: "Judith Post, the mayor" or
    "Judith Post" where the text goes on with "Post said".
    """
    given, _, family = name.partition(" ")
    if " " in family or fold(given) not in lex.first_names:
        return False
    alone = (
        rf"(?:\A|[.!?…”\"’)]\s+|\n|\b(?:Mr|Ms|Mrs|Miss|Dr)\.? ){re.escape(family)}\b(?!\s+[A-Z])"
    )
    return described or re.search(alone, text) is not None


def also_called(text: str, end: int) -> tuple[str, ...]:
    """The other name that is told behind a name: "Ann Cole, known to all as Red, …"."""
    found = _CALLED.match(text, end)
    return (found["other"],) if found else ()


def fuller(name: str, than: str) -> bool:
    """Whether `name` has more parts, or more letters in as many parts."""
    mine, theirs = name_parts(name), name_parts(than)
    return (len(mine), sum(map(len, mine))) > (len(theirs), sum(map(len, theirs)))


def acronyms(name: str) -> tuple[str, ...]:
    """The folded initials that a name of three words or more can go by ("IMF", "CDC").

    A last part after "and" may be left out: "Centers for Disease Control and Prevention".
    """
    found = []
    for part in {name, name.split(" and ")[0]}:
        initials = [word[0] for word in part.replace("-", " ").split() if word[0].isupper()]
        if len(initials) >= 3:
            found.append("".join(initials).casefold())
    return tuple(sorted(found))


def compatible(one: str, other: str) -> bool:
    """Whether two full names of people can be one person's.

    The family names are equal and every given name of the shorter is in the longer, in order, as
    itself, a short form or an initial: "Richard J. Durbin", "Dick Durbin", "R. Durbin".
    """
    if generations_differ(one, other):
        return False
    long, short = sorted((name_parts(one), name_parts(other)), key=len, reverse=True)
    if not short or long[-1] != short[-1]:
        return False
    rest = iter(long[:-1])
    return all(any(_same_given(given, known) for known in rest) for given in short[:-1])


def generations_differ(one: str, other: str) -> bool:
    """Whether two names are told to be of two generations: "Jr." and "Sr."."""
    mine, theirs = (_ENDINGS.intersection(fold(n).replace(",", " ").split()) for n in (one, other))
    return bool(mine and theirs and mine != theirs)


def same_given(one: str, other: str) -> bool:
    """Whether two folded given names can be one: equal, or one or both short for the same name.

    "bill" is "william" and may be "will"; "alex" may be "alexander" or "alexandra", which differ.
    """
    return one == other or not in_full(one).isdisjoint(in_full(other))


def _same_given(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return any(name[0] == short for name in in_full(long))
    return same_given(one, other)


def in_full(given: str) -> frozenset[str]:
    """A folded given name itself and the names that it is short for."""
    return _long_forms().get(given, frozenset()) | {given}


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, frozenset[str]]:
    text = (files("factcheck") / "data" / "nicknames.json").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for name, forms in json.loads(text)["names"].items():
        for form in forms.split():
            found[form] = found.get(form, frozenset()) | {name}
    return found
