"""Fit how likely one telling of a statement was taken from another.

    python training/train_independence.py EVAL_DIR [--cache DIR] [--measures FILE]

Reads the newsroom events of `train` (`benchmarks/newsroom`), where it is known which tellings have
one origin, and `EVAL_DIR/basil-statements` (articles: BASIL, github.com/launchnlp/BASIL), real
articles of which it is known whether a statement has one origin or more. Writes
`factcheck/data/independence.json`. The likelihood is that of the true origins of each statement
under the forests of `factcheck.provenance.forest`, or that of one, or of more. Prints figures of
a cross-validation in which no event is in both parts. Beside the whole events parts of them count,
a quarter each: what two articles have in common says less where no third can tell what is usual.
`--cache` keeps the extracted claims between runs, `--measures` the measures.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pickle
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.newsroom import Part
from benchmarks.newsroom.oracle import Case, cases
from factcheck.evaluation.events import meets
from factcheck.provenance import forest
from factcheck.provenance.access import accesses
from factcheck.provenance.derivation import Texts
from factcheck.provenance.independence import MOST
from factcheck.provenance.lineage import Lineage, tellings
from factcheck.provenance.measures import MEASURES

OUTPUT = Path(__file__).resolve().parent.parent / "factcheck" / "data" / "independence.json"
FOLDS, PENALTY, SEED = 8, 20.0, 16
# Parts of an event: so many articles, drawn so often, and how much one of their statements counts.
PARTS, PART_WEIGHT = {2: 4, 3: 4}, 0.25
# How much a statement of the real articles counts: almost all of them are told by several.
REAL_WEIGHT = 0.5

Row = NDArray[np.float64]


@dataclass
class Sample:
    """A statement: the measures of its tellings' pairs, and which have one origin.

    `trees` is empty where it is known only that there are several.
    """

    event: int
    verdict: str
    measures: NDArray[np.float64]
    trees: list[list[int]]
    weight: float
    real: bool = False


def samples(part: Part, cache: Path | None, parts: bool) -> list[Sample]:
    """The statements of a part; of its events' `parts` too."""
    rng, found = random.Random(SEED), []
    for event, case in enumerate(cases(part, cache)):
        found += _samples(case, event, {a.id for a in case.articles}, 1.0)
        for size, count in PARTS.items() if parts else ():
            for _ in range(count):
                names = sorted(a.id for a in case.articles)
                found += _samples(case, event, set(rng.sample(names, size)), PART_WEIGHT)
    return found


def _samples(case: Case, event: int, names: set[str], weight: float) -> Iterator[Sample]:
    articles = [a for a in case.articles if a.id in names]
    claims = [c for c in case.claims if c.article in names]
    access = accesses(articles, claims)
    told = []
    for entry in case.told:
        here = {o: [c for c in cs if c.article in names] for o, cs in entry.claims.items()}
        here = {outlet: members for outlet, members in here.items() if members}
        if len(here) > 1:
            told.append((entry.statement, here))
    groups = [[c.article for cs in here.values() for c in cs] for _, here in told]
    lineage = Lineage(articles, Texts(articles), groups, access)
    for statement, here in told:
        if statement.doubtful:
            continue
        outlets = sorted(here)
        found = tellings([access[c.id] for outlet in outlets for c in here[outlet]])
        if len({t.family for t in found}) < len(outlets) or len(found) != len(outlets):
            continue
        size = len(found)
        measures = np.zeros((size, size, len(MEASURES)))
        for i, j in itertools.permutations(range(size), 2):
            measures[i, j] = lineage.measure(found[i], found[j], size)
        parent = list(range(size))
        for origin in statement.origins:
            same = [outlets.index(o) for o in origin.outlets if o in outlets]
            for i, j in itertools.pairwise(same):
                old, new = parent[j], parent[i]
                parent = [new if p == old else p for p in parent]
        trees = [[n for n in range(size) if parent[n] == p] for p in sorted(set(parent))]
        yield Sample(event, statement.verdict, measures, trees, weight)


