"""Fit the matcher's weights: a logistic regression on claims of annotated events.

    python training/train_matcher.py EVAL_DIR [--cache FILE] --readers FOLD0.onnx [FOLD1.onnx …]

Reads `EVAL_DIR/basil-statements` (and nothing else), splits its articles into claims as the
program does, and writes `factcheck/models/matcher.json`. Prints the figures of a cross-validation
in which no event is in both parts. `--cache` keeps the extracted claims between runs. Each of
`--readers` is a cross-encoder that has not seen the events of its fold (`train_reader.py`): how
far to trust it is fitted on what it says of these.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.events import Event, Links, group_links, load, right_pairs, score
from factcheck.config import Matching, Settings
from factcheck.matching.candidates import candidates
from factcheck.matching.features import FEATURES, Matrix, Rivals, measure, worthwhile
from factcheck.matching.groups import cluster
from factcheck.matching.profiles import Profile, profiles
from factcheck.matching.reader import Reader
from factcheck.matching.score import UNCERTAIN, UNSCORED, probability
from factcheck.matching.stories import stories
from factcheck.records import Article, Claim

OUTPUT = Path(__file__).resolve().parent.parent / "factcheck" / "models" / "matcher.json"
FOLDS = 3
# A claim whose sentence, but not whose own words, tells what the other tells: half an example.
SENTENCE_ONLY = 0.5
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)


@dataclass
class Case:
    """An event's claims and candidate pairs, the pairs' features and what is right of them."""

    event: Event
    claims: list[Claim]
    prepared: list[Profile]
    pairs: list[tuple[int, int]]
    features: Matrix
    exact: np.ndarray
    near: np.ndarray
    articles: dict[str, Article]


def extract(folder: Path, events: list[Event]) -> dict[str, tuple[list[Article], list[Claim]]]:
    """The claims of every event as the program makes them, named by the annotators' outlets."""
    from factcheck import pipeline
    from factcheck.attribution.tagger import Tagger
    from factcheck.ingest import load as ingest

    tagger, result = Tagger.load(), {}
    for event in events:
        paths = [str(folder / event.name / f"{outlet}.txt") for outlet in event.articles]
        articles, _ = ingest(paths, Settings().limits)
        done = pipeline.extract(articles, tagger)
        result[event.name] = (
            [one.article for one in done],
            [claim for one in done for claim in one.claims],
        )
    return result


def cases(folder: Path, cache: Path | None) -> list[Case]:
    """The cases of all events below `folder`."""
    events = load(folder)
    if cache and cache.exists():
        extracted = pickle.loads(cache.read_bytes())
    else:
        extracted = extract(folder, events)
        if cache:
            cache.write_bytes(pickle.dumps(extracted))
    settings, result = Matching(), []
    for event in events:
        articles, claims = extracted[event.name]
        by_id = {article.id: article for article in articles}
        prepared = profiles(by_id, claims)
        outlet = {article.id: Path(article.path).stem for article in articles}
        claims = [c.model_copy(update={"article": outlet[c.article]}) for c in claims]
        found = candidates(
            prepared, settings.candidates, settings.window, stories(by_id, settings.story)
        )
        pairs = worthwhile(prepared, found)
        exact, near = right_pairs(event, claims, True), right_pairs(event, claims, False)
        result.append(
            Case(
                event,
                claims,
                prepared,
                pairs,
                measure(prepared, pairs, Rivals(prepared, found)),
                np.array([pair in exact for pair in pairs]),
                np.array([pair in near for pair in pairs]),
                {article.id: article for article in articles},
            )
        )
    return result


def fit(train: list[Case]) -> tuple[StandardScaler, LogisticRegression]:
    """Fit on all candidate pairs of some events."""
    x = np.vstack([case.features for case in train])
    exact = np.concatenate([case.exact for case in train])
    near = np.concatenate([case.near for case in train]) & ~exact
    scaler = StandardScaler().fit(x)
    scaled = scaler.transform(x)
    # Half an example: once as right and once as wrong, with the weights of both halves.
    x = np.vstack([scaled, scaled[near]])
    y = np.concatenate([exact, np.ones(near.sum(), dtype=bool)])
    weights = np.concatenate(
        [np.where(near, 1 - SENTENCE_ONLY, 1.0), np.full(near.sum(), SENTENCE_ONLY)]
    )
    return scaler, LogisticRegression(C=1.0, max_iter=1000).fit(x, y, sample_weight=weights)


