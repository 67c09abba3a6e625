"""For every claim the few claims of other articles worth scoring; never all pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from factcheck.matching.profiles import Profile, Vector

Pairs = list[tuple[int, int]]

# A claim reads at most this many postings, its rarest terms first: what a claim costs does not
# grow with the corpus, and what a frequent term could add a rare one has mostly found.
POSTINGS = 4000

# What a term of the sentence around a claim weighs beside the claim's own terms.
AROUND = 0.5


def candidates(
    profiles: Sequence[Profile], limit: int, window: int, stories: Mapping[str, frozenset[str]]
) -> Pairs:
    """Pairs (i, j), i < j, of claims of different articles that share telling terms.

    For each claim the `limit` best by the cosine of rarity-weighted terms, among articles of the
    same story (`stories`, by article id) at most `window` days apart (articles without a date
    are near every day). Sorted.
    """
    if not profiles:
        return []
    index = _Index(profiles, stories)
    found: set[tuple[int, int]] = set()
    for here in range(len(profiles)):
        for there in index.best(here, limit, window):
            found.add((here, there) if here < there else (there, here))
    return sorted(found)


class _Index:
    """An inverted index from terms to claims, as flat arrays."""

    def __init__(self, profiles: Sequence[Profile], stories: Mapping[str, frozenset[str]]) -> None:
        vocabulary: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, profile in enumerate(profiles):
            terms = _searched(profile)
            for word, value in terms.items():
                rows.append(row)
                columns.append(vocabulary.setdefault(word, len(vocabulary)))
                values.append(value / (terms.length or 1.0))
        self.columns = np.asarray(columns, dtype=np.int64)
        self.values = np.asarray(values)
        self.claim_starts = np.searchsorted(np.asarray(rows), np.arange(len(profiles) + 1))
        order = np.argsort(self.columns, kind="stable")
        self.posting_claims = np.asarray(rows, dtype=np.int64)[order]
        self.posting_values = self.values[order]
        self.posting_starts = np.searchsorted(self.columns[order], np.arange(len(vocabulary) + 1))
        names: dict[str, int] = {}
        self.article = np.asarray(
            [names.setdefault(p.claim.article, len(names)) for p in profiles], dtype=np.int64
        )
        self.stories = [
            np.asarray(sorted(names[other] for other in stories[name] if other in names))
            for name in names
        ]
        self.day = np.asarray([-1 if p.day is None else p.day for p in profiles], dtype=np.int64)

    def best(self, claim: int, limit: int, window: int) -> npt.NDArray[np.int64]:
        span = slice(self.claim_starts[claim], self.claim_starts[claim + 1])
        columns, values = self.columns[span], self.values[span]
        starts, ends = self.posting_starts[columns], self.posting_starts[columns + 1]
        rarest = np.argsort(ends - starts, kind="stable")
        read = np.cumsum((ends - starts)[rarest])
        rarest = rarest[: max(1, int(np.searchsorted(read, POSTINGS, side="right")))]
        others = np.concatenate(
            [self.posting_claims[starts[k] : ends[k]] for k in rarest] or [_NONE]
        )
        shares = np.concatenate(
            [self.posting_values[starts[k] : ends[k]] * values[k] for k in rarest] or [_NONE]
        )
        unique, inverse = np.unique(others, return_inverse=True)
        scores = np.bincount(inverse, weights=shares, minlength=len(unique))
        keep = np.isin(self.article[unique], self.stories[self.article[claim]])
        if self.day[claim] >= 0:
            days = self.day[unique]
            keep &= (days < 0) | (np.abs(days - self.day[claim]) <= window)
        unique, scores = unique[keep], scores[keep]
        order = np.lexsort((unique, -scores))[:limit]
        best: npt.NDArray[np.int64] = unique[order]
        return best


def _searched(profile: Profile) -> Vector:
    """The claim's own terms, and at less weight those of the sentence that it stands in."""
    around = ((w, AROUND * v) for w, v in profile.sentence.items() if w not in profile.telling)
    return Vector((*profile.telling.items(), *around))


_NONE = np.empty(0, dtype=np.int64)
