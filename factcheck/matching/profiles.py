"""What matching needs to know of a claim, computed once: terms, weights, names, figures, quotes."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from factcheck.matching.terms import NEGATIONS, fold, is_number, term, tokens
from factcheck.records import Article, Claim, Speaker

_FULL_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)")
_QUOTED = re.compile(r"[“\"«]([^”\"»“«]{2,2000})[”\"»]")

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim prepared for comparison; all collections are of `terms.term` forms.

    `weights` are rarities within the claim's own article, `background` rarities in news at
    large (both in nats). `names` are terms written with a capital and never without one in the
    article. `day` is a proleptic ordinal, `position` lies in [0, 1] from the article's first to
    its last sentence.
    """

    claim: Claim
    text: str
    terms: tuple[str, ...]
    weights: Weights
    background: Weights
    sentence: Weights
    before: Weights
    after: Weights
    names: frozenset[str]
    numbers: frozenset[str]
    quoted: tuple[str, ...]
    speaker: frozenset[str]
    negations: int
    day: int | None
    position: float


@cache
def _background() -> tuple[int, dict[str, int]]:
    data = files("factcheck").joinpath("models", "background.json").read_text(encoding="utf-8")
    table = json.loads(data)
    return table["paragraphs"], table["counts"]


def background_rarity(word: str) -> float:
    """How rare a term is in news at large: nats, about 0 for "the", 10 for an unseen word."""
    total, counts = _background()
    return math.log((total + 1) / (counts.get(word, 0) + 0.5))


def profiles(articles: Mapping[str, Article], claims: Sequence[Claim]) -> list[Profile]:
    """A profile for each claim, in the order of `claims`."""
    contexts = {id_: _Context(articles[id_]) for id_ in {claim.article for claim in claims}}
    return [contexts[claim.article].profile(claim) for claim in claims]


class _Context:
    """An article's own rarities: a term is telling where few of its sentences have it."""

    def __init__(self, article: Article) -> None:
        body = [(s.start, s.end) for s in article.sentences if article.blocks[s.block].kind == "body"]
        self.index = {start: number for number, (start, _) in enumerate(body)}
        self.starts = [s.start for s in article.sentences]
        words = [tokens(article.text[start:end]) for start, end in body]
        self.sentences = [{term(word) for word in sentence} for sentence in words]
        self.count = Counter(t for sentence in self.sentences for t in sentence)
        self.lower = {w for sentence in words for w in sentence if w[0].islower()}
        self.size = len(body)
        self.day = ordinal(article.published)

    def rarity(self, word: str) -> float:
        return math.log((self.size + 1) / (max(1, self.count[word]) + 0.5)) if self.size > 1 else 1.0

    def weigh(self, number: int) -> Weights:
        if not 0 <= number < self.size:
            return {}
        return {word: self.rarity(word) for word in self.sentences[number]}

    def profile(self, claim: Claim) -> Profile:
        text = claim.reading or claim.text
        written = tokens(text)
        terms = tuple(term(word) for word in written)
        start = self.starts[claim.sentence] if claim.sentence < len(self.starts) else claim.start
        number = self.index.get(start, -2)
        return Profile(
            claim=claim,
            text=text,
            terms=terms,
            weights={word: self.rarity(word) for word in terms},
            background={word: background_rarity(word) for word in terms},
            sentence=self.weigh(number),
            before=self.weigh(number - 1),
            after=self.weigh(number + 1),
            names=frozenset(
                t
                for word, t in zip(written, terms, strict=True)
                if word[0].isupper() and word.lower() not in self.lower and len(word) > 1
            ),
            numbers=frozenset(word for word in terms if is_number(word)),
            quoted=_quoted_words(claim, text),
            speaker=_speaker_words(claim.speaker),
            negations=sum(word in NEGATIONS or word.endswith(("n't", "n’t")) for word in map(str.lower, written)),
            day=self.day,
            position=max(0, number) / max(1, self.size - 1),
        )


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
