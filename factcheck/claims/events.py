"""Which utterances belong to one occasion: one speaker, one day, one place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.resolve import Resolved
from factcheck.records import Article

_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|"
    r"(?:last|next|this) (?:week|month|year|night)|earlier|later|previously|"
    r"(?:january|february|march|april|june|july|august|september|october|november|december)"
    r"(?: \d{1,2})?|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"had (?!to\b)", re.IGNORECASE)
# Utterances further apart than this many sentences are not taken for one occasion.
_APART = 12


def number_events(article: Article, resolved: Sequence[Resolved]) -> dict[int, int]:
    """Number the utterance events of an article: `id(resolved)` → event, from 1 in text order.

    Utterances of one speaker are one event until another day or another occasion is told. What
    somebody "had said" was another occasion than what they "said".
    """
    starts = [sentence.start for sentence in article.sentences]
    order = sorted((one for one in resolved if one.speaker), key=lambda one: _offset(one))
    open_events: dict[str, tuple[int, int, set[str], set[str]]] = {}
    numbers: dict[int, int] = {}
    last = 0
    for one in order:
        key = str(one.who) if one.who is not None or one.speaker is None else fold(one.speaker.name)
        if any(_EARLIER.match(article.text, *cue) for cue in one.attribution.cue):
            key += " earlier"
        sentence = bisect_right(starts, _offset(one)) - 1
        days, occasions = _told(article, one, sentence)
        known = open_events.get(key)
        if known is None or sentence - known[1] > _APART or _another(known, days, occasions):
            last += 1
            known = (last, sentence, set(), set())
        known[2].update(days)
        known[3].update(occasions)
        open_events[key] = (known[0], sentence, known[2], known[3])
        numbers[id(one)] = known[0]
    return numbers


def _another(
    known: tuple[int, int, set[str], set[str]], days: set[str], occasions: set[str]
) -> bool:
    return bool(known[2] and days and not known[2] & days) or bool(
        known[3] and occasions and not known[3] & occasions
    )


def _offset(one: Resolved) -> int:
    spans = one.attribution.source or one.attribution.cue or one.attribution.content
    return spans[0][0] if spans else 0


def _told(article: Article, one: Resolved, sentence: int) -> tuple[set[str], set[str]]:
    """The days and occasions in the attribution's sentence, outside its content."""
    if not 0 <= sentence < len(article.sentences):
        return set(), set()
    start, end = article.sentences[sentence].start, article.sentences[sentence].end
    parts = []
    for first, last in one.attribution.content:
        parts.append(article.text[start : max(start, min(first, end))])
        start = max(start, min(last, end))
    parts.append(article.text[start : min(end, start + 2000)])
    frame = " ".join(parts)
    days = {match[0].lower() for match in _DAY.finditer(frame)}
    lex = lexicon()
    occasions = {via.name for via in one.via if via.kind == "venue" and via.name in lex.occasions}
    return days, occasions
