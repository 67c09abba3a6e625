"""Sources and contents that the tagger has cut in the wrong place, as signs and names tell.

The rest of a quotation is no part of its source, a given name is; the words of a banner are shown,
and said by nobody.
"""

from __future__ import annotations

import re

from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.phrases import overlap
from factcheck.records import Span

# "“The lift,” said Ann Cole, 80, | “is out.”": two words or more, to the end of a source.
_REST = re.compile(
    r",\s+(?P<rest>[\"“](?=\w)[^\"“”]+\s[^\"“”]+[\"”]|[‘'](?=\w)[^‘]+\s[^‘]+[’'])[.,]?$"
)
_BROKEN_OFF = re.compile(r",[\"”’']$")
_ENDS = frozenset(".,!?…")
# The given name before the rest of a source: "Ines | Quiroga".
_GIVEN = re.compile(r"(?<![\w.'’-])(?P<name>[A-Z][\w'’-]+) $")
_LONGEST_NAME = 30
# The name of whom a description tells, between it and its verb: "the goatherd |, Tarn Ubel, |".
_APPOSED = re.compile(r"(?P<name>, [A-Z][\w'’-]+(?: [a-z]{2,3}){0,2}(?: [A-Z][\w'’-]+){1,3}), $")
# What carries words for all to see, and the words that lead to these.
_SHOWN = re.compile(
    r"\b(?:badges?|banners?|billboards?|caps?|flags?|graffiti|hats?|hoodies?|placards?|posters?"
    r"|(?:t-|sweat)?shirts?|signs?|stickers?|tattoos?)\b[^.;:!?,“”\"\n]{0,40}? "
    r"(?:reading|saying|proclaiming|declaring|(?:that|which) (?:reads?|said|says?|proclaimed)"
    r"|(?:bearing|with) the (?:slogans?|words?|message)),? ?[\"“‘']?$",
    re.IGNORECASE,
)
_REACH = 120
# "It was | the cook, not the guest, | who", "It was not the guest but | the cook | who".
_WHO = re.compile(r"who|that")
_CLEFT = re.compile(
    r"\b[Ii]t (?:was|is|had been) (?:(?!not\b)(?P<one>[^,;:.“”\"\n]{2,60}?)"
    r"(?:, (?:and not|not|rather than) [^,;:“”\"\n]{2,60},| (?:and not|rather than)"
    r" [^,;:“”\"\n]{2,60}) |not [^,;:.“”\"\n]{2,60}?,? but (?P<other>[^,;:“”\"\n]{2,60}?),? )$"
)


def mend(text: str, drafts: list[Draft]) -> None:
    """Put the edges of attributions right, in place; those of what is only shown go."""
    for draft in drafts:
        _give_back(text, draft)
        _take_name(text, draft)
        _take_apposition(text, draft)
        _take_cleft(text, draft)
    drafts[:] = [draft for draft in drafts if not _is_shown(text, draft)]


def _take_cleft(text: str, draft: Draft) -> None:
    """Give what is said to the one whom a sentence sets against another: "It was | the cook, not
    the guest, who told police".
    """
    for number, (start, end) in enumerate(draft.source):
        if _WHO.fullmatch(text, start, end):
            cleft = _CLEFT.search(text, max(0, start - _REACH), start)
            if cleft:
                draft.source[number] = cleft.span("one" if cleft["one"] else "other")


def _give_back(text: str, draft: Draft) -> None:
    """Give what is said the rest of it that the source has taken in."""
    if not draft.source or not any(_BROKEN_OFF.search(text[s:e]) for s, e in draft.content):
        return
    start, end = draft.source[-1]
    rest = _REST.search(text[start:end])
    if rest is None:
        return
    first, last = start + rest.start("rest"), start + rest.end("rest")
    if text[last - 2] in _ENDS or text[last : last + 1] in (".", ","):
        draft.source[-1] = (start, start + rest.start())
        draft.content.append((first, last))


def _take_name(text: str, draft: Draft) -> None:
    """Give a source the given name that stands right before it."""
    lex = lexicon()
    for number, (start, end) in enumerate(draft.source):
        if not text[start].isupper():
            continue
        given = _GIVEN.search(text[max(0, start - _LONGEST_NAME) : start])
        if given is None or _meets(draft, (start - len(given[0]), start)):
            continue
        name = fold(given["name"])
        if name in lex.first_names and name not in lex.calendar | lex.functions:
            draft.source[number] = (start - len(given[0]), end)


def _take_apposition(text: str, draft: Draft) -> None:
    """Give a description the name that stands between it and its verb."""
    if len(draft.source) != 1 or not draft.cue:
        return
    start, end = draft.source[0]
    name = _APPOSED.fullmatch(text, end, draft.cue[0][0]) if end < draft.cue[0][0] else None
    words = text[start:end].split()
    if name is None or len(words) < 2 or any(word[0].isupper() for word in words[1:]):
        return
    if noun_kind(words[-1]) != "document" and not _meets(draft, name.span("name")):
        draft.source[0] = (start, name.end("name"))


def _meets(draft: Draft, span: Span) -> bool:
    """Whether an attribution has a part of a stretch already."""
    pieces = (*draft.source, *draft.cue, *draft.content)
    return any(overlap(piece, span) for piece in pieces)


def _is_shown(text: str, draft: Draft) -> bool:
    """Whether a content is what a sign or a shirt bears: "held banners saying “No more dust”"."""
    if len(draft.content) != 1 or not draft.cue or draft.cue[-1][1] > draft.content[0][0]:
        return False
    start, _ = draft.content[0]
    quoted = any(mark in text[max(0, start - 1) : start + 1] for mark in "\"“‘'")
    return quoted and _SHOWN.search(text[max(0, start - _REACH) : start]) is not None
