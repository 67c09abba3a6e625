"""From blocks of text to the windows of wordpieces that the tagger reads.

A window is `[CLS] block [SEP] block [SEP] …`: whole blocks as far as they fit, long ones cut
between sentences. The vocabulary is uncased and text comes with every style of quotation marks, so
each piece carries two features: the case of its letters, and where it stands with regard to
quotations. The marks themselves are replaced by one style, the dashes and apostrophes likewise,
which leaves the model nothing to learn about typography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from factcheck.attribution.quotes import pair_quotes
from factcheck.wordpiece import WordPiece

Ints = NDArray[np.int64]

LIMIT = 192
"""Wordpieces in a window at most, without the special ones."""
QUOTE_STATES = 6
OUTSIDE, OPENING, INSIDE, CLOSING, LOOSE, NESTED = range(QUOTE_STATES)
CASES = 3
LOWER, CAPITALISED, UPPER = range(CASES)

# A word of the tokenizer longer than this many characters is one unknown piece, and a chunk of text
# longer than that many is encoded by itself, which bounds memory.
_CHUNK = 20_000
_DOUBLE_MARKS = frozenset('"“”„‟«»＂')
_SENTENCE_END = frozenset(".!?…")
_SAME = {"’": "'", "–": "—", "―": "—", "‒": "—", "‐": "-", "‑": "-", "…": "."}


@dataclass(frozen=True, slots=True)
class Pieces:
    """The wordpieces of some blocks, in order, as parallel arrays of one length.

    `start`/`end` are code-point offsets into the text, `block` the index of the block, `breaks` is
    true for a piece that opens a block or a sentence.
    """

    ids: Ints
    start: Ints
    end: Ints
    block: Ints
    case: Ints
    quote: Ints
    breaks: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """Model input: ids and features, shape (length,).

    `piece` is the index into Pieces, -1 for a special one.
    """

    ids: Ints
    case: Ints
    quote: Ints
    piece: Ints


def encode(text: str, blocks: Sequence[tuple[int, int]], tokenizer: WordPiece) -> Pieces:
    """Cut blocks of text into wordpieces with their features.

    `blocks` are [start, end) code-point ranges of `text`, in order. Time and memory grow linearly
    with the text.
    """
    parts = [np.zeros((0, 4), np.int64)]
    for index, block in enumerate(blocks):
        for start, end in _chunks(text, *block):
            encoding = tokenizer.encode(text[start:end])
            part = np.empty((len(encoding.ids), 4), np.int64)
            part[:, 0] = encoding.ids
            part[:, 1:3] = np.array(encoding.offsets, np.int64).reshape(-1, 2) + start
            part[:, 3] = index
            parts.append(part)
    ids, start_of, end_of, owners = np.concatenate(parts).T
    state, dropped, renamed = _quote_states(text, blocks, tokenizer)
    keep = ~dropped[start_of]
    first, last = start_of[keep], end_of[keep]
    last += dropped[last]
    new = renamed[first]
    identities = np.where(new > 0, new, ids[keep])
    block = owners[keep]
    return Pieces(
        identities,
        first,
        last,
        block,
        _cases(text, first, last),
        state[first],
        _breaks(text, first, last, block),
    )


def cut(pieces: Pieces, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Return the [first, last) piece ranges of the windows: all pieces, in order.

    A window has `limit` pieces at most. Blocks stay whole where they fit; a longer one is cut where
    a sentence begins, and within a sentence only where that too is longer than a window.
    """
    total = len(pieces.ids)
    bounds = [*np.flatnonzero(np.diff(pieces.block, prepend=-1)).tolist(), total]
    sentences = np.flatnonzero(pieces.breaks)
    ranges: list[tuple[int, int]] = []
    first = 0
    for low, high in pairwise(bounds):
        if high - first <= limit:
            continue
        if low > first:
            ranges.append((first, low))
            first = low
        while high - first > limit:
            # The last sentence to begin within reach: the first piece opens a block, so there is
            # one.
            last = int(sentences[np.searchsorted(sentences, first + limit, "right") - 1])
            last = last if last > first else first + limit
            ranges.append((first, last))
            first = last
    if first < total:
        ranges.append((first, total))
    return ranges


