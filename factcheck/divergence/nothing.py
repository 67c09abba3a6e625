"""None of it in one telling, some of it in the other: "no complaints", "40 complaints".

What is told of beside must be the same: who found no weapons in the house may have found some in
the garage.
"""

from __future__ import annotations

from typing import NamedTuple

from factcheck.access import is_party
from factcheck.divergence import opposites, scope
from factcheck.divergence.views import Conflict, View, overlap
from factcheck.lang import words
from factcheck.records import Span
from factcheck.slots.polarity import is_weak
from factcheck.slots.tokens import Token, content, stem, word_at

# Share of the shorter claim's words that both have, and of the words of both together.
_SAME, _OF_ALL = 0.6, 0.3
# Words that "no" may count at most: "no further power cuts".
_PHRASE = 3
_NO = frozenset({"no", "zero"})
_NONE = frozenset({"none", "neither"})
# "Not a single", "without any", "did not cause any": so far from "not" may "any" stand.
_ANY = words("conflicts", "nothing", "any")
_ANY_REACH = 3
_THOSE = words("conflicts", "nothing", "those")
_SOME = words("conflicts", "nothing", "some")
_NO_BEFORE = words("conflicts", "nothing", "no_before")


class _Noun(NamedTuple):
    """What there is none of: the tokens from the negating word to the noun, and its stem."""

    first: int
    last: int
    key: str


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find what the one says there was none of, and the other that there was some."""
    if is_weak((*a.tokens, *b.tokens)) or not _alike(a, b):
        return []
    for denier, asserter in ((a, b), (b, a)):
        spans = _nobody(denier, asserter) or _nothing(denier, asserter)
        if spans:
            found = _conflict(denier, asserter, spans)
            turned = found._replace(values=found.values[::-1], spans=found.spans[::-1])
            return [found if denier is a else turned]
    return []


def _nothing(denier: View, asserter: View) -> tuple[Span, Span] | None:
    """The words for none of something, and those for some of it."""
    for noun in _nouns(denier):
        there = _there(asserter, noun, of_those=_is_of(denier, noun))
        if there is not None:
            return _span(denier.tokens[noun.first : noun.last]), there
    return None


def _nobody(denier: View, asserter: View) -> tuple[Span, Span] | None:
    """Words like "nobody" with which the one claim opens, and the number of people in the other."""
    tokens = denier.tokens
    one = word_at(tokens, 0) == "no" and word_at(tokens, 1) == "one"
    if not one and word_at(tokens, 0) != "nobody":
        return None
    if opposites.of_two_acts(denier, asserter):
        return None  # "nobody survived", "all 31 were killed"
    if any(scope.detail(s).high == 0 for s in denier.slots("figure")):
        return None  # of what befell people nobody is a number
    number = next((s for s in asserter.slots("figure") if scope.who(scope.detail(s))), None)
    return (_span(tokens[: 1 + one]), number.span) if number else None


def _alike(a: View, b: View) -> bool:
    """Whether most words are in both, and neither tells where or of what the other tells other."""
    common = len(a.stems & b.stems)
    if overlap(a.stems, b.stems) < _SAME or common < _OF_ALL * len(a.stems | b.stems):
        return False
    return common >= 2 and not scope.elsewhere(a, b)


def _nouns(view: View) -> list[_Noun]:
    """What a claim says there was none of."""
    tokens, out = view.tokens, []
    for k, token in enumerate(tokens):
        first = k + 1
        if token.low in _NONE and word_at(tokens, first) == "of":
            first += 1 + (word_at(tokens, first + 1) in _THOSE)
        elif token.low in ("not", "without") or token.low.endswith("n't"):
            any_ = _any(tokens, first, alone=token.low == "without")
            if any_ < 0:
                continue
            first = any_ + 1
        elif token.low not in _NO and token.low not in _NONE:
            continue
        while word_at(tokens, first) in _ANY:
            first += 1
        phrase = []
        for n in range(first, min(len(tokens), first + _PHRASE)):
            if not tokens[n].is_word or not content([tokens[n]]):
                break
            phrase.append(n)
        nouns = [n for n in reversed(phrase) if not tokens[n].low.endswith(("ed", "ing"))]
        out += [_Noun(k, n + 1, stem(tokens[n].low)) for n in nouns]
    return out


def _any(tokens: list[Token], first: int, *, alone: bool) -> int:
    """Where "any" or "a single" stands of which there is none; -1 where neither does.

    `alone`: behind "without", where "a" will do.
    """
    if alone and word_at(tokens, first) in _ANY:
        return first
    reach = range(first, min(len(tokens), first + _ANY_REACH + 1))
    return next((n for n in reach if tokens[n].low in ("any", "single")), -1)


def _is_of(view: View, noun: _Noun) -> bool:
    return word_at(view.tokens, noun.first + 1) == "of"


def _there(view: View, noun: _Noun, *, of_those: bool) -> Span | None:
    """Where a claim tells that there is some of it: "several cuts", "40 of the complaints"."""
    tokens = view.tokens
    for k, token in enumerate(tokens):
        if stem(token.low) != noun.key or view.turned[k]:
            continue
        first = k
        while k - first < _PHRASE - 1 and _is_plain(view, first - 1):
            first -= 1
        before = first - 1
        if word_at(tokens, before) in _THOSE:
            before -= 1
            if word_at(tokens, before) != "of":
                continue
        if word_at(tokens, before) == "of":
            before -= 1
        elif of_those:
            continue
        if word_at(tokens, before) in _SOME or _number(view, before):
            return tokens[before].start, token.end
        if not of_those and word_at(tokens, first - 1) not in _NO_BEFORE:
            return tokens[first].start, token.end
    return None


def _is_plain(view: View, k: int) -> bool:
    """Whether token `k` is a word that may say more of a noun behind it."""
    token = view.tokens[k] if k >= 0 else None
    return token is not None and token.is_word and bool(content([token])) and not _number(view, k)


def _number(view: View, k: int) -> bool:
    """Whether token `k` is of a figure."""
    start = view.tokens[k].start
    return k >= 0 and any(s.span[0] <= start < s.span[1] for s in view.slots("figure"))


def _span(tokens: list[Token]) -> Span:
    return tokens[0].start, tokens[-1].end


def _conflict(denier: View, asserter: View, spans: tuple[Span, Span]) -> Conflict:
    none, some = (
        view.article.text[s:e] for view, (s, e) in zip((denier, asserter), spans, strict=True)
    )
    contested = is_party(denier.claim.speaker)
    reason = f"“{none}” in one telling, “{some}” in the other"
    if any(spans[1][0] <= s.span[0] < spans[1][1] for s in asserter.slots("figure")):
        return Conflict("figure", reason, (none.lower(), some.lower()), spans)
    return Conflict("polarity", reason, ("denied", "asserted"), spans, contested=contested)
