"""Annotated events for experiments with matching: articles cut at sentences, gold, link figures."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.records import Article, Block, Claim, Sentence, Span

SHARE = 0.3


@dataclass(frozen=True)
class Mention:
    """One telling of a statement: its sentences, its exact words (where annotated), its speaker."""

    article: str
    spans: tuple[Span, ...]
    parts: tuple[Span, ...]
    speaker: str | None


@dataclass(frozen=True)
class Event:
    """Three articles about one event, and the statements that they share.

    `statements` are the clusters in the annotators' own words.
    """

    name: str
    articles: dict[str, Article]
    clusters: tuple[tuple[Mention, ...], ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """Counts of predicted and gold links, as the project's link F1 counts them, or of conflicts."""

    predicted: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: Links) -> Links:
        return Links(
            self.predicted + other.predicted,
            self.right + other.right,
            self.wanted + other.wanted,
            self.found + other.found,
        )

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1, rounded to four places."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.found / self.wanted if self.wanted else 0.0
        both = precision + recall
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both if both else 0.0, 4),
        }


def load(folder: Path) -> list[Event]:
    """The events below `folder`; every line after an article's title is one sentence."""
    return [_load(path.parent) for path in sorted(folder.glob("*/gold.json"))]


def _load(folder: Path) -> Event:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles = {path.stem: _article(path) for path in sorted(folder.glob("*.txt"))}
    clusters = tuple(
        tuple(
            Mention(
                mention["outlet"],
                tuple((start, end) for start, end in mention["spans"]),
                tuple((start, end) for start, end in mention.get("part_spans") or mention["spans"]),
                mention.get("attributed_to"),
            )
            for mention in cluster["mentions"]
        )
        for cluster in gold["clusters"]
    )
    statements = tuple(cluster["statement"] for cluster in gold["clusters"])
    return Event(folder.name, articles, clusters, statements)


def _article(path: Path) -> Article:
    text = path.read_bytes().decode("utf-8")
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if number and line.strip():
            blocks.append(Block(start=start, end=start + len(line), kind="body"))
        start += len(line) + 1
    return Article(
        id=path.stem,
        path=path.name,
        outlet=path.stem,
        family=path.stem,
        title=None,
        published=None,
        language="en",
        text=text,
        blocks=tuple(blocks),
        sentences=tuple(
            Sentence(start=block.start, end=block.end, block=number)
            for number, block in enumerate(blocks)
        ),
    )


def claim(article: Article, span: Span) -> Claim:
    """A claim in the outlet's own voice that is just these words."""
    text = article.text[slice(*span)]
    inside = [n for n, s in enumerate(article.sentences) if s.start <= span[0] < s.end]
    return Claim(
        id=f"{article.id}:{span[0]}-{span[1]}",
        fingerprint=f"{article.id}:{span[0]}-{span[1]}",
        article=article.id,
        start=span[0],
        end=span[1],
        spans=(span,),
        text=text,
        reading=text,
        kind="report",
        quote="none",
        sentence=inside[0] if inside else 0,
    )


def sentence_claims(event: Event) -> list[Claim]:
    """Every sentence a claim."""
    return [claim(a, (s.start, s.end)) for a in event.articles.values() for s in a.sentences]


def overlaps(claim: Span, spans: Sequence[Span]) -> bool:
    """Whether at least 30 % of the claim, or of the spans, lies in the other."""
    inside = sum(max(0, min(claim[1], end) - max(claim[0], start)) for start, end in spans)
    size = sum(end - start for start, end in spans)
    return inside > 0 and (inside >= SHARE * (claim[1] - claim[0]) or inside >= SHARE * size)


def right_pairs(event: Event, claims: Sequence[Claim], parts: bool) -> set[tuple[int, int]]:
    """Index pairs (i < j) of claims of different articles that tell one cluster's statement.

    With `parts` a claim must meet the exact words of the mention, else only its sentence.
    """
    pairs = set()
    for cluster in event.clusters:
        touched = [
            [
                number
                for number, c in enumerate(claims)
                if c.article == mention.article
                and overlaps((c.start, c.end), mention.parts if parts else mention.spans)
            ]
            for mention in cluster
        ]
        for (one, these), (other, those) in itertools.combinations(
            zip(cluster, touched, strict=True), 2
        ):
            if one.article != other.article:
                pairs |= {(min(a, b), max(a, b)) for a in these for b in those}
    return pairs


def score(
    event: Event, claims: Sequence[Claim], links: Sequence[tuple[int, int]], parts: bool = False
) -> Links:
    """Count predicted links (index pairs of claims of different articles) against the clusters."""
    right = right_pairs(event, claims, parts)
    linked = {(min(pair), max(pair)) for pair in links}
    wanted = found = 0
    for cluster in event.clusters:
        for one, other in itertools.combinations(cluster, 2):
            if one.article == other.article:
                continue
            wanted += 1
            found += any(
                _meets(claims[a], x, parts) and _meets(claims[b], y, parts)
                for a, b in linked
                for x, y in ((one, other), (other, one))
            )
    return Links(len(linked), len(linked & right), wanted, found)


def _meets(claim: Claim, mention: Mention, parts: bool) -> bool:
    return claim.article == mention.article and overlaps(
        (claim.start, claim.end), mention.parts if parts else mention.spans
    )


def group_links(claims: Sequence[Claim], groups: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The pairs of claims of different articles inside the groups."""
    return [
        pair
        for group in groups
        for pair in itertools.combinations(group, 2)
        if claims[pair[0]].article != claims[pair[1]].article
    ]
