"""The same statement, found across articles: candidates → scores → groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from factcheck.config import Matching
from factcheck.matching.candidates import candidates
from factcheck.matching.features import Rivals, worthwhile
from factcheck.matching.groups import cluster
from factcheck.matching.profiles import profiles
from factcheck.matching.score import UNSCORED
from factcheck.matching.scorer import Scorer
from factcheck.matching.stories import stories
from factcheck.records import Article, Claim, Link

__all__ = ["Decisions", "Matched", "match"]

Pair = tuple[str, str]


@dataclass(frozen=True)
class Decisions:
    """Pairs of claim fingerprints that people called the same statement, or not the same."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Matched:
    """Groups of claim ids, every claim in exactly one, and the links inside the groups."""

    groups: list[list[str]]
    links: list[Link] = field(default_factory=list)

    @cached_property
    def _group_of(self) -> dict[str, int]:
        return {claim: number for number, group in enumerate(self.groups) for claim in group}

    def group_of(self, claim: str) -> int:
        """The index in `groups` of a claim's group. Raises `KeyError` for an unknown claim."""
        return self._group_of[claim]


def match(
    articles: Mapping[str, Article],
    claims: Sequence[Claim],
    settings: Matching,
    decisions: Decisions | None = None,
) -> Matched:
    """Group the claims of different articles that state the same thing.

    Groups keep the order of `claims` (of their first claim), and so do the claims in a group.
    `links` are the pairs of different articles inside a group. Claims that state different
    values of one thing ("12 killed", "21 killed") belong to one group: telling them apart is
    for `divergence`. Human decisions are respected whatever the scores say.
    """
    decisions = decisions or Decisions()
    prepared = profiles(articles, claims)
    near = stories(articles, settings.story)
    pairs = candidates(prepared, settings.candidates, settings.window, near)
    scorer = Scorer(articles, prepared, Rivals(prepared, pairs))
    scores = scorer.scores(worthwhile(prepared, pairs), settings.read)
    groups = cluster(
        [claim.article for claim in claims],
        scores,
        settings.link,
        UNSCORED,
        same=_decided(claims, decisions.same),
        different=_decided(claims, decisions.different),
    )
    inside = [
        pair
        for group in groups
        for pair in combinations(group, 2)
        if claims[pair[0]].article != claims[pair[1]].article
    ]
    return Matched([[claims[n].id for n in group] for group in groups], scorer.links(inside))


def _decided(claims: Sequence[Claim], fingerprints: frozenset[Pair]) -> Iterator[tuple[int, int]]:
    """The pairs of claims that the decided fingerprints stand for."""
    if not fingerprints:
        return
    known: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        known.setdefault(claim.fingerprint, []).append(number)
    for one, other in sorted(fingerprints):
        for a in known.get(one, ()):
            for b in known.get(other, ()):
                yield (a, b)
