"""Fit how likely a sentence without reporting words goes on with the speaker before it.

    python -m training.train_continued [--check] [--errors FILE]

Reads what careful readers said of the sentences of the newsroom events that `continued.onnx` has
not read (`training/continued`): a sentence goes on where they say so and the speaker before it, as
the program has it, is the one they name. Writes `factcheck/data/continued.json`: the weights of a
logistic regression over the signs and what the model reads, and from which probability on a
sentence is taken to go on, which is where, in a cross-validation with no event in both parts, so
many of those taken are right (`PRECISION`). `--check` prints the cross-validation and writes
nothing; `--errors` lists what was taken and is not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.newsroom import events, loaded
from factcheck import access
from factcheck.attribution import continued
from factcheck.attribution.assembly import extract
from factcheck.attribution.continued import Walk
from factcheck.attribution.continued_signs import Signs
from factcheck.attribution.layout import without_leads
from factcheck.attribution.resolve import resolve
from factcheck.attribution.tagger import Tagger
from factcheck.evaluation.events import same_name
from factcheck.records import Article, Speaker
from training.voices import HELD, NEWSROOM, Voice, read_voices

TARGET = Path(continued.__file__).parents[1] / "data" / "continued.json"
FOLDS, PENALTY = 8, 300.0
# What the model reads is one sign among many, and the one to be trusted.
READ_PENALTY = 3.0
PRECISION = 0.6
# A sign so rare is not taken for more than it can show.
LEAST_SPREAD = 0.05

Floats = NDArray[np.float64]


class Sample(NamedTuple):
    """A sentence that may go on with a speaker: its signs, whether it does, with whom, its text."""

    event: str
    signs: Signs
    right: bool
    voice: str
    text: str


def samples(tagger: Tagger) -> Iterator[Sample]:
    """The candidates of the events that the model has not read."""
    held = set(HELD.read_text(encoding="utf-8").split())
    voices = read_voices(NEWSROOM)
    for event in events("train"):
        if event.gold.event in held:
            for article in loaded(event)[0]:
                told = voices[f"{event.gold.event}/{Path(article.path).stem}"]
                yield from _of_article(event.gold.event, article, told, tagger)


def _of_article(
    event: str, article: Article, told: Mapping[int, Voice], tagger: Tagger
) -> Iterator[Sample]:
    article = without_leads(article.model_copy(update={"credits": access.credits(article)}))
    body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    resolved = resolve(article, extract(article.text, body, tagger))
    read = tagger.continuation(article)
    walk = Walk(article, resolved, read).candidates()
    goes_on: bool | None = None
    while True:
        try:
            candidate = walk.send(goes_on)
        except StopIteration:
            return
        voice = told.get(candidate.number, Voice("-", ""))
        speaker = candidate.one.speaker
        assert speaker is not None
        right = voice.kind in "+=" and _is(speaker, voice.speaker)
        goes_on = voice.kind == "+"
        if voice.kind != "?":
            sentence = article.sentences[candidate.number]
            text = article.text[sentence.start : sentence.end]
            yield Sample(event, candidate.signs, right, voice.kind, text)


def _is(speaker: Speaker, told: str) -> bool:
    """Whether a speaker is one of those whom a reader named."""
    names = (speaker.name, speaker.as_written)
    return any(same_name(name, one) for name in names for one in told.split("/"))


class Table:
    """Samples as numbers, and their signs on one scale."""

    def __init__(self, found: Sequence[Sample]) -> None:
        """Name the columns; each has mean 0 and spread 1 but for the rarest signs."""
        self.names = sorted({name for sample in found for name in sample.signs})
        table = np.array([[s.signs.get(n, 0.0) for n in self.names] for s in found])
        self.mean, spread = table.mean(0), table.std(0)
        self.spread = np.maximum(spread, LEAST_SPREAD)
        self.values: Floats = (table - self.mean) / self.spread
        self.right: Floats = np.array([float(sample.right) for sample in found])
        self.penalty = np.array([READ_PENALTY if n == "read" else PENALTY for n in self.names])


def fit(values: Floats, right: Floats, penalties: Floats) -> Floats:
    """Bias and weights of a logistic regression with penalties on large weights, by Newton."""
    table = np.hstack([np.ones((len(values), 1)), values])
    penalty = np.concatenate([[0.0], penalties])
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
        weights = fit(table.values[~held], table.right[~held], table.penalty)
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
    """Print what thresholds would take: right ones, the outlet's own voice, and other speakers."""
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        taken = [s for s, p in zip(found, likely, strict=True) if p >= least]
        right, own = sum(s.right for s in taken), sum(s.voice == "-" for s in taken)
        others = len(taken) - right - own
        print(f"{least}: {right} of {len(taken)} right, {own} the outlet's, {others} others'")


def main() -> None:
    """Fit, check or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--errors", type=Path)
    options = parser.parse_args()
    found = list(samples(Tagger()))
    table = Table(found)
    likely = held_out(table, found)
    least = threshold(likely, table.right)
    taken = likely >= least
    print(
        f"{int(table.right.sum())} of {len(found)} go on with the speaker before; taken from "
        f"{least} on: {int(table.right[taken].sum())} of {int(taken.sum())} right"
    )
    report(likely, found)
    if options.errors:
        lines = [
            f"{p:.2f} {s.voice} {s.text}"
            for s, p, goes_on in zip(found, likely, taken, strict=True)
            if goes_on and not s.right
        ]
        options.errors.write_text("\n".join(lines), encoding="utf-8")
    if not options.check:
        weights = fit(table.values, table.right, table.penalty)
        plain = weights[1:] / table.spread
        told = {
            "about": "What tells that a sentence goes on with the speaker before it; "
            "made by training/train_continued.py",
            "least": least,
            "bias": round(float(weights[0] - plain @ table.mean), 4),
            "weights": {n: round(float(w), 4) for n, w in zip(table.names, plain, strict=True)},
        }
        TARGET.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
