"""What matching needs to know of a claim, computed once: terms, weights, names, figures, quotes."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from factcheck.claims.stance import side
from factcheck.matching.terms import NEGATIONS, fold, is_number, placed_tokens, term, tokens
from factcheck.records import Article, Claim, Speaker

_FULL_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)")
_QUOTED = re.compile(r"[“\"«]([^”\"»“«]{2,2000})[”\"»]")


class Vector(dict[str, float]):
    """A sparse vector over terms, with its length."""

    __slots__ = ("length",)

    def __init__(self, items: Iterable[tuple[str, float]] = ()) -> None:
        super().__init__(items)
        self.length = math.sqrt(sum(value * value for value in self.values()))


_NOTHING = Vector()
_NONE: frozenset[str] = frozenset()

# What the background weighs beside an article's own sentences, in sentences: in a short article
# nearly every word is rare, "the" included.
_PRIOR = 20


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim prepared for comparison; all collections are of `terms.term` forms.

    `local` holds the rarity of the claim's terms within its own article in nats (`weight` is
    their sum), `here` the same of the whole sentence without its source and cue, `before` and
    `after` of its neighbours, `source` the words for who says it. `telling_length` and
    `sentence_length` are the lengths of `telling(local)` and `telling(here)`, `plain_length` and
    `sentence_plain_length` their lengths without names. `names` are terms written with a capital
    and never without one in the article. `day` is a proleptic ordinal, `position` lies in [0, 1]
    from the article's first to its last sentence, of which there are `sentences`.

    What several claims of a sentence have in common is one object in all of them.
    """

    claim: Claim
    text: str
    terms: tuple[str, ...]
    weight: float
    local: Vector
    telling_length: float
    plain_length: float
    here: Vector
    sentence_names: frozenset[str]
    sentence_length: float
    sentence_plain_length: float
    source: Vector
    before: Vector
    after: Vector
    names: frozenset[str]
    numbers: frozenset[str]
    quoted: tuple[str, ...]
    speaker: frozenset[str]
    negated: bool
    day: int | None
    position: float
    sentences: int


@cache
def _background() -> tuple[int, dict[str, int]]:
    data = files("factcheck").joinpath("models", "background.json").read_text(encoding="utf-8")
    table = json.loads(data)
    return table["paragraphs"], table["counts"]


@cache
def background_rarity(word: str) -> float:
    """How rare a term is in news at large: nats, about 0 for "the", 10 for an unseen word."""
    total, counts = _background()
    return math.log((total + 1) / (counts.get(word, 0) + 0.5))


