"""Sentences that go on with the speaker before them, in words that name no speaker.

"The bank is sound, Cole said. Nobody will lose a penny. It opens again on Monday." Whether a
sentence without reporting words is the speaker's still or the outlet's is read by a trained model
(`continued_model`), which sees the article; whether it is *this* speaker's is weighed with the
signs of `continued_signs`. The weights are fitted (`training/train_continued.py`,
`data/continued.json`), and so is how likely it must be: words put into somebody's mouth are the
worse mistake.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from factcheck.attribution.continued_signs import Signs, Step, of_place, of_said, of_words
from factcheck.records import Article, Attribution, Sentence

if TYPE_CHECKING:
    from factcheck.attribution.resolve import Resolved

# A word with a capital in the middle of a sentence.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*")
# So many sentences behind the last one that names its speaker, and untold ones among them.
_FAR, _UNTOLD = 8, 4
# So many sentences ahead are looked at for who speaks next.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may go on with a speaker: its number, whose words it may be, what tells."""

    number: int
    one: Resolved
    signs: Signs


# The log-odds that a sentence, by its number, goes on with somebody (`continued_model`).
Reading = Callable[[Article], Mapping[int, float]]


def with_continued(
    article: Article, resolved: Sequence[Resolved], reading: Reading
) -> list[Resolved]:
    """Attributions, and behind them those of the sentences that go on with one of their speakers.

    Each of these has a whole sentence of the body as its content, no source and no cue, and the
    speaker, voice and relays of the attribution that it goes on with. Linear in the article's
    length but for sorting.
    """
    found = list(resolved)
    if not found:
        return found
    walk = Walk(article, resolved, reading(article)).candidates()
    goes_on: bool | None = None
    while True:
        try:
            candidate = walk.send(goes_on)
        except StopIteration:
            return found
        goes_on = probability(candidate.signs) >= _model().least
        if goes_on:
            found.append(_going_on(article.sentences[candidate.number], candidate.one))


def _going_on(sentence: Sentence, one: Resolved) -> Resolved:
    content = ((sentence.start, sentence.end),)
    via = tuple(via.model_copy(update={"carried": True}) for via in one.via)
    return one.model_copy(
        update={
            "attribution": Attribution(source=(), cue=(), content=content),
            "via": via,
            "parent": None,
        }
    )


class Walk:
    """The sentences of one article by who is told to speak in them."""

    def __init__(
        self, article: Article, resolved: Sequence[Resolved], read: Mapping[int, float]
    ) -> None:
        """Sort the attributions by sentence; linear in both, but for the sorting."""
        self._article = article
        self._read = read
        self._starts = [sentence.start for sentence in article.sentences]
        self._said: dict[int, list[Resolved]] = {}
        for one in resolved:
            spans = (*one.attribution.source, *one.attribution.cue, *one.attribution.content)
            for number in {n for s, e in spans for n in range(self._at(s), self._at(e - 1) + 1)}:
                self._said.setdefault(number, []).append(one)
        self._names = frozenset(_NAME.findall(article.text))
        self._often = Counter(_key(one) for one in resolved if one.parent is None)

    def candidates(self) -> Generator[Candidate, bool | None, None]:
        """The sentences that may go on with a speaker, in order; `send` tells which do."""
        step: Step | None = None
        for number, sentence in enumerate(self._article.sentences):
            if self._article.blocks[sentence.block].kind != "body":
                step = None
            elif number in self._said:
                step = self._heard(number)
            elif step is None:
                continue
            elif self._is_question(sentence):
                step.untold += 1
            elif number - step.said_at <= _FAR and step.untold <= _UNTOLD:
                if (yield Candidate(number, step.said, self._signs(step, number))):
                    step.carried.append(number)
                else:
                    step.untold += 1

    def _at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _heard(self, number: int) -> Step | None:
        here = self._said[number]
        outer = [one for one in here if one.parent is None] or here
        last = max(outer, key=lambda one: one.attribution.content[-1:] or one.attribution.cue)
        if last.speaker is None:
            return None
        alone = len({_key(one) for one in outer}) == 1
        return Step(last, number, alone, self._often[_key(last)], sum(self._often.values()))

    def _is_question(self, sentence: Sentence) -> bool:
        text = self._article.text[sentence.start : sentence.end]
        return text.rstrip(" \n\"”'’*_)").endswith("?")

    def _signs(self, step: Step, number: int) -> Signs:
        return (
            of_said(self._article, step)
            | of_place(self._article, step, number)
            | of_words(self._article, step, number, self._names)
            | self._ahead(step, number)
            | {"read": self._read.get(number, 0.0)}
        )

    def _ahead(self, step: Step, number: int) -> Signs:
        """Who speaks next, and how soon: a speaker who is told of again has gone on, perhaps."""
        sentences = self._article.sentences
        for at in range(number + 1, min(number + 1 + _AHEAD, len(sentences))):
            if sentences[at].block > sentences[number].block + 1:
                break
            if here := self._said.get(at):
                same = any(_key(one) == _key(step.said) for one in here)
                where = "here" if sentences[at].block == sentences[number].block else "below"
                sign = f"next {'same' if same else 'other'} {where}"
                return {sign: 1.0, f"{sign} at once": float(at == number + 1)}
        return {"next nobody": 1.0}


def _key(one: Resolved) -> object:
    return one.who if one.who is not None else one.speaker and one.speaker.name


def probability(signs: Signs) -> float:
    """How likely a sentence goes on with the speaker before it, from 0 to 1."""
    model = _model()
    score = model.bias + sum(model.weights.get(name, 0.0) * v for name, v in signs.items())
    return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class _Model:
    """Fitted weights, and the least probability from which on a sentence goes on."""

    least: float
    bias: float
    weights: dict[str, float]


@lru_cache(maxsize=1)
def _model() -> _Model:
    text = (files("factcheck") / "data" / "continued.json").read_text(encoding="utf-8")
    told = json.loads(text)
    return _Model(told["least"], told["bias"], told["weights"])
