"""Which article was copied or reworded from which.

Candidates are pairs of articles that share runs of three words outside quotations (an inverted
index over hashed runs, so that the work grows with the text and not with the pairs); sentences
aligned word by word are the evidence.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.dates import is_full, moments
from factcheck.provenance.passages import Passage, Vocabulary, Words, aligned, shingles
from factcheck.records import Article, Span

# A run of words is paired with the next holders in the order of the articles: all of them where
# it is rare, a few where half the corpus has it. Copies of one text stay connected all the same.
_HOLDERS_ALL, _NEIGHBOURS, _NEIGHBOURS_FREQUENT = 12, 12, 2
# Shared runs that make a pair worth aligning: in number, and as a share of the shorter text's.
_SHARED_RUNS, _SHARED_SHARE = 6, 0.03
# Shares of an article's words outside quotations that stand in the other one.
_WHOLLY, _MOSTLY, _PARTLY, _PARTLY_SENTENCES = 0.6, 0.3, 0.05, 2
# A text covered by the other this much, that covers the other this little, is the shorter cut.
_CUT_COVERED, _CUT_COVERS = 0.8, 0.5

Extent = Literal["wholly", "partly"]


class Derivation(NamedTuple):
    """Two articles with common text.

    `share` is how much of the words of the one with more in common stands in the other (0–1),
    `source` the article that was there first (`None`: unknown), `reason` in words, `passages`
    the spans in `a` and `b` that are one text.
    """

    a: str
    b: str
    extent: Extent
    share: float
    source: str | None
    reason: str
    passages: tuple[tuple[Span, Span], ...]


class Overlap(NamedTuple):
    """What two texts share: aligned sentences and the share of each text that they are."""

    passages: tuple[Passage, ...]
    share_a: float
    share_b: float

    @property
    def share(self) -> float:
        """The larger share."""
        return max(self.share_a, self.share_b)

    @property
    def mostly(self) -> bool:
        """Whether so much is common that no statement of the two counts as told twice.

        One sentence, be it a third of a short article, decides for what it tells alone.
        """
        one = len(self.passages) < _PARTLY_SENTENCES
        return self.share >= (_WHOLLY if one else _MOSTLY)

    @property
    def derived(self) -> bool:
        """Whether one of the articles is derived from the other, in whole or in part."""
        return self.mostly or (len(self.passages) >= _PARTLY_SENTENCES and self.share >= _PARTLY)


class Texts:
    """The words of all articles, and what any two of them share, computed once each."""

    def __init__(self, articles: Iterable[Article]) -> None:
        vocabulary = Vocabulary()
        self.words: dict[str, Words] = {a.id: vocabulary.words(a) for a in articles}
        self.common = frozenset(vocabulary.common)
        self._overlaps: dict[tuple[str, str], Overlap] = {}

    def overlap(self, a: str, b: str) -> Overlap:
        """Return what articles `a` and `b` share."""
        found = self._overlaps.get((a, b))
        if found is None:
            x, y = self.words[a], self.words[b]
            passages = tuple(aligned(x, y))
            found = Overlap(
                passages,
                _share(x, {p.a for p in passages}),
                _share(y, {p.b for p in passages}),
            )
            self._overlaps[a, b] = found
            self._overlaps[b, a] = Overlap(
                tuple(Passage(p.b, p.a, p.similarity) for p in passages),
                found.share_b,
                found.share_a,
            )
        return found


def derivations(
    articles: Sequence[Article],
    texts: Texts,
    credited: Callable[[Article, Article], bool],
) -> tuple[Derivation, ...]:
    """Find the articles that share text, in the order of the articles.

    `credited(a, b)` tells whether `a` credits the outlet of `b`. Linear in the number of articles
    for texts that differ.
    """
    result = []
    for i, j in candidates([shingles(texts.words[article.id]) for article in articles]):
        a, b = articles[i], articles[j]
        overlap = texts.overlap(a.id, b.id)
        if overlap.derived:
            result.append(_derivation(a, b, overlap, texts.words, credited))
    return tuple(result)


def candidates(texts: Sequence[NDArray[np.uint64]]) -> list[tuple[int, int]]:
    """Return the pairs of texts (i < j, sorted) that share enough runs of words to be aligned.

    `texts` are the distinct hashed runs of each text.
    """
    if len(texts) < 2:
        return []
    owners = np.concatenate([np.full(len(runs), n, dtype=np.int64) for n, runs in enumerate(texts)])
    runs = np.concatenate(texts)
    order = np.lexsort((owners, runs))
    runs, owners = runs[order], owners[order]
    starts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]]) if len(runs) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(runs)])
    holders = np.repeat(sizes, sizes)
    count = len(texts)
    keys = []
    for step in range(1, _NEIGHBOURS + 1):
        near = runs[step:] == runs[:-step]
        if step > _NEIGHBOURS_FREQUENT:
            near &= holders[:-step] <= _HOLDERS_ALL
        keys.append(owners[:-step][near] * count + owners[step:][near])
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    lengths = np.asarray([len(t) for t in texts])
    i, j = pairs // count, pairs % count
    wanted = np.maximum(_SHARED_RUNS, _SHARED_SHARE * np.minimum(lengths[i], lengths[j]))
    # Very short texts cannot share many runs: most of theirs will do.
    wanted = np.minimum(wanted, np.maximum(2, 0.5 * np.minimum(lengths[i], lengths[j])))
    kept = shared >= wanted
    return list(zip(i[kept].tolist(), j[kept].tolist(), strict=True))


def connected(derived: Iterable[Derivation]) -> Mapping[str, str]:
    """Map each article of a chain of wholly derived texts to the chain's first article."""
    parent: dict[str, str] = {}

    def root(article: str) -> str:
        while parent.setdefault(article, article) != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    for derivation in derived:
        if derivation.extent == "wholly":
            first, second = sorted((root(derivation.a), root(derivation.b)))
            parent[second] = first
    return {article: root(article) for article in list(parent)}


