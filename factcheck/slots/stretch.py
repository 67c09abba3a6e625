"""One sentence or heading, as the finders of details read it one after another."""

from __future__ import annotations

from dataclasses import dataclass, field

from factcheck.slots.tokens import Token, tokenize


@dataclass(frozen=True)
class Stretch:
    """The words of a stretch of an article's text.

    `published` is the article's date (EDTF). `taken` are the indices of the tokens that a detail
    found before holds, and that no number is read from again.
    """

    text: str
    tokens: list[Token]
    published: str | None = None
    taken: set[int] = field(default_factory=set)


def stretch(text: str, start: int, end: int, published: str | None = None) -> Stretch:
    """The words of `text[start:end]`."""
    return Stretch(text, tokenize(text, start, end), published)
