"""Tracked statements → the groups that state them; what is ambiguous is said, not guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.claims.stance import CARRYING, side
from factcheck.ledger.models import Tracked
from factcheck.ledger.policy import matches
from factcheck.records import Article, Claim, Report, Speaker, homes

# From this probability on a tracked statement is its group's; of two groups the odds of the better
# one must be AHEAD times those of the other. Chosen on what `benchmarks/tracked.py` measures.
FOUND = 0.96
AHEAD = 1.5
_SPEAKER = 80
# So many texts are looked at closely for each statement.
_LIKELY = 40


@dataclass(frozen=True)
class Match:
    """A tracked statement and its group; `group` is `None` where there is none or several.

    `rivals` are the groups (ids, best first) that fit about as well as the best one.
    """

    tracked: Tracked
    group: str | None
    score: float = 0.0
    rivals: tuple[str, ...] = ()


def match(tracked: Sequence[Tracked], report: Report, folder: str = "") -> list[Match]:
    """Find the group of each statement of a ledger in `folder`, in the ledger's order."""
    if not tracked:
        return []
    articles = {article.id: article for article in report.articles}
    home = homes(report.groups)
    claims = [claim for claim in report.claims if claim.id in home]
    found = []
    for entry, scores in zip(tracked, _scores(tracked, claims, articles, folder), strict=True):
        best: dict[str, float] = {}
        for number, score in scores.items():
            group = home[claims[number].id].id
            best[group] = max(score, best.get(group, 0.0))
        found.append(_choose(entry, best))
    return found


def stating(
    tracked: Sequence[Tracked],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    folder: str = "",
) -> list[list[Claim]]:
    """For each statement of a ledger in `folder` the claims that state it, in their order."""
    found = _scores(tracked, claims, articles, folder) if tracked and claims else []
    told = [[claims[n] for n in sorted(scores) if scores[n] >= FOUND] for scores in found]
    return told or [[] for _ in tracked]


def _choose(entry: Tracked, best: Mapping[str, float]) -> Match:
    """The group with the best score, unless another is as good or nearly so."""
    ranked = sorted(best, key=lambda group: (-best[group], group))
    if not ranked or best[ranked[0]] < FOUND:
        return Match(entry, None)
    top = best[ranked[0]]
    least = max(FOUND, _below(top))
    near = tuple(group for group in ranked if best[group] >= least)
    return Match(entry, ranked[0] if len(near) == 1 else None, top, near if len(near) > 1 else ())


def _below(probability: float) -> float:
    """The probability whose odds are `AHEAD` times smaller."""
    return probability / (probability + AHEAD * (1 - probability))


def _scores(
    tracked: Sequence[Tracked],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    folder: str,
) -> list[dict[int, float]]:
    """For each statement the probabilities, by index, that claims state it.

    Only the likely ones are scored. A claim in the very words of the statement is certain.
    """
    from rapidfuzz import fuzz, process, utils

    from factcheck.matching.profiles import profiles
    from factcheck.matching.statements import scores

    texts = [utils.default_process(claim.reading) for claim in claims]
    result: list[dict[int, float]] = []
    likely: list[list[int]] = []
    for entry in tracked:
        statement = utils.default_process(entry.statement)
        allowed = [
            n for n, c in enumerate(claims) if _eligible(entry, c, articles[c.article], folder)
        ]
        result.append({n: 1.0 for n in allowed if texts[n] == statement})
        words = {n: texts[n] for n in allowed}
        close = process.extract(statement, words, scorer=fuzz.token_set_ratio, limit=_LIKELY)
        likely.append([] if result[-1] else sorted(n for _, _, n in close))
    wanted = sorted({n for numbers in likely for n in numbers})
    prepared = dict(zip(wanted, profiles(articles, [claims[n] for n in wanted]), strict=True))
    for entry, found, numbers in zip(tracked, result, likely, strict=True):
        near = [prepared[n] for n in numbers]
        found.update(zip(numbers, scores(entry.statement, entry.speaker, near), strict=True))
    return result


def _eligible(entry: Tracked, claim: Claim, article: Article, folder: str) -> bool:
    if entry.stance != claim.stance and (entry.stance not in CARRYING or side(claim) < 1):
        return False
    if entry.paths and not any(matches(pattern, article.path, folder) for pattern in entry.paths):
        return False
    if entry.speaker is None:
        return True
    return any(_names(entry.speaker, who) for who in (claim.speaker, claim.voice) if who)


def _names(wanted: str, speaker: Speaker) -> bool:
    from rapidfuzz import fuzz, utils

    return any(
        fuzz.token_set_ratio(wanted, name, processor=utils.default_process) >= _SPEAKER
        for name in (speaker.name, speaker.as_written, speaker.organisation or "")
        if name
    )
