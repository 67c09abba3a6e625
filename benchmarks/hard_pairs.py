"""Pairs of claims labelled by careful reading: what the program makes of them.

    python -m benchmarks.hard_pairs EVAL_DIR [--out FILE]

`labels/hard_pairs.jsonl` holds a pair a line: where its two claims stand (file, sentence, spans in
code points), the relation a reader saw, and for a conflict its slot and the words on both sides. It
holds no text: that is laid out anew from EVAL_DIR (`ecbplus`, `polnear`, `basil-statements`) and
from the newsroom events of this repository. `draw_pairs` drew the pairs; `docs/benchmark.md` tells
how they were labelled.

Measured is the matcher's probability that two claims state the same: how well it ranks what a
reader calls `same` above what is of one topic only or unrelated, and what its own threshold links.
Pairs that a reader was unsure of are left out of these. A pair is `unscored` where one of its two
claims is no claim of the program any more. Train data only: nothing here tells what the program
does on articles that it was not fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import newsroom, tellings
from benchmarks.pairs import area
from factcheck.attribution.tagger import Tagger
from factcheck.config import Matching
from factcheck.evaluation.tagged import compile_event
from factcheck.ingest import article_from_text
from factcheck.ingest.frontmatter import split
from factcheck.matching.features import Rivals
from factcheck.matching.profiles import profiles
from factcheck.matching.scorer import Scorer
from factcheck.matching.stories import stories
from factcheck.pipeline import extract
from factcheck.records import Article, Claim, Span

HERE = Path(__file__).parent
LABELS = HERE / "labels" / "hard_pairs.jsonl"
RESULTS = HERE / "results" / "hard_pairs.json"
RELATIONS = ("same", "a>b", "b>a", "overlap", "conflict", "topic", "unrelated")


@dataclass(frozen=True)
class Side:
    """One claim: its file, and the spans of its sentence and of its own words."""

    document: str
    sentence: Span
    claim: tuple[Span, ...]
    words: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two claims of different articles, and how a reader relates them.

    `a>b`: a states all that b does, and more. `overlap`: they share a whole statement, and each has
    another. `unsure` where the reader thought that two careful readers could differ; `second` is
    what another reader said, where one was asked.
    """

    source: str
    story: str
    a: Side
    b: Side
    relation: str
    slot: str | None
    unsure: bool
    stratum: str
    second: str | None


def load(file: Path = LABELS) -> list[Pair]:
    """The labelled pairs."""
    return [_pair(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(
        source=row["source"],
        story=row["story"],
        a=_side(row["a"]),
        b=_side(row["b"]),
        relation=row["relation"],
        slot=row.get("slot"),
        unsure=row.get("unsure", False),
        stratum=row["stratum"],
        second=row.get("second"),
    )


def _side(row: dict[str, Any]) -> Side:
    def spans(name: str) -> tuple[Span, ...]:
        return tuple((start, end) for start, end in row.get(name, ()))

    start, end = row["sentence"]
    return Side(row["document"], (start, end), spans("claim"), spans("words"))


class Texts:
    """The texts that pairs stand in, read from where they are public."""

    def __init__(self, folder: Path) -> None:
        """Read from EVAL_DIR, and from this repository's events."""
        self._folder = folder
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def of(self, source: str, story: str) -> dict[str, str]:
        """The texts of a story by file name. Raises `OSError` where the data is not there."""
        if (source, story) not in self._known:
            self._known[source, story] = self._read(source, story)
        return self._known[source, story]

    def _read(self, source: str, story: str) -> dict[str, str]:
        if source == "newsroom":
            compiled = compile_event(newsroom.EVENTS / story)
            return {f"{outlet}.md": text for outlet, text in compiled.texts.items()}
        if source == "ecbplus":
            topics = tellings.topics(self._folder / "ecbplus", "train")
            for topic, found in topics.items():
                self._known[source, topic] = {f"{d}.txt": t.text for d, t in found.items()}
            return self._known[source, story]
        below = "polnear/train/text" if source == "polnear" else f"basil-statements/{story}"
        files = sorted((self._folder / below).glob("*.txt"))
        return {file.name: file.read_bytes().decode("utf-8") for file in files}


def probabilities(
    pairs: Sequence[Pair], texts: dict[str, str], tagger: Tagger
) -> list[float | None]:
    """The matcher's probability for each pair of a story; `None` where a claim is none now."""
    wanted = sorted({side.document for pair in pairs for side in (pair.a, pair.b)})
    articles: dict[str, Article] = {}
    claims: list[Claim] = []
    for document in wanted:
        text = texts[document]
        article = article_from_text(
            text, document, split(text), markdown=document.endswith(".md")
        ).model_copy(update={"id": document})
        articles[document] = article
        claims += extract([article], tagger)[0].claims
    number = {(claim.article, claim.spans): n for n, claim in enumerate(claims)}
    places = [
        tuple(number.get((side.document, side.claim)) for side in (pair.a, pair.b))
        for pair in pairs
    ]
    prepared = profiles(articles, claims)
    asked = [(min(a, b), max(a, b)) for a, b in places if a is not None and b is not None]
    near = stories(articles, Matching().story)
    scores = Scorer(articles, prepared, Rivals(prepared, asked), near).scores(asked, 100_000)
    return [
        None if a is None or b is None else scores.get((min(a, b), max(a, b)), 0.0)
        for a, b in places
    ]


def _above(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """How well the first are ranked above the second: the area under the curve."""
    if not positive or not negative:
        return None
    labels = np.array([True] * len(positive) + [False] * len(negative))
    return round(area(np.array([*positive, *negative]), labels), 4)


def measure(folder: Path) -> dict[str, Any]:
    """The figures, over all pairs and by source."""
    by_story: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in load():
        by_story[pair.source, pair.story].append(pair)
    texts, tagger = Texts(folder), Tagger()
    scored: list[tuple[Pair, float | None]] = []
    for (source, story), pairs in sorted(by_story.items()):
        found = probabilities(pairs, texts.of(source, story), tagger)
        scored += zip(pairs, found, strict=True)
    table = {"all": dict(_figures(scored))}
    for source in sorted({pair.source for pair, _ in scored}):
        table[source] = dict(_figures([entry for entry in scored if entry[0].source == source]))
    return table


def _figures(scored: Sequence[tuple[Pair, float | None]]) -> Iterator[tuple[str, Any]]:
    relations = Counter(pair.relation for pair, _ in scored)
    yield "pairs", len(scored)
    yield "relations", {name: relations[name] for name in RELATIONS}
    yield "unscored", sum(value is None for _, value in scored)
    sure = [(pair, value) for pair, value in scored if value is not None and not pair.unsure]
    same = [value for pair, value in sure if pair.relation == "same"]
    topic = [value for pair, value in sure if pair.relation in ("topic", "unrelated")]
    yield "auc same against topic or unrelated", _above(same, topic)
    conflict = [value for pair, value in sure if pair.relation == "conflict"]
    yield "auc same or conflict against topic or unrelated", _above([*same, *conflict], topic)
    link = Matching().link
    linked = [pair.relation for pair, value in sure if value >= link]
    right = sum(relation not in ("topic", "unrelated") for relation in linked)
    yield "linked", len(linked)
    yield "linked that share a statement", round(right / len(linked), 4) if linked else None
    yield "same that are linked", round(linked.count("same") / len(same), 4) if same else None


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    table = measure(options.eval)
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
