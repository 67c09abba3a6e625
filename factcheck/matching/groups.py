"""Pair scores → groups, weighing all pairs of a group so that no chain of weak links forms."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

Pair = tuple[int, int]

# Two groups of several claims each are joined where their pairs clearly match.
_CROWDS = 0.6
_LARGEST_JOINED = 10


def cluster(
    articles: list[str],
    scores: Mapping[Pair, float],
    threshold: float,
    unscored: float,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> list[list[int]]:
    """Average-link clustering of claims 0 … len(articles) - 1.

    `scores` holds the probabilities, where not negligible, of pairs of claims of different
    articles; a pair of different articles without one counts `unscored`. The two groups with the
    highest mean over their pairs of different articles are merged while that mean is at least
    `threshold`, and at least 0.6 where both groups have several claims: two groups that a
    long sentence tells both stay two. Pairs of one article say nothing, so two claims of
    one article meet only in a third of another. Pairs in `same` are merged first, pairs in
    `different` never, `different` wins where both are said. Groups and their members are
    sorted; ties fall to the lower numbers.
    """
    same = sorted(same)
    joinable = {claim for pair in (*scores, *same) for claim in pair}
    state = _State({n: articles[n] for n in sorted(joinable)}, threshold, unscored, different)
    for a, b in same:
        state.unite(a, b)
    for (a, b), score in scores.items():
        state.connect(a, b, score)
    state.merge()
    alone = [[n] for n in range(len(articles)) if n not in joinable]
    return sorted(alone + [sorted(members) for members in state.members.values()])


def join(
    groups: list[list[int]],
    pairs: Iterable[Pair],
    disputed: Callable[[int, int, list[int]], bool],
    different: Iterable[Pair] = (),
) -> list[list[int]]:
    """Join two groups where a pair of theirs is `disputed` among all members of both.

    Pairs are tried in their order; those in `different` never meet. No group of more than
    `_LARGEST_JOINED` claims is made: of a campaign of many polls and primaries each disputes the
    next. Sorted like `cluster`.
    """
    members = dict(enumerate(groups))
    group_of = {claim: number for number, group in enumerate(groups) for claim in group}
    apart = set(different)
    for a, b in pairs:
        one, other = sorted((group_of[a], group_of[b]))
        if one == other or len(members[one]) + len(members[other]) > _LARGEST_JOINED:
            continue
        both = sorted(members[one] + members[other])
        if apart and any(pair in apart or pair[::-1] in apart for pair in combinations(both, 2)):
            continue
        if disputed(a, b, both):
            members[one] = both
            group_of.update(dict.fromkeys(members.pop(other), one))
    return sorted(members.values())


class Told(NamedTuple):
    """The claims of a group, and which of them tell another statement first of all; sorted."""

    claims: tuple[int, ...]
    second: tuple[int, ...] = ()


def tell_two(
    groups: Sequence[Sequence[int]],
    articles: Sequence[str],
    scores: Mapping[Pair, float],
    least: float,
    unscored: float,
    different: Iterable[Pair] = (),
) -> list[Told]:
    """Enter claims that tell a second statement into the group of that, too.

    A sentence that was not split tells more than one thing, and its group (`groups` are a
    partition) holds one of them. A claim also belongs to that other group, one at most, in which
    the mean of its pairs is the highest and at least `least`; not where its own article tells the
    statement already, or where one of its pairs is in `different`. Only what `groups` hold counts,
    so the order of entries does not matter. Of two groups that enter each other one is left.
    """
    group_of = {claim: number for number, group in enumerate(groups) for claim in group}
    apart = {frozenset(pair) for pair in different}
    near: dict[int, dict[int, float]] = {}
    for (a, b), score in scores.items():
        for claim, other in ((a, group_of[b]), (b, group_of[a])):
            if group_of[claim] != other:
                sums = near.setdefault(claim, {})
                sums[other] = sums.get(other, 0.0) + score - unscored
    second: dict[int, set[int]] = {}
    for claim, sums in near.items():
        means = [
            (unscored + total / len(groups[number]), -number)
            for number, total in sums.items()
            if not any(
                articles[claim] == articles[other] or frozenset((claim, other)) in apart
                for other in groups[number]
            )
        ]
        mean, number = max(means, default=(0.0, 0))
        if mean >= least:
            second.setdefault(-number, set()).add(claim)
    return _told(groups, group_of, second)


def _told(
    groups: Sequence[Sequence[int]], group_of: Mapping[int, int], second: Mapping[int, set[int]]
) -> list[Told]:
    """Groups with those that entered them, without a group whose claims another holds, all told.

    `second` maps a group to the claims that enter it. A claim enters one group, so those of a group
    that lies within another have all entered that.
    """
    whole = [set(group) | second.get(number, set()) for number, group in enumerate(groups)]
    within: dict[int, int] = {}
    for number, claims in sorted(second.items()):
        for other in sorted({group_of[claim] for claim in claims}):
            if whole[other] <= whole[number] and number not in within:
                within[other] = number
    found = []
    for number, claims in enumerate(whole):
        if number not in within:
            entered = {
                claim for claim in second.get(number, ()) if within.get(group_of[claim]) != number
            }
            found.append(Told(tuple(sorted(claims)), tuple(sorted(entered))))
    return sorted(found)


class _State:
    """Groups by number of their founder, and the sums of scores between neighbouring groups."""

    def __init__(
        self,
        articles: Mapping[int, str],
        threshold: float,
        unscored: float,
        different: Iterable[Pair],
    ) -> None:
        self.threshold = threshold
        self.unscored = unscored
        self.members: dict[int, list[int]] = {i: [i] for i in articles}
        self.group = {i: i for i in articles}
        self.articles: dict[int, dict[str, int]] = {i: {a: 1} for i, a in articles.items()}
        # group → neighbour → (sum of scores, number of scored pairs)
        self.near: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in articles}
        self.apart: dict[int, set[int]] = {}
        for a, b in different:
            self.apart.setdefault(a, set()).add(b)
            self.apart.setdefault(b, set()).add(a)

    def connect(self, a: int, b: int, score: float) -> None:
        a, b = self.group[a], self.group[b]
        if a != b:
            total, count = self.near[a].get(b, (0.0, 0))
            self.near[a][b] = self.near[b][a] = (total + score, count + 1)

    def forbidden(self, a: int, b: int) -> bool:
        return bool(self.apart) and any(
            other in self.members[b] for one in self.members[a] for other in self.apart.get(one, ())
        )

    def mean(self, a: int, b: int) -> float:
        """The mean over the pairs of two neighbouring groups, 0 where it is not enough."""
        total, count = self.near[a][b]
        small, large = sorted((self.articles[a], self.articles[b]), key=len)
        pairs = len(self.members[a]) * len(self.members[b]) - sum(
            number * large.get(article, 0) for article, number in small.items()
        )
        mean = (total + self.unscored * (pairs - count)) / pairs
        crowds = len(self.members[a]) > 1 and len(self.members[b]) > 1
        wanted = max(self.threshold, _CROWDS) if crowds else self.threshold
        return mean if mean >= wanted else 0.0

    def unite(self, a: int, b: int) -> int:
        """Merge the groups of two claims; the lower founder stays. Returns the group's number."""
        a, b = sorted((self.group[a], self.group[b]))
        if a == b or self.forbidden(a, b):
            return a
        for claim in self.members[b]:
            self.group[claim] = a
        self.members[a] += self.members.pop(b)
        for article, number in self.articles.pop(b).items():
            self.articles[a][article] = self.articles[a].get(article, 0) + number
        for other, (total, count) in self.near.pop(b).items():
            del self.near[other][b]
            if other != a:
                mine, number = self.near[a].get(other, (0.0, 0))
                self.near[a][other] = self.near[other][a] = (mine + total, number + count)
        return a

    def merge(self) -> None:
        """Merge the best neighbours until none are good enough."""
        heap: list[tuple[float, int, int]] = []

        def offer(a: int, b: int) -> None:
            a, b = min(a, b), max(a, b)
            mean = self.mean(a, b)
            if mean > 0 and not self.forbidden(a, b):
                heapq.heappush(heap, (-mean, a, b))

        for a, near in self.near.items():
            for b in near:
                if a < b:
                    offer(a, b)
        while heap:
            negative, a, b = heapq.heappop(heap)
            # An entry is stale where a group is gone or has grown since.
            if b not in self.near.get(a, {}) or self.mean(a, b) != -negative:
                continue
            if self.forbidden(a, b):
                continue
            kept = self.unite(a, b)
            for other in self.near[kept]:
                offer(kept, other)
