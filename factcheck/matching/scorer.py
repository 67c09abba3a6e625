"""Candidate pairs → probabilities and links: features for all, the cross-encoder for the unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from factcheck.hashing import key
from factcheck.matching.features import Matrix, Pair, Rivals, measure
from factcheck.matching.profiles import Profile
from factcheck.matching.reader import Reader, Side, excerpt
from factcheck.matching.score import UNSCORED, link, load_model, probability
from factcheck.matching.stories import Stories
from factcheck.records import Article, Link

# Pairs measured at once: bounds the memory of their features.
_AT_ONCE = 20_000
# Pairs read before they are kept, so that an interrupted run has not been for nothing.
_READ_AT_ONCE = 1_000


class ReadingCache(Protocol):
    """Where readings of pairs are kept between runs, by a hash of what was read."""

    def get(self, keys: Sequence[str]) -> Mapping[str, float]:
        """The readings that are known, made by this very program."""

    def put(self, readings: Mapping[str, float]) -> None:
        """Keep readings."""


class Scorer:
    """Scores pairs of prepared claims; what was read once is kept."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        profiles: Sequence[Profile],
        rivals: Rivals,
        stories: Stories,
        cache: ReadingCache | None = None,
    ) -> None:
        self._articles = articles
        self._profiles = profiles
        self._rivals = rivals
        self._stories = stories
        self._model = load_model()
        self._reader = Reader.load()
        self._cache = cache
        self._sides: dict[int, Side] = {}
        self._keys: dict[int, str] = {}
        self._readings: dict[Pair, float] = {}

    def scores(self, pairs: Sequence[Pair], most: int) -> dict[Pair, float]:
        """The probabilities of the pairs that are not negligible.

        The cross-encoder reads the uncertain ones, at most `most`, the least certain first.
        """
        log_odds: dict[Pair, float] = {}
        floor = float(np.log(UNSCORED / (1 - UNSCORED)))
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            values = self._model.log_odds(self._measured(some))
            for number in np.flatnonzero(values > floor).tolist():
                log_odds[some[number]] = float(values[number])
        unsure = [pair for pair, value in log_odds.items() if self._model.uncertain(value)]
        unsure.sort(key=lambda pair: (abs(log_odds[pair]), pair))
        self._read(unsure[:most])
        final = [
            self._model.with_reading(value, self._readings[pair])
            if pair in self._readings
            else value
            for pair, value in log_odds.items()
        ]
        values = probability(np.array(final))
        return {
            pair: value
            for pair, value in zip(log_odds, values.tolist(), strict=True)
            if value > UNSCORED
        }

    def links(self, pairs: Sequence[Pair]) -> list[Link]:
        """The links of pairs, with their levels."""
        rows = self._measured(pairs)
        return [
            link(self._profiles[a], self._profiles[b], row, self._readings.get((a, b)), self._model)
            for (a, b), row in zip(pairs, rows, strict=True)
        ]

    def _measured(self, pairs: Sequence[Pair]) -> Matrix:
        return measure(self._profiles, pairs, self._rivals, self._stories)

    def _read(self, pairs: Sequence[Pair]) -> None:
        if self._cache is None:
            self._readings.update(self._fresh(pairs))
            return
        keys = {pair: self._key(pair) for pair in pairs}
        known = self._cache.get(list(keys.values()))
        self._readings.update((pair, known[keys[pair]]) for pair in pairs if keys[pair] in known)
        unknown = [pair for pair in pairs if keys[pair] not in known]
        for start in range(0, len(unknown), _READ_AT_ONCE):
            fresh = self._fresh(unknown[start : start + _READ_AT_ONCE])
            self._cache.put({keys[pair]: reading for pair, reading in fresh.items()})
            self._readings.update(fresh)

    def _fresh(self, pairs: Sequence[Pair]) -> dict[Pair, float]:
        # Without a pair nothing of the model is loaded.
        if not pairs:
            return {}
        sides = [(self._side(a), self._side(b)) for a, b in pairs]
        return dict(zip(pairs, self._reader.read(sides), strict=True))

    def _key(self, pair: Pair) -> str:
        """What a reading depends on beside the model, known without its tokenizer."""
        for number in pair:
            if number not in self._keys:
                claim = self._profiles[number].claim
                text, spans = excerpt(self._articles[claim.article], claim)
                self._keys[number] = key(text, repr(spans))
        return key(*sorted(self._keys[number] for number in pair))

    def _side(self, number: int) -> Side:
        if number not in self._sides:
            claim = self._profiles[number].claim
            self._sides[number] = self._reader.side(self._articles[claim.article], claim)
        return self._sides[number]