def window(pieces: Pieces, first: int, last: int, special: tuple[int, int]) -> Window:
    """Frame the pieces [first, last) with `special`, the ids of [CLS] and [SEP].

    [CLS] stands first and one [SEP] after each block.
    """
    block = pieces.block[first:last]
    after = np.flatnonzero(np.diff(block)) + 1
    spots = np.concatenate(([0], after, [last - first])).astype(np.int64)
    values = np.full(len(spots), special[1], np.int64)
    values[0] = special[0]
    return Window(
        np.insert(pieces.ids[first:last], spots, values),
        np.insert(pieces.case[first:last], spots, LOWER),
        np.insert(pieces.quote[first:last], spots, OUTSIDE),
        np.insert(np.arange(first, last, dtype=np.int64), spots, -1),
    )


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _CHUNK:
        space = max(text.rfind(" ", start, start + _CHUNK), text.rfind("\n", start, start + _CHUNK))
        stop = space if space > start else start + _CHUNK
        yield start, stop
        start = stop
    yield start, end


def _quote_states(
    text: str, blocks: Sequence[tuple[int, int]], tokenizer: WordPiece
) -> tuple[Ints, NDArray[np.bool_], Ints]:
    """Describe each character by three values.

    Its quote state; whether its piece is dropped (the second of two that make one mark); the id
    that replaces that of its piece, or 0.
    """

    def identity(piece: str) -> int:
        return tokenizer.id_of(piece) or 0

    state = np.zeros(len(text) + 1, np.int64)
    dropped = np.zeros(len(text) + 1, np.bool_)
    renamed = np.zeros(len(text) + 1, np.int64)
    names = {mark: identity(piece) for mark, piece in _SAME.items()}
    loose = identity('"')
    for match in re.finditer('["“”„‟«»＂’–―‒‐‑…]', text):
        mark = match[0]
        if mark in _DOUBLE_MARKS:
            state[match.start()] = LOOSE
            renamed[match.start()] = loose
        else:
            renamed[match.start()] = names[mark]
    marks = ((identity("“"), identity("”")), (identity("‘"), identity("’")))
    for quotation in pair_quotes(text, blocks):
        outer = quotation.depth == 1
        state[quotation.inner_start : quotation.inner_end] = INSIDE if outer else NESTED
        opening, closing = marks[0 if outer else 1]
        if quotation.start < quotation.inner_start:
            state[quotation.start : quotation.inner_start] = OPENING if outer else NESTED
            renamed[quotation.start] = opening
            dropped[quotation.start + 1 : quotation.inner_start] = True
        if quotation.closed:
            state[quotation.inner_end : quotation.end] = CLOSING if outer else NESTED
            renamed[quotation.inner_end] = closing
            dropped[quotation.inner_end + 1 : quotation.end] = True
    return state, dropped, renamed


def _cases(text: str, start: Ints, end: Ints) -> Ints:
    """The case of each piece; the later pieces of a word take that of its first."""
    capital = np.fromiter(map(str.isupper, text), np.bool_, len(text))
    capitals = np.concatenate(([0], np.cumsum(capital)))
    case = np.full(len(start), LOWER, np.int64)
    if not len(start):
        return case
    count = capitals[end] - capitals[start]
    case[capital[start]] = CAPITALISED
    case[(count == end - start) & (count > 1)] = UPPER
    wordy = np.fromiter((text[s].isalnum() for s in start.tolist()), np.bool_, len(start))
    inner = np.zeros(len(start), np.bool_)
    inner[1:] = (start[1:] == end[:-1]) & wordy[1:] & wordy[:-1]
    first = np.maximum.accumulate(np.where(inner, 0, np.arange(len(start))))
    return case[first]


def _breaks(text: str, start: Ints, end: Ints, block: Ints) -> NDArray[np.bool_]:
    """Tell which pieces open a block or a sentence (end mark, space, then no small letter)."""
    breaks: NDArray[np.bool_] = np.diff(block, prepend=-1) != 0
    ended = False
    starts, ends = start.tolist(), end.tolist()
    for index in range(len(starts)):
        first = text[starts[index]]
        spaced = index > 0 and starts[index] > ends[index - 1]
        if ended and spaced and not first.islower():
            breaks[index] = True
        if first in _SENTENCE_END:
            ended = True
        elif not (ended and not spaced and not first.isalnum()):
            ended = False
    return breaks
