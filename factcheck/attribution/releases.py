"""What a body has published and an outlet prints as it came, below words that announce it.

A paragraph that says "The police have issued the following information." and nothing else gives
what follows it, up to the next heading, to the body: none of it is the outlet's own word. What is
attributed to somebody there stays theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.attribution.draft import Draft
from factcheck.records import Span

_WHAT = (
    r"(?:(?:press|news|media|public|safety|written) )?(?:information|release|statement|advisory"
    r"|notice|update|details|report|message|announcement|bulletin|summary|communiqu[eé]|alert|account|text)"
)
_GAVE = r"(?:issued|released|provided|published|sent(?: out)?|put out|posted|shared|distributed)"
_WHO = r"(?P<who>[^\s,.;:“”\"\n][^.;:“”\"\n]{2,100}?)"
_WHEN = (
    r"(?:,? (?:today|yesterday|(?:on |late |early |this )?(?:\w+day|\w+ \d{1,2})"
    r"(?: (?:morning|afternoon|evening|night))?)| (?:on|via|in|about|regarding|concerning|to)\b"
    r"[^.;:“”\"\n]{2,80})*"
)
_FORMULAS = (
    re.compile(
        rf"{_WHO} (?:has |have |had )?(?P<cue>{_GAVE} the following)(?: {_WHAT})?{_WHEN}\s?[.:]"
    ),
    re.compile(
        rf"(?P<cue>The following(?: {_WHAT})? (?:was|were|is|are|has been|have been|comes?)"
        rf"(?: (?:being )?{_GAVE})? (?:by|from)) {_WHO}{_WHEN}\s?[.:]"
    ),
    re.compile(
        rf"(?P<cue>The following is (?:an? |the )?(?:full |complete |verbatim )?{_WHAT}"
        rf"(?: {_GAVE})? (?:by|from|of)) {_WHO}{_WHEN}\s?[.:]"
    ),
    re.compile(rf"(?P<cue>(?:Press|News|Media) release (?:by|from|of)) {_WHO}{_WHEN}\s?[.:]?"),
)
_LONGEST = 300
_QUOTES = frozenset("“\"«‘'„")
_WORD = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*\s+(?=[^\sa-z])")


def add(text: str, blocks: Sequence[Span], drafts: list[Draft]) -> None:
    """Give what stands below such a paragraph, and is nobody's yet, to the body it names.

    `blocks` are the paragraphs of running text, in order; linear in their length.
    """
    taken = sorted(span for d in drafts for span in (*d.source, *d.cue, *d.content))
    for number, block in enumerate(blocks):
        match = _formula(text, block)
        if match is None:
            continue
        if quoted := _quoted_below(text, blocks, number, drafts):
            quoted.source, quoted.cue = [match.span("who")], [match.span("cue")]
            continue
        content = [
            span
            for below in _below(text, blocks, number)
            for span in _free(text, below, taken)
            if _WORD.search(text, *span)
        ]
        if content:
            drafts.append(Draft([match.span("who")], [match.span("cue")], content))


def _quoted_below(
    text: str, blocks: Sequence[Span], number: int, drafts: Sequence[Draft]
) -> Draft | None:
    """The quotation right below a paragraph whose speaker nobody tells, if there is one."""
    below = blocks[number + 1][0] if number + 1 < len(blocks) else 0
    if not below or text[blocks[number][1] : below].strip() or text[below] not in _QUOTES:
        return None
    opening = [(below, below + 1)]
    return next((d for d in drafts if d.source == opening and not d.cue), None)


def _formula(text: str, block: Span) -> re.Match[str] | None:
    if block[1] - block[0] > _LONGEST:
        return None
    end = block[0] + len(text[block[0] : block[1]].rstrip("*_ "))
    found = (formula.fullmatch(text, block[0], end) for formula in _FORMULAS)
    return next((match for match in found if match), None)


def _below(text: str, blocks: Sequence[Span], number: int) -> Iterator[Span]:
    """The paragraphs below one, until something else than white space, or another such, comes."""
    for before, block in pairwise(blocks[number:]):
        if text[before[1] : block[0]].strip() or _formula(text, block):
            return
        if before == blocks[number] and text[block[0]] in _QUOTES:
            # A quotation is read as one.
            return
        yield block


def _free(text: str, block: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a paragraph that no attribution has a part of, those in a row as one."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, *block)]
    begin: int | None = None
    stop = block[0]
    for start, end in pairwise([block[0], *ends, block[1]]):
        at = bisect_left(taken, (start, 0))
        held = (at < len(taken) and taken[at][0] < end) or (at > 0 and taken[at - 1][1] > start)
        if held and begin is not None:
            yield begin, stop
        begin = None if held else start if begin is None else begin
        stop = start + len(text[start:end].rstrip())
    if begin is not None:
        yield begin, stop
