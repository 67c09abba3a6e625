"""Tracked statements → the groups that state them; what is ambiguous is said, not guessed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.ledger.models import Tracked
from factcheck.ledger.policy import matches
from factcheck.records import Article, Claim, Group, Report, Speaker

# A tracked statement is its group's from here on; two groups closer than MARGIN are ambiguous.
FOUND = 0.6
MARGIN = 0.08
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


def match(tracked: Sequence[Tracked], report: Report) -> list[Match]:
    """Find the group of each tracked statement, in the order of the ledger."""
    if not tracked:
        return []
    articles = {article.id: article for article in report.articles}
    groups = {claim: group for group in report.groups for claim in group.claims}
    texts = [claim.reading for claim in report.claims]
    return [_match(entry, report.claims, texts, articles, groups) for entry in tracked]


def told_by(tracked: Sequence[Tracked], texts: Sequence[str]) -> frozenset[str]:
    """Ids of the tracked statements that one of these texts states."""
    return frozenset(
        entry.id
        for entry in tracked
        if any(score >= FOUND for _, score in score_statement(entry.statement, texts))
    )


def _match(
    entry: Tracked,
    claims: Sequence[Claim],
    texts: Sequence[str],
    articles: dict[str, Article],
    groups: dict[str, Group],
) -> Match:
    best: dict[str, float] = {}
    for index, score in score_statement(entry.statement, texts):
        claim = claims[index]
        if claim.id in groups and _eligible(entry, claim, articles[claim.article]):
            group = groups[claim.id].id
            best[group] = max(score, best.get(group, 0.0))
    ranked = sorted(best, key=lambda group: (-best[group], group))
    if not ranked or best[ranked[0]] < FOUND:
        return Match(entry, None)
    top = best[ranked[0]]
    near = tuple(group for group in ranked if best[group] > top - MARGIN and best[group] >= FOUND)
    if len(near) > 1 and top < 1.0:
        return Match(entry, None, top, near)
    return Match(entry, ranked[0], top)


def score_statement(statement: str, texts: Sequence[str]) -> list[tuple[int, float]]:
    """Score a statement against texts; (index, score from 0 to 1) of the likeliest ones.

    The score is the mean of two that matching has, too: how alike the words are in any order,
    and the cosine of the terms weighted by how rare they are in news at large.
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        statement,
        texts,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=_LIKELY,
        score_cutoff=40,
    )
    wanted = _weights(statement)
    return [
        (
            index,
            (
                fuzz.token_sort_ratio(statement, text, processor=utils.default_process) / 100
                + _cosine(wanted, _weights(text))
            )
            / 2,
        )
        for text, _, index in found
    ]


def _weights(text: str) -> dict[str, float]:
    from factcheck.matching.profiles import background_rarity
    from factcheck.matching.terms import term, tokens

    words = sorted({term(token) for token in tokens(text)})
    return {word: background_rarity(word) for word in words}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(weight**2 for word, weight in one.items() if word in other)
    sizes = math.sqrt(sum(w**2 for w in one.values()) * sum(w**2 for w in other.values()))
    return shared / sizes if sizes else 0.0


def _eligible(entry: Tracked, claim: Claim, article: Article) -> bool:
    if entry.paths and not any(matches(pattern, article.path) for pattern in entry.paths):
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
