"""Candidate pairs → probabilities and links: features for all, the cross-encoder for the unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from factcheck.matching.features import Pair, Rivals, measure
from factcheck.matching.profiles import Profile
from factcheck.matching.reader import Reader, Side
from factcheck.matching.score import UNSCORED, link, load_model, probability
from factcheck.records import Article, Link

# Pairs measured at once: bounds the memory of their features.
_AT_ONCE = 20_000


class Scorer:
    """Scores pairs of prepared claims; what was read once is kept."""

    def __init__(
        self, articles: Mapping[str, Article], profiles: Sequence[Profile], rivals: Rivals
    ) -> None:
        self._articles = articles
        self._profiles = profiles
        self._rivals = rivals
        self._model = load_model()
        self._reader = Reader.load()
        self._sides: dict[int, Side] = {}
        self._readings: dict[Pair, float] = {}

    def scores(self, pairs: Sequence[Pair], most: int) -> dict[Pair, float]:
        """The probabilities of the pairs that are not negligible.

        The cross-encoder reads the uncertain ones, at most `most`, the least certain first.
        """
        log_odds: dict[Pair, float] = {}
        floor = float(np.log(UNSCORED / (1 - UNSCORED)))
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            values = self._model.log_odds(measure(self._profiles, some, self._rivals))
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
        rows = measure(self._profiles, pairs, self._rivals)
        return [
            link(self._profiles[a], self._profiles[b], row, self._readings.get((a, b)), self._model)
            for (a, b), row in zip(pairs, rows, strict=True)
        ]

    def _read(self, pairs: Sequence[Pair]) -> None:
        if pairs:
            sides = [(self._side(a), self._side(b)) for a, b in pairs]
            self._readings.update(zip(pairs, self._reader.read(sides), strict=True))

    def _side(self, number: int) -> Side:
        if number not in self._sides:
            claim = self._profiles[number].claim
            self._sides[number] = self._reader.side(self._articles[claim.article], claim)
        return self._sides[number]
