"""How well single sentence pairs from news are told apart, beside plain string scorers.

    python -m benchmarks.pairs EVAL_DIR [--minilm FOLDER]

Reads `EVAL_DIR/pairs`: in the STS sets two sentences are the same from a score of 3.5 on. Each
sentence stands alone as an article, so the matcher has neither surroundings nor rivals to go by,
and it was fitted for statements inside whole articles. The cross-encoder's first training stage
saw these very pairs; its figures here are on training data. `--minilm` is a folder with
all-MiniLM-L6-v2 (`model.safetensors`, `tokenizer.json`); it needs torch and transformers.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from factcheck.matching.features import Rivals, measure
from factcheck.matching.profiles import profiles
from factcheck.matching.reader import Reader
from factcheck.matching.score import load_model
from factcheck.matching.statements import alone

RESULT = Path(__file__).parent / "results" / "pairs.json"
SAME = 3.5

Values = npt.NDArray[np.float64]
Pair = tuple[str, str]


def sets(folder: Path) -> dict[str, tuple[list[Pair], npt.NDArray[np.bool_]]]:
    """The pairs and labels of each set below `folder`."""
    found = {}
    for path in sorted(folder.glob("*.tsv")):
        pairs, labels = [], []
        for line in path.read_text(encoding="utf-8-sig").split("\n"):
            row = line.rstrip("\r").split("\t")
            if path.name.startswith("msrp"):
                if len(row) < 5 or row[0] not in "01":
                    continue
                pairs.append((row[3], row[4]))
                labels.append(row[0] == "1")
            elif len(row) >= 3:
                pairs.append((row[1].strip(), row[2].strip()))
                labels.append(float(row[0]) >= SAME)
        found[path.stem] = pairs, np.array(labels)
    return found


def matcher(pairs: list[Pair]) -> tuple[Values, Values]:
    """Log-odds of our matcher, by features alone and with the cross-encoder."""
    model, reader = load_model(), Reader.load()
    by_features, together = [], []
    for pair in pairs:
        told = [alone(name, text) for name, text in zip("ab", pair, strict=True)]
        prepared = profiles({one.id: one for one, _ in told}, [claim for _, claim in told])
        value = float(model.log_odds(measure(prepared, [(0, 1)], Rivals(prepared, [(0, 1)])))[0])
        a, b = (reader.side(one, claim) for one, claim in told)
        by_features.append(value)
        together.append(model.with_reading(value, reader.read([(a, b)])[0]))
    return np.array(by_features), np.array(together)


def minilm(folder: Path) -> Callable[[list[Pair]], Values]:
    """Cosines of mean-pooled sentence vectors."""
    from tokenizers import Tokenizer

    torch = importlib.import_module("torch")
    model = importlib.import_module("transformers").BertModel.from_pretrained(str(folder)).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()

    def vector(text: str) -> Any:
        ids = torch.tensor([tokenizer.encode(text).ids[:256]])
        with torch.no_grad():
            mean = model(input_ids=ids).last_hidden_state[0].mean(0)
        return mean / mean.norm()

    return lambda pairs: np.array([float(vector(a) @ vector(b)) for a, b in pairs])


def area(scores: Values, labels: npt.NDArray[np.bool_]) -> float:
    """Area under the ROC curve; ties count one half."""
    _, rank, count = np.unique(scores, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(count) - (count - 1) / 2
    positive = labels.sum()
    total = mean_rank[rank][labels].sum() - positive * (positive + 1) / 2
    return float(total / (positive * (len(labels) - positive)))


def best_f1(scores: Values, labels: npt.NDArray[np.bool_]) -> float:
    """The highest F1 that any threshold reaches."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(labels[order])
    return float((2 * right / (np.arange(1, len(labels) + 1) + labels.sum())).max())


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("--minilm", type=Path)
    options = parser.parse_args()
    table: dict[str, dict[str, dict[str, float]]] = {}
    for name, (pairs, labels) in sets(options.eval / "pairs").items():
        scores = {
            scorer.__name__: np.array([scorer(a, b) for a, b in pairs])
            for scorer in (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.WRatio)
        }
        if options.minilm:
            scores["all-MiniLM-L6-v2 cosine"] = minilm(options.minilm)(pairs)
        scores["features"], scores["features and reader"] = matcher(pairs)
        table[name] = {
            scorer: {"auc": round(area(v, labels), 4), "f1": round(best_f1(v, labels), 4)}
            for scorer, v in scores.items()
        }
        print(name, json.dumps(table[name], indent=1))
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
