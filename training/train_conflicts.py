"""Fit whether two values of two claims stand at the same place of the same statement.

    python training/train_conflicts.py [--cache DIR] [--samples FILE] --reader OUT/reader.onnx

Reads the newsroom events of `train` (`benchmarks/newsroom`), of which it is known which values
cannot both hold, and the written pairs of `training/pairs`. Writes `factcheck/data/conflicts.json`.
Of the events both the true groups and those that the program makes are read, since it must be told
a conflict from a claim that is in the wrong group. A candidate is right where its two places touch
words that carry two values of one conflict. How far the cross-encoder is trusted (the package's,
which `--reader` is, too) is fitted on the events that it was not trained on. Prints, by kind,
precision and recall of a cross-validation in which no event is in both parts. `--cache` keeps the
extracted claims between runs, `--samples` the features.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.newsroom.oracle import Case, cases
from factcheck import slots
from factcheck.config import Settings
from factcheck.divergence import Read, weigh
from factcheck.divergence.counterparts import Candidate, Features, candidates
from factcheck.divergence.views import View
from factcheck.evaluation.gold import Statement
from factcheck.matching import match
from factcheck.matching.reader import Reader, Reading, Side
from factcheck.records import Article, Block, Claim, Sentence, Span

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "factcheck" / "data" / "conflicts.json"
FOLDS, PENALTY = 6, 3.0
# What a sample counts: of a true group, of a group of the program, of a written pair. A wrong one
# that stands in a group of a conflict would make no group divergent that is not.
WEIGHTS = {"true": 0.5, "made": 1.0, "written": 0.5}
BESIDE = 0.3
# Of the program's groups told divergent by a kind so many are to be right; no lower than the least.
PRECISION, LEAST = 0.8, 0.3
# Names are the most candidates, and real articles hold more of them than invented ones; of places
# the events hold too few to ask for as much.
WANTED = {"name": 0.9, "place": 0.6}
# … and no lower than these. Invented events hold five conflicts each, real ones one, so what is
# right in four of five groups there is right in fewer here. On `basil` and on the breaking news of
# `ecbplus` names tell two people of one story, or two who say one thing, for one (13 of 16 were
# false), and words that the reader marks, told from .5 on, brought five conflicts, all false.
AT_LEAST = {"name": 0.85, "source": 0.95, "figure": 0.7, "denial": 0.8, "role": 0.8, "marked": 0.8}


class Sample(NamedTuple):
    """Two values of two claims, and whether they are a conflict.

    `source` is a true group, one that the program made, or a written pair; `divergent` whether the
    group holds a conflict. `said` is what the cross-encoder says of them, `None` where it knows the
    event.
    """

    kind: str
    features: Features
    right: bool
    source: Literal["true", "made", "written"]
    event: str
    group: int
    divergent: bool
    said: Features | None = None

    @property
    def weight(self) -> float:
        """What the sample counts."""
        return WEIGHTS[self.source] * (BESIDE if self.divergent and not self.right else 1.0)


def of_events(cache: Path | None, reader: Reader, seen: frozenset[str]) -> Iterator[Sample]:
    """The candidates of the newsroom events."""
    for case in cases("train", cache):
        articles = {article.id: article for article in case.articles}
        true = [[c for claims in told.claims.values() for c in claims] for told in case.told]
        by_id = {claim.id: claim for claim in case.claims}
        read = None
        if case.gold.event not in seen:
            sides = {c.id: reader.side(articles[c.article], c) for c in case.claims}

            def read(a: Claim, b: Claim, sides: dict[str, Side] = sides) -> Reading:
                return reader.read([(sides[a.id], sides[b.id])])[0]

        matched = match(articles, case.claims, Settings().matching)
        made = [[by_id[name] for name in group] for group in matched.groups]
        for source, groups in (("true", true), ("made", made)):
            for number, group in enumerate(groups):
                for sample in _of_group(case, articles, group, read):
                    yield sample._replace(source=source, group=number)


def _of_group(
    case: Case,
    articles: dict[str, Article],
    group: Sequence[Claim],
    read: Read | None,
) -> Iterator[Sample]:
    views = [View(claim, articles[claim.article]) for claim in group]
    told = _divergent(case, articles, group)
    for a, b in combinations(views, 2):
        if a.claim.article == b.claim.article:
            continue
        reading = read(a.claim, b.claim) if read else None
        alone = weigh.candidate(a, b, reading) if reading else None
        for found in (*candidates(a, b), *([alone] if alone else [])):
            if found.conflict.updated:
                continue
            yield Sample(
                found.kind,
                found.features,
                _is_right(case, a, b, found),
                "true",
                case.gold.event,
                0,
                told,
                weigh.said(found, reading) if reading else None,
            )


def _divergent(case: Case, articles: dict[str, Article], group: Sequence[Claim]) -> bool:
    """Whether claims of two articles of a group carry values of a conflict."""
    for told in case.told:
        if told.statement.verdict == "divergent":
            names = {claim.id for claims in told.claims.values() for claim in claims}
            if len({claim.article for claim in group if claim.id in names}) > 1:
                return True
    return False


def _is_right(case: Case, a: View, b: View, found: Candidate) -> bool:
    for told in case.told:
        statement = told.statement
        if statement.conflict is None:
            continue
        sides = [
            _labels(statement, view, span)
            for view, span in zip((a, b), found.conflict.spans, strict=True)
        ]
        if found.kind == "denial" and statement.conflict.slot == "polarity":
            whole = [(view.claim.start, view.claim.end) for view in (a, b)]
            sides = [
                one or _labels(statement, view, span)
                for one, view, span in zip(sides, (a, b), whole, strict=True)
            ]
        if any(x != y for x in sides[0] for y in sides[1]):
            return True
    return False


def _labels(statement: Statement, view: View, span: Span) -> set[str]:
    """The values of a statement's conflict that the words at a place carry."""
    there = view.article.filed.span(*span) if view.article.filed else span
    return {
        telling.value
        for mention in statement.mentions
        if mention.outlet == Path(view.article.path).stem
        for telling in mention.tellings
        if telling.value and any(s < there[1] and there[0] < e for s, e in telling.value_spans)
    }


