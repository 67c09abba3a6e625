"""Whether two values stand at the same place of the same statement: candidates → conflicts.

`factcheck/data/conflicts.json` holds, by kind of value, the weights of a logistic regression over
the features of `counterparts`, and the least probability at which a conflict is told
(`training/train_conflicts.py`). A kind that it does not name is not told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from factcheck.divergence.counterparts import Candidate, candidates
from factcheck.divergence.views import Conflict, View

# Days that the rule for dates holds comparable are told unless it is unlikely that they are.
_UNLIKELY = 0.2


class Weights(NamedTuple):
    """What the features of a kind weigh in log-odds, and the least probability that is told."""

    least: float
    bias: float
    weights: Mapping[str, float]


def conflicts(a: View, b: View) -> list[Conflict]:
    """The surest conflict of each kind of value, where it is sure enough to be told."""
    best: dict[str, tuple[float, Conflict]] = {}
    for found in candidates(a, b):
        sure = probability(found)
        if sure >= _least(found) and sure > best.get(found.kind, (0.0,))[0]:
            best[found.kind] = sure, found.conflict
    return [conflict for _, conflict in best.values()]


def probability(found: Candidate) -> float:
    """The probability that the two values of a candidate are of one thing; 0 where unfitted."""
    known = _table().get(found.kind)
    if known is None:
        return 0.0
    z = known.bias + sum(w * found.features[name] for name, w in known.weights.items())
    return 1 / (1 + exp(-max(-50.0, min(50.0, z))))


def _least(found: Candidate) -> float:
    known = _table().get(found.kind)
    if known is None:
        return 1.0
    ruled = found.kind == "date" and found.features["comparable"]
    return min(known.least, _UNLIKELY) if ruled else known.least


@cache
def _table() -> Mapping[str, Weights]:
    path = files("factcheck") / "data" / "conflicts.json"
    return {kind: Weights(**row) for kind, row in json.loads(path.read_text("utf-8")).items()}
