"""Where a sentence, or the one behind it, tells for certain whom its speaker talked to.

"Asked by X", "so says X", "as quoted in Thursday's X", "if X is to be believed"; behind it: "She
spoke to AFP", "The remark, made to a reporter of X", "X quotes her thus".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factcheck.access.evidence import OUTLETS
from factcheck.access.traces import NAMED_OTHERWISE, Trace
from factcheck.records import Article, Claim

_BEFORE, _AFTER = 120, 100
_OTHERS: frozenset[str] = NAMED_OTHERWISE | {"nobody", "generic"}
_TO = (
    r"\s+(?:the\s+|(?P<reporter>an?\s+(?:\w+\s+)?(?:reporter|correspondent|journalist)\s+"
    r"(?:from|of|for|with|at)\s+)(?:the\s+)?|an?\s+)?$"
)
_QUOTED = re.compile(
    r"\b(?:as\s+)?(?:quoted|cited)\s+(?:(?P<by>by)|in)\s+"
    r"(?:the\s+|(?P<day>(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day['’]s)\s+)?$"
)
# "Asked by X whether", "when X asked him".
_ASKED = re.compile(r"\b[Aa]sked\s+by\s+(?:the\s+)?$")
_WHEN = re.compile(r"\b(?:when|after|as)\s+(?:the\s+)?$")
_ASKS = re.compile(r"\s+(?:had\s+)?(?:asked|rang|phoned|reached)\s+(?:him|her|them)\b")
_SO = re.compile(r"\bso\s+(?:claims|reports|says|writes)\s+(?:the\s+)?$")
_IF = re.compile(r"\b[Ii]f\s+(?:the\s+)?$")
_BELIEVED = re.compile(r"\s+(?:is|are)\s+to\s+be\s+(?:believed|trusted)\b")
# What was said, and that it was said to somebody.
_REMARK = (
    r"(?:The|This|That|These|Those|His|Her|Their)\s+(?:remarks?|comments?|words|quip|answers?"
    r"|account|confession|outburst)\b[^.;]{0,40}?\b(?:made|given|spoken|addressed)\b[^.;,]{0,30}?\sto"
)
_STORY = (
    r"\s+(?:told|gave|related|confided|made)\s+(?:(?:his|her|their|the)\s+"
    r"(?:story|account|tale|version|remarks?|comments?)|this|that|it|as\s+much)\s+to"
)
_THUS = r"(?:(?:That|This)\s+(?:is|was)\s+(?:how|what)|So|Thus)\s+"
_HOW = r"\s+(?:told|(?:described|put|explained|related)\s+(?:it|things|this|that)\s+to)"
_HAD = re.compile(r"\s+(?:\w+\s+)?had\s+(?:the\s+)?$")
_LINE = re.compile(r"\s+on\s+the\s+(?:line|phone|telephone)\b")
_QUOTES = re.compile(r"(?:,[^,.;]{2,60},)?\s+quote[sd]\s+(?:him|her|them)\b")
_MARK = re.compile(r"[“”\"‘]")


def passed_on(
    article: Article, claim: Claim, traces: Iterable[Trace], held: Sequence[int]
) -> Trace | None:
    """The outlet of which a claim's sentences, or the next, tell that it asked or quotes."""
    text = article.text
    quoted = claim.quote in ("direct", "mixed") or _MARK.search(text, claim.start, claim.end)
    for trace in traces:
        if trace.form & NAMED_OTHERWISE:
            continue
        like = bool(trace.form & OUTLETS)
        if trace.sentence in held and not trace.form & _OTHERS and _here(article, trace, like=like):
            return trace
        # Who quotes speaks, too, and is named among those who do.
        paper = like or "lone word" in trace.form
        behind = _is_next(article, trace, held) and _opens(article, trace)
        if quoted and paper and behind and _QUOTES.match(text, trace.span[1], _end(article, trace)):
            return trace
    return None


def _here(article: Article, trace: Trace, *, like: bool) -> bool:
    text, end = article.text, _end(article, trace)
    before = _so_far(article, trace)
    if quoted := _QUOTED.search(before):
        return like or quoted["day"] is not None
    if not like:
        return False
    return bool(
        _ASKED.search(before)
        or _SO.search(before)
        or (_WHEN.search(before) and _ASKS.match(text, trace.span[1], end))
        or (_IF.search(before) and _BELIEVED.match(text, trace.span[1], end))
    )


def spoke_next(
    article: Article, claim: Claim, traces: Iterable[Trace], held: Sequence[int]
) -> Trace | None:
    """The outlet that the speaker talked to, as the next sentence tells: "She spoke to AFP",
    "Brandt sat down with the Herald", "AFP reached him by telephone".
    """
    voice = claim.voice or claim.speaker
    name = re.escape(voice.name.split()[-1]) if voice and voice.kind == "named" else "(?!)"
    who = rf"(?:[Hh]e|[Ss]he|[Tt]hey|(?:\w+\.? ){{0,2}}{name})\b"
    said = re.compile(rf"(?:{_REMARK}|{who}{_STORY}|{_THUS}{who}{_HOW}){_TO}")
    for trace in traces:
        if trace.form & _OTHERS or not _is_next(article, trace, held):
            continue
        before = _so_far(article, trace)
        like = bool(trace.form & OUTLETS)
        still = re.match(who, before)
        told = trace.cue in ("spoke", "told") and (still or _opens(article, trace))
        had = still and _HAD.match(before, still.end())
        line = had and _LINE.match(article.text, trace.span[1], _end(article, trace))
        made = said.match(before)
        if like and (told or line or made):
            return trace
        if made and made["reporter"]:
            return trace
    return None


def _is_next(article: Article, trace: Trace, held: Sequence[int]) -> bool:
    last = article.sentences[held[-1]]
    return trace.sentence == held[-1] + 1 and article.sentences[trace.sentence].block == last.block


def _opens(article: Article, trace: Trace) -> bool:
    return trace.span[0] <= article.sentences[trace.sentence].start + len("The ")


def _so_far(article: Article, trace: Trace) -> str:
    start = article.sentences[trace.sentence].start
    return article.text[max(start, trace.span[0] - _BEFORE) : trace.span[0]]


def _end(article: Article, trace: Trace) -> int:
    return min(article.sentences[trace.sentence].end, trace.span[1] + _AFTER)
