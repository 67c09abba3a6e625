"""Matching on annotated events: candidates found, links right, with and without the cross-encoder.

    python -m benchmarks.matching EVAL_DIR

Measures `EVAL_DIR/basil`, which nothing is fitted on, on the claims that the program makes.
`of_all` counts a gold link as reachable where some pair of candidates meets both its mentions;
`of_claimed` leaves out the gold links of which no claim was made.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.events import Event, Links, group_links, load, score
from factcheck import pipeline
from factcheck.attribution.tagger import Tagger
from factcheck.config import Matching, Settings
from factcheck.ingest import load as ingest
from factcheck.matching import match
from factcheck.matching.candidates import candidates
from factcheck.matching.profiles import profiles
from factcheck.matching.stories import stories
from factcheck.records import Article, Claim

RESULT = Path(__file__).parent / "results" / "matching.json"
LIMITS = (3, 5, 10, 15, 20, 30, 50)
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)

Extracted = tuple[Event, list[Article], list[Claim]]


def extracted(folder: Path) -> list[Extracted]:
    """Every event with its articles and claims as the program makes them."""
    tagger, result = Tagger.load(), []
    for event in load(folder):
        paths = [str(folder / event.name / f"{outlet}.txt") for outlet in event.articles]
        done = pipeline.extract(ingest(paths, Settings().limits)[0], tagger)
        result.append((event, [e.article for e in done], [c for e in done for c in e.claims]))
    return result


def by_outlet(articles: list[Article], claims: list[Claim]) -> list[Claim]:
    """The claims with the annotators' name of their article."""
    outlet = {article.id: Path(article.path).stem for article in articles}
    return [claim.model_copy(update={"article": outlet[claim.article]}) for claim in claims]


def curve(events: list[Extracted]) -> list[dict[str, float]]:
    """The share of gold links among the candidates, by how many a claim may have."""
    rows = []
    for limit in LIMITS:
        total, claimed, pairs, count = Links(), Links(), 0, 0
        for event, articles, claims in events:
            by_id = {article.id: article for article in articles}
            prepared = profiles(by_id, claims)
            settings = Matching(candidates=limit)
            near = stories(by_id, settings.story)
            found = candidates(prepared, limit, settings.window, near)
            named = by_outlet(articles, claims)
            everything = [
                (a, b)
                for b, other in enumerate(claims)
                for a, one in enumerate(claims[:b])
                if one.article != other.article
            ]
            total += score(event, named, found)
            claimed += score(event, named, everything)
            pairs, count = pairs + len(found), count + len(claims)
        rows.append(
            {
                "limit": limit,
                "pairs_per_claim": round(pairs / count, 1),
                "of_all": round(total.found / total.wanted, 4),
                "of_claimed": round(total.found / claimed.found, 4),
            }
        )
    return rows


def grouped(events: list[Extracted], settings: Matching) -> dict[str, float]:
    """Link figures and seconds of matching all events."""
    total, start = Links(), time.perf_counter()
    for event, articles, claims in events:
        matched = match({article.id: article for article in articles}, claims, settings)
        number = {claim.id: n for n, claim in enumerate(claims)}
        groups = [[number[member] for member in group] for group in matched.groups]
        named = by_outlet(articles, claims)
        total += score(event, named, group_links(named, groups))
    return {**total.figures(), "seconds": round(time.perf_counter() - start, 2)}


def main() -> None:
    """Measure and write the figures."""
    events = extracted(Path(sys.argv[1]) / "basil")
    settings = Matching()
    table = {
        "events": len(events),
        "claims": sum(len(claims) for _, _, claims in events),
        "candidates": curve(events),
        "threshold": settings.link,
        "with_reader": grouped(events, settings),
        "features_only": grouped(events, settings.model_copy(update={"read": 0})),
        "by_threshold": {
            str(value): grouped(events, settings.model_copy(update={"link": value}))
            for value in THRESHOLDS
        },
    }
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
