"""Which articles of a large corpus can have to do with some new ones.

A pair of claims scores the same whatever else is compared, so a check of new articles needs only
the articles that may tell of the same. They share rare words; how rare is counted over the
corpus, and the words of unchanged files come from the cache.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from factcheck.cache import Cache, program_identity
from factcheck.errors import UnreadableError
from factcheck.hashing import key
from factcheck.ingest.decode import decode
from factcheck.matching.profiles import background_rarity
from factcheck.matching.terms import term, tokens

# Words that news at large has more often than this (in nats) tell nothing of an event, or of a
# single statement.
_RARE = 5.0
_TELLING = 3.0


def telling_words(text: str, rare: float = _RARE) -> frozenset[str]:
    """Return the words of a text, in their comparable form, that are `rare` nats or rarer."""
    words = {term(token) for token in set(tokens(text))}
    return frozenset(word for word in words if background_rarity(word) >= rare)


def nearest_claims(claims: Mapping[str, str], queries: Sequence[str], limit: int) -> set[str]:
    """For each query the `limit` claims (id → reading) that share most of its telling words."""
    words = {name: telling_words(text, _TELLING) for name, text in claims.items()}
    return nearest(words, [telling_words(text, _TELLING) for text in queries], limit)


def words_of(data: bytes, cache: Cache) -> frozenset[str]:
    """Return the rare words of a file's bytes; none where it cannot be read as text."""
    name = key(program_identity(), "words", data)
    known = cache.get(name)
    if known is not None:
        return frozenset(known.decode().split())
    try:
        words = telling_words(decode(data))
    except UnreadableError:
        words = frozenset()
    cache.put(name, "\n".join(sorted(words)).encode())
    return words


def nearest(
    corpus: Mapping[str, Collection[str]], queries: Sequence[Collection[str]], limit: int
) -> set[str]:
    """For each query the `limit` texts of the corpus that share most of its rare words.

    `corpus` maps names to words. A text is near by the cosine of the two sets of words, weighted
    by rarity in the corpus; texts that share nothing are never near.
    """
    holders: dict[str, list[str]] = {}
    for name in sorted(corpus):
        for word in corpus[name]:
            holders.setdefault(word, []).append(name)

    def weight(word: str) -> float:
        return math.log((len(corpus) + 1) / (len(holders[word]) + 0.5)) ** 2

    size = {name: math.sqrt(sum(map(weight, sorted(words)))) for name, words in corpus.items()}
    found: set[str] = set()
    for query in queries:
        shared: dict[str, float] = defaultdict(float)
        for word in sorted(query):
            for name in holders.get(word, ()):
                shared[name] += weight(word)
        # Rounded, so that the name and not the order of summation decides between equals.
        near = {name: round(total / (size[name] or 1), 9) for name, total in shared.items()}
        ranked = sorted(near, key=lambda name: (-near[name], name))
        found.update(ranked[:limit])
    return found