def _share(words: Words, sentences: set[int]) -> float:
    inside = sum(len(words.sentences[n]) for n in sentences)
    return inside / words.length if words.length else 0.0


def _derivation(
    a: Article,
    b: Article,
    overlap: Overlap,
    words: Mapping[str, Words],
    credited: Callable[[Article, Article], bool],
) -> Derivation:
    source, why = _source(a, b, overlap, credited)
    extent: Extent = "wholly" if overlap.share >= _WHOLLY else "partly"
    percent = f"{overlap.share:.0%} of the text in {len(overlap.passages)} common passages"
    spans = tuple((words[a.id].spans[p.a], words[b.id].spans[p.b]) for p in overlap.passages)
    return Derivation(
        a.id, b.id, extent, round(overlap.share, 3), source, f"{percent}; {why}", spans
    )


def _source(
    a: Article,
    b: Article,
    overlap: Overlap,
    credited: Callable[[Article, Article], bool],
) -> tuple[str | None, str]:
    """Tell which article was there first, by credit, then time, then completeness."""
    by_credit = (credited(a, b), credited(b, a))
    if by_credit == (True, False):
        return b.id, f"{a.outlet} credits {b.outlet}"
    if by_credit == (False, True):
        return a.id, f"{b.outlet} credits {a.outlet}"
    for earlier, later in itertools.permutations((a, b)):
        if precedes(earlier.published, later.published):
            return earlier.id, f"{earlier.outlet} published it earlier"
    if overlap.share_b >= _CUT_COVERED and overlap.share_a <= _CUT_COVERS:
        return a.id, f"{a.outlet} has the fuller text"
    if overlap.share_a >= _CUT_COVERED and overlap.share_b <= _CUT_COVERS:
        return b.id, f"{b.outlet} has the fuller text"
    return None, "which came first is unknown"


def precedes(a: str | None, b: str | None) -> bool:
    """Whether EDTF date `a` is before `b` as far as both are told."""
    if not is_full(a) or not is_full(b):
        return False
    if (told := moments((a, b))) is not None:
        return told[0] < told[1]
    size = min(len(a), len(b))
    return a[:size] < b[:size]
