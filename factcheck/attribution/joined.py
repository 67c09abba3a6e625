"""Two who speak in one sentence, each of what stands before its own reporting words.

"The bus was late, Doe said, and the road was icy, according to Roe": the second half is not Doe's,
and the first is not Roe's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from factcheck.attribution.draft import Draft
from factcheck.attribution.phrases import Quoted, is_source, overlap, sentences
from factcheck.attribution.quotes import Quotation
from factcheck.records import Span

_LONGEST = 400
_WHO = r"(?:[^\s,;:“”\"()]+ ){0,6}?[^\s,;:“”\"()]+?"
_SAYS = r"(?:(?:has|had|also|later) )?(?:said|says|say|added|adds|reported|claimed|claims)"
_TWO = re.compile(
    rf"(?P<x>[^,;:“”\"\n]{{8,200}}?), (?P<a>{_WHO}) (?P<said_a>{_SAYS}), "
    rf"(?:and|but|while|whereas|although|though) (?P<y>[^;:“”\"\n]{{8,200}}?), "
    rf"(?:(?P<told>according to) (?P<c>{_WHO})|(?P<b>{_WHO}) (?P<said_b>{_SAYS}))\.?"
)


def part(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Give each of two speakers of a sentence what it says, in place; `blocks` are in order."""
    quoted = Quoted(quotations)
    found = [
        match
        for block in blocks
        for start, end in sentences(text, block)
        if end - start <= _LONGEST
        and (match := _TWO.fullmatch(text, start, end))
        and not quoted.holds(match.start("said_a"))
        and all(is_source(text, match.span(one)) for one in "abc" if match[one])
    ]
    starts = [match.start() for match in found]
    told: dict[Span, list[Draft]] = {}
    for draft in drafts:
        at = bisect_right(starts, draft.cue[0][0]) - 1 if draft.cue else -1
        if at < 0 or draft.cue[0][0] >= found[at].end():
            continue
        for _, cue, _ in _halves(found[at]):
            if overlap(cue, draft.cue[0]):
                told.setdefault(cue, []).append(draft)
    for match in found:
        for source, cue, said in _halves(match):
            known = told.get(cue) or [Draft(cue=[cue])]
            if cue not in told:
                drafts.append(known[0])
            for draft in known:
                draft.source = [source]
                rest = [span for span in draft.content if not overlap(span, match.span())]
                draft.content = [said, *rest]


def _halves(match: re.Match[str]) -> tuple[tuple[Span, Span, Span], tuple[Span, Span, Span]]:
    """The source, the reporting words and what is said, of the first and of the second."""
    second = ("c", "told") if match["told"] else ("b", "said_b")
    return (
        (match.span("a"), match.span("said_a"), match.span("x")),
        (match.span(second[0]), match.span(second[1]), match.span("y")),
    )
