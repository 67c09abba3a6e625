"""Fit the matcher's weights: a logistic regression on claims of annotated events.

    python training/train_matcher.py EVAL_DIR [--cache FILE] --reader OUT/reader.onnx

Reads `EVAL_DIR/basil-statements`, splits its articles into claims as the program does, and writes
`factcheck/models/matcher.json`. Prints the figures of a cross-validation in which no event is in
both parts. `--cache` keeps the extracted claims between runs. How far to trust the cross-encoder
(`train_reader.py`) is fitted on what it says of events that it was not trained on.

The events hold nothing that is alike and yet another story, as an archive does. Of that come
`strangers`: claims of articles of `EVAL_DIR/polnear/train` that hardly share a story.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pickle
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.events import Event, Links, Mention, group_links, load, right_pairs, score
from benchmarks.newsroom import events as newsroom_events
from benchmarks.newsroom.oracle import extracted
from factcheck.config import Matching, Settings
from factcheck.evaluation.gold import EventGold
from factcheck.evaluation.gold import Mention as Told
from factcheck.matching.candidates import candidates
from factcheck.matching.features import FEATURES, Matrix, Rivals, measure, worthwhile
from factcheck.matching.groups import cluster
from factcheck.matching.profiles import Profile, profiles
from factcheck.matching.reader import Reader, Side
from factcheck.matching.score import MOST, UNSCORED, WORTH_READING, probability
from factcheck.matching.stories import stories
from factcheck.pipeline import Corpus, as_filed
from factcheck.records import Article, Claim, Span

OUTPUT = Path(__file__).resolve().parent.parent / "factcheck" / "models" / "matcher.json"
FOLDS = 5
# A claim whose sentence, but not whose own words, tells what the other tells: half an example.
SENTENCE_ONLY = 0.5
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)
# Every so many articles of PolNeAR are read; two whose stories have a smaller cosine than this
# are taken to be strangers, and a pair of their claims counts as so many pairs of an event.
STRIDE, STRANGE, STRANGER = 3, 0.12, 0.1
STORY = FEATURES.index("story")


# Of two claims that hold two values of one conflict, the words of each that are the value.
Conflicts = dict[tuple[int, int], tuple[tuple[Span, ...], tuple[Span, ...]]]


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
    conflicts: Conflicts


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
    result = []
    for event in events:
        articles, claims = extracted[event.name]
        by_id = {article.id: article for article in articles}
        prepared, pairs, features = measured(by_id, claims)
        outlet = {article.id: Path(article.path).stem for article in articles}
        claims = [c.model_copy(update={"article": outlet[c.article]}) for c in claims]
        exact, near = right_pairs(event, claims, True), right_pairs(event, claims, False)
        result.append(
            Case(
                event,
                claims,
                prepared,
                pairs,
                features,
                np.array([pair in exact for pair in pairs]),
                np.array([pair in near for pair in pairs]),
                {article.id: article for article in articles},
                {},
            )
        )
    return result


def newsroom(cache: Path | None) -> list[Case]:
    """The cases of the newsroom events that may be read."""
    from factcheck.attribution.tagger import Tagger

    kept = cache.with_suffix(".newsroom") if cache else None
    if kept and kept.exists():
        found = pickle.loads(kept.read_bytes())
    else:
        tagger = Tagger()
        found = [(event.gold, extracted(event, tagger)) for event in newsroom_events("train")]
        if kept:
            kept.write_bytes(pickle.dumps(found))
    return [_newsroom_case(gold, corpus) for gold, corpus in found]


def all_cases(folder: Path, cache: Path | None) -> list[Case]:
    """The events that the matcher and its reader are fitted on."""
    return cases(folder / "basil-statements", cache) + newsroom(cache)


def _newsroom_case(gold: EventGold, corpus: Corpus) -> Case:
    articles = {article.id: article for article in corpus.articles}
    claims = list(corpus.claims)
    prepared, pairs, features = measured(articles, claims)
    outlet = {article.id: Path(article.path).stem for article in corpus.articles}
    filed = as_filed(corpus)
    shown = [c.model_copy(update={"article": outlet[c.article]}) for c in filed.claims]
    sentences = {outlet[a.id]: [(s.start, s.end) for s in a.sentences] for a in filed.articles}
    clusters = tuple(
        tuple(_mention(mention, sentences[mention.outlet]) for mention in cluster.mentions)
        for cluster in gold.clusters
    )
    event = Event(gold.event, {}, clusters, tuple(c.statement for c in gold.clusters))
    exact, near = right_pairs(event, shown, True), right_pairs(event, shown, False)
    return Case(
        event,
        shown,
        prepared,
        pairs,
        features,
        np.array([pair in exact for pair in pairs]),
        np.array([pair in near for pair in pairs]),
        articles,
        _conflicts(gold, claims, articles),
    )


def _conflicts(
    gold: EventGold, claims: Sequence[Claim], articles: Mapping[str, Article]
) -> Conflicts:
    """The pairs of claims of two articles that hold two values of a conflict."""
    found: Conflicts = {}
    for statement in gold.clusters:
        held: list[tuple[int, str, tuple[Span, ...]]] = []
        for number, claim in enumerate(claims):
            article = articles[claim.article]
            for mention in statement.mentions:
                if mention.outlet != Path(article.path).stem:
                    continue
                for telling in mention.tellings:
                    spans = _told(article, claim, telling.value_spans)
                    if telling.value and spans:
                        held.append((number, telling.value, spans))
        for (i, x, mine), (j, y, theirs) in itertools.combinations(held, 2):
            if x != y and claims[i].article != claims[j].article:
                found[min(i, j), max(i, j)] = (mine, theirs) if i < j else (theirs, mine)
    return found


def _told(article: Article, claim: Claim, places: Sequence[Span]) -> tuple[Span, ...]:
    """Which parts of a claim stand at places of the file, in the article's own offsets."""
    found: list[Span] = []
    for at in range(claim.start, claim.end) if places else ():
        start, end = article.filed.span(at, at + 1) if article.filed else (at, at + 1)
        if any(start < last and first < end for first, last in places):
            if found and found[-1][1] == at:
                found[-1] = found[-1][0], at + 1
            else:
                found.append((at, at + 1))
    return tuple(found)


