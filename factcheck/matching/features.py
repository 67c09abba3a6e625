"""Pairs of profiles → a matrix of features, one row per pair."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from math import log, log1p, sqrt

import numpy as np
import numpy.typing as npt

from factcheck.matching.profiles import Profile, Vector, background_rarity
from factcheck.matching.stories import Stories

Matrix = npt.NDArray[np.float64]
Pair = tuple[int, int]

# What comes of two profiles alone, in the order in which `_pair` returns it.
_PAIRED = (
    "local",
    "contained",
    "containing",
    "telling",
    "plain",
    "rarest",
    "run",
    "length",
    "length-differs",
    "here",
    "before",
    "after",
    "sentence",
    "sentence-plain",
    "sentence-plain-root",
    "names-shared",
    "numbers-shared",
    "numbers-apart",
    "negation-differs",
    "speaker-same",
    "speaker-differs",
    "source",
    "quoted-run",
    "both-quoted",
    "utterances",
    "position",
    "later",
)
FEATURES = (*_PAIRED, "token-sort", "margin", "margin-and-local", "story")
_LOCAL = FEATURES.index("local")

# Pairs whose claims and sentences together are less alike than this are not worth measuring: of
# the training pairs that score 0.2 or more, one in five hundred lies below.
_WORTHWHILE = 0.09
_BEST = 10
# Claims of one other article that a claim is measured with at most. An article that tells one thing
# more often than that repeats itself; grouping would take the square of how often it does.
_OF_ONE_ARTICLE = 60
# From this cosine on two articles certainly tell of one event; below the other they hardly do.
ONE_STORY, _NO_STORY = 0.25, 0.05


class Rivals:
    """For a claim and another article, the two best cosines among the candidate pairs.

    A pair is more credible where neither claim has a better match in the other's article.
    """

    def __init__(self, profiles: Sequence[Profile], pairs: Sequence[Pair]) -> None:
        self._articles = [profile.claim.article for profile in profiles]
        self._best: dict[tuple[int, str], tuple[float, float]] = {}
        for pair in pairs:
            score = _rounded(cosine(profiles[pair[0]].local, profiles[pair[1]].local))
            for key in self._keys(pair):
                first, second = self._best.get(key, (0.0, 0.0))
                self._best[key] = (score, first) if score > first else (first, max(second, score))

    def margin(self, pair: Pair, score: float) -> float:
        """How far a pair's cosine is above the better one of its rivals; below 0 where it loses."""
        score, margins = _rounded(score), []
        for key in self._keys(pair):
            first, second = self._best.get(key, (0.0, 0.0))
            margins.append(score - (second if score == first else first))
        return min(margins)

    def _keys(self, pair: Pair) -> tuple[tuple[int, str], tuple[int, str]]:
        a, b = pair
        return (a, self._articles[b]), (b, self._articles[a])


def _rounded(score: float) -> float:
    # A score must equal itself, whichever way round its sum was made.
    return round(score, 9)


