"""How much of what follows a denying verb is denied.

"Dismissed reports that it rained as nonsense", "denied that it fired, as people fled": the noun
for what others say, how it is waved away and what happens meanwhile are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from factcheck.claims.grammar import is_clause
from factcheck.claims.stance_words import closing, data, listed, word_before
from factcheck.records import Attribution, Span

# So many characters at the start of a content, and so many at its end, are read.
_HEAD, _TAIL = 60, 100
_PLAIN_DENIAL = re.compile(r"(?i)\bden(?:y|ie[sd]|ying)\b")
# What may open a clause behind a noun without "that": "reports | he had fled".
_SUBJECTS = r"(?:he|she|it|they|we|his|her|its|their|any of)\b"


def denied(text: str, attribution: Attribution) -> Attribution:
    """A denial with all of what is denied as its content, and no more."""
    (start, end), cues = attribution.content[0], attribution.cue
    if start >= cues[-1][1] and (noun := _told_by_others().match(text, start, end)):
        start = noun.end()
    pieces = [(start, end), *attribution.content[1:]]
    opens, ends = pieces[-1]
    ends = _beside(text, opens, ends)
    pieces[-1] = (opens, ends)
    if tail := _tail(text, max(opens, ends - _TAIL), ends, cues):
        pieces[-1] = (opens, tail.start())
        cues = (*cues, (tail.start() + 1, ends))
    return attribution.model_copy(update={"cue": cues, "content": tuple(pieces)})


@cache
def _told_by_others() -> re.Pattern[str]:
    noun = data()["parts"]["noun"]
    return re.compile(rf"(?:[\w'’-]+ ){{0,4}}?{noun} (?:that |(?={_SUBJECTS}))", re.IGNORECASE)


def _beside(text: str, start: int, end: int) -> int:
    """Where what is denied ends, what happens beside it left out: "…, | as people fled"."""
    for match in _circumstance().finditer(text, start, end):
        told = text[start : match.start()]
        rest = text[match.end() : end]
        last = word_before(text, match.start())
        whole = is_clause(told) or told[:_HEAD].partition(" ")[0].endswith("ing")
        if not whole or last in listed("auxiliaries") or "," in rest.rstrip(".,"):
            continue
        if not match[0].endswith("as ") or is_clause(rest):
            return match.start()
    return end


@cache
def _circumstance() -> re.Pattern[str]:
    return re.compile(data()["circumstance"]["words"])


def _tail(text: str, start: int, end: int, cue: Sequence[Span]) -> re.Match[str] | None:
    """What a content ends in that is no part of what is denied: "as nonsense", "as “a joke”"."""
    found = closing("tail").search(text, start, end)
    if found or _PLAIN_DENIAL.search(" ".join(text[slice(*span)] for span in cue)):
        # Whoever denies that somebody acted "as “a spy”" denies all of it.
        return found
    return closing("named").search(text, start, end)
