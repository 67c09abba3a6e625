"""Fit the weights by which a trace is the access of a claim.

    python -m training.train_access [--check]

Whether a speaker speaks in public is learned from what several articles tell as one's words: with
an origin each, or all with one.

What is right comes from the tags of the newsroom events of `train`: `via` of each tagged telling
that a claim meets. A claim that meets none teaches nothing. Weights are those of a logistic
regression with a penalty on their squares; `--check` fits six times on five sixths of the events
and prints, for the rest, how many relays and occasions were found and how many of those told were
right, at several thresholds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.newsroom import events, loaded
from factcheck.access.evidence import Evidence, Features, pairs
from factcheck.access.public import features as public_features
from factcheck.access.reading import people_of
from factcheck.access.run import Run
from factcheck.access.traces import Trace, plausible, traces
from factcheck.attribution.tagger import Tagger
from factcheck.evaluation.events import meets, same_name
from factcheck.evaluation.gold import OUTLET_VOICE
from factcheck.evaluation.tagged import Compiled
from factcheck.pipeline import Extraction, extract_each, with_access

DATA = Path(__file__).parent.parent / "factcheck" / "data" / "access.json"
FOLDS, PENALTY = 6, 0.5
# From these probabilities on: told; told of the article's own outlet; a relay that may be one.
THRESHOLDS = {"relay": (0.6, 0.15, 0.1), "occasion": (0.4, 1.0, 0.2), "public": (0.7, 0.7, 0.7)}
QUESTIONS = ("relay", "occasion", "public")


@dataclass
class Row:
    """One claim with one name, what tells for it, and whether a telling of the claim has it."""

    event: str
    claim: str
    features: Features
    right: bool


def is_relay(via: str) -> bool:
    """Whether a tag names an outlet rather than an occasion, which is written small."""
    return bool(re.search("[A-Z]", re.sub(r"^(?:The|An?)\b", "", via)))


def read(event: Compiled, tagger: Tagger) -> list[Extraction]:
    """The extractions of an event, their accesses not yet read: those are to be learned."""
    articles, _ = loaded(event)
    return extract_each(articles, tagger)


def rows(event: Compiled, found: Sequence[Extraction], question: str) -> Iterator[Row]:
    """The labelled pairs of an event."""
    by_file = {Path(one.article.path).stem: one for one in found}
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement in (*event.gold.clusters, *event.gold.single):
        for mention in statement.mentions:
            if (one := by_file.get(mention.outlet)) is None:
                continue
            for telling in mention.tellings:
                for claim in one.claims:
                    filed = one.article.filed
                    span = (claim.start, claim.end)
                    if meets(filed.span(*span) if filed else span, (telling.span,)):
                        told[one.article.id, claim.id].append(telling.via or "")
    # Once beside the other articles and once alone: most outlets that are named have none there.
    for run in (Run(one.article for one in found), Run()):
        for one in found:
            traced = traces(
                one.article, run.named_in(one.article), people_of(one.claims), run.things
            )
            named = (
                {key: t for key, t in traced.relays.items() if plausible(t)}
                if question == "relay"
                else traced.occasions
            )
            evidence = Evidence(one.article, one.claims, traced, run)
            for (claim, key), (features, _) in pairs(evidence, named).items():
                if (wanted := told.get((one.article.id, claim))) is not None:
                    right = any(_meant(named[key], via, question) for via in wanted)
                    yield Row(event.gold.event, f"{one.article.id} {claim}", features, right)


def _meant(found: Sequence[Trace], via: str, question: str) -> bool:
    written = {trace.written for trace in found}
    names = {found[0].name, *written}
    # A post "on Telegram" has the place's name in capitals.
    return (
        bool(via)
        and (question == "relay" or not is_relay(via) or via in written)
        and any(same_name(name, via) for name in names if name)
    )


def public_rows(event: Compiled, found: Sequence[Extraction]) -> Iterator[Row]:
    """Speakers of what several articles tell as somebody's words: heard by each, or by one.

    Each is a row with and one without the access, so that the weights serve both questions.
    """
    by_file = {Path(one.article.path).stem: one for one in with_access(found, ())}
    for statement in event.gold.clusters:
        outlets = {outlet for origin in statement.origins for outlet in origin.outlets}
        if statement.doubtful or len(outlets) < 2:
            continue
        origins = len(statement.origins)
        for mention in statement.mentions:
            if (one := by_file.get(mention.outlet)) is None:
                continue
            for telling in mention.tellings:
                if telling.attributed_to == OUTLET_VOICE:
                    continue
                for claim in one.claims:
                    filed = one.article.filed
                    span = (claim.start, claim.end)
                    speaker = claim.speaker
                    if not meets(filed.span(*span) if filed else span, (telling.span,)):
                        continue
                    if speaker and same_name(speaker.name, telling.attributed_to):
                        name = f"{one.article.id} {claim.id}"
                        for access in (None, claim.access):
                            told = public_features(speaker, access)
                            yield Row(event.gold.event, name, told, origins > 1)


def all_rows(
    found: Sequence[tuple[Compiled, Sequence[Extraction]]], question: str
) -> Iterator[Row]:
    """The labelled rows of a question in all events."""
    for event, one in found:
        yield from public_rows(event, one) if question == "public" else rows(event, one, question)


def fold(event: str) -> int:
    """The part of the data that an event is in."""
    return int(hashlib.md5(event.encode()).hexdigest(), 16) % FOLDS


def fit(found: Sequence[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    """Fit the weights to some rows."""
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([row.features for row in found])
    model = LogisticRegression(C=PENALTY, max_iter=4000)
    return vectors, model.fit(matrix, [row.right for row in found])


def check(found: Sequence[Row], question: str) -> None:
    """Print how well weights fitted on other events do, pair by pair."""
    part = [fold(row.event) for row in found]
    scores = np.zeros(len(found))
    for out in range(FOLDS):
        vectors, model = fit([row for row, n in zip(found, part, strict=True) if n != out])
        held = [number for number, n in enumerate(part) if n == out]
        matrix = vectors.transform([found[number].features for number in held])
        scores[held] = model.predict_proba(matrix)[:, 1]
    right = np.array([row.right for row in found])
    agree = int(((scores >= 0.5) == right).sum())
    commoner = max(int(right.sum()), int((~right).sum()))
    print(question, "right", agree, "of", len(found), "and the commoner answer", commoner)
    for threshold in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6):
        chosen = scores >= threshold
        hits = int((chosen & right).sum())
        print(question, threshold, "found", hits, "of", int(right.sum()), "told", chosen.sum())


def main() -> None:
    """Read the events, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    tagger = Tagger()
    read_events = [(event, read(event, tagger)) for event in events("train")]
    data: dict[str, Any] = {
        "about": "What tells for an access; made by training/train_access.py",
    }
    for question in QUESTIONS:
        found = list(all_rows(read_events, question))
        if options.check:
            check(found, question)
        vectors, model = fit(found)
        seen = Counter(name for row in found for name in row.features)
        weights = {
            name: round(float(weight), 3)
            for name, weight in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
            if abs(weight) >= 0.01 and seen[name] > 1
        }
        likely, own, perhaps = THRESHOLDS[question]
        data[question] = {
            "bias": round(float(model.intercept_[0]), 3),
            "likely": likely,
            "own": own,
            "perhaps": perhaps,
            "weights": weights,
        }
    DATA.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
