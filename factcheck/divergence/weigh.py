"""Whether two values stand at the same place of the same statement: candidates → conflicts.

`factcheck/data/conflicts.json` holds, by kind of value, the weights of a logistic regression over
the features of `counterparts`, and the least probability at which a conflict is told
(`training/train_conflicts.py`). Where the cross-encoder has read the two claims side by side, a
second regression upon the first adds what it says: that they conflict, and in which words. A kind
that the file does not name is not told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from factcheck.divergence import marked
from factcheck.divergence.counterparts import Candidate, candidates, shared
from factcheck.divergence.views import Conflict, View
from factcheck.matching.reader import Reading, Word
from factcheck.records import DivergenceSlot, Span

# Days that the rule for dates holds comparable are told unless it is unlikely that they are, or
# the reader, by its log-odds of a conflict, sees none; it is not asked where so much is alike.
_UNLIKELY, _NONE, _ALIKE = 0.2, -1.0, 0.9
# What the reader marks is told only of two claims that it takes for one statement, by its log-odds:
# of what is told of one event in no word in common it thinks too often that it is.
_ONE = 3.0
# What the reader marks, and the regression of a kind weighs too, is told where that is no less
# sure. Real news is full of denials of other things, and of names in two spellings.
_SECONDED: Mapping[DivergenceSlot, tuple[str, float]] = {
    "polarity": ("denial", 0.6),
    "person": ("name", 0.4),
}
# Log-odds from which on the words that the reader marks are those that a denial is about.
_WORTH = -1.0
# Log-odds beyond which the reader's say counts no more, and of a word that it does not mark.
_SURE, _UNMARKED = 6.0, -4.0


class Weights(NamedTuple):
    """What the features of a kind weigh in log-odds, and the least probability that is told.

    `reading` are those of the second regression: over the log-odds by the features and what the
    reader says (`said`).
    """

    least: float
    bias: float
    weights: Mapping[str, float]
    reading: Mapping[str, float] | None = None


def conflicts(a: View, b: View, reading: Reading | None = None) -> list[Conflict]:
    """The surest conflict of each kind of value, where it is sure enough to be told."""
    best: dict[str, tuple[float, Conflict]] = {}
    for found in candidates(a, b):
        sure = probability(found, reading)
        if sure >= _least(found, reading) and sure > best.get(found.kind, (0.0,))[0]:
            best[found.kind] = sure, found.conflict
    return [_pointed(kind, conflict, reading) for kind, (_, conflict) in best.items()]


def _pointed(kind: str, conflict: Conflict, reading: Reading | None) -> Conflict:
    """A denial at the words in which the reader sees it: what is denied may be told in any."""
    marks = marked.marks(reading) if kind == "denial" and reading else None
    if marks is None or marks.log_odds < _WORTH:
        return conflict
    return conflict._replace(spans=marks.spans)


def unnamed(a: View, b: View, reading: Reading | None) -> list[Conflict]:
    """The conflict that the reader alone sees, where it is sure enough to be told."""
    found = candidate(a, b, reading) if reading else None
    if found is None or probability(found) < _least(found, None):
        return []
    return [found.conflict] if _seconded(a, b, found.conflict.slot, reading) else []


def _seconded(a: View, b: View, slot: DivergenceSlot, reading: Reading | None) -> bool:
    """Whether the regression of a kind does not speak against what the reader marks."""
    kind, least = _SECONDED.get(slot, ("", 0.0))
    told = [probability(found, reading) for found in candidates(a, b) if found.kind == kind]
    return not told or max(told) >= least


def candidate(a: View, b: View, reading: Reading) -> Candidate | None:
    """The words that the reader marks on both sides; `None` where they are no conflict."""
    marks = marked.marks(reading)
    conflict = marked.conflict(a, b, marks.spans) if marks else None
    if marks is None or conflict is None:
        return None
    features = {"conflict": reading.conflict, "words": marks.log_odds, "same": reading.same}
    return Candidate("marked", conflict, shared(a, b, marks.spans) | _clipped(features))


def probability(found: Candidate, reading: Reading | None = None) -> float:
    """The probability that the two values of a candidate are of one thing; 0 where unfitted."""
    known = _table().get(found.kind)
    if known is None:
        return 0.0
    z = known.bias + sum(w * found.features[name] for name, w in known.weights.items())
    if reading and known.reading:
        features = said(found, reading) | {"features": z, "bias": 1.0}
        z = sum(known.reading[name] * value for name, value in features.items())
    return 1 / (1 + exp(-max(-50.0, min(50.0, z))))


def said(found: Candidate, reading: Reading) -> dict[str, float]:
    """What the reader says of a candidate: of the two claims, and of the words of the two values.

    In log-odds; of the words the lower of the two sides counts.
    """
    sides = zip(reading.words, found.conflict.spans, strict=True)
    words = min(_surest(words, span) for words, span in sides)
    return _clipped({"conflict": reading.conflict, "words": words, "same": reading.same})


def _surest(words: Sequence[Word], span: Span) -> float:
    here = [w.log_odds for w in words if w.start < span[1] and span[0] < w.end]
    return max(here, default=_UNMARKED)


def _clipped(values: dict[str, float]) -> dict[str, float]:
    return {name: max(-_SURE, min(_SURE, value)) for name, value in values.items()}


def _least(found: Candidate, reading: Reading | None) -> float:
    known = _table().get(found.kind)
    if known is None:
        return 1.0
    if reading and known.reading:
        return known.reading["least"]
    if found.kind == "marked":
        return known.least if found.features["same"] >= _ONE else 1.0
    ruled = found.kind == "date" and found.features["comparable"]
    alike = found.features["shared of all"] >= _ALIKE
    unseen = reading is not None and reading.conflict < _NONE and not alike
    return min(known.least, _UNLIKELY) if ruled and not unseen else known.least


@cache
def _table() -> Mapping[str, Weights]:
    path = files("factcheck") / "data" / "conflicts.json"
    return {kind: Weights(**row) for kind, row in json.loads(path.read_text("utf-8")).items()}
