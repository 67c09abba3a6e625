"""The trained tagger: which words are source, cue and content, and which belong together.

One window of text is one run of the model, without padding and on one thread; more threads take
more windows. That is what makes a result independent of its neighbours and of the number of threads
although the model measures the range of its activations on what it is given.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from factcheck.attribution.continued_model import Continuation
from factcheck.attribution.decode import LABELS, Floats
from factcheck.attribution.windows import Pieces, Window, cut, encode, window
from factcheck.runtime import in_turn, session
from factcheck.wordpiece import WordPiece

if TYPE_CHECKING:
    import onnxruntime

MODELS = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True, slots=True)
class Decoding:
    """How scores become attributions, as stored beside the weights (`tagger.json`).

    `transitions` is the score of one tag after another, (from, to); a content whose probability of
    belonging to its likeliest cue is below `link` is taken for a mistake.
    """

    transitions: Floats
    link: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A window and what the model says about it.

    `tags` (length, 7): scores of the labels O, B-source, I-source, B-cue, … at each position.
    `links` (2, length, length): probability that the piece of a row belongs to the cue (0) or
    source (1) which opens at the column; column 0 is "none".
    """

    window: Window
    tags: Floats
    links: Floats


@dataclass(frozen=True, slots=True)
class Tagged:
    """The pieces of a text and its scored windows, in order.

    The windows are scored while they are read, and can be read once: the links of a long text would
    fill the memory.
    """

    pieces: Pieces
    windows: Iterator[Scored]


class Tagger:
    """The model of a folder (by default the one in the package), loaded when it is first used."""

    def __init__(self, folder: Path = MODELS, *, threads: int | None = None) -> None:
        """Use the model in `folder` on `threads` threads (by default two, or one on one core)."""
        self._folder = folder
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None

    @classmethod
    def load(cls) -> Self:
        """Return a tagger with the package's own model; nothing is read before its first use."""
        return cls()

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the model's files: changes whenever results may."""
        digest = hashlib.sha256()
        for name in ("tagger.onnx", "tokenizer.json", "tagger.json"):
            digest.update(hashlib.sha256((self._folder / name).read_bytes()).digest())
        digest.update(self.continuation.fingerprint)
        return digest.hexdigest()

    @cached_property
    def continuation(self) -> Continuation:
        """The model beside it that tells which sentences go on with somebody's words."""
        return Continuation(self._folder, threads=self._threads)

    @cached_property
    def decoding(self) -> Decoding:
        """The settings stored with the weights."""
        stored: dict[str, Any] = json.loads((self._folder / "tagger.json").read_text("utf-8"))
        if tuple(stored["labels"]) != LABELS:
            raise ValueError("the model's labels are not those this version reads")
        transitions = np.array(stored["transitions"], np.float32)
        return Decoding(transitions, float(stored["link"]))

    @cached_property
    def _tokenizer(self) -> WordPiece:
        return WordPiece.from_file(self._folder / "tokenizer.json")

    def tag(self, text: str, blocks: Sequence[tuple[int, int]]) -> Tagged:
        """Score blocks of text: [start, end) code-point ranges, in order, not overlapping."""
        tokenizer = self._tokenizer
        special = (tokenizer.id_of("[CLS]") or 0, tokenizer.id_of("[SEP]") or 0)
        pieces = encode(text, blocks, tokenizer)
        windows = [window(pieces, first, last, special) for first, last in cut(pieces)]
        return Tagged(pieces, self._score(windows))

    def _score(self, windows: list[Window]) -> Iterator[Scored]:
        if not windows:
            return
        model = self._load()

        def score(item: Window) -> Scored:
            inputs = {"ids": item.ids, "case": item.case, "quote": item.quote}
            tags, links = model.run(None, inputs)
            return Scored(item, tags, links)

        yield from in_turn(score, windows, self._threads)

    def _load(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = session(self._folder / "tagger.onnx")
            return self._session
