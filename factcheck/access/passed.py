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
_ASKED = re.compile(
    r"\b(?:(?:[Aa]sked|(?:[Rr]eached|[Cc]ontacted|[Rr]ung\s+up|[Pp]honed)"
    r"(?:\s+by\s+(?:tele|mobile\s+)?phone)?)\s+by"
    r"|[Aa]nswering\s+(?:an?|the)\s+(?:call|question|query)\s+(?:by|from)"
    r"|(?:comments|remarks|words)\s+(?:\w+\s+)?(?:carried|aired|broadcast|printed)\s+(?:by|in|on))"
    r"\s+(?:[Tt]he\s+)?$"
)
# "Has let X know"; "…, writes X."
_LET = re.compile(r"\b(?:let|lets|letting)\s+(?:[Tt]he\s+)?$")
_KNOW = re.compile(r"\s+know\b")
_WRITES = re.compile(r",\s+(?:writes|reports)\s+(?:[Tt]he\s+)?$")
_STOPS = re.compile(r"\s*(?:[.;!?]|$)")
_WHEN = re.compile(r"\b(?:when|after|as)\s+(?:[Tt]he\s+)?$")
_ASKS = re.compile(r"\s+(?:had\s+)?(?:asked|rang|phoned|reached)\s+(?:him|her|them)\b")
_SO = re.compile(r"\bso\s+(?:claims|reports|says|writes)\s+(?:[Tt]he\s+)?$")
_IF = re.compile(r"\b[Ii]f\s+(?:[Tt]he\s+)?$")
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
# "Made the claim on X", "both quotes come from a talk she had with X".
_CLAIMED = (
    r"\s+(?:made|makes)\s+(?:the|this|that)\s+(?:claim|remark|comment|charge|allegation|accusation"
    r"|admission|point|forecast|prediction)s?\s+(?:to|on|in)"
)
_FROM = (
    r"(?:The|These|Those|Both|All|His|Her|Their)\s+(?:quotes?|quotations?|remarks?|words|comments?)\s+"
    r"(?:come|comes|came|are|were|is|was)\s+(?:taken\s+)?from\s+(?:an?|the|his|her|their)\s+"
    r"(?:[\w-]+\s+)?(?:interview|conversation|talk|chat)\b[^.;,]{0,30}?\s(?:with|to|on|in)"
)
# What is told without a speaker, somebody told: "The conductor described it to X".
_TOLD_IT = re.compile(
    r"\b(?:described|recounted|related|explained|reported)\s+(?:it|this|that|what\s+\w+\s+saw"
    r"|the\s+(?:scene|sight|incident|episode))\s+(?:all\s+)?to\s+(?:[Tt]he\s+|an?\s+)?$"
)
# "Alec Isbister was talking to X": of nobody but him who has just spoken.
_WAS_TALKING = re.compile(
    r"(?:The\s+)?[\w’'.-]+(?:\s+[\w’'.-]+){0,3}\s+(?:was|were)\s+(?:speaking|talking)\s+(?:to|with)\s+(?:[Tt]he\s+)?$"
)
_WHOLE = re.compile(
    r"\s+(?:has|had|carries|prints|publishes)\s+the\s+(?:whole|full|entire)\s+"
    r"(?:conversation|interview|exchange|talk)\b"
)
_HAD = re.compile(r"\s+(?:\w+\s+)?had\s+(?:[Tt]he\s+)?$")
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
        if like and _is_next(article, trace, held) and _TOLD_IT.search(_so_far(article, trace)):
            return trace
        if quoted and paper and behind and _QUOTES.match(text, trace.span[1], _end(article, trace)):
            return trace
    return None


def _here(article: Article, trace: Trace, *, like: bool) -> bool:
    text, end = article.text, _end(article, trace)
    like = like or "and" in trace.form
    before = _so_far(article, trace)
    if quoted := _QUOTED.search(before):
        return like or quoted["day"] is not None
    if not like:
        return False
    return bool(
        _ASKED.search(before)
        or _SO.search(before)
        or (_LET.search(before) and _KNOW.match(text, trace.span[1], end))
        or (_WRITES.search(before) and _STOPS.match(text, trace.span[1], end))
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
    said = re.compile(
        rf"(?:{_REMARK}|{_FROM}|{who}(?:{_STORY}|{_CLAIMED})|{_THUS}{who}{_HOW}){_TO}"
    )
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
        unnamed = voice is not None and voice.kind == "unnamed"
        talked = unnamed and _WAS_TALKING.match(before)
        whole = _opens(article, trace) and _WHOLE.match(
            article.text, trace.span[1], _end(article, trace)
        )
        if like and (told or line or made or talked or whole):
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
