"""Stances and filled-in pronouns, held against labels.

    python -m benchmarks.readings EVAL_DIR [--out FILE]

EVAL_DIR holds `polnear/` (PolNeAR 1.0, github.com/networkdynamics/PolNeAR). The labels
(`benchmarks/labels/readings.json`) are of attributions and pronouns that a draw from newsroom train
and PolNeAR gave; offsets are of the files' own texts. The rules of stances were written with those
marked `read` in view; those marked `unread` were only counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.newsroom import events, loaded
from benchmarks.speakers import same
from factcheck.attribution.discourse import discourse_of
from factcheck.attribution.pronouns import FEMALE, MALE
from factcheck.attribution.resolve import resolve
from factcheck.attribution.salience import certain
from factcheck.attribution.tagger import Tagger
from factcheck.claims.stance import side_of, stance_of
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Extraction, extract
from factcheck.records import Article

LABELS = Path(__file__).parent / "labels" / "readings.json"
RESULTS = Path(__file__).parent / "results" / "readings.json"


def articles(polnear: Path, wanted: set[str], tagger: Tagger) -> Iterator[tuple[str, Extraction]]:
    """The labelled articles by the names that labels call them."""
    for event in events("train"):
        found, _ = loaded(event)
        for one in extract(found, tagger):
            yield f"newsroom/{event.gold.event}/{one.article.outlet}", one
    for path in sorted(polnear.glob("*/text/*.txt")):
        name = f"polnear/{path.parts[-3]}/{short(path.stem)}"
        if name in wanted:
            found, _ = load([str(path)], Settings().limits)
            for one in extract(found, tagger):
                yield name, one


def short(stem: str) -> str:
    """How labels call an article of PolNeAR, whose files are called by their headlines."""
    return hashlib.sha256(stem.encode("utf-8")).hexdigest()[:12]


def read_offset(article: Article, at: int) -> int:
    """Where the character at an offset of the file stands in the text that is read."""
    filed = article.filed
    if filed is None:
        return at
    return bisect_left(range(len(article.text)), at, key=lambda n: filed.span(n, n + 1)[0])


def stances(one: Extraction, labels: list[dict[str, Any]], counts: Counter[str]) -> None:
    """Count the stances of one article that are as labelled."""
    by_cue = {a.cue[0][0]: a for a in one.attributions if a.cue and a.content}
    for label in labels:
        attribution = by_cue.get(read_offset(one.article, label["cue"]))
        if attribution is None or label["stance"] == "none":
            continue
        told = stance_of(one.article.text, attribution)
        part = label["part"]
        counts[f"{part} stances"] += 1
        counts[f"{part} exact"] += told == label["stance"]
        counts[f"{part} side"] += side_of(told) == side_of(label["stance"])


def pronouns(one: Extraction, labels: list[dict[str, Any]], counts: Counter[str]) -> None:
    """Count the pronouns of one article that would be filled in, and those filled in right."""
    article = one.article
    discourse = discourse_of(article)
    turns = sorted(
        (r.attribution.source[0][0], r.speaker.name)
        for r in resolve(article, one.attributions)
        if r.attribution.source and r.speaker
    )
    for label in sorted(labels, key=lambda label: int(label["at"])):
        at, word = read_offset(article, label["at"]), label["word"].lower()
        while turns and turns[0][0] <= at:
            discourse.heard_name(*turns.pop(0))
        counts["pronouns"] += 1
        if word not in MALE | FEMALE:
            continue
        entity = certain(discourse, at, word)
        if entity is not None:
            counts["filled in"] += 1
            counts["filled in right"] += same(entity.name, label["who"])


def main() -> None:
    """Measure, print and write the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("eval", type=Path, metavar="EVAL_DIR")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    wanted = {label["article"] for kind in labels.values() for label in kind}
    counts: Counter[str] = Counter()
    for name, one in articles(options.eval / "polnear", wanted, Tagger.load()):
        if name in wanted:
            stances(one, [x for x in labels["stances"] if x["article"] == name], counts)
            pronouns(one, [x for x in labels["pronouns"] if x["article"] == name], counts)
    for kind, field in (("stances", "stance"), ("pronouns", "who")):
        twice = [x for x in labels[kind] if "second" in x]
        counts[f"{kind} labelled twice"] = len(twice)
        counts[f"{kind} labelled alike"] = sum(x["second"] == x[field] for x in twice)
    result = dict(sorted(counts.items()))
    print(json.dumps(result, indent=2))
    options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
