"""Sentences that go on with the words of the one who spoke before: "The company will also …".

Free indirect speech has no reporting words. Whether a statement in no one's mouth is still the last
speaker's is judged by what the discourse shows: how far off they spoke and how, what the statement
begins with, its tense, who speaks next. Each sign has a weight (`data/carried.json`, fitted by
`training/train_carried.py`), and the sum has to reach a threshold.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.resolve import Resolved
from factcheck.records import Article, Sentence, Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLOSED = re.compile(r"[”\"’'»]\s*$")
_MODALS = {
    "would": "would", "could": "would", "might": "would", "should": "should", "must": "should",
    "ought": "should", "will": "will", "shall": "will", "’ll": "will", "may": "may", "can": "may",
}  # fmt: skip
_HAVE = {"had": "had", "has": "has", "have": "has", "hasn't": "has", "haven't": "has", "hadn't": "had"}
_BE = {
    "was": "past", "were": "past", "did": "past", "is": "present", "are": "present",
    "does": "present", "do": "present",
}  # fmt: skip
_PRONOUNS = {
    "he": "he", "she": "he", "his": "his", "her": "his", "it": "it", "its": "its", "they": "they",
    "their": "their", "we": "we", "our": "we", "i": "we", "my": "we", "this": "this",
    "that": "this", "these": "this", "those": "this", "there": "there", "nobody": "none",
    "no": "none", "nothing": "none", "neither": "none", "not": "none", "the": "the", "a": "a",
    "an": "a", "but": "but", "and": "but", "so": "but", "yet": "but", "in": "front", "on": "front",
    "at": "front", "by": "front", "after": "front", "since": "front", "for": "front",
    "if": "if", "when": "if", "some": "some", "most": "some", "many": "some", "all": "some",
    "one": "some", "two": "some", "three": "some",
}  # fmt: skip
_CONNECTIVES = frozenset("also moreover besides instead however therefore either too rather still".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split()
)
_AHEAD = frozenset("tomorrow next soon later spring summer autumn winter january february".split())
_JUDGING = frozenset(
    "only never always enough too very simply merely far worse worst better best fair unfair right wrong "
    "clear unclear safe unsafe hard easy impossible unlikely likely certainly surely indeed good bad "
    "poor serious reason need needs needed cannot can't".split()
)
_FARTHEST = 5
_FIRST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A claim to be, with the attribution that it comes from, if any."""

    spans: tuple[Span, ...]
    source: Resolved | None
    direct: bool = False


