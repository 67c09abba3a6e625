"""Divergence on annotated events, given their groups: are the conflicts right.

    python benchmarks/divergence.py EVAL_DIR [--set basil-statements|basil] [--show]

Claims are made from the annotated mentions of each gold cluster, so that neither the extractor
nor the matcher is measured here (`score_links.py` measures the whole). EVAL_DIR holds the two
sets; `benchmarks/README.md` says where they come from. Rules were written with
basil-statements in view; basil is measured only.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections import Counter
from typing import Any

from factcheck import divergence, slots
from factcheck.filed import article as as_filed
from factcheck.ingest import article_from_text
from factcheck.records import Article, Claim, Divergence, Speaker

RESULTS = pathlib.Path(__file__).parent / "results" / "divergence.json"
SLOTS = {"number": "figure", "wording": "quotation"}


def speaker(written: str) -> Speaker | None:
    """A speaker record from the annotation's free text."""
    if not written or "outlet voice" in written:
        return None
    words = written.split()
    named = 2 <= len(words) <= 3 and all(w[0].isupper() for w in words) and words[0] != "The"
    return Speaker(name=written, as_written=written, kind="named" if named else "unnamed")


def claim(event: str, article: Article, mention: dict[str, Any], number: int) -> Claim:
    """A claim from one annotated mention."""
    spans = tuple((s, e) for s, e in mention.get("part_spans") or mention["spans"])
    start, end = spans[0][0], max(e for _, e in spans)
    sentence = next((n for n, s in enumerate(article.sentences) if s.end > start), 0)
    who = speaker(mention["attributed_to"])
    return Claim(
        id=f"{event}-{article.id}-{number}",
        fingerprint=str(number),
        article=article.id,
        start=start,
        end=end,
        spans=spans,
        text=" ".join(article.text[s:e] for s, e in spans),
        reading=" ".join(article.text[s:e] for s, e in spans),
        kind="utterance" if who else "report",
        quote=mention["quote"],
        speaker=who,
        sentence=sentence,
    )


def clusters(
    folder: pathlib.Path,
) -> tuple[list[dict[str, Any]], list[list[Claim]], dict[str, Article]]:
    """The gold clusters of an event, their claims with slots, and the articles."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles = {}
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as stream:
            article = as_filed(article_from_text(stream.read(), path.name))
        articles[path.name] = article
    groups: list[list[Claim]] = []
    for cluster in gold["clusters"]:
        made: list[Claim] = []
        for mention in cluster["mentions"]:
            article = articles[mention["file"]]
            made += slots.fill(article, [claim(cluster["id"], article, mention, len(made))])
        groups.append(made)
    return gold["clusters"], groups, {a.id: a for a in articles.values()}


def material(found: list[Divergence]) -> list[Divergence]:
    """The divergences that make a group divergent."""
    return [d for d in found if d.material]


def show(mark: str, folder: str, cluster: dict[str, Any], found: list[Divergence]) -> None:
    """Print one verdict with its texts."""
    print(f"\n{mark} {folder[:12]} {cluster['id']}: {cluster['statement']}")
    for gold in cluster["divergence"]:
        print("   gold", gold["slot"], gold["material"], gold["values"])
    for d in found:
        print("   found", d.slot, d.reason, [v.value for v in d.values])
    for mention in cluster["mentions"]:
        print("     -", mention["outlet"], "|", " // ".join(mention.get("parts") or ["…"]))


def measure(root: pathlib.Path, *, verbose: str) -> dict[str, Any]:
    """Precision and recall of divergent clusters, in all and by the slot found or annotated."""
    count: Counter[str] = Counter()
    by_slot: dict[str, Counter[str]] = {}
    events = sorted(p for p in root.iterdir() if (p / "gold.json").exists())
    for folder in events:
        gold, groups, articles = clusters(folder)
        for cluster, found in zip(gold, divergence.find(groups, articles), strict=True):
            hits = material(found)
            true = cluster["verdict"] == "divergent"
            mark = {(True, True): "right", (True, False): "missed", (False, True): "false"}.get(
                (true, bool(hits)), ""
            )
            count[mark or "quiet"] += 1
            for slot in {d.slot for d in hits}:
                by_slot.setdefault(slot, Counter())["right" if true else "false"] += 1
            if true:
                for slot in {
                    SLOTS.get(d["slot"], d["slot"]) for d in cluster["divergence"] if d["material"]
                }:
                    by_slot.setdefault(slot, Counter())[
                        "gold found" if hits else "gold missed"
                    ] += 1
            if mark and mark in verbose:
                show(mark, folder.name, cluster, hits)
    right, false, missed = count["right"], count["false"], count["missed"]
    precision = right / (right + false) if right + false else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = precision + recall
    return {
        "events": len(events),
        "clusters": sum(count.values()),
        **dict(sorted(count.items())),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / both, 3) if both else 0.0,
        "by_slot": {slot: dict(sorted(c.items())) for slot, c in sorted(by_slot.items())},
    }


def main() -> None:
    """Measure, print, and write the figures to `results/divergence.json`."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("eval_dir", type=pathlib.Path)
    parser.add_argument("--set", default="basil-statements,basil")
    parser.add_argument("--show", default="", help="right, false and/or missed, by commas")
    args = parser.parse_args()
    figures = {
        name: measure(args.eval_dir / name, verbose=args.show) for name in args.set.split(",")
    }
    print(json.dumps(figures, indent=1))
    if len(figures) == 2:
        RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
