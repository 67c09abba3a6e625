"""From tags and links to attributions: who (source), in which words (cue), said what (content)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import islice

from factcheck.attribution import (
    asides,
    colons,
    denials,
    joined,
    lists,
    looking_back,
    papers,
    releases,
)
from factcheck.attribution.datelines import running
from factcheck.attribution.decode import ROLES, Floats, TagSpan, spans, viterbi
from factcheck.attribution.draft import Draft
from factcheck.attribution.quotes import Quotation, pair_quotes
from factcheck.attribution.repair import repair
from factcheck.attribution.tagger import Scored, Tagged, Tagger
from factcheck.attribution.transcripts import turns
from factcheck.attribution.unclaimed import claim
from factcheck.records import Attribution, Span

# Words that make it worth reading a content again for an attribution inside it.
_REPORTING = re.compile(
    r"\b(?:sa(?:id|ys|ying)|t(?:old|ells)|report(?:ed|s)|according to|announced|claim(?:ed|s)"
    r"|stated|warn(?:ed|s)|den(?:ied|ies)|insist(?:ed|s)|argue[ds]|confirmed|acknowledged|testified)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"that\s+", re.IGNORECASE)
_GROUP = 64  # windows decoded together
_INNER_MINIMUM = 25  # characters: a shorter content has no room for a source, a cue and a content


def extract(text: str, blocks: Sequence[tuple[int, int]], tagger: Tagger) -> list[Attribution]:
    """Return the attributions of a text, sorted by where they begin.

    `blocks` are the paragraphs that may hold attributions: [start, end) code-point ranges of
    `text`, in order, not overlapping. Blocks with nothing but white space between them may belong
    together (a colon before a quotation, a quotation over several paragraphs); anything else
    between two blocks, a heading say, keeps them apart. Datelines are left out, and a transcript's
    turns are its speakers' as its labels tell, without a cue.

    The contents of different attributions do not overlap, except that one told inside another
    ("Reuters reported that the minister said …") lies within the content of the outer. Spans are
    exact code points of `text`, sorted and disjoint within a role; quotation marks belong to the
    content they enclose. `source` is empty where none is named; the opening mark of a quotation
    stands for a speaker of whom nothing is told. `cue` is empty where no words report: a label, a
    quotation after the one in focus.
    """
    said = turns(text, blocks)
    in_turns = {number for turn in said for number in (*turn.blocks,)}
    told = [block for number, block in enumerate(running(text, blocks)) if number not in in_turns]
    quotations = [quote for quote in pair_quotes(text, blocks) if quote.depth == 1]
    drafts = _read(text, told, quotations, tagger)
    repair(text, told, drafts)
    denials.add(text, told, quotations, drafts)
    asides.add(text, told, quotations, drafts)
    papers.add(text, told, quotations, drafts)
    colons.add(text, told, quotations, drafts)
    looking_back.add(text, told, quotations, drafts)
    lists.add(text, told, drafts)
    claim(text, told, _inside(quotations, told), drafts)
    releases.add(text, told, drafts)
    joined.part(text, told, quotations, drafts)
    drafts += [Draft([turn.label], [], list(turn.content)) for turn in said]
    outer = [span for draft in drafts for span in draft.content]
    inner_blocks = sorted(
        _clause(text, span) for span in outer if _may_nest(text, span, quotations)
    )
    if inner_blocks:
        drafts += [
            draft
            for draft in _read(text, inner_blocks, [], tagger)
            if draft.source
            and _REPORTING.search(text, *draft.cue[0])
            and _within_one(draft, inner_blocks)
        ]
    found = {_finish(draft) for draft in drafts}
    return sorted(
        found, key=lambda item: (min(item.content + item.cue), item.content, item.cue, item.source)
    )


def _inside(quotations: Sequence[Quotation], blocks: Sequence[Span]) -> list[Quotation]:
    """The quotations that stand in one of some blocks, all in order."""
    starts = [start for start, _ in blocks]
    return [
        quote
        for quote in quotations
        for at in (bisect_right(starts, quote.start) - 1,)
        if at >= 0 and quote.end <= blocks[at][1]
    ]


def _read(
    text: str, blocks: Sequence[tuple[int, int]], quotations: list[Quotation], tagger: Tagger
) -> list[Draft]:
    """One pass of the tagger over some blocks, assembled."""
    tagged = tagger.tag(text, blocks)
    sections = _sections(text, blocks)
    drafts: list[Draft] = []
    while group := list(islice(tagged.windows, _GROUP)):
        decoded = viterbi([_real(scored) for scored in group], tagger.decoding.transitions)
        for scored, tags in zip(group, decoded, strict=True):
            drafts += _link(tagged, scored, spans(tags), sections, tagger.decoding.link)
    taken = sorted(span for draft in drafts for span in draft.source + draft.cue + draft.content)
    for draft in drafts:
        draft.content = [_with_marks(span, quotations, taken) for span in draft.content]
    _continue(drafts, blocks, sections, quotations)
    return drafts


def _real(scored: Scored) -> Floats:
    """Return the tag scores, with special pieces barred from all tags but O."""
    scores = scored.tags.copy()
    scores[scored.window.piece < 0, 1:] = -1e4
    return scores


def _sections(text: str, blocks: Sequence[tuple[int, int]]) -> list[int]:
    """Number the runs of blocks between which nothing but white space stands."""
    sections: list[int] = []
    for index, (start, _) in enumerate(blocks):
        if index == 0:
            sections.append(0)
        else:
            gap = text[blocks[index - 1][1] : start]
            sections.append(sections[-1] + bool(gap.strip()))
    return sections


def _link(
    tagged: Tagged, scored: Scored, found: list[TagSpan], sections: list[int], least: float
) -> list[Draft]:
    """Join each content to the likeliest cue of its section, and that to its likeliest source."""
    pieces, window = tagged.pieces, scored.window
    by_role: dict[str, list[TagSpan]] = {role: [] for role in ROLES}
    for span in found:
        by_role[span.role].append(span)
    cues, sources = by_role["cue"], by_role["source"]

    def section(span: TagSpan) -> int:
        return sections[int(pieces.block[window.piece[span.first]])]

    def place(span: TagSpan) -> Span:
        first, last = window.piece[span.first], window.piece[span.last - 1]
        return int(pieces.start[first]), int(pieces.end[last])

    def best(
        span: TagSpan, candidates: list[TagSpan], layer: int
    ) -> tuple[TagSpan | None, float, float]:
        towards = scored.links[layer, span.first : span.last].mean(0)
        chosen, score = None, -1.0
        for candidate in candidates:
            value = float(towards[candidate.first : candidate.last].sum())
            if value > score and section(candidate) == section(span):
                chosen, score = candidate, value
        return chosen, score, float(towards[0])

    drafts: dict[TagSpan, Draft] = {}
    for content in by_role["content"]:
        cue, score, _ = best(content, cues, 0)
        if cue is None or score < least:
            continue
        if cue not in drafts:
            drafts[cue] = Draft(cue=[place(cue)])
            source, score, none = best(cue, sources, 1)
            if source is not None and score >= none:
                drafts[cue].source.append(place(source))
        drafts[cue].content.append(place(content))
    return list(drafts.values())


def _with_marks(span: Span, quotations: list[Quotation], taken: list[Span]) -> Span:
    """Take in a mark just before or after a span, where the other of its pair is in reach too.

    A mark that lies in one of the sorted spans `taken` stays where it is.
    """
    start, end = span
    at = bisect_right(quotations, end, key=lambda quote: quote.start) - 1
    while at >= 0 and quotations[at].end >= start:
        quote = quotations[at]
        if quote.inner_start == start and quote.inner_end <= end and _free(quote.start, taken):
            start = quote.start
        if (
            quote.closed
            and quote.inner_end == end
            and quote.start >= start
            and _free(quote.inner_end, taken)
        ):
            end = quote.end
        at -= 1
    return start, end


def _free(place: int, taken: list[Span]) -> bool:
    at = bisect_right(taken, place, key=lambda span: span[0]) - 1
    return at < 0 or taken[at][1] <= place


def _continue(
    drafts: list[Draft],
    blocks: Sequence[tuple[int, int]],
    sections: list[int],
    quotations: list[Quotation],
) -> None:
    """Join the paragraphs of one quotation: each opens with a mark, only the last one closes.

    A paragraph of such a chain that no attribution claims goes to that of the paragraph before it,
    or, at the head of the chain, to that of the first paragraph that has one.
    """
    owners: list[tuple[int, int, Draft]] = sorted(
        ((start, end, draft) for draft in drafts for start, end in draft.content),
        key=lambda item: item[:2],
    )
    starts = [start for start, _, _ in owners]

    def owner(quote: Quotation) -> Draft | None:
        at = bisect_right(starts, quote.end - 1) - 1
        return owners[at][2] if at >= 0 and owners[at][1] > quote.inner_start else None

    opening = {quote.start: quote for quote in quotations}
    last = {quote.end: quote for quote in quotations if not quote.closed}
    chain: list[Quotation] = []
    for index, (start, end) in enumerate(blocks):
        goes_on = last.get(end)
        follows = bool(chain) and index > 0 and sections[index] == sections[index - 1]
        if follows and start in opening:
            chain.append(opening[start])
        else:
            _share(chain, owner)
            chain = []
        if goes_on is None:
            _share(chain, owner)
            chain = []
        elif not chain or chain[-1] is not goes_on:
            _share(chain, owner)
            chain = [goes_on]
    _share(chain, owner)


def _share(chain: list[Quotation], owner: Callable[[Quotation], Draft | None]) -> None:
    owners = [owner(quote) for quote in chain]
    current = next((draft for draft in owners if draft is not None), None)
    if current is None:
        return
    for quote, claimed in zip(chain, owners, strict=True):
        if claimed is None:
            words = current.source + current.cue
            if all(end <= quote.start or quote.end <= start for start, end in words):
                current.content.append((quote.start, quote.end))
        else:
            current = claimed


def _may_nest(text: str, span: Span, quotations: list[Quotation]) -> bool:
    """Whether reporting words stand in a content, outside its quotations."""
    start, end = span
    if end - start < _INNER_MINIMUM:
        return False
    for match in _REPORTING.finditer(text, start, end):
        at = bisect_right(quotations, match.start(), key=lambda quote: quote.start) - 1
        if at < 0 or quotations[at].end <= match.start():
            return True
    return False


def _clause(text: str, span: Span) -> Span:
    """A content without the "that" before it: a sentence, as the tagger knows them."""
    that = _THAT.match(text, *span)
    return (that.end() if that else span[0]), span[1]


def _within_one(draft: Draft, blocks: list[Span]) -> bool:
    """Whether all of an attribution lies in one of some sorted blocks."""
    pieces = draft.source + draft.cue + draft.content
    start, end = min(pieces)[0], max(end for _, end in pieces)
    at = bisect_right(blocks, start, key=lambda block: block[0]) - 1
    return at >= 0 and end <= blocks[at][1]


def _finish(draft: Draft) -> Attribution:
    return Attribution(
        source=_merged(draft.source), cue=_merged(draft.cue), content=_merged(draft.content)
    )


def _merged(found: list[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or touch."""
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