def of_pairs() -> Iterator[Sample]:
    """The candidates of the written pairs."""
    for path in sorted((HERE / "pairs").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            pair = json.loads(line)
            a, b = (_view(pair, side) for side in "ab")
            for found in candidates(a, b):
                right = pair["relation"] == "conflict" and all(
                    _touches(view, span, pair[f"{side}_words"])
                    for view, span, side in zip((a, b), found.conflict.spans, "ab", strict=True)
                )
                conflict = pair["relation"] == "conflict"
                name = f"{path.stem}-{number // 20}"
                yield Sample(found.kind, found.features, right, "written", name, number, conflict)


def _view(pair: dict[str, Any], side: str) -> View:
    """A claim of one sentence."""
    text, told = pair[side], pair[f"{side}_claim"]
    article = Article(
        id=side,
        path=f"{side}.txt",
        outlet=side,
        family=side,
        title=None,
        published=pair[f"day_{side}"],
        language="en",
        text=text,
        blocks=(Block(start=0, end=len(text), kind="body"),),
        sentences=(Sentence(start=0, end=len(text), block=0),),
    )
    start = max(0, text.find(told))
    end = min(len(text), start + len(told))
    claim = Claim(
        id=side,
        fingerprint=side,
        article=article.id,
        start=start,
        end=end,
        spans=((start, end),),
        text=article.text[start:end],
        reading=article.text[start:end],
        kind="report",
        quote="none",
    )
    return View(slots.fill(article, [claim])[0], article)


def _touches(view: View, span: Span, told: Sequence[str]) -> bool:
    text = view.article.text
    starts = [(text.find(words), len(words)) for words in told]
    return any(s >= 0 and s < span[1] and span[0] < s + n for s, n in starts)


class Model(NamedTuple):
    """Weights of one kind; `scale` is what the features were divided by."""

    names: list[str]
    weights: NDArray[np.float64]

    def logits(self, samples: Sequence[Sample]) -> NDArray[np.float64]:
        """The log-odds of each sample."""
        return _matrix(samples, self.names, written=False) @ self.weights


def _matrix(
    samples: Sequence[Sample], names: Sequence[str], *, written: bool
) -> NDArray[np.float64]:
    """A row a sample: the features, one for the bias and one for written pairs."""
    rows = [
        [s.features[n] for n in names] + [1.0, float(written and s.source == "written")]
        for s in samples
    ]
    return np.asarray(rows, dtype=np.float64)


def fit(samples: Sequence[Sample]) -> Model:
    """A logistic regression; written pairs have a bias of their own, as half of them conflict."""
    names = sorted(samples[0].features)
    x = _matrix(samples, names, written=True)
    scale = np.maximum(x.std(axis=0), 0.05)
    scale[-2:] = 1.0
    y = np.array([s.right for s in samples], dtype=np.float64)
    weight = np.array([s.weight for s in samples])
    scaled = x / scale

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = scaled @ w
        value = float(np.sum(weight * (np.logaddexp(0, z) - y * z)))
        slope = scaled.T @ (weight * (1 / (1 + np.exp(-z)) - y))
        free = w.copy()
        free[-2:] = 0
        return value + PENALTY / 2 * float(free @ free), slope + PENALTY * free

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return Model(names, found / scale)


def held_out(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """The probability of each sample by a model that has not seen its event."""
    events = sorted({s.event for s in samples})
    fold = {event: n % FOLDS for n, event in enumerate(events)}
    out = np.zeros(len(samples))
    for k in range(FOLDS):
        model = fit([s for s in samples if fold[s.event] != k])
        here = [n for n, s in enumerate(samples) if fold[s.event] == k]
        out[here] = 1 / (1 + np.exp(-model.logits([samples[n] for n in here])))
    return out


def curve(samples: Sequence[Sample], scores: NDArray[np.float64]) -> list[tuple[float, int, int]]:
    """By threshold: how many of the program's groups are told divergent, and how many rightly."""
    best: dict[tuple[str, int], float] = defaultdict(float)
    true: set[tuple[str, int]] = set()
    for sample, score in zip(samples, scores, strict=True):
        if sample.source == "made":
            key = sample.event, sample.group
            best[key] = max(best[key], float(score))
            if sample.divergent:
                true.add(key)
    return [
        (
            t / 100,
            sum(score >= t / 100 for score in best.values()),
            sum(score >= t / 100 for key, score in best.items() if key in true),
        )
        for t in range(20, 96, 5)
    ]


def threshold(kind: str, rows: Sequence[tuple[float, int, int]]) -> float | None:
    """The least probability at which enough groups are told rightly."""
    return next(
        (
            t
            for t, told, right in rows
            if t >= AT_LEAST.get(kind, LEAST)
            and told
            and right >= WANTED.get(kind, PRECISION) * told
        ),
        None,
    )


def upon(samples: Sequence[Sample], scores: NDArray[np.float64]) -> list[Sample]:
    """What is known of the samples that the reader has read, as samples of a second regression.

    `scores` are the probabilities by a model that has not seen their events.
    """
    logits = np.log(scores / (1 - scores))
    return [
        sample._replace(features=sample.said | {"features": float(logit)})
        for sample, logit in zip(samples, logits, strict=True)
        if sample.said is not None
    ]


def fitted(samples: Sequence[Sample], kind: str) -> dict[str, float] | None:
    """The weights of a kind by name, its bias and its least probability; prints what they reach."""
    rows = curve(samples, held_out(samples))
    print("  ", " ".join(f"{t:.2f}:{right}/{told}" for t, told, right in rows if told))
    least = threshold(kind, rows)
    if least is None:
        print("   not told: too few are right at any threshold")
        return None
    model = fit(samples)
    weights = zip([*model.names, "bias"], model.weights, strict=False)
    return {"least": least} | {name: round(float(weight), 4) for name, weight in weights}


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--reader", type=Path, required=True)
    options = parser.parse_args()
    if options.samples and options.samples.exists():
        samples = [Sample(*row) for row in pickle.loads(options.samples.read_bytes())]
    else:
        known = options.reader.with_name("reader-events.txt").read_text("utf-8").split("\n")
        found = of_events(options.cache, Reader(options.reader), frozenset(known))
        samples = [*of_pairs(), *found]
        if options.samples:
            options.samples.write_bytes(pickle.dumps([tuple(s) for s in samples]))
    table: dict[str, dict[str, object]] = {}
    for kind in sorted({s.kind for s in samples}):
        of_kind = [s for s in samples if s.kind == kind]
        print(f"{kind}: {len(of_kind)} candidates, {sum(s.right for s in of_kind)} right")
        first = fitted(of_kind, kind)
        if first is not None:
            least, bias = first.pop("least"), first.pop("bias")
            table[kind] = {"least": least, "bias": bias, "weights": first}
        if kind == "marked":
            continue
        read = upon(of_kind, held_out(of_kind))
        print(f"  read, of unknown events: {len(read)}, {sum(s.right for s in read)} right")
        second = fitted(read, kind)
        if second is not None:
            model = fit(of_kind)
            names = zip(model.names, model.weights, strict=False)
            table.setdefault(
                kind,
                {
                    "least": 1.0,
                    "bias": round(float(model.weights[-2]), 4),
                    "weights": {name: round(float(weight), 4) for name, weight in names},
                },
            )["reading"] = second
    OUTPUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
