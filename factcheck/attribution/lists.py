"""The items of a list that are said by whom the line over them names: "The report found: | • …"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from factcheck.attribution.draft import Draft
from factcheck.attribution.phrases import WORD, is_source
from factcheck.records import Span

_LONGEST_LEAD, _FEWEST = 200, 3
_MARK = re.compile(r"[ \t]*(?:[•▪●■◦‣·*✓✔➤→–—-]|\d{1,2}[.)])[ \t]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s+(?=[^\sa-z])")
_TELL = (
    r"(?:allege[ds]?|announce[ds]?|argue[ds]?|claim(?:s|ed)?|conclude[ds]?|confirm(?:s|ed)?"
    r"|establish(?:es|ed)?|finds?|found|list(?:s|ed)?|note[ds]?|report(?:s|ed)?|reveal(?:s|ed)?"
    r"|sa(?:id|ys?)|show(?:s|ed)?|states?|stated|told [^,.;:“”\"\n]{2,40}|warn(?:s|ed)?|writes?"
    r"|wrote)"
)
_WHO = r"(?P<who>(?:[^\s;:“”\"()]+ ){0,11}?[^\s;:“”\"()]+?)"
_WHEN = (
    r"(?:,? (?:on|late on|early on) \w+day| (?:today|yesterday)"
    r"| in (?:a|the|its|his|her|their) [^,;:]{2,40})?"
)
_POINTS = (
    r"(?:causes|conclusions|errors|facts|failings|failures|faults|findings|mistakes|points|problems"
    r"|reasons|things)"
)
_LEADS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WHO}(?:, [^,:;]{{2,60}},)? (?P<cue>(?:(?:has|have|had|also|later) )*{_TELL}"
        rf"(?: that| the following| (?:[\w-]+ ){{0,3}}?{_POINTS})?){_WHEN}",
        rf"(?P<cue>According to|In the words of|Per) {_WHO}{_WHEN}",
        rf"What {_WHO} (?P<cue>(?:(?:has|have|had) )?{_TELL}){_WHEN}",
        rf"(?:[Aa]mong )?(?:[Tt]he |[Ii]ts )?(?:[\w-]+ )?(?P<cue>{_POINTS} of) {_WHO}",
        rf"{_WHO}['’]s? (?P<cue>(?:[\w-]+ )?(?:findings|conclusions))",
    )
)
_WE = re.compile(r"(?i)(?:we|i|you|here)\b")


def add(text: str, blocks: Sequence[Span], drafts: list[Draft]) -> None:
    """Give the items of lists to the sources of the lines that lead up to them.

    `blocks` are the paragraphs that the drafts stand in, in order. An item with reporting words of
    its own is left to these.
    """
    found = []
    for items in _lists(text, blocks):
        lead = _lead(text, items[0])
        if lead and (roles := _roles(text, lead)):
            found.append((lead, roles, items))
    places = sorted(item for _, _, items in found for item in items)
    own = {
        place
        for draft in drafts
        for span in (*draft.source, *draft.cue)
        for place in _touched(places, span)
    }
    leads = [lead for lead, _, _ in found]
    for draft in drafts:
        draft.content = [
            span
            for span in draft.content
            # "What | the inquiry found", "The ministry says | that" tell nothing by themselves.
            if not (_touched(leads, span) and len(WORD.findall(text, *span)) < _FEWEST - 1)
            and own.issuperset(_touched(places, span))
        ]
    for _, (who, cue), items in found:
        said = [
            item for item in items if item not in own and len(WORD.findall(text, *item)) >= _FEWEST
        ]
        if said:
            drafts.append(Draft([who], [cue], said))
    drafts[:] = [draft for draft in drafts if draft.content]


def _touched(places: Sequence[Span], span: Span) -> list[Span]:
    """Which of some places in order, none within another, have a part of a stretch."""
    at = bisect_right(places, span[0], key=lambda place: place[1])
    touched = []
    while at < len(places) and places[at][0] < span[1]:
        touched.append(places[at])
        at += 1
    return touched


def _lists(text: str, blocks: Sequence[Span]) -> Iterator[list[Span]]:
    """The lists of a text: their items, without marks, one list after the other."""
    items: list[Span] = []
    for start, end in blocks:
        line = text.rfind("\n", 0, start) + 1
        marked = line < start and _MARK.fullmatch(text, line, start) is not None
        if items and (not marked or text[items[-1][1] : line].strip()):
            yield items
            items = []
        if marked:
            items.append((start, end))
    if items:
        yield items


def _lead(text: str, first: Span) -> Span | None:
    """The sentence that ends in a colon right over the first item of a list, without the colon."""
    line = text.rfind("\n", 0, first[0]) + 1
    above = text[max(0, line - 2 * _LONGEST_LEAD) : line].rstrip()
    end = max(0, line - 2 * _LONGEST_LEAD) + len(above)
    if not above.endswith(":"):
        return None
    start = max(text.rfind("\n", 0, end) + 1, end - 2 * _LONGEST_LEAD)
    for match in _SENTENCE_END.finditer(text, start, end):
        start = match.end()
    return (start, end - 1) if end - start <= _LONGEST_LEAD else None


def _roles(text: str, lead: Span) -> tuple[Span, Span] | None:
    """The source and the reporting words of a line."""
    for pattern in _LEADS:
        match = pattern.fullmatch(text, *lead)
        if match and is_source(text, match.span("who")) and not _WE.match(match["who"]):
            return match.span("who"), match.span("cue")
    return None
