"""Which articles tell of the same event: the only ones whose claims are worth comparing.

Two claims may read alike and be about different things: "the visit fell in a busy week" fits any
visit. What tells them apart is the story around them, so articles that share few telling words
are never matched, however alike two of their claims are.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import TypeVar

import numpy as np

from factcheck.matching.profiles import background_rarity
from factcheck.matching.terms import term, tokens
from factcheck.records import Article

# An article's telling words at most. Of a rare word's postings all are read, and a word that
# stands in more articles than this tells no story apart: both bound the time per article.
_WORDS = 150
POSTINGS = 500


K = TypeVar("K")
Stories = Mapping[str, Mapping[str, float]]


def stories(articles: Mapping[str, Article], least: float) -> dict[str, dict[str, float]]:
    """The articles of the same story for each article, itself left out, with their cosines.

    Two articles tell the same story where the cosine of their telling words, each weighted by
    its count (logarithmic) and its squared rarity in news at large, is at least `least`.
    """
    return alike({name: story(article.text) for name, article in articles.items()}, least)


def alike(told: Mapping[K, Mapping[str, float]], least: float) -> dict[K, dict[K, float]]:
    """What `stories` returns, of the telling words (`story`) of articles under any names."""
    vocabulary: dict[str, int] = {}
    names, starts, words, weights = list(told), array("q", [0]), array("i"), array("d")
    for telling in told.values():
        for word, weight in telling.items():
            words.append(vocabulary.setdefault(word, len(vocabulary)))
            weights.append(weight)
        starts.append(len(words))
    columns, values = np.asarray(words), np.asarray(weights)
    order = np.argsort(columns, kind="stable")
    lengths = [end - start for start, end in pairwise(starts)]
    holders = np.repeat(np.arange(len(names)), lengths)[order]
    held = values[order]
    ends = np.cumsum(np.bincount(columns, minlength=len(vocabulary)))
    begins = np.concatenate(([0], ends[:-1]))
    found: dict[K, dict[K, float]] = {name: {} for name in names}
    by_column = [
        start + np.argsort(columns[start:end], kind="stable") for start, end in pairwise(starts)
    ]
    # Where a word stands among those of the article at hand, in order of columns; -1: nowhere.
    place = np.full(len(vocabulary), -1)
    for number, name in enumerate(names):
        rare = [
            n
            for n in range(starts[number], starts[number + 1])
            if ends[columns[n]] - begins[columns[n]] <= POSTINGS
        ]
        postings = [slice(begins[columns[n]], ends[columns[n]]) for n in rare]
        cosines = np.bincount(
            np.concatenate([holders[posting] for posting in postings] or [holders[:0]]),
            np.concatenate(
                [held[posting] * values[n] for posting, n in zip(postings, rare, strict=True)]
                or [held[:0]]
            ),
            minlength=len(names),
        )
        near = np.flatnonzero((cosines >= least) & (cosines > 0))
        mine = by_column[number]
        place[columns[mine]] = np.arange(len(mine))
        for other in near[near > number].tolist():
            theirs = by_column[other]
            # Of all words, also of those too common to search by: the same in every corpus.
            here = place[columns[theirs]]
            shared = here >= 0
            cosine = round(float(values[mine[here[shared]]] @ values[theirs[shared]]), 6)
            found[name][names[other]] = found[names[other]][name] = cosine
        place[columns[mine]] = -1
    return found


def story(text: str) -> dict[str, float]:
    """An article's telling words with their weights; the whole of its words has length one."""
    counts = Counter(term(token) for token in tokens(text))
    weights = {
        word: (1.0 + math.log(count)) * background_rarity(word) ** 2
        for word, count in counts.items()
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    top = sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]
    return {word: weights[word] / length for word in top}
