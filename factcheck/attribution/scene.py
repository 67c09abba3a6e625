"""Where quotations stand: the paragraphs of a text, and whom they mention."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from factcheck.attribution.mention import Mention
from factcheck.attribution.mentions import find
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.words import Words
from factcheck.records import Span

# A name is looked for so many characters ahead.
_NEAR = 80


class Scene:
    """A text with its paragraphs (`blocks`, in order), quotations and mentions."""

    def __init__(self, text: str, blocks: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        """Note where paragraphs and quotations are; mentions are found when first asked for."""
        self.text, self.blocks = text, blocks
        self.starts = [start for start, _ in blocks]
        self.quoted = sorted((quote.start, quote.end) for quote in quotations)

    def block(self, offset: int) -> Span:
        """The paragraph that holds an offset."""
        return self.blocks[max(0, bisect_right(self.starts, offset) - 1)]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions in `[start, end)`, those of several names aside."""
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        return [m for m in self._mentions[first:last] if m.end <= end and not m.members]

    def named(self, start: int) -> Span | None:
        """Who is named at a place."""
        for mention in self.within(start, start + _NEAR)[:2]:
            if mention.start - start <= len("the ") and mention.kind != "place":
                return mention.start, max(mention.end, mention.reach)
        return None

    @cached_property
    def first_told(self) -> dict[str, int]:
        """Where somebody of a last name is mentioned first."""
        found: dict[str, int] = {}
        for mention in self._mentions:
            found.setdefault(mention.name.split()[-1], mention.start)
        return found

    @cached_property
    def _mentions(self) -> list[Mention]:
        return find(Words(self.text, self.blocks))

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self._mentions]
