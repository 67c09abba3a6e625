"""Pairs of profiles → a matrix of features, one row per pair."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from math import log1p, sqrt

import numpy as np
import numpy.typing as npt

from factcheck.matching.profiles import Profile, Vector

Matrix = npt.NDArray[np.float64]

_PAIRED = (
    "local",
    "local-root",
    "background",
    "contained",
    "containing",
    "telling",
    "plain",
    "plain-root",
    "plain-local",
    "word-pairs",
    "rarest",
    "rarest-2",
    "rarest-3",
    "rarest-plain",
    "rarest-plain-2",
    "rarest-plain-3",
    "run",
    "length",
    "length-differs",
    "here",
    "before",
    "after",
    "sentence",
    "sentence-plain",
    "sentence-plain-root",
    "local-and-sentence",
    "names-shared",
    "names-apart",
    "numbers-shared",
    "numbers-apart",
    "negation-differs",
    "speaker-same",
    "speaker-differs",
    "quoted-run",
    "both-quoted",
    "utterances",
    "kind-differs",
    "position",
    "later",
)
_FUZZY = ("token-set", "token-sort", "partial")
_RIVALS = ("margin", "margin-best", "margin-and-local")
FEATURES = (*_PAIRED, *_FUZZY, *_RIVALS)
LOCAL = FEATURES.index("local")


def measure(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]) -> Matrix:
    """The features of `pairs` in the order of `FEATURES`; shape (len(pairs), len(FEATURES)).

    Margins compare a pair with the other pairs of `pairs` that join the same claim to the same
    article, so `pairs` should hold all candidates.
    """
    if not pairs:
        return np.empty((0, len(FEATURES)))
    rows = np.array([_pair(profiles[a], profiles[b]) for a, b in pairs])
    return np.column_stack(
        [rows, _fuzzy(profiles, pairs), _margins(profiles, pairs, rows[:, LOCAL])]
    )


def _pair(a: Profile, b: Profile) -> tuple[float, ...]:
    # In the order of the terms in the text, so that sums round alike in every process.
    shared = [word for word in a.local if word in b.local]
    inside_a = sum([a.local[word] for word in shared]) / (sum(a.local.values()) or 1.0)
    inside_b = sum([b.local[word] for word in shared]) / (sum(b.local.values()) or 1.0)
    rarest = _three([(a.telling[word] + b.telling[word]) / 2 for word in shared])
    plain = _three(
        [(a.plain[word] + b.plain[word]) / 2 for word in shared if word in a.plain and word in b.plain]
    )
    local, telling_plain = cosine(a.local, b.local), cosine(a.plain, b.plain)
    sentence_plain = cosine(a.sentence_plain, b.sentence_plain)
    names = [word for word in shared if word in a.names and word in b.names]
    length_a, length_b = log1p(len(a.terms)), log1p(len(b.terms))
    utterances = (a.claim.kind == "utterance") + (b.claim.kind == "utterance")
    return (
        local,
        sqrt(local),
        cosine(a.background, b.background),
        max(inside_a, inside_b),
        min(inside_a, inside_b),
        cosine(a.telling, b.telling),
        telling_plain,
        sqrt(telling_plain),
        cosine(a.plain_local, b.plain_local),
        cosine(a.pairs, b.pairs),
        *rarest,
        *plain,
        log1p(longest_run(a.terms, b.terms)),
        length_a + length_b,
        abs(length_a - length_b),
        cosine(a.here, b.here),
        max(cosine(a.before, b.before), cosine(a.here, b.before), cosine(a.before, b.here)),
        max(cosine(a.after, b.after), cosine(a.here, b.after), cosine(a.after, b.here)),
        cosine(a.sentence, b.sentence),
        sentence_plain,
        sqrt(sentence_plain),
        local * sentence_plain,
        log1p(sum([sqrt(a.local[word] * b.local[word]) for word in names])),
        float(bool(a.names) and bool(b.names) and not names),
        float(not a.numbers.isdisjoint(b.numbers)),
        float(bool(a.numbers - b.numbers) and bool(b.numbers - a.numbers)),
        float(a.negated != b.negated),
        float(not a.speaker.isdisjoint(b.speaker)),
        float(bool(a.speaker) and bool(b.speaker) and a.speaker.isdisjoint(b.speaker)),
        log1p(longest_run(a.quoted, b.quoted)),
        float(bool(a.quoted) and bool(b.quoted)),
        float(utterances),
        float(utterances == 1),
        abs(a.position - b.position),
        max(a.position, b.position),
    )


def _three(values: list[float]) -> tuple[float, ...]:
    return tuple([*nlargest(3, values), 0.0, 0.0, 0.0][:3])


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two sparse non-negative vectors, 0 where one is empty."""
    if len(b) < len(a):
        a, b = b, a
    dot = sum([value * b[word] for word, value in a.items() if word in b])
    return dot / (a.length * b.length) if dot else 0.0


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
        ending = {index: ending.get(index - 1, 0) + 1 for index in where.get(word, ())}
        if ending:
            best = max(best, *ending.values())
    return best


def _fuzzy(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]) -> Matrix:
    from rapidfuzz import fuzz, process

    joined = [" ".join(profile.terms) for profile in profiles]
    left, right = [joined[a] for a, _ in pairs], [joined[b] for _, b in pairs]
    scorers = (fuzz.token_set_ratio, fuzz.token_sort_ratio, fuzz.partial_ratio)
    return np.column_stack(
        [process.cpdist(left, right, scorer=scorer, dtype=np.float64) / 100 for scorer in scorers]
    )


def _margins(
    profiles: Sequence[Profile],
    pairs: Sequence[tuple[int, int]],
    scores: npt.NDArray[np.float64],
) -> Matrix:
    """How far a pair's score is above the next best of either claim in the other's article."""
    best: dict[tuple[int, str], tuple[float, float]] = {}
    keys = [((a, profiles[b].claim.article), (b, profiles[a].claim.article)) for a, b in pairs]
    values = scores.tolist()
    for both, score in zip(keys, values, strict=True):
        for key in both:
            first, second = best.get(key, (0.0, 0.0))
            if score > first:
                best[key] = score, first
            elif score > second:
                best[key] = first, score
    margins = []
    for both, score in zip(keys, values, strict=True):
        each = [score - (best[key][1] if score == best[key][0] else best[key][0]) for key in both]
        margins.append((min(each), max(each), min(each) * score))
    return np.array(margins)
