"""The words that tell of an access, read once from `factcheck/data/access.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

Words = frozenset[str]

# Occasions and documents, as `Via.name` and the keys of the lexicon have them: what is a document.
Document = Literal["release", "statement", "post", "document"]
DOCUMENTS: frozenset[str] = frozenset(get_args(Document))
# Those at which others could be present, or which everybody may read.
Public = Literal[
    "news conference", "court", "hearing", "council", "parliament", "post", "interview"
]
PUBLIC: frozenset[str] = frozenset(get_args(Public))


@dataclass(frozen=True)
class Lexicon:
    """Words in lower case; `occasions` finds the words for one, and `named` tells which it is."""

    outlet: Words
    endings: tuple[str, ...]
    compounds: Words
    agency: Words
    nouns: Words
    agency_nouns: Words
    bodies: Words
    matters: Words
    notes: Words
    occasions: re.Pattern[str]
    named: dict[str, str]
    # What a speaker is → the words that say so.
    roles: dict[str, Words]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the lexicon."""
    data = tomllib.loads((files("factcheck") / "data" / "access.toml").read_text("utf-8"))
    names = data["names"]
    named: dict[str, str] = {}
    for name, words in data["occasions"].items():
        for word in words.split(";"):
            named.setdefault(word, name)
    longest = sorted(named, key=lambda word: (-len(word), word))
    return Lexicon(
        outlet=frozenset(names["outlet"].split()),
        endings=tuple(names["endings"].split()),
        compounds=frozenset((*names["outlet"].split(), *names["compounds"].split())),
        agency=frozenset(names["agency"].split()),
        nouns=frozenset(names["nouns"].split()),
        agency_nouns=frozenset(names["agency_nouns"].split()),
        bodies=frozenset(names["bodies"].split()),
        matters=frozenset(names["matters"].split()),
        notes=frozenset(names["notes"].split()),
        occasions=re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, longest))})\b"),
        named=named,
        roles={role: frozenset(words.split()) for role, words in data["roles"].items()},
    )
