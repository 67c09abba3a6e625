"""Report × gold → figures: how well groups, divergences and verdicts agree with annotated events.

An event is a folder with one article per outlet (`.txt`) and a `gold.json` whose clusters list
the mentions of one statement: `file`, `spans` (code points of that file) and a `verdict`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from factcheck.errors import UsageError
from factcheck.evaluation.files import read_json
from factcheck.records import Report, Span, Status

# A claim and a mention meet where this share of either lies in the other.
_SHARE = 0.3


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Mention(_Gold):
    """One telling of a statement: the spans of the sentences that hold it."""

    file: str
    spans: tuple[Span, ...]


class Cluster(_Gold):
    """One statement, told in at least two articles, with the annotated verdict."""

    mentions: tuple[Mention, ...]
    verdict: Status


class _GoldFile(_Gold):
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True)
class Event:
    """An annotated event: its article files, sorted, and its clusters."""

    name: str
    articles: tuple[Path, ...]
    clusters: tuple[Cluster, ...]


@dataclass
class Counts:
    """Counts to sum over events; `verdicts` counts (gold status, reported status or None)."""

    predicted: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    flagged: int = 0
    flagged_right: int = 0
    divergent: int = 0
    divergent_found: int = 0
    events: int = 0
    verdicts: Counter[tuple[str, str | None]] = field(default_factory=Counter)

    def __add__(self, other: Counts) -> Counts:
        names = [name for name in self.__dataclass_fields__ if name != "verdicts"]
        total = Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})
        total.verdicts = self.verdicts + other.verdicts
        return total


def load_events(folder: Path) -> list[Event]:
    """Read and validate every event below `folder` before anything is scored.

    Raises `UsageError` where there is none, a gold file is broken, or it names a missing article.
    """
    files = sorted(folder.glob("*/gold.json"))
    if not files:
        raise UsageError(
            "no-events",
            f"{folder}: no event folders with a gold.json",
            "name the folder that holds them",
        )
    events = []
    for file in files:
        gold = read_json(file, _GoldFile, "broken-gold", "repair it first")
        articles = tuple(sorted(file.parent.glob("*.txt")))
        names = {path.name for path in articles}
        for cluster in gold.clusters:
            for mention in cluster.mentions:
                if mention.file not in names:
                    raise UsageError(
                        "broken-gold", f"{file}: no article '{mention.file}'", "repair it first"
                    )
        events.append(Event(file.parent.name, articles, gold.clusters))
    return events


def score_event(report: Report, event: Event) -> Counts:
    """Count agreement of one report with one event.

    A predicted link is a pair of claims of different articles in one group; it is right where
    one cluster has mentions that both meet. A gold link is a pair of mentions of different
    articles in one cluster; it is found where one predicted link meets both. A group and a
    cluster belong together where the group's claims meet mentions in two articles.
    """
    file_of = {article.id: PurePath(article.path).name for article in report.articles}
    place = {
        claim.id: (file_of[claim.article], (claim.start, claim.end)) for claim in report.claims
    }
    groups = [(group.status, [place[claim] for claim in group.claims]) for group in report.groups]
    predicted = [pair for _, claims in groups for pair in _across(claims, lambda item: item[0])]
    wanted = [pair for c in event.clusters for pair in _across(c.mentions, lambda item: item.file)]
    counts = Counts(events=1, predicted=len(predicted), wanted=len(wanted))
    counts.right = sum(any(_agree(link, gold) for gold in wanted) for link in predicted)
    counts.found = sum(any(_agree(link, gold) for link in predicted) for gold in wanted)

    divergent = [cluster for cluster in event.clusters if cluster.verdict == "divergent"]
    flagged = [claims for status, claims in groups if status == "divergent"]
    counts.divergent, counts.flagged = len(divergent), len(flagged)
    counts.divergent_found = sum(any(_touched(f, c) > 1 for f in flagged) for c in divergent)
    counts.flagged_right = sum(any(_touched(f, c) > 1 for c in divergent) for f in flagged)
    for cluster in event.clusters:
        best = max(groups, key=lambda group: _touched(group[1], cluster), default=None)
        status = best[0] if best and _touched(best[1], cluster) > 1 else None
        counts.verdicts[cluster.verdict, status] += 1
    return counts


def figures(counts: Counts) -> dict[str, float | int]:
    """Precision, recall and F1 of links and divergences, and the share of false corroborations."""
    single = sum(
        n for (gold, status), n in counts.verdicts.items() if gold == "single-sourced" and status
    )
    table: dict[str, float | int] = {}
    for name, right, made, found, wanted in (
        ("link", counts.right, counts.predicted, counts.found, counts.wanted),
        (
            "divergence",
            counts.flagged_right,
            counts.flagged,
            counts.divergent_found,
            counts.divergent,
        ),
    ):
        precision, recall = right / (made or 1), found / (wanted or 1)
        table[f"{name}_precision"] = precision
        table[f"{name}_recall"] = recall
        table[f"{name}_f1"] = 2 * precision * recall / ((precision + recall) or 1)
    table["false_corroboration"] = counts.verdicts["single-sourced", "corroborated"] / (single or 1)
    table["false_divergent_per_event"] = (counts.flagged - counts.flagged_right) / (
        counts.events or 1
    )
    table |= {
        "events": counts.events,
        "predicted links": counts.predicted,
        "gold links": counts.wanted,
        "flagged divergent": counts.flagged,
        "gold divergent": counts.divergent,
    }
    for (gold, status), number in sorted(counts.verdicts.items(), key=str):
        table[f"{gold} -> {status or '(no group)'}"] = number
    return table


_Place = tuple[str, Span]


_Item = TypeVar("_Item")


def _across(items: Sequence[_Item], key: Callable[[_Item], str]) -> list[tuple[_Item, _Item]]:
    return [pair for pair in itertools.combinations(items, 2) if key(pair[0]) != key(pair[1])]


def _meets(claim: _Place, mention: Mention) -> bool:
    file, (start, end) = claim
    if file != mention.file:
        return False
    inside = sum(max(0, min(end, e) - max(start, s)) for s, e in mention.spans)
    size = sum(e - s for s, e in mention.spans)
    return inside > 0 and (inside >= _SHARE * (end - start) or inside >= _SHARE * size)


def _agree(link: tuple[_Place, _Place], gold: tuple[Mention, Mention]) -> bool:
    (a, b), (m, n) = link, gold
    return (_meets(a, m) and _meets(b, n)) or (_meets(a, n) and _meets(b, m))


def _touched(claims: Iterable[_Place], cluster: Cluster) -> int:
    """In how many articles the claims meet a mention of the cluster."""
    return len({claim[0] for claim in claims for m in cluster.mentions if _meets(claim, m)})
