"""What needs no program: sentences as claims, a similarity, and a rule for "corroborated".

Two sentences of different articles are linked where each is the other's most similar one in its
article and they are similar enough; linked sentences are a group. `two outlets` calls a group
corroborated that two outlets tell; `no shared run` asks for two whose articles share no eight words
in a row. None of them sees a conflict, a speaker or a relay.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from factcheck.evaluation.answer import (
    Answer,
    AnswerArticle,
    AnswerClaim,
    AnswerGroup,
    AnswerOrigin,
)
from factcheck.ingest import article_from_text
from factcheck.ingest.frontmatter import FrontMatter, split

RUN = 8
_WORD = re.compile(r"\w+")
Similarity = Callable[[Sequence[str]], Callable[[int, int], float]]


def token_set(texts: Sequence[str]) -> Callable[[int, int], float]:
    """Rapidfuzz's `token_set_ratio` of two texts, by their numbers; 0 to 1."""
    return lambda a, b: fuzz.token_set_ratio(texts[a].lower(), texts[b].lower()) / 100


def idf_cosine(texts: Sequence[str]) -> Callable[[int, int], float]:
    """The cosine of two bags of words, weighted by rarity among all texts of the event; 0 to 1."""
    bags = [Counter(_WORD.findall(text.lower())) for text in texts]
    holders = Counter(word for bag in bags for word in bag)
    weights = [{word: math.log(1 + len(texts) / holders[word]) for word in bag} for bag in bags]
    lengths = [math.sqrt(sum(value**2 for value in bag.values())) or 1.0 for bag in weights]

    def cosine(a: int, b: int) -> float:
        shared = weights[a].keys() & weights[b].keys()
        return sum(weights[a][w] ** 2 for w in shared) / (lengths[a] * lengths[b])

    return cosine


@dataclass(frozen=True)
class Baseline:
    """A similarity with the threshold that is best on train, and the rule for corroboration."""

    similarity: Similarity
    threshold: float
    runs: bool


BASELINES = {
    "token_set_ratio, two outlets": Baseline(token_set, 0.55, runs=False),
    "token_set_ratio, no shared run": Baseline(token_set, 0.55, runs=True),
    "IDF cosine, two outlets": Baseline(idf_cosine, 0.20, runs=False),
    "IDF cosine, no shared run": Baseline(idf_cosine, 0.20, runs=True),
}


def answer(texts: dict[str, str], baseline: Baseline) -> Answer:
    """What a baseline says of the articles of an event, by outlet."""
    articles = {
        outlet: article_from_text(text, f"{outlet}.md", _untold(text), markdown=True)
        for outlet, text in texts.items()
    }
    claims = [
        AnswerClaim(id=f"{outlet}-{n}", article=outlet, start=s.start, end=s.end,
                    text=article.text[s.start : s.end])
        for outlet, article in articles.items()
        for n, s in enumerate(article.sentences)
        if article.blocks[s.block].kind == "body"
    ]  # fmt: skip
    copies = _copies(texts) if baseline.runs else {}
    groups = tuple(
        _group([claims[n] for n in numbers], copies) for numbers in _groups(claims, baseline)
    )
    told = tuple(AnswerArticle(id=outlet, path=f"{outlet}.md") for outlet in texts)
    return Answer(articles=told, claims=tuple(claims), groups=groups)


def _untold(text: str) -> FrontMatter:
    """Where the article begins; what its front matter says, no baseline needs."""
    return FrontMatter(end=split(text).end)


def _groups(claims: Sequence[AnswerClaim], baseline: Baseline) -> list[list[int]]:
    """Sentences that are each other's best in their articles, and what hangs together by them."""
    similar = baseline.similarity([claim.text for claim in claims])
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for a, b in itertools.combinations(range(len(claims)), 2):
        if claims[a].article != claims[b].article:
            value = similar(a, b)
            for one, other in ((a, b), (b, a)):
                key = (one, claims[other].article)
                if value >= baseline.threshold and value > best.get(key, (0.0, 0))[0]:
                    best[key] = (value, other)
    parent = list(range(len(claims)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for (one, _), (_, other) in best.items():
        if best.get((other, claims[one].article), (0.0, -1))[1] == one:
            parent[max(root(one), root(other))] = min(root(one), root(other))
    found: dict[int, list[int]] = {}
    for number in range(len(claims)):
        found.setdefault(root(number), []).append(number)
    return list(found.values())


def _copies(texts: dict[str, str]) -> dict[str, str]:
    """For each outlet the first of those that it shares a run of words with, directly or not."""
    runs = {
        outlet: {
            tuple(words[n : n + RUN])
            for words in [_WORD.findall(text.lower())]
            for n in range(len(words) - RUN + 1)
        }
        for outlet, text in texts.items()
    }
    source = {outlet: outlet for outlet in texts}
    for one, other in itertools.combinations(sorted(texts), 2):
        if runs[one] & runs[other]:
            kept, gone = sorted((source[one], source[other]))
            source = {name: kept if first == gone else first for name, first in source.items()}
    return source


def _group(claims: list[AnswerClaim], source: dict[str, str]) -> AnswerGroup:
    origins: dict[str, list[str]] = {}
    for claim in claims:
        origins.setdefault(source.get(claim.article, claim.article), []).append(claim.id)
    return AnswerGroup(
        claims=tuple(claim.id for claim in claims),
        status="corroborated" if len(origins) > 1 else "single-sourced",
        qualifiers=("echoed",)
        if len(origins) == 1 and len({claim.article for claim in claims}) > 1
        else (),
        statement=claims[0].text,
        origins=tuple(
            AnswerOrigin(name=name, claims=tuple(names)) for name, names in origins.items()
        ),
    )
