"""The cross-encoder: a small model that reads two claims in their sentences, side by side.

One pair is one run without padding and on one thread, so that a result depends neither on its
neighbours nor on the number of threads.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from factcheck import lang
from factcheck.matching.terms import placed_tokens, term
from factcheck.records import Article, Claim, Span
from factcheck.runtime import in_turn, session
from factcheck.wordpiece import WordPiece

if TYPE_CHECKING:
    import onnxruntime

MODELS = Path(__file__).resolve().parent.parent / "models"
MODEL = MODELS / "reader.onnx"

# Pieces of one side that are read, and how many of them before the claim where a sentence is cut.
LIMIT = 60
_BEFORE = 8
_CHARACTERS = 1200
# Log-odds below which a word is not told as one that may conflict.
_WORTH = -2.5
_COMMON = lang.words("matching", "reader", "common")


class Excerpt(NamedTuple):
    """What is read of a claim: its sentence, cut, the claim's spans in that, and its own start."""

    text: str
    spans: tuple[Span, ...]
    start: int = 0


def excerpt(article: Article, claim: Claim) -> Excerpt:
    """Cut the sentence around a claim to a length that is worth reading."""
    sentence = article.sentences[claim.sentence]
    start = min(sentence.start, claim.start)
    end = max(claim.end, min(sentence.end, start + _CHARACTERS))
    end = min(end, start + 2 * _CHARACTERS)
    spans = tuple((first - start, last - start) for first, last in claim.spans)
    return Excerpt(article.text[start:end], spans, start)


@dataclass(frozen=True, slots=True)
class Side:
    """A claim in its sentence, in pieces of words: their ids, terms, and which are the claim's.

    `spans` are their places in the text that was cut.
    """

    ids: tuple[int, ...]
    terms: tuple[str | None, ...]
    inside: tuple[bool, ...]
    spans: tuple[Span, ...]


class Word(NamedTuple):
    """A word of a claim, by its place in the article's text, and the log-odds that it conflicts."""

    start: int
    end: int
    log_odds: float


