"""The quality gate: figures may rise, and fall below their floor only by an explicit decision.

    python -m benchmarks.gate [EVAL_DIR] [--update] [--lower]

Measures everything on the newsroom events kept for measuring, which stand in this repository; and
where EVAL_DIR is at hand, attribution on PolNeAR dev, links, divergence and verdicts on `basil` and
divergence on the breaking news of `ecbplus`. EVAL_DIR may be told in FACTCHECK_EVAL; where it is
told and a set is not there, the gate fails. Each figure is held against its floor in
`floors.json`. `--update` sets the floors to the figures measured now (rounded down), which is
refused where one would fall unless `--lower` is given too. The floors belong to the data with the
hash that stands beside them: other data is no evidence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import attribution, basil, links, newsroom, tellings
from benchmarks.newsroom import measure as newsroom_measure

FLOORS = Path(__file__).with_name("floors.json")
_DEFAULT = Path(__file__).parents[2] / "shared" / "eval"
# Figures that must stay under a ceiling, not above a floor.
CEILINGS = ("false_corroboration", "false_divergent_per_event", "unfounded")
NEWSROOM = "newsroom/dev"
SETS = ("basil", "polnear/dev", "ecbplus")
# Of the newsroom's figures, what decides whether a desk can trust a report.
_GATED = (
    "link_precision",
    "link_f1",
    "divergence_precision",
    "divergence_f1",
    "value_recall",
    "corroborated_precision",
    "corroborated_kept",
    "origins_right",
    "speakers_right",
    "relays_found",
    "false_corroboration",
    "unfounded",
)
_STEP = 0.005


def data_hash(folder: Path) -> str:
    """A hash over the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def set_hash(folder: Path, name: str) -> str:
    """A hash over a set of data, whoever laid it out."""
    return basil.digest(folder / name) if name == "basil" else data_hash(folder / name)


def missing(folder: Path) -> list[str]:
    """The sets that are not there."""
    return [name for name in SETS if not (folder / name).is_dir()]


def own_hash() -> str:
    """A hash over the newsroom events kept for measuring."""
    digest = hashlib.sha256()
    for name in newsroom.names("dev"):
        digest.update(f"{name} {data_hash(newsroom.EVENTS / name)}\n".encode())
    return digest.hexdigest()[:16]


def measure_own() -> dict[str, float]:
    """The gated figures on the newsroom events kept for measuring."""
    found = newsroom_measure.measure("dev")
    return {name: value for name in _GATED if (value := found[name]) is not None}


def _basil(folder: Path) -> dict[str, float]:
    report = links.measure(folder / "basil")
    names = ("link_precision", "link_recall", "link_f1", "divergence_f1", *CEILINGS[:2])
    return {name: report[name] for name in names}


def _attribution(folder: Path) -> dict[str, float]:
    found = attribution.measure(folder)
    names = ("content", "+source", "exact content", "direct +source")
    return {name: found[name]["f1"] for name in names}


def _breaking_news(folder: Path) -> dict[str, float]:
    parts = ("train", "dev")
    return {
        f"{part} divergence_f1": tellings.measure(folder / "ecbplus", part)["f1"] for part in parts
    }


def measured(folder: Path | None) -> dict[str, dict[str, float]]:
    """The gated figures by set, of the sets of data in a folder, too; as many at once as there are
    cores.
    """
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        running = {NEWSROOM: pool.submit(measure_own)}
        if folder:
            for name, of in zip(SETS, (_basil, _attribution, _breaking_news), strict=True):
                running[name] = pool.submit(of, folder)
        return {name: one.result() for name, one in running.items()}


def bound(name: str, value: float) -> float:
    """The floor (ceiling) that a measured figure sets: a step below (above) it, and rounded.

    The step is room for other processors, on which a quantised model rounds differently.
    """
    steps = math.ceil(value / _STEP) + 1 if name in CEILINGS else math.floor(value / _STEP) - 1
    return max(0.0, round(steps * _STEP, 3))


def worse(name: str, value: float, limit: float) -> bool:
    """Whether a figure fails its bound."""
    return value > limit + 1e-9 if name in CEILINGS else value < limit - 1e-9


def main() -> int:
    """Run the gate; 1 where a figure does not hold, or data is absent that was said to be there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    told = os.environ.get("FACTCHECK_EVAL")
    parser.add_argument("eval", nargs="?", type=Path, default=Path(told) if told else None)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    failed = False
    data: Path = options.eval or _DEFAULT
    absent = missing(data)
    if absent and options.eval:
        print(f"no evaluation data in {data}: {', '.join(absent)}")
        return 1
    if absent:
        print("no evaluation data: measured on the newsroom events alone")
    for name, figures in measured(None if absent else data).items():
        known = floors.setdefault(name, {"data": "", "figures": {}})
        digest = own_hash() if name == NEWSROOM else set_hash(data, name)
        if known["data"] != digest and not options.update:
            print(f"{name}: the data is not what the floors were measured on ({digest})")
            failed = True
        for figure, value in figures.items():
            limit = known["figures"].get(figure)
            bad = limit is not None and worse(figure, value, limit)
            failed |= bad and not (options.update and options.lower)
            print(
                f"{name:12} {figure:26} {value:7.3f}  {'limit' if limit is not None else 'new'}"
                f" {'' if limit is None else limit}{'  WORSE' if bad else ''}"
            )
            if options.update:
                known["figures"][figure] = bound(figure, value)
        known["data"] = digest
    if options.update and not failed:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
