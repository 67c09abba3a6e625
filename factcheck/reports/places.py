"""Where a span stands in its article, and the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from factcheck.records import Article, Span
from factcheck.safe import closed

# The mark of what is left out.
_UNREAD = "unread"


@dataclass(frozen=True)
class Place:
    """Line and column, both from 1, in code points; `end_column` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt; `mark` says what it is: a key of the marks given, or empty."""

    text: str
    mark: str = ""


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(index + 1 for index, char in enumerate(text) if char == "\n"))


def place(article: Article, span: Span) -> Place:
    """Line and column of a span. Lines end with a line feed, so CRLF counts once."""
    starts = _line_starts(article.text)
    first = bisect_right(starts, span[0])
    last = bisect_right(starts, max(span[0], span[1] - 1))
    return Place(first, span[0] - starts[first - 1] + 1, last, span[1] - starts[last - 1] + 1)


def sentence_around(article: Article, span: Span) -> Span:
    """The sentences that a span touches; where none holds it, its block, else its line."""
    first, last = _touching(article, span)
    if first < last:
        held = article.sentences[first], article.sentences[last - 1]
        return (min(span[0], held[0].start), max(span[1], held[1].end))
    number = bisect_right(article.blocks, span[0], key=lambda block: block.start) - 1
    if number >= 0 and span[0] < article.blocks[number].end:
        block = article.blocks[number]
        return (block.start, max(span[1], block.end))
    start = article.text.rfind("\n", 0, span[0]) + 1
    end = article.text.find("\n", span[1])
    return (start, end if end >= 0 else len(article.text))


def neighbourhood(article: Article, span: Span) -> tuple[Span, Span]:
    """The body sentence before and the one after those of a span; empty spans where none is."""
    inner = sentence_around(article, span)
    all_ = article.sentences
    last = bisect_right(all_, inner[0], key=lambda s: s.end)
    first = bisect_left(all_, inner[1], key=lambda s: s.start)

    def nearest(numbers: Iterable[int], none: int) -> Span:
        body = (all_[n] for n in numbers if article.blocks[all_[n].block].kind == "body")
        found = next(body, None)
        return (found.start, found.end) if found else (none, none)

    return (
        nearest(range(last - 1, -1, -1), inner[0]),
        nearest(range(first, len(all_)), inner[1]),
    )


def _touching(article: Article, span: Span) -> tuple[int, int]:
    """The numbers of the first sentence that a span touches and of the one after the last."""
    return (
        bisect_right(article.sentences, span[0], key=lambda s: s.end),
        bisect_left(article.sentences, span[1], key=lambda s: s.start),
    )


def cut(text: str, window: Span, marks: Sequence[tuple[Span, str]]) -> list[Piece]:
    """`text[window]` cut at the marked spans. Where marks overlap, the first given one wins."""
    edges = sorted(
        {window[0], window[1]}
        | {min(max(edge, window[0]), window[1]) for span, _ in marks for edge in span}
    )
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        mark = next((name for (s, e), name in marks if s <= start and end <= e), "")
        if pieces and pieces[-1].mark == mark:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], mark)
        else:
            pieces.append(Piece(text[start:end], mark))
    return pieces


def as_read(article: Article, window: Span, marks: Sequence[tuple[Span, str]]) -> list[Piece]:
    """`cut` of an article's text without what is not read of it: "or-|dered" is "ordered"."""
    first = bisect_right(article.unread, window[0], key=lambda span: span[1])
    last = bisect_left(article.unread, window[1], key=lambda span: span[0])
    dropped = [(span, _UNREAD) for span in article.unread[first:last]]
    pieces: list[Piece] = []
    for piece in cut(article.text, window, [*dropped, *marks]):
        if piece.mark == _UNREAD:
            continue
        if pieces and pieces[-1].mark == piece.mark:
            pieces[-1] = Piece(pieces[-1].text + piece.text, piece.mark)
        else:
            pieces.append(piece)
    return pieces


def _open_marks(text: str, start: int, end: int) -> tuple[str, str]:
    """The quotation marks that words cut out of a paragraph lack before and behind them."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    opening = '"' if before.count('"') % 2 else ""
    shown = opening + text[start:end]
    return opening, closed(shown)[len(shown) :]


def excerpt(article: Article, span: Span, room: int) -> list[Piece]:
    """The words of a span (marked `hit`) in their sentence, cut to about `room` characters.

    Quotation marks that the cut leaves open are closed.
    """
    start, end = sentence_around(article, span)
    spare = max(0, room - (span[1] - span[0]))
    left = max(start, span[0] - max(spare // 2, spare - (end - span[1])))
    right = min(end, span[1] + max(spare // 2, spare - (span[0] - left)))
    if left > start:
        space = article.text.find(" ", left, span[0])
        left = space + 1 if space >= 0 else span[0]
    if right < end:
        space = article.text.rfind(" ", span[1], right)
        right = space if space >= 0 else span[1]
    pieces = as_read(article, (left, right), [(span, "hit")])
    opening, closing = _open_marks(article.text, left, right)
    pieces = [*([Piece(opening)] * bool(opening)), *pieces, *([Piece(closing)] * bool(closing))]
    if left > start:
        pieces.insert(0, Piece("… "))
    if right < end:
        pieces.append(Piece(" …"))
    return pieces
