"""Fit how likely a sentence without reporting words goes on with the speaker before it.

    python -m training.train_continued [--check] [--errors FILE]

Reads the newsroom events of `train` (`benchmarks/newsroom`): a sentence whose telling is by the
speaker who spoke last goes on with them, one that is by another or in the outlet's own voice does
not. Writes `factcheck/data/continued.json`: the weights of a logistic regression, and from which
probability on a sentence is taken to go on, which is where, in a cross-validation with no event in
both parts, so many of those taken are right (`PRECISION`), behind a quotation and behind other
words. `--check` prints the cross-validation
and writes nothing; `--errors` lists what was taken and is not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.newsroom import events, loaded
from factcheck import access
from factcheck.attribution import continued
from factcheck.attribution.assembly import extract
from factcheck.attribution.continued import Walk
from factcheck.attribution.continuing import Signs
from factcheck.attribution.layout import without_leads
from factcheck.attribution.resolve import resolve
from factcheck.attribution.tagger import Tagger
from factcheck.evaluation.events import meets, same_name
from factcheck.evaluation.gold import OUTLET_VOICE, Telling
from factcheck.evaluation.tagged import Compiled
from factcheck.filed import article as as_filed
from factcheck.records import Article, Speaker

TARGET = Path(continued.__file__).parents[1] / "data" / "continued.json"
FOLDS, PENALTY = 8, 100.0
PRECISION = 0.72
# A sign so rare is not taken for more than it can show.
LEAST_SPREAD = 0.05

Floats = NDArray[np.float64]


class Sample(NamedTuple):
    """A sentence that may go on with a speaker: its signs, its tellings, and its text."""

    event: str
    signs: Signs
    theirs: int
    own: int
    others: int
    text: str


def samples(tagger: Tagger) -> Iterator[Sample]:
    """The candidates of all events whose truth is told."""
    for event in events("train"):
        articles, _ = loaded(event)
        for article in articles:
            yield from _of_article(event, article, tagger)


def _of_article(event: Compiled, article: Article, tagger: Tagger) -> Iterator[Sample]:
    article = article.model_copy(update={"credits": access.credits(article)})
    article = without_leads(article)
    body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    attributions = extract(article.text, body, tagger)
    outlet = Path(article.path).stem
    told = list(_tellings(event, outlet))
    filed = as_filed(article)
    walk = Walk(article, resolve(article, attributions)).candidates()
    goes_on: bool | None = None
    while True:
        try:
            candidate = walk.send(goes_on)
        except StopIteration:
            return
        sentence = filed.sentences[candidate.number]
        span = (sentence.start, sentence.end)
        here = [telling for telling in told if meets(span, (telling.span,))]
        assert candidate.one.speaker is not None
        theirs = sum(_is_by(telling, candidate.one.speaker) for telling in here)
        own = sum(telling.attributed_to == OUTLET_VOICE for telling in here)
        goes_on = theirs > 0
        if here:
            text = event.texts[outlet][slice(*span)]
            others = len(here) - theirs - own
            yield Sample(event.gold.event, candidate.signs, theirs, own, others, text)


def _tellings(event: Compiled, outlet: str) -> Iterator[Telling]:
    for statement in (*event.gold.clusters, *event.gold.single):
        for mention in statement.mentions:
            if mention.outlet == outlet:
                yield from mention.tellings


def _is_by(telling: Telling, speaker: Speaker) -> bool:
    by = telling.attributed_to
    names = (speaker.name, speaker.as_written)
    return by != OUTLET_VOICE and any(same_name(name, by) for name in names)


class Table:
    """Samples as numbers, and their signs on one scale."""

    def __init__(self, found: Sequence[Sample]) -> None:
        """Name the columns; each has mean 0 and spread 1 but for the rarest signs."""
        self.names = sorted({name for sample in found for name in sample.signs})
        table = np.array([[s.signs.get(n, 0.0) for n in self.names] for s in found])
        self.mean, spread = table.mean(0), table.std(0)
        self.spread = np.maximum(spread, LEAST_SPREAD)
        self.values: Floats = (table - self.mean) / self.spread
        self.right: Floats = np.array([float(sample.theirs > 0) for sample in found])


def fit(values: Floats, right: Floats) -> Floats:
    """Bias and weights of a logistic regression with a penalty on large weights, by Newton."""
    table = np.hstack([np.ones((len(values), 1)), values])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 0.0
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (likely - right) + penalty * weights
        bend = (table.T * (likely * (1 - likely))) @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def held_out(table: Table, found: Sequence[Sample]) -> Floats:
    """The probability of each sample by weights that were fitted without its event."""
    of_event = np.array([sample.event for sample in found])
    names = sorted(set(of_event))
    likely = np.zeros(len(found))
    for fold in range(FOLDS):
        held = np.isin(of_event, names[fold::FOLDS])
        weights = fit(table.values[~held], table.right[~held])
        likely[held] = 1 / (1 + np.exp(-(weights[0] + table.values[held] @ weights[1:])))
    return likely


def threshold(likely: Floats, right: Floats) -> float:
    """The lowest probability, by hundredths, from which on so many are right as is asked for."""
    for least in range(20, 100):
        taken = likely >= least / 100
        if taken.any() and right[taken].mean() >= PRECISION:
            return least / 100
    return 1.0


def report(likely: Floats, found: Sequence[Sample]) -> None:
    """Print what thresholds would take: tellings of the speaker, of the outlet, of others."""
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        taken = [s for s, p in zip(found, likely, strict=True) if p >= least]
        theirs, own, others = (sum(column) for column in zip(*(s[2:5] for s in taken), strict=True))
        right = sum(s.theirs > 0 for s in taken)
        print(f"{least}: {right} of {len(taken)} right; tellings {theirs}, {own}, {others}")


def main() -> None:
    """Fit, check or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--errors", type=Path)
    options = parser.parse_args()
    found = list(samples(Tagger()))
    table = Table(found)
    likely = held_out(table, found)
    quoted = np.array([bool(sample.signs.get("direct")) for sample in found])
    least = threshold(likely[~quoted], table.right[~quoted])
    least_quoted = threshold(likely[quoted], table.right[quoted])
    taken = likely >= np.where(quoted, least_quoted, least)
    print(
        f"{int(table.right.sum())} of {len(found)} go on; taken from {least} on, behind quotations "
        f"from {least_quoted}: {int(table.right[taken].sum())} of {int(taken.sum())} right"
    )
    report(likely, found)
    if options.errors:
        lines = [
            f"{p:.2f} {s.text}"
            for s, p, goes_on in zip(found, likely, taken, strict=True)
            if goes_on and not s.theirs
        ]
        options.errors.write_text("\n".join(lines), encoding="utf-8")
    if not options.check:
        weights = fit(table.values, table.right)
        plain = weights[1:] / table.spread
        told = {
            "about": "What tells that a sentence goes on with the speaker before it; "
            "made by training/train_continued.py",
            "least": least,
            "least_quoted": least_quoted,
            "bias": round(float(weights[0] - plain @ table.mean), 4),
            "weights": {n: round(float(w), 4) for n, w in zip(table.names, plain, strict=True)},
        }
        TARGET.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
