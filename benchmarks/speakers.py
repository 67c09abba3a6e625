"""Speaker resolution on PolNeAR dev: how many pronouns and nouns find whom they mean.

    python benchmarks/speakers.py EVAL_DIR [--errors]

EVAL_DIR holds `polnear/` (PolNeAR 1.0, github.com/networkdynamics/PolNeAR). Attributions are the
gold ones, so that resolution alone is measured. Labels: `benchmarks/labels/speakers.json`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from factcheck.attribution.names import name_parts
from factcheck.attribution.resolve import resolve
from factcheck.filed import article as as_filed
from factcheck.ingest import article_from_text
from factcheck.records import Article, Attribution

HERE = Path(__file__).parent
LABELS = HERE / "labels" / "speakers.json"
RESULT = HERE / "results" / "speakers.json"
_STOP = frozenset(("a", "an", "the", "s", "mr", "mrs", "ms", "president", "senators"))
_TAIL = frozenset(("of", "from", "for", "in", "by", "at", "with", "being"))


def gold_attributions(root: Path, name: str) -> list[Attribution]:
    """The attributions of one PolNeAR article (its first annotation file by name), in order."""
    path = min((root / "attributions").glob(f"{name}_*.ann"))
    spans: dict[str, list[tuple[int, int]]] = {}
    events = []
    for line in path.read_bytes().decode("utf-8").split("\n"):
        if match := re.match(r"(T\d+)\t\S+ ([\d ;]+)\t", line):
            pieces = [piece.split() for piece in match[2].split(";")]
            spans[match[1]] = [(int(start), int(end)) for start, end in pieces]
        elif re.match(r"E\d+\t", line):
            events.append(line.split("\t", 1)[1].split()[1:])
    found = []
    for event in events:
        roles: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
        for argument in event:
            label, target = argument.split(":")
            roles[re.sub(r"\d+$", "", label).lower()] += spans[target]
        if roles["content"]:
            found.append(
                Attribution(**{role: tuple(sorted(pieces)) for role, pieces in roles.items()})
            )
    return found


def same(name: str, antecedent: str) -> bool:
    """Whether a resolved name is that of the labelled mention: one has all words of the other,
    the head word among them.
    """
    mine, theirs = _words(name), _words(antecedent)
    if not mine or not theirs:
        return False
    shared = set(mine) & set(theirs)
    if len(shared) < min(len(set(mine)), len(set(theirs))):
        return False
    return bool(shared & {_head(mine), _head(theirs)})


def _words(name: str) -> list[str]:
    plain = name.replace("’s", "").replace("'s", "").replace(",", " ").replace("/", " ")
    return [part for part in name_parts(plain) if part not in _STOP]


def _head(words: list[str]) -> str:
    cut = next((n for n, word in enumerate(words) if word in _TAIL and n), len(words))
    return words[cut - 1]


def main() -> None:
    """Measure, print and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what was missed (tune half)")
    options = parser.parse_args()
    root = options.eval_dir / "polnear" / "dev"
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["labels"]
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for name in sorted({label["article"] for label in labels}):
        text = (root / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        # The labels count in the file.
        article: Article = as_filed(article_from_text(text, f"{name}.txt"))
        found = {
            one.attribution.source[0]: one.speaker.name
            for one in resolve(article, gold_attributions(root, name))
            if one.attribution.source and one.speaker
        }
        for label in labels:
            if label["article"] != name:
                continue
            source = text[slice(*label["source"])]
            kind = "pronoun" if len(source) <= 4 else "noun"
            answer = found.get(tuple(label["source"]), "")
            antecedent = text[slice(*label["antecedent"])]
            correct = same(answer, antecedent)
            for key in ("all", kind, label["half"], f"{label['half']} {kind}"):
                made[key] += 1
                right[key] += correct
            if options.errors and not correct and label["half"] == "tune":
                print(f"{name} {label['source'][0]}: {source!r} -> {answer!r}, is {antecedent!r}")
    table = {
        key: {"correct": right[key], "labels": made[key], "accuracy": right[key] / made[key]}
        for key in sorted(made)
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    json.dump(table, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
