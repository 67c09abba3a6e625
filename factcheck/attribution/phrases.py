"""What may name who says something, and which sentences and attributions a place belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.quotes import Quotation
from factcheck.records import Span

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# A source has so many words at most, and so many with what a clause tells of it.
MOST_WORDS, MOST_TOLD = 12, 22
SIGNS = ',;:—–()“”"«»\n'
STARTERS = lang.words("attribution", "phrases", "starters")
PRONOUNS = lang.words("attribution", "phrases", "pronouns")
_TELLING = lang.words("attribution", "phrases", "telling")
_END = re.compile(r"[.!?…][\"”’')]*\s+(?=[^\sa-z])|\n[ \t]*\n")
# So many contents before a place are looked at.
_NEAR = 8
_NO_SOURCES = lang.words("attribution", "phrases", "no_sources")


def sentences(text: str, block: Span) -> Iterator[Span]:
    """Cut a paragraph where its sentences end, as far as signs tell."""
    start, end = block
    for match in _END.finditer(text, start, end):
        yield start, match.start() + 1
        start = match.end()
    if start < end:
        yield start, end


def is_source(text: str, span: Span) -> bool:
    """Whether a phrase may name who says something."""
    start, end = span
    if (
        start >= end
        or not text[start].isalnum()
        or any(mark in SIGNS.replace(",", "") for mark in text[start:end])
    ):
        return False
    words = [match[0] for match in WORD.finditer(text, start, end)]
    if not words or len(words) > MOST_TOLD:
        return False
    first = words[0]
    low = first.lower()
    if low in PRONOUNS:
        return len(words) == 1
    if low in _NO_SOURCES:
        return False
    lex = lexicon()
    core = [w.lower() for w in words]
    relative = next((n for n, w in enumerate(core) if n and w in _TELLING), len(core))
    core = core[:relative]
    if len(core) > MOST_WORDS or any(w in lex.finite or w == "that" for w in core):
        return False
    if first[0].isupper() and low not in lex.functions | lex.calendar:
        return True
    kinds = any(noun_kind(w) for w in core) or any(w[0].isupper() for w in words[1:])
    named = low not in lex.functions and noun_kind(core[-1]) is not None
    return kinds and (low in STARTERS or bool(noun_kind(core[0])) or named)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


class Held:
    """Where the cues and contents of attributions stand."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Sort what the drafts have, as they stand now."""
        self._cues = self._sorted((span, draft) for draft in drafts for span in draft.cue)
        self._contents = self._sorted((span, draft) for draft in drafts for span in draft.content)

    @staticmethod
    def _sorted(pairs: Iterable[tuple[Span, Draft]]) -> tuple[list[Span], list[Draft]]:
        ordered = sorted(pairs, key=lambda pair: pair[0])
        return [span for span, _ in ordered], [draft for _, draft in ordered]

    def reporting(self, cue: Span) -> Draft | None:
        """The attribution whose cue is this one, or a part of it."""
        spans, drafts = self._cues
        at = bisect_right(spans, cue)
        near = range(max(0, at - 2), min(len(spans), at + 2))
        return next((drafts[n] for n in near if overlap(spans[n], cue)), None)

    def before(self, at: int) -> Iterator[tuple[Span, Draft]]:
        """The contents that begin before an offset, the last ones first."""
        spans, drafts = self._contents
        last = bisect_right(spans, (at, 0))
        yield from ((spans[n], drafts[n]) for n in range(last - 1, max(-1, last - 1 - _NEAR), -1))

    def leaves(self, content: Sequence[Span]) -> bool:
        """Whether nobody has a part of a content that reaches beyond it: else the sentence is not
        as plain as it looks.
        """
        first, last = content[0][0], max(end for _, end in content)
        for (start, end), other in self.before(last):
            if end <= first or not other.source:
                continue
            inside = all(first <= s and e <= last for s, e in (*other.source, *other.cue))
            if (start < first or end > last) and not (inside and other.cue):
                return False
        return True


class Quoted:
    """Which offsets stand between quotation marks."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        """Sort the quotations."""
        self._spans = sorted((quote.start, quote.end) for quote in quotations)

    def holds(self, at: int) -> bool:
        """Whether an offset is inside one."""
        number = bisect_right(self._spans, (at, at)) - 1
        return any(start < at < end for start, end in self._spans[max(0, number - 1) : number + 1])
