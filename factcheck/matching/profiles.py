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


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim prepared for comparison; all collections are of `terms.term` forms.

    Four weightings of the claim's terms: `local` is the rarity within the claim's own article
    (`weight` its sum), `background` the rarity in news at large (both in nats), `telling` their
    product, `plain` that product without names. `sentence` and `sentence_plain` are `telling`
    and `plain` of the whole sentence without its source and cue; `here`, `before` and `after`
    are local rarities of the sentence and its neighbours. `search` is what candidates are found
    by. `names` are terms written with a capital and never without one in the article. `day` is a
    proleptic ordinal, `position` lies in [0, 1] from the article's first to its last sentence.
    """

    claim: Claim
    text: str
    terms: tuple[str, ...]
    joined: str
    weight: float
    local: Vector
    background: Vector
    telling: Vector
    plain: Vector
    search: Vector
    sentence: Vector
    sentence_plain: Vector
    here: Vector
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
        self.rarity = {word: self._rarity(n) for word, n in self.count.items()}
        self.whole = [Vector((w, self.rarity[w]) for w in words) for words in self.sentences]
        self.day = ordinal(article.published)

    def _rarity(self, count: int) -> float:
        return math.log((len(self.sentences) + 1) / (count + 0.5))

    def vector(self, number: int) -> Vector:
        """Local rarities of a sentence's terms; shared by all claims that ask for it."""
        return self.whole[number] if 0 <= number < len(self.whole) else _NOTHING

    def said(self, number: int, claim: Claim) -> Vector:
        """What is telling in a claim's sentence, without who said it and that it was said."""
        if not 0 <= number < len(self.sentences):
            return _NOTHING
        without = (*claim.source_spans, *claim.cue_spans)
        return Vector(
            (word, self.rarity[word] * background_rarity(word))
            for (at, _), word in zip(self.placed[number], self.sentences[number], strict=True)
            if not any(start <= at < end for start, end in without)
        )

    def names_of(self, written: Sequence[str]) -> frozenset[str]:
        return frozenset(
            term(word)
            for word in written
            if len(word) > 1 and word[0].isupper() and word.lower() not in self.lower
        )

    def profile(self, claim: Claim) -> Profile:
        text = claim.reading or claim.text
        written = tokens(text)
        terms = tuple(term(word) for word in written)
        names = self.names_of(written)
        start = self.starts[claim.sentence] if claim.sentence < len(self.starts) else claim.start
        number = self.number.get(start, -2)
        sentence = self.said(number, claim)
        around = [word for _, word in self.placed[number]] if number >= 0 else []
        once = self._rarity(1)
        local = Vector((word, self.rarity.get(word, once)) for word in terms)
        telling = Vector((word, value * background_rarity(word)) for word, value in local.items())
        return Profile(
            claim=claim,
            text=text,
            terms=terms,
            joined=" ".join(terms),
            weight=sum(local.values()),
            local=local,
            background=Vector((word, background_rarity(word)) for word in terms),
            telling=telling,
            plain=_without(telling, names),
            search=_blend(telling, sentence),
            sentence=sentence,
            sentence_plain=_without(sentence, self.names_of(around)),
            here=self.vector(number),
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


# What a term of the sentence around a claim weighs in the search for candidates.
_AROUND = 0.5


def _blend(telling: Vector, sentence: Vector) -> Vector:
    around = ((word, _AROUND * value) for word, value in sentence.items() if word not in telling)
    return Vector((*telling.items(), *around))


def _without(vector: Vector, names: frozenset[str]) -> Vector:
    return Vector((word, value) for word, value in vector.items() if word not in names)


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
