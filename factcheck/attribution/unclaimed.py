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
from functools import cached_property
from itertools import accumulate, pairwise

from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.mentions import find
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.words import Words
from factcheck.records import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*\s+(?=[^\sa-z])")
_TAIL = re.compile(r"\s*(?:(?P<dash>--|[—–-])\s*|,\s*)?(?:so\s+)?")
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her)\b", re.IGNORECASE)
_SUBJECTS = frozenset(("he", "she", "they"))
_ENDS = frozenset(".!?…")
_FEWEST = 3
# How far back the one in focus is looked for: paragraphs, sentences of one, characters of one.
_BACK = 3
_SENTENCES = 2
_READ = 600
_NEAR = 40


def claim(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Give each whole quotation in the blocks to an attribution, a new one where need be.

    `blocks` are in order, `quotations` those of depth 1, `drafts` what was found in the blocks.
    """
    owned = _Owned(text, drafts)
    chains: list[list[Quotation]] = []
    for quote in quotations:
        owner = owned.owner(quote)
        if owner is not None:
            owner.content += owned.gaps(quote)
        elif chains and _goes_on(text, chains[-1][-1], quote):
            chains[-1].append(quote)
        else:
            chains.append([quote])
    focus = _Focus(text, blocks, quotations, drafts)
    for chain in chains:
        if new := focus.of(chain):
            drafts.append(new)


def _goes_on(text: str, before: Quotation, quote: Quotation) -> bool:
    """Whether a quotation is the next paragraph of one that was left open."""
    return not before.closed and not text[before.end : quote.start].strip()


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


class _Focus:
    """Who is in focus where a quotation stands."""

    def __init__(
        self,
        text: str,
        blocks: Sequence[Span],
        quotations: Sequence[Quotation],
        drafts: Sequence[Draft],
    ) -> None:
        self._text, self._blocks = text, blocks
        self._starts = [start for start, _ in blocks]
        self._quoted = sorted((quote.start, quote.end) for quote in quotations)
        self._cues = sorted(
            ((span, draft) for draft in drafts for span in draft.cue), key=lambda pair: pair[0]
        )
        self._cue_starts = [span[0] for span, _ in self._cues]

    @cached_property
    def _mentions(self) -> list[Mention]:
        return find(Words(self._text, self._blocks))

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self._mentions]

    def of(self, chain: Sequence[Quotation]) -> Draft | None:
        """The attribution of a quotation and its paragraphs; `None` for what is no speech, or was
        given to an attribution before.
        """
        content = [(quote.start, quote.end) for quote in chain]
        named = self._after(chain[-1])
        if named is not None:
            return Draft(*named, content)
        if not self._is_speech(chain):
            return None
        found = self._before(chain[0])
        if isinstance(found, Draft):
            found.content += content
            return None
        if found is not None:
            return Draft([found], [], content)
        if chain[0].start == chain[0].inner_start:
            return None
        inner = [(quote.inner_start, quote.inner_end) for quote in chain]
        return Draft([(chain[0].start, chain[0].inner_start)], [], inner)

    def _is_speech(self, chain: Sequence[Quotation]) -> bool:
        """Whether a quotation is of whole sentences, and not one that a sentence is made of."""
        first, last = chain[0], chain[-1]
        start = self._block(first.start)[0]
        lead = self._text[start : first.start].rstrip("*_ \t\r\n>")
        if lead and lead[-1] not in _ENDS and lead[-1] not in ":”\"’'»)—–-":
            return False
        words = list(_WORD.finditer(self._text, first.inner_start, last.inner_end))
        if len(words) < _FEWEST or words[0][0][0].islower():
            return False
        if not last.closed:
            return len(chain) > 1
        after = self._text[last.end : last.end + 3].lstrip(" ")
        return self._text[last.inner_end - 1] in _ENDS and not after[:1].islower()

    def _block(self, offset: int) -> Span:
        return self._blocks[max(0, bisect_right(self._starts, offset) - 1)]

    def _within(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        return [m for m in self._mentions[first:last] if m.end <= end and not m.members]

    def _after(self, quote: Quotation) -> tuple[list[Span], list[Span]] | None:
        """Who is named right after a quotation: "“…” thunders Ann Cole", "“…” – Ann Cole"."""
        text, end = self._text, self._block(quote.start)[1]
        if not quote.closed:
            return None
        lex = lexicon()
        tail = _TAIL.match(text, quote.end, end)
        at = tail.end() if tail else quote.end
        verb = _WORD.match(text, at, end)
        if verb and verb[0].islower() and (verb[0] in lex.sayings or verb[0].endswith("s")):
            who = _WORD.match(text, verb.end() + 1, end)
            if who and who[0].lower() in _SUBJECTS:
                return [who.span()], [verb.span()]
            named = self._named(verb.end() + 1)
            return ([named], [verb.span()]) if named else None
        if not tail or not (tail["dash"] or "so" in tail[0]):
            return None
        named = self._named(at)
        ends = tail["dash"] is None or (named and not self._is_told(named[1], end))
        return ([named], []) if named and ends else None

    def _named(self, start: int) -> Span | None:
        """The person named at a place."""
        for mention in self._within(start, start + 2 * _NEAR)[:2]:
            if mention.start - start <= len("the ") and mention.kind != "place":
                return mention.start, max(mention.end, mention.reach)
        return None

    def _is_told(self, start: int, end: int) -> bool:
        """Whether a sentence goes on with a verb after a name: "– Ann Cole was there"."""
        verb = _WORD.match(self._text, start + 1, end)
        return verb is not None and (verb[0] in lexicon().finite or verb[0].endswith("ed"))

    def _before(self, quote: Quotation) -> Span | Draft | None:
        """Who is in focus before a quotation: where they are named, or their attribution."""
        number = max(0, bisect_right(self._starts, quote.start) - 1)
        stop = quote.start
        for back in range(number, max(-1, number - _BACK - 1), -1):
            start, end = self._blocks[back]
            if back < number and self._text[end : self._blocks[back + 1][0]].strip():
                return None
            stop = min(stop, end)
            lead = self._text[start:stop].rstrip()
            if lead and not lead.endswith("?"):
                return self._in_focus(max(start, stop - _READ), stop)
        return None

    def _in_focus(self, start: int, stop: int) -> Span | Draft | None:
        cuts = [match.end() for match in _SENTENCE_END.finditer(self._text, start, stop)]
        bounds = [start, *(cut for cut in cuts if cut < stop), stop]
        for first, last in list(pairwise(bounds))[: -_SENTENCES - 1 : -1]:
            if not self._text[first:last].strip():
                continue
            speaking = self._speaking(first, last)
            if speaking is not None:
                return speaking
            found = self._one_person(first, last)
            if found is not None or self._people(first, last):
                return found
        return None

    def _speaking(self, first: int, last: int) -> Draft | None:
        """The attribution that a sentence is of, if what it says stands in quotation marks."""
        at = bisect_left(self._cue_starts, first)
        while at < len(self._cues) and self._cues[at][0][0] < last:
            draft = self._cues[at][1]
            if draft.source and any(self._is_quoted(span) for span in draft.content):
                return draft
            at += 1
        return None

    def _is_quoted(self, span: Span) -> bool:
        at = bisect_right(self._quoted, (span[0], span[1])) - 1
        near = self._quoted[max(0, at) : at + 2]
        return any(start <= span[0] and span[1] <= end for start, end in near)

    def _people(self, first: int, last: int) -> list[Mention]:
        return [
            mention
            for mention in self._within(first, last)
            if mention.kind in ("person", "people") and not mention.possessive
        ]

    def _one_person(self, first: int, last: int) -> Span | None:
        """The one that a sentence is about, where it is about one."""
        text = self._text
        colon = text[first:last].rstrip().endswith((":", ",", "—", "–"))
        people = self._people(first, last)
        pronoun = _PRONOUN.search(text, first, last)
        written = [m for m in self._within(first, last) if m.kind == "document" and m.noun]
        if written and not colon and written[-1].start > first + _NEAR // 4:
            # "Cole opened the letter. “…”" is the letter's.
            return written[-1].start, written[-1].end
        if pronoun and (not people or pronoun.start() < people[0].start):
            return pronoun.span()
        distinct = {mention.name for mention in people}
        if people and (len(distinct) == 1 or colon):
            return people[0].start, max(people[0].end, people[0].reach)
        if people:
            return None
        return self._subject(first, last, colon)

    def _subject(self, first: int, last: int, colon: bool) -> Span | None:
        """The name or noun that opens a sentence, where its verb or its colon tells of speech."""
        lex = lexicon()
        words = list(_WORD.finditer(self._text, first, min(last, first + 200)))
        opening = [m for m in self._within(first, last) if m.start <= first + len("the “")]
        told = [word[0].lower() for word in words]
        speaks = colon or any(word in lex.sayings or word in lex.documents for word in told)
        if opening and opening[0].kind != "place" and (speaks or opening[0].kind == "unknown"):
            return opening[0].start, opening[0].end
        if len(words) > 1 and words[0][0][0].isupper() and told[0] not in lex.functions:
            verb = told[1] in lex.finite or told[1].endswith("ed")
            return words[0].span() if verb and not opening else None
        return None
