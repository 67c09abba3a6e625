"""The program, and what needs no program, on the newsroom events.

    python -m benchmarks.newsroom.measure [--part train|dev] [--also NAME=DIR]... [--out FILE]

Measures both parts, or one. `--also` scores reports that another program, or this one at another
time, made of the same events (DIR/EVENT.json each). What FILE holds of other systems is kept.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.newsroom import RESULTS, Part, events, loaded
from benchmarks.newsroom.baselines import BASELINES, Baseline, answer
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.evaluation.answer import Answer, from_file, from_report
from factcheck.evaluation.events import Scored, figures, score
from factcheck.evaluation.tagged import Compiled
from factcheck.pipeline import Corpus, compare, extract

System = Callable[[Compiled], Answer]
PROGRAM = "factcheck"


def program(tagger: Tagger) -> System:
    """The program as it stands."""

    def run(event: Compiled) -> Answer:
        articles, skipped = loaded(event)
        corpus = Corpus(tuple(extract(articles, tagger)), tuple(skipped))
        return from_report(compare(corpus, Settings()))

    return run


def baseline(which: Baseline) -> System:
    """One of the baselines."""
    return lambda event: answer(event.texts, which)


def reports(folder: Path) -> System:
    """Reports that lie in a folder."""
    return lambda event: from_file(folder / f"{event.gold.event}.json")


def scored(system: System, found: Iterable[Compiled]) -> Scored:
    """All that a system has right and wrong in some events."""
    total = Scored()
    for event in found:
        total += score(system(event), event.gold)
    return total


def measure(part: Part) -> dict[str, float | None]:
    """The figures of the program on a part, for the gate; each core takes its share of the events."""
    found = list(events(part))
    workers = max(1, min(os.cpu_count() or 1, len(found)))
    total = Scored()
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for part_of_it in pool.map(_scored, [found[n::workers] for n in range(workers)]):
            total += part_of_it
    return figures(total.counts)


def _scored(found: Sequence[Compiled]) -> Scored:
    return scored(program(Tagger()), found)


def _row(system: System, found: Iterable[Compiled]) -> dict[str, Any]:
    total = scored(system, found)
    rounded = {
        name: None if value is None else round(value, 3)
        for name, value in figures(total.counts).items()
    }
    return {"figures": rounded, "counts": dict(sorted(total.counts.items()))}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--part", choices=["train", "dev"])
    parser.add_argument("--also", action="append", default=[], metavar="NAME=DIR")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    systems = {PROGRAM: program(Tagger())}
    systems |= {name: baseline(which) for name, which in BASELINES.items()}
    for entry in options.also:
        name, _, folder = entry.partition("=")
        systems[name] = reports(Path(folder))
    table: dict[str, Any] = (
        json.loads(options.out.read_text(encoding="utf-8")) if options.out.exists() else {}
    )
    parts: tuple[Part, ...] = (options.part,) if options.part else ("train", "dev")
    for part in parts:
        found = list(events(part))
        rows = table.setdefault(part, {})
        rows |= {name: _row(system, found) for name, system in systems.items()}
        for name in rows:
            told = rows[name]["figures"]
            print(part, f"{name:34}", *(f"{k} {told[k]}" for k in _SHOWN))
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


_SHOWN = (
    "link_f1",
    "divergence_f1",
    "corroborated_precision",
    "false_corroboration",
    "origins_right",
)

if __name__ == "__main__":
    main()