def read(row: Case, log_odds: np.ndarray, reader: Reader) -> np.ndarray:
    """What a cross-encoder says of a case's uncertain pairs; NaN where it is not asked."""
    low, high = (np.log(p / (1 - p)) for p in UNCERTAIN)
    asked = np.flatnonzero((log_odds >= low) & (log_odds <= high))
    sides = [reader.side(row.articles[p.claim.article], p.claim) for p in row.prepared]
    found = np.full(len(row.pairs), np.nan)
    if len(asked):
        pairs = [(sides[row.pairs[n][0]], sides[row.pairs[n][1]]) for n in asked]
        found[asked] = reader.read(pairs)
    return found


def stack(rows: list[Case], odds: list[np.ndarray], said: list[np.ndarray]) -> LogisticRegression:
    """Fit how features and reading add up, on pairs that neither was fitted on."""
    x = np.column_stack([np.concatenate(odds), np.concatenate(said)])
    known = ~np.isnan(x[:, 1])
    y = np.concatenate([row.exact for row in rows])[known]
    near = np.concatenate([row.near for row in rows])[known] & ~y
    x = x[known]
    weights = np.where(near, 1 - SENTENCE_ONLY, 1.0)
    return LogisticRegression(C=10.0).fit(
        np.vstack([x, x[near]]),
        np.concatenate([y, np.ones(near.sum(), dtype=bool)]),
        sample_weight=np.concatenate([weights, np.full(near.sum(), SENTENCE_ONLY)]),
    )


def combine(model: LogisticRegression, odds: np.ndarray, said: np.ndarray) -> np.ndarray:
    """Log-odds with the reading where there is one."""
    scale, weight = model.coef_[0]
    return np.where(np.isnan(said), odds, model.intercept_[0] + scale * odds + weight * said)


def report(name: str, rows: list[Case], odds: list[np.ndarray]) -> None:
    """Print ranking and link figures."""
    for truth in ("exact", "near"):
        labels = np.concatenate([getattr(row, truth) for row in rows])
        value = average_precision_score(labels, np.concatenate(odds))
        print(f"{name}: average precision ({truth}) {value:.4f}")
    for threshold in THRESHOLDS:
        print(threshold, links(rows, [probability(values) for values in odds], threshold).figures())


def links(rows: list[Case], scores: list[np.ndarray], threshold: float) -> Links:
    """Link counts after grouping at a threshold."""
    total = Links()
    for case, values in zip(rows, scores, strict=True):
        groups = cluster(
            [claim.article for claim in case.claims],
            {p: v for p, v in zip(case.pairs, values.tolist(), strict=True) if v > UNSCORED},
            threshold,
            UNSCORED,
        )
        total += score(case.event, case.claims, group_links(case.claims, groups))
    return total


def main() -> None:
    """Cross-validate, fit on everything, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--readers", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    rows = cases(options.eval / "basil-statements", options.cache)
    odds = [np.empty(0)] * len(rows)
    for fold in range(FOLDS):
        scaler, model = fit([row for n, row in enumerate(rows) if n % FOLDS != fold])
        for number, row in enumerate(rows):
            if number % FOLDS == fold:
                odds[number] = model.decision_function(scaler.transform(row.features))
    report("features, cross-validated", rows, odds)
    readers = [Reader(path) for path in options.readers]
    held = [n for n in range(len(rows)) if n % FOLDS < len(readers)]
    held_rows, held_odds = [rows[n] for n in held], [odds[n] for n in held]
    said = [read(rows[n], odds[n], readers[n % FOLDS]) for n in held]
    together = []
    for n in range(len(held)):
        others = [k for k in range(len(held)) if k != n]
        stacked = stack(*([column[k] for k in others] for column in (held_rows, held_odds, said)))
        together.append(combine(stacked, held_odds[n], said[n]))
    report("features alone, events held from a reader", held_rows, held_odds)
    report("features and reading, the same events", held_rows, together)
    stacked = stack(held_rows, held_odds, said)

    scaler, model = fit(rows)
    weights = model.coef_[0] / scaler.scale_
    table = {
        name: {"weight": round(float(weight), 5), "center": round(float(center), 5)}
        for name, weight, center in zip(FEATURES, weights, scaler.mean_, strict=True)
    }
    fitted = {
        "features": table,
        "intercept": round(float(model.intercept_[0]), 5),
        "reading": {
            "intercept": round(float(stacked.intercept_[0]), 5),
            "scale": round(float(stacked.coef_[0][0]), 5),
            "weight": round(float(stacked.coef_[0][1]), 5),
        },
    }
    OUTPUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
