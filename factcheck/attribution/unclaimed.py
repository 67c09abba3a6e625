"""Quotations that no reporting words claim: somebody's speech all the same, never the outlet's.

What an attribution has a part of is its whole. Of the rest, whole sentences in quotation marks are
given to the one in focus: named right after them ("“…” – Ann Cole, mayor"), in the words that lead
up to them ("Ann Cole, at the gate: “…”"), or as the one person of the sentence before ("Cole was
angry. “…”"). Where the text leaves open who speaks, the opening mark stands for an unknown speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from factcheck.attribution.beside import Beside
from factcheck.attribution.draft import Draft
from factcheck.attribution.focus import Focus
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.scene import Scene
from factcheck.attribution.sources import is_nobody
from factcheck.records import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = frozenset(".!?…")
_FEWEST_WORDS = 2


def claim(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Give each whole quotation in the blocks to an attribution, a new one where need be.

    `blocks` are in order, `quotations` those of depth 1, `drafts` what was found in the blocks.
    """
    owned = _Owned(text, drafts)
    scene = Scene(text, blocks, quotations)
    beside, focus = Beside(scene), Focus(scene, drafts)
    chains: list[list[Quotation]] = []
    before: Quotation | None = None
    for quote in quotations:
        owner = owned.owner(quote)
        if owner is not None and is_nobody(text, owner):
            # "Nobody spoke. “…”": somebody did.
            owner.content, owner = owned.without(owner, quote), None
        said = focus.spoke.get(before.end) if before and _goes_on(text, before, quote) else None
        before = quote
        if said and owner and _is_anothers(scene.block(quote.start), said, owner):
            # The next paragraph of a quotation left open is its speaker's, whoever speaks below.
            owner.content = owned.without(owner, quote)
            said.content.append((quote.start, quote.end))
            focus.spoke[quote.end] = said
            continue
        if owner is not None and (label := beside.label(quote)) and label not in owner.source:
            owner.content = owned.without(owner, quote)
            drafts.append(Draft([label], [], [(quote.start, quote.end)]))
            continue
        if owner is not None and (named := beside.says_next(quote, owner)):
            # "…," said Weiss. "…," said Grau: who is named right behind a quotation has it.
            owner.content = owned.without(owner, quote)
            drafts.append(Draft(*named, [(quote.start, quote.end)]))
            focus.spoke[quote.end] = drafts[-1]
            continue
        if owner is not None and (other := focus.newcomer(quote, owner)):
            # "…," Weiss said. Coach Grau was calmer. "…": who has come into focus since has it.
            owner.content = owned.without(owner, quote)
            drafts.append(Draft([other], [], [(quote.start, quote.end)]))
            focus.spoke[quote.end] = drafts[-1]
            continue
        if owner is not None:
            owner.content += owned.gaps(quote)
            focus.spoke[quote.end] = owner
        elif chains and _goes_on(text, chains[-1][-1], quote):
            chains[-1].append(quote)
        else:
            chains.append([quote])
    for chain in chains:
        if new := _new(scene, beside, focus, chain):
            drafts.append(new)
            focus.spoke[chain[-1].end] = new
    # What had nothing but another's quotation has said nothing.
    drafts[:] = [draft for draft in drafts if draft.content]


def _goes_on(text: str, before: Quotation, quote: Quotation) -> bool:
    """Whether a quotation is the next paragraph of one that was left open."""
    return not before.closed and not text[before.end : quote.start].strip()


def _is_anothers(block: Span, said: Draft, owner: Draft) -> bool:
    """Whether a paragraph of one quotation was given to another than the paragraph before, whose
    source is known, without reporting words of its own.
    """
    told = any(block[0] <= start < block[1] for start, _ in owner.cue or owner.source)
    return owner is not said and bool(said.source) and not told


def _new(scene: Scene, beside: Beside, focus: Focus, chain: Sequence[Quotation]) -> Draft | None:
    """The attribution of a quotation and its paragraphs; `None` for what is no speech, or was
    given to an attribution before.
    """
    content = [(quote.start, quote.end) for quote in chain]
    signed = beside.signed(chain[-1])
    named = ([signed], []) if signed else beside.after(chain[-1])
    if named is not None:
        return Draft(*named, content)
    if not _is_speech(scene, chain):
        return None
    found = focus.before(chain[0], chain[-1].end)
    if isinstance(found, Draft):
        found.content += content
        return None
    if found is not None:
        return Draft([found], [], content)
    if chain[0].start == chain[0].inner_start:
        return None
    inner = [(quote.inner_start, quote.inner_end) for quote in chain]
    return Draft([(chain[0].start, chain[0].inner_start)], [], inner)


def _is_speech(scene: Scene, chain: Sequence[Quotation]) -> bool:
    """Whether a quotation is of whole sentences, and not one that a sentence is made of."""
    first, last = chain[0], chain[-1]
    start = scene.block(first.start)[0]
    lead = scene.text[start : first.start].rstrip("*_ \t\r\n>")
    if lead and lead[-1] not in _ENDS and lead[-1] not in ":”\"’'»)—–-":
        return False
    words = list(_WORD.finditer(scene.text, first.inner_start, last.inner_end))
    if len(words) < _FEWEST_WORDS or words[0][0][0].islower():
        return False
    if not last.closed:
        return len(chain) > 1
    after = scene.text[last.end : last.end + 3].lstrip(" ")
    return scene.text[last.inner_end - 1] in _ENDS and not after[:1].islower()


class _Owned:
    """Which attribution has a part of a quotation."""

    def __init__(self, text: str, drafts: Sequence[Draft]) -> None:
        self._text = text
        pairs = [(span, draft) for draft in drafts for span in draft.content]
        pairs.sort(key=lambda pair: pair[0])
        self._spans = [span for span, _ in pairs]
        self._drafts = [draft for _, draft in pairs]
        self._reach = list(accumulate((end for _, end in self._spans), max))
        self._taken = sorted(
            [*self._spans, *(span for d in drafts for span in (*d.source, *d.cue))]
        )

    def owner(self, quote: Quotation) -> Draft | None:
        """The attribution that has a part of a quotation, and its reporting words outside."""
        at = bisect_right(self._reach, quote.inner_start)
        while at < len(self._spans) and self._spans[at][0] < quote.inner_end:
            draft = self._drafts[at]
            cue = draft.cue[0] if draft.cue else (-1, -1)
            if not (quote.start <= cue[0] and cue[1] <= quote.end):
                return draft
            at += 1
        return None

    def without(self, draft: Draft, quote: Quotation) -> list[Span]:
        """The content of an attribution without what stands in a quotation."""
        kept = []
        for start, end in draft.content:
            if end <= quote.start or quote.end <= start:
                kept.append((start, end))
            else:
                kept += [
                    span
                    for span in ((start, quote.start), (quote.end, end))
                    if span[0] < span[1] and _WORD.search(self._text, *span)
                ]
        return kept

    def gaps(self, quote: Quotation) -> list[Span]:
        """The words of a quotation that are in no role of any attribution."""
        found = []
        at = quote.start
        first = max(0, bisect_left(self._taken, (quote.start, 0)) - 8)
        for start, end in self._taken[first:]:
            if start >= quote.end:
                break
            if start > at:
                found.append((at, start))
            at = max(at, end)
        found.append((at, quote.end))
        return [span for span in found if span[0] < span[1] and _WORD.search(self._text, *span)]
