"""Which sentences of one text are copied or reworded from another.

Words inside quotation marks never count: two outlets that quote one speech share its words
without copying each other. What tells a copy is the telling around them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.records import Article, Span

# A sentence is compared by the words outside quotation marks; fewer say nothing about copying.
_FEWEST_WORDS = 6
# Two sentences are one where this share of the longer one stands in the other, in its order:
# short sentences about one event agree by chance, long ones do not.
_SAME_SHORT, _SAME_LONG, _LONG = 0.8, 0.55, 20
_SAME_BESIDE, _MOST_BETWEEN = 0.75, 2
_CANDIDATE_SENTENCES = 3

# With fewer of its words outside quotations an article is a transcript.
_LEAST_TOLD = 0.15
_LONGEST_QUOTE = 1200


class Words(NamedTuple):
    """The words of an article's body, sentence by sentence, as numbers of one `Vocabulary`.

    `sentences[i]` are those of sentence i of the article outside quotations, `full[i]` all of
    them; `spans[i]` is where it stands, `length` how many words stand outside quotations in all.
    """

    article: str
    sentences: tuple[tuple[int, ...], ...]
    full: tuple[tuple[int, ...], ...]
    spans: tuple[Span, ...]
    length: int


class Passage(NamedTuple):
    """Sentence `a` of one article and `b` of another that are one text; `similarity` in 0–1."""

    a: int
    b: int
    similarity: float


class Vocabulary:
    """Numbers words in the order of their first appearance, so that runs are reproducible."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        # Numbers of the words that were ever written in lower case: names are not among them.
        self.common: set[int] = set()

    def words(self, article: Article) -> Words:
        """Read the body of an article."""
        quoted = quotations(article.text)
        sentences: list[tuple[int, ...]] = []
        full: list[tuple[int, ...]] = []
        at = 0
        for sentence in article.sentences:
            numbers: list[int] = []
            everything: list[int] = []
            if article.blocks[sentence.block].kind == "body":
                for match in re.finditer(r"\w+", article.text[sentence.start : sentence.end]):
                    where = sentence.start + match.start()
                    while at < len(quoted) and quoted[at][1] <= where:
                        at += 1
                    word = match.group().casefold()
                    number = self._numbers.setdefault(word, len(self._numbers))
                    everything.append(number)
                    if match.group()[0].islower():
                        self.common.add(number)
                    if at == len(quoted) or where < quoted[at][0]:
                        numbers.append(number)
            sentences.append(tuple(numbers))
            full.append(tuple(everything))
        if sum(map(len, sentences)) < _LEAST_TOLD * sum(map(len, full)):
            sentences = full  # a transcript: its quotations are the text
        return Words(
            article.id,
            tuple(sentences),
            tuple(full),
            tuple((s.start, s.end) for s in article.sentences),
            sum(map(len, sentences)),
        )


# ‘Like this,’ and not the ’ of “ships’ bells”.
_SINGLE_QUOTED = re.compile(r"(?<!\w)‘[^‘“”\n]{2,600}?[.,!?…;–—-]’(?!\w)")


def quotations(text: str) -> list[Span]:
    """Find the stretches inside double quotation marks, paragraphs of one quotation included.

    An opening mark that another opening mark follows (quotations that go on in a new paragraph)
    reaches to the end of its line; one that is never closed within bounds, too. A quotation in
    single marks ends where one stands behind a comma or the like.
    """
    single = [match.span() for match in _SINGLE_QUOTED.finditer(text)]
    double = _double(text)
    inside = [s for s in single if not any(a <= s[0] < b for a, b in double)]
    return sorted([*double, *inside])


def _double(text: str) -> list[Span]:
    marks: list[tuple[int, bool]] = []
    for match in re.finditer(r"[“”\"«»]|''|``", text):
        mark, at = match.group(), match.start()
        opens = mark in ("“", "«", "``") or (
            mark in ('"', "''") and (at == 0 or text[at - 1] in " \t\r\n([—–-\u00a0'‘")
        )
        marks.append((at, opens))
    spans: list[Span] = []
    for number, (at, opens) in enumerate(marks):
        if not opens:
            continue
        after = marks[number + 1] if number + 1 < len(marks) else None
        if after and not after[1] and after[0] - at <= _LONGEST_QUOTE:
            spans.append((at, after[0]))
        else:
            line = text.find("\n", at)
            line = len(text) if line < 0 else line
            spans.append((at, min(line, after[0] if after else line)))
    return spans


