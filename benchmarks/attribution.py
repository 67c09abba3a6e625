"""Attribution quality on PolNeAR dev.

    python -m benchmarks.attribution EVAL_DIR [--out FILE]

EVAL_DIR holds `polnear/` (PolNeAR 1.0, github.com/networkdynamics/PolNeAR) and
`score_attribution.py`, whose docstring defines the figures.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from factcheck.attribution.assembly import extract
from factcheck.attribution.tagger import Tagger

RESULTS = Path(__file__).parent / "results" / "attribution.json"


def load_scorer(folder: Path) -> ModuleType:
    """Import the scorer from the evaluation folder."""
    spec = importlib.util.spec_from_file_location("scorer", folder / "score_attribution.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score_attribution.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the non-empty lines of a text as [start, end) code points."""
    return [match.span() for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def measure(folder: Path, split: str = "dev") -> dict[str, dict[str, float]]:
    """Extract the attributions of a split and score them: precision, recall, F1 … of each row."""
    scorer = load_scorer(folder)
    root = folder / "polnear"
    tagger = Tagger()
    predictions = {
        name: [found.model_dump() for found in extract(text, paragraphs(text), tagger)]
        for name, text, _ in scorer.load_gold(root, split)
    }
    table: dict[str, dict[str, float]] = scorer.score(root, split, predictions)
    return table


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("eval", type=Path, metavar="EVAL_DIR")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    table = measure(options.eval)
    print(f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'correct':>9}{'made':>7}{'wanted':>8}")
    for name, row in table.items():
        print("{:18}{p:7.3f}{r:7.3f}{f1:7.3f}{correct:9}{made:7}{wanted:8}".format(name, **row))
    rounded = {
        name: {key: round(value, 4) for key, value in row.items()} for name, row in table.items()
    }
    report = {"set": "PolNeAR 1.0 dev", "model": Tagger().fingerprint[:16], "figures": rounded}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
