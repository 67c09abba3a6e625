"""What the other articles of a run tell: which outlets there are, and what each of them has.

An outlet that is named somewhere in an article is likelier to be behind a statement that its own
article holds than behind one that it does not.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from factcheck import outlets
from factcheck.access.same import in_text, shorter
from factcheck.access.shown import shown
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.records import Article, Claim
from factcheck.things import named_things

_WORD = re.compile(r"\w+")
# Letters of a word that stand for its stem, and articles of one outlet that are looked at.
_STEM, _MOST = 6, 20
# Places of a stem in an article that are looked at.
_SPREAD = 64

Stems = frozenset[str]


class Run:
    """The articles of a run, read for what they share."""

    def __init__(self, articles: Iterable[Article] = (), names: Iterable[str] = ()) -> None:
        """`names` are outlets known besides, as those of the ledger."""
        self.articles = list(articles)
        named = {*names, *(article.outlet for article in self.articles)}
        told = {name for article in self.articles for name in shown(article.text)}
        self.things = frozenset(t for a in self.articles for t in named_things(a.text))
        self.names = frozenset(named | (told - self.things))
        self._places: dict[str, dict[str, list[int]]] = {}
        self._by_outlet: dict[str, list[Article]] = {}
        for article in self.articles:
            self._by_outlet.setdefault(outlets.key(article.outlet), []).append(article)

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many articles a stem stands."""
        found: Counter[str] = Counter()
        for article in self.articles:
            found.update(set(stems(article.text)))
        return found

    def named_in(self, article: Article) -> tuple[str, ...]:
        """The outlets known to the run whose names stand in an article's text."""
        text = article.text
        mine = outlets.key(article.outlet)
        words = {match[0] for match in _WORD.finditer(text)}
        return tuple(
            sorted(
                name
                for word in words & self._bare.keys()
                for name, bare in self._bare[word]
                if bare in text and outlets.key(name) != mine
            )
        )

    @cached_property
    def _bare(self) -> dict[str, list[tuple[str, str]]]:
        """By their first words, names of outlets and how a sentence has them: without article."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(self.names):
            _, bare = in_text(name)
            first = _WORD.search(bare)
            if first and len(bare) > 2:
                found.setdefault(first[0], []).append((name, bare))
        return found

    def holds(self, outlet: str) -> bool:
        """Whether an article of an outlet is in the run."""
        return self.key(outlet) in self._by_outlet

    def key(self, outlet: str) -> str:
        """The key of an outlet, that of the run's only one that it may be short for, if any."""
        key = outlets.key(outlet)
        meant = self._by_short.get(key, ())
        return meant[0] if len(meant) == 1 and key not in self._by_outlet else key

    @cached_property
    def _by_short(self) -> dict[str, list[str]]:
        """What the run's outlets may be called in short → their keys."""
        found: dict[str, list[str]] = {}
        for known in self._by_outlet:
            for short in shorter(known):
                found.setdefault(short, []).append(known)
        return found

    def cover(self, article: Article, claim: Claim, outlet: str) -> tuple[float, float]:
        """How much of a claim's words stand together in one place of an outlet's articles, and how
        much, at most, in one of a third outlet's.
        """
        wanted = stems(claim.text)
        mine = outlets.key(article.outlet)
        there = self.key(outlet)
        best = max((self._in(a, wanted) for a in self._of(there, article)), default=0.0)
        if len(self._by_outlet) > _MOST:
            return best, 0.0
        rival = max(
            (
                self._in(other, wanted)
                for key, found in self._by_outlet.items()
                if key not in (mine, there)
                for other in found[:_MOST]
            ),
            default=0.0,
        )
        return best, rival

    def _of(self, key: str, article: Article) -> Sequence[Article]:
        found = self._by_outlet.get(key, [])
        if len(found) <= _MOST:
            return found
        near = sorted(found, key=lambda other: _apart(article, other))
        return near[:_MOST]

    def _weight(self, stem: str) -> float:
        return math.log((len(self.articles) + 1) / max(1, self._spread[stem])) + 0.2

    def _in(self, article: Article, wanted: Stems) -> float:
        if not wanted:
            return 0.0
        if article.id not in self._places:
            self._places[article.id] = _places(article)
        places = self._places[article.id]
        found: dict[int, float] = {}
        whole = 0.0
        for stem in wanted:
            weight = self._weight(stem)
            whole += weight
            for window in places.get(stem, ()):
                found[window] = found.get(window, 0.0) + weight
        return max(found.values(), default=0.0) / whole


def _places(article: Article) -> dict[str, list[int]]:
    """In which pairs of neighbouring sentences a stem stands; one that is all over tells little."""
    places: dict[str, list[int]] = {}
    before: Stems = frozenset()
    for number, sentence in enumerate(article.sentences):
        told = stems(article.text[sentence.start : sentence.end])
        for stem in told | before:
            found = places.setdefault(stem, [])
            if len(found) < _SPREAD:
                found.append(number)
        before = told
    return places


def stems(text: str) -> Stems:
    """The telling words of a text, cut so that "sinks" and "sinking" are one."""
    functions = lexicon().functions
    words = (fold(word) for word in _WORD.findall(text))
    return frozenset(
        word[:_STEM]
        for word in words
        if word not in functions and (len(word) > 2 or word.isdigit())
    )


def _apart(one: Article, other: Article) -> tuple[bool, str, str]:
    """An order by how near two articles' days are, as far as their months tell."""
    a, b = (one.published or "")[:10], (other.published or "")[:10]
    return (a != b, "" if a[:7] == b[:7] else b, other.id)
