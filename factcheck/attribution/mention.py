"""A mention: somebody or something named or described at one place of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from factcheck import lang
from factcheck.attribution.lexicon import Gender
from factcheck.attribution.words import Words

Kind = Literal["person", "organisation", "place", "document", "people", "unknown"]

_PREPOSITIONS = lang.words("attribution", "mention", "prepositions")
_ARTICLES = lang.words("words", "common", "articles")


@dataclass(slots=True, eq=False)
class Mention:
    """Somebody or something mentioned in `[start, end)`, role and title included.

    `name` is the name without titles or, for a noun, the phrase without its article.
    """

    start: int
    end: int
    name: str
    kind: Kind
    noun: str = ""
    role: str = ""
    definite: bool = False
    possessive: bool = False
    subject: bool = False
    quoted: bool = False
    gender: Gender | None = None
    plural: bool = False
    count: int | None = 1
    members: tuple[Mention, ...] = field(default=())
    # Where an apposition to the name ends, which is no mention of somebody else.
    reach: int = 0
    # Other names told with the name: a nickname in marks, initials in brackets.
    aliases: tuple[str, ...] = ()
    # The noun that tells what a named thing is: "ferry", "firm".
    sort: str = ""
    # The family name that a relative's given name leaves out: "Sam Harun and his sister Leyla".
    family: str = ""

    @property
    def named(self) -> bool:
        """Whether this is a name rather than a noun."""
        return not self.noun


def is_subject(words: Words, number: int) -> bool:
    """Whether no preposition or verb governs the phrase that starts at word `number`."""
    at = number - 1
    if at >= 0 and words.all[at].lower in _ARTICLES:
        at -= 1
    return not (at >= 0 and words.gap(at) == " " and words.all[at].lower in _PREPOSITIONS)
