"""A claim as the conflict rules see it: its words, their stems, what is turned round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from factcheck.attribution.identity import same_speaker
from factcheck.records import Article, Claim, DivergenceSlot, Slot, SlotName, Span
from factcheck.slots.polarity import turned
from factcheck.slots.tokens import Token, content, stem, tokenize

# A span behind so few words opens its claim ("On Wednesday, …").
_OPENING = 2


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
    def turned(self) -> list[bool]:
        """Whether a negation reaches each token."""
        return turned(self.tokens)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return frozenset(stem(t.low) for t in content(self.tokens))

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

    def slots(self, *kinds: SlotName, scope: str = "claim") -> list[Slot]:
        """The claim's slots of some kinds."""
        return [s for s in self.claim.slots if s.slot in kinds and s.scope == scope]

    def around(self, span: Span, width: int = 7) -> frozenset[str]:
        """Stems of the meaningful words near a span of the claim, without the span itself.

        What opens the claim belongs to the whole of it: there twice the words behind count.
        """
        before = [t for t in self.tokens if t.end <= span[0]]
        reach = width if len(before) > _OPENING else 2 * width
        near = before[-width:] + [t for t in self.tokens if t.start >= span[1]][:reach]
        return frozenset(stem(t.low) for t in content(near))

    def before(self, span: Span, count: int = 1) -> str:
        """The word before a span, in lower case; empty where it opens the claim."""
        before = [t for t in self.tokens if t.end <= span[0]]
        return before[-count].low if len(before) >= count else ""

    def after(self, span: Span) -> str:
        """The word after a span, in lower case; empty where it closes the claim."""
        return next((t.low for t in self.tokens if t.start >= span[1]), "")


class Conflict(NamedTuple):
    """Two values of two claims that were held together, with the reason in words."""

    slot: DivergenceSlot
    reason: str
    values: tuple[str, str]
    spans: tuple[Span, Span]
    material: bool = True
    contested: bool = False
    updated: bool = False


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that stands in both; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def other_speaker(a: Claim, b: Claim) -> bool:
    """Whether the speakers of two claims are known to be two."""
    if a.speaker is None or b.speaker is None:
        return False
    return same_speaker(a.speaker, b.speaker) is False
