"""Whether the ledger's tracked statements find their groups, and only these.

    python -m benchmarks.tracked EVAL_DIR

A tracked statement is each gold statement in the annotators' own words, matched to the groups of
its event, and each claim of a gold statement in one outlet's words, matched to the groups of the
other two articles. A match is right where the group holds a claim that meets a mention of the
statement, else it is wrong. *absent* are the same statements after every claim that meets one of
their mentions is taken away: any match is wrong then (or a telling that the annotators passed
over). `EVAL_DIR/basil-statements` is what thresholds are chosen on, `EVAL_DIR/basil` is measured
alone. *words alone* is the mean of rapidfuzz's `token_sort_ratio` and a rarity-weighted cosine,
from 0.6 on, in place of the matcher.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils

from benchmarks.events import Mention, overlaps
from benchmarks.matching import Extracted, extracted
from factcheck import pipeline
from factcheck.config import Settings
from factcheck.ledger.match import match
from factcheck.ledger.models import Tracked
from factcheck.matching.profiles import background_rarity
from factcheck.matching.terms import term, tokens
from factcheck.records import Claim, Report

RESULT = Path(__file__).parent / "results" / "tracked.json"


@dataclass(frozen=True)
class Trial:
    """A statement to look for in a report, and the claims (ids) that state it, if any."""

    kind: str
    statement: str
    report: Report
    right: frozenset[str]


def trials(extraction: Extracted) -> Iterator[Trial]:
    """All trials of one event."""
    event, articles, claims = extraction
    outlets = {article.id: Path(article.path).stem for article in articles}
    reports = {
        without: _report(extraction, without) for without in (None, *sorted(outlets.values()))
    }

    def telling(mentions: Sequence[Mention]) -> list[Claim]:
        return [
            claim
            for claim in claims
            if any(
                outlets[claim.article] == mention.article
                and overlaps((claim.start, claim.end), mention.parts)
                for mention in mentions
            )
        ]

    for statement, cluster in zip(event.statements, event.clusters, strict=True):
        right = telling(cluster)
        yield from _both("annotators' words", statement, reports[None], right)
        for outlet in sorted({mention.article for mention in cluster}):
            mine = [claim for claim in right if outlets[claim.article] == outlet]
            others = [claim for claim in right if outlets[claim.article] != outlet]
            if mine and others:
                yield from _both("an outlet's words", mine[0].reading, reports[outlet], others)


def _report(extraction: Extracted, without: str | None) -> Report:
    _, articles, claims = extraction
    kept = [article for article in articles if Path(article.path).stem != without]
    parts = [
        pipeline.Extraction(article, (), tuple(c for c in claims if c.article == article.id))
        for article in kept
    ]
    return pipeline.compare(pipeline.Corpus(tuple(parts)), Settings())


def _both(kind: str, statement: str, report: Report, right: list[Claim]) -> Iterator[Trial]:
    names = frozenset(claim.id for claim in right)
    if names:
        yield Trial(kind, statement, report, names)
    groups = (
        group.model_copy(update={"claims": tuple(c for c in group.claims if c not in names)})
        for group in report.groups
    )
    bare = {
        "claims": tuple(claim for claim in report.claims if claim.id not in names),
        "groups": tuple(group for group in groups if group.claims),
    }
    yield Trial(f"{kind}, absent", statement, report.model_copy(update=bare), frozenset())


def matcher(trial: Trial) -> tuple[str, ...]:
    """The groups that the ledger finds: several where it calls the statement ambiguous."""
    [found] = match([Tracked(id="s", statement=trial.statement)], trial.report)
    return found.rivals or ((found.group,) if found.group else ())


def words_alone(trial: Trial) -> tuple[str, ...]:
    """The groups that a mean of two plain scores of the words finds."""
    wanted, best = _weights(trial.statement), dict[str, float]()
    group_of = {claim: group.id for group in trial.report.groups for claim in group.claims}
    for claim in trial.report.claims:
        weights = _weights(claim.reading)
        alike = sum(value**2 for word, value in wanted.items() if word in weights)
        sizes = sum(v**2 for v in wanted.values()) * sum(v**2 for v in weights.values())
        order = fuzz.token_sort_ratio(
            trial.statement, claim.reading, processor=utils.default_process
        )
        score = (order / 100 + (alike / math.sqrt(sizes) if sizes else 0.0)) / 2
        best[group_of[claim.id]] = max(score, best.get(group_of[claim.id], 0.0))
    top = max(best.values(), default=0.0)
    return tuple(g for g, score in best.items() if score >= 0.6 and score > top - 0.08)


def _weights(text: str) -> dict[str, float]:
    return {word: background_rarity(word) for word in {term(token) for token in tokens(text)}}


def outcome(trial: Trial, found: Sequence[str]) -> str:
    """What comes of a trial: right, wrong, missed or ambiguous."""
    if len(found) != 1:
        return "ambiguous" if found else "missed"
    group = next(group for group in trial.report.groups if group.id == found[0])
    return "wrong" if trial.right.isdisjoint(group.claims) else "right"


def measure(events: list[Extracted]) -> dict[str, dict[str, dict[str, float]]]:
    """The share of each outcome, by way of matching and by kind of trial."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    for event in events:
        for trial in trials(event):
            for name, way in (("matcher", matcher), ("words alone", words_alone)):
                kinds = counts.setdefault(name, {})
                kinds.setdefault(trial.kind, Counter())[outcome(trial, way(trial))] += 1
    return {
        name: {
            kind: {
                "statements": count.total(),
                **{outcome: round(count[outcome] / count.total(), 4) for outcome in OUTCOMES},
            }
            for kind, count in kinds.items()
        }
        for name, kinds in counts.items()
    }


OUTCOMES = ("right", "wrong", "ambiguous", "missed")


def main() -> None:
    """Measure and write the figures."""
    folder = Path(sys.argv[1])
    table = {name: measure(extracted(folder / name)) for name in ("basil-statements", "basil")}
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
