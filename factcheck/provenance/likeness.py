"""How much one article looks rewritten from another, whether or not it says so.

Copied sentences are `passages`; here is what is left of a text whose sentences were all written
anew: the words of the one that the other has, beyond what every report of the event shares; words
that no other article has; sentences that tell the same, and how many of them lie side by side.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.matching.profiles import background_rarity
from factcheck.matching.terms import term, tokens
from factcheck.provenance.derivation import Texts
from factcheck.provenance.passages import quotations
from factcheck.records import Article

# Sentences of an article that are read; sentences with fewer terms tell too little.
_MOST_SENTENCES, _FEWEST_TERMS = 250, 5
# Two sentences tell the same from this cosine on.
_ALIKE = 0.3
# In a text of few sentences chance decides: so many more are taken to be as those usually are, and
# the one that tells the statement at hand is alike in any case.
_PRIOR, _USUALLY_ALIKE = 6, 0.25
# The weight of terms in a short article, in nats: of a shorter one a word is a large share, and the
# sentence at hand, which is alike in any case, is half of it. So much is taken to be as usual.
_SHORT = 200.0
# A term is rare from this many nats on; a quotation is telling from so many words on.
_RARE, _QUOTED_WORDS = 4.0, 4
# What a report of the same event shares with another by itself, where there is no third to tell.
_USUAL = 0.3

Terms = Mapping[str, float]


class Page:
    """The terms of an article's body, sentence by sentence, with their rarity in news at large."""

    def __init__(self, article: Article) -> None:
        text = article.text
        body = [
            n for n, s in enumerate(article.sentences) if article.blocks[s.block].kind == "body"
        ]
        self.numbers = {n: row for row, n in enumerate(body[:_MOST_SENTENCES])}
        self.sentences = [_terms(text, *_bounds(article, n)) for n in self.numbers]
        self.terms: dict[str, float] = {}
        for sentence in self.sentences:
            self.terms.update(sentence)
        self.weight = sum(self.terms.values())
        self.length = sum(map(len, self.sentences))
        spans = (" ".join(tokens(text[s:e])).lower() for s, e in quotations(text))
        self.quotes = frozenset(q for q in spans if len(q.split()) >= _QUOTED_WORDS)

    def sentence(self, number: int) -> Terms:
        """The terms of a sentence by its number in the article, none where it was not read."""
        row = self.numbers.get(number)
        return {} if row is None else self.sentences[row]


class Likeness(NamedTuple):
    """What article `a` has in common with article `b`.

    `copied` and `passages`: copied text, its share and its sentences. `covered`: how much of the
    terms of `a` stands in `b`; `beyond`: how much more than in the article that covers it best
    beside `b`. `alone`: rare terms that of all articles only these two have, as a share of the
    shorter one. `retold`: the share of sentences that the other has a like one of, of the article
    that has fewer; `order`: whether those that are each other's likest
    stand in one order (1) or the contrary (-1). `longer`: the length of `a` against `b`, in nats.
    """

    copied: float
    passages: int
    covered: float
    beyond: float
    alone: float
    retold: float
    order: float
    longer: float


