"""How many roots: the probability of every way in which tellings can go back to one another.

Every telling is either its outlet's own access to the facts, with weight one, or was taken from
another telling, with the odds of that pair as weight. A way in which all of them came about is then
a forest, its roots are the origins, and its weight is the product of the weights. A telling has one
parent, so that an outlet with two sources does not make one of these. Sums over all forests are
determinants (the matrix-tree theorem), so nothing has to be listed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Odds = NDArray[np.float64]


def odds(log_odds: NDArray[np.float64], most: float) -> Odds:
    """The weights of log-odds, bounded, and none for a telling taken from itself."""
    weights = np.exp(np.clip(log_odds, -most, most))
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights)


def all_forests(weights: Odds) -> float:
    """The logarithm of the summed weights of all forests; `weights[i, j]`: i taken from j."""
    if len(weights) == 2:  # by far the most
        return math.log1p(weights[0, 1] + weights[1, 0])
    return float(np.linalg.slogdet(_laplacian(weights) + np.eye(len(weights)))[1])


def one_tree(weights: Odds) -> float:
    """The logarithm of the summed weights of the forests that are one tree, whatever its root."""
    if len(weights) == 1:
        return 0.0
    if len(weights) == 2:
        return math.log(weights[0, 1] + weights[1, 0])
    return float(np.linalg.slogdet(_laplacian(weights) + 1 / len(weights))[1])


def several(weights: Odds) -> float:
    """The probability of at least two roots."""
    if len(weights) < 2:
        return 0.0
    return float(min(1.0, max(0.0, 1 - np.exp(one_tree(weights) - all_forests(weights)))))


def roots(weights: Odds) -> NDArray[np.float64]:
    """For tellings of one tree, the probability that each is its root."""
    count = len(weights)
    if count == 1:
        return np.ones(1)
    if count == 2:
        return np.array([weights[1, 0], weights[0, 1]]) / (weights[0, 1] + weights[1, 0])
    laplacian = _laplacian(weights)
    kept = [[n for n in range(count) if n != root] for root in range(count)]
    logs = np.array([np.linalg.slogdet(laplacian[np.ix_(k, k)])[1] for k in kept])
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum())


def trees(weights: Odds) -> list[list[int]]:
    """The tellings of each origin: those are joined that are one tree more probably than two.

    The likeliest first, so that the order of the tellings decides nothing but ties.
    """
    found = [[n] for n in range(len(weights))]
    joined = {
        (i, j): together(weights, [i], [j])
        for i, j in itertools.combinations(range(len(weights)), 2)
    }
    while joined:
        first, second = max(joined, key=lambda pair: (round(joined[pair], 9), -pair[0], -pair[1]))
        if joined[first, second] <= 0:
            break
        found[first] = sorted(found[first] + found[second])
        found[second] = []
        joined = {
            (i, j): together(weights, found[i], found[j]) if first in (i, j) else value
            for (i, j), value in joined.items()
            if second not in (i, j)
        }
    return [tree for tree in found if tree]


def together(weights: Odds, one: Sequence[int], other: Sequence[int]) -> float:
    """The log-odds that two origins are one."""
    both = [*one, *other]
    parts = (weights[np.ix_(part, part)] for part in (list(one), list(other)))
    return one_tree(weights[np.ix_(both, both)]) - sum(map(one_tree, parts))


def _laplacian(weights: Odds) -> NDArray[np.float64]:
    return np.asarray(np.diag(weights.sum(axis=1)) - weights)