def worthwhile(profiles: Sequence[Profile], pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that could match at all: alike enough, and among the best of either claim.

    Of very many pairs of one claim with one article the best are taken, of equals the first.
    """
    of_claim: dict[int, list[tuple[float, Pair]]] = {}
    for pair in pairs:
        one, other = profiles[pair[0]], profiles[pair[1]]
        value = cosine(one.local, other.local) + cosine(one.here, other.here)
        if value >= _WORTHWHILE:
            for claim in pair:
                of_claim.setdefault(claim, []).append((-value, pair))
    kept = {best for values in of_claim.values() for best in nsmallest(_BEST, values)}
    of_article: dict[tuple[int, str], list[tuple[float, Pair]]] = {}
    for value, pair in kept:
        for claim, rival in (pair, pair[::-1]):
            article = profiles[rival].claim.article
            of_article.setdefault((claim, article), []).append((value, pair))
    for values in of_article.values():
        if len(values) > _OF_ONE_ARTICLE:
            kept.difference_update(sorted(values)[_OF_ONE_ARTICLE:])
    return sorted(pair for _, pair in kept)


def measure(
    profiles: Sequence[Profile],
    pairs: Sequence[Pair],
    rivals: Rivals,
    stories: Stories | None = None,
) -> Matrix:
    """The features of `pairs` in the order of `FEATURES`; shape (len(pairs), len(FEATURES)).

    `stories` holds how much two articles tell the same; where it does not say, they do.
    """
    if not pairs:
        return np.empty((0, len(FEATURES)))
    from rapidfuzz import fuzz, process

    rows = np.array([_pair(profiles[a], profiles[b]) for a, b in pairs])
    sorted_alike = process.cpdist(
        [" ".join(profiles[a].terms) for a, _ in pairs],
        [" ".join(profiles[b].terms) for _, b in pairs],
        scorer=fuzz.token_sort_ratio,
        dtype=np.float64,
    )
    local = rows[:, _LOCAL]
    margins = np.array(
        [rivals.margin(pair, score) for pair, score in zip(pairs, local.tolist(), strict=True)]
    )
    near = [_story(stories, profiles[a].claim.article, profiles[b].claim.article) for a, b in pairs]
    return np.column_stack([rows, sorted_alike / 100, margins, margins * local, near])


def _story(stories: Stories | None, a: str, b: str) -> float:
    """The cosine of two articles' stories (logarithmic), within what makes a difference."""
    cosine = ONE_STORY if stories is None else stories.get(a, {}).get(b, ONE_STORY)
    return log(min(max(cosine, _NO_STORY), ONE_STORY))


def _pair(a: Profile, b: Profile) -> tuple[float, ...]:
    # In the order of the terms in the text, so that sums round alike in every process.
    shared = [word for word in a.local if word in b.local]
    rarity = [(a.local[word], b.local[word]) for word in shared]
    tells = _telling(a.local, b.local)
    both = _telling(a.here, b.here)
    inside_a = sum([one for one, _ in rarity]) / (a.weight or 1.0)
    inside_b = sum([other for _, other in rarity]) / (b.weight or 1.0)
    plain = sum([x * y for w, x, y in tells if w not in a.names and w not in b.names])
    around = sum(
        [x * y for w, x, y in both if w not in a.sentence_names and w not in b.sentence_names]
    )
    sentence_plain = _ratio(around, a.sentence_plain_length * b.sentence_plain_length)
    names = [
        sqrt(x * y)
        for word, (x, y) in zip(shared, rarity, strict=True)
        if word in a.names and word in b.names
    ]
    length_a, length_b = log1p(len(a.terms)), log1p(len(b.terms))
    return (
        _ratio(sum([x * y for x, y in rarity]), a.local.length * b.local.length),
        max(inside_a, inside_b),
        min(inside_a, inside_b),
        _ratio(sum([x * y for _, x, y in tells]), a.telling_length * b.telling_length),
        _ratio(plain, a.plain_length * b.plain_length),
        max([x + y for _, x, y in tells], default=0.0),
        log1p(longest_run(a.terms, b.terms)),
        length_a + length_b,
        abs(length_a - length_b),
        cosine(a.here, b.here),
        cosine(a.before, b.before),
        cosine(a.after, b.after),
        _ratio(sum([x * y for _, x, y in both]), a.sentence_length * b.sentence_length),
        sentence_plain,
        sqrt(sentence_plain),
        log1p(sum(names)),
        float(not a.numbers.isdisjoint(b.numbers)),
        float(bool(a.numbers - b.numbers) and bool(b.numbers - a.numbers)),
        float(a.negated != b.negated),
        float(not a.speaker.isdisjoint(b.speaker)),
        float(bool(a.speaker) and bool(b.speaker) and a.speaker.isdisjoint(b.speaker)),
        cosine(a.source, b.source),
        log1p(longest_run(a.quoted, b.quoted)),
        float(bool(a.quoted) and bool(b.quoted)),
        float((a.claim.kind == "utterance") + (b.claim.kind == "utterance")),
        abs(a.position - b.position),
        max(a.position, b.position),
    )


def _telling(a: Vector, b: Vector) -> list[tuple[str, float, float]]:
    """The terms of both, with what each weighs by its rarity in news at large, too."""
    return [
        (word, value * background_rarity(word), b[word] * background_rarity(word))
        for word, value in a.items()
        if word in b
    ]


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two sparse non-negative vectors, 0 where one is empty."""
    if len(b) < len(a):
        a, b = b, a
    dot = sum([value * b[word] for word, value in a.items() if word in b])
    return _ratio(dot, a.length * b.length)


def _ratio(dot: float, lengths: float) -> float:
    return dot / lengths if dot else 0.0


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest stretch of terms that stands in both."""
    if not a or not b:
        return 0
    where: dict[str, list[int]] = {}
    for index, word in enumerate(b):
        where.setdefault(word, []).append(index)
    best = 0
    ending: dict[int, int] = {}
    for word in a:
        found = where.get(word)
        ending = {index: ending.get(index - 1, 0) + 1 for index in found} if found else {}
        if ending:
            best = max(best, *ending.values())
    return best
