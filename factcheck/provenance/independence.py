"""Measures → the log-odds that one telling was taken from another, in parts that can be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from factcheck.provenance.measures import MEASURES, PARTS, Measures
from factcheck.records import Level

# Log-odds never count for more: nothing that is measured is certain.
MOST = 8.0

# Parts and levels that are no reason which a reader would give, whatever they weigh.
SILENT = frozenset(
    ("prior", "length", "tellers", "time", "agency", "own reporting", "elsewhere", "voice")
)
NOTHING = frozenset(
    (
        "no relay named",
        "neither names the other",
        "no occasion named",
        "no common sentences",
        "no more text than reports of one event share",
        "few sentences have a like one",
        "in other words",
        "no rare words of these two alone",
        "no speaker on both sides",
    )
)


@dataclass(frozen=True)
class Model:
    """A logistic regression: `log-odds = intercept + weights · (measures - centers)`.

    Measures count as far as they are within `bounds`, those of the texts it was fitted on.
    """

    intercept: float
    weights: Mapping[str, float]
    centers: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]

    def log_odds(self, measures: Measures) -> float:
        """The log-odds that the child was taken from the parent."""
        value = dict(zip(MEASURES, measures.tolist(), strict=True))
        return self.intercept + sum(self.part(name, value) for name in PARTS)

    def part(self, name: str, value: Mapping[str, float]) -> float:
        """What one of `PARTS` adds."""
        return sum(self._weigh(measure, value[measure]) for measure in PARTS[name])

    def _weigh(self, name: str, value: float) -> float:
        low, high = self.bounds[name]
        return self.weights[name] * (min(high, max(low, value)) - self.centers[name])

    def levels(self, measures: Measures) -> tuple[Level, ...]:
        """How the log-odds of a pair add up."""
        value = dict(zip(MEASURES, measures.tolist(), strict=True))
        prior = Level(name="prior", level="tellings of two outlets", weight=self.intercept)
        told = (
            Level(name=name, level=_LEVELS[name](value), weight=round(self.part(name, value), 3))
            for name in PARTS
        )
        return prior, *told


@cache
def load_model() -> Model:
    """The fitted weights that come with the package."""
    data = json.loads(files("factcheck").joinpath("data", "independence.json").read_text("utf-8"))
    rows = data["measures"]
    return Model(
        intercept=data["intercept"],
        weights={name: rows[name]["weight"] for name in MEASURES},
        centers={name: rows[name]["center"] for name in MEASURES},
        bounds={name: (rows[name]["low"], rows[name]["high"]) for name in MEASURES},
    )


def probability(log_odds: float) -> float:
    """The logistic function."""
    return 1 / (1 + exp(-log_odds))


def _first(*told: tuple[bool, str]) -> str:
    return next(words for holds, words in told if holds)


def _relay(value: Mapping[str, float]) -> str:
    return _first(
        (value["relay"] > 0, "names the other as its relay"),
        (value["relay-carried"] > 0, "has named the other as its relay"),
        (value["relay-perhaps"] > 0, "may have the other as its relay"),
        (value["relay-other"] > 0 and value["parent-relay"] > 0, "each names a relay"),
        (value["relay-other"] > 0, "names another relay"),
        (value["relay-back"] > 0, "the other names it as its relay"),
        (value["parent-relay"] > 0, "the other names a relay"),
        (True, "no relay named"),
    )


def _naming(value: Mapping[str, float]) -> str:
    return _first(
        (value["names-here"] > 0, "names the other near by"),
        (value["named-back"] > 0, "is named by the other"),
        (True, "neither names the other"),
    )


def _sides(own: str, other: str, mine: str, theirs: str, both: str, none: str) -> _Words:
    return lambda value: _first(
        (value[own] > 0 and value[other] > 0, both),
        (value[own] > 0, mine),
        (value[other] > 0, theirs),
        (True, none),
    )


def _elsewhere(value: Mapping[str, float]) -> str:
    mine = value["heard"] + value["attended"] > 0
    theirs = value["parent-heard"] > 0
    return _first(
        (value["passed-on"] > MUCH_PASSED_ON, "passes on much of what others report"),
        (mine and theirs, "both have talked to somebody or were there"),
        (mine, "has talked to somebody or was there"),
        (theirs, "the other has talked to somebody"),
        (True, "neither tells of reporting of its own"),
    )


def _rewritten(value: Mapping[str, float]) -> str:
    beyond = value["beyond"] + value["beyond-few"]
    alone = value["alone"] + value["alone-few"]
    return _first(
        (beyond > MUCH_BEYOND or alone > MUCH_ALONE, "much text that no third article has"),
        (beyond > 0 or alone > MUCH_ALONE / 2, "some text that no third article has"),
        (True, "no more text than reports of one event share"),
    )


# What counts as much in words, for the level only.
MUCH_BEYOND, MUCH_ALONE, MUCH_PASSED_ON = 0.15, 0.1, 0.3
ALIKE, VERBATIM = 0.55, 5

_Words = Callable[[Mapping[str, float]], str]
_LEVELS: dict[str, _Words] = {
    "relay": _relay,
    "naming": _naming,
    "own reporting": _sides(
        "first-hand",
        "parent-first-hand",
        "was told itself",
        "the other was told itself",
        "each was told itself",
        "neither was told itself",
    ),
    "elsewhere": _elsewhere,
    "occasion": lambda value: _first(
        (value["occasion-same"] > 0, "both name one occasion"),
        (value["occasion"] > 0, "names an occasion"),
        (True, "no occasion named"),
    ),
    "copied text": lambda value: _first(
        (value["copied"] > 0, f"{value['copied']:.0%} in common sentences"),
        (True, "no common sentences"),
    ),
    "rewritten text": _rewritten,
    "sentences": lambda value: _first(
        (value["retold"] > 0.5, "most sentences have a like one"),
        (value["retold"] > 0.25, "some sentences have a like one"),
        (True, "few sentences have a like one"),
    ),
    "length": lambda value: _first(
        (value["longer"] < -0.3, "the shorter article"),
        (value["longer"] > 0.3, "the longer article"),
        (True, "articles of one length"),
    ),
    "wording here": lambda value: _first(
        (value["row"] >= VERBATIM, f"{value['row']:.0f} words in a row"),
        (value["wording"] > ALIKE, "alike in wording"),
        (value["figure-new"] > 0, "a figure that the other has nowhere"),
        (True, "in other words"),
    ),
    "rare words here": lambda value: _first(
        (value["rare-here"] + value["rare-here-few"] > 0, "rare words of these two alone"),
        (True, "no rare words of these two alone"),
    ),
    "voice": _sides(
        "narrates",
        "parent-narrates",
        "told in its own voice",
        "told in the other's own voice",
        "told in both outlets' own voice",
        "told in others' words",
    ),
    "speaker": lambda value: _first(
        (value["unnamed"] > 0, "an unnamed source"),
        (value["other-voices"] > 0, "another speaker"),
        (value["private"] > 0, "a private person"),
        (value["same-voice"] > 0, "the same speaker"),
        (True, "no speaker on both sides"),
    ),
    "tellers": lambda value: f"told by {exp(value['tellers']):.0f} outlets",
    "agency": _sides(
        "agency",
        "parent-agency",
        "is an agency",
        "the other is an agency",
        "both are agencies",
        "no agency",
    ),
    "time": lambda value: _first(
        (value["earlier"] > 0.5, "published before the other"),
        (value["days-apart"] > 0, "of another day"),
        (True, "not before the other"),
    ),
}
