"""Pairs of profiles → a matrix of features, one row per pair."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p, sqrt

import numpy as np
import numpy.typing as npt

from factcheck.matching.profiles import Profile, Weights

Matrix = npt.NDArray[np.float64]

FEATURES = (
    "cosine",
    "background-cosine",
    "contained",
    "containing",
    "token-set",
    "token-sort",
    "partial",
    "run",
    "sentence-cosine",
    "before",
    "after",
    "names-shared",
    "names-apart",
    "numbers-shared",
    "numbers-apart",
    "speaker-same",
    "speaker-differs",
    "quoted-run",
    "negation-differs",
    "position",
    "margin",
    "margin-best",
)


def measure(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]) -> Matrix:
    """The features of `pairs` in the order of `FEATURES`; shape (len(pairs), len(FEATURES)).

    Margins compare a pair with the other pairs of `pairs` that join the same claim to the same
    article, so `pairs` should hold all candidates.
    """
    if not pairs:
        return np.empty((0, len(FEATURES)))
    rows = np.array([_pair(profiles[a], profiles[b]) for a, b in pairs])
    fuzzy = _fuzzy(profiles, pairs)
    margins = _margins(profiles, pairs, rows[:, 0])
    return np.column_stack([rows[:, :4], fuzzy, rows[:, 4:], margins])


def _pair(a: Profile, b: Profile) -> list[float]:
    shared = a.weights.keys() & b.weights.keys()
    # Sorted: a sum of floats depends on its order, and the order of a set on the process.
    common = sorted(shared)
    in_a = sum(a.weights[t] for t in common)
    in_b = sum(b.weights[t] for t in common)
    inside_a = in_a / (sum(a.weights.values()) or 1.0)
    inside_b = in_b / (sum(b.weights.values()) or 1.0)
    names = sorted(a.names & b.names)
    return [
        cosine(a.weights, b.weights),
        cosine(a.background, b.background),
        max(inside_a, inside_b),
        min(inside_a, inside_b),
        log1p(longest_run(a.terms, b.terms)),
        cosine(a.sentence, b.sentence),
        max(cosine(a.before, b.before), cosine(a.sentence, b.before), cosine(a.before, b.sentence)),
        max(cosine(a.after, b.after), cosine(a.sentence, b.after), cosine(a.after, b.sentence)),
        log1p(sum(sqrt(a.weights[t] * b.weights[t]) for t in names)),
        float(bool(a.names) and bool(b.names) and not names),
        float(bool(a.numbers & b.numbers)),
        float(bool(a.numbers - b.numbers) and bool(b.numbers - a.numbers)),
        float(bool(a.speaker & b.speaker)),
        float(bool(a.speaker) and bool(b.speaker) and not a.speaker & b.speaker),
        log1p(longest_run(a.quoted, b.quoted)),
        float((a.negations - b.negations) % 2),
        abs(a.position - b.position),
    ]


def cosine(a: Weights, b: Weights) -> float:
    """Cosine of two sparse non-negative vectors, 0 where one is empty."""
    if len(b) < len(a):
        a, b = b, a
    dot = sum(value * b[t] for t, value in a.items() if t in b)
    return dot / sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values())) if dot else 0.0


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest stretch of terms that stands in both."""
    where: dict[str, list[int]] = {}
    for index, word in enumerate(b):
        where.setdefault(word, []).append(index)
    best, ending = 0, dict[int, int]()
    for word in a:
        now = {index: ending.get(index - 1, 0) + 1 for index in where.get(word, ())}
        best = max(best, *now.values()) if now else best
        ending = now
    return best


def _fuzzy(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]) -> Matrix:
    from rapidfuzz import fuzz, process

    joined = [" ".join(profile.terms) for profile in profiles]
    left, right = [joined[a] for a, _ in pairs], [joined[b] for _, b in pairs]
    return np.column_stack(
        [
            process.cpdist(left, right, scorer=scorer, dtype=np.float64) / 100
            for scorer in (fuzz.token_set_ratio, fuzz.token_sort_ratio, fuzz.partial_ratio)
        ]
    )


def _margins(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]], scores: Matrix) -> Matrix:
    """How far a pair's score is above the next best of either claim in the other's article."""
    best: dict[tuple[int, str], tuple[float, float]] = {}
    keys = [
        ((a, profiles[b].claim.article), (b, profiles[a].claim.article)) for a, b in pairs
    ]
    for both, score in zip(keys, scores, strict=True):
        for key in both:
            first, second = best.get(key, (0.0, 0.0))
            best[key] = max(first, score), sorted((first, second, score))[1]
    margins = []
    for both, score in zip(keys, scores, strict=True):
        each = [score - (best[key][1] if score == best[key][0] else best[key][0]) for key in both]
        margins.append((min(each), max(each)))
    return np.array(margins)