def real(folder: Path, cache: Path | None) -> list[Sample]:
    """The statements of real articles."""
    from factcheck import outlets, pipeline
    from factcheck.attribution.tagger import Tagger
    from factcheck.config import Settings
    from factcheck.ingest import load

    kept = cache / f"{folder.name}.pickle" if cache else None
    if kept and kept.exists():
        read = pickle.loads(kept.read_bytes())
    else:
        tagger, read = Tagger(), {}
        for event in sorted(p.parent for p in folder.glob("*/gold.json")):
            articles, _ = load([str(p) for p in sorted(event.glob("*.txt"))], Settings().limits)
            read[event.name] = pipeline.Corpus(tuple(pipeline.extract(articles, tagger)))
        if kept:
            kept.write_bytes(pickle.dumps(read))
    found = []
    for number, (name, corpus) in enumerate(sorted(read.items())):
        gold = json.loads((folder / name / "gold.json").read_text(encoding="utf-8"))
        articles = outlets.unified(corpus.articles)
        stems = {article.id: Path(article.path).stem for article in articles}
        filed = {c.id: (c.start, c.end) for c in pipeline.as_filed(corpus).claims}
        access = accesses(articles, corpus.claims)
        told = []
        for cluster in gold["clusters"]:
            members: dict[str, list[str]] = {}
            for mention in cluster["mentions"]:
                spans = [(s, e) for s, e in mention.get("part_spans") or mention["spans"]]
                for claim in corpus.claims:
                    here = stems[claim.article] == mention["outlet"]
                    if here and meets(filed[claim.id], spans):
                        members.setdefault(claim.article, []).append(claim.id)
            if len(members) > 1 and cluster["verdict"] != "divergent":
                told.append((cluster["verdict"], members))
        lineage = Lineage(articles, Texts(articles), [list(m) for _, m in told], access)
        for verdict, members in told:
            pairs = tellings([access[c] for ids in members.values() for c in ids])
            size = len(pairs)
            measures = np.zeros((size, size, len(MEASURES)))
            for i, j in itertools.permutations(range(size), 2):
                measures[i, j] = lineage.measure(pairs[i], pairs[j], size)
            trees = [list(range(size))] if verdict == "single-sourced" else []
            found.append(Sample(number, verdict, measures, trees, REAL_WEIGHT, real=True))
    return found


class Likelihood:
    """The negative logarithm of the likelihood of the true origins, with its gradient."""

    def __init__(self, found: Sequence[Sample], center: Row, scale: Row) -> None:
        self._size = max(len(s.measures) for s in found)
        self._weight = np.array([s.weight for s in found])
        rows, places, owners, held = [], [], [], []
        for number, sample in enumerate(found):
            for i, j in itertools.permutations(range(len(sample.measures)), 2):
                rows.append(np.r_[1.0, (sample.measures[i, j] - center) / scale])
                places.append((number, i, j))
            for tree in sample.trees or [list(range(len(sample.measures)))]:
                if len(tree) > 1:
                    mask = np.zeros(self._size)
                    mask[tree] = 1
                    owners.append(number)
                    held.append(mask)
        self._rows, self._places = np.array(rows), tuple(np.array(places).T)
        self._owners, self._held = np.array(owners), np.array(held)
        self._known = np.array([bool(s.trees) for s in found])

    def __call__(self, weights: Row) -> tuple[float, Row]:
        """The loss at some weights (intercept first) and its gradient."""
        size, diagonal = self._size, np.arange(self._size)
        odds = np.zeros((len(self._weight), size, size))
        odds[self._places] = np.exp(np.clip(self._rows @ weights, -MOST, MOST))
        forests = np.eye(size) - odds
        forests[:, diagonal, diagonal] += odds.sum(axis=2)
        every = np.linalg.slogdet(forests)[1]
        held = self._held
        inside = held[:, :, None] * held[:, None, :]
        part = odds[self._owners] * inside
        trees = inside / held.sum(axis=1)[:, None, None] - part
        trees[:, diagonal, diagonal] += part.sum(axis=2) + (1 - held)
        one = np.zeros(len(every))
        np.add.at(one, self._owners, np.linalg.slogdet(trees)[1])
        # Of what is known only to have several roots: all forests but those of one tree.
        single = np.minimum(np.exp(one - every), 1 - 1e-9)
        total = float(self._weight @ np.where(self._known, every - one, -np.log(1 - single)))
        share = np.where(self._known, 1.0, -single / (1 - single)) * self._weight
        slope = _slope(forests) * share[:, None, None]
        np.add.at(slope, self._owners, -_slope(trees) * inside * share[self._owners][:, None, None])
        gradient = self._rows.T @ (slope * odds)[self._places]
        penalty = np.r_[0.0, np.full(len(weights) - 1, PENALTY)]
        return total + 0.5 * float(penalty @ weights**2), gradient + penalty * weights


def _slope(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the determinants' logarithms gain from the odds at (i, j)."""
    inverse = np.linalg.inv(matrices)
    return np.asarray(np.einsum("tii->ti", inverse)[:, :, None] - np.transpose(inverse, (0, 2, 1)))


def fit(found: Sequence[Sample]) -> tuple[float, Row, Row, Row]:
    """Intercept, weights, centers and scales."""
    rows = np.concatenate(
        [s.measures[~np.eye(len(s.measures), dtype=bool)] for s in found if s.weight == 1.0]
    )
    center, scale = rows.mean(axis=0), rows.std(axis=0)
    # What whole events never have ("few") is scaled by the parts.
    every = np.concatenate([s.measures[~np.eye(len(s.measures), dtype=bool)] for s in found])
    scale = np.where(scale > 0, scale, every.std(axis=0))
    scale = np.where(scale > 0, scale, np.inf)
    start = np.r_[-2.0, np.zeros(len(MEASURES))]
    loss = Likelihood(found, center, scale)
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 600}).x
    return float(result[0]), result[1:], center, scale


