"""The cross-encoder: a small model that reads two claims in their sentences, side by side.

One pair is one run without padding and on one thread, so that a result depends neither on its
neighbours nor on the number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from factcheck.matching.terms import placed_tokens, term
from factcheck.records import Article, Claim, Span
from factcheck.runtime import session
from factcheck.wordpiece import WordPiece

if TYPE_CHECKING:
    import onnxruntime

MODELS = Path(__file__).resolve().parent.parent / "models"
MODEL = MODELS / "reader.onnx"

# Pieces of one side that are read, and how many of them before the claim where a sentence is cut.
LIMIT = 60
_BEFORE = 8
_CHARACTERS = 1200
# Words that both sides share without that meaning anything.
_COMMON = frozenset(
    "the a an of to in and that for on with as is was be by at from it he she they his her their "
    "this has have had are were i you we not but or which who will would its".split()
)


class Excerpt(NamedTuple):
    """What is read of a claim: its sentence, cut, and the claim's spans in that."""

    text: str
    spans: tuple[Span, ...]


def excerpt(article: Article, claim: Claim) -> Excerpt:
    """Cut the sentence around a claim to a length that is worth reading."""
    sentence = article.sentences[claim.sentence]
    start = min(sentence.start, claim.start)
    end = max(claim.end, min(sentence.end, start + _CHARACTERS))
    end = min(end, start + 2 * _CHARACTERS)
    spans = tuple((first - start, last - start) for first, last in claim.spans)
    return Excerpt(article.text[start:end], spans)


@dataclass(frozen=True, slots=True)
class Side:
    """A claim in its sentence, in pieces of words: their ids, terms, and which are the claim's."""

    ids: tuple[int, ...]
    terms: tuple[str | None, ...]
    inside: tuple[bool, ...]


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
        text, spans = excerpt(article, claim)
        encoding = self.tokenizer.encode(text)
        words = placed_tokens(text, 0, len(text))
        terms: list[str | None] = []
        inside: list[bool] = []
        number = 0
        for at, _ in encoding.offsets:
            while number < len(words) and words[number][0] + len(words[number][1]) <= at:
                number += 1
            found = number < len(words) and words[number][0] <= at
            terms.append(term(words[number][1]) if found else None)
            inside.append(any(first <= at < last for first, last in spans))
        first = max(0, min(inside.index(True) - _BEFORE if any(inside) else 0, len(terms) - LIMIT))
        kept = slice(first, first + LIMIT)
        return Side(tuple(encoding.ids[kept]), tuple(terms[kept]), tuple(inside[kept]))

    def inputs(self, a: Side, b: Side) -> dict[str, npt.NDArray[np.int64]]:
        """What the model is given: ids, and kinds that mark side, shared words and the claim."""
        opening = self.tokenizer.id_of("[CLS]")
        closing = self.tokenizer.id_of("[SEP]")
        shared = (set(a.terms) & set(b.terms)) - _COMMON - {None}
        kinds = [0, *_kinds(a, shared, 0), 0, *_kinds(b, shared, 1), 1]
        ids = [opening, *a.ids, closing, *b.ids, closing]
        return {"ids": np.array(ids, np.int64), "kinds": np.array(kinds, np.int64)}

    def read(self, pairs: Sequence[tuple[Side, Side]]) -> list[float]:
        """The log-odds that the claims of each pair state the same, as the model sees it.

        It does not depend on which side is which. What several pairs have in common word by word,
        as the copies of an agency's text do, is read once.
        """
        ordered = [_ordered(pair) for pair in pairs]
        distinct = list(dict.fromkeys(ordered))
        scores = dict(zip(distinct, self._scores(distinct), strict=True))
        return [scores[pair] for pair in ordered]

    def _scores(self, pairs: Sequence[tuple[Side, Side]]) -> list[float]:
        model = self._session

        def score(pair: tuple[Side, Side]) -> float:
            return float(model.run(None, self.inputs(*pair))[0].item())

        if self._threads == 1 or len(pairs) < 2:
            return [score(pair) for pair in pairs]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(score, pairs))


def _ordered(pair: tuple[Side, Side]) -> tuple[Side, Side]:
    first, second = sorted(pair, key=_order)
    return first, second


def _order(side: Side) -> tuple[object, ...]:
    # All that a side is: two claims of one sentence, told twice, have the same ids.
    return side.ids, side.inside, [word or "" for word in side.terms]


def _kinds(side: Side, shared: set[str | None], number: int) -> list[int]:
    return [
        number + 2 * (word in shared) + 4 * within
        for word, within in zip(side.terms, side.inside, strict=True)
    ]
