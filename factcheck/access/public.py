"""Who speaks in public, and who can be found: officials, bodies, companies; a neighbour cannot.

The same words of somebody who speaks in public may have been heard by two outlets. Those of
somebody who does not were told to one, unless each outlet says that it was told itself.
"""

from __future__ import annotations

import re

from factcheck.access.model import model
from factcheck.access.words import lexicon
from factcheck.attribution.identity import speaks_for
from factcheck.attribution.lexicon import fold
from factcheck.attribution.lexicon import lexicon as people
from factcheck.records import Access, Speaker

_WORD = re.compile(r"\w+(?:-\w+)?")
# Where the noun of a description ends: what follows tells where its people stand.
_STANDING = re.compile(
    r",| (?:of|in|at|on|with|from|near|by|to|for|inside|close|familiar|briefed|who)\b"
)
# Somebody told by another: "her son", "the patient's brother".
_RELATED = re.compile(r"(?:his|her|their|its|our|my) |.*\w['’]s? ", re.I)
# What stands before one of several: "an officer" is any of them.
_ANY = re.compile(r"(?:an?|one|two|three|some|several|many|another|other) ", re.I)


def speaks_in_public(speaker: Speaker, access: Access | None = None) -> bool:
    """Whether a speaker is one whom several outlets may have heard, by who it is and, where it is
    given, by how one article came to know what was said.
    """
    return in_public(speaker, access) >= model("public").likely


def in_public(speaker: Speaker, access: Access | None = None) -> float:
    """How likely it is that what a speaker said was said in public."""
    return model("public").probability(features(speaker, access))


def features(speaker: Speaker, access: Access | None = None) -> dict[str, float]:
    """What tells for and against it: the kind of speaker, words of the role, the access."""
    found = {f"kind {speaker.kind}": 1.0}
    told = " ".join(filter(None, (speaker.role, speaker.as_written, speaker.name)))
    words = {fold(word) for word in _WORD.findall(told)}
    roles = [role for role, known in lexicon().roles.items() if words & known]
    for role in roles or ["none"]:
        found[f"role {role}"] = 1.0
        found[f"role {role} {speaker.kind}"] = 1.0
    if speaker.organisation:
        found["organisation"] = 1.0
    if speaker.count != 1:
        found["several"] = 1.0
    if access is not None:
        found[f"access {access.kind}"] = 1.0
    return found


def described(name: str) -> str:
    """The description of an unnamed source up to its noun: "security official"."""
    return _STANDING.split(name, maxsplit=1)[0]


def findable(speaker: Speaker) -> bool:
    """Whether a reader could find an unnamed source by what is told of it.

    One who holds an office or speaks for a body could be found, and so could a body, a paper and
    somebody's son; "an official", "two residents" and "she" could not.
    """
    told = described(speaker.as_written)
    paper = not people().documents.isdisjoint(fold(told).split())
    return _of_office(told) or paper or _RELATED.match(told) is not None


def is_party(speaker: Speaker | None) -> bool:
    """Whether a speaker is one whose denial counts as a party's: named, or "the union", "the
    mayor", who speaks for one; not "a source", "officials", "witnesses".
    """
    if speaker is None:
        return False
    if speaker.kind != "unnamed" or speaks_for(speaker):
        return True
    told = described(speaker.as_written)
    noun = _noun(told)
    known = lexicon()
    body = noun in known.bodies | known.roles["company"] or noun in people().organisations
    return not _ANY.match(told) and (body or _of_office(told))


def _of_office(told: str) -> bool:
    """Whether a description is of one who holds an office or speaks for a body, or of a body."""
    noun = _noun(told)
    roles, bodies = lexicon().roles, people().bodies.keys()
    offices = people().officers | roles["court"] | roles["spoken"]
    return noun in offices or not bodies.isdisjoint((noun, noun.removesuffix("s")))


def _noun(told: str) -> str:
    """The last word of a description, folded."""
    return next(iter(fold(told).split()[-1:]), "")