class Discourse:
    """Who speaks where in one article."""

    def __init__(self, article: Article, units: Sequence[Unit]) -> None:
        """Read the statements of an article, which are in text order."""
        self._article, self._text, self._units = article, article.text, units
        self._starts = [sentence.start for sentence in article.sentences]
        self._spoken = Counter(_key(unit.source) for unit in units if unit.source)
        self._by_block: dict[int, set[object]] = {}
        self._roles: list[tuple[int, Resolved]] = []
        for unit in units:
            if unit.source is not None:
                block = self._sentence(unit.spans[0][0]).block
                self._by_block.setdefault(block, set()).add(_key(unit.source))

    def _number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _sentence(self, at: int) -> Sentence:
        return self._article.sentences[self._number(at)]

    def last(self, number: int) -> Unit | None:
        """The one who spoke last before a unit, near enough to go on."""
        start = self._units[number].spans[0][0]
        best: tuple[int, Unit] | None = None
        for unit in self._units[max(0, number - _FARTHEST * 2) : number + 1]:
            if unit.source is None or unit.source.speaker is None:
                continue
            end = _end(unit)
            if end <= start and (best is None or end >= best[0]):
                best = (end, unit)
        if best is None:
            return None
        apart = self._number(start) - self._number(max(best[0] - 1, 0))
        return best[1] if apart <= _FARTHEST else None

    def signs(self, number: int, last: Unit) -> dict[str, float]:
        """What tells whether a unit in no one's mouth goes on with the last speaker's words."""
        unit, text, source = self._units[number], self._text, last.source
        assert source is not None and source.speaker is not None
        start, end = unit.spans[0][0], unit.spans[-1][1]
        sentence, before = self._sentence(start), self._sentence(max(_end(last) - 1, 0))
        words = [match[0] for match in _WORD.finditer(text, start, end)]
        low = [word.lower().replace("’", "'") for word in words]
        apart = self._number(start) - self._number(max(_end(last) - 1, 0))
        found: dict[str, float] = {"bias": 1.0, f"apart {min(apart, 4)}": 1.0}
        blocks = sentence.block - before.block
        found[f"paragraphs {min(blocks, 2)}"] = 1.0
        if apart and blocks:
            first = self._number(start) == 0 or self._article.sentences[
                self._number(start) - 1
            ].block != sentence.block
            found["opens paragraph" if first else "inside next paragraph"] = 1.0
        found |= self._speaker(last, source)
        found |= self._beginning(words, low, source, start, sentence)
        found |= _verbs(low)
        found |= self._next(number, source, start, end)
        alone = self._by_block.get(sentence.block, set())
        if alone == {_key(source)}:
            found["only speaker of paragraph"] = 1.0
        elif not alone:
            found["nobody speaks in paragraph"] = 1.0
        else:
            found["others speak in paragraph"] = 1.0
        share = self._spoken[_key(source)] / sum(self._spoken.values())
        found["share"] = share
        if self._number(start) == len(self._article.sentences) - 1:
            found["last sentence"] = 1.0
        if set(low) & _JUDGING:
            found["judges"] = 1.0
        if set(low) & _CONNECTIVES:
            found["connects"] = 1.0
        if set(low) & _DAYS:
            found["names day"] = 1.0
        if set(low) & _AHEAD:
            found["looks ahead"] = 1.0
        if any("n't" in word or "'s" in word and word in ("it's", "that's", "there's", "he's", "she's") for word in low):
            found["contracts"] = 1.0
        if any(word[0].isdigit() for word in low):
            found["figure"] = 1.0
        found["length"] = math.log(1 + len(low)) - 2.5
        if text[start : sentence.start + 1].strip() and start - sentence.start > 3:
            found["inside sentence"] = 1.0
        return found

    def _speaker(self, last: Unit, source: Resolved) -> dict[str, float]:
        speaker = source.speaker
        assert speaker is not None
        text = self._text
        found = {f"kind {speaker.kind}": 1.0}
        found["direct" if last.direct else "indirect"] = 1.0
        cue = " ".join(text[a:b] for a, b in source.attribution.cue).lower()
        if not cue:
            found["no cue"] = 1.0
        elif "according" in cue:
            found["cue according"] = 1.0
        elif re.search(r"\b(?:told|tells)\b", cue):
            found["cue told"] = 1.0
        elif re.search(r"\b(?:said|says|say)\b", cue):
            found["cue said"] = 1.0
        elif speaks_plainly(cue):
            found["cue speech"] = 1.0
        else:
            found["cue other"] = 1.0
        if re.search(r"\b(?:says|say|tells|writes|claims|insists)\b", cue):
            found["cue present"] = 1.0
        if speaker.count is None or speaker.count != 1:
            found["several"] = 1.0
        end = _end(last)
        if source.attribution.cue and max(b for _, b in source.attribution.cue) >= end - 40:
            found["cue closes"] = 1.0
        if source.via:
            found["relayed"] = 1.0
        return found

    def _beginning(
        self, words: list[str], low: list[str], source: Resolved, start: int, sentence: Sentence
    ) -> dict[str, float]:
        found: dict[str, float] = {}
        if not words:
            return found
        speaker = source.speaker
        assert speaker is not None
        first = low[0]
        shape = _PRONOUNS.get(first)
        if shape is None:
            shape = "number" if first[0].isdigit() else "name" if words[0][0].isupper() and (
                len(words) > 1 and words[1][0].isupper()
            ) else "other"
        found[f"begins {shape}"] = 1.0
        same = {"he": speaker.kind in ("named", "office", "unnamed"), "it": speaker.kind in ("organisation", "document"), "its": speaker.kind in ("organisation", "document"), "his": speaker.kind in ("named", "office", "unnamed"), "they": speaker.count != 1}
        if same.get(shape):
            found["pronoun fits"] = 1.0
        names = [w for w in fold(speaker.name).split() if len(w) > 2 and w not in lexicon().functions]
        folded = [fold(word) for word in words]
        if names and names[-1] in folded[:_FIRST_WORDS]:
            found["names speaker"] = 1.0
        return found

    def _next(self, number: int, source: Resolved, start: int, end: int) -> dict[str, float]:
        here = self._sentence(start)
        for unit in self._units[number + 1 : number + 6]:
            if unit.source is None:
                continue
            there = self._sentence(unit.spans[0][0])
            near = there.block - here.block
            who = "same" if _key(unit.source) == _key(source) else "other"
            where = "here" if near == 0 else "next paragraph" if near == 1 else "far"
            found = {f"next {who} {where}": 1.0}
            if unit.direct and near <= 1 and who == "same":
                found["next quotes same"] = 1.0
            return found
        return {"next none": 1.0}


def speaks_plainly(cue: str) -> bool:
    """Whether reporting words hold a verb of saying."""
    return any(word in lexicon().sayings for word in cue.split())


def _verbs(low: list[str]) -> dict[str, float]:
    """The form of the first verb that shows one."""
    lex = lexicon()
    for at, word in enumerate(low[:40]):
        if word in _MODALS:
            return {f"verb {_MODALS[word]}": 1.0}
        if word.endswith("n't") and word[:-3] in ("would", "could", "should", "wo", "ca"):
            return {"verb would" if word[0] in "cw" and word[:-3] in ("would", "could") else "verb will": 1.0}
        if word in _HAVE:
            return {f"verb {_HAVE[word]}": 1.0}
        if word in _BE or word.removesuffix("n't") in _BE:
            form = _BE.get(word) or _BE[word.removesuffix("n't")]
            if at + 1 < len(low) and low[at + 1] == "to":
                return {"verb will": 1.0}
            return {f"verb {form}": 1.0}
        if at and (word.endswith("ed") or (word in lex.finite and not word.endswith("s"))):
            return {"verb acts": 1.0}
        if at and word in lex.finite:
            return {"verb acts now": 1.0}
    return {"verb none": 1.0}


def _end(unit: Unit) -> int:
    spans = [*unit.spans]
    if unit.source is not None:
        within = (unit.spans[0][0] - 400, unit.spans[-1][1] + 400)
        spans += [
            span
            for span in (*unit.source.attribution.source, *unit.source.attribution.cue)
            if within[0] <= span[0] <= within[1]
        ]
    return max(end for _, end in spans)


def _key(one: Resolved | None) -> object:
    if one is None or one.speaker is None:
        return None
    return one.who if one.who is not None else fold(one.speaker.name)
