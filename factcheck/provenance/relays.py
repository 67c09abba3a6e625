"""Relays named in running text: which sentence passes on what another outlet reported.

A relay of a sentence is no credit of the article: it bears on the statements of that sentence
and, where it stands in the lead, on what the article goes on to tell.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from factcheck.provenance.names import Mention, mentions
from factcheck.records import Article, Span

# `told`: somebody spoke to the outlet; `reports`: the outlet's own telling is passed on.
Form = Literal["told", "reports"]

_BEFORE = 60
_TOLD_BEFORE = re.compile(
    r"(?i)(?:\b(?:told|tells|telling|spoke\s+(?:to|with)|speaking\s+(?:to|with|on)|talked\s+to"
    r"|interview(?:ed|s)?\s+(?:\w+\s+){0,3}?(?:with|by|on|to)|statements?\s+to|e-?mail(?:ed)?\s+to"
    r"|(?:said|says|appear(?:ed|ing|ance)|confirmed|disclosed)\s+(?:\w+\s+){0,2}?(?:on|to|during)"
    r"|comment(?:s|ed)?\s+to|interviewed\s+(?:on|by)|speaking\s+(?:\w+\s+)?on))\s+"
    r"(?:the\s+|an?\s+|host\s+of\s+)?(?:\w+\s+)?[\"“‘']?$"
)
_REPORTS_BEFORE = re.compile(
    r"(?i)(?:\b(?:according\s+to|as|citing|cites|quoting|quoted\s+(?:in|by)|cited\s+by"
    r"|(?:reported|obtained|reviewed|seen|published|revealed|disclosed|carried|uncovered|aired"
    r"|broadcast|released|conducted|leaked|found|posted|written|estimated|provided)\s+"
    r"(?:\w+\s+){0,2}?(?:by|in|on|to)"
    r"|(?:reports?|article|story|stories|poll|investigation|interview|editorial|column|piece|survey"
    r"|analysis)\s+(?:\w+\s+){0,3}?(?:in|by|from|for|on)|via|writ(?:es|ing|ten)\s+in))"
    r"\s+(?:an?\s+)?(?:the\s+)?(?:\w+\s+)?[\"“‘']?$"
    r"|\bat\s+(?:the\s+)?$"
)
_REPORTS_AFTER = re.compile(
    r"(?:['’]s)?(?:\s+(?:magazine|newspaper|news\s+agency|agency|website|channel|network|correspondent"
    r"|reporter))?(?:\s+\w+ly)?(?:,?\s+(?:which|who|has|had|have|also|then|first|is|was|today"
    r"|earlier|later|on|this|last|week|month|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)){0,4}\s+"
    r"(?:report(?:s|ed|ing)?|reveal(?:s|ed)|said|says|wrote|writes|found|finds|quot(?:es|ed|ing)"
    r"|cit(?:es|ed|ing)|learn(?:s|ed)|obtained|notes?|noted|published|disclos(?:es|ed)|estimat(?:es|ed)"
    r"|broke|uncovered|broadcast|aired|explains?|describ(?:es|ed)|put|posted|confirm(?:s|ed))\b"
    r"|(?:['’]s)?\s+(?:(?:newspaper|magazine|news)\s+)?(?:reports?|article|story|investigation|poll"
    r"|interview|editorial|column|exclusive|account|examination|survey)\b"
)
_TOLD_AFTER = re.compile(r"(?:['’]s)?\s+(?:interview|host|anchor|correspondent|reporter)\b")
_OWN = re.compile(
    r"(?i)\btold\s+(?:this\s+(?:news)?(?:paper|reporter|correspondent|agency|website|magazine|outlet"
    r"|publication)|us\b)|\b(?:told|interview\s+with)\s+our\s+\w+|\b(?:in|during|for)\s+an?\s+(?:\w+\s+){0,2}?"
    r"interview(?!\s+(?:\w+\s+){0,3}?(?:with|by|to|on)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
    r"|\b(?:seen|reviewed|obtained)\s+by\s+this\s+(?:news)?paper\b"
)


class Relay(NamedTuple):
    """An outlet that sentence number `sentence` of the article passes on.

    `own`: it is the article's own outlet or desk, so the statement is first-hand.
    """

    name: str
    family: str
    agency: bool
    form: Form
    span: Span
    sentence: int
    own: bool


def relays(article: Article) -> tuple[Relay, ...]:
    """Find the relays of the body's sentences, in the order of the text."""
    found: list[Relay] = []
    text = article.text
    if not article.sentences:
        return ()
    named = [m for m in mentions(text) if not _elsewhere(article, m)]
    sentence = 0
    for mention in named:
        while (
            sentence < len(article.sentences) - 1
            and article.sentences[sentence].end <= mention.span[0]
        ):
            sentence += 1
        held = article.sentences[sentence]
        if not held.start <= mention.span[0] < held.end:
            continue
        form = _form(text, mention, held.start, held.end)
        if form:
            info = mention.outlet
            own = info.family == article.family
            agency = info.kind == "agency"
            found.append(Relay(info.name, info.family, agency, form, mention.span, sentence, own))
    for number, held in enumerate(article.sentences):
        for match in _OWN.finditer(text, held.start, held.end):
            found.append(
                Relay(article.outlet, article.family, False, "told", match.span(), number, own=True)
            )
    return tuple(sorted(found, key=lambda r: (r.sentence, r.span)))


def _elsewhere(article: Article, mention: Mention) -> bool:
    """Front matter and the like, before the first sentence, name no relay."""
    return mention.span[0] < article.sentences[0].start


def _form(text: str, mention: Mention, start: int, end: int) -> Form | None:
    first, last = mention.span
    before = text[max(start, first - _BEFORE) : first]
    after = text[last : min(end, last + _BEFORE)]
    if _TOLD_BEFORE.search(before) or _TOLD_AFTER.match(after):
        return "told"
    if _REPORTS_BEFORE.search(before) or _REPORTS_AFTER.match(after):
        return "reports"
    return None
