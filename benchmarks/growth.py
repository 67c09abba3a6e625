"""How the program's time grows with hostile articles, and what becomes of ten megabytes of each.

    python -m benchmarks.growth [NAME ...] [--seconds 20] [--largest 1000000] [--quick] [--out FILE]

Each generator of `benchmarks.generators` is run through the whole program (read, extract, compare,
every format) at sizes that double from 8,000 characters, until a size takes more than `--seconds`
or would be larger than `--largest`. Times are those of the process, so that what else the machine
does is left out; the model runs in one thread. The exponent is the slope of the logarithms over
the last three sizes that took more than a tenth of a second: 1 is linear. A size that is expected
to end the run is not begun: with an exponent of 1 it would take twice as long.

Ten megabytes of each are only read: either they are refused, with the reason, or, where they are
many articles, the time is extrapolated from the largest size by the exponent. With names, what
`--out` already holds of other generators is kept.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generators import GENERATORS, Generator
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Article, Skipped
from factcheck.reports import REGISTRY
from factcheck.reports.view import View

SMALLEST = 8_000
TEN_MEGABYTES = 10_000_000
# A shorter time says more about the machine than about the program.
_LEAST_SECONDS = 0.1
# The exponent above which a generator counts as growing faster than its input.
CEILING = 1.15
_QUICK = (
    "spaces",
    "numbers-of",
    "tiny-paragraphs",
    "speakers",
    "quotes-open",
    "two-articles",
    "two-same-claim",
    "tellings",
)


def stages(texts: Sequence[str], tagger: Tagger) -> tuple[dict[str, float], int]:
    """Seconds of the process in each stage for articles with these texts, and their claims."""
    settings = Settings()
    seconds = {}
    mark = time.process_time()

    def lap(stage: str) -> None:
        nonlocal mark
        now = time.process_time()
        seconds[stage], mark = now - mark, now

    articles, skipped = _read(texts)
    if skipped:
        raise ValueError(skipped[0].reason)
    lap("read")
    found = extract(articles, tagger)
    lap("extract")
    report = compare(Corpus(tuple(found)), settings)
    lap("compare")
    for render in REGISTRY.values():
        render(report, View(verbosity=1))
    lap("render")
    return seconds, len(report.claims)


def _read(texts: Sequence[str]) -> tuple[list[Article], list[Skipped]]:
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"outlet-{number:06}.txt").write_text(text, encoding="utf-8")
        return load([folder], Settings().limits)


def exponent(points: Sequence[tuple[int, float]]) -> float | None:
    """The slope of log seconds over log size in the last three points that took long enough.

    `None` where fewer than two did.
    """
    kept = [(math.log(n), math.log(s)) for n, s in points if s > _LEAST_SECONDS][-3:]
    if len(kept) < 2:
        return None
    mean_n, mean_s = (sum(part) / len(kept) for part in zip(*kept, strict=True))
    rise = sum((n - mean_n) * (s - mean_s) for n, s in kept)
    return float(rise / sum((n - mean_n) ** 2 for n, _ in kept))


def grow(make: Generator, tagger: Tagger, most: float, largest: int) -> dict[str, object]:
    """The growth of one generator: its points, exponents by stage, and ten megabytes of it."""
    sizes: list[int] = []
    by_stage: dict[str, list[tuple[int, float]]] = {}
    claims = 0
    size, refused = SMALLEST, ""
    while size <= largest:
        try:
            seconds, claims = stages(make(size), tagger)
        except ValueError as error:
            refused = str(error)
            break
        sizes.append(size)
        for stage, value in {**seconds, "total": sum(seconds.values())}.items():
            by_stage.setdefault(stage, []).append((size, value))
        if 2 * by_stage["total"][-1][1] > most:
            break
        size *= 2
    slopes = {stage: exponent(points) for stage, points in by_stage.items()}
    total = by_stage.get("total", [])
    return {
        "characters": sizes,
        "seconds": [round(value, 2) for _, value in total],
        "claims": claims,
        "exponent": {s: None if e is None else round(e, 2) for s, e in slopes.items()},
        **({"refused": refused} if refused else {}),
        "ten_megabytes": _ten_megabytes(make, total, slopes.get("total")),
    }


def _ten_megabytes(
    make: Generator, total: Sequence[tuple[int, float]], slope: float | None
) -> str | dict[str, float]:
    texts = make(TEN_MEGABYTES)
    largest = max(texts, key=len)
    if skipped := _read([largest])[1]:
        return skipped[0].reason
    if not total:
        return "not measured"
    size, seconds = total[-1]
    seconds *= (TEN_MEGABYTES / size) ** max(1.0, slope or 1.0)
    return {"articles": len(texts), "minutes_extrapolated": round(seconds / 60, 1)}


def main() -> int:
    """Measure, print, and write the figures; 1 where a generator grows faster than the ceiling."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--largest", type=int, default=1_024_000)
    parser.add_argument("--quick", action="store_true", help="a few generators, a few seconds each")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    names = options.names or (_QUICK if options.quick else tuple(GENERATORS))
    most = min(options.seconds, 6.0) if options.quick else options.seconds
    tagger = Tagger(threads=1)
    stages(GENERATORS["prose"](2000), tagger)  # reads the models and the word lists
    table: dict[str, dict[str, object]] = {}
    if options.names and options.out and options.out.exists():
        table = json.loads(options.out.read_text(encoding="utf-8"))
    worst = 0.0
    for name in names:
        table[name] = found = grow(GENERATORS[name], tagger, most, options.largest)
        slopes = found["exponent"]
        assert isinstance(slopes, dict)
        worst = max(worst, slopes.get("total") or 0.0)
        print(name, json.dumps(found, ensure_ascii=False), flush=True)
        if options.out:
            options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"worst exponent {worst:.2f} of {len(names)}")
    return int(worst > CEILING)


if __name__ == "__main__":
    sys.exit(main())
