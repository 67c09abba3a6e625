"""Splitting into statements: how well claims meet the words that make a statement.

    python benchmarks/statements.py EVAL_DIR

EVAL_DIR holds `basil-statements/` (articles: BASIL, github.com/launchnlp/BASIL), whose gold marks
the exact words of each statement (`part_spans`). Reported for whole sentences, for claims, and for
claims with their source and reporting words (which gold parts often take in): the mean F1 in words
between a gold part and the one that overlaps it best, the share of parts met with F1 ≥ 0.5 and
≥ 0.8, and the share that have one of their own (no other part is met best by it).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from factcheck.attribution.tagger import Tagger
from factcheck.ingest import article_from_text
from factcheck.pipeline import Corpus, as_filed, extract
from factcheck.records import Span

RESULT = Path(__file__).parent / "results" / "statements.json"


def words_of(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """The offsets of the words that lie in the spans."""
    return frozenset(
        match.start()
        for start, end in spans
        for match in re.compile(r"\w+").finditer(text, start, end)
    )


def best(part: frozenset[int], others: Sequence[frozenset[int]]) -> tuple[float, int]:
    """The highest F1 of a part with one of the others, and which."""
    scores = [2 * len(part & other) / (len(part) + len(other)) for other in others if other]
    return max(((score, number) for number, score in enumerate(scores)), default=(0.0, -1))


def measure(parts: list[frozenset[int]], units: list[list[frozenset[int]]]) -> dict[str, float]:
    """Score gold parts against the units of their articles, both in step."""
    found = [best(part, unit) for part, unit in zip(parts, units, strict=True)]
    uses: Counter[tuple[int, int]] = Counter()
    groups: dict[tuple[int, int], set[frozenset[int]]] = defaultdict(set)
    for part, unit, (_, number) in zip(parts, units, found, strict=True):
        groups[id(unit), number].add(part)
        uses[id(unit), number] += 1
    alone = sum(
        len(groups[id(unit), number]) == 1 for unit, (_, number) in zip(units, found, strict=True)
    )
    total = len(parts)
    return {
        "f1": round(sum(score for score, _ in found) / total, 4),
        "met_at_0.5": round(sum(score >= 0.5 for score, _ in found) / total, 4),
        "met_at_0.8": round(sum(score >= 0.8 for score, _ in found) / total, 4),
        "own": round(alone / total, 4),
        "parts": total,
    }


def main() -> None:
    """Measure, print and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval_dir", type=Path)
    options = parser.parse_args()
    tagger = Tagger.load()
    parts: list[frozenset[int]] = []
    sentence_units: list[list[frozenset[int]]] = []
    claim_units: list[list[frozenset[int]]] = []
    framed_units: list[list[frozenset[int]]] = []
    for folder in sorted((options.eval_dir / "basil-statements").iterdir()):
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        by_file: dict[str, list[list[Span]]] = defaultdict(list)
        for cluster in gold["clusters"]:
            for mention in cluster["mentions"]:
                if mention.get("part_spans"):
                    by_file[mention["file"]].append(mention["part_spans"])
        for name, spans in sorted(by_file.items()):
            text = (folder / name).read_bytes().decode("utf-8")
            article = article_from_text(text, name)
            (found,) = as_filed(Corpus(tuple(extract([article], tagger)))).extractions
            claims = found.claims
            sentences = [words_of(text, [(s.start, s.end)]) for s in found.article.sentences]
            own = [words_of(text, claim.spans) for claim in claims]
            framed = [words_of(text, [*c.spans, *c.source_spans, *c.cue_spans]) for c in claims]
            for part in spans:
                parts.append(words_of(text, part))
                sentence_units.append(sentences)
                claim_units.append(own)
                framed_units.append(framed)
    table = {
        "sentences": measure(parts, sentence_units),
        "claims": measure(parts, claim_units),
        "claims with source and cue": measure(parts, framed_units),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    json.dump(table, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
