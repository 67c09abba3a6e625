"""For every claim the few claims of other articles worth scoring; never all pairs."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from factcheck.matching.profiles import Profile, Vector, telling

Pairs = list[tuple[int, int]]

# A claim reads at most this many postings, its rarest terms first: what a claim costs does not
# grow with the corpus, and what a frequent term could add a rare one has mostly found.
POSTINGS = 4000

# What a term of the sentence around a claim weighs beside the claim's own terms.
AROUND = 0.5


def candidates(
    profiles: Sequence[Profile], limit: int, window: int, stories: Mapping[str, Collection[str]]
) -> Pairs:
    """Pairs (i, j), i < j, of claims of different articles that share telling terms.

    For each claim the `limit` best by the cosine of rarity-weighted terms, among articles of the
    same story (`stories`, by article id) at most `window` days apart (articles without a date
    are near every day). Sorted.
    """
    if not profiles:
        return []
    index = _Index(profiles)
    found: set[tuple[int, int]] = set()
    for article, claims in groupby(range(len(profiles)), lambda n: profiles[n].claim.article):
        near = index.near(article, stories[article], window)
        for here in claims:
            for there in index.best(here, near, limit):
                found.add((here, there) if here < there else (there, here))
    return sorted(found)


class _Index:
    """An inverted index from terms to claims, as flat arrays."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        vocabulary: dict[str, int] = {}
        starts, columns, values = array("q", [0]), array("i"), array("d")
        for profile in profiles:
            terms = searched(profile)
            for word, value in terms.items():
                columns.append(vocabulary.setdefault(word, len(vocabulary)))
                values.append(value / (terms.length or 1.0))
            starts.append(len(columns))
        self.columns = np.asarray(columns)
        self.values = np.asarray(values)
        self.claim_starts = np.asarray(starts)
        rows = np.repeat(np.arange(len(profiles), dtype=np.int32), np.diff(self.claim_starts))
        order = np.argsort(self.columns, kind="stable")
        self.posting_claims = rows[order]
        self.posting_values = self.values[order]
        counts = np.bincount(self.columns, minlength=len(vocabulary))
        self.posting_starts = np.concatenate(([0], np.cumsum(counts)))
        self.names: dict[str, int] = {}
        self.article = np.asarray(
            [self.names.setdefault(p.claim.article, len(self.names)) for p in profiles]
        )
        self.days = np.full(len(self.names), -1)
        self.days[self.article] = [-1 if p.day is None else p.day for p in profiles]

    def near(self, article: str, story: Collection[str], window: int) -> npt.NDArray[np.bool_]:
        """Which articles, by number, the claims of an article are compared with."""
        near = np.zeros(len(self.names), dtype=bool)
        near[[self.names[other] for other in story if other in self.names]] = True
        day = self.days[self.names[article]]
        if day >= 0:
            near &= (self.days < 0) | (np.abs(self.days - day) <= window)
        return near

    def best(self, claim: int, near: npt.NDArray[np.bool_], limit: int) -> list[int]:
        """The `limit` claims of near articles whose terms are the most alike."""
        span = slice(self.claim_starts[claim], self.claim_starts[claim + 1])
        columns, values = self.columns[span], self.values[span]
        starts, ends = self.posting_starts[columns], self.posting_starts[columns + 1]
        rarest = np.argsort(ends - starts, kind="stable")
        read = np.cumsum((ends - starts)[rarest])
        rarest = rarest[: max(1, int(np.searchsorted(read, POSTINGS, side="right")))]
        postings = [slice(starts[k], ends[k]) for k in rarest]
        if not postings:
            return []
        others = np.concatenate([self.posting_claims[posting] for posting in postings])
        keep = np.flatnonzero(near[self.article[others]])
        if not len(keep):
            return []
        shares = np.concatenate(
            [self.posting_values[p] * values[k] for p, k in zip(postings, rarest, strict=True)]
        )
        unique, inverse = np.unique(others[keep], return_inverse=True)
        scores = np.bincount(inverse, weights=shares[keep], minlength=len(unique))
        found: list[int] = unique[np.lexsort((unique, -scores))[:limit]].tolist()
        return found


def searched(profile: Profile) -> Vector:
    """The claim's own terms, and at less weight those of the sentence that it stands in."""
    around = ((w, AROUND * v) for w, v in telling(profile.here) if w not in profile.local)
    return Vector((*telling(profile.local), *around))
