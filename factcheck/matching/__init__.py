"""The same statement, found across articles: candidates → scores → groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from factcheck.config import Matching
from factcheck.matching.candidates import candidates
from factcheck.matching.features import Rivals, worthwhile
from factcheck.matching.groups import cluster, join, tell_two
from factcheck.matching.profiles import profiles
from factcheck.matching.reader import Read, Reading
from factcheck.matching.score import UNSCORED
from factcheck.matching.scorer import ReadingCache, Scorer
from factcheck.matching.stories import stories
from factcheck.records import Article, Claim, Link

__all__ = ["Decisions", "Matched", "ReadingCache", "match"]

Pair = tuple[str, str]

# A link of this share of the probability that makes one was almost made; so many are kept.
_ALMOST = 2 / 3
_MOST = 200


Disputed = Callable[[Claim, Claim, Sequence[Claim], float, Read], bool]


@dataclass(frozen=True)
class Decisions:
    """Pairs of claim fingerprints that people called the same statement, or not the same."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Matched:
    """Groups of claim ids, every claim in one, or two where it tells two statements; their links.

    `second` are those claims of each group that tell the statement of another group first of all.
    `near` are links that were almost made, the likeliest first: for two groups that nobody told
    apart, their most alike claims. `read` tells what the cross-encoder says of two of the claims.
    """

    groups: list[list[str]]
    second: list[list[str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    near: list[Link] = field(default_factory=list)
    read: Read | None = field(default=None, compare=False)

    def inside(self) -> list[list[Link]]:
        """The links inside each group, in the order of `groups`."""
        groups_of: dict[str, set[int]] = {}
        for number, group in enumerate(self.groups):
            for claim in group:
                groups_of.setdefault(claim, set()).add(number)
        found: list[list[Link]] = [[] for _ in self.groups]
        for link in self.links:
            for number in sorted(groups_of[link.a] & groups_of[link.b]):
                found[number].append(link)
        return found


def match(
    articles: Mapping[str, Article],
    claims: Sequence[Claim],
    settings: Matching,
    decisions: Decisions | None = None,
    readings: ReadingCache | None = None,
    disputed: Disputed | None = None,
) -> Matched:
    """Group the claims of different articles that state the same thing.

    Groups keep the order of `claims` (of their first claim), and so do the claims in a group. A
    claim stands in one group, or in two where it tells two statements.
    `links` are the pairs of different articles inside a group. Claims that state different
    values of one thing ("12 killed", "21 killed") belong to one group: telling them apart is
    for `divergence`. Human decisions are respected whatever the scores say. `readings` are those
    of earlier runs. `disputed` tells of two claims, of all that would be one group with them,
    of their score, and of how they read side by side, whether they tell one thing in two ways; a
    pair that was nearly matched then is.
    """
    decisions = decisions or Decisions()
    prepared = profiles(articles, claims)
    near = stories(articles, settings.story)
    pairs = candidates(prepared, settings.candidates, settings.window, near)
    scorer = Scorer(articles, prepared, Rivals(prepared, pairs), near, readings)
    scores = scorer.scores(worthwhile(prepared, pairs), settings.read)
    different = list(_decided(claims, decisions.different))
    same = {(min(pair), max(pair)) for pair in _decided(claims, decisions.same)}
    number = {claim.id: n for n, claim in enumerate(claims)}

    def read(a: Claim, b: Claim) -> Reading | None:
        return scorer.reading(number[a.id], number[b.id])

    of = [claim.article for claim in claims]
    groups = cluster(
        of,
        scores,
        settings.link,
        UNSCORED,
        same=same,
        different=different,
    )
    if disputed is not None:
        groups = join(
            groups,
            _ranked(scores, settings.disputed),
            lambda a, b, group: disputed(
                claims[a], claims[b], [claims[n] for n in group], scores[a, b], read
            ),
            different,
        )
    told = tell_two(groups, of, scores, max(settings.link, settings.second), UNSCORED, different)
    inside = list(
        dict.fromkeys(
            pair
            for group in told
            for pair in combinations(group.claims, 2)
            if claims[pair[0]].article != claims[pair[1]].article
        )
    )
    scorer.read(inside)
    links = [
        link.model_copy(update={"decided": True}) if pair in same else link
        for pair, link in zip(inside, scorer.links(inside), strict=True)
    ]
    return Matched(
        [[claims[n].id for n in group.claims] for group in told],
        [[claims[n].id for n in group.second] for group in told],
        links,
        scorer.links(_near(groups, scores, _ALMOST * settings.link, (*different, *inside))),
        read,
    )


def _ranked(scores: Mapping[tuple[int, int], float], least: float) -> list[tuple[int, int]]:
    """The pairs that score at least `least`, the best first."""
    return [p for _, p in sorted((-score, p) for p, score in scores.items() if score >= least)]


def _near(
    groups: Sequence[Sequence[int]],
    scores: Mapping[tuple[int, int], float],
    least: float,
    known: Iterable[tuple[int, int]],
) -> list[tuple[int, int]]:
    """The best pair of each two groups that score at least `least`; the best `_MOST` of them.

    Of two groups with a pair in `known` there is none.
    """
    group_of = {claim: number for number, group in enumerate(groups) for claim in group}

    def both(pair: tuple[int, int]) -> tuple[int, int]:
        one, other = group_of[pair[0]], group_of[pair[1]]
        return (min(one, other), max(one, other))

    settled = {both(pair) for pair in known}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for pair in _ranked(scores, least):
        if both(pair)[0] != both(pair)[1] and both(pair) not in settled:
            found.setdefault(both(pair), pair)
    return list(found.values())[:_MOST]


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
