"""A public set that nothing here was fitted on: are agreement and conflict seen.

    python -m benchmarks.public_pairs RTE_DIR [--out FILE]

RTE_DIR holds `en-dev.xml`, the development pairs of RTE-3 (Giampiccolo et al., 2007), and
`fr-dev-3class.tsv`, their labels in three classes from github.com/mskandalis/rte3-french; ids are
the same. The test pairs are left alone.

A text and its hypothesis are articles of two outlets, as the program would be given them. Counted
is whether a group takes claims of both, and whether it is divergent.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.errors import UnreadableError
from factcheck.ingest import article_from_text
from factcheck.pipeline import Corpus, compare, extract

RESULTS = Path(__file__).parent / "results" / "public_pairs.json"
_RTE = {"entailment": "same", "contradiction": "conflict", "neutral": "neither"}


def rte(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Text, hypothesis and relation of the development pairs."""
    with (folder / "fr-dev-3class.tsv").open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: row["label_text"] for row in csv.DictReader(file, delimiter="\t")}
    for pair in ElementTree.parse(folder / "en-dev.xml").getroot().iter("pair"):
        relation = _RTE[labels[pair.attrib["id"]]]
        yield pair.findtext("t", ""), pair.findtext("h", ""), relation


def seen(one: str, other: str, tagger: Tagger) -> str:
    """What the program makes of two texts: `conflict`, `same` or `neither`."""
    articles = []
    for name, text in (("one", one), ("other", other)):
        # A headline lacks the mark at its end, without which it is a heading and no claim.
        text = text.strip()
        text = text if text[-1:] in '.!?”"' else f"{text}."
        try:
            article = article_from_text(text, f"{name}.txt")
        except UnreadableError:
            return "neither"
        articles.append(article.model_copy(update={"id": name}))
    report = compare(Corpus(tuple(extract(articles, tagger))), Settings())
    both = [group.status for group in report.groups if len(group.outlets) > 1]
    return "conflict" if "divergent" in both else "same" if both else "neither"


def measure(pairs: Iterable[tuple[str, str, str]], tagger: Tagger) -> dict[str, Any]:
    """How often each relation is seen as what."""
    counts: Counter[str] = Counter()
    for one, other, relation in pairs:
        counts[f"{relation} seen as {seen(one, other, tagger)}"] += 1
        counts[relation] += 1
    told = sum(
        counts[f"{relation} seen as conflict"] for relation in ("same", "conflict", "neither")
    )
    right = counts["conflict seen as conflict"]
    grouped = counts["same"] - counts["same seen as neither"]
    return {
        "conflict_precision": round(right / told, 3) if told else None,
        "conflict_recall": round(right / counts["conflict"], 3),
        "same_grouped": round(grouped / counts["same"], 3),
        "counts": dict(sorted(counts.items())),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("rte", type=Path)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    tagger = Tagger()
    table = {
        "RTE-3 dev": measure(rte(options.rte), tagger),
    }
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
