"""Features → the probability that two claims state the same, in parts that can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np
import numpy.typing as npt

from factcheck.lang import table
from factcheck.matching.features import FEATURES, ONE_STORY, Matrix
from factcheck.matching.profiles import Profile, telling
from factcheck.matching.reader import Reading
from factcheck.matching.terms import term
from factcheck.records import Level, Link, Relation

# The probability of two claims that are no candidates of each other: they share no telling term.
UNSCORED = 0.02

# The parts of a score in the order in which they are shown, and the features of each.
PARTS: dict[str, tuple[str, ...]] = {
    "wording": (
        "local",
        "contained",
        "containing",
        "telling",
        "plain",
        "run",
        "length",
        "length-differs",
        "token-sort",
    ),
    "rare words": ("rarest",),
    "quotation": ("quoted-run", "both-quoted"),
    "names": ("names-shared",),
    "figures": ("numbers-shared", "numbers-apart"),
    "negation": ("negation-differs",),
    "speaker": ("speaker-same", "speaker-differs", "source", "utterances"),
    "surroundings": (
        "here",
        "before",
        "after",
        "sentence",
        "sentence-plain",
        "sentence-plain-root",
    ),
    "place in the story": ("position", "later"),
    "rivals": ("margin", "margin-and-local"),
    "story": ("story",),
}


# The probability by the features alone from which on a pair is read by the cross-encoder.
WORTH_READING = 0.04
# Log-odds by the features that count at most where a pair has been read; and in two articles of at
# most so many sentences where each claim has at least so many words that the other lacks, beside
# names. What stands around two claims is all that short articles have, and it is alike.
MOST, _IN_SHORT = 4.0, -1.2
_SHORT, _OWN = 6, 2


@dataclass(frozen=True)
class Model:
    """Two logistic regressions, one upon the other.

    By the features alone, `log-odds = intercept + weights · (features - center)`. Where the
    cross-encoder has read a pair, they become
    `read_intercept + read_scale * log-odds + read_weight * same + read_conflict * conflict`, with
    log-odds of `most` at most: two tellings that conflict are tellings of one statement.
    """

    weights: npt.NDArray[np.float64]
    center: npt.NDArray[np.float64]
    intercept: float
    read_intercept: float
    read_scale: float
    read_weight: float
    read_conflict: float

    def log_odds(self, features: Matrix) -> npt.NDArray[np.float64]:
        """Log-odds of a match by the features alone, for each row of `features`."""
        # Summed feature by feature: a matrix product may round otherwise for other shapes.
        total = np.full(len(features), self.intercept)
        for column, (weight, center) in enumerate(zip(self.weights, self.center, strict=True)):
            total += weight * (features[:, column] - center)
        return total

    def uncertain(self, log_odds: float) -> bool:
        """Whether a pair is worth reading."""
        return float(probability(np.array(log_odds))) >= WORTH_READING

    def with_reading(self, log_odds: float, reading: Reading, most: float = MOST) -> float:
        """Log-odds of a match by the features, at most `most`, and the cross-encoder together."""
        return self.read_intercept + self.read_scale * min(log_odds, most) + self.reading(reading)

    def reading(self, reading: Reading) -> float:
        """What the cross-encoder's reading of a pair adds."""
        return self.read_weight * reading.same + self.read_conflict * reading.conflict

    def part(self, name: str, features: npt.NDArray[np.float64]) -> float:
        """What one of `PARTS` adds to the log-odds by the features of one pair."""
        columns = [FEATURES.index(feature) for feature in PARTS[name]]
        return float(sum(self.weights[c] * (features[c] - self.center[c]) for c in columns))


@cache
def load_model() -> Model:
    """The fitted weights that come with the package."""
    data = json.loads(files("factcheck").joinpath("models", "matcher.json").read_text("utf-8"))
    rows = [data["features"][name] for name in FEATURES]
    return Model(
        weights=np.array([row["weight"] for row in rows]),
        center=np.array([row["center"] for row in rows]),
        intercept=data["intercept"],
        read_intercept=data["reading"]["intercept"],
        read_scale=data["reading"]["scale"],
        read_weight=data["reading"]["weight"],
        read_conflict=data["reading"]["conflict"],
    )


