"""Two wordings of one quotation, aligned word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from factcheck.records import Span
from factcheck.reports.places import Piece

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")
_OPENS = re.compile(r"[\w“‘(\[«]")
# Longer texts count as wholly different: aligning takes quadratic time.
_MOST_WORDS = 400


def differing(left: str, right: str) -> tuple[list[Span], list[Span]]:
    """For each text the spans of the words that the other one does not have."""
    changed = [(a, b) for same, a, b in _aligned(left, right) if not same]
    return [a for a, _ in changed if a[0] < a[1]], [b for _, b in changed if b[0] < b[1]]


def inline(left: str, right: str) -> list[Piece]:
    """Both texts in one line; pieces of one alone are marked `removed` (left) or `added`."""
    pieces: list[Piece] = []
    for same, a, b in _aligned(left, right):
        if same:
            pieces.append(Piece(left[slice(*a)]))
            continue
        for text, span, mark in ((left, a, "removed"), (right, b, "added")):
            if span[0] < span[1]:
                pieces.append(Piece(text[slice(*span)], mark))
    # Between two pieces stands a blank unless the second is a sign that clings to a word.
    spaced: list[Piece] = []
    for piece in pieces:
        if spaced and _OPENS.match(piece.text):
            spaced.append(Piece(" "))
        spaced.append(piece)
    return spaced


def _aligned(left: str, right: str) -> Iterator[tuple[bool, Span, Span]]:
    """Runs of words that are the same or not, with their spans (empty where nothing stands)."""
    a = [match.span() for match in _WORD.finditer(left)]
    b = [match.span() for match in _WORD.finditer(right)]
    if max(len(a), len(b)) > _MOST_WORDS:
        yield False, (0, len(left)), (0, len(right))
        return
    matcher = SequenceMatcher(
        None,
        [left[slice(*span)].casefold() for span in a],
        [right[slice(*span)].casefold() for span in b],
        autojunk=False,
    )
    for kind, i, j, k, m in matcher.get_opcodes():
        yield kind == "equal", _bounds(a, i, j), _bounds(b, k, m)


def _bounds(words: list[Span], first: int, last: int) -> Span:
    return (words[first][0], words[last - 1][1]) if first < last else (0, 0)