def telling(vector: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Terms with their local rarity times their rarity in news at large."""
    return ((word, value * background_rarity(word)) for word, value in vector.items())


def profiles(articles: Mapping[str, Article], claims: Sequence[Claim]) -> list[Profile]:
    """A profile for each claim, in the order of `claims`."""
    of_article: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        of_article.setdefault(claim.article, []).append(number)
    found: dict[int, Profile] = {}
    # Article by article: what is known of an article's words is large, and dropped again.
    for name, numbers in of_article.items():
        context = _Context(articles[name])
        found.update((number, context.profile(claims[number])) for number in numbers)
    return [found[number] for number in range(len(claims))]


class _Context:
    """An article's own rarities: a term is telling where few of its sentences have it.

    Rarity within the article, not within the run: what else is compared changes no score, and
    words that every telling of an event repeats weigh little.
    """

    def __init__(self, article: Article) -> None:
        body = [s for s in article.sentences if article.blocks[s.block].kind == "body"]
        self.number = {s.start: number for number, s in enumerate(body)}
        self.starts = [s.start for s in article.sentences]
        self.placed = [placed_tokens(article.text, s.start, s.end) for s in body]
        self.sentences = [[term(word) for _, word in words] for words in self.placed]
        self.count = Counter(word for sentence in self.sentences for word in set(sentence))
        self.lower = {word for words in self.placed for _, word in words if word[0].islower()}
        self.rarity = {word: self.rarity_of(word) for word in self.count}
        self.whole = [Vector((w, self.rarity[w]) for w in words) for words in self.sentences]
        self.names: dict[int, frozenset[str]] = {}
        self.text = article.text
        self.day = ordinal(article.published)

    def rarity_of(self, word: str) -> float:
        """Rarity among the article's sentences and `_PRIOR` imagined ones of news at large."""
        expected = _PRIOR * math.exp(-background_rarity(word))
        size = len(self.sentences) + _PRIOR
        return max(0.0, math.log((size + 1) / (self.count[word] + expected + 0.5)))

    def vector(self, number: int) -> Vector:
        """Local rarities of a sentence's terms; shared by all claims that ask for it."""
        return self.whole[number] if 0 <= number < len(self.whole) else _NOTHING

    def said(self, number: int, claim: Claim) -> Vector:
        """Local rarities of a claim's sentence without who said it and that it was said."""
        without = (*claim.source_spans, *claim.cue_spans)
        whole = self.vector(number)
        if not without or not whole:
            return whole
        words = {
            word
            for (at, _), word in zip(self.placed[number], self.sentences[number], strict=True)
            if not any(start <= at < end for start, end in without)
        }
        return Vector((word, value) for word, value in whole.items() if word in words)

    def source(self, claim: Claim) -> Vector:
        """The words for a claim's source, and of its resolved name, by their rarity in news."""
        written = [
            word for start, end in claim.source_spans for word in tokens(self.text[start:end])
        ]
        written += tokens(claim.speaker.name) if claim.speaker else []
        if not written:
            return _NOTHING
        return Vector((term(word), background_rarity(term(word))) for word in written)

    def names_of(self, written: Sequence[str]) -> frozenset[str]:
        names = frozenset(
            term(word)
            for word in written
            if len(word) > 1 and word[0].isupper() and word.lower() not in self.lower
        )
        return names or _NONE

    def names_in(self, number: int) -> frozenset[str]:
        """The names of a sentence; shared by all claims that ask for them."""
        if number not in self.names:
            words = [word for _, word in self.placed[number]] if number >= 0 else []
            self.names[number] = self.names_of(words)
        return self.names[number]

    def profile(self, claim: Claim) -> Profile:
        # What a denial is about is matched, not that it is denied.
        text = claim.reading.removeprefix(claim.context) if side(claim) > 0 else claim.text
        written = tokens(text)
        terms = tuple(term(word) for word in written)
        start = self.starts[claim.sentence] if claim.sentence < len(self.starts) else claim.start
        number = self.number.get(start, -2)
        here, named = self.said(number, claim), self.names_in(number)
        if number >= 0 and [word for _, word in self.placed[number]] == written:
            local, names = self.whole[number], named
        else:
            names = self.names_of(written)
            local = Vector((word, self.rarity.get(word) or self.rarity_of(word)) for word in terms)
        return Profile(
            claim=claim,
            text=text,
            terms=terms,
            weight=sum(local.values()),
            local=local,
            telling_length=_telling_length(local, _NONE),
            plain_length=_telling_length(local, names),
            here=here,
            sentence_names=named,
            sentence_length=_telling_length(here, _NONE),
            sentence_plain_length=_telling_length(here, named),
            source=self.source(claim),
            before=self.vector(number - 1),
            after=self.vector(number + 1),
            names=names,
            numbers=frozenset(word for word in terms if is_number(word)) or _NONE,
            quoted=_quoted_words(claim, text),
            speaker=_speaker_words(claim.speaker),
            negated=sum(word in NEGATIONS or word.endswith("n't") for word in map(fold, written))
            % 2
            > 0,
            day=self.day,
            position=max(0, number) / max(1, len(self.sentences) - 1),
            sentences=len(self.sentences),
        )


def _telling_length(vector: Vector, without: frozenset[str]) -> float:
    return math.sqrt(sum(value * value for word, value in telling(vector) if word not in without))


def ordinal(published: str | None) -> int | None:
    """The day number of an EDTF date whose year, month and day are known, else `None`."""
    match = _FULL_DATE.match(published or "")
    return date(*map(int, match.groups())).toordinal() if match else None


def _quoted_words(claim: Claim, text: str) -> tuple[str, ...]:
    if claim.quote == "direct":
        return tuple(term(word) for word in tokens(claim.text))
    return tuple(term(word) for part in _QUOTED.findall(text) for word in tokens(part))


def _speaker_words(speaker: Speaker | None) -> frozenset[str]:
    return frozenset(fold(word) for word in tokens(speaker.name)) if speaker else _NONE