def probability(log_odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def limit(a: Profile, b: Profile) -> float:
    """The log-odds by the features that count at most where two claims have been read."""
    if max(a.sentences, b.sentences) > _SHORT:
        return MOST
    # A figure may be told in two ways: "12 billion", "1,200 crore".
    told = a.names | b.names | a.numbers | b.numbers | _magnitudes()
    one, other = a.local.keys() - told, b.local.keys() - told
    return _IN_SHORT if min(len(one - other), len(other - one)) >= _OWN else MOST


@cache
def _magnitudes() -> frozenset[str]:
    return frozenset(map(term, table("figures")["multipliers"]))


def link(
    a: Profile,
    b: Profile,
    features: npt.NDArray[np.float64],
    reading: Reading | None,
    model: Model,
) -> Link:
    """The scored relation of two claims with its levels, for `explain`.

    `reading` is what the cross-encoder says, `None` where it has not read the pair.
    """
    value = dict(zip(FEATURES, features.tolist(), strict=True))
    scale = 1.0 if reading is None else model.read_scale
    prior = model.intercept
    if reading is not None:
        prior = model.read_intercept + model.read_scale * model.intercept
    told = {name: model.part(name, features) for name in PARTS}
    if reading is not None:
        # What is more than counts is no more than surroundings.
        told["surroundings"] -= max(0.0, model.intercept + sum(told.values()) - limit(a, b))
    parts = [("prior", "a candidate pair", prior)]
    parts += [(name, _LEVELS[name](value, a, b), scale * told[name]) for name in PARTS]
    parts.append(
        ("reading", "not read", 0.0)
        if reading is None
        else ("reading", _reading(reading), model.reading(reading))
    )
    total = sum(weight for _, _, weight in parts)
    return Link(
        a=a.claim.id,
        b=b.claim.id,
        relation=relation(value, a, b),
        score=round(float(probability(np.array(total))), 4),
        levels=tuple(
            Level(name=name, level=level, weight=round(weight, 3)) for name, level, weight in parts
        ),
    )


def _reading(reading: Reading) -> str:
    if reading.conflict > 0:
        return "reads as the same, in conflict"
    if abs(reading.same) < 1:
        return "undecided"
    return "reads as the same" if reading.same > 0 else "reads as something else"


def relation(value: dict[str, float], a: Profile, b: Profile) -> Relation:
    """Whether two matched claims say the same, one says more, or they cannot both hold.

    Conflicts are judged by their details in `divergence`; this reads the words alone.
    """
    if value["numbers-apart"] or (value["negation-differs"] and value["contained"] > NEAR):
        return "contradictory"
    return "equivalent" if value["containing"] > NEAR else "compatible"


# Share of a claim's weight of terms from which on wording counts as near.
NEAR = 0.6


def _wording(value: dict[str, float], a: Profile, b: Profile) -> str:
    if a.terms == b.terms:
        return "same words"
    if value["containing"] > NEAR:
        return "near wording"
    if value["contained"] > NEAR:
        return "one contains the other"
    return "paraphrase" if value["local"] > 0.25 else "same topic only"


def _quotation(value: dict[str, float], a: Profile, b: Profile) -> str:
    if not (a.quoted and b.quoted):
        return "quoted on one side" if a.quoted or b.quoted else "no quotation"
    if a.quoted == b.quoted:
        return "exact quotation"
    shared = np.expm1(value["quoted-run"])
    if shared >= 3 and shared >= 0.5 * min(len(a.quoted), len(b.quoted)):
        return "near quotation"
    return "partly shared quotation" if shared >= 3 else "other quotations"


def _rare(a: Profile, b: Profile) -> str:
    there = dict(telling(b.local))
    shared = {word: value + there[word] for word, value in telling(a.local) if word in there}
    rarest = sorted(shared, key=lambda word: (-shared[word], word))[:3]
    return "shared " + ", ".join(rarest) if rarest else "none shared"


def _sets(a: frozenset[str], b: frozenset[str], what: str) -> str:
    shared = sorted(a & b)
    if shared:
        return "shared " + ", ".join(shared[:4])
    return f"different {what}" if a and b else f"{what} on one side" if a or b else f"no {what}"


_LEVELS: dict[str, Callable[[dict[str, float], Profile, Profile], str]] = {
    "wording": _wording,
    "quotation": _quotation,
    "names": lambda value, a, b: _sets(a.names, b.names, "names"),
    "rare words": lambda value, a, b: _rare(a, b),
    "figures": lambda value, a, b: _sets(a.numbers, b.numbers, "figures"),
    "negation": lambda value, a, b: "one negated" if value["negation-differs"] else "alike",
    "speaker": lambda value, a, b: (
        "same speaker"
        if value["speaker-same"]
        else "different speakers"
        if value["speaker-differs"]
        else "not told on both sides"
    ),
    "surroundings": lambda value, a, b: (
        "similar sentences" if value["sentence"] > 0.25 else "other sentences"
    ),
    "place in the story": lambda value, a, b: "near" if value["position"] < 0.25 else "apart",
    "rivals": lambda value, a, b: (
        "best match on both sides" if value["margin"] > 0 else "better matches exist"
    ),
    "story": lambda value, a, b: (
        "articles of one event"
        if exp(value["story"]) > 0.7 * ONE_STORY
        else "articles of one topic"
    ),
}
