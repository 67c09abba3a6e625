"""Two readers of the same events, held against each other: the ceiling of careful reading.

    python -m benchmarks.newsroom.two_readers [DIR] [--wrong] [--out FILE]

DIR (`second` beside this file) holds events that a second reader annotated from the plain
articles alone, without the tags and without event.yaml. The second reading is scored as a system's
answer would be, with the writer's truth as gold; `verdicts_right` is over the statements that both
have, and `divergence_f1` and the rest as everywhere.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks import newsroom
from factcheck.errors import UsageError
from factcheck.evaluation.answer import from_gold
from factcheck.evaluation.events import Scored, figures, score
from factcheck.evaluation.tagged import compile_event

RESULTS = newsroom.RESULTS.with_name("second_reading.json")


def read(folder: Path) -> tuple[Scored, list[str]]:
    """The agreement of the two readings, and the events that both read.

    Raises `UsageError` where a second reader changed an article's text.
    """
    total, names = Scored(), []
    for event in sorted(path.parent for path in folder.glob("*/event.yaml")):
        first, second = compile_event(newsroom.EVENTS / event.name), compile_event(event)
        if first.texts != second.texts:
            raise UsageError(
                "other-texts",
                f"{event}: these are not the texts of the first reader",
                "put tags into the articles and change nothing else",
            )
        total += score(from_gold(second.gold), first.gold)
        names.append(event.name)
    return total, names


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", default=newsroom.HERE / "second")
    parser.add_argument("--wrong", action="store_true", help="list where the two differ")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    total, names = read(options.folder)
    rounded = {
        name: None if value is None else round(value, 3)
        for name, value in figures(total.counts).items()
    }
    if options.wrong:
        for item in total.wrong:
            print(f"{item.event} | {item.kind} | {item.about}", *item.texts, sep="\n    ")
    table = {"events": names, "figures": rounded, "counts": dict(sorted(total.counts.items()))}
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table["figures"], indent=1))


if __name__ == "__main__":
    main()
