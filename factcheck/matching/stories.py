"""Which articles tell of the same event: the only ones whose claims are worth comparing.

Two claims may read alike and be about different things: "the visit fell in a busy week" fits any
visit. What tells them apart is the story around them, so articles that share few telling words
are never matched, however alike two of their claims are.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from factcheck.matching.profiles import background_rarity
from factcheck.matching.terms import term, tokens
from factcheck.records import Article

# An article's telling words at most. Of a rare word's postings all are read, and a word that
# stands in more articles than this tells no story apart: both bound the time per article.
_WORDS = 150
_POSTINGS = 500


def stories(articles: Mapping[str, Article], least: float) -> dict[str, frozenset[str]]:
    """The articles of the same story for each article, itself left out, by id.

    Two articles tell the same story where the cosine of their telling words, each weighted by
    its count (logarithmic) and its squared rarity in news at large, is at least `least`.
    """
    vectors = {name: _vector(article.text) for name, article in articles.items()}
    postings: dict[str, list[str]] = defaultdict(list)
    for name, vector in vectors.items():
        for word in vector:
            postings[word].append(name)
    found = {}
    for name, vector in vectors.items():
        shared: dict[str, float] = defaultdict(float)
        for word, weight in vector.items():
            if len(postings[word]) <= _POSTINGS:
                for other in postings[word]:
                    shared[other] += weight * vectors[other][word]
        found[name] = frozenset(
            other for other, cosine in shared.items() if cosine >= least and other != name
        )
    return found


def _vector(text: str) -> dict[str, float]:
    counts = Counter(term(token) for token in tokens(text))
    weights = {
        word: (1.0 + math.log(count)) * background_rarity(word) ** 2
        for word, count in counts.items()
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    top = sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]
    return {word: weights[word] / length for word in top}