class Pages:
    """The pages of a run, and what any two of them have in common, computed once each."""

    def __init__(self, articles: Iterable[Article], texts: Texts) -> None:
        self._articles = {article.id: article for article in articles}
        self._texts = texts
        self._pages: dict[str, Page] = {}
        self._found: dict[tuple[str, str], Likeness] = {}
        self._shared: dict[tuple[str, str], float] = {}

    def page(self, name: str) -> Page:
        """The page of an article."""
        if name not in self._pages:
            self._pages[name] = Page(self._articles[name])
        return self._pages[name]

    def between(self, a: str, b: str, rivals: Sequence[str]) -> Likeness:
        """What `a` has in common with `b`; `rivals` are other articles about the same."""
        if (a, b) not in self._found:
            self._measure(a, b, rivals)
        return self._found[a, b]

    def _covered(self, a: str, b: str) -> float:
        if (a, b) not in self._shared:
            one, other = self.page(a), self.page(b)
            shared = math.fsum(w for word, w in one.terms.items() if word in other.terms)
            self._shared[a, b] = (shared + _SHORT * _USUAL) / (one.weight + _SHORT)
        return self._shared[a, b]

    def _beyond(self, a: str, b: str, rivals: Sequence[str]) -> float:
        best = max((self._covered(a, other) for other in rivals), default=_USUAL)
        return self._covered(a, b) - best

    def _measure(self, a: str, b: str, rivals: Sequence[str]) -> None:
        one, other = self.page(a), self.page(b)
        overlap = self._texts.overlap(a, b)
        common = sorted(one.terms.keys() & other.terms.keys())
        others = [self.page(name).terms for name in rivals]
        rare = math.fsum(
            one.terms[word]
            for word in common
            if one.terms[word] >= _RARE and not any(word in terms for terms in others)
        )
        least = min(one.weight, other.weight)
        alone = rare / (least + _SHORT) if least else 0.0
        retold, order = _retold(one, other, common)
        longer = math.log((one.length + 1) / (other.length + 1))
        for x, y, sign in ((a, b, 1), (b, a, -1)):
            self._found[x, y] = Likeness(
                overlap.share,
                len(overlap.passages),
                self._covered(x, y),
                self._beyond(x, y, rivals),
                alone,
                retold,
                order,
                sign * longer,
            )


def alike(a: Terms, b: Terms) -> float:
    """The cosine of two sentences by their terms."""
    shared = math.fsum(w * w for word, w in a.items() if word in b)
    lengths = math.fsum(w * w for w in a.values()) * math.fsum(w * w for w in b.values())
    return shared / math.sqrt(lengths) if lengths else 0.0


def _retold(one: Page, other: Page, common: Sequence[str]) -> tuple[float, float]:
    """The share of sentences with a like one, and the order of those that are mutually likest."""
    columns = {word: n for n, word in enumerate(common)}
    mine, theirs = _matrix(one, columns), _matrix(other, columns)
    if not len(mine) or not len(theirs):
        return _USUALLY_ALIKE, 0.0
    cosines = np.round(mine @ theirs.T, 6)
    best, back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    shares = [_share(cosines.max(axis=axis)) for axis in (1, 0)]
    mutual = [
        (x, int(y))
        for x, y in enumerate(best)
        if int(back[y]) == x and cosines[x, int(y)] >= _ALIKE
    ]
    pairs = [(first[1], second[1]) for first, second in itertools.combinations(mutual, 2)]
    order = sum((x < y) - (x > y) for x, y in pairs) / len(pairs) if len(mutual) > 2 else 0.0
    return min(shares), order


def _share(best: NDArray[np.float64]) -> float:
    """The share of sentences, but for the one at hand, that the other text has a like one of."""
    hits = max(0, int(np.sum(best >= _ALIKE)) - 1)
    return (hits + _PRIOR * _USUALLY_ALIKE) / (len(best) - 1 + _PRIOR)


def _matrix(page: Page, columns: Mapping[str, int]) -> NDArray[np.float64]:
    """The shared terms of the sentences worth comparing, each row over its sentence's length."""
    told = [s for s in page.sentences if len(s) >= _FEWEST_TERMS]
    matrix = np.zeros((len(told), len(columns)))
    for row, sentence in enumerate(told):
        length = math.sqrt(math.fsum(w * w for w in sentence.values())) or 1.0
        for word, weight in sentence.items():
            if word in columns:
                matrix[row, columns[word]] = weight / length
    return matrix


def _terms(text: str, start: int, end: int) -> dict[str, float]:
    return {word: background_rarity(word) for word in map(term, tokens(text[start:end]))}


def _bounds(article: Article, number: int) -> tuple[int, int]:
    sentence = article.sentences[number]
    return sentence.start, sentence.end