def _mention(told: Told, sentences: list[Span]) -> Mention:
    around = tuple(
        (start, end)
        for start, end in sentences
        if any(start < last and first < end for first, last in told.spans)
    )
    return Mention(told.outlet, around or told.spans, told.spans, None)


def measured(
    articles: Mapping[str, Article], claims: list[Claim]
) -> tuple[list[Profile], list[tuple[int, int]], Matrix]:
    """The prepared claims, their candidate pairs, and the features of these."""
    settings = Matching()
    prepared, near = profiles(articles, claims), stories(articles, settings.story)
    found = candidates(prepared, settings.candidates, settings.window, near)
    pairs = worthwhile(prepared, found)
    return prepared, pairs, measure(prepared, pairs, Rivals(prepared, found), near)


def strangers(folder: Path, cache: Path | None) -> tuple[Matrix, list[tuple[Side, Side]]]:
    """The features and the sides of pairs of claims whose articles hardly share a story."""
    from factcheck import pipeline
    from factcheck.attribution.tagger import Tagger
    from factcheck.ingest import load as ingest

    kept = cache.with_suffix(".strangers") if cache else None
    if kept and kept.exists():
        articles, claims = pickle.loads(kept.read_bytes())
    else:
        paths = [str(path) for path in sorted(folder.glob("*.txt"))[::STRIDE]]
        done = pipeline.extract(ingest(paths, Settings().limits)[0], Tagger())
        articles = {one.article.id: one.article for one in done}
        claims = [claim for one in done for claim in one.claims]
        if kept:
            kept.write_bytes(pickle.dumps((articles, claims)))
    prepared, pairs, features = measured(articles, claims)
    strange = np.flatnonzero(features[:, STORY] < np.log(STRANGE))
    reader = Reader.load()
    sides = [reader.side(articles[p.claim.article], p.claim) for p in prepared]
    return features[strange], [(sides[pairs[n][0]], sides[pairs[n][1]]) for n in strange]


