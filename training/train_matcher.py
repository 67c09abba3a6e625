"""Fit the matcher's weights: a logistic regression on claims of annotated events.

    python training/train_matcher.py EVAL_DIR [--cache FILE]

Reads `EVAL_DIR/basil-statements` (and nothing else), splits its articles into claims as the
program does, and writes `factcheck/models/matcher.json`. Prints the figures of a cross-validation
in which no event is in both parts. `--cache` keeps the extracted claims between runs.
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
from factcheck.matching.score import UNSCORED
from factcheck.matching.stories import stories
from factcheck.records import Article, Claim

OUTPUT = Path(__file__).resolve().parent.parent / "factcheck" / "models" / "matcher.json"
FOLDS = 5
# A claim whose sentence, but not whose own words, tells what the other tells: half an example.
SENTENCE_ONLY = 0.5
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


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
    options = parser.parse_args()
    rows = cases(options.eval / "basil-statements", options.cache)
    out_of_fold = [np.empty(0)] * len(rows)
    for fold in range(FOLDS):
        scaler, model = fit([row for n, row in enumerate(rows) if n % FOLDS != fold])
        for number, row in enumerate(rows):
            if number % FOLDS == fold:
                out_of_fold[number] = model.predict_proba(scaler.transform(row.features))[:, 1]
    for name in ("exact", "near"):
        truth = np.concatenate([getattr(row, name) for row in rows])
        value = average_precision_score(truth, np.concatenate(out_of_fold))
        print(f"cross-validated average precision ({name}): {value:.4f}")
    for threshold in THRESHOLDS:
        print(threshold, links(rows, out_of_fold, threshold).figures())

    scaler, model = fit(rows)
    weights = model.coef_[0] / scaler.scale_
    table = {
        name: {"weight": round(float(weight), 5), "center": round(float(center), 5)}
        for name, weight, center in zip(FEATURES, weights, scaler.mean_, strict=True)
    }
    fitted = {"features": table, "intercept": round(float(model.intercept_[0]), 5)}
    OUTPUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
