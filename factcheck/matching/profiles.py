"""What matching needs to know of a claim, computed once: terms, weights, names, figures, quotes."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

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

# What the background weighs beside an article's own sentences, in sentences: in a short article
# nearly every word is rare, "the" included.
_PRIOR = 20


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim prepared for comparison; all collections are of `terms.term` forms.

    `local` holds the rarity of the claim's terms within its own article (`weight` is their sum),
    `telling` that rarity times the rarity in news at large, both in nats; `plain_length` is the
    length of `telling` without names. `here`, `sentence` and `sentence_plain_length` are the
    same of the whole sentence without its source and cue, `before` and `after` local rarities of
    its neighbours, `source` the words for who says it. `names` are terms written with a capital
    and never without one in the article. `day` is a proleptic ordinal, `position` lies in [0, 1]
    from the article's first to its last sentence.
    """

    claim: Claim
    text: str
    terms: tuple[str, ...]
    joined: str
    weight: float
    local: Vector
    telling: Vector
    plain_length: float
    sentence: Vector
    sentence_names: frozenset[str]
    sentence_plain_length: float
    here: Vector
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


def profiles(articles: Mapping[str, Article], claims: Sequence[Claim]) -> list[Profile]:
    """A profile for each claim, in the order of `claims`."""
    contexts: dict[str, _Context] = {}
    result = []
    for claim in claims:
        if claim.article not in contexts:
            contexts[claim.article] = _Context(articles[claim.article])
        result.append(contexts[claim.article].profile(claim))
    return result


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
        self.known: dict[int, Vector] = {}
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

    def said(self, number: int, claim: Claim) -> tuple[Vector, Vector]:
        """A claim's sentence without who said it and that it was said: local and telling."""
        without = (*claim.source_spans, *claim.cue_spans)
        if not 0 <= number < len(self.sentences):
            return _NOTHING, _NOTHING
        if not without:
            return self.whole[number], self.telling(number)
        words = {
            word
            for (at, _), word in zip(self.placed[number], self.sentences[number], strict=True)
            if not any(start <= at < end for start, end in without)
        }
        return (
            Vector((w, value) for w, value in self.whole[number].items() if w in words),
            Vector((w, value) for w, value in self.telling(number).items() if w in words),
        )

    def telling(self, number: int) -> Vector:
        """Telling weights of a sentence's terms; shared by all claims that ask for them."""
        if number not in self.known:
            self.known[number] = Vector(
                (word, value * background_rarity(word))
                for word, value in self.whole[number].items()
            )
        return self.known[number]

    def source(self, claim: Claim) -> Vector:
        """The words for a claim's source, and of its resolved name, by their rarity in news."""
        written = [
            word for start, end in claim.source_spans for word in tokens(self.text[start:end])
        ]
        written += tokens(claim.speaker.name) if claim.speaker else []
        return Vector((term(word), background_rarity(term(word))) for word in written)

    def names_of(self, written: Sequence[str]) -> frozenset[str]:
        return frozenset(
            term(word)
            for word in written
            if len(word) > 1 and word[0].isupper() and word.lower() not in self.lower
        )

    def names_in(self, number: int) -> frozenset[str]:
        """The names of a sentence; shared by all claims that ask for them."""
        if number not in self.names:
            words = [word for _, word in self.placed[number]] if number >= 0 else []
            self.names[number] = self.names_of(words)
        return self.names[number]

    def profile(self, claim: Claim) -> Profile:
        text = claim.reading or claim.text
        written = tokens(text)
        terms = tuple(term(word) for word in written)
        names = self.names_of(written)
        start = self.starts[claim.sentence] if claim.sentence < len(self.starts) else claim.start
        number = self.number.get(start, -2)
        here, sentence = self.said(number, claim)
        named = self.names_in(number)
        local = Vector((word, self.rarity.get(word) or self.rarity_of(word)) for word in terms)
        telling = Vector((word, value * background_rarity(word)) for word, value in local.items())
        return Profile(
            claim=claim,
            text=text,
            terms=terms,
            joined=" ".join(terms),
            weight=sum(local.values()),
            local=local,
            telling=telling,
            plain_length=_length_without(telling, names),
            sentence=sentence,
            sentence_names=named,
            sentence_plain_length=_length_without(sentence, named),
            here=here,
            source=self.source(claim),
            before=self.vector(number - 1),
            after=self.vector(number + 1),
            names=names,
            numbers=frozenset(word for word in terms if is_number(word)),
            quoted=_quoted_words(claim, text),
            speaker=_speaker_words(claim.speaker),
            negated=sum(word in NEGATIONS or word.endswith("n't") for word in map(fold, written))
            % 2
            > 0,
            day=self.day,
            position=max(0, number) / max(1, len(self.sentences) - 1),
        )


def _length_without(vector: Vector, names: frozenset[str]) -> float:
    return math.sqrt(sum(value * value for word, value in vector.items() if word not in names))


def ordinal(published: str | None) -> int | None:
    """The day number of an EDTF date whose year, month and day are known, else `None`."""
    match = _FULL_DATE.match(published or "")
    return date(*map(int, match.groups())).toordinal() if match else None


def _quoted_words(claim: Claim, text: str) -> tuple[str, ...]:
    if claim.quote == "direct":
        return tuple(term(word) for word in tokens(claim.text))
    return tuple(term(word) for part in _QUOTED.findall(text) for word in tokens(part))


def _speaker_words(speaker: Speaker | None) -> frozenset[str]:
    return frozenset(fold(word) for word in tokens(speaker.name)) if speaker else frozenset()