@dataclass(frozen=True)
class Fitted:
    """Weights and centers of all features, and the intercept."""

    weights: np.ndarray
    centers: np.ndarray
    intercept: float

    def log_odds(self, features: Matrix) -> np.ndarray:
        """Log-odds of a match, one per row."""
        return np.asarray((features - self.centers) @ self.weights + self.intercept)


def fit(train: list[Case], strange: Matrix) -> Fitted:
    """Fit the features within events; then, upon that, what it means to share a story.

    In two steps, so that how claims of one event are told apart is not fitted on strangers.
    """
    within = [column for column in range(strange.shape[1]) if column != STORY]
    x = np.vstack([row.features for row in train])
    exact = np.concatenate([row.exact for row in train])
    near = np.concatenate([row.near for row in train]) & ~exact
    scaler, first = regression(x[:, within], exact, near)
    odds = [first.decision_function(scaler.transform(part[:, within])) for part in (x, strange)]
    together = np.column_stack(
        [np.concatenate(odds), np.concatenate([x[:, STORY], strange[:, STORY]])]
    )
    none = np.zeros(len(strange), dtype=bool)
    weights = np.concatenate([np.ones(len(x)), np.full(len(strange), STRANGER)])
    scaler2, second = regression(
        together, np.concatenate([exact, none]), np.concatenate([near, none]), weights
    )
    scale, story = second.coef_[0] / scaler2.scale_
    total, centers = np.empty((2, strange.shape[1]))
    total[within], centers[within] = scale * first.coef_[0] / scaler.scale_, scaler.mean_
    total[STORY], centers[STORY] = story, scaler2.mean_[1]
    start = second.intercept_[0] + scale * (first.intercept_[0] - scaler2.mean_[0])
    return Fitted(total, centers, float(start))


def regression(
    x: Matrix, exact: np.ndarray, near: np.ndarray, weights: np.ndarray | None = None
) -> tuple[StandardScaler, LogisticRegression]:
    """A logistic regression; a near pair is half an example: in part right, in part wrong."""
    weights = np.ones(len(x)) if weights is None else weights
    scaler = StandardScaler().fit(x, sample_weight=weights)
    scaled = scaler.transform(x)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(
        np.vstack([scaled, scaled[near]]),
        np.concatenate([exact, np.ones(near.sum(), dtype=bool)]),
        sample_weight=np.concatenate(
            [np.where(near, 1 - SENTENCE_ONLY, 1.0) * weights, SENTENCE_ONLY * weights[near]]
        ),
    )
    return scaler, model


def read(pairs: list[tuple[Side, Side]], log_odds: np.ndarray, reader: Reader) -> np.ndarray:
    """What a cross-encoder says of pairs, shape (pairs, 2): that they are the same, in conflict.

    NaN where they are hardly the same, and it is not asked.
    """
    asked = np.flatnonzero(log_odds >= np.log(WORTH_READING / (1 - WORTH_READING)))
    found = np.full((len(pairs), 2), np.nan)
    if len(asked):
        readings = reader.read([pairs[n] for n in asked])
        found[asked] = [(one.same, one.conflict) for one in readings]
    return found


def sides_of(row: Case, reader: Reader) -> list[tuple[Side, Side]]:
    """Both sides of each pair of a case, as a cross-encoder sees them."""
    sides = [reader.side(row.articles[p.claim.article], p.claim) for p in row.prepared]
    return [(sides[a], sides[b]) for a, b in row.pairs]


def stack(
    rows: list[Case], odds: list[np.ndarray], said: list[np.ndarray], apart: np.ndarray
) -> LogisticRegression:
    """Fit how features and reading add up, on pairs that neither was fitted on.

    `apart` holds both for pairs of strangers, shape (pairs, 3).
    """
    x = np.vstack([np.column_stack([np.concatenate(odds), np.vstack(said)]), apart])
    none = np.zeros(len(apart), dtype=bool)
    known = ~np.isnan(x[:, 1])
    y = np.concatenate([*(row.exact for row in rows), none])[known]
    near = np.concatenate([*(row.near for row in rows), none])[known] & ~y
    weights = np.concatenate([np.ones(len(x) - len(apart)), np.full(len(apart), STRANGER)])[known]
    x = x[known]
    x[:, 0] = np.minimum(x[:, 0], MOST)
    return LogisticRegression(C=10.0).fit(
        np.vstack([x, x[near]]),
        np.concatenate([y, np.ones(near.sum(), dtype=bool)]),
        sample_weight=np.concatenate(
            [np.where(near, 1 - SENTENCE_ONLY, 1.0) * weights, SENTENCE_ONLY * weights[near]]
        ),
    )


