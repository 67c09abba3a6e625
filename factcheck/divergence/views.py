"""A claim as the conflict rules see it: its words, their stems, what is turned round."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple

from factcheck.attribution.identity import same_speaker
from factcheck.records import Article, Claim, DivergenceSlot, Slot, SlotName, Span
from factcheck.slots import shares
from factcheck.slots.callings import Calling, callings
from factcheck.slots.polarity import turned
from factcheck.slots.tokens import Token, content, stem, tokenize

# A span behind so few words opens its claim ("On Wednesday, …").
_OPENING = 2
# Share of the meaningful words of the shorter, and of the longer claim, that stand in both in one
# order, and how many at least, where all else that they say counts as alike.
_SHORTER, _LONGER, _LEAST = 0.8, 0.6, 3
# Details of one kind in one claim that are held against those of another: of two claims all pairs
# are. News tells a handful in a sentence; what is lost lies far down in lists and tables.
MOST = 50


@dataclass(frozen=True)
class View:
    """A claim with its article; everything derived is computed once, when first asked for."""

    claim: Claim
    article: Article

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the claim's spans."""
        return [t for s, e in self.claim.spans for t in tokenize(self.article.text, s, e)]

    @cached_property
    def lower(self) -> str:
        """The article's text in lower case."""
        return self.article.text.lower()

    @cached_property
    def turned(self) -> list[bool]:
        """Whether a negation reaches each token."""
        return turned(self.tokens)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return frozenset(stem(t.low) for t in content(self.tokens))

    @cached_property
    def phrases(self) -> dict[str, Span]:
        """Stems of the words, and of a word with the next ("turn_down"), with their spans."""
        found = {stem(t.low): (t.start, t.end) for t in self.tokens if t.is_word}
        for one, after in pairwise(self.tokens):
            if one.is_word and after.is_word:
                found[f"{stem(one.low)}_{after.low}"] = one.start, after.end
        return found

    @cached_property
    def callings(self) -> list[Calling]:
        """Whom the claim calls what."""
        return list(callings(self.tokens))

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the capitalised words inside the claim."""
        return frozenset(
            stem(t.low) for k, t in enumerate(self.tokens) if t.is_word and t.is_capital and k
        )

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands between quotation marks."""
        marks = [t.text for t in self.tokens if t.text in '“"”']
        # A claim cut out of a quotation may open inside it: its first mark closes one.
        closes = not marks or marks[0] == "”" or (marks[0] == '"' and len(marks) % 2 == 1)
        inside = self.claim.quote == "direct" and closes
        out = []
        for token in self.tokens:
            if token.text in '“"”':
                inside = token.text != "”" and (token.text == "“" or not inside)
            out.append(inside)
        return out

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.end for t in self.tokens]

    @cached_property
    def _near(self) -> dict[tuple[Span, int], frozenset[str]]:
        return {}

    @cached_property
    def _slots(self) -> dict[tuple[tuple[SlotName, ...], str], list[Slot]]:
        return {}

    def slots(self, *kinds: SlotName, scope: str = "claim") -> list[Slot]:
        """The claim's slots of some kinds, the first `MOST` of them."""
        known = self._slots.get((kinds, scope))
        if known is None:
            found = (s for s in self.claim.slots if s.slot in kinds and s.scope == scope)
            known = self._slots[kinds, scope] = list(islice(found, MOST))
        return known

    @cached_property
    def shares(self) -> list[Slot]:
        """The shares that the claim tells in words alone, as figures in percent."""
        known = [s.span for s in self.slots("figure", "date")]
        found = shares.slots(self.tokens, self.article.text)
        return [s for s in found if not any(_touch(s.span, span) for span in known)]

    def is_list(self, kind: SlotName) -> bool:
        """Whether the claim tells so many details of a kind that it is a list or a table.

        Which of them a detail told elsewhere belongs to, the words near it do not tell.
        """
        return len(self.slots(kind)) >= MOST

    def around(self, span: Span, width: int = 7) -> frozenset[str]:
        """Stems of the meaningful words near a span of the claim, without the span itself.

        What opens the claim belongs to the whole of it: there twice the words behind count.
        """
        known = self._near.get((span, width))
        if known is None:
            before, behind = self._beside(span)
            reach = width if before > _OPENING else 2 * width
            near = self.tokens[max(0, before - width) : before]
            near += self.tokens[behind : behind + reach]
            known = self._near[span, width] = frozenset(stem(t.low) for t in content(near))
        return known

    def _beside(self, span: Span) -> tuple[int, int]:
        """How many tokens end before a span, and the number of the first that starts behind it."""
        return bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])

    def before(self, span: Span, count: int = 1) -> str:
        """The word before a span, in lower case; empty where it opens the claim."""
        at = self._beside(span)[0] - count
        return self.tokens[at].low if at >= 0 else ""

    def after(self, span: Span) -> str:
        """The word after a span, in lower case; empty where it closes the claim."""
        at = self._beside(span)[1]
        return self.tokens[at].low if at < len(self.tokens) else ""


class Conflict(NamedTuple):
    """Two values of two claims that were held together, with the reason in words."""

    slot: DivergenceSlot
    reason: str
    values: tuple[str, str]
    spans: tuple[Span, Span]
    material: bool = True
    contested: bool = False
    updated: bool = False
    of_saying: bool = False


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that stands in both; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def other_speaker(a: Claim, b: Claim) -> bool:
    """Whether the speakers of two claims are known to be two."""
    if a.speaker is None or b.speaker is None:
        return False
    return same_speaker(a.speaker, b.speaker) is False


def outside(view: View, span: Span) -> list[Token]:
    """The tokens of a claim before and behind a span."""
    return [t for t in view.tokens if not span[0] <= t.start < span[1]]


def alike(one: list[Token], other: list[Token]) -> bool:
    """Whether two runs of words have nearly all that means something in common, in one order."""
    left, right = ([stem(t.low) for t in content(tokens)] for tokens in (one, other))
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    common = sum(block.size for block in blocks)
    shorter, longer = sorted((len(left), len(right)))
    return common >= max(_LEAST, _SHORTER * shorter, _LONGER * longer)
