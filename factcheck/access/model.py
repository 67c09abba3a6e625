"""How likely a trace is the access of a claim: a weighted sum of what tells for it.

The weights are fitted by `training/train_access.py` on the newsroom events of `train` and kept in
`data/access.json`, one number for each thing that can be told (`evidence`), so that every
probability can be taken apart.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Question = Literal["relay", "occasion", "public"]


@dataclass(frozen=True)
class Model:
    """The weights of one question, and the probability from which its answer is yes.

    `own` is that for the article's own outlet, `perhaps` the one from which a relay may be one.
    """

    bias: float
    weights: Mapping[str, float]
    likely: float
    own: float
    perhaps: float

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely it is, given what tells for it and against it."""
        weights = self.weights
        score = self.bias + sum(weights.get(name, 0.0) * n for name, n in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=4)
def model(question: Question) -> Model:
    """Read the weights of a question."""
    data = json.loads((files("factcheck") / "data" / "access.json").read_text("utf-8"))
    return Model(**data[question])