def combine(model: LogisticRegression, odds: np.ndarray, said: np.ndarray) -> np.ndarray:
    """Log-odds with the reading where there is one."""
    scale, *weights = model.coef_[0]
    read_odds = model.intercept_[0] + scale * odds + said @ np.array(weights)
    return np.where(np.isnan(said[:, 0]), odds, read_odds)


def cross_validated(rows: list[Case], strange: Matrix) -> tuple[list[np.ndarray], np.ndarray]:
    """Log-odds of the pairs of each event, fitted without its fold; those of strangers, once."""
    odds = [np.empty(0)] * len(rows)
    for fold in reversed(range(FOLDS)):
        model = fit([row for n, row in enumerate(rows) if n % FOLDS != fold], strange)
        for number, row in enumerate(rows):
            if number % FOLDS == fold:
                odds[number] = model.log_odds(row.features)
    return odds, model.log_odds(strange)


def ranking(rows: list[Case], odds: list[np.ndarray], truth: str) -> float:
    """The average precision of pairs; `truth` is "exact" or "near"."""
    labels = np.concatenate([getattr(row, truth) for row in rows])
    return float(average_precision_score(labels, np.concatenate(odds)))


def report(name: str, rows: list[Case], odds: list[np.ndarray]) -> None:
    """Print ranking and link figures."""
    for truth in ("exact", "near"):
        print(f"{name}: average precision ({truth}) {ranking(rows, odds, truth):.4f}")
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
    parser.add_argument("--reader", type=Path, required=True)
    options = parser.parse_args()
    rows = all_cases(options.eval, options.cache)
    strange, strange_sides = strangers(options.eval / "polnear" / "train" / "text", options.cache)
    odds, apart = cross_validated(rows, strange)
    report("features, cross-validated", rows, odds)
    reader = Reader(options.reader)
    seen = set(options.reader.with_name("reader-events.txt").read_text("utf-8").split("\n"))
    held = [n for n, row in enumerate(rows) if row.event.name not in seen]
    held_rows, held_odds = [rows[n] for n in held], [odds[n] for n in held]
    said = [read(sides_of(rows[n], reader), odds[n], reader) for n in held]
    strange_said = np.column_stack([apart, read(strange_sides, apart, reader)])
    together = []
    for n in range(len(held)):
        others = [k for k in range(len(held)) if k != n]
        columns = ([column[k] for k in others] for column in (held_rows, held_odds, said))
        together.append(combine(stack(*columns, strange_said), held_odds[n], said[n]))
    report("features alone, events held from a reader", held_rows, held_odds)
    report("features and reading, the same events", held_rows, together)
    stacked = stack(held_rows, held_odds, said, strange_said)
    apart_read = combine(stacked, strange_said[:, 0], strange_said[:, 1:])
    for name, values in (("features", apart), ("features and reading", apart_read)):
        likely = [int((probability(values) >= threshold).sum()) for threshold in THRESHOLDS]
        print(f"of {len(values)} pairs of strangers by {name}, at {THRESHOLDS}: {likely}")

    model = fit(rows, strange)
    table = {
        name: {"weight": round(float(weight), 5), "center": round(float(center), 5)}
        for name, weight, center in zip(FEATURES, model.weights, model.centers, strict=True)
    }
    fitted = {
        "features": table,
        "intercept": round(model.intercept, 5),
        "reading": {
            "intercept": round(float(stacked.intercept_[0]), 5),
            "scale": round(float(stacked.coef_[0][0]), 5),
            "weight": round(float(stacked.coef_[0][1]), 5),
            "conflict": round(float(stacked.coef_[0][2]), 5),
        },
    }
    OUTPUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
