"""What each idea for matching can give at most, measured before anything was built.

    python -m benchmarks.matching_oracles EVAL_DIR

On the 40 training events: rarity-weighted cosine (its threshold chosen on this very data) over
sentences, over the annotators' exact statement spans, and with their speakers; and perfect pair
decisions with what candidates and grouping leave of them.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.events import (
    Event,
    Links,
    claim,
    group_links,
    load,
    right_pairs,
    score,
    sentence_claims,
)
from factcheck.config import Matching
from factcheck.matching.candidates import candidates
from factcheck.matching.features import cosine
from factcheck.matching.groups import cluster
from factcheck.matching.profiles import profiles
from factcheck.matching.stories import stories
from factcheck.records import Claim

Pair = tuple[int, int]
Scores = dict[Pair, float]
THRESHOLDS = [step / 100 for step in range(10, 62, 2)]
RESULT = Path(__file__).parent / "results" / "matching_oracles.json"


def statement_claims(event: Event) -> list[Claim]:
    """The exact words of every mention, and the sentences that hold no mention."""
    parts = {
        (mention.article, (mention.parts[0][0], mention.parts[-1][1]))
        for group in event.clusters
        for mention in group
    }
    claims = [claim(event.articles[article], span) for article, span in sorted(parts)]
    held = {(m.article, span) for group in event.clusters for m in group for span in m.spans}
    return claims + [
        one for one in sentence_claims(event) if (one.article, (one.start, one.end)) not in held
    ]


def cosines(event: Event, claims: list[Claim]) -> Scores:
    """Rarity-weighted cosine of all pairs of claims of different articles."""
    prepared = profiles(event.articles, claims)
    return {
        (a, b): cosine(prepared[a].local, prepared[b].local)
        for a, b in itertools.combinations(range(len(claims)), 2)
        if claims[a].article != claims[b].article
    }


def with_speakers(event: Event, claims: list[Claim], scores: Scores) -> Scores:
    """Pairs whose annotated speakers share no word drop out."""
    said: dict[str, set[str]] = {}
    for group in event.clusters:
        for m in group:
            words = {w for w in (m.speaker or "").lower().split() if len(w) > 2}
            said.setdefault(f"{m.article}:{m.parts[0][0]}-{m.parts[-1][1]}", set()).update(words)
    kept = {}
    for (a, b), value in scores.items():
        one, other = said.get(claims[a].id), said.get(claims[b].id)
        if one is None or other is None or not one or not other or one & other:
            kept[a, b] = value
    return kept


def best(
    events: list[Event], claims: list[list[Claim]], scores: list[Scores], grouped: bool
) -> dict[str, float]:
    """The figures at the best threshold."""
    found = []
    for threshold in THRESHOLDS:
        total = Links()
        for event, ones, values in zip(events, claims, scores, strict=True):
            if grouped:
                groups = cluster([c.article for c in ones], values, threshold, 0.0)
                links = group_links(ones, groups)
            else:
                links = [pair for pair, value in values.items() if value >= threshold]
            total += score(event, ones, links)
        found.append({"threshold": threshold, **total.figures()})
    return max(found, key=lambda row: row["f1"])


def perfect(
    events: list[Event],
    claims: list[list[Claim]],
    keep: Callable[[Event, list[Claim]], set[Pair] | None],
    parts: bool,
    grouped: bool,
) -> dict[str, float]:
    """The figures of gold pair decisions, limited to the pairs that `keep` gives."""
    total = Links()
    for event, ones in zip(events, claims, strict=True):
        pairs, kept = right_pairs(event, ones, parts), keep(event, ones)
        pairs = pairs if kept is None else pairs & kept
        if grouped:
            scores = dict.fromkeys(pairs, 1.0)
            pairs = set(group_links(ones, cluster([c.article for c in ones], scores, 0.5, 0.0)))
        total += score(event, ones, sorted(pairs))
    return total.figures()


def main() -> None:
    """Measure and write the table."""
    events = load(Path(sys.argv[1]) / "basil-statements")
    sentences = [sentence_claims(event) for event in events]
    statements = [statement_claims(event) for event in events]
    plain = [cosines(*pair) for pair in zip(events, sentences, strict=True)]
    exact = [cosines(*pair) for pair in zip(events, statements, strict=True)]
    spoken = [with_speakers(*row) for row in zip(events, statements, exact, strict=True)]

    def candidate_pairs(event: Event, ones: list[Claim]) -> set[Pair]:
        return set(
            candidates(
                profiles(event.articles, ones), 30, 30, stories(event.articles, Matching().story)
            )
        )

    table = {
        "cosine, sentences, pairs": best(events, sentences, plain, False),
        "cosine, sentences, groups": best(events, sentences, plain, True),
        "cosine, gold statements, pairs": best(events, statements, exact, False),
        "cosine, gold statements, groups": best(events, statements, exact, True),
        "cosine, gold statements and speakers, pairs": best(events, statements, spoken, False),
        "cosine, gold statements and speakers, groups": best(events, statements, spoken, True),
        "perfect pairs, sentences, no groups": perfect(
            events, sentences, lambda e, c: None, False, False
        ),
        "perfect pairs, sentences, candidates only": perfect(
            events, sentences, candidate_pairs, False, False
        ),
        "perfect pairs, sentences, groups": perfect(
            events, sentences, lambda e, c: None, False, True
        ),
        "perfect pairs, gold statements, groups": perfect(
            events, statements, lambda e, c: None, True, True
        ),
    }
    RESULT.write_text(json.dumps({"events": len(events), "rows": table}, indent=1) + "\n")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
