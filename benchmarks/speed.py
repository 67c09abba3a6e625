"""How long the program takes: start, two articles, an archive of a thousand.

    python -m benchmarks.speed EVAL_DIR SEEDS_DIR [--out FILE]

Whole processes, timed from outside; seconds are medians of five runs and depend on the machine,
so each stands beside a baseline timed in turn with it: a Python that only imports click. The
archive is compared in three sizes, so that growth faster than linear shows.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_RUNS = 5
_SIZES = (250, 500, 1000)
_MEASURE = """
import json, resource, sys, time
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract
start = time.perf_counter()
articles, skipped = load(sys.argv[1:], Settings().limits)
read = time.perf_counter()
found = extract(articles, Tagger())
extracted = time.perf_counter()
report = compare(Corpus(tuple(found), tuple(skipped)), Settings())
done = time.perf_counter()
print(json.dumps({
    "articles": len(articles),
    "words": sum(len(article.text.split()) for article in articles),
    "claims": len(report.claims),
    "groups": len(report.groups),
    "read_seconds": round(read - start, 2),
    "extract_seconds": round(extracted - read, 2),
    "compare_seconds": round(done - extracted, 2),
    "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
}))
"""


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def commands(seeds: Path) -> dict[str, dict[str, float]]:
    """Wall seconds of the commands that a user waits for, each with its ratio to the baseline."""
    python = [sys.executable, "-m", "factcheck"]
    timed = {
        "help": [*python, "--help"],
        "compare two articles, no cache": [*python, "compare", str(seeds), "--no-cache"],
        "compare two articles, cached": [*python, "compare", str(seeds)],
    }
    baseline = [sys.executable, "-c", "import click"]
    table: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "FACTCHECK_CACHE": cache}
        for name, command in timed.items():
            _seconds(command, environment)
            pairs = [
                (_seconds(command, environment), _seconds(baseline, environment))
                for _ in range(_RUNS)
            ]
            table[name] = {
                "seconds": round(statistics.median(one for one, _ in pairs), 3),
                "ratio_to_importing_click": round(statistics.median(a / b for a, b in pairs), 1),
            }
    return table


def archive(folder: Path) -> dict[str, object]:
    """Figures of comparing archives of growing size, and the exponent of the growth."""
    files = sorted(folder.glob("polnear/*/text/*.txt"))
    files += sorted(folder.glob("basil*/*/*.txt"))
    rows = []
    for size in _SIZES:
        # Every n-th file, so that each size has all outlets.
        chosen = [str(files[i * len(files) // size]) for i in range(min(size, len(files)))]
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, *chosen], check=True, capture_output=True, text=True
        )
        rows.append(json.loads(done.stdout))
    first, last = rows[0], rows[-1]
    growth = {
        stage: round(
            math.log(last[f"{stage}_seconds"] / first[f"{stage}_seconds"])
            / math.log(last["claims"] / first["claims"]),
            2,
        )
        for stage in ("extract", "compare")
    }
    return {"sizes": rows, "growth_exponent_over_claims": growth}


def main() -> int:
    """Measure, print, and write the figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("eval", type=Path)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    figures = {"commands": commands(options.seeds), "archive": archive(options.eval)}
    text = json.dumps(figures, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