def told(sample: Sample, model: tuple[float, Row, Row, Row]) -> tuple[float, int, float]:
    """The probability of several origins, their number, and the logarithm of the likelihood."""
    intercept, weights, center, scale = model
    odds = forest.odds(intercept + ((sample.measures - center) / scale) @ weights, MOST)
    right = sum(forest.one_tree(odds[np.ix_(t, t)]) for t in sample.trees)
    return forest.several(odds), len(forest.trees(odds)), right - forest.all_forests(odds)


def figures(found: Sequence[tuple[Sample, tuple[float, int, float]]]) -> str:
    """What is right where the groups are given."""
    by_verdict: Mapping[str, list[float]] = defaultdict(list)
    for sample, (probability, _, _) in found:
        by_verdict[sample.verdict].append(probability)
    single, several = (np.array(by_verdict[v]) for v in ("single-sourced", "corroborated"))
    right = np.mean([count == len(sample.trees) for sample, (_, count, _) in found])
    likelihood = -np.mean([value for _, (_, _, value) in found])
    kept = []
    for wrong in (0.05, 0.08, 0.12, 0.2):
        least = float(np.quantile(single, 1 - wrong))
        kept.append(f"{wrong}: {np.mean(several > least):.3f} from {least:.2f}")
    return f"loss {likelihood:.3f}, origins right {right:.3f}, kept at false " + ", ".join(kept)


def _share(found: Sequence[tuple[Sample, tuple[float, int, float]]], least: float) -> str:
    several = [p >= least for s, (p, _, _) in found if not s.trees]
    single = [p >= least for s, (p, _, _) in found if s.trees]
    return f"several: {sum(several)} of {len(several)}, one: {sum(single)} of {len(single)}"


def reliability(found: Sequence[tuple[Sample, tuple[float, int, float]]]) -> Iterator[str]:
    """Told probability of several origins against what is so."""
    pairs = np.array([(p, len(sample.trees) != 1) for sample, (p, _, _) in found])
    for low in np.arange(0, 1, 0.1):
        held = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < low + 0.1 + (low > 0.85))]
        if len(held):
            means = held.mean(axis=0)
            yield f"{low:.1f}: told {means[0]:.2f}, so {means[1]:.2f}, {len(held)}"


def main() -> None:
    """Cross-validate, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, metavar="EVAL_DIR")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--measures", type=Path)
    options = parser.parse_args()
    kept: Path | None = options.measures
    if kept and kept.exists():
        found, dev = pickle.loads(kept.read_bytes())
    else:
        found = samples("train", options.cache, True)
        found += real(options.folder / "basil-statements", options.cache)
        dev = samples("dev", options.cache, False)
        if kept:
            kept.write_bytes(pickle.dumps((found, dev)))
    seen = []
    for fold in range(FOLDS):
        model = fit([s for s in found if s.event % FOLDS != fold])
        seen += [(s, told(s, model)) for s in found if s.event % FOLDS == fold]
    whole = [(s, t) for s, t in seen if s.weight == 1.0]
    there = [(s, t) for s, t in seen if s.real]
    print("train, held out", figures(whole), *reliability(whole), sep="\n  ")
    print("parts", figures([(s, t) for s, t in seen if s.weight < 1.0 and not s.real]))
    print("real articles", _share(there, 0.8), *reliability(there), sep="\n  ")
    model = fit(found)
    print("dev", figures([(s, told(s, model)) for s in dev]))
    intercept, weights, center, scale = model
    rows = np.concatenate([s.measures[~np.eye(len(s.measures), dtype=bool)] for s in found])
    low, high = np.quantile(rows, (0.005, 0.995), axis=0)
    # What is mostly absent is present all the same.
    low, high = (
        np.where(low == high, edge, bound)
        for edge, bound in ((rows.min(axis=0), low), (rows.max(axis=0), high))
    )
    OUTPUT.write_text(
        json.dumps(
            {
                "intercept": round(intercept, 4),
                "measures": {
                    name: {
                        "weight": round(float(weights[n] / scale[n]), 4),
                        "center": round(float(center[n]), 4),
                        "low": round(float(low[n]), 4),
                        "high": round(float(high[n]), 4),
                    }
                    for n, name in enumerate(MEASURES)
                },
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    for name, value in sorted(zip(MEASURES, weights, strict=True), key=lambda x: -abs(x[1])):
        print(f"  {name:18} {value:+.2f}")


if __name__ == "__main__":
    main()
