"""Who speaks in public: officials, bodies, companies; a neighbour or a patient's son does not.

The same words of somebody who speaks in public may have been heard by two outlets. Those of
somebody who does not were told to one, unless each outlet says that it was told itself.
"""

from __future__ import annotations

import re

from factcheck.access.model import model
from factcheck.access.words import lexicon
from factcheck.attribution.lexicon import fold
from factcheck.records import Access, Speaker

_WORD = re.compile(r"\w+(?:-\w+)?")


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
