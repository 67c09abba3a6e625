"""Candidate pairs → probabilities and links: features for all, the cross-encoder for the unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from factcheck.hashing import key
from factcheck.matching.features import Matrix, Pair, Rivals, measure
from factcheck.matching.profiles import Profile
from factcheck.matching.reader import Excerpt, Reader, Reading, Side, excerpt
from factcheck.matching.score import UNSCORED, limit, link, load_model, probability
from factcheck.matching.stories import Stories
from factcheck.records import Article, Link

# Pairs measured at once: bounds the memory of their features.
_AT_ONCE = 20_000
# Pairs read before they are kept, so that an interrupted run has not been for nothing.
_READ_AT_ONCE = 1_000


class ReadingCache(Protocol):
    """Where readings of pairs are kept between runs, by a hash of what was read."""

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The readings that are known, made by this very program."""

    def put(self, readings: Mapping[str, bytes]) -> None:
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
        # Of a side that is read, what it depends on, and where it starts in its article.
        self._keys: dict[int, tuple[str, int]] = {}
        self._readings: dict[Pair, Reading] = {}
        # The pairs whose reading is part of their score: what was sure without it is read for
        # conflicts alone.
        self._weighed: set[Pair] = set()
        # How many pairs more may be read.
        self._left = 0

    def scores(self, pairs: Sequence[Pair], most: int) -> dict[Pair, float]:
        """The probabilities of the pairs that are not negligible.

        The cross-encoder reads the uncertain ones, at most `most`, the least certain first. What
        they leave of that is there for `read` and `reading`.
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
        self._weighed.update(unsure[:most])
        self._left = max(0, most - len(unsure))
        final = [
            self._model.with_reading(value, self._readings[pair], self._limit(pair))
            if pair in self._weighed
            else value
            for pair, value in log_odds.items()
        ]
        values = probability(np.array(final))
        return {
            pair: value
            for pair, value in zip(log_odds, values.tolist(), strict=True)
            if value > UNSCORED
        }

    def read(self, pairs: Sequence[Pair]) -> None:
        """Read pairs that have not been read, many at once, as far as they may be."""
        some = [pair for pair in pairs if pair not in self._readings][: self._left]
        self._left -= len(some)
        self._read(some)

    def reading(self, a: int, b: int) -> Reading | None:
        """What the cross-encoder says of two claims, whether or not they were uncertain.

        `None` where no more may be read.
        """
        pair = (min(a, b), max(a, b))
        self.read([pair])
        found = self._readings.get(pair)
        return found if found is None or a < b else found.turned()

    def links(self, pairs: Sequence[Pair]) -> list[Link]:
        """The links of pairs, with their levels."""
        rows = self._measured(pairs)
        return [
            link(
                self._profiles[a],
                self._profiles[b],
                row,
                self._readings[a, b] if (a, b) in self._weighed else None,
                self._model,
            )
            for (a, b), row in zip(pairs, rows, strict=True)
        ]

    def _limit(self, pair: Pair) -> float:
        return limit(*(self._profiles[number] for number in pair))

    def _measured(self, pairs: Sequence[Pair]) -> Matrix:
        return measure(self._profiles, pairs, self._rivals, self._stories)

    def _read(self, pairs: Sequence[Pair]) -> None:
        if self._cache is None:
            self._readings.update(self._fresh(pairs))
            return
        keys = {pair: key(*sorted(self._key(number)[0] for number in pair)) for pair in pairs}
        known = self._cache.get(list(keys.values()))
        for pair in pairs:
            if keys[pair] in known:
                self._readings[pair] = self._placed(pair, Reading.unpacked(known[keys[pair]]))
        unknown = [pair for pair in pairs if keys[pair] not in known]
        for start in range(0, len(unknown), _READ_AT_ONCE):
            fresh = self._fresh(unknown[start : start + _READ_AT_ONCE])
            self._cache.put({keys[p]: self._kept(p, found).packed() for p, found in fresh.items()})
            self._readings.update(fresh)

    def _kept(self, pair: Pair, found: Reading) -> Reading:
        """A reading whose words are placed in what was read, in the order of the sides' keys."""
        a, b = (-self._key(number)[1] for number in pair)
        moved = found.moved(a, b)
        return moved.turned() if self._is_turned(pair) else moved

    def _placed(self, pair: Pair, kept: Reading) -> Reading:
        """The other way round: words where they stand in the articles of a pair."""
        a, b = (self._key(number)[1] for number in pair)
        return (kept.turned() if self._is_turned(pair) else kept).moved(a, b)

    def _is_turned(self, pair: Pair) -> bool:
        return self._key(pair[1])[0] < self._key(pair[0])[0]

    def _fresh(self, pairs: Sequence[Pair]) -> dict[Pair, Reading]:
        # Without a pair nothing of the model is loaded.
        if not pairs:
            return {}
        sides = [(self._side(a), self._side(b)) for a, b in pairs]
        return dict(zip(pairs, self._reader.read(sides), strict=True))

    def _key(self, number: int) -> tuple[str, int]:
        """What a side of a reading depends on beside the model, known without its tokenizer.

        And where in its article it starts.
        """
        if number not in self._keys:
            found = self._excerpt(number)
            self._keys[number] = key(found.text, repr(found.spans)), found.start
        return self._keys[number]

    def _excerpt(self, number: int) -> Excerpt:
        claim = self._profiles[number].claim
        return excerpt(self._articles[claim.article], claim)

    def _side(self, number: int) -> Side:
        if number not in self._sides:
            self._sides[number] = self._reader.cut(self._excerpt(number))
        return self._sides[number]