class Reading(NamedTuple):
    """What the model says of two claims: log-odds that they state the same, that they conflict.

    `words` are, of each side, the words that may be those that conflict.
    """

    same: float
    conflict: float
    words: tuple[tuple[Word, ...], tuple[Word, ...]]

    def turned(self) -> Reading:
        """The same of the two claims in the other order."""
        return self._replace(words=self.words[::-1])

    def moved(self, a: int, b: int) -> Reading:
        """The same with the words of the two sides so many characters further on."""
        one, other = (
            tuple(Word(w.start + by, w.end + by, w.log_odds) for w in words)
            for words, by in zip(self.words, (a, b), strict=True)
        )
        return self._replace(words=(one, other))

    def packed(self) -> bytes:
        """The reading to the bit, to be kept."""
        one, other = self.words
        flat = [value for word in (*one, *other) for value in word]
        return struct.pack(
            f"<ddHH{'IId' * (len(one) + len(other))}",
            self.same,
            self.conflict,
            len(one),
            len(other),
            *flat,
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Reading:
        """What `packed` made bytes of."""
        same, conflict, first, second = struct.unpack_from("<ddHH", data)
        words = [
            Word(*word) for word in struct.iter_unpack("<IId", data[struct.calcsize("<ddHH") :])
        ]
        return cls(same, conflict, (tuple(words[:first]), tuple(words[first : first + second])))


# What the model says of two claims; `None` where a run has read as many pairs as it may.
Read = Callable[[Claim, Claim], Reading | None]
# The log-odds of the model: same, in conflict, and of each piece.
_Told = tuple[float, float, npt.NDArray[np.float32]]


class Reader:
    """A model file (by default the package's), loaded when it is first used."""

    def __init__(self, model: Path = MODEL, *, threads: int | None = None) -> None:
        """Use a model file on `threads` threads (by default two, or one on one core)."""
        self._model = model
        self._threads = threads or min(2, os.cpu_count() or 1)

    @classmethod
    def load(cls) -> Self:
        """Return a reader with the package's own model; nothing is read before its first use."""
        return cls()

    @cached_property
    def tokenizer(self) -> WordPiece:
        """Cuts text into the pieces that the model knows."""
        return WordPiece.from_file(self._model.with_name("reader-tokenizer.json"))

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return session(self._model)

    def side(self, article: Article, claim: Claim) -> Side:
        """A claim with the sentence around it, cut to `LIMIT` pieces."""
        return self.cut(excerpt(article, claim))

    def cut(self, found: Excerpt) -> Side:
        """An excerpt in pieces, at most `LIMIT` of them."""
        text, spans, start = found
        encoding = self.tokenizer.encode(text)
        words = placed_tokens(text, 0, len(text))
        terms: list[str | None] = []
        inside: list[bool] = []
        number = 0
        for at, _ in encoding.offsets:
            while number < len(words) and words[number][0] + len(words[number][1]) <= at:
                number += 1
            there = number < len(words) and words[number][0] <= at
            terms.append(term(words[number][1]) if there else None)
            inside.append(any(first <= at < last for first, last in spans))
        first = max(0, min(inside.index(True) - _BEFORE if any(inside) else 0, len(terms) - LIMIT))
        kept = slice(first, first + LIMIT)
        places = tuple((start + s, start + e) for s, e in encoding.offsets[kept])
        return Side(tuple(encoding.ids[kept]), tuple(terms[kept]), tuple(inside[kept]), places)

    def inputs(self, a: Side, b: Side) -> dict[str, npt.NDArray[np.int64]]:
        """What the model is given: ids, and kinds that mark side, shared words and the claim."""
        opening = self.tokenizer.id_of("[CLS]")
        closing = self.tokenizer.id_of("[SEP]")
        shared = (set(a.terms) & set(b.terms)) - _COMMON - {None}
        kinds = [0, *_kinds(a, shared, 0), 0, *_kinds(b, shared, 1), 1]
        ids = [opening, *a.ids, closing, *b.ids, closing]
        return {"ids": np.array(ids, np.int64), "kinds": np.array(kinds, np.int64)}

    def read(self, pairs: Sequence[tuple[Side, Side]]) -> list[Reading]:
        """What the model says of the claims of each pair.

        It does not depend on which side is which. What several pairs have in common word by word,
        as the copies of an agency's text do, is read once.
        """
        ordered = [tuple(sorted(pair, key=_order)) for pair in pairs]
        alike = [tuple(map(_order, pair)) for pair in ordered]
        distinct = dict(zip(alike, ordered, strict=True))
        told = dict(zip(distinct, self._told(list(distinct.values())), strict=True))
        found = [_reading(told[words], *sides) for words, sides in zip(alike, ordered, strict=True)]
        return [
            one if sides[0] is pair[0] else one.turned()
            for one, sides, pair in zip(found, ordered, pairs, strict=True)
        ]

    def _told(self, pairs: Sequence[tuple[Side, ...]]) -> list[_Told]:
        model = self._session

        def told(pair: tuple[Side, ...]) -> _Told:
            same, conflict, pieces = model.run(None, self.inputs(*pair))
            return float(same.item()), float(conflict.item()), pieces

        return list(in_turn(told, pairs, self._threads))


def _reading(told: _Told, first: Side, second: Side) -> Reading:
    same, conflict, pieces = told
    behind = 2 + len(first.ids)
    words = _words(first, pieces[1 : behind - 1]), _words(second, pieces[behind:-1])
    return Reading(same, conflict, words)


def _words(side: Side, log_odds: npt.NDArray[np.float32]) -> tuple[Word, ...]:
    """The claim's words that may conflict: pieces that meet are one, as sure as the surest."""
    found: list[Word] = []
    for (start, end), inside, odds in zip(side.spans, side.inside, log_odds.tolist(), strict=True):
        if not inside or odds < _WORTH:
            continue
        if found and found[-1].end == start:
            start, odds = found[-1].start, max(odds, found.pop().log_odds)
        found.append(Word(start, end, round(odds, 3)))
    return tuple(found)


def _order(side: Side) -> tuple[object, ...]:
    # All that a side is: two claims of one sentence, told twice, have the same ids.
    return side.ids, side.inside, tuple(word or "" for word in side.terms)


def _kinds(side: Side, shared: set[str | None], number: int) -> list[int]:
    return [
        number + 2 * (word in shared) + 4 * within
        for word, within in zip(side.terms, side.inside, strict=True)
    ]
