"""Where a claim's own attribution says that it was said: "told the council", "wrote in a post".

What is named there needs no weighing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from factcheck.access.traces import Trace
from factcheck.access.words import DOCUMENTS, PUBLIC
from factcheck.records import Article, Claim

_BEFORE, _BESIDE = 70, 60
_WHOSE = r"(?:an?|the|this|his|her|its|their|[A-Z]\w*day['’]s)"
# "Told the hearing", "told Tellin county council", "testified before a Senate committee".
_ADDRESSED = re.compile(
    rf"\b(?:told|tells|telling|assured|informed|testified\s+(?:to|before|at)|said\s+to)\s+"
    rf"(?:{_WHOSE}\s+)?(?:(?!(?:and|that|of|in|at|on)\b)[\w’'-]+\s+){{0,3}}$"
)
# "In an open letter", "in a post", "at Thursday's hearing".
_PUT = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Tt]hrough|[Vv]ia)\s+({_WHOSE})\s+"
    r"(?:(?!(?:and|that|of|in|at|on)\b)[\w’'-]+\s+){0,3}$"
)
# "Told the room", which is that of the occasion named before.
_ROOM = re.compile(
    r"\b(?:told|tells|assured)\s+(?:the|his|her|their)\s+(?:(?:whole|packed|crowded)\s+)?"
    r"(?:audience|crowd|gathering|hall|room)\b"
)
_BACK = 2
# Occasions that people are told of as they are of a place or a body: "in the house".
ADDRESSEES = PUBLIC - {"post", "interview"}
_WRITTEN = DOCUMENTS - {"document"}
_LETTERS = re.compile(r"(?i)(?:open\s+)?letter|e-?mail|memo(?:randum)?|affidavit|report|filing")


def placed(
    article: Article, claim: Claim, occasions: Mapping[str, Sequence[Trace]], held: Sequence[int]
) -> Trace | None:
    """The occasion or document that the attribution of a claim names, by the noun of its name: of
    a "Senate committee" the committee.
    """
    if claim.voice is None and claim.speaker is None:
        return None
    found = [
        trace
        for named in occasions.values()
        for trace in named
        if trace.sentence in held
        and not any(s <= trace.span[0] < e for s, e in claim.spans)
        and _attributed(article, claim, trace)
    ]
    return max(found, key=lambda trace: trace.span, default=None) or _in_room(
        article, claim, occasions, held
    )


def _in_room(
    article: Article, claim: Claim, occasions: Mapping[str, Sequence[Trace]], held: Sequence[int]
) -> Trace | None:
    """The occasion of whose people it is said that they were told: the one named just before."""
    last = article.sentences[held[-1]]
    if not any(_ROOM.match(article.text, start, last.end) for start, _ in claim.cue_spans):
        return None
    near = [
        trace
        for name in ADDRESSEES
        for trace in occasions.get(name, ())
        if held[0] - _BACK <= trace.sentence <= held[-1]
        and article.sentences[trace.sentence].block == last.block
        and not any(s <= trace.span[0] < e for s, e in claim.spans)
    ]
    return max(near, key=lambda trace: trace.span, default=None)


def _attributed(article: Article, claim: Claim, trace: Trace) -> bool:
    start = article.sentences[trace.sentence].start
    before = article.text[max(start, trace.span[0] - _BEFORE) : trace.span[0]]
    if _apart(claim, trace) > _BESIDE:
        return False
    if trace.name in ADDRESSEES:
        told = _ADDRESSED.search(before)
        at = trace.span[0] - len(before) + told.start() if told else -1
        return any(s <= at < e for s, e in claim.cue_spans)
    written = trace.name in _WRITTEN or _LETTERS.fullmatch(trace.written) is not None
    put = _PUT.search(before) if written else None
    # "In the post" stand those who hold one.
    return put is not None and (trace.name != "post" or put[1].lower() in ("a", "an"))


def _apart(claim: Claim, trace: Trace) -> int:
    """The letters between a trace and the nearest word that says that the claim was said."""
    return min(
        (max(trace.span[0] - e, s - trace.span[1], 0) for s, e in claim.cue_spans),
        default=_BESIDE + 1,
    )
