"""The claims of the newsroom events of `train`, their accesses read by weights that never saw them.

    python -m training.access_folds CACHE

Weights of accesses are fitted on the very events that independence is fitted on, and are surer of
these than of others. So for each fold they are fitted on the other events. Writes
`CACHE/train.pickle`, which `train_independence.py --cache CACHE` reads.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest import mock

from benchmarks.newsroom import events
from factcheck.access.model import Model
from factcheck.attribution.tagger import Tagger
from factcheck.pipeline import Corpus, with_access
from training.train_access import FOLDS, QUESTIONS, THRESHOLDS, Row, all_rows, fit, fold, read


def _weights(told: Mapping[str, Sequence[Row]]) -> Mapping[str, Model]:
    """The models of all questions, fitted on their rows."""
    result = {}
    for question, found in told.items():
        vectors, model = fit(found)
        names = vectors.get_feature_names_out()
        weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
        result[question] = Model(float(model.intercept_[0]), weights, *THRESHOLDS[question])
    return result


def main() -> None:
    """Read, fit fold by fold, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("cache", type=Path)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    kept = options.cache / "extracted.pickle"
    found = pickle.loads(kept.read_bytes()) if kept.exists() else None
    if found is None:
        tagger = Tagger()
        found = [(event, read(event, tagger)) for event in events("train")]
        kept.write_bytes(pickle.dumps(found))
    told = {question: list(all_rows(found, question)) for question in QUESTIONS}
    result = {}
    for number in range(FOLDS):
        models = _weights(
            {q: [row for row in held if fold(row.event) != number] for q, held in told.items()}
        )
        with (
            mock.patch("factcheck.access.reading.model", models.__getitem__),
            mock.patch("factcheck.access.public.model", models.__getitem__),
        ):
            for event, one in found:
                if fold(event.gold.event) == number:
                    result[event.gold.event] = Corpus(tuple(with_access(one, ())))
        print("fold", number, flush=True)
    table = [(event.gold, result[event.gold.event]) for event, _ in found]
    (options.cache / "train.pickle").write_bytes(pickle.dumps(table))


if __name__ == "__main__":
    main()