def shingles(words: Words) -> NDArray[np.uint64]:
    """Return the distinct hashed runs of three words inside sentences, sorted."""
    parts = []
    for sentence in words.sentences:
        if len(sentence) >= 3:
            numbers = np.asarray(sentence, dtype=np.uint64)
            parts.append(_mix(numbers[:-2], numbers[1:-1], numbers[2:]))
    if not parts:
        return np.empty(0, dtype=np.uint64)
    return np.unique(np.concatenate(parts))


def _mix(
    first: NDArray[np.uint64], second: NDArray[np.uint64], third: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Multiply-shift hashing of three numbers into one; wraps around by intent."""
    with np.errstate(over="ignore"):
        mixed = first * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(29))) + second * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(32))) + third * np.uint64(0x94D049BB133111EB)
        return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """Return the share of the longer sentence's words that stand in the other in their order."""
    from rapidfuzz.distance import LCSseq

    return float(LCSseq.normalized_similarity(a, b))


def same_passage(a: Sequence[int], b: Sequence[int]) -> float:
    """Return how alike two sentences are if one is made from the other, else 0."""
    shorter, longer = sorted((len(a), len(b)))
    if shorter < _FEWEST_WORDS or shorter < longer * _SAME_LONG:
        return 0.0
    share = min(1.0, (longer - _FEWEST_WORDS) / (_LONG - _FEWEST_WORDS))
    wanted = _SAME_SHORT + (_SAME_LONG - _SAME_SHORT) * share
    found = similarity(a, b)
    return found if found >= wanted else 0.0


def aligned(a: Words, b: Words) -> list[Passage]:
    """Find the passages that two texts share, each sentence of `b` with its best one in `a`."""
    places: dict[tuple[int, int], list[int]] = {}
    for number, sentence in enumerate(a.sentences):
        for pair in set(_pairs(sentence)):
            places.setdefault(pair, []).append(number)
    found = []
    for number, sentence in enumerate(b.sentences):
        if len(sentence) < _FEWEST_WORDS:
            continue
        votes: Counter[int] = Counter()
        for pair in _pairs(sentence):
            hits = places.get(pair, ())
            if len(hits) <= 8:
                votes.update(hits)
        best = max(
            ((same_passage(a.sentences[n], sentence), -n) for n, _ in _top(votes)),
            default=(0.0, 0),
        )
        if best[0]:
            found.append(Passage(-best[1], number, best[0]))
    return _extended(a, b, found)


def _extended(a: Words, b: Words, found: list[Passage]) -> list[Passage]:
    """Add sentences beside a shared passage that agree with their quotations counted.

    A quotation alone shows no copying; next to a copied sentence, on the same side, it does, and
    so does what stands between two sentences that were copied one after the other.
    """
    known = {(p.a, p.b): p for p in found}
    for passage in found:
        for step in (-1, 1):
            x, y = passage.a, passage.b
            between: list[Passage] = []
            while len(between) <= _MOST_BETWEEN:
                x, y = x + step, y + step
                if not (0 <= x < len(a.full) and 0 <= y < len(b.full)) or (x, y) in known:
                    break
                between.append(Passage(x, y, similarity(a.full[x], b.full[y])))
                if between[-1].similarity >= _SAME_BESIDE:
                    known.update(((p.a, p.b), p) for p in between)
                    between = []
            else:
                continue
            if (x, y) in known:
                known.update(((p.a, p.b), p) for p in between)
    return sorted(known.values(), key=lambda p: (p.b, p.a))


def _top(votes: Counter[int]) -> list[tuple[int, int]]:
    return sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATE_SENTENCES]


def _pairs(sentence: Sequence[int]) -> Iterable[tuple[int, int]]:
    return itertools.pairwise(sentence)


def longest_run(a: Sequence[int], b: Sequence[int], counted: Container[int]) -> int:
    """Return how many counted words the best run of words has that two sentences share."""
    places: dict[int, list[int]] = {}
    for n, word in enumerate(b):
        places.setdefault(word, []).append(n)
    best, row = 0, dict[int, int]()
    for word in a:
        weight = word in counted
        row = {n: row.get(n - 1, 0) + weight for n in places.get(word, ())}
        best = max(best, *row.values()) if row else best
    return best
