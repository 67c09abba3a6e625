"""Matching, divergence and verdicts of the whole program on annotated events.

    python -m benchmarks.links EVENT_DIR [--out FILE]

EVENT_DIR holds one folder per event (articles and a gold.json). The same figures as
`factcheck evaluate links`, kept as a file.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.evaluation import links as evaluation
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report


def report_of(event: evaluation.Event, tagger: Tagger) -> Report:
    """What `factcheck compare --no-ledger` makes of one event."""
    settings = Settings()
    articles, skipped = load([str(path) for path in event.articles], settings.limits)
    return compare(Corpus(tuple(extract(articles, tagger)), tuple(skipped)), settings)


def measure(folder: Path) -> dict[str, float]:
    """The figures of all events below a folder, summed over their counts."""
    tagger = Tagger()
    counts = evaluation.Counts()
    for event in evaluation.load_events(folder):
        counts += evaluation.score_event(report_of(event, tagger), event)
    return dict(evaluation.figures(counts))


def main() -> int:
    """Measure and print; write the figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("events", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    figures = json.dumps(measure(options.events), indent=2)
    print(figures)
    if options.out:
        options.out.write_text(figures + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
