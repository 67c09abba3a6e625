"""The trained model that tells which sentences go on with somebody's words: one pass an article.

It reads the article in windows that overlap, so that a sentence is never judged without those
before it. One window is one run without padding and on one thread, as in `tagger`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.attribution.windows import Pieces, Window, encode, window
from factcheck.records import Article
from factcheck.runtime import in_turn, session
from factcheck.wordpiece import WordPiece

if TYPE_CHECKING:
    import onnxruntime

# Wordpieces in a window at most, and how many of them the window before has read as well.
LIMIT, OVERLAP = 320, 96
# A window may be as long as the model has positions: its pieces, the special ones, and what
# separates blocks.
LONGEST = 386


class Placed(NamedTuple):
    """A sentence of the article, by its number, and its pieces [first, last)."""

    number: int
    first: int
    last: int


class Reach(NamedTuple):
    """A window: the sentences [low, high) of those placed; it tells of those from `new` on."""

    low: int
    high: int
    new: int


class Framed(NamedTuple):
    """A window as the model takes it: `opens` (sentences,) is where each of its sentences begins,
    `inside` (sentences, length) has the mean over its pieces as weights.
    """

    window: Window
    numbers: tuple[int, ...]
    opens: NDArray[np.int64]
    inside: NDArray[np.float32]


def placed(article: Article, pieces: Pieces) -> list[Placed]:
    """The sentences of the body that have pieces, in order."""
    body = [block.kind == "body" for block in article.blocks]
    found = []
    for number, sentence in enumerate(article.sentences):
        first, last = np.searchsorted(pieces.start, (sentence.start, sentence.end)).tolist()
        if body[sentence.block] and first < last:
            found.append(Placed(number, first, last))
    return found


def reaches(
    sentences: Sequence[Placed], pieces: Pieces, limit: int = LIMIT, overlap: int = OVERLAP
) -> Iterator[Reach]:
    """The windows over the sentences of an article; a sentence longer than one is cut."""
    low = new = 0
    while new < len(sentences):
        high = new + 1
        while high < len(sentences) and _length(pieces, sentences, low, high) <= limit:
            high += 1
        yield Reach(low, high, new)
        new = low = high
        while low > 0 and sentences[high - 1].last - sentences[low - 1].first <= overlap:
            low -= 1


def _length(pieces: Pieces, sentences: Sequence[Placed], low: int, high: int) -> int:
    """The pieces of a window that takes the sentence `high` in, with one between any two blocks."""
    first, last = sentences[low].first, sentences[high].last
    return last - first + int(pieces.block[last - 1] - pieces.block[first]) + 2


def framed(
    sentences: Sequence[Placed], pieces: Pieces, reach: Reach, special: tuple[int, int]
) -> Framed:
    """A window for the model; `special` are the ids of [CLS] and [SEP]."""
    within = sentences[reach.low : reach.high]
    first = within[0].first
    made = window(pieces, first, min(within[-1].last, first + LIMIT), special)
    made = Window(*(values[:LONGEST] for values in (made.ids, made.case, made.quote, made.piece)))
    told = within[reach.new - reach.low :]
    inside = np.array([(one.first <= made.piece) & (made.piece < one.last) for one in told])
    told = [one for one, held in zip(told, inside, strict=True) if held.any()]
    inside = inside[inside.any(1)]
    weights = inside / inside.sum(1, keepdims=True)
    numbers = tuple(one.number for one in told)
    return Framed(made, numbers, inside.argmax(1).astype(np.int64), weights.astype(np.float32))


class Continuation:
    """The model of a folder, loaded when it is first used."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        """Use the model in `folder` on `threads` threads (by default two, or one on one core)."""
        self._folder = folder
        self._threads = threads or min(2, os.cpu_count() or 1)

    @property
    def fingerprint(self) -> bytes:
        """A digest of the model's files."""
        files = (self._folder / name for name in ("continued.onnx", "reader-tokenizer.json"))
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()

    @cached_property
    def _tokenizer(self) -> WordPiece:
        return WordPiece.from_file(self._folder / "reader-tokenizer.json")

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return session(self._folder / "continued.onnx")

    def __call__(self, article: Article) -> dict[int, float]:
        """For each sentence of the body, by its number, the log-odds that it goes on with somebody
        rather than being told in the outlet's own voice, if no words of its own tell who speaks.
        """
        body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
        pieces = encode(article.text, body, self._tokenizer)
        special = (self._tokenizer.id_of("[CLS]") or 0, self._tokenizer.id_of("[SEP]") or 0)
        sentences = placed(article, pieces)
        windows = [framed(sentences, pieces, one, special) for one in reaches(sentences, pieces)]
        model = self._session

        def told(one: Framed) -> list[float]:
            inputs = {
                "ids": one.window.ids,
                "case": one.window.case,
                "quote": one.window.quote,
                "opens": one.opens,
                "inside": one.inside,
            }
            (goes_on,) = model.run(None, inputs)
            return [float(value) for value in goes_on]

        return {
            number: odds
            for one, row in zip(windows, in_turn(told, windows, self._threads), strict=True)
            for number, odds in zip(one.numbers, row, strict=True)
        }
